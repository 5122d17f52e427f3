package entity

import (
	"strings"

	"backfile/internal/news"
	"backfile/internal/text"
)

// Complete fills in what given entities leave out: their kind, their id, the
// aliases that they have for their name and in the gazetteer, a place's country
// and coordinates, and the counts where none are given. A given mention that
// counts and says no entity, or one that is not listed, is of the listed entity
// with its words as a name, or of one that is listed for it; but where a recogniser
// found the mentions (news.Article.Understood), it left those open whose person it
// could not tell, and they stay so. What is given stays.
func Complete(a *news.Article) {
	if a.Understood == "" || a.Understood == news.UnderstoodGiven {
		settle(a)
	}
	counts := map[news.EntityID]int{}
	forms := map[news.EntityID][]string{}
	for _, m := range a.Mentions {
		if m.Entity != "" && m.Counts() {
			counts[m.Entity]++
			forms[m.Entity] = append(forms[m.Entity], m.Text)
		}
	}
	for _, k := range news.Kinds {
		es := a.Entities(k)
		for i := range es {
			e := &es[i]
			e.Kind = k
			complete(e)
			if e.Count == 0 {
				e.Count = counts[e.ID]
			}
			for _, f := range forms[e.ID] {
				e.Aliases = addAlias(e.Aliases, strings.Join(strings.Fields(f), " "))
			}
		}
	}
}

// settle gives every mention that counts an entity that is listed.
func settle(a *news.Article) {
	for _, k := range news.Kinds {
		es := a.Entities(k)
		byID, byName := map[news.EntityID]bool{}, map[string]news.EntityID{}
		know := func(e *news.Entity) {
			byID[e.ID] = true
			for _, al := range e.Aliases {
				if _, ok := byName[al.Fold]; !ok {
					byName[al.Fold] = e.ID
				}
			}
		}
		for i := range es {
			es[i].Kind = k
			complete(&es[i])
			know(&es[i])
		}
		for i := range a.Mentions {
			m := &a.Mentions[i]
			if m.Kind != k || !m.Counts() || byID[m.Entity] || m.Entity != "" && !news.ValidID(string(m.Entity)) {
				continue
			}
			name := strings.Join(strings.Fields(m.Text), " ")
			if id, ok := byName[text.Fold(name)]; ok && m.Entity == "" {
				m.Entity = id
				continue
			}
			if name == "" {
				continue
			}
			e := news.Entity{ID: m.Entity, Kind: k, Name: name}
			complete(&e)
			if p := placeOf(&e); k == news.Place && p != nil {
				e.Name = p.Name // Britain is the United Kingdom
			}
			if m.Entity = e.ID; !byID[e.ID] {
				know(&e)
				es = append(es, e)
			}
		}
		switch k {
		case news.Person:
			a.Persons = es
		case news.Place:
			a.Places = es
		case news.Organisation:
			a.Organisations = es
		}
	}
}

func complete(e *news.Entity) {
	e.Aliases = addAlias(e.Aliases, e.Name)
	switch e.Kind {
	case news.Place:
		p := placeOf(e)
		if e.ID == "" {
			if p != nil {
				e.ID = p.EntityID()
			} else {
				e.ID = news.NewEntityID(news.Place, text.Fold(e.Name))
			}
		}
		if p == nil {
			return
		}
		given := *e
		p.fill(e)
		if given.Country != "" {
			e.Country = given.Country
		}
		if given.Lat != nil && given.Lon != nil {
			e.Lat, e.Lon = given.Lat, given.Lon
		}
	default:
		if e.ID == "" {
			e.ID = news.NewEntityID(e.Kind, text.Fold(e.Name))
		}
		if e.Kind == news.Organisation {
			lex := theLexicon()
			if i, ok := lex.organisations.full[text.Fold(e.Name)]; ok {
				e.Aliases = addAlias(e.Aliases, lex.names[i])
				for _, n := range lex.aliases[i] {
					e.Aliases = addAlias(e.Aliases, n)
				}
			}
		}
	}
}

// placeOf is the gazetteer's row of a given place: by its id, else, if it has
// none, by its name and country.
func placeOf(e *news.Entity) *Place {
	g := theGazetteer()
	if i, ok := g.byEntity(e.ID); ok {
		return &g.places[i]
	}
	if e.ID != "" {
		return nil
	}
	return LookUp(e.Name, e.Country)
}

// LookUp is the place of that name that is likeliest meant without any context,
// in that country (ISO 3166-1 alpha-2) if one is given; nil if there is none.
// The result is shared: do not change it.
func LookUp(name, countryCode string) *Place {
	g := theGazetteer()
	var fit []int32
	for _, i := range g.names.find(text.Fold(strings.TrimPrefix(name, "the "))) {
		if countryCode == "" || g.places[i].Country == countryCode {
			fit = append(fit, i)
		}
	}
	if len(fit) == 0 {
		return nil
	}
	return g.best(fit)
}

// Located is the gazetteer's place of that id as an entity with country,
// coordinates and aliases, or the zero Entity.
func Located(id news.EntityID) news.Entity {
	g := theGazetteer()
	i, ok := g.byEntity(id)
	if !ok {
		return news.Entity{}
	}
	p := &g.places[i]
	e := news.Entity{ID: id, Kind: news.Place, Name: p.Name}
	p.fill(&e)
	return e
}
