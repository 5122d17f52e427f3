package main

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"path/filepath"
	"sync/atomic"
	"time"

	"backfile/index"
	"backfile/internal/ingest"
	"backfile/internal/news"
	"backfile/internal/search"
	"backfile/store"
)

// indexer is the index with what makes it follow the store: the web's Searcher
// and State, and the feed's Sink.
type indexer struct {
	*index.Index
	st   *store.Store
	wake chan struct{} // has room for one
	// hurry cuts a Gather short, for somebody waits; it has room for one.
	hurry chan struct{}
	anew  atomic.Bool // a rebuild was asked for and has not begun
	// merged is what Search made of the corrections last.
	merged atomic.Pointer[mergedOf]
	// done is the cursor of the last Apply that has returned. The index knows it
	// a moment earlier, when it is not yet on disk and searches may still be
	// answered from before.
	done atomic.Pointer[news.Cursor]
	// families keeps the wire families; nil where this process does not.
	families *ingest.Families
}

func openIndexer(dir string, st *store.Store, lg *slog.Logger) (*indexer, error) {
	dir = filepath.Join(dir, "index")
	idx, err := index.Open(dir, st.ID(), index.Options{Article: readsFrom(st)})
	if err == nil {
		idx, err = trusted(idx, dir, st)
	}
	if err != nil {
		return nil, fmt.Errorf("open index %s: %w", dir, err)
	}
	if idx.Fresh() {
		lg.Info("the index is made anew", "because", idx.Why())
	}
	x := &indexer{Index: idx, st: st, wake: make(chan struct{}, 1), hurry: make(chan struct{}, 1)}
	c, err := idx.Cursor()
	if err != nil {
		return nil, errors.Join(fmt.Errorf("open index %s: %w", dir, err), idx.Close())
	}
	x.done.Store(&c)
	return x, nil
}

// mostCompared is the number of articles up to which an index that has all of the feed
// is compared with the store before anybody may ask it; doubt does it later where there
// are more.
const mostCompared = 250_000

// trusted is idx, or a new one in its place where it has all of the feed and yet not
// the versions of the store: Bleve keeps which documents are deleted in a file without
// checksums.
func trusted(idx *index.Index, dir string, st *store.Store) (*index.Index, error) {
	ctx := context.Background()
	at, err := idx.Cursor()
	if err != nil || at == "" || idx.Rebuilding() {
		return idx, nil
	}
	behind, err := st.Behind(ctx, at)
	if err != nil || behind > 0 {
		return idx, nil
	}
	if n, err := st.Stats(ctx); err != nil || n.Articles > mostCompared {
		return idx, nil
	}
	found, err := compare(ctx, idx, st)
	if err != nil || len(found) == 0 {
		return idx, nil // what of the store cannot be read is for those who ask for it
	}
	idx.Suspect(found[0])
	if err := idx.Close(); err != nil {
		return nil, err
	}
	return index.Open(dir, st.ID(), index.Options{Article: readsFrom(st)})
}

// notify tells the loops that the store has new rows.
func (x *indexer) notify() {
	x.wakeUp()
	if x.families != nil {
		x.families.Notify()
	}
}

// wakeUp tells the index's loop alone.
func (x *indexer) wakeUp() {
	select {
	case x.wake <- struct{}{}:
	default:
	}
}

// Cursor is the feed's row that the index has come to. Its error wraps
// news.ErrInvalid where a new index is wanted: one was asked for, or what
// there is was found broken.
func (x *indexer) Cursor() (news.Cursor, error) {
	if x.anew.Load() {
		return "", fmt.Errorf("a new index was asked for: %w", news.ErrInvalid)
	}
	if why := x.Damaged(); why != "" && !x.Index.Rebuilding() {
		return "", fmt.Errorf("the index is broken (%s): %w", why, news.ErrInvalid)
	}
	return x.Index.Cursor()
}

// Apply indexes updates.
func (x *indexer) Apply(ctx context.Context, us []ingest.Update, c news.Cursor) error {
	out := make([]index.Update, len(us))
	for i, u := range us {
		out[i] = index.Update{ID: u.ID, Versions: u.Versions, Edits: u.Edits}
	}
	if err := x.Index.Apply(ctx, out, c); err != nil {
		return err
	}
	x.done.Store(&c)
	return nil
}

// While articles come in by the hundred, rows are left to gather for a moment: an index is
// made of fewer, larger pieces then, which costs much less. A few are found at once where
// the archive is small. In a large one each Apply costs what was counted for readers, which
// is counted anew in time that grows with the archive: they are found within a second.
const (
	busyRows      = 100
	gatherBusy    = 300 * time.Millisecond
	gatherArticle = time.Microsecond // for each that the archive has
	gatherMost    = time.Second
)

// Gather waits until there may be more rows, or somebody waits for those there are.
func (x *indexer) Gather(ctx context.Context, rows int) {
	var d time.Duration
	if n, err := x.st.Stats(ctx); err == nil {
		d = min(gatherMost, time.Duration(n.Articles)*gatherArticle)
	}
	if rows >= busyRows {
		d = max(d, gatherBusy)
	}
	select {
	case <-time.After(d):
	case <-x.hurry:
	case <-ctx.Done():
	}
}

// Reset begins a new index. The present one answers searches until it is whole.
func (x *indexer) Reset(ctx context.Context) error {
	if err := x.Index.Reset(ctx); err != nil {
		return err
	}
	x.done.Store(new(news.Cursor))
	x.anew.Store(false)
	return nil
}

// Reindex has the index made anew by the loop that follows the feed.
func (x *indexer) Reindex() {
	x.anew.Store(true)
	x.notify()
}

// Search answers with what the archive's corrections say of people, places and
// organisations.
func (x *indexer) Search(ctx context.Context, q search.Request) (search.Result, error) {
	q.Merged = x.mergedNow()
	return x.Index.Search(ctx, q)
}

// Stream gives all that a search finds, likewise.
func (x *indexer) Stream(ctx context.Context, q search.Request, each func(search.Hit) error) (search.Result, error) {
	q.Merged = x.mergedNow()
	return x.Index.Stream(ctx, q, each)
}

func (x *indexer) mergedNow() *search.Merged {
	c := x.st.Corrections()
	m := x.merged.Load()
	if m == nil || m.of != c {
		m = &mergedOf{of: c, is: search.NewMerged(c.Merged())}
		x.merged.Store(m)
	}
	return m.is
}

// mergedOf keeps what is made of corrections while they stay the same.
type mergedOf struct {
	of *news.Corrections
	is *search.Merged
}

// Rebuilding reports whether searches may find only part of the archive, or its
// state of a while ago, until the index is whole.
func (x *indexer) Rebuilding() bool { return x.anew.Load() || x.Index.Rebuilding() }

// Behind is the number of rows that the index has not taken.
func (x *indexer) Behind(ctx context.Context) (int, error) {
	n, err := x.st.Behind(ctx, *x.done.Load())
	if err != nil { // not this store's: it is about to be made anew
		return x.st.Behind(ctx, "")
	}
	return n, nil
}

// WaitIndexed returns once searches find everything up to the row that is the
// feed's last now, each article with its family.
func (x *indexer) WaitIndexed(ctx context.Context) error {
	if x.families != nil {
		x.families.Settle(ctx)
	}
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
		case x.hurry <- struct{}{}:
		default:
		}
		select {
		case <-tick.C:
		case <-ctx.Done():
			return ctx.Err()
		}
	}
}

// passed reports whether the index that answers has come to the row at target.
func (x *indexer) passed(ctx context.Context, target news.Cursor) (bool, error) {
	if x.Rebuilding() {
		return false, nil
	}
	have, err := x.st.Behind(ctx, *x.done.Load())
	if err != nil {
		return false, nil // about to be made anew
	}
	want, err := x.st.Behind(ctx, target)
	return have <= want, err
}

// readsFrom reads articles for the index.
func readsFrom(st *store.Store) func(context.Context, news.ArticleID, int) (*news.Article, error) {
	return func(ctx context.Context, id news.ArticleID, version int) (*news.Article, error) {
		v, err := st.Version(ctx, id, version)
		return &v.Article, err
	}
}
