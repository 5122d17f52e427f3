package store

import (
	"bytes"
	"context"
	"encoding/binary"
	"errors"
	"fmt"
	"time"

	"backfile/internal/news"
)

// Tell keeps which stories reports follow. A report that has no trace is passed over. All
// are kept in one transaction. The address of a story that all its reports left leads to
// where the first of them went.
func (s *Store) Tell(ctx context.Context, fs []news.Following) error {
	err := s.update(ctx, func(b *batch) error {
		left, joined := map[news.ArticleID]news.ArticleID{}, map[news.ArticleID]bool{}
		for _, f := range fs {
			if err := ctx.Err(); err != nil {
				return err
			}
			if !news.ValidID(string(f.Story)) {
				return fmt.Errorf("story %q: %w", f.Story, news.ErrInvalid)
			}
			p, known, err := b.place(f.Report)
			if err != nil {
				return err
			}
			if !known || p.story == f.Story {
				continue
			}
			if _, ok := left[p.story]; !ok {
				left[p.story] = f.Story
			}
			joined[f.Story] = true
			if err := b.delete(bucketStories, append([]byte(p.story), f.Report...)); err != nil {
				return err
			}
			if err := b.follow(f.Report, placed{p.day, f.Story}); err != nil {
				return err
			}
		}
		for story := range joined {
			if err := b.sumStory(story); err != nil {
				return err
			}
			if err := b.delete(bucketStoryMoves, []byte(story)); err != nil {
				return err
			}
		}
		for story, to := range left {
			if err := b.sumStory(story); err != nil {
				return err
			}
			if joined[story] || story == to || b.has(bucketStoryHeads, []byte(story)) {
				continue
			}
			if err := b.putRaw(bucketStoryMoves, []byte(story), []byte(to)); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		return fmt.Errorf("keep stories: %w", err)
	}
	return nil
}

// follow files a report under the story that it follows.
func (b *batch) follow(id news.ArticleID, p placed) error {
	if err := b.putPlace(id, p); err != nil {
		return err
	}
	return b.putRaw(bucketStories, append([]byte(p.story), id...), nil)
}

// sumStory works out what is known of a story from its reports, and files it in the
// orders of the list. One of fewer than two reports is none.
func (b *batch) sumStory(id news.ArticleID) error {
	var was news.Story
	if _, err := b.get(bucketStoryHeads, []byte(id), &was); err != nil && !isDamage(err) {
		return err
	}
	now := news.Story{ID: id}
	outlets, latest := map[string]bool{}, ""
	for _, k := range b.keysOf(bucketStories, []byte(id)) {
		report := news.ArticleID(k[idLength:])
		p, ok, err := b.place(report)
		if err != nil {
			return err
		}
		if !ok {
			continue
		}
		if now.Reports++; now.First == "" || p.day < now.First {
			now.First = p.day
		}
		now.Last = max(now.Last, p.day)
		if payload, ok, err := b.getRaw(bucketTraces, traceKey(p.day, report)); err == nil && ok {
			if r, err := decodeTrace(payload); err == nil {
				if r.outlet != "" {
					outlets[r.outlet] = true
				}
				at, _ := r.published.Time()
				if place := p.day + at.UTC().Format(time.RFC3339) + string(report); place > latest {
					now.Latest, latest = report, place
				}
			}
		}
	}
	if now.Outlets = max(1, len(outlets)); now == was {
		return nil
	}
	if was.Reports > 0 {
		for _, k := range storyOrderKeys(was) {
			if err := b.delete(bucketStoryOrder, k); err != nil {
				return err
			}
		}
	}
	if now.Reports < 2 {
		return b.delete(bucketStoryHeads, []byte(id))
	}
	for _, k := range storyOrderKeys(now) {
		if err := b.putRaw(bucketStoryOrder, k, nil); err != nil {
			return err
		}
	}
	return b.put(bucketStoryHeads, []byte(id), now)
}

// storyOrderKeys are the places of a story in the orders of the list, which are read from
// their ends.
func storyOrderKeys(s news.Story) [2][]byte {
	newest := append([]byte{storyOrderByte(news.StoriesNewest)}, s.Last...)
	most := binary.BigEndian.AppendUint32([]byte{storyOrderByte(news.StoriesMost)}, uint32(s.Reports))
	return [2][]byte{append(newest, s.ID...), append(append(most, s.Last...), s.ID...)}
}

func storyOrderByte(o news.StoryOrder) byte {
	if o == news.StoriesMost {
		return 'm'
	}
	return 'n'
}

// StoryList returns up to n stories in that order, behind the place after ("" is the
// beginning), and the place to go on from, "" at the end. n is 10,000 where it is 0, and
// at most that.
func (s *Store) StoryList(ctx context.Context, order news.StoryOrder, after string, n int) (out []news.Story, next string, err error) {
	err = s.view(ctx, func(t *tx) error {
		b := t.Bucket([]byte(bucketStoryOrder))
		if b == nil {
			return nil
		}
		prefix := []byte{storyOrderByte(order)}
		c := b.Cursor()
		end := append(bytes.Clone(prefix), 0xff)
		if after != "" {
			end = append(bytes.Clone(prefix), after...)
		}
		k, _ := c.Seek(end)
		if k == nil {
			k, _ = c.Last()
		}
		for k != nil && bytes.Compare(k, end) >= 0 {
			k, _ = c.Prev()
		}
		for ; k != nil && bytes.HasPrefix(k, prefix) && len(k) > idLength; k, _ = c.Prev() {
			if len(out) == pageSize(n) {
				return ctx.Err()
			}
			var h news.Story
			if ok, err := t.get(bucketStoryHeads, k[len(k)-idLength:], &h); err != nil && !isDamage(err) {
				return err
			} else if ok && err == nil {
				out = append(out, h)
			}
			next = string(k[1:])
		}
		next = ""
		return ctx.Err()
	})
	if err != nil {
		return nil, "", fmt.Errorf("list stories: %w", err)
	}
	return out, next, nil
}

// maxMoves bounds how many stories that are no more lead to one that is.
const maxMoves = 64

// Story returns the story that an article follows, by itself or by the wire family that
// it is in, and its reports, without their traces, in no order. id may also be that of a
// story that is no more, as where its first report was removed, and whose reports went to
// this one. It returns news.ErrNotFound for an article that follows none; its other errors
// are Article's.
func (s *Store) Story(ctx context.Context, id news.ArticleID) (st news.Story, reports []news.Traced, err error) {
	err = s.view(ctx, func(t *tx) error {
		at := s.Corrections().Article(id)
		_, gone := t.readHead(at)
		var removed *news.Gone
		if gone != nil && !errors.Is(gone, news.ErrNotFound) && !errors.As(gone, &removed) {
			return gone
		}
		story := at
		if lead, err := t.lead(at); err != nil {
			return err
		} else if lead != "" {
			at = lead
		}
		if p, ok, err := t.place(at); err != nil {
			return err
		} else if ok {
			story = p.story
		}
		for range maxMoves {
			if ok, err := t.get(bucketStoryHeads, []byte(story), &st); err != nil && !isDamage(err) {
				return err
			} else if ok {
				break
			}
			to, ok, err := t.getRaw(bucketStoryMoves, []byte(story))
			if err != nil && !isDamage(err) {
				return err
			}
			if !ok {
				break
			}
			story = news.ArticleID(to)
		}
		if st.Reports == 0 {
			if gone != nil {
				return gone
			}
			return news.ErrNotFound
		}
		for _, k := range t.keysOf(bucketStories, []byte(story)) {
			if err := ctx.Err(); err != nil {
				return err
			}
			r, ok, err := t.reportOf(news.ArticleID(k[idLength:]))
			if err != nil {
				return err
			}
			if ok {
				r.Story = story
				reports = append(reports, r)
			}
		}
		return nil
	})
	if err != nil {
		return news.Story{}, nil, fmt.Errorf("read story of article %s: %w", id, err)
	}
	return st, reports, nil
}

// reportOf is a report without its trace; ok is false for one that is not there.
func (t *tx) reportOf(id news.ArticleID) (r news.Traced, ok bool, err error) {
	p, ok, err := t.place(id)
	if err != nil || !ok {
		return r, false, err
	}
	payload, ok, err := t.getRaw(bucketTraces, traceKey(p.day, id))
	if err != nil && !isDamage(err) {
		return r, false, err
	}
	if err != nil || !ok {
		return r, false, nil
	}
	rec, err := decodeTrace(payload)
	if err != nil {
		return r, false, nil // verify names it
	}
	lead, err := t.lead(id)
	return news.Traced{ID: id, Lead: lead, Outlet: rec.outlet, Published: rec.published, Story: p.story}, err == nil, err
}
