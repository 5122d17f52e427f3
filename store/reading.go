package store

import (
	"context"
	"fmt"
	"slices"
	"time"

	"backfile/internal/news"
)

// metaNoHistory is in front of an owner of whom no history is kept.
const metaNoHistory = "no-history:"

// NoteReading keeps that owner opened articles, at the present time; of several, the last
// one last. Of more than news.MaxReadings those opened longest ago go. One without an owner or
// an article is an error that wraps news.ErrInvalid, and nothing is kept.
func (s *Store) NoteReading(ctx context.Context, owner string, articles ...news.ArticleID) error {
	var err error
	for _, id := range articles {
		if err == nil {
			err = news.Reading{Owner: owner, Article: id}.Check()
		}
	}
	if err == nil {
		err = s.update(ctx, func(b *batch) error {
			for i, id := range articles {
				key := joined(owner, string(id))
				var was news.Reading
				if _, err := b.get(bucketReadings, key, &was); err != nil && !isDamage(err) {
					return err
				}
				// The clock of a transaction stands still, and what came before it stays before.
				at := b.now.Add(time.Duration(i) * time.Microsecond)
				if err := b.put(bucketReadings, key, news.Reading{Owner: owner, Article: id, At: at, Times: was.Times + 1}); err != nil {
					return err
				}
			}
			return b.roomForReadings(owner)
		})
	}
	if err != nil {
		return fmt.Errorf("note a reading: %w", err)
	}
	return nil
}

func (b *batch) roomForReadings(owner string) error {
	if len(b.keysOf(bucketReadings, joined(owner, ""))) <= news.MaxReadings {
		return nil
	}
	all, err := b.readings(owner)
	if err != nil {
		return err
	}
	for _, r := range all[min(news.MaxReadings, len(all)):] {
		if err := b.delete(bucketReadings, joined(owner, string(r.Article))); err != nil {
			return err
		}
	}
	return nil
}

// Readings are the articles that owner opened, the last first.
func (s *Store) Readings(ctx context.Context, owner string) (out []news.Reading, err error) {
	err = s.view(ctx, func(t *tx) error {
		out, err = t.readings(owner)
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("read readings: %w", err)
	}
	return out, nil
}

func (t *tx) readings(owner string) (out []news.Reading, err error) {
	out, err = listed[news.Reading](t, bucketReadings, joined(owner, ""), nil, maxPage)
	slices.SortStableFunc(out, func(a, b news.Reading) int { return b.At.Compare(a.At) })
	return out, err
}

// ForgetReading forgets that owner opened an article, or where it is "" any. One that is
// not known is no error.
func (s *Store) ForgetReading(ctx context.Context, owner string, article news.ArticleID) error {
	err := s.update(ctx, func(b *batch) error {
		if article != "" {
			return b.delete(bucketReadings, joined(owner, string(article)))
		}
		return b.deleteAll(bucketReadings, joined(owner, ""))
	})
	if err != nil {
		return fmt.Errorf("forget readings: %w", err)
	}
	return nil
}

// KeepsHistory reports whether owner wants a history of searches and readings kept, as
// everybody does who never said otherwise.
func (s *Store) KeepsHistory(ctx context.Context, owner string) (keeps bool, err error) {
	err = s.view(ctx, func(t *tx) error {
		keeps = !t.has(bucketMeta, []byte(metaNoHistory+owner))
		return nil
	})
	if err != nil {
		return true, fmt.Errorf("read whether a history is kept: %w", err)
	}
	return keeps, nil
}

// KeepHistory says whether owner wants one kept. What is kept already stays.
func (s *Store) KeepHistory(ctx context.Context, owner string, on bool) error {
	err := s.update(ctx, func(b *batch) error {
		if on {
			return b.delete(bucketMeta, []byte(metaNoHistory+owner))
		}
		return b.put(bucketMeta, []byte(metaNoHistory+owner), b.now)
	})
	if err != nil {
		return fmt.Errorf("say whether a history is kept: %w", err)
	}
	return nil
}

// reading checks that a reading is filed under its owner and article.
func (v *verifier) reading(_ *tx, k, payload []byte) error {
	_, err := filed(bucketReadings, "owner or article", k, payload, func(r *news.Reading) []byte { return joined(r.Owner, string(r.Article)) })
	return err
}
