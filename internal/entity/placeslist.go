package entity

import (
	"slices"
	"strings"

	"backfile/internal/news"
	"backfile/internal/text"
)

// Locate puts the given names of places on the map, with all of them, the outlet,
// the language and the dateline as context. Only field and offsets of the
// mentions are read. A name that the gazetteer lacks, or that is not to be told
// from its context, gives the zero Entity.
func (u *Understander) Locate(a *news.Article, names []news.Mention) []news.Entity {
	d := newDocument(a)
	d.homes = u.homes
	out := make([]news.Entity, len(names))
	all := make([]*candidate, len(names))
	for k, m := range names {
		i := slices.IndexFunc(d.fields, func(f *field) bool { return f.name == m.Field })
		if i < 0 {
			continue
		}
		f := d.fields[i]
		first := f.tokenAt(m.Start)
		last := first
		for last+1 < len(f.toks) && int(f.toks[last+1].start) < m.End {
			last++
		}
		if first >= len(f.toks) || int(f.toks[first].start) >= m.End {
			continue
		}
		c := &candidate{f: f, first: first, last: last, kind: news.Place, org: -1, key: key(f.toks, first, last)}
		if c.places = d.gaz.called(f, first, last); c.places == nil {
			if i, ok := d.gaz.demonyms.full[c.key]; ok {
				c.places, c.form = []int32{i}, news.FormDemonym
			}
		}
		if c.places == nil {
			continue
		}
		all[k] = c
		d.cands = append(d.cands, c)
	}
	known := d.toponyms()
	d.gaz.resolve(append(d.backdrop(), known...))
	for _, t := range known {
		i := t.rows[t.best()]
		for _, c := range t.cands {
			c.places = []int32{i}
		}
	}
	for k, c := range all {
		if c != nil && len(c.places) == 1 {
			out[k] = d.gaz.places[c.places[0]].entity()
		}
	}
	return out
}

// called are the places that the words may name: as they stand, as a state's short
// form, or, where nothing is called so, a county's name without "County".
func (g *gazetteer) called(f *field, first, last int) []int32 {
	fold := key(f.toks, first, last)
	fold = strings.TrimPrefix(fold, "the ")
	t := &f.toks[first]
	if first == last && (t.gap == gapComma || t.gap == gapParen) {
		if rows := g.shortDivisions(t); rows != nil {
			return rows
		}
	}
	if rows := g.names.find(fold); rows != nil {
		if first == last && t.upper && len(fold) < 3 {
			return g.written(rows, f.text[t.start:t.end])
		}
		return rows
	}
	if rows := g.names.find(text.Fold(f.text[f.toks[first].start:f.toks[last].end])); rows != nil {
		return rows
	}
	if first == last {
		if rows := g.shortDivisions(&f.toks[first]); rows != nil {
			return rows
		}
	}
	for _, kind := range []string{" county", " parish", " borough"} {
		if rows := g.names.find(fold + kind); rows != nil {
			return rows
		}
	}
	for _, kind := range []string{" city", " town", " township", " area", " region", " district", " province", " state"} {
		if short, ok := strings.CutSuffix(fold, kind); ok {
			return g.names.find(short)
		}
	}
	return nil
}

// written are those of the places that go by two letters just so: "US", but not
// the commune of Eu for "EU".
func (g *gazetteer) written(rows []int32, name string) []int32 {
	var out []int32
	for _, i := range rows {
		if g.places[i].Name == name || slices.Contains(g.aliases[i], name) {
			out = append(out, i)
		}
	}
	return out
}
