package suggest

import (
	"context"
	"errors"
	"log/slog"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"
)

// names is a source of one name, which changes with its state.
type names struct {
	state atomic.Pointer[string]
	made  atomic.Int32
	fail  atomic.Bool
}

func (n *names) State(context.Context) (string, error) { return *n.state.Load(), nil }

func (n *names) Aliases(_ context.Context, add func(Alias) error) error {
	if n.fail.Load() {
		return errors.New("the disk is on fire")
	}
	n.made.Add(1)
	return add(Alias{"person", "p", *n.state.Load(), 1})
}

func TestKeeper(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var k Keeper
		src := &names{}
		set := func(s string) { src.state.Store(&s) }
		set("ada")
		if got := k.Table().Find("ada", nil, 1); got != nil {
			t.Errorf("before the first table, Find = %v", got)
		}
		ctx, cancel := context.WithCancel(t.Context())
		done := make(chan error)
		go func() { done <- k.Run(ctx, slog.New(slog.DiscardHandler), src) }()
		knows := func(name string) bool { return len(k.Table().Find(name, nil, 1)) > 0 }
		synctest.Wait()
		if !knows("ada") {
			t.Error("the first table is not there")
		}
		set("bram")
		time.Sleep(3 * rest)
		synctest.Wait()
		if !knows("bram") || knows("ada") {
			t.Error("the table was not made anew after its source changed")
		}
		time.Sleep(3 * rest)
		made := src.made.Load()
		set("cora")
		k.asked.Store(false)
		time.Sleep(10 * rest)
		if src.made.Load() != made {
			t.Error("a table was made that nobody asked for")
		}
		src.fail.Store(true)
		k.Table()
		time.Sleep(3 * rest)
		src.fail.Store(false)
		if !knows("bram") {
			t.Error("the table is gone because a newer one could not be made")
		}
		time.Sleep(2 * time.Minute)
		synctest.Wait()
		if !knows("cora") {
			t.Error("it was not tried again")
		}
		cancel()
		if err := <-done; !errors.Is(err, context.Canceled) {
			t.Errorf("Run = %v, want context.Canceled", err)
		}
	})
}
