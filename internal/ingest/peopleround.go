package ingest

import (
	"context"
	"slices"
	"strings"

	"backfile/internal/entity/across"
	"backfile/internal/news"
	"backfile/internal/text"
)

// The bounds of one look at a person.
const (
	maxNamesakes    = 50     // names that may be the same person's
	maxPersonReads  = 200    // articles a name
	maxGivenBearers = 500    // bearers of a given name who are looked through
	maxKeptArticles = 3000   // articles kept in memory
	maxKeptNumbers  = 50_000 // numbers kept in memory
	maxNameWords    = 5
)

// round is one look at persons, with what it has read so far.
type round struct {
	*people
	done      map[news.EntityID]bool
	sightings map[news.ArticleID]map[news.EntityID]*across.Sighting
	words     map[string][]news.Entity
	spreads   map[news.EntityID]int
	born      map[string]int
}

func newRound(p *people) *round {
	if p.awaited == nil {
		p.awaited = map[string]news.EntityID{}
	}
	if len(p.judged) > maxKeptNumbers || p.judged == nil {
		p.judged = map[news.EntityID]int{}
	}
	return &round{
		people: p, done: map[news.EntityID]bool{}, sightings: map[news.ArticleID]map[news.EntityID]*across.Sighting{},
		words: map[string][]news.Entity{}, spreads: map[news.EntityID]int{}, born: map[string]int{},
	}
}

// withWord are the persons with a word in their names.
func (r *round) withWord(ctx context.Context, w string, limit int) ([]news.Entity, error) {
	if es, ok := r.words[w]; ok {
		return es, nil
	}
	es, err := r.st.EntitiesWithWord(ctx, news.Person, w, limit)
	if err != nil {
		return nil, err
	}
	if len(r.words) > 500 {
		clear(r.words)
	}
	r.words[w] = es
	return es, nil
}

func (r *round) spread(ctx context.Context, id news.EntityID) int {
	n, ok := r.spreads[id]
	if !ok {
		var err error
		if n, err = r.ix.CountArticles(ctx, id); err != nil {
			return 1 << 20 // unknown: as if everybody knew them
		}
		if len(r.spreads) > maxKeptNumbers {
			clear(r.spreads)
		}
		r.spreads[id] = n
	}
	return n
}

// bearers counts the given names before a family name.
func (r *round) bearers(ctx context.Context, family string) int {
	n, ok := r.born[family]
	if !ok {
		ws := strings.Fields(strings.ReplaceAll(family, "-", " "))
		if len(ws) == 0 {
			return 0
		}
		es, err := r.withWord(ctx, ws[len(ws)-1], 0)
		if err != nil {
			return 1 << 20
		}
		given := map[string]bool{}
		for _, e := range es {
			if m := across.ParseName(e.Name); m.Whole() && m.Family == family {
				given[m.First()] = true
			}
		}
		n = len(given)
		r.born[family] = n
	}
	return n
}

// namesakes are the names that may be one person's with id's, directly or by way of
// others, id's own among them; split ones by their bare name.
func (r *round) namesakes(ctx context.Context, id news.EntityID) ([]news.Entity, error) {
	id = r.ledger.base(id)
	first, err := r.st.Unmerged(ctx, id)
	if err != nil {
		return nil, err
	}
	out := []news.Entity{first}
	seen := map[news.EntityID]bool{id: true}
	add := func(id news.EntityID) error {
		if id = r.ledger.base(id); seen[id] || len(out) >= maxNamesakes {
			return nil
		}
		seen[id] = true
		e, err := r.st.Unmerged(ctx, id)
		if err == nil && e.Kind == news.Person {
			out = append(out, e)
		}
		return err
	}
	c := r.st.Corrections()
	for i := 0; i < len(out) && len(out) < maxNamesakes; i++ {
		e := out[i]
		// Those that it is joined with stay in view, whatever their names.
		for _, of := range append([]news.EntityID{e.ID}, r.ledger.offs[e.ID]...) {
			to := c.Survivor(of)
			if err := add(to); err != nil {
				return nil, err
			}
			for _, j := range c.Joined(to) {
				if err := add(j.Entity); err != nil {
					return nil, err
				}
			}
		}
		found, err := r.candidates(ctx, e.Name)
		if err != nil {
			return nil, err
		}
		if a, ok := r.awaited[text.Fold(e.Name)]; ok {
			found = append(found, a)
		}
		for _, f := range found {
			if err := add(f); err != nil {
				return nil, err
			}
		}
	}
	return out, nil
}

// candidates are those whose names may be one person's with name.
func (r *round) candidates(ctx context.Context, name string) ([]news.EntityID, error) {
	words := strings.Fields(text.Fold(name))
	if len(words) < 2 || len(words) > maxNameWords {
		return nil, nil
	}
	var out []news.EntityID
	look := func(word string, limit int) error {
		es, err := r.withWord(ctx, word, limit)
		if err != nil || limit > 0 && len(es) >= limit {
			return err
		}
		for _, e := range es {
			if r.ledger.bases[e.ID] == "" && across.Related(name, e.Name) {
				out = append(out, e.ID)
			}
		}
		return nil
	}
	last := words[len(words)-1]
	if p := across.ParseName(name); p.Whole() && p.Suffix != "" {
		fs := strings.Fields(strings.ReplaceAll(p.Family, "-", " "))
		last = fs[len(fs)-1]
	}
	if err := look(last, 0); err != nil {
		return nil, err
	}
	// The family name may be spelled otherwise, or stand in front.
	if words[0] != last && len(words[0]) > 1 {
		if err := look(words[0], maxGivenBearers); err != nil {
			return nil, err
		}
	}
	slices.Sort(out)
	return slices.Compact(out), nil
}

// explained are those whom an article calls by another name, which it explains.
func (r *round) explained(ctx context.Context, d *across.Dossier) ([]news.EntityID, error) {
	var out []news.EntityID
	for _, n := range d.Explained() {
		f := text.Fold(n)
		words := strings.Fields(f)
		if len(words) < 2 || len(words) > maxNameWords {
			continue
		}
		es, err := r.withWord(ctx, words[len(words)-1], 0)
		if err != nil {
			return nil, err
		}
		known := false
		for _, e := range es {
			if text.Fold(e.Name) == f && e.ID != d.ID {
				out, known = append(out, e.ID), true
			}
		}
		if !known && len(r.awaited) < maxKeptNumbers {
			r.awaited[f] = d.ID
		}
	}
	return out, nil
}

// dossier gathers what the articles say of all bearers of a name.
func (r *round) dossier(ctx context.Context, e news.Entity) (*across.Dossier, error) {
	var seen []*across.Sighting
	ids := append([]news.EntityID{e.ID}, r.ledger.offs[e.ID]...)
	for _, id := range ids {
		articles, err := r.ix.ArticlesOf(ctx, id, maxPersonReads)
		if err != nil {
			return nil, err
		}
		for _, a := range articles {
			s, err := r.sighting(ctx, a, ids)
			if err != nil {
				return nil, err
			}
			if s != nil && len(seen) < maxPersonReads {
				seen = append(seen, s)
			}
		}
	}
	return across.NewDossier(e.ID, e.Name, seen), nil
}

// sighting is what one article says of the bearer of a name, under any of the ids.
func (r *round) sighting(ctx context.Context, id news.ArticleID, ids []news.EntityID) (*across.Sighting, error) {
	of, ok := r.sightings[id]
	if !ok {
		a, err := r.article(ctx, id)
		if err != nil {
			return nil, err
		}
		if a != nil {
			of = across.Read(a)
		}
		if len(r.sightings) >= maxKeptArticles {
			clear(r.sightings)
		}
		r.sightings[id] = of
	}
	for _, id := range ids {
		if s := of[id]; s != nil {
			return s, nil
		}
	}
	return nil, nil
}
