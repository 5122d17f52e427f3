package store

import (
	"context"
	"encoding/hex"
	"fmt"
	"slices"
	"time"

	"backfile/internal/news"
)

// original is where the bytes of an original are.
type original struct {
	place
	Type string `json:"type,omitempty"`
	Size int64  `json:"size"`
}

// capture says that an article was read from an original.
type capture struct {
	At time.Time `json:"at"`
}

// hashLength is the length in bytes of the keys of originals.
const hashLength = 32

// hashBytes is a hash in hexadecimal as a key; nil where it is none.
func hashBytes(hash string) []byte {
	b, err := hex.DecodeString(hash)
	if err != nil || len(b) != hashLength {
		return nil
	}
	return b
}

// Original returns the bytes kept under hash (news.HashOriginal) and their media
// type, which may be "". It returns news.ErrNotFound where there are none, or
// where they were erased.
func (s *Store) Original(ctx context.Context, hash string) (b []byte, mediaType string, err error) {
	var o original
	find := func(t *tx) error {
		key := hashBytes(hash)
		if key == nil {
			return news.ErrNotFound
		}
		ok, err := t.get(bucketOriginals, key, &o)
		if err == nil && !ok {
			err = news.ErrNotFound
		}
		return err
	}
	if err = s.view(ctx, find); err == nil {
		if b, err = s.packs.read(o.place); isDamage(err) {
			// It may have been erased in between.
			if gone := s.view(ctx, find); gone != nil {
				err = gone
			}
		}
	}
	if err == nil && news.HashOriginal(b) != hash {
		err = fmt.Errorf("%s at %d holds another: %w", packName(o.Pack), o.Offset, news.ErrDamaged)
	}
	if err != nil {
		return nil, "", fmt.Errorf("read original %.12s: %w", hash, err)
	}
	return b, o.Type, nil
}

// keep files the original of a write under the article, unless it is there.
func (b *batch) keep(id news.ArticleID, p *prepared) error {
	hash := hashBytes(p.hash)
	if hash == nil {
		return nil
	}
	link := append([]byte(id), hash...)
	if b.has(bucketCaptures, link) {
		return nil
	}
	if p.packed != nil {
		if err := b.keepOriginal(p.packed, p.mediaType); err != nil {
			return err
		}
	}
	if err := b.put(bucketCaptures, link, capture{p.at}); err != nil {
		return err
	}
	return b.putRaw(bucketReferences, append(append([]byte(nil), hash...), id...), nil)
}

// captured reports whether the article was read from p's original before.
func (b *batch) captured(id news.ArticleID, p *prepared) bool {
	hash := hashBytes(p.hash)
	return hash != nil && b.has(bucketCaptures, append([]byte(id), hash...))
}

// Captures returns the hashes of all originals that the article was read from,
// those of captures that made no version among them. Its errors are Article's.
func (s *Store) Captures(ctx context.Context, id news.ArticleID) ([]string, error) {
	var out []string
	err := s.view(ctx, func(t *tx) error {
		if _, err := t.readHead(id); err != nil {
			return err
		}
		return t.page(bucketCaptures, []byte(id), nil, maxPage, func(k, _ []byte) error {
			out = append(out, hex.EncodeToString(k[idLength:]))
			return nil
		})
	})
	if err != nil {
		return nil, fmt.Errorf("read captures of article %s: %w", id, err)
	}
	return out, nil
}

// CapturesOf returns what Captures does with what is known of each, in the order of
// capture, also of an article that is kept and not shown. Its errors are Article's.
func (s *Store) CapturesOf(ctx context.Context, id news.ArticleID) ([]news.Capture, error) {
	var out []news.Capture
	err := s.view(ctx, func(t *tx) error {
		if h, err := t.anyHead(id); err != nil {
			return err
		} else if h == nil {
			_, err := t.readHead(id)
			return err
		}
		return t.page(bucketCaptures, []byte(id), nil, maxPage, func(k, payload []byte) error {
			var c capture
			var o original
			hash := k[idLength:]
			err := unmarshal(bucketCaptures, k, payload, &c)
			if err == nil {
				_, err = t.get(bucketOriginals, hash, &o)
			}
			out = append(out, news.Capture{
				Hash: hex.EncodeToString(hash), Type: o.Type, Size: o.Size, At: c.At, Shared: len(t.keysOf(bucketReferences, hash)) > 1,
			})
			return err
		})
	})
	if err != nil {
		return nil, fmt.Errorf("read captures of article %s: %w", id, err)
	}
	slices.SortStableFunc(out, func(a, b news.Capture) int { return a.At.Compare(b.At) })
	return out, nil
}
