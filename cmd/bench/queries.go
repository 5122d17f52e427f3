package main

import (
	"cmp"
	"maps"
	"math/rand/v2"
	"slices"
	"strings"
	"time"
)

// query asks one thing of any engine. Words and stems are as in a document.
type query struct {
	ID    int    `json:"id"`
	Class string `json:"class"`
	// Op says how the words are meant: term and and look for stems, phrase, prefix and
	// fuzzy (one edit, not in the first letter) for words, all for everything.
	Op      string   `json:"op"`
	Words   []string `json:"words,omitempty"`
	Stems   []string `json:"stems,omitempty"`
	Person  string   `json:"person,omitempty"`
	Outlet  string   `json:"outlet,omitempty"`
	From    *int     `json:"from,omitempty"` // days from 1970, both included
	To      *int     `json:"to,omitempty"`
	Newest  bool     `json:"newest,omitempty"` // else by relevance
	Offset  int      `json:"offset,omitempty"`
	Size    int      `json:"size"`
	Facets  bool     `json:"facets,omitempty"`   // the 20 most frequent outlets, and all years
	Snippet bool     `json:"snippets,omitempty"` // of each hit
}

// The operations of a query.
const (
	opAll    = "all"
	opTerm   = "term"
	opAnd    = "and"
	opPhrase = "phrase"
	opPrefix = "prefix"
	opFuzzy  = "fuzzy"
)

// sampled bounds the articles that frequencies are counted in, and pairEvery says in
// which of them runs of words are.
const (
	sampled   = 100_000
	pairEvery = 20
)

// vocabulary is how often things stand in the corpus, from which queries are drawn.
type vocabulary struct {
	n, seen int // articles in all, and counted
	stems   map[string]int
	example map[string]string // a word of each stem
	words   map[string]int
	runs    map[string]int // of two and three words
	persons map[string]int
	outlets map[string]int
}

func newVocabulary(n int) *vocabulary {
	return &vocabulary{n: n, stems: map[string]int{}, example: map[string]string{}, words: map[string]int{},
		runs: map[string]int{}, persons: map[string]int{}, outlets: map[string]int{}}
}

// learn counts one document.
func (v *vocabulary) learn(d document) {
	if v.seen++; v.seen > sampled {
		v.seen--
		return
	}
	stems, words, runs := map[string]bool{}, map[string]bool{}, map[string]bool{}
	for i, p := range d.Stems {
		ss, ws := strings.Split(p, " "), strings.Split(d.Words[i], " ")
		for j, s := range ss {
			stems[s], words[ws[j]] = true, true
			if _, ok := v.example[s]; !ok {
				v.example[strings.Clone(s)] = strings.Clone(ws[j])
			}
		}
		if v.seen%pairEvery == 0 {
			for j := 0; j+1 < len(ws); j++ {
				if len(ws[j]) < 4 {
					continue
				}
				if len(ws[j+1]) >= 4 {
					runs[ws[j]+" "+ws[j+1]] = true
				}
				if j+3 < len(ws) && len(ws[j+3]) >= 4 { // "state of the union"
					runs[strings.Join(ws[j:j+4], " ")] = true
				}
			}
		}
	}
	count(v.stems, maps.Keys(stems))
	count(v.words, maps.Keys(words))
	count(v.runs, maps.Keys(runs))
	count(v.persons, slices.Values(d.Persons))
	v.outlets[d.Outlet]++
}

func count(in map[string]int, keys func(func(string) bool)) {
	for k := range keys {
		in[strings.Clone(k)]++
	}
}

// band are the keys of as many articles of a thousand, of letters only.
func (v *vocabulary) band(in map[string]int, low, high float64, shortest, longest int) []string {
	var out []string
	for k, n := range in {
		share := float64(n) * 1000 / float64(v.seen)
		if share >= low && share < high && len(k) >= shortest && len(k) <= longest && strings.Trim(k, letters) == "" {
			out = append(out, k)
		}
	}
	slices.Sort(out) // a map has no order, and the draw must be the same each time
	if len(out) == 0 {
		out = append(out, "council") // a corpus too small to have such words
	}
	return out
}

const letters = "abcdefghijklmnopqrstuvwxyz"

// most are the keys counted most often.
func most(in map[string]int, n int) []string {
	keys := slices.SortedFunc(maps.Keys(in), func(a, b string) int { return cmp.Or(in[b]-in[a], strings.Compare(a, b)) })
	return keys[:min(n, len(keys))]
}

// queries draws them: 14 classes, 10 or 20 of each.
func (v *vocabulary) queries(seed uint64) []query {
	r := rand.New(rand.NewPCG(seed, 14))
	pick := func(from []string) string { return from[r.IntN(len(from))] }
	common, middle := v.band(v.stems, 80, 600, 3, 30), v.band(v.stems, 10, 80, 3, 30)
	rare := v.band(v.stems, 0.03, 0.15, 5, 30)
	middleWords := v.band(v.words, 10, 80, 6, 10)
	phrases := most(v.runs, 4000)
	persons, outlets := most(v.persons, 400), most(v.outlets, 30)
	years := func(q *query) {
		first := 1880 + r.IntN(121)
		last := first + []int{1, 5, 10, 25}[r.IntN(4)]
		from, to := dayOf(first, 1), dayOf(last, 1)-1
		q.From, q.To = &from, &to
	}
	stems := func(op string, ss ...string) query {
		q := query{Op: op, Stems: ss}
		for _, s := range ss {
			q.Words = append(q.Words, v.example[s])
		}
		return q
	}
	term := func() query { return stems(opTerm, pick(common)) }
	phrase := func() query { return query{Op: opPhrase, Words: strings.Split(pick(phrases), " ")} }
	both := func() query {
		if r.IntN(2) == 0 {
			return stems(opAnd, pick(common), pick(middle))
		}
		return stems(opAnd, pick(middle), pick(middle))
	}
	var out []query
	add := func(n int, class string, draw func() query) {
		for range n {
			q := draw()
			q.ID, q.Class, q.Size = len(out), class, 20
			out = append(out, q)
		}
	}
	add(20, "common term", term)
	add(20, "rare term", func() query { return stems(opTerm, pick(rare)) })
	add(20, "two terms, AND", both)
	add(20, "phrase", phrase)
	add(20, "person + date range", func() query { q := query{Op: opAll, Person: pick(persons)}; years(&q); return q })
	add(20, "term + facets", func() query { q := term(); q.Facets = true; return q })
	add(10, "AND + date + facets", func() query { q := stems(opAnd, pick(common), pick(middle)); years(&q); q.Facets = true; return q })
	add(20, "prefix", func() query { return query{Op: opPrefix, Words: []string{pick(middleWords)[:3+r.IntN(3)]}} })
	add(20, "fuzzy, one edit", func() query { return query{Op: opFuzzy, Words: []string{misspelt(pick(middleWords), r)}} })
	add(20, "date order + filter", func() query { q := term(); q.Outlet, q.Newest = pick(outlets), true; return q })
	add(10, "page 250", func() query { q := term(); q.Offset = 249 * 20; return q })
	add(10, "everything, facets", func() query { return query{Op: opAll, Facets: true} })
	add(10, "term + snippets", func() query { q := term(); q.Snippet = true; return q })
	add(10, "phrase + snippets", func() query { q := phrase(); q.Snippet = true; return q })
	return out
}

// misspelt has another letter in w, not the first.
func misspelt(w string, r *rand.Rand) string {
	at := 1 + r.IntN(len(w)-1)
	return w[:at] + letters[r.IntN(26):][:1] + w[at+1:]
}

// dayOf is the first day of a year's month, from 1970.
func dayOf(year int, month time.Month) int {
	return int(time.Date(year, month, 1, 0, 0, 0, 0, time.UTC).Unix() / (24 * 60 * 60))
}
