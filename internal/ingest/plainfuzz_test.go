package ingest

import (
	"errors"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"
	"unicode"
	"unicode/utf8"

	"backfile/internal/news"
)

// letters is s without all that is no letter or digit.
func letters(s string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsLetter(r) || unicode.IsDigit(r) {
			return r
		}
		return -1
	}, s)
}

// FuzzReadPlain proves that no text makes it fall over, and that no word of a
// body is made up: each paragraph stands in the input, but for space and signs.
func FuzzReadPlain(f *testing.F) {
	paths, err := filepath.Glob(filepath.Join("testdata", "plain", "*.txt"))
	if err != nil || len(paths) == 0 {
		f.Fatal("no texts to start from", err)
	}
	for _, p := range paths {
		b, err := os.ReadFile(p)
		if err != nil {
			f.Fatal(err)
		}
		f.Add(string(b))
	}
	f.Add("A headline\n\nBy\nAnn Lee\n1/2/2003\nThis is one sentence of more than seven words, and it ends here.\n(Reporting by")
	f.Fuzz(func(t *testing.T, s string) { checkPlain(t, s) })
}

// TestReadPlainOfShuffledTexts reads our texts with lines moved, doubled, cut
// and joined, drawn from a fixed seed.
func TestReadPlainOfShuffledTexts(t *testing.T) {
	paths, err := filepath.Glob(filepath.Join("testdata", "plain", "*.txt"))
	if err != nil || len(paths) == 0 {
		t.Fatal("no texts to start from", err)
	}
	var pool []string
	for _, p := range paths {
		b, err := os.ReadFile(p)
		if err != nil {
			t.Fatal(err)
		}
		pool = append(pool, strings.Split(string(b), "\n")...)
	}
	r := rand.New(rand.NewPCG(1936, 2026))
	for range 600 {
		var b strings.Builder
		for at := r.IntN(len(pool)); b.Len() < 200+r.IntN(3000); at++ {
			line := pool[at%len(pool)]
			switch r.IntN(12) {
			case 0:
				at = r.IntN(len(pool))
			case 1:
				line += "\n" + line
			case 2:
				line = line[:len(line)/2]
			case 3:
				line += " " + pool[r.IntN(len(pool))]
			case 4:
				line = ""
			}
			b.WriteString(line)
			b.WriteString("\n")
		}
		checkPlain(t, b.String())
	}
}

// checkPlain reads s and proves what must be true of any article.
func checkPlain(t *testing.T, s string) {
	t.Helper()
	a, err := ReadPlain("in", s, Hint{})
	if err != nil {
		var ref *news.Refusal
		if !errors.As(err, &ref) || ref.Reason == "" {
			t.Fatalf("ReadPlain(%q): %v is no refusal", s, err)
		}
		return
	}
	all := letters(strings.ToValidUTF8(s, " "))
	for p := range strings.SplitSeq(a.Body, "\n\n") {
		if p == "" || p != strings.TrimSpace(p) || !strings.Contains(all, letters(p)) {
			t.Fatalf("ReadPlain(%q): paragraph %q is not of the text", s, p)
		}
	}
	for _, part := range []string{a.Headline, a.Standfirst, a.Dateline} {
		if !strings.Contains(all, letters(part)) {
			t.Fatalf("ReadPlain(%q): %q is not of the text", s, part)
		}
	}
	for _, im := range a.Images {
		if im.Caption == "" || !strings.Contains(all, letters(im.Caption)) || !strings.Contains(all, letters(im.Credit)) {
			t.Fatalf("ReadPlain(%q): image %+v is not of the text", s, im)
		}
	}
	for _, sp := range a.Spans {
		if sp.Start < 0 || sp.End <= sp.Start || sp.End > len(a.Body) || !utf8.ValidString(a.Body[sp.Start:sp.End]) {
			t.Fatalf("ReadPlain(%q): span %+v of a body of %d bytes", s, sp, len(a.Body))
		}
	}
	for _, d := range []news.Date{a.Published, a.Updated} {
		if _, err := news.ParseDate(d.Text, d.From); !d.IsZero() && err != nil {
			t.Fatalf("ReadPlain(%q): %v", s, err)
		}
	}
}

func TestReadPlainTakesLinearTime(t *testing.T) {
	sentence := "The council met again on Tuesday, and it was said that 3 May 2024 would be the last day (Ann Lee/PA). "
	for name, s := range map[string]string{
		"captions": strings.Repeat("A man in a boat at Oban. (Ann Lee/PA)\n", 28_000), "sentences": strings.Repeat(sentence+"\n", 10_000),
		"one line": strings.Repeat(sentence, 10_000), "names": strings.Repeat("Ann Lee\n", 130_000), "dates": strings.Repeat("2 May 2024\n", 95_000),
		"brackets": strings.Repeat("(", 1<<20), "signs": strings.Repeat("© / | » ", 100_000), "wrapped": strings.Repeat("and so it went on for a very long time indeed and\n", 20_000),
	} {
		start := time.Now()
		_, err := ReadPlain(name, s, Hint{})
		// Two seconds on an idle machine; the rest is for a busy one.
		if took := time.Since(start); took > 10*time.Second {
			t.Errorf("%s: a megabyte took %v", name, took)
		} else {
			t.Logf("%s: %v, %v", name, took, err)
		}
	}
}

func TestReadPlainOutlet(t *testing.T) {
	b, err := os.ReadFile(filepath.Join("testdata", "plain", "menu-page.txt"))
	if err != nil {
		t.Fatal(err)
	}
	bare, err := os.ReadFile(filepath.Join("testdata", "plain", "bare-article.txt"))
	if err != nil {
		t.Fatal(err)
	}
	for _, tc := range []struct {
		name, in, want string
		hint           Hint
	}{
		{"said", string(b), "The Skerrymore Courier", Hint{Outlet: "Other"}},
		{"overridden", string(b), "Mine", Hint{Outlet: "Other", OutletOverride: "Mine"}},
		{"hinted", string(bare), "Other", Hint{Outlet: "Other"}},
		{"unknown", string(bare), "", Hint{}},
	} {
		a, err := ReadPlain("in", tc.in, tc.hint)
		if err != nil {
			t.Fatal(err)
		}
		got := ""
		if a.Outlet != nil {
			got = a.Outlet.Name
		}
		if got != tc.want {
			t.Errorf("%s: outlet = %q, want %q", tc.name, got, tc.want)
		}
	}
}

func TestReadDateline(t *testing.T) {
	for _, tc := range []struct{ in, dateline, agency string }{
		{"ABERDEEN, Tuesday.—A lorry ran away.", "ABERDEEN, Tuesday", ""},
		{"KATHMANDU, April 25 (Reuters) - Nepal's", "KATHMANDU, April 25", "Reuters"},
		{"Berlin (dpa) - Der Bundestag", "Berlin", "dpa"},
		{"NEW YORK — Shares fell", "NEW YORK", ""},
		{"Paris – a city of light – was dark.", "", ""},
		{"The minister - who had resigned - said", "", ""},
		{"He said (and meant it) - no more", "", ""},
		{"", "", ""},
	} {
		d, a := readDateline(tc.in)
		if d != tc.dateline || a != tc.agency {
			t.Errorf("readDateline(%q) = %q, %q, want %q, %q", tc.in, d, a, tc.dateline, tc.agency)
		}
	}
}

func TestCaptionOf(t *testing.T) {
	for _, tc := range []struct {
		in   string
		want news.Image
		ok   bool
	}{
		{"Liz Day at the gate (Tom Ash/PA)", news.Image{Caption: "Liz Day at the gate", Credit: "Tom Ash/PA"}, true},
		{"Liz Day at the gate. Photo: Tom Ash", news.Image{Caption: "Liz Day at the gate.", Credit: "Tom Ash"}, true},
		{"Das Tor. Foto: Bild: dpa/Tom Ash", news.Image{Caption: "Das Tor.", Credit: "dpa/Tom Ash"}, true},
		{"Photograph: Tom Ash/The Courier", news.Image{Credit: "Tom Ash/The Courier"}, true},
		{"The gate. © Tom Ash", news.Image{Caption: "The gate.", Credit: "Tom Ash"}, true},
		{"He joined the union (and left it again) in May.", news.Image{}, false},
		{"The photo shows a gate.", news.Image{}, false},
		{"", news.Image{}, false},
	} {
		got, ok := captionOf(tc.in)
		if ok != tc.ok || ok && got != tc.want {
			t.Errorf("captionOf(%q) = %+v, %v, want %+v, %v", tc.in, got, ok, tc.want, tc.ok)
		}
	}
}
