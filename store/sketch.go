package store

import (
	"bytes"
	"context"
	"encoding/binary"
	"errors"
	"fmt"
	"slices"
	"strings"

	"backfile/internal/news"
)

// maxSketch bounds what is kept of a text to know its copies by, in bytes.
const maxSketch = 4096

// sketchRecord is the sketch of an article's current version, with what else tells
// its place among the copies, so that all of them can be read without the texts.
// Records are kept by the order in which the texts came, as those are.
type sketchRecord struct {
	n         int
	outlet    string
	published news.Date
	sketch    []byte
}

// encode writes the number of the version, then outlet, date and precision, each
// behind its length, then the sketch.
func (r sketchRecord) encode() []byte {
	b := binary.AppendUvarint(make([]byte, 0, 64+len(r.sketch)), uint64(r.n))
	return append(appendPrinted(b, r.outlet, r.published), r.sketch...)
}

// appendPrinted writes where and when something was printed: outlet, date and precision,
// each behind its length.
func appendPrinted(b []byte, outlet string, on news.Date) []byte {
	for _, s := range []string{outlet, on.Text, string(on.Precision)} {
		b = append(binary.AppendUvarint(b, uint64(len(s))), s...)
	}
	return b
}

// cutPrinted reads what appendPrinted wrote, and returns what stands behind it.
func cutPrinted(b []byte) (outlet string, on news.Date, rest []byte, ok bool) {
	var part [3]string
	for i := range part {
		n, k := binary.Uvarint(b)
		if k <= 0 || n > uint64(len(b)-k) {
			return "", on, nil, false
		}
		part[i], b = string(b[k:k+int(n)]), b[k+int(n):]
	}
	return part[0], news.Date{Text: part[1], Precision: news.Precision(part[2])}, b, true
}

var errSketchRecord = errors.New("it is no sketch")

func decodeSketch(b []byte) (r sketchRecord, err error) {
	n, k := binary.Uvarint(b)
	if k <= 0 || n == 0 || n > 1<<31 {
		return r, errSketchRecord
	}
	r.n = int(n)
	ok := false
	if r.outlet, r.published, r.sketch, ok = cutPrinted(b[k:]); !ok || len(r.sketch) == 0 || len(r.sketch) > maxSketch {
		return r, errSketchRecord
	}
	return r, nil
}

func (r sketchRecord) sketched(id news.ArticleID) news.Sketched {
	return news.Sketched{ID: id, N: r.n, Outlet: r.outlet, Published: r.published, Sketch: r.sketch}
}

// sketched is a record as others see it: with the outlet and the date that people say
// the article has. ok is false for one that was joined to another, and is no article.
func (s *Store) sketched(id news.ArticleID, r sketchRecord) (k news.Sketched, ok bool) {
	k = r.sketched(id)
	c := s.Corrections()
	if c.Article(id) != id {
		return k, false
	}
	if len(c.Fixes(id)) > 0 {
		a := news.Article{ID: id, Published: k.Published}
		if k.Outlet != "" {
			a.Outlet = &news.Outlet{Slug: k.Outlet}
		}
		c.Fix(&a)
		k.Published, k.Outlet = a.Published, ""
		if a.Outlet != nil {
			k.Outlet = a.Outlet.Slug
		}
	}
	return k, true
}

// sketch keeps the sketch of the current version of h, whose article is a, in the
// place of any other version's; a nil one only takes those away.
func (b *batch) sketch(id news.ArticleID, h *head, a *news.Article, sketch []byte) error {
	for _, v := range h.Versions[:len(h.Versions)-1] {
		if key := versionKey(v.Seq, id); b.has(bucketSketches, key) {
			if err := b.delete(bucketSketches, key); err != nil {
				return err
			}
		}
	}
	if len(sketch) == 0 {
		return nil
	}
	return b.putRaw(bucketSketches, versionKey(h.current().Seq, id), sketchOf(h, a, sketch).encode())
}

// sketchOf is the record of h's current version, whose article is a.
func sketchOf(h *head, a *news.Article, sketch []byte) sketchRecord {
	r := sketchRecord{n: h.current().N, published: a.Published, sketch: sketch}
	if a.Outlet != nil {
		r.outlet = a.Outlet.Slug
	}
	return r
}

// readSketch is the sketch of h's current version: ok is false where there is none
// that can be read.
func (t *tx) readSketch(id news.ArticleID, h *head) (r sketchRecord, ok bool, err error) {
	payload, ok, err := t.getRaw(bucketSketches, versionKey(h.current().Seq, id))
	if isDamage(err) {
		return r, false, nil // it can be made again, and verify names it
	}
	if !ok || err != nil {
		return r, false, err
	}
	r, err = decodeSketch(payload)
	return r, err == nil && r.n == h.current().N, nil
}

// Sketches returns up to n sketches of articles' current versions, in the order in
// which their texts came, behind the place after ("" is the beginning), and the
// place to go on from, "" at the end. n is 10,000 where it is 0, and at most that.
// One that is damaged is left out: it is among Unsketched.
func (s *Store) Sketches(ctx context.Context, after string, n int) (out []news.Sketched, next string, err error) {
	err = s.view(ctx, func(t *tx) error {
		next, err = t.wholeOnes(ctx, bucketSketches, after, n, func(k, payload []byte) error {
			r, err := decodeSketch(payload)
			if err != nil || len(k) != 8+idLength {
				return nil
			}
			if got, ok := s.sketched(news.ArticleID(k[8:]), r); ok {
				out = append(out, got)
			}
			return nil
		})
		return err
	})
	if err != nil {
		return nil, "", fmt.Errorf("read sketches: %w", err)
	}
	return out, next, nil
}

// SketchesOf returns what is known of the articles named, with a nil Sketch where
// their current version has none. One that is not there, was removed, or was joined to
// another is absent from the result.
func (s *Store) SketchesOf(ctx context.Context, ids []news.ArticleID) (map[news.ArticleID]news.Sketched, error) {
	out := make(map[news.ArticleID]news.Sketched, len(ids))
	err := s.view(ctx, func(t *tx) error {
		for _, id := range ids {
			h, err := t.readHead(id)
			if errors.Is(err, news.ErrNotFound) || isDamage(err) {
				continue
			}
			if err != nil {
				return err
			}
			r, ok, err := t.readSketch(id, h)
			if err != nil {
				return err
			}
			if !ok {
				r = sketchRecord{n: h.current().N}
			}
			if k, ok := s.sketched(id, r); ok {
				out[id] = k
			}
		}
		return ctx.Err()
	})
	if err != nil {
		return nil, fmt.Errorf("read sketches: %w", err)
	}
	return out, nil
}

// Unsketched returns the current versions of those of the next n articles, in the
// order of their ids behind after, whose sketch is absent or not one that good
// takes, and the id to go on from, "" at the end. n is 10,000 where it is 0, and at
// most that. Articles whose record or text is damaged are passed over.
func (s *Store) Unsketched(ctx context.Context, good func(sketch []byte) bool, after news.ArticleID, n int) (out []news.Version, next news.ArticleID, err error) {
	err = s.view(ctx, func(t *tx) error {
		read := 0
		err := t.page(bucketArticles, nil, []byte(after), pageSize(n), func(k, payload []byte) error {
			read, next = read+1, news.ArticleID(k)
			var h head
			if err := unmarshal(bucketArticles, k, payload, &h); err != nil || h.hidden(next, t.now) != nil {
				return nil
			}
			r, ok, err := t.readSketch(next, &h)
			if err != nil || ok && good(r.sketch) {
				return ctxOr(ctx, err)
			}
			v, err := t.readVersion(next, &h, len(h.Versions)-1)
			if isDamage(err) {
				return nil
			}
			out = append(out, v)
			return ctxOr(ctx, err)
		})
		if err == nil && read < pageSize(n) {
			next = ""
		}
		return err
	})
	if err != nil {
		return nil, "", fmt.Errorf("look for articles without a sketch: %w", err)
	}
	return out, next, nil
}

// KeepSketches keeps sketches that were made of texts which had none, and returns
// how many: one of an article that is gone, or of another version than the one that
// is current, is passed over. Only ID, N and Sketch of each are looked at.
func (s *Store) KeepSketches(ctx context.Context, made []news.Sketched) (n int, err error) {
	made = slices.Clone(made)
	slices.SortFunc(made, func(a, b news.Sketched) int { return strings.Compare(string(a.ID), string(b.ID)) })
	err = s.update(ctx, func(b *batch) error {
		for _, m := range made {
			if err := ctx.Err(); err != nil {
				return err
			}
			h, err := b.readHead(m.ID)
			if errors.Is(err, news.ErrNotFound) || isDamage(err) {
				continue
			}
			if err != nil {
				return err
			}
			if len(m.Sketch) == 0 || len(m.Sketch) > maxSketch || h.current().N != m.N {
				continue
			}
			v, err := b.readVersion(m.ID, h, len(h.Versions)-1)
			if isDamage(err) {
				continue
			}
			if err == nil {
				err = b.sketch(m.ID, h, &v.Article, m.Sketch)
			}
			if err != nil {
				return err
			}
			n++
		}
		return nil
	})
	if err != nil {
		return 0, fmt.Errorf("keep sketches: %w", err)
	}
	return n, nil
}

// sketch checks that a sketch is of the current version of an article that is
// there.
func (v *verifier) sketch(t *tx, k, payload []byte) error {
	if len(k) != 8+idLength {
		return damaged(bucketSketches, k, "it is filed under no version")
	}
	r, err := decodeSketch(payload)
	if err != nil {
		return damaged(bucketSketches, k, err.Error())
	}
	var h head
	ok, err := t.get(bucketArticles, k[8:], &h)
	if err != nil {
		return nil // reported there
	}
	if !ok || len(h.Versions) == 0 || h.Hidden || !bytes.Equal(versionKey(h.current().Seq, news.ArticleID(k[8:])), k) || h.current().N != r.n {
		return damaged(bucketSketches, k, "it is of no article's current version")
	}
	return nil
}
