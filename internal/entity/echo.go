package entity

import (
	"slices"
	"strings"

	"backfile/internal/entity/tagger"
)

// longestEcho is how many words of a name are looked for together.
const longestEcho = 6

// echo adds the places where a name stands that the model found elsewhere in the
// article and passes over here: the name itself, a person's family or given name,
// the end of a body's long name ("the Harbour Trust").
func (d *document) echo(found [][]tagger.Span) {
	names := d.heard(found)
	if len(names) == 0 {
		return
	}
	for k, f := range d.fields {
		taken := make([]bool, len(f.toks))
		for _, s := range found[k] {
			for i := s.First; i <= s.Last; i++ {
				taken[i] = true
			}
		}
		for _, c := range f.cands {
			if c.form != "" {
				for i := c.first; i <= c.last; i++ {
					taken[i] = true
				}
			}
		}
		var more []tagger.Span
		for i := 0; i < len(f.toks); i++ {
			if s, ok := d.echoAt(f, names, taken, i); ok {
				more = append(more, s)
				i = s.Last
			}
		}
		if more != nil {
			found[k] = append(more, found[k]...)
			slices.SortFunc(found[k], func(a, b tagger.Span) int { return a.First - b.First })
		}
	}
}

// heard are the names that the model found and that name one kind of thing only.
func (d *document) heard(found [][]tagger.Span) map[string]tagger.Kind {
	names := map[string]tagger.Kind{}
	const several = tagger.Building // no span is given out as one
	put := func(name string, k tagger.Kind) {
		if o, ok := names[name]; ok && o != k {
			k = several
		}
		names[name] = k
	}
	for k, f := range d.fields {
		for _, s := range found[k] {
			name := key(f.toks, s.First, s.Last)
			put(name, s.Kind)
			words := strings.Split(name, " ")
			switch {
			case s.Kind == tagger.Person && len(words) > 1:
				put(words[len(words)-1], s.Kind)
				for n := 3; n <= len(words[0]); n++ { // "Ronald", "Ron"
					if w := words[0][:n]; d.lex.words[w].given() {
						put(w, s.Kind)
					}
				}
			case s.Kind == tagger.Organisation && len(words) > 2:
				put(strings.Join(words[1:], " "), s.Kind)
			}
		}
	}
	for name, k := range names {
		if k == several {
			delete(names, name)
		}
	}
	return names
}

// echoAt is the longest such name that begins at token i and is not part of a
// longer run of capitals.
func (d *document) echoAt(f *field, names map[string]tagger.Kind, taken []bool, i int) (tagger.Span, bool) {
	t := &f.toks[i]
	if taken[i] || !t.capital || !f.flat && i > 0 && f.runsOn(i) {
		return tagger.Span{}, false
	}
	last := i
	for last+1 < len(f.toks) && last+1 < i+longestEcho && !taken[last+1] && f.touching(last+1) {
		last++
	}
	for ; last >= i; last-- {
		if !f.toks[last].capital || !f.flat && last+1 < len(f.toks) && f.runsOn(last+1) {
			continue
		}
		kind, ok := names[key(f.toks, i, last)]
		if !ok || last == i && (t.signs&common != 0 || d.small[t.fold] > 0 || len(t.fold) < 3) {
			continue
		}
		return tagger.Span{Kind: kind, First: i, Last: last}, true
	}
	return tagger.Span{}, false
}

// touching reports whether token i may stand in one name with the one before.
func (f *field) touching(i int) bool {
	switch f.toks[i].gap {
	case gapSpace, gapHyphen, gapJoint, gapAnd:
		return !f.toks[i].opens && !f.toks[i-1].possessive
	}
	return false
}

// runsOn reports whether tokens i-1 and i stand in one run of capitals.
func (f *field) runsOn(i int) bool {
	return f.toks[i].capital && f.toks[i-1].capital && f.touching(i) && !f.toks[i-1].opens
}
