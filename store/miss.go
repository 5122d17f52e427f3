package store

import (
	"context"
	"encoding/binary"
	"fmt"

	"backfile/internal/news"
)

// maxMisses bounds the misses of one article: beyond it the oldest goes.
const maxMisses = 50

func missKey(id news.ArticleID, n uint32) []byte {
	return binary.BigEndian.AppendUint32([]byte(id), n)
}

// miss keeps an attempt to fetch an article again that gave none. Where the article
// is not known there is nothing to keep: the attempt is refused like any other.
func (b *batch) miss(id news.ArticleID, h *head, p *prepared) (news.Outcome, error) {
	out := news.Outcome{Result: news.Refused, Reason: p.missed}
	if h == nil {
		return out, nil
	}
	out.ID, out.Slug, out.Version = id, h.Slug, h.newest()
	if err := b.keep(id, p); err != nil {
		return out, err
	}
	return out, b.keepMiss(id, p, p.missed)
}

// keepMiss notes a miss. One with the reason of the last is counted with that.
func (b *batch) keepMiss(id news.ArticleID, p *prepared, reason string) error {
	keys := b.keysOf(bucketMisses, []byte(id))
	next := uint32(1)
	if n := len(keys); n > 0 {
		last := keys[n-1]
		var m news.Miss
		ok, err := b.get(bucketMisses, last, &m)
		if err != nil && !isDamage(err) {
			return err
		}
		if ok && m.Reason == reason {
			if !p.at.After(m.At) || !p.at.After(m.Last) {
				return nil
			}
			m.Last, m.Times = p.at, max(m.Times, 1)+1
			if p.hash != "" {
				m.Original = p.hash
			}
			return b.put(bucketMisses, last, m)
		}
		next = binary.BigEndian.Uint32(last[idLength:]) + 1
		if n >= maxMisses {
			if err := b.delete(bucketMisses, keys[0]); err != nil {
				return err
			}
		}
	}
	return b.put(bucketMisses, missKey(id, next), news.Miss{At: p.at, Times: 1, Reason: reason, Original: p.hash})
}

// Misses returns the attempts to fetch the article again that gave no text to show,
// as they came. Its errors are Article's.
func (s *Store) Misses(ctx context.Context, id news.ArticleID) ([]news.Miss, error) {
	var out []news.Miss
	err := s.view(ctx, func(t *tx) (err error) {
		if _, err := t.readHead(id); err != nil {
			return err
		}
		out, err = listed[news.Miss](t, bucketMisses, []byte(id), nil, maxMisses)
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("read misses of article %s: %w", id, err)
	}
	return out, nil
}

// miss checks that a miss is of an article that is there, and what it answered too.
func (v *verifier) miss(t *tx, k, payload []byte) error {
	var m news.Miss
	if err := unmarshal(bucketMisses, k, payload, &m); err != nil {
		return err
	}
	switch {
	case len(k) != idLength+4 || !v.known(t, k[:idLength]):
		return damaged(bucketMisses, k, "its article is not there")
	case m.Original != "" && !t.has(bucketCaptures, append(append([]byte(nil), k[:idLength]...), hashBytes(m.Original)...)):
		return damaged(bucketMisses, k, "what it answered is not filed under its article")
	}
	return nil
}
