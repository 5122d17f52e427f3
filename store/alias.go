package store

import (
	"bytes"
	"context"
	"fmt"

	"backfile/internal/news"
)

// AliasPage returns up to n names that people, places and organisations go under, in an
// order of its own behind after, and the after of what follows; "" at the end. Each
// comes with what it names by now: a name of one that was merged names what that was
// merged into, and those of one that is hidden are left out. A name that somebody gave
// it is not among them: see news.Corrections.Renamed. n is 10,000 where it is 0, and at
// most that.
func (s *Store) AliasPage(ctx context.Context, after string, n int) (out []news.NamedAs, next string, err error) {
	c := s.Corrections()
	err = s.view(ctx, func(t *tx) error {
		b := t.Bucket([]byte(bucketEntityNames))
		if b == nil {
			return t.missing(bucketEntityNames)
		}
		cur := b.Cursor()
		k, _ := cur.Seek([]byte(after))
		if k != nil && string(k) == after {
			k, _ = cur.Next()
		}
		for i := 0; k != nil; k, _ = cur.Next() {
			if i++; i > pageSize(n) {
				return nil
			}
			next = string(k)
			kind, rest, ok := bytes.Cut(k, []byte{0})
			if !ok || len(rest) < idLength+2 || rest[len(rest)-idLength-1] != 0 {
				return damaged(bucketEntityNames, k, "it is cut short")
			}
			id := c.Survivor(news.EntityID(rest[len(rest)-idLength:]))
			if !c.Hidden(id) {
				out = append(out, news.NamedAs{Kind: news.Kind(kind), Fold: string(rest[:len(rest)-idLength-1]), Entity: id})
			}
		}
		next = ""
		return nil
	})
	if err != nil {
		return nil, "", fmt.Errorf("read names: %w", err)
	}
	return out, next, nil
}
