package entity

import (
	"cmp"
	"slices"
	"strings"

	"backfile/internal/entity/when"
	"backfile/internal/news"
	"backfile/internal/text"
)

// entity is one of the article's persons, places or organisations.
type entity struct {
	news.Entity
	order int
}

// entity is the one of that kind and identity, made if it is new.
func (d *document) entity(k news.Kind, identity, name string) *entity {
	id := news.NewEntityID(k, identity)
	if e, ok := d.byID[id]; ok {
		return e
	}
	e := &entity{Entity: news.Entity{ID: id, Kind: k, Name: name}, order: len(d.entities)}
	e.Aliases = addAlias(nil, name)
	d.entities = append(d.entities, e)
	d.byID[id] = e
	return e
}

func (d *document) placeEntity(p *Place) *entity {
	e := d.entity(news.Place, "gaz:"+p.ID, p.Name)
	p.fill(&e.Entity)
	return e
}

// fill gives an entity what the gazetteer knows.
func (p *Place) fill(e *news.Entity) {
	e.Country = p.Country
	lat, lon := p.Lat, p.Lon
	e.Lat, e.Lon = &lat, &lon
	if p.kind < country {
		e.Qualifier = p.Country
	}
	e.Aliases = addAlias(e.Aliases, p.Name)
	for _, n := range theGazetteer().aliasesOf(p) {
		e.Aliases = addAlias(e.Aliases, n)
	}
}

// alias adds the name that a mention uses.
func (e *entity) alias(c *candidate) {
	if c.form == "" || c.form == news.FormMetonym {
		e.Aliases = addAlias(e.Aliases, c.name())
	}
}

// addAlias adds a name whose fold is not there yet.
func addAlias(as []news.Alias, name string) []news.Alias {
	fold := text.Fold(name)
	if fold == "" {
		return as
	}
	for _, a := range as {
		if a.Fold == fold {
			return as
		}
	}
	return append(as, news.Alias{Name: name, Fold: fold})
}

// organisations gives the organisations their entities; acronyms that the
// article explains are those of their full names.
func (d *document) organisations() {
	short := d.acronyms()
	for _, c := range d.cands {
		if c.dropped || c.kind != news.Organisation || c.entity != nil {
			continue
		}
		name, identity := c.name(), c.key
		if c.org >= 0 {
			name = d.lex.names[c.org]
			identity = text.Fold(name)
		} else if full, ok := short[c.key]; ok {
			name, identity = full, text.Fold(full)
		}
		e := d.entity(news.Organisation, identity, name)
		if c.org >= 0 {
			for _, n := range d.lex.aliases[c.org] {
				e.Aliases = addAlias(e.Aliases, n)
			}
		}
		e.alias(c)
		c.entity = e
	}
}

// acronyms finds "Full Name (FN)" and makes both one organisation, wherever in the
// article the acronym stands.
func (d *document) acronyms() map[string]string {
	full := map[string]string{}
	for i, c := range d.cands {
		t := &c.f.toks[c.first]
		if i == 0 || !c.single() || t.gap != gapParen || !t.capital || !t.upper && (len(t.fold) < 4 || len(t.fold) > 6 || t.signs&common != 0 && d.small[t.fold] > 0) {
			continue
		}
		p := d.cands[i-1]
		if p.f != c.f || p.last != c.first-1 || p.single() || p.dropped || p.kind == news.Person || p.kind == news.Place && p.places != nil {
			continue
		}
		if !initialsFit(t.fold, p) {
			continue
		}
		p.kind = news.Organisation
		name := p.name()
		if p.org >= 0 {
			name = d.lex.names[p.org]
		}
		full[c.key] = name
	}
	for _, c := range d.cands {
		if _, ok := full[c.key]; ok && (c.kind != news.Place || c.form == "") {
			if c.kind == news.Place {
				c.entity, c.places = nil, nil
			}
			c.kind, c.dropped, c.person, c.org = news.Organisation, false, nil, -1
		}
	}
	return full
}

// initialsFit reports whether the acronym's letters are, in order, initials of the
// name's words, the first being the first.
func initialsFit(acronym string, c *candidate) bool {
	i := 0
	for k := c.first; k <= c.last && i < len(acronym); k++ {
		if c.f.toks[k].fold[0] == acronym[i] {
			i++
		} else if k == c.first {
			return false
		}
	}
	return i == len(acronym)
}

// write puts what was found into the article.
func (d *document) write(a *news.Article, quotes []news.Quote) {
	for _, p := range d.persons {
		if p.n == 0 {
			continue
		}
		p.link(d)
	}
	a.Mentions, a.Persons, a.Places, a.Organisations = nil, nil, nil, nil
	d.part()
	for _, c := range d.cands {
		if c.dropped || c.kind == "" || c.first > c.last {
			continue
		}
		m := news.Mention{Kind: c.kind, Text: c.text(), Start: c.start(), End: c.end(), Form: c.form, Field: c.f.name}
		e := c.entity
		if c.person != nil {
			e = c.person.entity
		}
		if e != nil {
			m.Entity = e.ID
			if m.Counts() {
				e.Count++
			}
		}
		a.Mentions = append(a.Mentions, m)
	}
	a.Mentions = append(a.Mentions, d.marks...)
	order := map[string]int{}
	for _, f := range d.fields {
		order[f.name] = f.order
	}
	slices.SortStableFunc(a.Mentions, func(x, y news.Mention) int {
		return cmp.Or(cmp.Compare(order[x.Field], order[y.Field]), cmp.Compare(x.Start, y.Start), cmp.Compare(x.End, y.End))
	})
	slices.SortStableFunc(d.entities, func(x, y *entity) int {
		return cmp.Or(-cmp.Compare(x.Count, y.Count), cmp.Compare(x.order, y.order))
	})
	for _, e := range d.entities {
		if e.Count == 0 {
			continue
		}
		switch e.Kind {
		case news.Person:
			a.Persons = append(a.Persons, e.Entity)
		case news.Place:
			a.Places = append(a.Places, e.Entity)
		case news.Organisation:
			a.Organisations = append(a.Organisations, e.Entity)
		}
	}
	a.Quotes = quotes
	a.Dates = when.Find(a, d.lang)
}

// part drops what stands inside another mention: words are of one name only.
func (d *document) part() {
	slices.SortStableFunc(d.cands, func(x, y *candidate) int {
		return cmp.Or(cmp.Compare(x.f.order, y.f.order), cmp.Compare(x.first, y.first), -cmp.Compare(x.last, y.last))
	})
	end := map[*field]int{}
	for _, c := range d.cands {
		if c.dropped || c.kind == "" {
			continue
		}
		if last, ok := end[c.f]; ok && c.first <= last {
			c.dropped = true
			continue
		}
		end[c.f] = c.last
	}
}

// link makes the person's entity, named by the whole name.
func (p *person) link(d *document) {
	if p.entity != nil {
		return
	}
	p.entity = d.entity(news.Person, strings.Join(p.words, " "), p.name)
	forms := make([]string, 0, len(p.forms))
	for f := range p.forms {
		forms = append(forms, f)
	}
	slices.Sort(forms)
	for _, f := range forms {
		p.entity.Aliases = addAlias(p.entity.Aliases, p.forms[f])
	}
	titles := make([]string, 0, len(p.titles))
	for t := range p.titles {
		titles = append(titles, t)
	}
	if len(titles) > 0 {
		slices.SortFunc(titles, func(a, b string) int { return cmp.Or(-cmp.Compare(len(a), len(b)), cmp.Compare(a, b)) })
		p.entity.Qualifier = titles[0]
	}
}
