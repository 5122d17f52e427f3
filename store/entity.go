package store

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"backfile/internal/news"
)

// The limits of what one entity may gather; what is beyond is left out.
const (
	maxAliases     = 500
	maxAliasLength = 300
	// maxKnown bounds the writer's cache of entities.
	maxKnown = 50_000
)

// entityRecord is an entity over the whole archive.
type entityRecord struct {
	Kind      news.Kind    `json:"kind"`
	Slug      string       `json:"slug"`
	Name      string       `json:"name"`
	Aliases   []news.Alias `json:"aliases,omitempty"`
	Country   string       `json:"country,omitempty"`
	Lat       *float64     `json:"lat,omitempty"`
	Lon       *float64     `json:"lon,omitempty"`
	Qualifier string       `json:"qualifier,omitempty"`
}

func (r *entityRecord) entity(id news.EntityID) news.Entity {
	return news.Entity{
		ID: id, Slug: r.Slug, Name: r.Name, Country: r.Country, Lat: clone(r.Lat), Lon: clone(r.Lon),
		Kind: r.Kind, Aliases: slices.Clone(r.Aliases), Qualifier: r.Qualifier,
	}
}

func clone[T any](p *T) *T {
	if p == nil {
		return nil
	}
	v := *p
	return &v
}

// folded is the entity's name folded, as lists sort it.
func (r *entityRecord) folded() string {
	for _, a := range r.Aliases {
		if a.Name == r.Name {
			return a.Fold
		}
	}
	return roughFold(r.Name)
}

// roughFold stands in for text.Fold, which this package may not use, where an
// entity comes without aliases.
func roughFold(name string) string { return strings.ReplaceAll(news.Slug(name), "-", " ") }

// record returns the record of an entity, from the cache where it is there; nil
// where it is new. Whoever changes it puts it.
func (b *batch) record(id news.EntityID) (*entityRecord, error) {
	if r := b.s.known[id]; r != nil {
		return r, nil
	}
	var r entityRecord
	ok, err := b.get(bucketEntities, []byte(id), &r)
	if !ok || err != nil {
		return nil, err
	}
	b.remember(id, &r)
	return &r, nil
}

func (b *batch) remember(id news.EntityID, r *entityRecord) {
	if len(b.s.known) >= maxKnown {
		clear(b.s.known)
	}
	b.s.known[id] = r
}

// clashing says why p's entities cannot be kept, or "". Afterwards all of them
// are known to be readable.
func (b *batch) clashing(p *prepared) (string, error) { return b.clashes(&p.article) }

func (b *batch) clashes(a *news.Article) (string, error) {
	for _, kind := range news.Kinds {
		for _, e := range a.Entities(kind) {
			r, err := b.record(e.ID)
			if err != nil {
				return "", err
			}
			if r != nil && r.Kind != kind {
				return fmt.Sprintf("its %s %q has the id of the %s %q", kind, e.Name, r.Kind, r.Name), nil
			}
		}
	}
	return "", nil
}

// entity files what an article knows of an entity and returns its slug.
func (b *batch) entity(e news.Entity) (string, error) {
	r, err := b.record(e.ID)
	if err != nil {
		return "", err
	}
	fresh := r == nil
	if fresh {
		r = &entityRecord{Kind: e.Kind, Name: e.Name, Country: e.Country, Lat: clone(e.Lat), Lon: clone(e.Lon), Qualifier: e.Qualifier}
		r.Slug = b.freeSlug(e)
		if len(e.Aliases) == 0 {
			e.Aliases = []news.Alias{{Name: e.Name, Fold: roughFold(e.Name)}}
		}
		b.counts.entity(e.Kind, 1)
		b.remember(e.ID, r)
		if err := b.putRaw(bucketEntitySlugs, joined(string(e.Kind), r.Slug), []byte(e.ID)); err != nil {
			return "", err
		}
	}
	changed, err := b.addAliases(e, r)
	if err != nil {
		return "", err
	}
	changed = r.complete(e) || changed || fresh
	if fresh {
		if err := b.putRaw(bucketEntityOrder, joined(string(e.Kind), r.folded(), string(e.ID)), nil); err != nil {
			return "", err
		}
	}
	if !changed {
		return r.Slug, nil
	}
	if err := b.put(bucketEntities, []byte(e.ID), r); err != nil {
		return "", err
	}
	return r.Slug, b.change(news.EntityChanged, string(e.ID))
}

// complete fills in what was unknown so far.
func (r *entityRecord) complete(e news.Entity) (changed bool) {
	if r.Country == "" && e.Country != "" {
		r.Country, changed = e.Country, true
	}
	if (r.Lat == nil || r.Lon == nil) && e.Lat != nil && e.Lon != nil {
		r.Lat, r.Lon, changed = clone(e.Lat), clone(e.Lon), true
	}
	if r.Qualifier == "" && e.Qualifier != "" {
		r.Qualifier, changed = e.Qualifier, true
	}
	return changed
}

// addAliases adds those of e's aliases that are new to r, and what finds them.
func (b *batch) addAliases(e news.Entity, r *entityRecord) (changed bool, err error) {
	for _, a := range e.Aliases {
		if a.Fold == "" || len(a.Fold) > maxAliasLength || len(a.Name) > maxAliasLength || strings.ContainsRune(a.Fold, 0) || len(r.Aliases) >= maxAliases {
			continue
		}
		if slices.ContainsFunc(r.Aliases, func(b news.Alias) bool { return b.Fold == a.Fold }) {
			continue
		}
		r.Aliases, changed = append(r.Aliases, a), true
		if err := b.putRaw(bucketEntityNames, joined(string(e.Kind), a.Fold, string(e.ID)), nil); err != nil {
			return false, err
		}
		for w := range strings.FieldsSeq(a.Fold) {
			key := joined(string(e.Kind), w, string(e.ID))
			if b.has(bucketEntityWords, key) {
				continue
			}
			if err := b.putRaw(bucketEntityWords, key, nil); err != nil {
				return false, err
			}
		}
	}
	return changed, nil
}

// freeSlug finds a slug for a new entity that no other of its kind ever had: the
// one that it brings from another archive, its name, its name with qualifier or
// country, its name with a number.
func (b *batch) freeSlug(e news.Entity) string {
	free := func(slug string) bool {
		return slug != "" && !b.has(bucketEntitySlugs, joined(string(e.Kind), slug))
	}
	name := news.Slug(e.Name)
	if name == "" {
		name = string(e.Kind)
	}
	try := []string{news.Slug(e.Slug), name}
	for _, q := range []string{e.Qualifier, e.Country} {
		if q = news.Slug(q); q != "" {
			try = append(try, name+"-"+q)
		}
	}
	for _, slug := range try {
		if free(slug) {
			return slug
		}
	}
	for i := 2; ; i++ {
		if slug := name + "-" + strconv.Itoa(i); free(slug) {
			return slug
		}
	}
}

// outlet files an outlet, the first time that it is met.
func (b *batch) outlet(o news.Outlet) error {
	if b.has(bucketOutlets, []byte(o.Slug)) {
		return nil
	}
	b.counts.Outlets++
	return b.put(bucketOutlets, []byte(o.Slug), o)
}
