package story

import (
	"cmp"
	"math"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"backfile/internal/news"
	"backfile/internal/text"
)

// Trace is what is kept of an article to know by what else follows its event: its
// telling words, those that stand side by side, whom and what it names, its figures,
// countries and where its places lie, each as a hash with how much the article makes of
// it. It takes at most 751 bytes (see AppendBinary). The zero Trace is of no text. Traces
// are read only once made, and may be shared.
type Trace struct {
	// Terms are in the order of their hashes, each once.
	Terms []Term
}

// Term is one word or name of a trace.
type Term struct {
	// Hash is of the word or name; its lowest bits are the term's kind.
	Hash uint32
	// Weight is how much the article makes of it, in eighths.
	Weight uint8
}

// kind is what a term is.
type kind uint32

const (
	kindWord    kind = iota // a word that the article writes small
	kindCapital             // a word that it writes with a capital within sentences
	kindPerson
	kindOrganisation
	kindPlace
	kindPair            // two telling words side by side
	kindName            // two that stand side by side, both with a capital within a sentence
	kindNumber          // a figure, years and small ones left out
	kindCountry         // a country that is named, by itself, by one of its places or as in "Swiss"
	kindArea            // where a place is; its hash holds the tenths of degrees
	kinds               // how many kinds traces have
	kindSubject = kinds // a subject, which no trace holds

	kindBits = 4
	kindMask = 1<<kindBits - 1
)

// word reports whether terms of that kind are single words.
func (k kind) word() bool {
	return k == kindWord || k == kindCapital
}

func (t Term) kind() kind { return kind(t.Hash & kindMask) }

const (
	maxWords = 64 // words of a trace, the weightiest
	maxNames = 32 // names
	maxPairs = 32 // pairs of words
	maxMore  = maxNumbers + maxCountries + maxAreas
	maxTerms = maxWords + maxNames + maxPairs + maxMore
	// readWords is how many words of a body are looked at: what an article is about
	// stands in front.
	readWords = 600
	// earlyWords count in full, later ones half.
	earlyWords    = 120
	headlineWorth = 2.5
	standWorth    = 1.5
)

// Make makes the trace of an article of its headline, standfirst, the first words of its
// body, and its entities. It takes time linear in the text, and is
// safe for concurrent use.
func Make(a *news.Article) Trace {
	m := maker{words: map[string]*said{}, pairs: map[string]*said{}}
	m.take(a.Headline, headlineWorth, true)
	m.take(a.Standfirst, standWorth, false)
	m.take(a.Body, 1, false)
	t := Trace{Terms: slices.Concat(m.terms(), m.pairTerms(), nameTerms(a), m.moreTerms(a))}
	slices.SortFunc(t.Terms, func(a, b Term) int { return cmp.Compare(a.Hash, b.Hash) })
	t.Terms = slices.CompactFunc(t.Terms, func(a, b Term) bool { return a.Hash == b.Hash })
	return t
}

// said is how an article uses one word.
type said struct {
	worth          float64
	capital, small int // how often it stands so, where that tells anything
}

type maker struct {
	words     map[string]*said
	order     []string
	pairs     map[string]*said
	pairOrder []string
	numbers   []string
	countries []string
	tens      int // of a number in words that is not yet done: "twenty"
}

// take counts the words of a field. Of a headline capitals tell nothing: many set each
// word so.
func (m *maker) take(s string, worth float64, headline bool) {
	first := true // of a sentence
	n, from, last, lastCapital := 0, 0, "", false
	countries := countryOf()
	for t := range text.Terms(s) {
		if n++; n > readWords {
			break
		}
		gap := s[from:t.Start]
		from = t.End
		first = n == 1 || strings.ContainsAny(gap, ".!?:\n“\"")
		if m.number(s[t.Start:t.End], t.Fold, gap) {
			last = ""
			continue
		}
		if c := countries[t.Fold]; c != "" && s[t.Start] >= 'A' && s[t.Start] <= 'Z' {
			m.country(c)
		}
		w := stem(t.Fold)
		if dropped(w) {
			last = ""
			continue
		}
		if strings.Trim(gap, " -") != "" {
			last = ""
		}
		r, _ := utf8.DecodeRuneInString(s[t.Start:])
		if last != "" && n <= earlyWords {
			m.pair(last+" "+w, worth, !headline && unicode.IsUpper(r) && lastCapital && !first)
		}
		if lastCapital = unicode.IsUpper(r); !short(w) {
			last = w
		} else {
			last = ""
		}
		u := m.words[w]
		if u == nil {
			u = &said{}
			m.words[w] = u
			m.order = append(m.order, w)
		}
		if n > earlyWords {
			u.worth += worth / 2
		} else {
			u.worth += worth
		}
		switch {
		case headline:
		case !unicode.IsUpper(r):
			u.small++
		case !first:
			u.capital++
		}
	}
}

func (m *maker) pair(p string, worth float64, name bool) {
	u := m.pairs[p]
	if u == nil {
		u = &said{}
		m.pairs[p] = u
		m.pairOrder = append(m.pairOrder, p)
	}
	u.worth += worth
	if name {
		u.capital++
	}
}

// pairTerms are the pairs of words that the article makes most of.
func (m *maker) pairTerms() []Term {
	slices.SortStableFunc(m.pairOrder, func(a, b string) int { return cmp.Compare(m.pairs[b].worth, m.pairs[a].worth) })
	var out []Term
	for _, p := range m.pairOrder[:min(len(m.pairOrder), maxPairs)] {
		k := kindPair
		if m.pairs[p].capital > 0 {
			k = kindName
		}
		out = append(out, Term{hash(k, p), eighths(1 + math.Log(max(m.pairs[p].worth, .5)))})
	}
	return out
}

func (m *maker) terms() []Term {
	type weighed struct {
		Term
		worth float64
	}
	var out []weighed
	for _, w := range m.order {
		u := m.words[w]
		k := kindWord
		if u.capital > 0 && u.small == 0 {
			k = kindCapital
		}
		if k == kindWord && short(w) && !telling(w) {
			continue
		}
		worth := 1 + math.Log(max(u.worth, .5))
		out = append(out, weighed{Term{hash(k, w), eighths(worth)}, worth})
	}
	slices.SortStableFunc(out, func(a, b weighed) int { return cmp.Compare(b.worth, a.worth) })
	out = out[:min(len(out), maxWords)]
	ts := make([]Term, len(out))
	for i := range out {
		ts[i] = out[i].Term
	}
	return ts
}

// nameTerms are the entities of the article and the days it speaks of.
func nameTerms(a *news.Article) []Term {
	var out []Term
	add := func(k kind, name string, count int) {
		if f := text.Fold(name); f != "" && len(out) < maxNames {
			out = append(out, Term{hash(k, f), eighths(1 + math.Log(float64(max(count, 1))))})
		}
	}
	for _, e := range a.Persons[:min(len(a.Persons), 12)] {
		add(kindPerson, e.Name, e.Count)
	}
	for _, e := range a.Organisations[:min(len(a.Organisations), 8)] {
		add(kindOrganisation, e.Name, e.Count)
	}
	for _, e := range a.Places[:min(len(a.Places), 8)] {
		add(kindPlace, e.Name, e.Count)
	}
	return out
}

func eighths(w float64) uint8 { return uint8(min(max(math.Round(8*w), 1), 255)) }

// hash is FNV-1a, whose values are the same on every machine, with the kind in its
// lowest bits. A word is found whether it is written small or with a capital: the two
// kinds of words share their hashes but for one bit that same sets aside, and so do the
// two of pairs.
func hash(k kind, w string) uint32 {
	h := uint64(0xcbf29ce484222325)
	as := k
	switch {
	case k == kindName:
		as = kindPair
	case k.word():
		as = kindWord
	}
	if as >= kindPerson {
		h ^= uint64(as) * 0x9e3779b97f4a7c15
	}
	for i := range len(w) {
		h = (h ^ uint64(w[i])) * 0x100000001b3
	}
	h = (h ^ h>>30) * 0xbf58476d1ce4e5b9
	h ^= h >> 27
	return uint32(h)&^kindMask | uint32(k)
}

// same is the hash by which a term is compared: of a word, however it is written.
func (t Term) same() uint32 {
	switch t.kind() {
	case kindCapital:
		return t.Hash&^kindMask | uint32(kindWord)
	case kindName:
		return t.Hash&^kindMask | uint32(kindPair)
	}
	return t.Hash
}
