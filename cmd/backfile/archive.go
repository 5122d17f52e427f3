package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"iter"
	"log/slog"
	"os"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"time"

	"backfile/index"
	"backfile/internal/entity"
	"backfile/internal/fetch"
	"backfile/internal/ingest"
	"backfile/internal/ingest/wire"
	"backfile/internal/news"
	"backfile/store"
	"backfile/web"
)

// archive is an open archive: its store, its index, the loop that keeps the one
// up with the other, and the reader of what comes in. It is the web's Intake,
// Lookup and Upkeep.
type archive struct {
	*store.Store
	dir   string
	index *indexer
	read  *ingest.Reader
	homes *homes
	floor *floor
	// fetch asks other people's servers, for every part of the program.
	fetch *fetch.Client
	feeds reading
	nest  nest
	pace  ingest.Pace
	relax relaxed
	alike alike
	// names are found as they are typed; past is nil where no history is kept.
	names *names
	past  *pastSearches
	// running are the ids of runs that go on.
	running sync.Map
	stop    context.CancelFunc
	wg      sync.WaitGroup
}

// openArchive opens the archive of which st is the store, and starts following
// it. The archive owns st from then on.
func openArchive(ctx context.Context, p place, st *store.Store, lg *slog.Logger) (*archive, error) {
	out, err := p.ask.client()
	if err != nil {
		_ = st.Close()
		return nil, err
	}
	x, err := openIndexer(p.dir, st, lg)
	if err != nil {
		_ = st.Close()
		return nil, err
	}
	at := &homes{}
	a := &archive{Store: st, dir: p.dir, index: x, read: newReader(&at.Homes), homes: at, floor: &floor{dir: p.dir, min: p.minFree}, fetch: out}
	a.feeds = newReading(a, out, lg)
	a.names = &names{st: st, x: x}
	if p.history {
		a.past = newPastSearches(st)
	}
	ctx, a.stop = context.WithCancel(context.WithoutCancel(ctx))
	// What is followed ends with its context, and logs what goes wrong before.
	follow := func(what string, fn func()) {
		a.wg.Go(func() { steady(ctx, lg, what, fn) })
	}
	breathe := a.breath(ctx)
	if p.families {
		x.families = ingest.NewFamilies(lg, copies{st}, &a.pace, x.wakeUp)
		follow("families", func() {
			breathe()
			_ = x.families.Run(ctx)
		})
	}
	follow("memory", func() { a.relax.run(ctx, st) })
	follow("index", func() { _ = ingest.Sync(ctx, lg, settled{st, x.families}, x, x.wake) })
	follow("times", func() { keepTime(ctx, lg, st, x.notify) })
	a.wg.Go(func() {
		breathe()
		panicked(ctx, lg, "comparing store and index", func() { a.doubt(ctx, lg) })
	})
	if p.reunderstand {
		follow("understanding", func() {
			breathe()
			at.learn(ctx, st)
			_, err := ingest.Reunderstand(ctx, lg, st, entity.NewAtHome(&at.Homes), &a.pace, x.notify)
			if err != nil && ctx.Err() == nil {
				lg.ErrorContext(ctx, "understand articles anew", "err", err)
			}
		})
		follow("people", func() {
			breathe()
			_ = ingest.People(ctx, lg, st, x, &a.pace)
		})
	}
	if p.stories {
		follow("stories", func() {
			a.whenFamiliesAre(ctx)
			_ = ingest.NewStories(lg, copies{st}, &a.pace).Run(ctx)
		})
	}
	if p.suggest {
		follow("names", func() {
			breathe()
			_ = a.names.Run(ctx, lg, a.names)
		})
	}
	if p.authors {
		follow("authors", func() {
			a.whenFamiliesAre(ctx)
			_ = ingest.Authors(ctx, lg, st, &a.pace)
		})
	}
	if a.past != nil {
		follow("history", func() { _ = a.past.Run(ctx, lg) })
	}
	if p.feeds {
		follow("feeds", func() { a.feeds.Run(ctx) })
	}
	return a, nil
}

// breathing is how long the first readers of a large archive have the processors for themselves.
const breathing = 2 * time.Second

// breath returns what waits until what is gathered behind the scenes may begin, or ctx ends: in a large
// archive that is served, each part of it takes seconds.
func (a *archive) breath(ctx context.Context) func() {
	if n, err := a.index.Count(ctx); !readers.Load() || err != nil || n <= mostCompared {
		return func() {}
	}
	over := time.Now().Add(breathing)
	return func() {
		select {
		case <-ctx.Done():
		case <-time.After(time.Until(over)):
		}
	}
}

// whenFamiliesAre waits until the wire families are loaded, or ctx ends. What nobody waits for
// begins behind it: all at once would keep the first readers from the processors.
func (a *archive) whenFamiliesAre(ctx context.Context) {
	const look = 50 * time.Millisecond
	for a.index.families != nil && !a.index.families.Loaded() {
		select {
		case <-ctx.Done():
			return
		case <-time.After(look):
		}
	}
}

// newReader returns the reader that every command reads with; h is what is known of
// outlets, or nil.
func newReader(h *entity.Homes) *ingest.Reader {
	return ingest.NewReader(ingest.Options{Recogniser: entity.NewAtHome(h), Complete: entity.Complete})
}

// Close ends the loop and closes index and store.
func (a *archive) Close() error {
	a.stop()
	a.wg.Wait()
	a.fetch.Close()
	return errors.Join(a.index.Close(), a.Store.Close())
}

// Put stores articles unless the disk is nearly full, and has them indexed.
func (a *archive) Put(ctx context.Context, ws []news.Write) ([]news.Outcome, error) {
	if err := a.floor.check(ctx); err != nil {
		return nil, err
	}
	out, err := a.Store.Put(ctx, ws)
	if err == nil {
		a.homes.note(ws, out)
		a.index.notify()
		a.relax.note()
	}
	return out, err
}

// Take takes in what a request carries.
func (a *archive) Take(ctx context.Context, inputs iter.Seq[web.Input], o web.IntakeOptions, report func(web.Taken)) error {
	return a.take(ctx, fetchedAll(ctx, a.fetch, func(yield func(ingest.Input) bool) {
		for in := range inputs {
			open := func() (io.ReadCloser, error) {
				if in.Err != nil {
					return nil, in.Err
				}
				return io.NopCloser(in.Body), nil
			}
			if !yield(ingest.Input{Source: in.Source, Type: in.Type, URL: in.URL, Fetch: in.Fetch, Open: open, Resume: resumeOf(in)}) {
				return
			}
		}
	}), o, report)
}

func (a *archive) take(ctx context.Context, inputs iter.Seq[ingest.Input], o web.IntakeOptions, report func(web.Taken)) error {
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	format, ok := ingest.KnownFormat(o.Format)
	if !ok {
		return fmt.Errorf("format %q is not known: %w", o.Format, news.ErrInvalid)
	}
	columns, err := wire.ParseColumns(o.Columns)
	if err != nil {
		return fmt.Errorf("columns: %w", err)
	}
	// It is done once: whoever waits for it may go, and it is still done.
	a.homes.learn(context.WithoutCancel(ctx), a.Store)
	defer a.homes.settle()
	items := a.read.With(o.Outlet, o.OutletOverride, o.Reunderstand).WithFormat(format, columns).Read(ctx, inputs)
	if o.One {
		items = ingest.One(items)
	}
	run, end := a.begin(o)
	var refused atomic.Int64
	defer func() { end(int(refused.Load())) }()
	return ingest.Take(ctx, ingest.InRun(items, run, &refused), a, func(t ingest.Taken) {
		report(web.Taken{Outcome: t.Outcome, Source: t.Source, Headline: t.Headline, List: t.List, Restored: t.Restored, Skipped: t.Skipped})
	})
}

// LookupURL finds the article once published at url, which may be typed without
// its scheme.
func (a *archive) LookupURL(ctx context.Context, url string) (news.ArticleID, error) {
	if !strings.Contains(url, "://") {
		url = "https://" + strings.TrimSpace(url)
	}
	for _, k := range ingest.KeysOfURL(url) {
		if id, err := a.Lookup(ctx, k); !errors.Is(err, news.ErrNotFound) {
			return id, err
		}
	}
	return "", fmt.Errorf("address %q: %w", url, news.ErrNotFound)
}

// Remove takes an article out and has the index forget it.
func (a *archive) Remove(ctx context.Context, id news.ArticleID, reason string, erase bool) error {
	err := a.Store.Remove(ctx, id, reason, erase)
	if err == nil {
		a.index.notify()
	}
	return err
}

// Correct keeps corrections, as people type them, and has the index learn of the
// articles that they change.
func (a *archive) Correct(ctx context.Context, events []news.Event) ([]news.Event, error) {
	events = slices.Clone(events)
	for i := range events {
		e := &events[i]
		if e.Type != news.EventFixed {
			continue
		}
		var f news.Fix
		if err := json.Unmarshal(e.Data, &f); err != nil {
			return nil, fmt.Errorf("this is no correction: %w", news.ErrInvalid)
		}
		f, err := ingest.ReadTyped(f)
		if err == nil {
			e.Data, err = json.Marshal(f)
		}
		if err != nil {
			return nil, err
		}
	}
	done, err := a.Store.Correct(ctx, events)
	if err == nil {
		a.index.notify()
	}
	return done, err
}

// Reindex has the index made anew.
func (a *archive) Reindex(context.Context) error {
	a.index.Reindex()
	return nil
}

// Export writes the archive as JSON Lines.
func (a *archive) Export(ctx context.Context, w io.Writer) error { return ingest.Export(ctx, a, w) }

// ExportOriginals writes the originals as WARC.
func (a *archive) ExportOriginals(ctx context.Context, w io.Writer) error {
	return ingest.ExportOriginals(ctx, a, w, time.Now())
}

// server returns the web over the archive.
func (a *archive) server(c web.Config) *web.Server {
	c.Articles, c.Versions, c.Entities, c.Names, c.Lists = a, a, a, a, a
	c.Lookup, c.Intake, c.Upkeep, c.Corrections, c.Ledger, c.Desk = a, a, a, a, a, a
	c.Search, c.Stream, c.State = a.index, a.index, a.index
	c.Saved, c.Alerts, c.Receipts = a, a, a
	c.Changes = a
	c.Annotations, c.Marks = a, a
	c.Feeds, c.Runs, c.Misses = a.feeds, a, a
	c.Families, c.Authors, c.Stories = a, a, a
	c.Progress = a
	c.Suggest, c.Vocabulary = a.names, a.index
	if a.past != nil {
		c.Past = a.past
	}
	c.Stem = index.Stem
	return web.New(c)
}

// Indexed is the feed's row up to which searches know the articles.
func (a *archive) Indexed(context.Context) (news.Cursor, error) { return *a.index.done.Load(), nil }

// makeDir makes the data directory, for its owner only.
func makeDir(dir string) error {
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return fmt.Errorf("make data directory: %w", err)
	}
	return nil
}
