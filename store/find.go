package store

import (
	"bytes"
	"cmp"
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"

	"backfile/internal/news"
)

// errEnough ends a page that is full.
var errEnough = errors.New("enough")

// maxCandidates bounds how many entities a look-up by words reads.
const maxCandidates = 2000

// readEntity returns news.ErrNotFound for an unknown id.
func (t *tx) readEntity(id news.EntityID) (news.Entity, error) {
	var r entityRecord
	ok, err := t.get(bucketEntities, []byte(id), &r)
	if err == nil && !ok {
		err = news.ErrNotFound
	}
	if err != nil {
		return news.Entity{}, err
	}
	return r.entity(id), nil
}

// Entity returns the entity of that kind with the slug, or with the id; with all
// its aliases. One that was merged is the one that it was merged into. It returns news.ErrNotFound where there is none.
func (s *Store) Entity(ctx context.Context, kind news.Kind, slugOrID string) (e news.Entity, err error) {
	err = s.view(ctx, func(t *tx) error {
		id, ok, err := t.getRaw(bucketEntitySlugs, joined(string(kind), slugOrID))
		if err != nil {
			return err
		}
		if !ok {
			if id = []byte(slugOrID); !news.ValidID(slugOrID) {
				return news.ErrNotFound
			}
		}
		if e, err = t.readEntity(news.EntityID(id)); err == nil && e.Kind != kind {
			err = news.ErrNotFound
		}
		if err == nil {
			e, err = t.present(s.Corrections(), e)
		}
		return err
	})
	if err != nil {
		return news.Entity{}, fmt.Errorf("read %s %q: %w", kind, slugOrID, err)
	}
	return e, nil
}

// Unmerged returns the entity of that id as it was before any correction. Its
// errors are Entity's.
func (s *Store) Unmerged(ctx context.Context, id news.EntityID) (e news.Entity, err error) {
	err = s.view(ctx, func(t *tx) error {
		e, err = t.readEntity(id)
		return err
	})
	if err != nil {
		return news.Entity{}, fmt.Errorf("read entity %s: %w", id, err)
	}
	return e, nil
}

// EntitiesByID returns the entities named; under the id of one that was merged,
// what it was merged into. One that is not there, or is hidden, is absent from the
// result.
func (s *Store) EntitiesByID(ctx context.Context, ids []news.EntityID) (map[news.EntityID]news.Entity, error) {
	out := make(map[news.EntityID]news.Entity, len(ids))
	err := s.view(ctx, func(t *tx) error {
		for _, id := range ids {
			if _, ok := out[id]; ok || s.Corrections().Hidden(s.Corrections().Survivor(id)) {
				continue
			}
			e, err := t.readEntity(id)
			if errors.Is(err, news.ErrNotFound) {
				continue
			}
			if err == nil {
				e, err = t.present(s.Corrections(), e)
			}
			if err != nil {
				return err
			}
			out[id] = e
		}
		return nil
	})
	if err != nil {
		return nil, fmt.Errorf("read entities: %w", err)
	}
	return out, nil
}

// FindEntities returns the entities of that kind that go under a name: those of
// which an alias is folded exactly so (see news.Alias.Fold), else those of which
// one alias has all of folded's words. The ones with the shortest such alias come
// first. It returns up to limit of them, 10,000 where that is 0.
func (s *Store) FindEntities(ctx context.Context, kind news.Kind, folded string, limit int) ([]news.Entity, error) {
	folded = strings.Join(strings.Fields(folded), " ")
	if folded == "" {
		return nil, nil
	}
	var out []news.Entity
	err := s.view(ctx, func(t *tx) error {
		ids := t.suffixes(bucketEntityNames, joined(string(kind), folded, ""), pageSize(limit))
		exact := len(ids) > 0
		words := strings.Fields(folded)
		if !exact {
			ids = t.withWords(kind, words)
		}
		type found struct {
			news.Entity
			length int
		}
		var all []found
		for _, id := range ids {
			if err := ctx.Err(); err != nil {
				return err
			}
			e, err := t.readEntity(id)
			if err != nil {
				return damaged(bucketEntities, []byte(id), err.Error())
			}
			n := shortest(e, words)
			if e, err = t.present(s.Corrections(), e); err != nil {
				return err
			}
			if s.Corrections().Hidden(e.ID) || slices.ContainsFunc(all, func(f found) bool { return f.ID == e.ID }) {
				continue
			}
			if exact || n > 0 {
				all = append(all, found{e, n})
			}
		}
		if !exact {
			slices.SortStableFunc(all, func(a, b found) int {
				return cmp.Or(cmp.Compare(a.length, b.length), strings.Compare(a.Name, b.Name))
			})
		}
		for _, f := range all[:min(len(all), pageSize(limit))] {
			out = append(out, f.Entity)
		}
		return nil
	})
	if err != nil {
		return nil, fmt.Errorf("find %s %q: %w", kind, folded, err)
	}
	return out, nil
}

// suffixes returns what follows prefix in up to n keys of bucket.
func (t *tx) suffixes(bucket string, prefix []byte, n int) []news.EntityID {
	var out []news.EntityID
	c := t.Bucket([]byte(bucket)).Cursor()
	for k, _ := c.Seek(prefix); k != nil && len(out) < n && bytes.HasPrefix(k, prefix); k, _ = c.Next() {
		out = append(out, news.EntityID(k[len(prefix):]))
	}
	return out
}

// withWords returns the entities that have each of the words in some alias: it
// reads the rarest word's and asks for the others.
func (t *tx) withWords(kind news.Kind, words []string) []news.EntityID {
	var rarest []news.EntityID
	for i, w := range words {
		ids := t.suffixes(bucketEntityWords, joined(string(kind), w, ""), maxCandidates)
		if i == 0 || len(ids) < len(rarest) {
			rarest = ids
		}
	}
	return slices.DeleteFunc(rarest, func(id news.EntityID) bool {
		return slices.ContainsFunc(words, func(w string) bool {
			return !t.has(bucketEntityWords, joined(string(kind), w, string(id)))
		})
	})
}

// shortest is the length in bytes of e's shortest alias that has all the words,
// 0 where none has.
func shortest(e news.Entity, words []string) int {
	n := 0
	for _, a := range e.Aliases {
		of := strings.Fields(a.Fold)
		if n > 0 && len(a.Fold) >= n || slices.ContainsFunc(words, func(w string) bool { return !slices.Contains(of, w) }) {
			continue
		}
		n = len(a.Fold)
	}
	return n
}

// EntityList returns up to limit entities of that kind in the order of their
// folded names, behind after: the id of the last one seen, or a folded name, or
// the beginning of one ("m" begins at that letter), or "". limit is 10,000 where
// it is 0.
func (s *Store) EntityList(ctx context.Context, kind news.Kind, after string, limit int) ([]news.Entity, error) {
	var out []news.Entity
	err := s.view(ctx, func(t *tx) error {
		prefix := joined(string(kind), "")
		start := joined(string(kind), after)
		if news.ValidID(after) {
			var r entityRecord
			ok, err := t.get(bucketEntities, []byte(after), &r)
			if err != nil {
				return err
			}
			if ok && r.Kind == kind {
				start = joined(string(kind), r.folded(), after)
			}
		}
		err := t.page(bucketEntityOrder, prefix, start, maxEvents, func(k, _ []byte) error {
			if len(out) == pageSize(limit) {
				return errEnough
			}
			if len(k) < idLength {
				return damaged(bucketEntityOrder, k, "it is cut short")
			}
			id := news.EntityID(k[len(k)-idLength:])
			c := s.Corrections()
			if c.Survivor(id) != id || c.Hidden(id) {
				return nil // the names it goes under are listed with the one it is
			}
			e, err := t.readEntity(id)
			if err != nil {
				return damaged(bucketEntities, []byte(id), err.Error())
			}
			if e, err = t.present(c, e); err != nil {
				return err
			}
			out = append(out, e)
			return nil
		})
		if errors.Is(err, errEnough) {
			return nil
		}
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("list entities of kind %s: %w", kind, err)
	}
	return out, nil
}

// Outlets returns all outlets, by name.
func (s *Store) Outlets(ctx context.Context) ([]news.Outlet, error) {
	var out []news.Outlet
	err := s.view(ctx, func(t *tx) (err error) {
		out, err = listed[news.Outlet](t, bucketOutlets, nil, nil, maxPage)
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("read outlets: %w", err)
	}
	slices.SortFunc(out, func(a, b news.Outlet) int {
		return cmp.Or(strings.Compare(strings.ToLower(a.Name), strings.ToLower(b.Name)), strings.Compare(a.Slug, b.Slug))
	})
	return out, nil
}

// Outlet returns the outlet with that slug; news.ErrNotFound where there is none.
func (s *Store) Outlet(ctx context.Context, slug string) (o news.Outlet, err error) {
	err = s.view(ctx, func(t *tx) error {
		ok, err := t.get(bucketOutlets, []byte(slug), &o)
		if err == nil && !ok {
			err = news.ErrNotFound
		}
		return err
	})
	if err != nil {
		return news.Outlet{}, fmt.Errorf("read outlet %q: %w", slug, err)
	}
	return o, nil
}
