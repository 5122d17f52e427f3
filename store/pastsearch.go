package store

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"time"

	"backfile/internal/news"
)

// NotePastSearch keeps what owner searched for, at the present time; of several searches, the last
// one last. The same words again are the same search, made once more. Of more than
// news.MaxPastSearches those made longest ago go. A search without words or owner, or longer than
// news.MaxPastSearch, is an error that wraps news.ErrInvalid, and nothing is kept.
func (s *Store) NotePastSearch(ctx context.Context, owner string, queries ...string) error {
	var err error
	for _, q := range queries {
		if err == nil {
			err = news.PastSearch{Owner: owner, Query: strings.TrimSpace(q)}.Check()
		}
	}
	if err == nil {
		err = s.update(ctx, func(b *batch) error {
			for i, q := range queries {
				// The clock of a transaction stands still; what was asked first is older.
				at := b.now.Add(time.Duration(i-len(queries)+1) * time.Microsecond)
				if err := b.notePastSearch(owner, strings.TrimSpace(q), at); err != nil {
					return err
				}
			}
			return b.roomForPastSearches(owner)
		})
	}
	if err != nil {
		return fmt.Errorf("note a search: %w", err)
	}
	return nil
}

func (b *batch) notePastSearch(owner, query string, at time.Time) error {
	key := joined(owner, query)
	var was news.PastSearch
	if _, err := b.get(bucketPastSearches, key, &was); err != nil && !isDamage(err) {
		return err
	}
	return b.put(bucketPastSearches, key, news.PastSearch{Owner: owner, Query: query, At: at, Times: was.Times + 1})
}

// PastSearches are what owner searched for, the last first.
func (s *Store) PastSearches(ctx context.Context, owner string) ([]news.PastSearch, error) {
	var out []news.PastSearch
	err := s.view(ctx, func(t *tx) (err error) {
		out, err = t.pastSearches(owner)
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("read past searches: %w", err)
	}
	return out, nil
}

func (t *tx) pastSearches(owner string) ([]news.PastSearch, error) {
	out, err := listed[news.PastSearch](t, bucketPastSearches, joined(owner, ""), nil, maxEvents)
	slices.SortStableFunc(out, func(a, b news.PastSearch) int { return b.At.Compare(a.At) })
	return out, err
}

// ForgetPastSearch forgets one search of owner's, or where query is "" all of them. One
// that is not known is no error.
func (s *Store) ForgetPastSearch(ctx context.Context, owner, query string) error {
	err := s.update(ctx, func(b *batch) error {
		if query != "" {
			return b.delete(bucketPastSearches, joined(owner, strings.TrimSpace(query)))
		}
		return b.deleteAll(bucketPastSearches, joined(owner, ""))
	})
	if err != nil {
		return fmt.Errorf("forget past searches: %w", err)
	}
	return nil
}

// roomForPastSearches forgets owner's oldest searches where there are more than may be.
func (b *batch) roomForPastSearches(owner string) error {
	if len(b.keysOf(bucketPastSearches, joined(owner, ""))) <= news.MaxPastSearches {
		return nil
	}
	all, err := b.pastSearches(owner)
	if err != nil {
		return err
	}
	for _, p := range all[min(news.MaxPastSearches, len(all)):] {
		if err := b.delete(bucketPastSearches, joined(owner, p.Query)); err != nil {
			return err
		}
	}
	return nil
}

// pastSearch checks that a search is filed under its owner and words.
func (v *verifier) pastSearch(_ *tx, k, payload []byte) error {
	_, err := filed(bucketPastSearches, "owner or other words", k, payload, func(p *news.PastSearch) []byte { return joined(p.Owner, p.Query) })
	return err
}
