package entity

import (
	"cmp"
	"slices"

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
	identity := p.identity(d.lex)
	if !p.whole {
		identity = p.lone(d.a)
	}
	p.entity = d.entity(news.Person, identity, soften(p.name))
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
	if p.entity.Qualifier == "" && !p.whole {
		p.entity.Qualifier = p.style()
	}
}
