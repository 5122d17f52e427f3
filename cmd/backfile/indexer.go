package main

import (
	"context"
	"fmt"
	"log/slog"
	"os"
	"path/filepath"
	"sync"
	"sync/atomic"
	"time"

	"backfile/index"
	"backfile/internal/ingest"
	"backfile/internal/news"
	"backfile/internal/search"
	"backfile/store"
)

// indexer is the index with what makes it follow the store: the web's Searcher
// and State, and the feed's Sink. The index in it can be made anew while
// searches go on.
type indexer struct {
	dir  string
	st   *store.Store
	lg   *slog.Logger
	wake chan struct{} // has room for one

	mu  sync.RWMutex // held for writing only to exchange idx
	idx *index.Index

	anew atomic.Bool // a rebuild was asked for
	// target is the row up to which a rebuilt index is only part of the
	// archive; nil when it is whole.
	target atomic.Pointer[news.Cursor]
}

func openIndexer(ctx context.Context, dir string, st *store.Store, lg *slog.Logger) (*indexer, error) {
	x := &indexer{dir: filepath.Join(dir, "index"), st: st, lg: lg, wake: make(chan struct{}, 1)}
	var err error
	if x.idx, err = index.Open(x.dir, st.ID(), index.Options{}); err != nil {
		return nil, fmt.Errorf("open index %s: %w", x.dir, err)
	}
	if x.idx.Fresh() {
		if err := x.aim(ctx); err != nil {
			return nil, err
		}
	}
	return x, nil
}

// aim notes how far the index must come to be whole again.
func (x *indexer) aim(ctx context.Context) error {
	head, err := x.st.Head(ctx)
	if err != nil {
		return err
	}
	x.target.Store(&head)
	return nil
}

func (x *indexer) Close() error {
	x.mu.Lock()
	defer x.mu.Unlock()
	return x.idx.Close()
}

// notify tells the loop that the store has new rows.
func (x *indexer) notify() {
	select {
	case x.wake <- struct{}{}:
	default:
	}
}

// Search answers a search from what is indexed.
func (x *indexer) Search(ctx context.Context, q search.Request) (search.Result, error) {
	x.mu.RLock()
	defer x.mu.RUnlock()
	return x.idx.Search(ctx, q)
}

// Cursor is the feed's row that the index has come to.
func (x *indexer) Cursor() (news.Cursor, error) {
	if x.anew.Load() {
		return "", fmt.Errorf("a new index was asked for: %w", news.ErrInvalid)
	}
	return x.cursor()
}

func (x *indexer) cursor() (news.Cursor, error) {
	x.mu.RLock()
	defer x.mu.RUnlock()
	return x.idx.Cursor()
}

// Apply indexes updates.
func (x *indexer) Apply(ctx context.Context, us []ingest.Update, c news.Cursor) error {
	out := make([]index.Update, len(us))
	for i, u := range us {
		out[i] = index.Update{ID: u.ID, Versions: u.Versions}
	}
	x.mu.RLock()
	defer x.mu.RUnlock()
	return x.idx.Apply(ctx, out, c)
}

// Reset puts an empty index in the place of the present one.
func (x *indexer) Reset(ctx context.Context) error {
	if err := x.aim(ctx); err != nil {
		return err
	}
	x.mu.Lock()
	defer x.mu.Unlock()
	if err := x.idx.Close(); err != nil {
		x.lg.WarnContext(ctx, "close index", "err", err)
	}
	if err := os.RemoveAll(x.dir); err != nil {
		return fmt.Errorf("remove index: %w", err)
	}
	idx, err := index.Open(x.dir, x.st.ID(), index.Options{})
	if err != nil {
		return fmt.Errorf("open index %s: %w", x.dir, err)
	}
	x.idx = idx
	x.anew.Store(false)
	return nil
}

// Reindex has the index made anew by the loop that follows the feed.
func (x *indexer) Reindex(ctx context.Context) error {
	if err := x.aim(ctx); err != nil {
		return err
	}
	x.anew.Store(true)
	x.notify()
	return nil
}

// Behind is the number of rows that the index has not taken.
func (x *indexer) Behind(ctx context.Context) (int, error) {
	c, err := x.cursor()
	if err != nil {
		return 0, err
	}
	n, err := x.st.Behind(ctx, c)
	if err != nil { // not this store's: it is about to be reset
		return x.st.Behind(ctx, "")
	}
	return n, nil
}

// Rebuilding reports whether the index holds only part of what it held.
func (x *indexer) Rebuilding() bool {
	target := x.target.Load()
	if target == nil {
		return false
	}
	ok, err := x.passed(context.Background(), *target)
	if ok && err == nil {
		x.target.CompareAndSwap(target, nil)
		return false
	}
	return true
}

// passed reports whether the index has come to the row at target.
func (x *indexer) passed(ctx context.Context, target news.Cursor) (bool, error) {
	if x.anew.Load() {
		return false, nil
	}
	c, err := x.cursor()
	if err != nil {
		return false, err
	}
	have, err := x.st.Behind(ctx, c)
	if err != nil {
		return false, nil
	}
	want, err := x.st.Behind(ctx, target)
	return have <= want, err
}

// WaitIndexed returns once the index has come to the row that is the feed's last
// now.
func (x *indexer) WaitIndexed(ctx context.Context) error {
	target, err := x.st.Head(ctx)
	if err != nil {
		return err
	}
	x.notify()
	tick := time.NewTicker(10 * time.Millisecond)
	defer tick.Stop()
	for {
		switch ok, err := x.passed(ctx, target); {
		case err != nil:
			return err
		case ok:
			return nil
		}
		select {
		case <-tick.C:
		case <-ctx.Done():
			return ctx.Err()
		}
	}
}
