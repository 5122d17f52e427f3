package main

import (
	"context"
	"log/slog"
	"time"

	"backfile/store"
)

// releaseEvery is how often the clock is looked at for articles that it shows or
// hides. Readers of an article's address do not wait for it; searches do.
const releaseEvery = time.Second

// keepTime has the feed told of articles whose embargo ends or which expire, until ctx
// ends, and goes on with undoings that a stop broke off.
func keepTime(ctx context.Context, lg *slog.Logger, st *store.Store, notify func()) {
	if broken, err := st.BrokenUndos(ctx); err != nil && ctx.Err() == nil {
		lg.ErrorContext(ctx, "look for undoings that were broken off", "err", err)
	} else {
		for _, r := range broken {
			again := func() error { _, err := st.UndoRun(ctx, r.ID, r.Undo.Reason); return err }
			if r.Undo.Back {
				again = func() error { _, err := st.RedoRun(ctx, r.ID); return err }
			}
			if err := again(); err != nil && ctx.Err() == nil {
				lg.ErrorContext(ctx, "go on with an undoing", "run", r.ID, "err", err)
			}
			notify()
		}
	}
	tick := time.NewTicker(releaseEvery)
	defer tick.Stop()
	for {
		switch n, err := st.Release(ctx); {
		case err != nil && ctx.Err() == nil:
			lg.ErrorContext(ctx, "show and hide what is due", "err", err)
		case n > 0:
			notify()
		}
		select {
		case <-tick.C:
		case <-ctx.Done():
			return
		}
	}
}
