package store

import (
	"context"
	"errors"
	"fmt"
	"sync"

	"backfile/internal/news"
	"backfile/internal/scan"
)

// InBrief returns what ArticlesByID does, in a fifth of the time, as far as a list of articles
// shows it: without spans and the dates spoken of; and without mentions and quotes, unless
// they are asked for. What is in the result is shared
// with other readers: do not change what its slices hold.
func (s *Store) InBrief(ctx context.Context, ids []news.ArticleID, with news.Parts) (map[news.ArticleID]news.Version, error) {
	out := make(map[news.ArticleID]news.Version, len(ids))
	w := workrooms.Get().(*workroom)
	defer w.leave()
	corrections := s.Corrections()
	err := s.view(ctx, func(t *tx) error {
		for _, id := range ids {
			if err := ctx.Err(); err != nil {
				return err
			}
			now := corrections.Article(id)
			these := with
			if corrections.Fixed(now) {
				these |= news.PartMentions // of a headline that is another they are others
			}
			v, err := t.brief(&s.briefs, now, these, w)
			if errors.Is(err, news.ErrNotFound) {
				continue
			}
			if err != nil {
				return err
			}
			if err := t.apply(corrections, &v.Article); err != nil {
				return err
			}
			out[id] = v
		}
		return nil
	})
	if err != nil {
		return nil, fmt.Errorf("read articles in brief: %w", err)
	}
	return out, nil
}

// brief is the version of the article that is shown, as InBrief has it. What is out of the
// ordinary is read as for ArticlesByID.
func (t *tx) brief(cache *briefs, id news.ArticleID, with news.Parts, w *workroom) (news.Version, error) {
	seq, ok := t.briefHead(id, w)
	if !ok {
		return t.inFull(id)
	}
	key := versionKey(seq, id)
	b := t.Bucket([]byte(bucketVersions))
	if b == nil {
		return t.inFull(id)
	}
	rec := b.Get(key)
	if len(rec) < recordHeader {
		return t.inFull(id)
	}
	known := briefKey{with: with}
	copy(known.sum[:], rec[2:recordHeader])
	v, ok := cache.get(known)
	if !ok {
		payload, err := decodeRecordTo(w.buf[:0], bucketVersions, key, rec)
		if err != nil {
			return v, err
		}
		w.buf = payload
		if v, ok = w.decodeBrief(payload, with); !ok {
			return t.inFull(id)
		}
		cache.put(known, v, len(payload))
	}
	var err error
	v.Family, err = t.lead(id)
	return v, err
}

// inFull is the version of the article that is shown, and everything of it.
func (t *tx) inFull(id news.ArticleID) (news.Version, error) {
	h, err := t.readHead(id)
	if err != nil {
		return news.Version{}, err
	}
	return t.readVersion(id, h, len(h.Versions)-1)
}

// briefHead is where the version of the article is that is shown; not ok is an article
// of which more must be known, or that is not there.
func (t *tx) briefHead(id news.ArticleID, w *workroom) (seq uint64, ok bool) {
	b := t.Bucket([]byte(bucketArticles))
	if b == nil || !news.ValidID(string(id)) {
		return 0, false
	}
	key := []byte(id)
	rec := b.Get(key)
	if rec == nil {
		return 0, false
	}
	payload, err := decodeRecordTo(w.buf[:0], bucketArticles, key, rec)
	if err != nil {
		return 0, false // which names it
	}
	w.buf = payload
	r := &w.reader
	r.Reset(payload)
	for name := range r.Object() {
		switch string(name) {
		case "slug", "added":
			r.Skip()
		case "versions":
			for range r.Array() {
				for name := range r.Object() {
					switch string(name) {
					case "seq":
						n := r.Int()
						seq, ok = uint64(n), true
					case "n", "at", "text", "body", "original":
						r.Skip()
					default:
						return 0, false
					}
				}
			}
		default: // words said of it, versions set aside
			return 0, false
		}
	}
	return seq, ok && r.Done()
}

// workroom is what reading in brief needs and does not keep: where records are decompressed to
// and read.
type workroom struct {
	buf    []byte
	reader scan.Reader
}

var workrooms = sync.Pool{New: func() any { return new(workroom) }}

func (w *workroom) leave() {
	w.reader.Reset(nil)
	if cap(w.buf) <= 1<<20 {
		workrooms.Put(w)
	}
}
