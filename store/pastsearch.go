package store

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"backfile/internal/news"
)

// NotePastSearch keeps what owner searched for, at the present time. The same words
// again are the same search, made once more. Of more than news.MaxPastSearches the one
// made longest ago goes. A search without words or owner, or longer than
// news.MaxPastSearch, is an error that wraps news.ErrInvalid.
func (s *Store) NotePastSearch(ctx context.Context, owner, query string) error {
	p := news.PastSearch{Owner: owner, Query: strings.TrimSpace(query)}
	err := p.Check()
	if err == nil {
		err = s.update(ctx, func(b *batch) error {
			key := joined(owner, p.Query)
			var was news.PastSearch
			known, err := b.get(bucketPastSearches, key, &was)
			if err != nil && !isDamage(err) {
				return err
			}
			p.At, p.Times = b.now, was.Times+1
			if !known {
				if err := b.roomForPastSearch(owner); err != nil {
					return err
				}
			}
			return b.put(bucketPastSearches, key, p)
		})
	}
	if err != nil {
		return fmt.Errorf("note a search: %w", err)
	}
	return nil
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
	var out []news.PastSearch
	err := t.page(bucketPastSearches, joined(owner, ""), nil, news.MaxPastSearches, func(k, payload []byte) error {
		var p news.PastSearch
		err := unmarshal(bucketPastSearches, k, payload, &p)
		out = append(out, p)
		return err
	})
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
		for _, k := range b.keysOf(bucketPastSearches, joined(owner, "")) {
			if err := b.delete(bucketPastSearches, k); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		return fmt.Errorf("forget past searches: %w", err)
	}
	return nil
}

// roomForPastSearch forgets owner's oldest searches where there are as many as may be.
func (b *batch) roomForPastSearch(owner string) error {
	all, err := b.pastSearches(owner)
	if err != nil {
		return err
	}
	for len(all) >= news.MaxPastSearches {
		last := all[len(all)-1]
		if err := b.delete(bucketPastSearches, joined(owner, last.Query)); err != nil {
			return err
		}
		all = all[:len(all)-1]
	}
	return nil
}

// pastSearch checks that a search is filed under its owner and words.
func (v *verifier) pastSearch(_ *tx, k, payload []byte) error {
	var p news.PastSearch
	if err := unmarshal(bucketPastSearches, k, payload, &p); err != nil {
		return err
	}
	if string(k) != string(joined(p.Owner, p.Query)) {
		return damaged(bucketPastSearches, k, "it is filed under another owner or other words")
	}
	if err := p.Check(); err != nil {
		return damaged(bucketPastSearches, k, err.Error())
	}
	return nil
}
