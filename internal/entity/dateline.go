package entity

import (
	"backfile/internal/news"
)

// Dateline is the place of the article's dateline ("ABERDEEN, Tuesday —"), chosen
// with the article's own context: a headquarters' Georgia, not the country. It is
// no mention: it says where a report was written, not what it is about. It is
// false where the article has no dateline or that names no place of the gazetteer.
func (u *Understander) Dateline(a *news.Article) (news.Entity, bool) {
	if a.Dateline == "" {
		return news.Entity{}, false
	}
	g, lex := theGazetteer(), theLexicon()
	rows := g.datelinePlaces(a.Dateline, lex)
	if rows == nil {
		return news.Entity{}, false
	}
	t := &toponym{rows: rows, weight: datedShare}
	names := []*toponym{t}
	for k := range a.Places {
		if i, ok := g.byEntity(a.Places[k].ID); ok && len(names) < mostToponyms {
			names = append(names, &toponym{rows: []int32{i}, weight: 1})
		}
	}
	d := &document{a: a, gaz: g, lex: lex}
	for _, b := range d.backdrop() {
		if len(rows) != len(b.rows) || rows[0] != b.rows[0] {
			names = append(names, b)
		}
	}
	g.resolve(names)
	return g.places[t.rows[t.best()]].entity(), true
}

// datelinePlaces are the places that a dateline may mean: its first words, those
// of them that lie in what stands behind the comma, if that is named.
func (g *gazetteer) datelinePlaces(line string, lex *lexicon) []int32 {
	if line == "" || len(line) > 200 {
		return nil
	}
	f := newField(news.FieldHeadline, line, lex)
	d := &document{gaz: g, lex: lex}
	for i := range min(3, len(f.toks)) {
		rows, n := g.names.longest(f.toks, i, func(n int) bool {
			for k := i + 1; k < i+n; k++ {
				if f.toks[k].gap == gapComma || f.toks[k].gap == gapParen {
					return false
				}
			}
			return true
		})
		if n == 0 || len(f.toks[i].fold) < 3 {
			continue
		}
		rows = g.distinct(rows)
		if in, _ := d.qualified(&candidate{f: f, first: i, last: i + n - 1}, rows); in != nil {
			return in
		}
		return rows
	}
	return nil
}
