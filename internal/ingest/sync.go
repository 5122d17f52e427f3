package ingest

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"time"

	"backfile/internal/news"
)

// Feed is the store's change feed and the articles that it names.
type Feed interface {
	Changes(ctx context.Context, after news.Cursor, n int) ([]news.Change, error)
	Behind(ctx context.Context, c news.Cursor) (int, error)
	Versions(ctx context.Context, id news.ArticleID) ([]news.Version, error)
}

// Update is the present state of one article; without versions it is gone.
type Update struct {
	ID       news.ArticleID
	Versions []news.Version
	// Edits are what each version changed of the one before it, by its place in
	// Versions; nil for an article of one version.
	Edits []news.Edit
}

// Sink is what follows the feed.
type Sink interface {
	// Cursor is the row up to which everything was applied. An error that wraps
	// news.ErrInvalid says that the sink belongs to another store.
	Cursor() (news.Cursor, error)
	// Apply takes updates and cursor whole or not at all. Taking one twice is
	// the same as taking it once.
	Apply(ctx context.Context, us []Update, cursor news.Cursor) error
	// Reset has the sink filled from the beginning: its cursor is "" from then on.
	Reset(ctx context.Context) error
	// CaughtUp says that the feed has no more rows than were applied.
	CaughtUp(ctx context.Context) error
	// Gather is called behind each piece of so many rows that was not a full one: it
	// returns when the sink wants more, for it is made of fewer, larger pieces then.
	Gather(ctx context.Context, rows int)
}

// The size of one Apply: so many rows, or so many bytes of text.
const (
	syncRows  = 1000
	syncBytes = 8 << 20
	syncPoll  = time.Second
)

// Sync applies the feed to the sink until ctx ends, and returns ctx's error. It
// looks for new rows whenever wake is sent to, and once a second. What fails is
// logged and tried again, ever more slowly: a sink that is behind is worth more
// than none.
func Sync(ctx context.Context, lg *slog.Logger, feed Feed, sink Sink, wake <-chan struct{}) error {
	pause := syncPoll
	for {
		n, err := syncOnce(ctx, lg, feed, sink)
		switch {
		case ctx.Err() != nil:
			return ctx.Err()
		case err != nil:
			lg.ErrorContext(ctx, "follow change feed", "err", err, "again_in", pause)
			if err := sleep(ctx, pause, nil); err != nil {
				return err
			}
			pause = min(2*pause, time.Minute)
			continue
		case n > 0:
			pause = syncPoll
			if n < syncRows {
				sink.Gather(ctx, n)
			}
			continue
		}
		pause = syncPoll
		if err := sleep(ctx, syncPoll, wake); err != nil {
			return err
		}
	}
}

func sleep(ctx context.Context, d time.Duration, wake <-chan struct{}) error {
	t := time.NewTimer(d)
	defer t.Stop()
	select {
	case <-t.C:
	case <-wake:
	case <-ctx.Done():
		return ctx.Err()
	}
	return nil
}

// syncOnce applies the rows that follow the sink's cursor, at most syncRows, and
// returns how many there were.
func syncOnce(ctx context.Context, lg *slog.Logger, feed Feed, sink Sink) (int, error) {
	cursor, err := sink.Cursor()
	if err == nil {
		// A cursor that the store does not know was given by a store that has
		// since been put back to an older state.
		_, err = feed.Behind(ctx, cursor)
	}
	if errors.Is(err, news.ErrInvalid) {
		lg.WarnContext(ctx, "index is made anew", "because", err)
		if err := sink.Reset(ctx); err != nil {
			return 0, fmt.Errorf("reset index: %w", err)
		}
		cursor, err = "", nil
	}
	if err != nil {
		return 0, fmt.Errorf("read index's cursor: %w", err)
	}
	rows, err := feed.Changes(ctx, cursor, syncRows)
	if err != nil {
		return 0, fmt.Errorf("read changes: %w", err)
	}
	if len(rows) == 0 {
		return 0, sink.CaughtUp(ctx)
	}
	return len(rows), apply(ctx, lg, feed, sink, rows)
}

// apply loads what rows name and gives it to the sink. An article named twice is
// loaded once: the feed says what changed, the store what it is now.
func apply(ctx context.Context, lg *slog.Logger, feed Feed, sink Sink, rows []news.Change) error {
	seen := map[string]bool{}
	var us []Update
	bytes := 0
	for i, row := range rows {
		if (row.Kind == news.ArticleChanged || row.Kind == news.FamilyChanged) && !seen[row.ID] {
			seen[row.ID] = true
			u := Update{ID: news.ArticleID(row.ID)}
			vs, err := feed.Versions(ctx, u.ID)
			switch {
			case errors.Is(err, news.ErrDamaged):
				// Left out of the index, so that the feed goes on; verify names it.
				lg.ErrorContext(ctx, "article is damaged and cannot be searched", "id", u.ID, "err", err)
			case errors.Is(err, news.ErrNotFound): // removed since
			case err != nil:
				return fmt.Errorf("load article %s: %w", u.ID, err)
			default:
				u.Versions, u.Edits = vs, Edits(vs)
			}
			us = append(us, u)
			for _, v := range u.Versions {
				bytes += len(v.Article.Body)
			}
		}
		if bytes < syncBytes && i < len(rows)-1 {
			continue
		}
		if err := sink.Apply(ctx, us, row.Cursor); err != nil {
			return fmt.Errorf("apply changes: %w", err)
		}
		us, bytes = us[:0:0], 0
	}
	return nil
}
