package family

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"backfile/internal/text"
)

// WordChange is a run of words that are kept, cut or added. Kept runs stand as
// the newer text has them: Kept and Added runs in order make up the new text,
// byte for byte, and Kept and Cut runs the old one but for quotation marks,
// dashes and spaces.
type WordChange struct {
	Kind Kind // Kept, Cut or Added
	Text string
}

// chunk is a word with its punctuation and the space behind it.
type chunk struct{ start, end int }

// chunks parts a text into words as a reader sees them. Scripts that are written
// without spaces are parted at their words; a dash parts words, too.
func chunks(s string) []chunk {
	var out []chunk
	start := 0
	space := false
	var bounds []int // where words end and begin, ascending
	if strings.IndexFunc(s, isUnspaced) >= 0 {
		for t := range text.Tokens(s) {
			if r, _ := utf8.DecodeRuneInString(s[t.Start:]); isUnspaced(r) {
				bounds = append(bounds, t.Start, t.End)
			}
		}
	}
	for i, r := range s {
		for len(bounds) > 0 && bounds[0] < i {
			bounds = bounds[1:]
		}
		bound := len(bounds) > 0 && bounds[0] == i
		switch {
		case unicode.IsSpace(r):
			space = true
			continue
		case i > start && (space || bound && !unicode.IsPunct(r)):
			out = append(out, chunk{start, i})
			start = i
		}
		space = r == '—' || r == '–'
	}
	if start < len(s) {
		out = append(out, chunk{start, len(s)})
	}
	return out
}

func isUnspaced(r rune) bool {
	return r >= 0x0e00 && unicode.In(r, unicode.Han, unicode.Hiragana, unicode.Katakana, unicode.Thai, unicode.Lao, unicode.Khmer, unicode.Myanmar)
}

// plainSigns makes one of what is the same to a reader: curly and straight
// quotation marks, long and short dashes.
var plainSigns = strings.NewReplacer("“", `"`, "”", `"`, "„", `"`, "«", `"`, "»", `"`, "‘", "'", "’", "'", "`", "'", "ʼ", "'",
	"–", "-", "—", "-", "‐", "-", "…", "...", "\u00ad", "")

// numbers gives equal strings equal numbers.
type numbers map[string]int32

func (m numbers) of(s string) int32 {
	n, ok := m[s]
	if !ok {
		n = int32(len(m))
		m[strings.Clone(s)] = n
	}
	return n
}

func (m numbers) chunks(s string, cs []chunk) []int32 {
	out := make([]int32, len(cs))
	for i, c := range cs {
		out[i] = m.of(plainSigns.Replace(strings.TrimSpace(s[c.start:c.end])))
	}
	return out
}

// words is the difference of two texts word by word, nil where no word differs.
func (d *differ) words(old, new string) []WordChange {
	a, b := chunks(old), chunks(new)
	m := numbers{}
	blocks := d.blocks(m.chunks(old, a), m.chunks(new, b))
	if len(blocks) == 1 && blocks[0].n == len(a) && len(a) == len(b) || len(a) == 0 && len(b) == 0 {
		return nil
	}
	var out []WordChange
	run := func(kind Kind, s string, cs []chunk) {
		if len(cs) > 0 {
			out = append(out, WordChange{kind, s[cs[0].start:cs[len(cs)-1].end]})
		}
	}
	i, j := 0, 0
	for _, c := range readable(blocks, len(a), len(b)) {
		run(Cut, old, a[i:c.i])
		run(Added, new, b[j:c.j])
		run(Kept, new, b[c.j:c.j+c.n])
		i, j = c.i+c.n, c.j+c.n
	}
	run(Cut, old, a[i:])
	run(Added, new, b[j:])
	return out
}

// readable leaves out the blocks that are chance: a word or two that both have
// in the midst of much that differs only make it harder to read.
func readable(blocks []block, lenA, lenB int) []block {
	var out []block
	i, j := 0, 0
	for n, c := range blocks {
		endA, endB := lenA, lenB
		if n+1 < len(blocks) {
			endA, endB = blocks[n+1].i, blocks[n+1].j
		}
		before := max(c.i-i, c.j-j)
		after := max(endA-c.i-c.n, endB-c.j-c.n)
		if 3*c.n <= min(before, after) {
			continue
		}
		out = append(out, c)
		i, j = c.i+c.n, c.j+c.n
	}
	return out
}
