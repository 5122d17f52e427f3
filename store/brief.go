package store

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"sync"
	"time"

	"backfile/internal/news"
	"backfile/internal/scan"
)

// InBrief returns what ArticlesByID does, in a fifth of the time, as far as a list of articles
// shows it: without spans, quotes, the dates spoken of, doubts and the authors' names taken
// apart; and without mentions, unless they are asked for. What is in the result is shared
// with other readers: do not change what its slices hold.
func (s *Store) InBrief(ctx context.Context, ids []news.ArticleID, mentions bool) (map[news.ArticleID]news.Version, error) {
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
			v, err := t.brief(&s.briefs, now, mentions || corrections.Fixed(now), w)
			if errors.Is(err, news.ErrNotFound) {
				continue
			}
			if err != nil {
				return err
			}
			corrections.Apply(&v.Article)
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
func (t *tx) brief(cache *briefs, id news.ArticleID, mentions bool, w *workroom) (news.Version, error) {
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
	known := briefKey{mentions: mentions}
	copy(known.sum[:], rec[2:recordHeader])
	v, ok := cache.get(known)
	if !ok {
		payload, err := decodeRecordTo(w.buf[:0], bucketVersions, key, rec)
		if err != nil {
			return v, err
		}
		w.buf = payload
		if v, ok = w.decodeBrief(payload, mentions); !ok {
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

// decodeBrief reads a version's record as InBrief has it; not ok is what package json should
// look at. A record was checked as a whole before it was kept, so its parts are believed.
func (w *workroom) decodeBrief(payload []byte, mentions bool) (v news.Version, ok bool) {
	r, ok := &w.reader, true
	r.Reset(payload)
	for name := range r.Object() {
		switch string(name) {
		case "n":
			v.N = r.Int()
		case "article":
			ok = briefArticle(r, &v.Article, mentions) && ok
		case "at":
			var err error
			if v.At, err = time.Parse(time.RFC3339, r.Text()); err != nil {
				return v, false
			}
		case "original":
			v.Original = r.Text()
		default:
			return v, false
		}
	}
	return v, ok && r.Done()
}

func briefArticle(r *scan.Reader, a *news.Article, mentions bool) bool {
	texts := func(name string) *string {
		switch name {
		case "source":
			return &a.Source
		case "slug":
			return &a.Slug
		case "url":
			return &a.URL
		case "guid":
			return &a.GUID
		case "headline":
			return &a.Headline
		case "standfirst":
			return &a.Standfirst
		case "byline":
			return &a.Byline
		case "agency":
			return &a.Agency
		case "published":
			return &a.Published.Text
		case "published_from":
			return &a.Published.From
		case "updated":
			return &a.Updated.Text
		case "updated_from":
			return &a.Updated.From
		case "captured":
			return &a.Captured.Text
		case "captured_from":
			return &a.Captured.From
		case "dateline":
			return &a.Dateline
		case "section":
			return &a.Section
		case "language":
			return &a.Language
		case "body":
			return &a.Body
		case "understood":
			return &a.Understood
		}
		return nil
	}
	for name := range r.Object() {
		switch string(name) {
		case "id":
			a.ID = news.ArticleID(r.Text())
		case "published_precision":
			a.Published.Precision = precision(r)
		case "updated_precision":
			a.Updated.Precision = precision(r)
		case "captured_precision":
			a.Captured.Precision = precision(r)
		case "kind":
			a.ArticleKind = news.ArticleKind(r.Text())
		case "outlet":
			a.Outlet = briefOutlet(r)
		case "tags":
			for range r.Array() {
				a.Tags = append(a.Tags, r.Text())
			}
		case "images":
			a.Images = briefImages(r)
		case "mentions":
			if !mentions {
				r.Skip()
				continue
			}
			a.Mentions = briefMentions(r)
		case "persons":
			a.Persons = briefEntities(r, news.Person)
		case "places":
			a.Places = briefEntities(r, news.Place)
		case "organisations":
			a.Organisations = briefEntities(r, news.Organisation)
		case "type", "authors", "doubts", "spans", "quotes", "dates":
			r.Skip()
		default:
			if to := texts(string(name)); to != nil {
				*to = r.Text()
				continue
			}
			return false
		}
	}
	for _, d := range []news.Date{a.Published, a.Updated, a.Captured} {
		if (d.Text == "") != (d.Precision == "") || (d.Text == "") != (d.From == "") {
			return false
		}
	}
	return true
}

// precision is one of the few that there are, so that it needs no memory of its own.
func precision(r *scan.Reader) news.Precision {
	p := news.Precision(r.Text())
	for _, known := range []news.Precision{news.Second, news.Minute, news.Day, news.Month, news.Year} {
		if p == known {
			return known
		}
	}
	return p
}

func briefOutlet(r *scan.Reader) *news.Outlet {
	o := &news.Outlet{}
	for name := range r.Object() {
		switch string(name) {
		case "name":
			o.Name = r.Text()
		case "slug":
			o.Slug = r.Text()
		default:
			r.Skip()
		}
	}
	return o
}

func briefImages(r *scan.Reader) (out []news.Image) {
	for range r.Array() {
		var im news.Image
		for name := range r.Object() {
			switch string(name) {
			case "url":
				im.URL = r.Text()
			case "caption":
				im.Caption = r.Text()
			case "credit":
				im.Credit = r.Text()
			default:
				r.Skip()
			}
		}
		out = append(out, im)
	}
	return out
}

func briefMentions(r *scan.Reader) (out []news.Mention) {
	for range r.Array() {
		var m news.Mention
		for name := range r.Object() {
			switch string(name) {
			case "kind":
				m.Kind = news.Kind(r.Text())
			case "text":
				m.Text = r.Text()
			case "start":
				m.Start = r.Int()
			case "end":
				m.End = r.Int()
			case "entity":
				m.Entity = news.EntityID(r.Text())
			case "form":
				m.Form = r.Text()
			case "field":
				m.Field = r.Text()
			default:
				r.Skip()
			}
		}
		out = append(out, m)
	}
	return out
}

func briefEntities(r *scan.Reader, kind news.Kind) []news.Entity {
	var room [8]news.Entity // most have fewer, and each is large
	out := room[:0]
	for range r.Array() {
		e := news.Entity{Kind: kind}
		for name := range r.Object() {
			switch string(name) {
			case "id":
				e.ID = news.EntityID(r.Text())
			case "slug":
				e.Slug = r.Text()
			case "name":
				e.Name = r.Text()
			case "count":
				e.Count = r.Int()
			case "country":
				e.Country = r.Text()
			case "lat":
				x := r.Float()
				e.Lat = &x
			case "lon":
				x := r.Float()
				e.Lon = &x
			default:
				r.Skip()
			}
		}
		out = append(out, e)
	}
	return slices.Clone(out)
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
