package suggest

import (
	"bytes"
	"cmp"
	"slices"
	"strings"
	"unicode/utf8"
)

const (
	// slipWords is how many words a misspelt name may have, slipChoices how many
	// words each of them may stand for.
	slipWords   = 4
	slipChoices = 5
	// maxSlip is the longest word, in bytes, that others are compared with.
	maxSlip = 40
	// twoEditsFrom is the length in letters from which a word may differ in two.
	twoEditsFrom = 5
)

// Similar returns up to most things whose names a folded one may be a slip of: each of
// its words stands, in its order, for one of an alias that is no more than two edits
// away (one for short words; letters that changed places are one edit). Fewer edits come
// first unless the other is named twenty times as often. A name that is there as it
// stands is among them, with no edit.
func (t *Table) Similar(folded string, kinds []string, most int) []Found {
	words := strings.Fields(folded)
	if len(words) == 0 || len(words) > slipWords || len(folded) > slipWords*maxSlip || most <= 0 || len(t.at) == 0 {
		return nil
	}
	type guess struct {
		fold  string
		edits int
	}
	guesses := []guess{{}}
	for _, w := range words {
		var next []guess
		choices := t.slips(w)
		for _, g := range guesses {
			for _, c := range choices {
				next = append(next, guess{strings.TrimSpace(g.fold + " " + c.word), g.edits + c.edits})
			}
		}
		guesses = next
	}
	type scored struct {
		Found
		likely float64
	}
	var all []scored
	for _, g := range guesses {
		for _, f := range t.Find(g.fold, kinds, most) {
			if !wholeWords(f.Fold, g.fold) {
				continue
			}
			s := scored{f, float64(f.Count)}
			for range g.edits {
				s.likely /= 20
			}
			i := slices.IndexFunc(all, func(o scored) bool { return o.Kind == f.Kind && o.ID == f.ID })
			switch {
			case i < 0:
				all = append(all, s)
			case s.likely > all[i].likely:
				all[i] = s
			}
		}
	}
	slices.SortStableFunc(all, func(a, b scored) int {
		return cmp.Or(cmp.Compare(b.likely, a.likely), strings.Compare(a.Fold, b.Fold))
	})
	out := make([]Found, 0, min(most, len(all)))
	for _, s := range all[:min(most, len(all))] {
		out = append(out, s.Found)
	}
	return out
}

// wholeWords reports whether alias has the words of folded in a row.
func wholeWords(alias, folded string) bool {
	return strings.Contains(" "+alias+" ", " "+folded+" ")
}

type slip struct {
	word   string
	edits  int
	weight uint32
}

// slips are the words of aliases that w may stand for: itself, and those near it, which
// begin with the same letter where there are any.
func (t *Table) slips(w string) []slip {
	if between([]byte(w)) {
		return []slip{{word: w}} // it begins no entry
	}
	letters := utf8.RuneCountInString(w)
	edits := 1
	switch {
	case letters < 3 || len(w) > maxSlip:
		edits = 0
	case letters >= twoEditsFrom:
		edits = 2
	}
	_, n := utf8.DecodeRuneInString(w)
	out := t.near(w, edits, func(o []byte) bool { return bytes.HasPrefix(o, []byte(w[:n])) })
	if len(out) == 0 && edits > 0 {
		out = t.near(w, edits, func(o []byte) bool { return !bytes.HasPrefix(o, []byte(w[:n])) })
	}
	slices.SortStableFunc(out, func(a, b slip) int {
		return cmp.Or(cmp.Compare(a.edits, b.edits), cmp.Compare(b.weight, a.weight))
	})
	return out[:min(slipChoices, len(out))]
}

// near are the words of aliases within so many edits of w, of those that ok takes.
func (t *Table) near(w string, edits int, ok func([]byte) bool) []slip {
	var out []slip
	d := newDistance(w, edits)
	for k, i := range t.words {
		o := t.word(int(i))
		if max(len(o)-len(w), len(w)-len(o)) > edits*utf8.UTFMax || !ok(o) {
			continue
		}
		n := d.to(o)
		if n > edits {
			continue
		}
		end := len(t.at)
		if k+1 < len(t.words) {
			end = int(t.words[k+1])
		}
		s := slip{string(o), n, 0}
		for _, weight := range t.weight[i:end] {
			s.weight = max(s.weight, weight)
		}
		out = append(out, s)
	}
	return out
}

// distance counts the edits between one word and others: letters put in, left out,
// replaced, or two neighbours that changed places.
type distance struct {
	from []rune
	most int
	to2  []rune
	rows [3][]int
}

func newDistance(w string, most int) *distance {
	d := &distance{from: []rune(w), most: most}
	for i := range d.rows {
		d.rows[i] = make([]int, len(d.from)+1)
	}
	return d
}

// to is the number of edits to o; any number above most where there are more.
func (d *distance) to(o []byte) int {
	d.to2 = d.to2[:0]
	for len(o) > 0 {
		r, n := utf8.DecodeRune(o)
		d.to2, o = append(d.to2, r), o[n:]
	}
	a, b := d.from, d.to2
	if max(len(a)-len(b), len(b)-len(a)) > d.most {
		return d.most + 1
	}
	two, one, now := d.rows[0], d.rows[1], d.rows[2]
	for i := range one {
		one[i] = i
	}
	for j := 1; j <= len(b); j++ {
		now[0] = j
		least := j
		for i := 1; i <= len(a); i++ {
			cost := 1
			if a[i-1] == b[j-1] {
				cost = 0
			}
			n := min(now[i-1]+1, one[i]+1, one[i-1]+cost)
			if i > 1 && j > 1 && a[i-1] == b[j-2] && a[i-2] == b[j-1] {
				n = min(n, two[i-2]+1)
			}
			now[i] = n
			least = min(least, n)
		}
		if least > d.most {
			return d.most + 1
		}
		two, one, now = one, now, two
	}
	return one[len(a)]
}
