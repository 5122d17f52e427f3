package store

import (
	"context"
	"encoding/binary"
	"fmt"
	"time"

	"backfile/internal/news"
)

// dueKey files an article under the time at which it will next be shown or hidden.
func dueKey(at time.Time, id news.ArticleID) []byte {
	ns := at.UnixNano()
	if at.Year() >= 2262 {
		ns = 1<<63 - 1 // beyond what a number of nanoseconds holds
	}
	return append(binary.BigEndian.AppendUint64(nil, uint64(max(ns, 0))), id...)
}

// settle files a head that was changed: whether the article is shown, the counter
// of those that are not, and when time will change it. It writes the head and adds
// no row to the feed.
func (b *batch) settle(id news.ArticleID, h *head) error {
	hidden := h.hidden(id, b.now) != nil
	if hidden != h.Hidden {
		h.Hidden = hidden
		if hidden {
			b.counts.Hidden++
			if err := b.forget(id, h); err != nil {
				return err
			}
		} else {
			b.counts.Hidden--
		}
	}
	if at := h.due(b.now); !at.IsZero() {
		if err := b.putRaw(bucketDue, dueKey(at, id), nil); err != nil {
			return err
		}
	}
	return b.put(bucketArticles, []byte(id), h)
}

// NextDue is when time alone will next show or hide an article: an embargo ends, or
// an article expires. ok is false where none is waiting. It may be in the past: then
// Release has something to do.
func (s *Store) NextDue(ctx context.Context) (at time.Time, ok bool, err error) {
	err = s.view(ctx, func(t *tx) error {
		if b := t.Bucket([]byte(bucketDue)); b != nil {
			if k, _ := b.Cursor().First(); len(k) == 8+idLength {
				at, ok = time.Unix(0, int64(binary.BigEndian.Uint64(k))).UTC(), true
			}
		}
		return nil
	})
	if err != nil {
		return at, false, fmt.Errorf("read what is due: %w", err)
	}
	return at, ok, nil
}

// releasePage is how many articles one transaction of Release shows or hides.
const releasePage = 500

// Release gives the feed a row for each article that time has shown or hidden by
// now, and returns how many. Readers are answered by the clock and do not wait for
// it; what follows the feed learns of it here.
func (s *Store) Release(ctx context.Context) (n int, err error) {
	for {
		at, ok, err := s.NextDue(ctx)
		if err != nil || !ok || at.After(stamp(s.now())) {
			return n, err
		}
		err = s.update(ctx, func(b *batch) error {
			var keys [][]byte
			c := b.Bucket([]byte(bucketDue)).Cursor()
			for k, _ := c.First(); k != nil && len(keys) < releasePage; k, _ = c.Next() {
				if len(k) == 8+idLength && time.Unix(0, int64(binary.BigEndian.Uint64(k))).After(b.now) {
					break
				}
				keys = append(keys, append([]byte(nil), k...))
			}
			for _, k := range keys {
				if err := b.delete(bucketDue, k); err != nil {
					return err
				}
				if len(k) != 8+idLength {
					continue
				}
				changed, err := b.release(news.ArticleID(k[8:]))
				if err != nil {
					return err
				}
				if changed {
					n++
				}
			}
			return nil
		})
		if err != nil {
			return n, fmt.Errorf("show and hide what is due: %w", err)
		}
	}
}

func (b *batch) release(id news.ArticleID) (changed bool, err error) {
	h, err := b.anyHead(id)
	if isDamage(err) || h == nil {
		return false, nil // removed, or verify names it
	}
	if err != nil {
		return false, err
	}
	was := h.Hidden
	if err := b.settle(id, h); err != nil || was == h.Hidden {
		return false, err
	}
	return true, b.change(news.ArticleChanged, string(id))
}
