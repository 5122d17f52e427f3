package store

import (
	"context"
	"errors"
	"fmt"

	"backfile/internal/news"
)

// maxTrace bounds what is kept of a text to know its story by, in bytes.
const maxTrace = 4096

// dayLength is the length of a day as text, which orders traces.
const dayLength = len("2006-01-02")

// traceRecord is the trace of an article, with what else tells its place in a story.
type traceRecord struct {
	outlet    string
	published news.Date
	trace     []byte
}

// encode writes outlet, date and precision, each behind its length, then the trace.
func (r traceRecord) encode() []byte {
	return append(appendPrinted(make([]byte, 0, 64+len(r.trace)), r.outlet, r.published), r.trace...)
}

var errTraceRecord = errors.New("it is no trace")

func decodeTrace(b []byte) (r traceRecord, err error) {
	ok := false
	if r.outlet, r.published, r.trace, ok = cutPrinted(b); !ok || len(r.trace) == 0 || len(r.trace) > maxTrace {
		return r, errTraceRecord
	}
	return r, nil
}

// traceKey is the key of a trace: traces are in the order of days.
func traceKey(day string, id news.ArticleID) []byte { return append([]byte(day), id...) }

// placed is where a report stands: its day, and the story that it follows.
type placed struct {
	day   string
	story news.ArticleID
}

// place is where the report stands; ok is false where it has no trace. A damaged record
// counts as none, and verify names it.
func (t *tx) place(id news.ArticleID) (p placed, ok bool, err error) {
	payload, ok, err := t.getRaw(bucketReports, []byte(id))
	if isDamage(err) {
		return p, false, nil
	}
	if !ok || err != nil || len(payload) != dayLength+idLength {
		return p, false, err
	}
	return placed{string(payload[:dayLength]), news.ArticleID(payload[dayLength:])}, true, nil
}

func (b *batch) putPlace(id news.ArticleID, p placed) error {
	return b.putRaw(bucketReports, []byte(id), append([]byte(p.day), p.story...))
}

// KeepTraces keeps what articles' current texts are known by, in place of what was kept
// of them, and returns how many it kept. One without a trace, without a day, or that is
// gone is forgotten. Their days are due to be looked at.
func (s *Store) KeepTraces(ctx context.Context, made []news.Traced) (n int, err error) {
	err = s.update(ctx, func(b *batch) error {
		for _, m := range made {
			if err := ctx.Err(); err != nil {
				return err
			}
			_, gone := b.readHead(m.ID)
			if gone != nil && !errors.Is(gone, news.ErrNotFound) && !isDamage(gone) {
				return gone
			}
			day := m.Published.Day()
			if gone != nil || day == "" || len(m.Trace) == 0 || len(m.Trace) > maxTrace {
				if err := b.untrace(m.ID); err != nil {
					return err
				}
				continue
			}
			if err := b.trace(m, day); err != nil {
				return err
			}
			n++
		}
		return nil
	})
	if err != nil {
		return 0, fmt.Errorf("keep traces: %w", err)
	}
	return n, nil
}

func (b *batch) trace(m news.Traced, day string) error {
	r := traceRecord{m.Outlet, m.Published, m.Trace}.encode()
	p, known, err := b.place(m.ID)
	if err != nil {
		return err
	}
	if known && p.day == day {
		if was, ok, err := b.getRaw(bucketTraces, traceKey(day, m.ID)); err == nil && ok && string(was) == string(r) {
			return nil
		}
	}
	if known && p.day != day {
		if err := b.untrace(m.ID); err != nil {
			return err
		}
		known = false
	}
	if err := b.putRaw(bucketTraces, traceKey(day, m.ID), r); err != nil {
		return err
	}
	if !known {
		if err := b.follow(m.ID, placed{day, m.ID}); err != nil {
			return err
		}
	}
	return b.storyDue(day)
}

// untrace forgets a report: its trace, and its place in a story.
func (b *batch) untrace(id news.ArticleID) error {
	p, known, err := b.place(id)
	if err != nil || !known {
		return err
	}
	if err := b.delete(bucketTraces, traceKey(p.day, id)); err != nil {
		return err
	}
	if err := b.delete(bucketStories, append([]byte(p.story), id...)); err != nil {
		return err
	}
	if err := b.delete(bucketReports, []byte(id)); err != nil {
		return err
	}
	if err := b.sumStory(p.story); err != nil {
		return err
	}
	return b.storyDue(p.day)
}

// Traces returns up to n traces in the order of days, behind the place after ("" is the
// beginning; a day, yyyy-mm-dd, the beginning of that day), and the place to go on from,
// "" at the end. n is 10,000 where it is 0, and at most that. One that is damaged is left
// out.
func (s *Store) Traces(ctx context.Context, after string, n int) (out []news.Traced, next string, err error) {
	err = s.view(ctx, func(t *tx) error {
		next, err = t.wholeOnes(ctx, bucketTraces, after, n, func(k, payload []byte) error {
			r, err := decodeTrace(payload)
			if err != nil || len(k) != dayLength+idLength {
				return nil
			}
			id := news.ArticleID(k[dayLength:])
			p, ok, err := t.place(id)
			if err != nil {
				return err
			}
			lead, err := t.lead(id)
			if ok {
				out = append(out, news.Traced{ID: id, Lead: lead, Outlet: r.outlet, Published: r.published, Trace: r.trace, Story: p.story})
			}
			return err
		})
		return err
	})
	if err != nil {
		return nil, "", fmt.Errorf("read traces: %w", err)
	}
	return out, next, nil
}

// StoryRarity is what SetStoryRarity kept last, nil for nothing.
func (s *Store) StoryRarity(ctx context.Context) (r []byte, err error) {
	err = s.view(ctx, func(t *tx) error {
		var err error
		if r, _, err = t.getRaw(bucketStoryState, []byte(stateRarity)); isDamage(err) {
			r, err = nil, nil // it is counted again
		}
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("read how rare words are: %w", err)
	}
	return r, nil
}

// SetStoryRarity keeps how rare words are in the archive, opaque to a store, as of which
// stories are found, and has those of all days looked at again.
func (s *Store) SetStoryRarity(ctx context.Context, r []byte) error {
	err := s.update(ctx, func(b *batch) error {
		if err := b.putRaw(bucketStoryState, []byte(stateRarity), r); err != nil {
			return err
		}
		return b.allStoriesDue()
	})
	if err != nil {
		return fmt.Errorf("keep how rare words are: %w", err)
	}
	return nil
}
