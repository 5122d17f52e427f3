package web

import (
	"context"
	"errors"
	"slices"
	"sync"
	"time"

	"backfile/internal/news"
)

// Changes is the feed of what changed, from the first article on.
type Changes interface {
	// Changes are up to n rows behind a cursor; one of another past wraps
	// news.ErrInvalid.
	Changes(ctx context.Context, after news.Cursor, n int) ([]news.Change, error)
}

// harvest is the feed of changes as harvesters read it: each article once, where it
// changed last. It is made of the feed's rows when somebody first asks (10 µs and
// some 100 bytes a row) and follows them from then on, so that no
// request reads the archive.
type harvest struct {
	sync.Mutex
	after news.Cursor
	rows  []harvestRow
	// last is the row of each article's latest change.
	last map[news.ArticleID]int32
	// others are the articles that were of another outlet than the set's that was asked
	// for last, at that time.
	set    string
	others map[news.ArticleID]bool
	asked  time.Time
}

// harvestRow is one row about an article: at is in seconds, and never earlier than that of
// the row before, whatever the clock did.
type harvestRow struct {
	id news.ArticleID
	at int64
}

// follow reads what came to the feed.
func (h *harvest) follow(ctx context.Context, c Changes) error {
	if h.last == nil {
		h.last = map[news.ArticleID]int32{}
	}
	for {
		rows, err := c.Changes(ctx, h.after, 10_000)
		if errors.Is(err, news.ErrInvalid) && h.after != "" { // a backup was put back
			h.after, h.rows, h.last = "", nil, map[news.ArticleID]int32{}
			continue
		}
		if err != nil || len(rows) == 0 {
			return err
		}
		for _, r := range rows {
			h.after = r.Cursor
			if r.Kind != news.ArticleChanged {
				continue
			}
			at := r.At.Unix()
			if n := len(h.rows); n > 0 {
				at = max(at, h.rows[n-1].at)
			}
			id := news.ArticleID(r.ID)
			h.last[id] = int32(len(h.rows))
			h.rows = append(h.rows, harvestRow{id, at})
		}
	}
}

// from is the number of the first row at or behind a time.
func (h *harvest) from(at int64) int {
	n, _ := slices.BinarySearchFunc(h.rows, at, func(r harvestRow, at int64) int {
		if r.at < at {
			return -1
		}
		return 1
	})
	return n
}

// stamp is when an article last changed; ok is false for one that never did.
func (h *harvest) stamp(id news.ArticleID) (at int64, ok bool) {
	n, ok := h.last[id]
	if !ok {
		return 0, false
	}
	return h.rows[n].at, true
}

// next are up to n articles that last changed in the rows from start on, until a time,
// with the number of the row behind the last; end says that there are no more. Those that
// keep does not want are passed over.
func (h *harvest) next(start int, until int64, n int, keep func(news.ArticleID) bool) (out []harvestRow, next int, end bool) {
	i := start
	for ; i < len(h.rows) && h.rows[i].at <= until; i++ {
		if len(out) == n {
			return out, i, false
		}
		if r := h.rows[i]; int(h.last[r.id]) == i && keep(r.id) {
			out = append(out, r)
		}
	}
	return out, i, true
}

// earliest is the time of the first row, or else now.
func (h *harvest) earliest(now time.Time) int64 {
	if len(h.rows) > 0 {
		return h.rows[0].at
	}
	return now.Unix()
}
