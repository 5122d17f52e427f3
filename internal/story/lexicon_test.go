package story

import (
	"math"
	"slices"
	"testing"
)

// TestLexicon wants common words known as common, and words that are used alike near each
// other.
func TestLexicon(t *testing.T) {
	l := theLexicon()
	prior := func(w string) float64 { return l.prior(l.find(WordKey(w))) }
	if a, b, c := prior("government"), prior("submersible"), prior("qwyxzt"); !(a > .05 && a > 20*b && b > c) {
		t.Errorf("government is in %.4f of articles, submersible in %.4f, what is no word in %.4f", a, b, c)
	}
	alike := func(a, b string) float64 {
		var v, w lieSum
		v.add(kindWord, l.row(l.find(WordKey(a))), 1)
		w.add(kindWord, l.row(l.find(WordKey(b))), 1)
		x, y := v.lie(), w.lie()
		s, _ := x.alike(&y)
		return s
	}
	for _, tc := range [][3]string{{"blaze", "fire", "shareholder"}, {"trawler", "ferry", "jury"}, {"strike", "walkout", "vaccine"}} {
		if near, far := alike(tc[0], tc[1]), alike(tc[0], tc[2]); near < far+.3 {
			t.Errorf("%s is %.2f near %s and %.2f near %s", tc[0], near, tc[1], far, tc[2])
		}
	}
	if n := len(l.keys); !slices.IsSorted(l.keys) || n < 30_000 {
		t.Errorf("%d words, in order: %v", n, slices.IsSorted(l.keys))
	}
}

func TestPackLexicon(t *testing.T) {
	rows := make([]int8, 2*dims)
	rows[0], rows[2*dims-1] = 127, -127
	b, err := PackLexicon([]uint32{16, 1 << 31}, []float64{.25, 1e-6}, rows)
	if err != nil {
		t.Fatal(err)
	}
	l, err := loadLexicon(b)
	if err != nil {
		t.Fatal(err)
	}
	if at := l.find(1 << 31); at != 1 || l.row(at)[dims-1] != -127 || l.row(l.find(16))[0] != 127 || l.find(32) != -1 || l.row(-1) != nil {
		t.Errorf("read back as %v %v", l.keys, l.rows)
	}
	if got := math.Exp2(-float64(l.levels[0]) / levelsPerOctave); got != .25 {
		t.Errorf("a share of .25 is read back as %v", got)
	}
	if _, err := PackLexicon([]uint32{16, 16}, []float64{1, 1}, rows); err == nil {
		t.Error("one key twice is packed")
	}
	for _, bad := range [][]byte{nil, b[:len(b)-4], lexiconTable[:100]} {
		if _, err := loadLexicon(bad); err == nil {
			t.Errorf("%d bytes are read as words", len(bad))
		}
	}
}

// TestForeign has English words tell nothing of an article in another language.
func TestForeign(t *testing.T) {
	for body, want := range map[string]bool{
		"The river burst its banks and flooded shops and houses beside the market after heavy rain.":                                 false,
		"Hochwasserschutz versagte, Feuerwehrleute pumpten stundenlang vollgelaufene Wohnhäuser leer, Straßenbahnen blieben stehen.": true,
		"": false,
	} {
		if got := theLexicon().foreign(Make(article("", body))); got != want {
			t.Errorf("foreign(%q) = %v, want %v", body, got, want)
		}
	}
}
