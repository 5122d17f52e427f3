package ingest

import (
	"context"
	"errors"
	"log/slog"
	"time"

	"backfile/internal/news"
)

// AuthorStore keeps tables of who wrote what, made of its articles.
type AuthorStore interface {
	// FollowAuthors takes the next rows of the feed into the tables and returns how
	// many; 0 at the feed's end.
	FollowAuthors(ctx context.Context) (rows int, err error)
	// ResetAuthors has them made anew.
	ResetAuthors(ctx context.Context) error
}

// Authors keeps the tables of authors up with the feed until ctx ends, and returns ctx's
// error. Behind each piece of work it rests. Tables that are damaged are made anew; what else fails is logged and tried
// again, ever more slowly.
func Authors(ctx context.Context, lg *slog.Logger, st AuthorStore, p *Pace) error {
	pause := syncPoll
	for {
		from := time.Now()
		n, err := st.FollowAuthors(ctx)
		if errors.Is(err, news.ErrDamaged) {
			lg.WarnContext(ctx, "make the tables of authors anew", "because", err)
			err = st.ResetAuthors(ctx)
		}
		rest := syncPoll
		switch {
		case ctx.Err() != nil:
			return ctx.Err()
		case err != nil:
			lg.ErrorContext(ctx, "follow authors", "err", err, "again_in", pause)
			rest, pause = pause, min(2*pause, time.Minute)
		case n > 0:
			rest, pause = p.rest(from), syncPoll
		}
		if err := sleep(ctx, rest, nil); err != nil {
			return err
		}
	}
}
