package store

import (
	"errors"
	"slices"

	"backfile/internal/news"
)

// apply applies all corrections to an article, and gives the entities that they put in
// the place of others the names and slugs that they have over the whole archive: what
// the article calls them are their aliases.
func (t *tx) apply(c *news.Corrections, a *news.Article) error {
	var was [3][]news.EntityID
	for i, k := range news.Kinds {
		for _, e := range a.Entities(k) {
			was[i] = append(was[i], e.ID)
		}
	}
	c.Apply(a)
	for i, k := range news.Kinds {
		es := a.Entities(k)
		for j := range es {
			e := &es[j]
			if slices.Contains(was[i], e.ID) && e.Slug != "" && len(c.Joined(e.ID)) == 0 {
				continue
			}
			var r entityRecord
			ok, err := t.get(bucketEntities, []byte(e.ID), &r)
			if errors.Is(err, news.ErrDamaged) || !ok && err == nil {
				continue // verify names it; the article can be read
			}
			if err != nil {
				return err
			}
			e.Name, e.Slug = r.Name, r.Slug
			c.Correct(e)
			for q := range a.Quotes {
				if s := a.Quotes[q].Speaker; k == news.Person && s != nil && s.ID == e.ID {
					a.Quotes[q].Speaker = &news.Speaker{ID: e.ID, Name: e.Name}
				}
			}
		}
	}
	return nil
}
