package store

import (
	"context"
	"fmt"

	"backfile/internal/news"
)

// metaFollower begins the keys of the places that followers of the feed have come to.
const metaFollower = "follower/"

// FollowerCursor is the place in the feed that the follower of that name last noted;
// "", the beginning, where it noted none. A follower that keeps what it makes of the
// feed elsewhere keeps its cursor there instead.
func (s *Store) FollowerCursor(ctx context.Context, name string) (c news.Cursor, err error) {
	err = s.view(ctx, func(t *tx) error {
		_, err := t.get(bucketMeta, []byte(metaFollower+name), &c)
		return err
	})
	if err != nil {
		return "", fmt.Errorf("read how far %s has come: %w", name, err)
	}
	return c, nil
}

// SetFollowerCursor notes the place in the feed that the follower of that name has
// come to. A cursor of another store, or of rows that this one does not have, is an
// error that wraps news.ErrInvalid.
func (s *Store) SetFollowerCursor(ctx context.Context, name string, c news.Cursor) error {
	err := s.update(ctx, func(b *batch) error {
		if name == "" || len(name) > 100 {
			return fmt.Errorf("follower %q: %w", name, news.ErrInvalid)
		}
		if _, err := s.find(b.tx, c); err != nil {
			return err
		}
		return b.put(bucketMeta, []byte(metaFollower+name), c)
	})
	if err != nil {
		return fmt.Errorf("note how far %s has come: %w", name, err)
	}
	return nil
}

// EntitiesWithWord returns up to limit entities of that kind with a folded word in one
// of their names, 2,000 where it is 0 or more than that, by id, as they were before
// any correction.
func (s *Store) EntitiesWithWord(ctx context.Context, kind news.Kind, word string, limit int) ([]news.Entity, error) {
	if limit <= 0 || limit > maxCandidates {
		limit = maxCandidates
	}
	var out []news.Entity
	err := s.view(ctx, func(t *tx) error {
		for _, id := range t.suffixes(bucketEntityWords, joined(string(kind), word, ""), limit) {
			if err := ctx.Err(); err != nil {
				return err
			}
			e, err := t.readEntity(id)
			if err != nil {
				return damaged(bucketEntities, []byte(id), err.Error())
			}
			out = append(out, e)
		}
		return nil
	})
	if err != nil {
		return nil, fmt.Errorf("find every %s with the word %q: %w", kind, word, err)
	}
	return out, nil
}
