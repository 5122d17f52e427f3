package ingest

import (
	"cmp"
	"context"
	"encoding/json"
	"slices"

	"backfile/internal/entity/across"
	"backfile/internal/news"
)

// judge looks at a person with all whose names may be the same person's, and returns
// the events that make what stands what the articles say: undoings, splits, joins.
func (r *round) judge(ctx context.Context, id news.EntityID) ([]news.Event, error) {
	names, err := r.namesakes(ctx, id)
	if err != nil {
		return nil, err
	}
	j := r.judgeOf(ctx)
	c := r.st.Corrections()
	var out []news.Event
	var units []*across.Dossier
	for i := 0; i < len(names); i++ { // names that an article explains are added below
		e := names[i]
		r.done[e.ID] = true
		if c.Hidden(e.ID) {
			continue
		}
		d, err := r.dossier(ctx, e)
		if err != nil {
			return nil, err
		}
		more, err := r.explained(ctx, d)
		if err != nil {
			return nil, err
		}
		for _, id := range more {
			if len(names) < maxNamesakes && !slices.ContainsFunc(names, func(o news.Entity) bool { return o.ID == r.ledger.base(id) }) {
				o, err := r.st.Unmerged(ctx, r.ledger.base(id))
				if err != nil {
					return nil, err
				}
				names = append(names, o)
			}
		}
		if len(d.Sightings) == 0 {
			continue
		}
		groups, es := r.apart(j, d)
		out = append(out, es...)
		units = append(units, groups...)
	}
	if len(units) > 1 {
		out = append(out, r.join(j, units)...)
	}
	return out, nil
}

func decided(typ string, about string, c news.Correction) news.Event {
	data, err := json.Marshal(c)
	if err != nil {
		panic(err) // strings and ids always marshal
	}
	if typ == news.EventUndone {
		data, _ = json.Marshal(map[string]string{"reason": c.Reason})
	}
	return news.Event{Type: typ, Owner: news.ProgramOwner, About: about, Data: data}
}

// apart takes the bearers of one name apart, and returns their dossiers under the ids
// that they have by then.
func (r *round) apart(j *across.Judge, d *across.Dossier) ([]*across.Dossier, []news.Event) {
	if r.ledger.ruled[d.ID] {
		return r.asRuled(d), nil
	}
	groups := j.Apart(d)
	r.keepIDs(d, groups)
	var units []*across.Dossier
	wanted := map[news.ArticleID]*across.Group{}
	for i := range groups {
		units = append(units, groups[i].Dossier)
		for _, s := range groups[i].Sightings {
			wanted[s.Article] = &groups[i]
		}
	}
	return units, r.resplit(d, groups, wanted)
}

// asRuled are the bearers of a name as people told them apart.
func (r *round) asRuled(d *across.Dossier) []*across.Dossier {
	by := map[news.EntityID][]*across.Sighting{}
	for _, s := range d.Sightings {
		id := r.ledger.splitNow(d.ID, s.Article, nil)
		by[id] = append(by[id], s)
	}
	var out []*across.Dossier
	for id, s := range by {
		out = append(out, across.NewDossier(id, d.Name, s))
	}
	return out
}

// keepIDs has groups keep the ids that most of their articles have: addresses are for
// ever.
func (r *round) keepIDs(d *across.Dossier, groups []across.Group) {
	type claim struct {
		group, n int
		id       news.EntityID
	}
	var claims []claim
	for i, g := range groups {
		n := map[news.EntityID]int{}
		for _, s := range g.Sightings {
			n[r.ledger.splitNow(d.ID, s.Article, nil)]++
		}
		for id, k := range n {
			claims = append(claims, claim{i, k, id})
		}
	}
	bare := func(c claim) int {
		if c.id == d.ID { // new articles have it too, whosever they are
			return 1
		}
		return 0
	}
	slices.SortFunc(claims, func(a, b claim) int {
		return cmp.Or(cmp.Compare(bare(a), bare(b)), cmp.Compare(b.n, a.n), cmp.Compare(a.group, b.group), cmp.Compare(a.id, b.id))
	})
	given := map[int]news.EntityID{}
	taken := map[news.EntityID]bool{}
	for _, c := range claims {
		if _, ok := given[c.group]; !ok && !taken[c.id] {
			given[c.group], taken[c.id] = c.id, true
		}
	}
	for i := range groups {
		id, ok := given[i]
		if !ok {
			if id = groups[i].ID; taken[id] { // the name's own is another's by now
				id = across.Split(d.Name, groups[i].Label())
			}
			taken[id] = true
		}
		if id != groups[i].ID {
			groups[i].Dossier = across.NewDossier(id, d.Name, groups[i].Sightings)
		}
	}
}

// resplit are the events after which each article's bearer of the name is the wanted
// one.
func (r *round) resplit(d *across.Dossier, groups []across.Group, wanted map[news.ArticleID]*across.Group) []news.Event {
	var out []news.Event
	again := map[news.EntityID][]news.ArticleID{} // articles of undone events that stay where they were
	undone := map[string]bool{}
	for _, s := range r.ledger.splits[d.ID] {
		if s.person {
			continue
		}
		wrong := false
		for _, a := range s.data.Articles {
			if g := wanted[a]; g != nil && g.ID != s.data.Into {
				wrong = true
			}
		}
		if !wrong {
			continue
		}
		undone[s.id] = true
		out = append(out, decided(news.EventUndone, s.id, news.Correction{Reason: "later articles say otherwise"}))
		for _, a := range s.data.Articles {
			if wanted[a] == nil {
				again[s.data.Into] = append(again[s.data.Into], a)
			}
		}
	}
	for i := range groups {
		g := &groups[i]
		if g.ID == d.ID {
			continue
		}
		articles := again[g.ID]
		delete(again, g.ID)
		for _, s := range g.Sightings {
			if r.ledger.splitNow(d.ID, s.Article, undone) != g.ID {
				articles = append(articles, s.Article)
			}
		}
		if len(articles) == 0 {
			continue
		}
		slices.Sort(articles)
		q := g.Label()
		reason := g.Reason
		if reason == "" {
			reason = groups[len(groups)-1].Reason
		}
		out = append(out, decided(news.EventSplit, string(d.ID), news.Correction{
			Kind: news.Person, Into: g.ID, Name: d.Name, Qualifier: q, Articles: articles, Reason: "Two people are called " + d.Name + ": " + reason,
		}))
	}
	for _, s := range r.ledger.splits[d.ID] { // of a group that this look did not reach
		if articles := again[s.data.Into]; undone[s.id] && len(articles) > 0 {
			c := s.data
			c.Articles = articles
			out = append(out, decided(news.EventSplit, string(d.ID), c))
			delete(again, s.data.Into)
		}
	}
	return out
}

// join are the events after which those are one whom the articles say are one, and no
// others but those whom people joined.
func (r *round) join(j *across.Judge, units []*across.Dossier) []news.Event {
	here := map[news.EntityID]*across.Dossier{}
	var ids []news.EntityID
	for _, d := range units {
		here[d.ID] = d
		ids = append(ids, d.ID)
	}
	c := r.st.Corrections()
	one := func(a, b news.EntityID) bool { return c.Survivor(a) == c.Survivor(b) }
	joints := j.Partition(units, across.Bounds{
		Joined: func(a, b news.EntityID) bool {
			return slices.ContainsFunc(r.ledger.personal, func(d decision) bool {
				return d.about == a && d.data.Into == b || d.about == b && d.data.Into == a
			})
		},
		Parted: func(a, b news.EntityID) bool {
			return slices.ContainsFunc(r.ledger.parted, func(p [2]news.EntityID) bool {
				return !one(p[0], p[1]) && (one(a, p[0]) && one(b, p[1]) || one(a, p[1]) && one(b, p[0])) ||
					a == p[0] && b == p[1] || a == p[1] && b == p[0]
			})
		},
		Stand: one,
	})
	group := map[news.EntityID]int{}
	for i, g := range joints {
		for _, id := range g.IDs {
			group[id] = i + 1
		}
	}
	var out []news.Event
	root := map[news.EntityID]news.EntityID{}
	find := func(id news.EntityID) news.EntityID {
		for root[id] != "" {
			id = root[id]
		}
		return id
	}
	for _, d := range r.ledger.joinsAmong(ids) {
		a, b := d.about, d.data.Into
		if !d.person && here[a] != nil && here[b] != nil && (group[a] != group[b] || group[a] == 0) {
			why, sure := j.Same(here[a], here[b])
			if sure {
				why = "" // it is they two, but for a third
			}
			out = append(out, decided(news.EventUndone, d.id, news.Correction{Reason: cmp.Or(why, "it may as well be somebody else of the name")}))
			continue
		}
		if x, y := find(a), find(b); x != y {
			root[x] = y
		}
	}
	for _, g := range joints {
		for _, l := range g.Links {
			a, b := find(l.A), find(l.B)
			if a == b {
				continue
			}
			if slices.Index(g.IDs, a) < slices.Index(g.IDs, b) { // the one with more articles keeps its name
				a, b = b, a
			}
			root[a] = b
			out = append(out, decided(news.EventMerged, string(a), news.Correction{Kind: news.Person, Into: b, Reason: l.Reason}))
		}
	}
	return out
}
