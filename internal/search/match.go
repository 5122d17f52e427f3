package search

import (
	"cmp"
	"slices"
	"strings"

	"backfile/internal/news"
	"backfile/internal/text"
)

// Stemmer gives the stem of a folded word in a language (BCP 47; "" is
// unknown). Words with one stem match each other.
type Stemmer func(lang, folded string) string

// marker finds what a query matched in a text of one language. It knows only
// what must be there: what stands behind a Not is nothing to show.
type marker struct {
	lang    string
	stem    Stemmer
	terms   int              // how many different things it looks for
	words   map[string][]int // stem -> terms
	phrases map[string][]phrase
	ids     map[news.EntityID]int
	wilds   []wildTerm
	written []writtenTerm
	nears   []Near // numbered from terms on, two each
	// How folded words begin of which the stem is looked for, and those that may match otherwise.
	stems, others beginnings
}

// all is how many numbers the matches may have.
func (m *marker) all() int { return m.terms + 2*len(m.nears) }

// looks reports whether it looks for anything.
func (m *marker) looks() bool { return m.all() > 0 }

// wildTerm is a word known by what it looks like.
type wildTerm struct {
	match func(folded string) bool
	term  int
}

// writtenTerm is a text as written.
type writtenTerm struct {
	written
	term int
}

// phrase is a term of several words, kept under its first.
type phrase struct {
	words []string
	term  int
}

// match is a stretch of a text that matches a term.
type match struct {
	start, end int // bytes
	term       int
}

// newMarker compiles the parts of n that matter to a text: those of every text,
// and those of the fields named.
func newMarker(n Node, lang string, stem Stemmer, fields ...string) *marker {
	if stem == nil {
		stem = func(_, folded string) string { return folded }
	}
	m := &marker{lang: lang, stem: stem, words: map[string][]int{}, phrases: map[string][]phrase{}, ids: map[news.EntityID]int{}}
	Walk(n, func(n Node) bool {
		switch n := n.(type) {
		case Not:
			return false
		case Word:
			m.word(n.Text)
		case Phrase:
			m.phrase(n.Text)
		case Prefix:
			begins := n.Folded()
			m.others.add(begins)
			m.wild(func(w string) bool { return strings.HasPrefix(w, begins) })
		case Pattern:
			folded := n.Folded()
			m.others.add("")
			m.wild(func(w string) bool { return MatchPattern(folded, w) })
		case Fuzzy:
			folded := n.Folded()
			m.others.add("")
			m.wild(func(w string) bool { return Within(folded, w, n.Edits) })
		case Verbatim:
			if w := n.written(); len(w.folds) > 0 {
				m.others.add(w.folds[0])
				m.written = append(m.written, writtenTerm{w, m.terms})
				m.terms++
			}
		case Near:
			if len(m.nears) < maxWilds {
				m.nears = append(m.nears, n)
			}
			return false
		case In:
			return slices.Contains(fields, n.Name)
		case Field:
			if !slices.Contains(fields, n.Name) {
				return false
			}
			if n.Phrase {
				m.phrase(n.Value)
			} else {
				m.word(n.Value)
			}
		case Entities:
			for _, id := range n.IDs {
				m.ids[id] = m.terms
			}
			if f := Terms(n.Name); len(f) > 0 { // the name as asked for, with the same number
				m.others.add(f[0])
				m.phrases[f[0]] = append(m.phrases[f[0]], phrase{f, m.terms})
			}
			m.terms++
		}
		return true
	})
	return m
}

// maxWilds are as many parts of words as are marked in a text: each is held to every word.
const maxWilds = 20

func (m *marker) wild(match func(string) bool) {
	if len(m.wilds) == maxWilds {
		return
	}
	m.wilds = append(m.wilds, wildTerm{match, m.terms})
	m.terms++
}

func (m *marker) word(s string) {
	f := Terms(s)
	if len(f) != 1 {
		m.phrase(s)
		return
	}
	st := m.stem(m.lang, f[0])
	m.stems.add(st[:min(stemKeeps(m.lang), len(st))])
	m.words[st] = append(m.words[st], m.terms)
	m.terms++
}

func (m *marker) phrase(s string) {
	if f := Terms(s); len(f) > 0 {
		m.others.add(f[0])
		m.phrases[f[0]] = append(m.phrases[f[0]], phrase{f, m.terms})
		m.terms++
	}
}

// find returns the matches in s in order, none overlapping another; of those at
// one place the longest. mentions are those of the text s. They are in the room given.
func (m *marker) find(room []match, s string, toks []text.Token, mentions []news.Mention) []match {
	out := room[:0]
	if !m.looks() {
		return out
	}
	for i, t := range toks {
		if m.stems.may(t.Fold) {
			if terms := m.words[m.stem(m.lang, t.Fold)]; len(terms) > 0 {
				out = append(out, match{t.Start, t.End, terms[0]})
			}
		}
		if !m.others.may(t.Fold) {
			continue
		}
		for _, p := range m.phrases[t.Fold] {
			if j := i + len(p.words); j <= len(toks) && matches(toks[i:j], p.words) {
				out = append(out, match{t.Start, toks[j-1].End, p.term})
			}
		}
		for _, w := range m.wilds {
			if w.match(t.Fold) {
				out = append(out, match{t.Start, t.End, w.term})
			}
		}
		for _, w := range m.written {
			if w.folds[0] == t.Fold && w.at(s, toks, i) {
				out = append(out, match{t.Start, toks[i+len(w.folds)-1].End, w.term})
			}
		}
	}
	for i, n := range m.nears {
		out = append(out, m.close(n, toks, m.terms+2*i)...)
	}
	for _, x := range mentions {
		if term, ok := m.ids[x.Entity]; ok && x.Counts() && 0 <= x.Start && x.Start < x.End && x.End <= len(s) {
			out = append(out, match{x.Start, x.End, term})
		}
	}
	slices.SortFunc(out, func(a, b match) int {
		return cmp.Or(a.start-b.start, b.end-a.end, a.term-b.term)
	})
	end := 0
	return slices.DeleteFunc(out, func(x match) bool {
		if x.start < end {
			return true
		}
		end = x.end
		return false
	})
}

func matches(toks []text.Token, words []string) bool {
	for i, w := range words {
		if toks[i].Fold != w {
			return false
		}
	}
	return true
}

// fragments cuts s[start:end] at the matches within. Runs of white space become
// one space.
func fragments(s string, start, end int, found []match) []Fragment {
	var out []Fragment
	at := start
	for _, x := range found {
		if x.start < at || x.end > end {
			continue
		}
		out = append(out, Fragment{Pre: squash(s[at:x.start]), Match: squash(s[x.start:x.end])})
		at = x.end
	}
	rest := squash(s[at:end])
	if len(out) == 0 {
		return []Fragment{{Pre: rest}}
	}
	out[len(out)-1].Post = rest
	return out
}

func squash(s string) string {
	if !strings.ContainsAny(s, "\n\t\r") && !strings.Contains(s, "  ") {
		return s
	}
	out := strings.Join(strings.Fields(s), " ")
	if out == "" {
		return " "
	}
	if strings.TrimLeft(s, " \n\t\r") != s {
		out = " " + out
	}
	if strings.TrimRight(s, " \n\t\r") != s {
		out += " "
	}
	return out
}

// Mark cuts a headline, or another short text in the language lang, at what n
// matches in it. The pieces together are s, with single spaces; without a match
// there is one, all of it Pre. It is nil for "".
func Mark(n Node, s, lang string, stem Stemmer) []Fragment {
	if s == "" {
		return nil
	}
	m := newMarker(n, lang, stem, FieldHeadline)
	return fragments(s, 0, len(s), m.find(nil, s, slices.Collect(text.Terms(s)), nil))
}
