package tagger

import (
	"unicode"
	"unicode/utf8"
)

// word is what the features see of a token.
type word struct {
	exact, fold uint64
	pre, suf    [4]uint64
	nPre        int
	shape       uint64 // "Xx", with runs of one class once
	long        uint64 // the same with runs up to four
	fine, rough uint64 // clusters, 0 for none
	class       [grains]uint64
	loud        uint64 // its sentence is in capitals, or has one on every word
	signs       uint64
	gap         uint64
	rule        uint64
	span        uint64
	capital     bool
	digit       bool
	// run: the first and last token of its run of capitals; chain: the same
	// with "of", "and", "the", "for" between.
	run, chain [2]int
	// about is what the document says of the word elsewhere, votes what the
	// other recogniser makes of it there.
	about, votes, small uint64
}

func mix(x uint64) uint64 {
	x ^= x >> 32
	x *= 0xd6e8feb86659fd93
	x ^= x >> 29
	return x
}

func hashString(s string) uint64 { return hashBytes(s) }

func hashBytes[S string | []byte](s S) uint64 {
	h := uint64(14695981039346656037)
	for i := range len(s) {
		h = (h ^ uint64(s[i])) * 1099511628211
	}
	return mix(h)
}

// shapes are the two shapes of a word.
func shapes(w string) (short, long uint64, capital, digit bool) {
	short, long = 17, 19
	var before uint64
	n := 0
	for i, r := range w {
		var c uint64
		switch {
		case unicode.IsUpper(r):
			c = 1
			capital = capital || i == 0
		case unicode.IsLetter(r):
			c = 2
		case unicode.IsDigit(r):
			c = 3
			digit = digit || i == 0
		default:
			c = 4 + uint64(r&7)
		}
		if c != before {
			short = short*31 + c
			n = 0
		}
		if n < 4 {
			long = long*31 + c
		}
		n++
		before = c
	}
	return mix(short), mix(long), capital, digit
}

// Tables are what words are looked up in.
type Tables struct {
	Classes  *Classes
	Clusters *Clusters
}

// words computes what features need of each token of a document's texts.
func (tb *Tables) words(doc []Text) [][]word {
	out := make([][]word, len(doc))
	for k, t := range doc {
		ws := make([]word, len(t.Tokens))
		for i, tok := range t.Tokens {
			s := t.S[tok.Start:tok.End]
			w := &ws[i]
			w.exact, w.fold = hashString(s)|1, hashString(tok.Fold)|1
			w.shape, w.long, w.capital, w.digit = shapes(s)
			w.affixes(tok.Fold)
			w.fine, w.rough = tb.Clusters.of(s, tok.Fold)
			for g, c := range tb.Classes.of(tok.Fold) {
				w.class[g] = uint64(c)
			}
			w.signs = uint64(tok.Signs)
			w.gap = uint64(tok.Gap) + 1
			if tok.Opens && tok.Gap != Break {
				w.gap += 16
			}
			w.rule, w.span = uint64(tok.Rule), uint64(tok.Span)
		}
		markLoud(t, ws)
		markRuns(t, ws)
		out[k] = ws
	}
	aggregate(doc, out)
	return out
}

func (w *word) affixes(fold string) {
	h := uint64(101)
	i := 0
	for n := 0; n < 4 && i < len(fold); n++ {
		_, size := utf8.DecodeRuneInString(fold[i:])
		for ; size > 0; size-- {
			h = (h ^ uint64(fold[i])) * 1099511628211
			i++
		}
		w.pre[n] = mix(h)
		w.nPre = n + 1
	}
	h = 103
	i = len(fold)
	for n := 0; n < 4 && i > 0; n++ {
		_, size := utf8.DecodeLastRuneInString(fold[:i])
		for ; size > 0; size-- {
			i--
			h = (h ^ uint64(fold[i])) * 1099511628211
		}
		w.suf[n] = mix(h)
	}
}

// markLoud finds the sentences whose capitals tell nothing: those in capitals
// (1), and those with one on nearly every word (2).
func markLoud(t Text, ws []word) {
	for first := 0; first < len(ws); {
		end := first + 1
		for end < len(ws) && !t.Tokens[end].Opens && t.Tokens[end].Gap != Break {
			end++
		}
		n, capitals, upper, plain := 0, 0, 0, false
		for i := first; i < end; i++ {
			tok := &t.Tokens[i]
			if tok.End-tok.Start < 4 || ws[i].digit {
				continue
			}
			n++
			if ws[i].capital {
				capitals++
				plain = plain || i > first && tok.Signs&^(Saying|Locative|Opener) == Common
			}
			if isUpper(t.S[tok.Start:tok.End]) {
				upper++
			}
		}
		loud := uint64(0)
		switch {
		case n >= 2 && upper*10 >= n*8:
			loud = 1
		case n >= 4 && capitals*10 >= n*8 && plain:
			loud = 2
		}
		for i := first; i < end; i++ {
			ws[i].loud = loud
		}
		first = end
	}
}

// isUpper reports whether s has no small letter of the first alphabet.
func isUpper(s string) bool {
	for i := range len(s) {
		if 'a' <= s[i] && s[i] <= 'z' {
			return false
		}
	}
	return true
}
