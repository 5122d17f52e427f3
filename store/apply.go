package store

import (
	"slices"

	"backfile/internal/news"
)

// apply applies all corrections to an article, and gives the entities that they put in
// the place of others the names and slugs that they have over the whole archive: what
// the article calls them are their aliases. It changes nothing that the article's slices
// hold, which readers may share.
func (t *tx) apply(c *news.Corrections, a *news.Article) error {
	c.Apply(a)
	for _, k := range news.Kinds {
		es, own := a.Entities(k), false
		for i := range es {
			// One that was split off has no slug yet.
			if es[i].Slug != "" && len(c.Joined(es[i].ID)) == 0 {
				continue
			}
			var r entityRecord
			ok, err := t.get(bucketEntities, []byte(es[i].ID), &r)
			if isDamage(err) || !ok && err == nil {
				continue // verify names it; the article can be read
			}
			if err != nil {
				return err
			}
			if !own {
				es, own = slices.Clone(es), true
			}
			e := &es[i]
			e.Name, e.Slug = r.Name, r.Slug
			c.Correct(e)
			if k == news.Person {
				rename(a, *e)
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
	return nil
}

// rename gives the quotes of a speaker the name that they go by.
func rename(a *news.Article, e news.Entity) {
	own := false
	for i, q := range a.Quotes {
		if q.Speaker == nil || q.Speaker.ID != e.ID || q.Speaker.Name == e.Name {
			continue
		}
		if !own {
			a.Quotes, own = slices.Clone(a.Quotes), true
		}
		a.Quotes[i].Speaker = &news.Speaker{ID: e.ID, Name: e.Name}
	}
}
