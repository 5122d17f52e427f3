package ingest

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"sync"
	"time"

	"backfile/internal/family"
	"backfile/internal/news"
)

// Copies is the store that Families keeps the wire families of.
type Copies interface {
	Head(ctx context.Context) (news.Cursor, error)
	Changes(ctx context.Context, after news.Cursor, n int) ([]news.Change, error)
	ArticlesByID(ctx context.Context, ids []news.ArticleID) (map[news.ArticleID]news.Version, error)
	Sketches(ctx context.Context, after string, n int) (out []news.Sketched, next string, err error)
	SketchesOf(ctx context.Context, ids []news.ArticleID) (map[news.ArticleID]news.Sketched, error)
	Unsketched(ctx context.Context, good func(sketch []byte) bool, after news.ArticleID, n int) (out []news.Version, next news.ArticleID, err error)
	KeepSketches(ctx context.Context, made []news.Sketched) (n int, err error)
	Memberships(ctx context.Context, after news.ArticleID, n int) ([]news.Membership, error)
	Regroup(ctx context.Context, ms []news.Membership) (n int, err error)
	// CountArticles is how many articles there are.
	CountArticles(ctx context.Context) (int, error)
}

// Families keeps a store's wire families: it holds the index of all articles'
// sketches in memory, follows the change feed, and has the store note of each
// article which family it came to. It is the one thing that writes that.
type Families struct {
	lg     *slog.Logger
	st     Copies
	pace   *Pace
	notify func()
	wake   chan struct{} // has room for one

	mu       sync.Mutex
	asked    uint64        // how often Settle was called
	answered uint64        // as of which of those calls everything is done
	turned   chan struct{} // closed and replaced when answered grows
	running  bool
	loaded   bool

	// What follows is Run's alone.
	index   *family.Index
	cursor  news.Cursor
	pending map[news.ArticleID]news.ArticleID // leads that the store has not been told
	fill    *fill                             // nil where every article has a sketch
}

// fill is the search for articles without a good sketch.
type fill struct {
	after news.ArticleID
	found int
}

// The sizes of what is read and written at a time.
const (
	familyRows  = 1000
	sketchPage  = 5000
	memberPage  = 5000
	fillPage    = 200
	regroupMost = 2000
)

// NewFamilies returns what keeps the families of st once it runs. notify is called
// when the feed has new rows.
func NewFamilies(lg *slog.Logger, st Copies, pace *Pace, notify func()) *Families {
	return &Families{lg: lg, st: st, pace: pace, notify: notify, wake: make(chan struct{}, 1), turned: make(chan struct{}), running: true}
}

// Notify says that the feed may have new rows.
func (f *Families) Notify() {
	select {
	case f.wake <- struct{}{}:
	default:
	}
}

// Loaded reports whether families are known; until then articles that come in wait
// in the feed, and are in none.
func (f *Families) Loaded() bool {
	f.mu.Lock()
	defer f.mu.Unlock()
	return f.loaded
}

// Settle returns once the store knows the family of every article that the feed
// names now. It returns early where ctx ends, where Run has ended, and where the
// store does not take what it is told, which Run then tries again.
func (f *Families) Settle(ctx context.Context) {
	f.mu.Lock()
	f.asked++
	mine := f.asked
	f.mu.Unlock()
	f.Notify()
	for {
		f.mu.Lock()
		done, turned := f.answered >= mine || !f.running, f.turned
		f.mu.Unlock()
		if done {
			return
		}
		select {
		case <-turned:
		case <-ctx.Done():
			return
		}
	}
}

// answer lets those go on whose call of Settle was the asked-th or an earlier one.
func (f *Families) answer(asked uint64, running bool) {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.answered, f.running = max(f.answered, asked), running
	close(f.turned)
	f.turned = make(chan struct{})
}

// Run loads the families and keeps them until ctx ends, and returns ctx's error. What
// fails is logged and tried again, ever more slowly.
func (f *Families) Run(ctx context.Context) error {
	defer f.answer(0, false)
	f.index = nil // whoever runs it again does so because something broke
	pause := syncPoll
	for {
		f.mu.Lock()
		asked := f.asked
		f.mu.Unlock()
		more, err := f.step(ctx)
		switch {
		case ctx.Err() != nil:
			return ctx.Err()
		case err != nil:
			if errors.Is(err, news.ErrInvalid) {
				f.index = nil // the store is not the one that it was
			}
			f.lg.ErrorContext(ctx, "keep wire families", "err", err, "again_in", pause)
			f.answer(asked, true)
			if err := sleep(ctx, pause, nil); err != nil {
				return err
			}
			pause = min(2*pause, time.Minute)
			continue
		case more:
			continue
		}
		pause = syncPoll
		f.answer(asked, true)
		rest, wake := syncPoll, f.wake
		if f.fill != nil {
			from := time.Now()
			if err := f.fillSome(ctx); err != nil && ctx.Err() == nil {
				f.lg.ErrorContext(ctx, "sketch articles", "err", err, "again_in", time.Minute)
				rest = time.Minute
			} else {
				rest = f.pace.rest(from)
			}
		}
		if err := sleep(ctx, rest, wake); err != nil {
			return err
		}
	}
}

// step loads the families where they are not, else takes the next rows of the feed;
// more says that there may be others behind them.
func (f *Families) step(ctx context.Context) (more bool, err error) {
	if f.index == nil {
		if err := f.load(ctx); err != nil {
			return false, err
		}
		f.mu.Lock()
		f.loaded = true
		f.mu.Unlock()
		return true, nil
	}
	if err := f.flush(ctx); err != nil {
		return false, err
	}
	rows, err := f.st.Changes(ctx, f.cursor, familyRows)
	if err != nil || len(rows) == 0 {
		return false, err
	}
	if ids := changedArticles(rows); len(ids) > 0 {
		if err := f.take(ctx, ids); err != nil {
			return false, err
		}
	}
	f.cursor = rows[len(rows)-1].Cursor
	return true, f.flush(ctx)
}

// take brings the index up to what the store now has of the articles.
func (f *Families) take(ctx context.Context, ids []news.ArticleID) error {
	known, err := f.st.SketchesOf(ctx, ids)
	if err != nil {
		return err
	}
	var entries []family.Entry
	var lacking []news.ArticleID
	for _, id := range ids {
		k, ok := known[id]
		if !ok {
			f.note(f.index.Remove(id))
			f.pending[id] = "" // it may be there, and not be shown
			continue
		}
		if e, ok := entryOf(k); ok {
			entries = append(entries, e)
		} else {
			lacking = append(lacking, id)
		}
	}
	if len(lacking) > 0 {
		vs, err := f.st.ArticlesByID(ctx, lacking)
		if err != nil {
			return err
		}
		var texts []news.Version
		for _, v := range vs {
			texts = append(texts, v)
		}
		made, err := f.sketch(ctx, texts)
		if err != nil {
			return err
		}
		entries = append(entries, made...)
	}
	f.note(f.index.Add(entries...))
	return nil
}

// note keeps the leads that changes make for flush. The lead's own is among them: it
// led nothing before if the family is new.
func (f *Families) note(changes []family.Change) {
	if f.pending == nil {
		f.pending = map[news.ArticleID]news.ArticleID{}
	}
	for _, c := range changes {
		lead := c.Family.Lead
		if len(c.Family.Members) == 1 {
			lead = ""
		}
		f.pending[c.Family.Lead] = lead
		for _, id := range c.Moved {
			f.pending[id] = lead
		}
	}
}

// flush tells the store the leads that it has not been told.
func (f *Families) flush(ctx context.Context) error {
	for len(f.pending) > 0 {
		ms := make([]news.Membership, 0, min(len(f.pending), regroupMost))
		for id, lead := range f.pending {
			if ms = append(ms, news.Membership{Article: id, Lead: lead}); len(ms) == regroupMost {
				break
			}
		}
		n, err := f.st.Regroup(ctx, ms)
		if err != nil {
			return err
		}
		for _, m := range ms {
			delete(f.pending, m.Article)
		}
		if n > 0 {
			f.notify()
		}
	}
	return nil
}

// load makes the index of the sketches in the store, and notes where the families
// are others than the store was told: the last run may have ended between the one
// and the other, or without any of this.
func (f *Families) load(ctx context.Context) error {
	start := time.Now()
	cursor, err := f.st.Head(ctx)
	if err != nil {
		return err
	}
	// Before the sketches are read: what comes in meanwhile has its sketch by itself.
	total, err := f.st.CountArticles(ctx)
	if err != nil {
		return err
	}
	var broke error
	x, err := family.Load(ctx, func(yield func(family.Entry) bool) {
		for after, more := "", true; more; {
			page, next, err := f.st.Sketches(ctx, after, sketchPage)
			if err != nil {
				broke = err
				return
			}
			for _, k := range page {
				if e, ok := entryOf(k); ok && !yield(e) {
					return
				}
			}
			after, more = next, next != ""
		}
	})
	if err := errors.Join(err, broke); err != nil {
		return fmt.Errorf("load families: %w", err)
	}
	f.pending = map[news.ArticleID]news.ArticleID{}
	if err := f.compare(ctx, x); err != nil {
		return err
	}
	f.index, f.cursor, f.fill = x, cursor, nil
	if x.Len() < total {
		f.fill = &fill{}
	}
	f.lg.DebugContext(ctx, "loaded wire families", "articles", x.Len(), "of", total, "took", time.Since(start).Round(time.Millisecond))
	return nil
}

// compare notes where the store's families are not those of x.
func (f *Families) compare(ctx context.Context, x *family.Index) error {
	stored := map[news.ArticleID]news.ArticleID{}
	for after := news.ArticleID(""); ; {
		page, err := f.st.Memberships(ctx, after, memberPage)
		if err != nil {
			return err
		}
		if len(page) == 0 {
			break
		}
		for _, m := range page {
			stored[m.Article] = m.Lead
		}
		after = page[len(page)-1].Article
	}
	for fam := range x.Families() {
		for _, m := range fam.Members {
			if lead, ok := stored[m.ID]; !ok || lead != fam.Lead {
				f.pending[m.ID] = fam.Lead
			}
			delete(stored, m.ID)
		}
	}
	for id := range stored {
		f.pending[id] = ""
	}
	return nil
}
