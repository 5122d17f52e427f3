package entity

import "strings"

// phrases is a set of folded names of one word or more, each with a value, made
// for the longest match at a place in a text.
type phrases[V any] struct {
	full map[string]V
	// most is the number of words of the longest name that begins with a word.
	most map[string]uint8
}

func newPhrases[V any](size int) *phrases[V] {
	return &phrases[V]{full: make(map[string]V, size), most: make(map[string]uint8, size)}
}

// put sets the value of a folded name.
func (p *phrases[V]) put(fold string, v V) {
	if fold == "" {
		return
	}
	p.full[fold] = v
	first, words := fold, 1
	if i := strings.IndexByte(fold, ' '); i >= 0 {
		first, words = fold[:i], strings.Count(fold, " ")+1
	}
	if words < 256 && p.most[first] < uint8(words) {
		p.most[first] = uint8(words)
	}
}

// longest is the value of the longest name that toks[i:] begins with and ok
// accepts, and its number of words, or 0.
func (p *phrases[V]) longest(toks []token, i int, ok func(n int) bool) (v V, n int) {
	most := int(p.most[toks[i].fold])
	if most == 0 {
		return v, 0
	}
	var buf [128]byte
	for n := min(most, len(toks)-i); n > 0; n-- {
		var found bool
		if n == 1 {
			v, found = p.full[toks[i].fold]
		} else {
			b := buf[:0]
			for k := range n {
				if k > 0 {
					b = append(b, ' ')
				}
				b = append(b, toks[i+k].fold...)
			}
			v, found = p.full[string(b)]
		}
		if found && ok(n) {
			return v, n
		}
	}
	var none V
	return none, 0
}
