package store

import (
	"context"
	"encoding/hex"
	"fmt"
	"slices"
	"strings"
	"time"

	"backfile/internal/news"
)

// tombstone is what stays of a removed article. Head is what finds its texts
// again; it goes when they are erased.
type tombstone struct {
	At     time.Time `json:"at"`
	Reason string    `json:"reason"`
	Erased bool      `json:"erased,omitempty"`
	Head   *head     `json:"head,omitempty"`
}

func (g *tombstone) gone(id news.ArticleID) *news.Gone {
	return &news.Gone{ID: id, At: g.At, Reason: g.Reason, Erased: g.Erased}
}

// removal is the data of a news.EventRemoved.
type removal struct {
	Reason string `json:"reason"`
	Erased bool   `json:"erased,omitempty"`
}

// Remove takes an article out of the archive. It leaves a tombstone with the
// time and the reason, which must not be empty, and an event; its keys refuse the
// article from now on. With erase its texts and the originals that no other
// article was read from are destroyed, also where it was removed before. Removing
// what is removed changes nothing. It returns news.ErrNotFound for an unknown id.
func (s *Store) Remove(ctx context.Context, id news.ArticleID, reason string, erase bool) error {
	reason = strings.TrimSpace(strings.ToValidUTF8(reason, "\ufffd"))
	if reason == "" {
		return fmt.Errorf("remove article %s: a reason is needed: %w", id, news.ErrInvalid)
	}
	s.write.Lock()
	defer s.write.Unlock()
	forgot, was := false, s.Corrections()
	err := s.updateLocked(ctx, func(b *batch) error {
		// What was joined to it is the same article.
		ids := []news.ArticleID{id}
		for _, j := range s.Corrections().JoinedTo(id) {
			if b.has(bucketArticles, []byte(j.Article)) || erase && b.has(bucketTombstones, []byte(j.Article)) {
				ids = append(ids, j.Article)
			}
		}
		for _, id := range ids {
			if err := b.remove(id, reason, erase); err != nil {
				return err
			}
			if erase {
				f, err := b.forgetFixes(id)
				if err != nil {
					return err
				}
				forgot = forgot || f
			}
		}
		if forgot {
			return b.recorrect()
		}
		return nil
	})
	if err != nil {
		s.corrections.Store(was)
	}
	if err == nil && erase {
		// It is removed; what is left must be done even if the caller gives up.
		err = s.finishErasures(context.WithoutCancel(ctx))
	}
	if err != nil {
		return fmt.Errorf("remove article %s: %w", id, err)
	}
	return nil
}

func (b *batch) remove(id news.ArticleID, reason string, erase bool) error {
	if !news.ValidID(string(id)) {
		return news.ErrNotFound
	}
	var g tombstone
	ok, err := b.get(bucketTombstones, []byte(id), &g)
	if err != nil {
		return err
	}
	if ok && (!erase || g.Erased) {
		return nil
	}
	if !ok {
		h, err := b.anyHead(id)
		if err == nil && h == nil {
			return news.ErrNotFound
		}
		if err != nil && !(erase && isDamage(err)) {
			return err
		}
		if h != nil && h.Hidden {
			b.counts.Hidden--
		}
		g = tombstone{At: b.now, Reason: reason, Head: h}
		b.counts.Articles--
		b.counts.Tombstones++
		if err := b.delete(bucketArticles, []byte(id)); err != nil {
			return err
		}
		if err := b.forget(id, h); err != nil {
			return err
		}
		if err := b.forgetBylines(id); err != nil {
			return err
		}
	}
	if erase {
		if err := b.erase(id, g.Head); err != nil {
			return err
		}
		g.Erased, g.Head = true, nil
	}
	if err := b.put(bucketTombstones, []byte(id), g); err != nil {
		return err
	}
	if err := b.event(news.EventRemoved, string(id), removal{reason, erase}); err != nil {
		return err
	}
	return b.change(news.ArticleChanged, string(id))
}

// keysOf returns all keys of bucket that begin with prefix. It reads no value:
// what is erased may be damaged.
func (t *tx) keysOf(bucket string, prefix []byte) [][]byte {
	b := t.Bucket([]byte(bucket))
	if b == nil {
		return nil
	}
	var out [][]byte
	c := b.Cursor()
	for k, _ := c.Seek(prefix); k != nil && strings.HasPrefix(string(k), string(prefix)); k, _ = c.Next() {
		out = append(out, slices.Clone(k))
	}
	return out
}

// textKeys are the keys of the article's texts; where h is nil because it is
// damaged, all keys are looked through.
func (t *tx) textKeys(id news.ArticleID, h *head) [][]byte {
	var out [][]byte
	if h == nil {
		return slices.DeleteFunc(t.keysOf(bucketVersions, nil), func(k []byte) bool {
			return !strings.HasSuffix(string(k), string(id))
		})
	}
	for _, v := range slices.Concat(h.Versions, h.Aside) {
		out = append(out, versionKey(v.Seq, id))
	}
	return out
}

// erase deletes the article's texts and notes which originals are to be
// destroyed once that is durable.
func (b *batch) erase(id news.ArticleID, h *head) error {
	for _, k := range b.textKeys(id, h) {
		if err := b.delete(bucketVersions, k); err != nil {
			return err
		}
		b.counts.Versions--
	}
	if err := b.deleteAll(bucketMisses, []byte(id)); err != nil {
		return err
	}
	for _, k := range b.keysOf(bucketCaptures, []byte(id)) {
		hash := k[idLength:]
		if err := b.delete(bucketCaptures, k); err != nil {
			return err
		}
		if err := b.delete(bucketReferences, append(slices.Clone(hash), id...)); err != nil {
			return err
		}
		if len(b.keysOf(bucketReferences, hash)) > 0 {
			continue // another article was read from it
		}
		if err := b.eraseRefusal(hash); err != nil {
			return err
		}
		var o original
		if ok, err := b.get(bucketOriginals, hash, &o); err != nil && !isDamage(err) {
			return err
		} else if ok {
			b.counts.OriginalBytes -= o.Length
		}
		b.counts.Originals--
		if err := b.delete(bucketOriginals, hash); err != nil {
			return err
		}
		if err := b.putRaw(bucketErasures, []byte("original:"+hex.EncodeToString(hash)), nil); err != nil {
			return err
		}
	}
	if err := b.forgetBookmarked(id); err != nil {
		return err
	}
	if err := b.forgetQuoted(id); err != nil {
		return err
	}
	return b.putRaw(bucketErasures, []byte(erasePages), nil)
}

// Tombstones returns up to n of the removed articles, in the order of their ids,
// behind the id after; n is 10,000 where it is 0, and at most that.
func (s *Store) Tombstones(ctx context.Context, after news.ArticleID, n int) ([]news.Gone, error) {
	var out []news.Gone
	err := s.view(ctx, func(t *tx) error {
		return t.page(bucketTombstones, nil, []byte(after), pageSize(n), func(k, payload []byte) error {
			var g tombstone
			err := unmarshal(bucketTombstones, k, payload, &g)
			out = append(out, *g.gone(news.ArticleID(k)))
			return err
		})
	})
	if err != nil {
		return nil, fmt.Errorf("read tombstones: %w", err)
	}
	return out, nil
}
