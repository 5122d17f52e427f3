package index

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"sync"
	"sync/atomic"
	"time"

	"backfile/internal/news"
)

var errClosed = errors.New("the index is closed")

// Options change how an index is opened. The zero Options are good.
type Options struct {
	// Searches is the most that run at one time; 0 is four for each processor.
	Searches int
	// NoCache has each search computed, as if nobody had asked anything before: for
	// measuring.
	NoCache bool
	// Now is time.Now where it is nil.
	Now func() time.Time
	// Article reads a version of an article from the store, for what only its own text
	// decides (search.Verbatim). Where it is nil, such text is searched as a phrase. Its error
	// wraps news.ErrNotFound where there is none.
	Article func(ctx context.Context, id news.ArticleID, version int) (*news.Article, error)
}

// Index is an open index. All its methods are safe for concurrent use; Apply and
// Reset wait for each other.
type Index struct {
	dir     string
	storeID string
	clock   func() time.Time
	article func(context.Context, news.ArticleID, int) (*news.Article, error)
	why     string // why what was there was moved aside; "" if it was not

	writing sync.Mutex // one Apply or Reset at a time

	mu     sync.RWMutex // held for reading while engines are used, for writing while they change
	closed bool
	now    *engine // answers searches
	next   *engine // is being filled beside it; nil where nothing is rebuilt

	generation atomic.Uint64 // counts what changes results
	results    cache
	noCache    bool
	slots      chan struct{}
	filling    atomic.Bool  // opened empty, and not yet told that it has caught up
	applied    atomic.Int64 // when next last grew, in Unix nanoseconds; 0 for never
	damage     atomic.Pointer[string]
}

// Open opens the index in dir, which is made where it does not exist, for the
// store of that id. An index that is lost, damaged, of another store, or of
// another format or version of Bleve is moved aside (to one directory beside
// dir, whose former content goes) and an empty one takes its place: Fresh is then
// true, and the change feed fills it from the beginning. The error wraps
// news.ErrLocked where another process has the index.
func Open(dir, storeID string, o Options) (*Index, error) {
	x := &Index{dir: dir, storeID: storeID, clock: o.Now, noCache: o.NoCache}
	if x.clock == nil {
		x.clock = time.Now
	}
	if o.Searches <= 0 {
		o.Searches = 4 * runtime.GOMAXPROCS(0)
	}
	x.article = o.Article
	x.slots = make(chan struct{}, o.Searches)
	e, err := x.open()
	if errors.Is(err, news.ErrLocked) {
		return nil, err
	}
	if err != nil {
		x.why = err.Error()
		if err := x.moveAside(); err != nil {
			return nil, fmt.Errorf("open index %s: %w", dir, err)
		}
		if e, err = x.create(firstGeneration); err != nil {
			return nil, err
		}
		if err := x.writeMeta(firstGeneration); err != nil {
			return nil, errors.Join(err, e.close())
		}
	}
	c, err := e.internal(internalCursor)
	if err != nil {
		return nil, errors.Join(err, e.close())
	}
	// Bleve goes back to an older state of itself where a file of the latest is
	// gone. That is sound, since its cursor is of that state too, and it may be
	// the very first state.
	x.filling.Store(len(c) == 0)
	x.now = e
	return x, nil
}

// Close ends the use of the index. It waits for searches that are running;
// later ones get an error.
func (x *Index) Close() error {
	x.writing.Lock()
	defer x.writing.Unlock()
	x.mu.Lock()
	defer x.mu.Unlock()
	if x.closed {
		return nil
	}
	x.closed = true
	err := x.now.close()
	if x.next != nil {
		err = errors.Join(err, x.next.close())
	}
	return err
}

// Fresh reports whether the index was opened at the beginning of the feed and has
// not caught up since: searches find only part of the archive.
func (x *Index) Fresh() bool { return x.filling.Load() }

// Why says why Open moved aside what it found; "" where it did not.
func (x *Index) Why() string { return x.why }

// Rebuilding reports whether the index is being filled from the beginning, in
// place (see Fresh) or beside the one that answers (see Reset).
func (x *Index) Rebuilding() bool {
	x.mu.RLock()
	defer x.mu.RUnlock()
	return x.filling.Load() || x.next != nil
}

// Damaged says what a search or Bleve itself found broken, "" for nothing. The
// next Open moves a damaged index aside; Reset repairs it at once.
func (x *Index) Damaged() string {
	if s := x.damage.Load(); s != nil {
		return *s
	}
	x.mu.RLock()
	defer x.mu.RUnlock()
	if !x.closed {
		if err := x.now.dead.Load(); err != nil {
			return (*err).Error()
		}
	}
	return ""
}

// Suspect takes the index for damaged for a reason that its own files do not show: see
// Damaged.
func (x *Index) Suspect(why string) { x.suspect(why) }

// suspect notes that the index is broken, also for the next Open.
func (x *Index) suspect(what string) {
	if x.damage.CompareAndSwap(nil, &what) {
		// If the note cannot be written, the next search finds the damage again.
		_ = os.WriteFile(filepath.Join(x.dir, suspectFile), []byte(what), 0o600)
	}
}

// Cursor is the place in the change feed up to which the index has taken the
// store's changes; "" before the first.
func (x *Index) Cursor() (news.Cursor, error) {
	x.mu.RLock()
	defer x.mu.RUnlock()
	if x.closed {
		return "", errClosed
	}
	c, err := x.writer().internal(internalCursor)
	return news.Cursor(c), err
}

// writer is the engine that Apply fills.
func (x *Index) writer() *engine {
	if x.next != nil {
		return x.next
	}
	return x.now
}

// hold is the index at this moment, which is not closed before release is called.
func (x *Index) hold() (v *view, release func(), err error) {
	x.mu.RLock()
	defer func() {
		if release == nil {
			x.mu.RUnlock()
		}
	}()
	if x.closed {
		return nil, nil, errClosed
	}
	if v, err = x.now.acquire(); err != nil {
		return nil, nil, err
	}
	return v, func() {
		v.release()
		x.mu.RUnlock()
	}, nil
}

// Count is the number of articles that can be found.
func (x *Index) Count(ctx context.Context) (int, error) {
	v, release, err := x.hold()
	if err != nil {
		return 0, err
	}
	defer release()
	return v.found, ctx.Err()
}
