package store

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"slices"
	"time"

	"github.com/google/uuid"

	"backfile/internal/news"
)

// SaveSearch keeps a search under a name, with an id and the present time. Where its
// owner has one of that query and order already, that one is returned and made is
// false. One without a name or an owner, and one more than news.MaxSavedSearches, are
// errors that wrap news.ErrInvalid.
func (s *Store) SaveSearch(ctx context.Context, q news.SavedSearch) (kept news.SavedSearch, made bool, err error) {
	q.Name = news.CleanName(q.Name)
	if err := q.Check(); err != nil {
		return kept, false, fmt.Errorf("save search: %w", err)
	}
	// Random, so that nobody guesses the address of another's search.
	q.ID = news.SearchID(news.NewArticleID(news.Key("search:" + uuid.NewString())))
	err = s.update(ctx, func(b *batch) error {
		q.Created, q.Deleted = b.now, time.Time{}
		if q.Looked.At = stamp(q.Looked.At); q.Looked.At.IsZero() {
			q.Looked.At = b.now
		}
		kept, made, err = b.addSearch(q)
		return err
	})
	if err != nil {
		return news.SavedSearch{}, false, fmt.Errorf("save search: %w", err)
	}
	return kept, made, nil
}

// RestoreSearch takes a search of another archive's export back, under its own id. It
// reports false, having changed nothing, where there is one of that id, or of that owner,
// query and order. Its errors are SaveSearch's; an invalid id is one of them.
func (s *Store) RestoreSearch(ctx context.Context, q news.SavedSearch) (restored bool, err error) {
	if q.Owner == "" {
		q.Owner = news.LocalOwner
	}
	q = q.Portable()
	q.Name = news.CleanName(q.Name)
	if err := q.Check(); err != nil {
		return false, fmt.Errorf("restore search: %w", err)
	}
	if !news.ValidID(string(q.ID)) {
		return false, fmt.Errorf("restore search: %q is no id: %w", q.ID, news.ErrInvalid)
	}
	err = s.update(ctx, func(b *batch) error {
		if b.has(bucketSearches, []byte(q.ID)) {
			return nil
		}
		if q.Created = stamp(q.Created); q.Created.IsZero() {
			q.Created = b.now
		}
		q.Looked.At, q.Deleted = stamp(q.Looked.At), time.Time{}
		_, restored, err = b.addSearch(q)
		return err
	})
	if err != nil {
		return false, fmt.Errorf("restore search %s: %w", q.ID, err)
	}
	return restored, nil
}

func (b *batch) addSearch(q news.SavedSearch) (kept news.SavedSearch, made bool, err error) {
	all, err := b.searches()
	if err != nil {
		return kept, false, err
	}
	n := 0
	for _, have := range all {
		if !have.Deleted.IsZero() {
			continue
		}
		if n++; have.Owner == q.Owner && have.Query == q.Query && have.Sort == q.Sort {
			return have, false, nil
		}
	}
	if n >= news.MaxSavedSearches {
		return kept, false, fmt.Errorf("an archive has at most %d saved searches: %w", news.MaxSavedSearches, news.ErrInvalid)
	}
	return q, true, b.putSearch(q)
}

func (b *batch) putSearch(q news.SavedSearch) error {
	if err := b.put(bucketSearches, []byte(q.ID), q); err != nil {
		return err
	}
	return b.change(news.AnnotationChanged, string(q.ID))
}

// searches are all of them, by id, those that were deleted among them.
func (t *tx) searches() ([]news.SavedSearch, error) {
	return listed[news.SavedSearch](t, bucketSearches, nil, nil, maxPage)
}

// SavedSearch returns one saved search; news.ErrNotFound where there is none, or where
// it was deleted.
func (s *Store) SavedSearch(ctx context.Context, id news.SearchID) (q news.SavedSearch, err error) {
	err = s.view(ctx, func(t *tx) error {
		q, err = t.readSearch(id)
		if err == nil && !q.Deleted.IsZero() {
			err = news.ErrNotFound
		}
		return err
	})
	if err != nil {
		return news.SavedSearch{}, fmt.Errorf("read saved search %s: %w", id, err)
	}
	return q, nil
}

func (t *tx) readSearch(id news.SearchID) (q news.SavedSearch, err error) {
	ok, err := t.get(bucketSearches, []byte(id), &q)
	if err == nil && !ok {
		err = news.ErrNotFound
	}
	return q, err
}

// SavedSearches returns all of an owner's saved searches by name, and behind them those
// that were deleted and can be put back, the last deleted in front.
func (s *Store) SavedSearches(ctx context.Context, owner string) (out []news.SavedSearch, err error) {
	err = s.view(ctx, func(t *tx) error {
		all, err := t.searches()
		for _, q := range all {
			if q.Owner == owner && (q.Deleted.IsZero() || t.now.Sub(q.Deleted) < news.DeletedSearches) {
				out = append(out, q)
			}
		}
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("read saved searches of %s: %w", owner, err)
	}
	slices.SortFunc(out, func(a, b news.SavedSearch) int {
		return cmp.Or(a.Deleted.Compare(time.Time{})-b.Deleted.Compare(time.Time{}), b.Deleted.Compare(a.Deleted), cmp.Compare(a.Name, b.Name), cmp.Compare(a.ID, b.ID))
	})
	return out, nil
}

// changeSearch runs fn on a search that is there, or that was deleted, and keeps what it
// made of it; with a row of the feed where told.
func (s *Store) changeSearch(ctx context.Context, what string, id news.SearchID, told bool, fn func(b *batch, q *news.SavedSearch) error) error {
	err := s.update(ctx, func(b *batch) error {
		q, err := b.readSearch(id)
		if err != nil {
			return err
		}
		was := q
		if err := fn(b, &q); err != nil || q == was {
			return err
		}
		if told {
			return b.putSearch(q)
		}
		return b.put(bucketSearches, []byte(id), q)
	})
	if err != nil {
		return fmt.Errorf("%s saved search %s: %w", what, id, err)
	}
	return nil
}

// RenameSearch gives a saved search another name. Its errors are SaveSearch's, and
// news.ErrNotFound.
func (s *Store) RenameSearch(ctx context.Context, id news.SearchID, name string) error {
	return s.changeSearch(ctx, "rename", id, true, func(_ *batch, q *news.SavedSearch) error {
		if !q.Deleted.IsZero() {
			return news.ErrNotFound
		}
		q.Name = news.CleanName(name)
		return q.Check()
	})
}

// LookedAt notes that a saved search was looked at, at the present time where l.At is
// zero. It adds no row to the feed. It returns news.ErrNotFound where there is none.
func (s *Store) LookedAt(ctx context.Context, id news.SearchID, l news.Look) error {
	return s.changeSearch(ctx, "note a look at", id, false, func(b *batch, q *news.SavedSearch) error {
		if !q.Deleted.IsZero() {
			return news.ErrNotFound
		}
		if l.At = stamp(l.At); l.At.IsZero() {
			l.At = b.now
		}
		q.Looked = l
		return nil
	})
}

// DeleteSearch deletes a saved search; PutBackSearch brings it back for as long as
// news.DeletedSearches. Those deleted longer ago are forgotten. It returns
// news.ErrNotFound where there is none.
func (s *Store) DeleteSearch(ctx context.Context, id news.SearchID) error {
	return s.changeSearch(ctx, "delete", id, true, func(b *batch, q *news.SavedSearch) error {
		all, err := b.searches()
		if err != nil {
			return err
		}
		for _, have := range all {
			if have.ID != id && !have.Deleted.IsZero() && b.now.Sub(have.Deleted) >= news.DeletedSearches {
				if err := b.delete(bucketSearches, []byte(have.ID)); err != nil {
					return err
				}
				if err := b.dropAlerts(have.ID); err != nil {
					return err
				}
			}
		}
		if q.Deleted.IsZero() {
			q.Deleted = b.now
		}
		return nil
	})
}

// PutBackSearch undoes DeleteSearch. It returns news.ErrNotFound where there is none any
// more, and an error that wraps news.ErrInvalid where the same search was saved since.
func (s *Store) PutBackSearch(ctx context.Context, id news.SearchID) error {
	return s.changeSearch(ctx, "put back", id, true, func(b *batch, q *news.SavedSearch) error {
		if q.Deleted.IsZero() {
			return nil
		}
		q.Deleted = time.Time{}
		all, err := b.searches()
		for _, have := range all {
			if have.ID != id && have.Deleted.IsZero() && have.Owner == q.Owner && have.Query == q.Query && have.Sort == q.Sort {
				return errors.Join(err, fmt.Errorf("this search is saved already, as “%s”: %w", have.Name, news.ErrInvalid))
			}
		}
		return err
	})
}

func (v *verifier) search(_ *tx, k, payload []byte) error {
	_, err := filed(bucketSearches, "id", k, payload, func(q *news.SavedSearch) []byte { return []byte(q.ID) })
	return err
}
