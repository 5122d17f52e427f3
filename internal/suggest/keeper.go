package suggest

import (
	"context"
	"log/slog"
	"sync/atomic"
	"time"
)

// Source is where the names come from.
type Source interface {
	// State says what the names and counts are of: it differs whenever they may.
	State(ctx context.Context) (string, error)
	// Aliases calls add with every alias. It ends with the first error.
	Aliases(ctx context.Context, add func(Alias) error) error
}

// How often a table is made anew: no sooner than rest after the last, nor before share
// times as long has passed as making it took, so that it never takes more than a
// twentieth of one processor; and only where somebody asked in between.
const (
	rest  = time.Second
	share = 20
)

// Keeper keeps a table that is not much older than what it is made from. Its zero value
// has an empty one.
type Keeper struct {
	table atomic.Pointer[Table]
	asked atomic.Bool
}

// Table is the latest table; an empty one before the first was made.
func (k *Keeper) Table() *Table {
	k.asked.Store(true)
	if t := k.table.Load(); t != nil {
		return t
	}
	return &Table{}
}

// Run makes a table of the source, and anew after its state has changed and somebody
// used the last, until ctx ends; it returns ctx's error. What fails is logged and
// tried again.
func (k *Keeper) Run(ctx context.Context, lg *slog.Logger, from Source) error {
	of := ""
	for first := true; ; first = false {
		wait := rest
		if first || k.asked.Load() {
			state, err := from.State(ctx)
			if err == nil && (first || state != of) {
				start := time.Now()
				if err = k.make(ctx, from); err == nil {
					of = state
				}
				wait = max(wait, share*time.Since(start))
			}
			if ctx.Err() != nil {
				return ctx.Err()
			}
			if err != nil {
				lg.ErrorContext(ctx, "gather the names to suggest", "err", err)
				wait = time.Minute
			}
		}
		t := time.NewTimer(wait)
		select {
		case <-t.C:
		case <-ctx.Done():
			t.Stop()
			return ctx.Err()
		}
	}
}

func (k *Keeper) make(ctx context.Context, from Source) error {
	b := NewBuilder()
	if err := from.Aliases(ctx, b.Add); err != nil {
		return err
	}
	k.asked.Store(false)
	k.table.Store(b.Table())
	return nil
}
