package ingest

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"iter"
	"runtime/debug"
	"strings"
	"sync/atomic"
	"time"

	"backfile/internal/news"
)

// Putter stores articles: all of one call in one transaction.
type Putter interface {
	Put(ctx context.Context, ws []news.Write) ([]news.Outcome, error)
}

// Restorer takes back what an export holds beside articles. RestoreTombstone,
// RestoreEvent, RestoreSubscription, RestoreLedger, RestoreNotice, RestoreSearch, RestoreAlert,
// RestoreReceipt, RestoreAnnotation and RestoreMark report false where they changed nothing.
type Restorer interface {
	RestoreTombstone(ctx context.Context, g news.Gone) (restored bool, err error)
	RestoreEvent(ctx context.Context, e news.Event) (restored bool, err error)
	RestoreSubscription(ctx context.Context, sub news.Subscription) (restored bool, err error)
	RestoreLedger(ctx context.Context, l news.Ledger) (restored bool, err error)
	RestoreNotice(ctx context.Context, n news.Notice) (restored bool, err error)
	RestoreSearch(ctx context.Context, q news.SavedSearch) (restored bool, err error)
	RestoreAlert(ctx context.Context, k news.KeptAlert) (restored bool, err error)
	RestoreReceipt(ctx context.Context, r news.Receipt, list news.ReceiptList) (restored bool, err error)
	RestoreAnnotation(ctx context.Context, a news.Annotation) (restored bool, err error)
	RestoreMark(ctx context.Context, m news.Mark) (restored bool, err error)
	RestoreList(ctx context.Context, l news.List) error
	Lists(ctx context.Context, owner string) ([]news.List, error)
	CreateList(ctx context.Context, owner, name string) (news.List, error)
	Bookmark(ctx context.Context, list news.ListID, b news.Bookmark) error
}

// Archive is what Take writes to.
type Archive interface {
	Putter
	Restorer
}

// Taken is what became of one Item.
type Taken struct {
	news.Outcome
	Source string
	// Headline is the article's, "" of what is none.
	Headline string
	// List is the name of a list that was taken back, Restored the type of
	// another line that was, Skipped of one that changed nothing, or what was passed
	// over; Result is then "".
	List     string
	Restored string
	Skipped  string
}

// A batch is stored when it has so many articles, so many bytes, or has waited
// so long for more.
const (
	batchWrites = 200
	batchBytes  = 8 << 20
	batchWait   = 100 * time.Millisecond
)

// batchAhead is how many items may wait while a batch is stored: pages of a crawl have
// some megabytes at times.
const batchAhead = 64

// Take stores items in batches and reports each, in order, once it is durable.
// Its error is what stopped it; what was reported before is kept.
func Take(ctx context.Context, items iter.Seq[Item], a Archive, report func(Taken)) error {
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	ch := make(chan Item, batchAhead)
	var broke error // known when ch is closed
	go func() {
		defer close(ch)
		defer func() {
			if p := recover(); p != nil {
				broke = fmt.Errorf("read what comes in: panic: %v\n%s", p, debug.Stack())
			}
		}()
		for it := range items {
			select {
			case ch <- it:
			case <-ctx.Done():
				return
			}
		}
	}()
	b := batch{a: a, report: report}
	wait := time.NewTimer(batchWait)
	defer wait.Stop()
	for {
		var err error
		select {
		case it, ok := <-ch:
			if !ok {
				if err := ctx.Err(); err != nil {
					return err // items ended because ctx did
				}
				if err := b.flush(ctx); err != nil || broke != nil {
					return cmp.Or(err, broke)
				}
				return b.note(ctx)
			}
			if b.add(it); b.full() {
				err = b.flush(ctx)
			} else if len(b.items) == 1 {
				wait.Reset(batchWait)
			}
		case <-wait.C:
			err = b.flush(ctx)
		case <-ctx.Done():
			err = ctx.Err()
		}
		if err != nil {
			return err
		}
	}
}

// batch gathers items until they are worth a transaction.
type batch struct {
	a      Archive
	report func(Taken)
	items  []Item
	writes []news.Write
	bytes  int
	marks  marks
}

func (b *batch) add(it Item) {
	b.items = append(b.items, it)
	if w := it.told(); w != nil {
		b.writes = append(b.writes, *w)
		b.bytes += len(w.Original) + len(w.Article.Body) + 64*len(w.Article.Mentions) + 1024
	}
}

func (b *batch) full() bool {
	return len(b.items) >= batchWrites || b.bytes >= batchBytes
}

func (b *batch) flush(ctx context.Context) error {
	var out []news.Outcome
	if len(b.writes) > 0 {
		var err error
		if out, err = b.a.Put(ctx, b.writes); err != nil {
			return err
		}
	}
	var desk deskwork
	for _, it := range b.items {
		t := Taken{Source: it.Source}
		switch {
		case it.isMark():
			if it.last {
				it.observer.Ended()
			}
			continue
		case it.Write != nil:
			t.Outcome, out = out[0], out[1:]
			t.Headline = it.Write.Article.Headline
		case it.Refusal != nil && it.Note != nil:
			t.Source = it.Refusal.Source
			t.Outcome, out = out[0], out[1:]
		case it.Skipped != "" && it.Note != nil:
			// Of an article that the archive has, it is a capture that failed.
			if t.Outcome, out = out[0], out[1:]; t.ID == "" {
				t.Outcome, t.Skipped = news.Outcome{}, it.Skipped
			}
		case it.Refusal != nil:
			t.Source, t.Outcome = it.Refusal.Source, news.Outcome{Result: news.Refused, Reason: it.Refusal.Reason}
		case it.Skipped != "":
			t.Skipped = it.Skipped
		default:
			if err := restore(ctx, b.a, it, &t); errors.Is(err, news.ErrInvalid) {
				t = Taken{Source: it.Source, Outcome: news.Outcome{Result: news.Refused, Reason: strings.TrimSuffix(err.Error(), ": "+news.ErrInvalid.Error())}}
			} else if err != nil {
				return err
			}
		}
		desk.add(&it, t.Outcome)
		b.report(t)
		if it.observer != nil {
			it.observer.Took(t)
		}
	}
	if err := desk.done(ctx, b.a); err != nil {
		return err
	}
	b.marks.add(b.items)
	if b.marks.due() {
		if err := b.note(ctx); err != nil {
			return err
		}
	}
	clear(b.items) // what they hold is much, and is stored
	clear(b.writes)
	b.items, b.writes, b.bytes = b.items[:0], b.writes[:0], 0
	return nil
}

// told is what the store is told of an item, nil for nothing.
func (it *Item) told() *news.Write {
	if it.Write != nil {
		return it.Write
	}
	return it.Note
}

// InRun has items come in by a run. It counts into refused, which may be nil, what is
// refused without the store being told.
func InRun(items iter.Seq[Item], run *news.Run, refused *atomic.Int64) iter.Seq[Item] {
	return func(yield func(Item) bool) {
		for it := range items {
			it.Run = run
			if w := it.told(); w != nil && it.Skipped == "" { // what is passed over is no part of it
				w.Run = run
			} else if it.Refusal != nil && refused != nil {
				refused.Add(1)
			}
			if !yield(it) {
				return
			}
		}
	}
}

// restore takes back a line of an export that is no article.
func restore(ctx context.Context, a Restorer, it Item, t *Taken) (err error) {
	kind, restored := "", false
	switch {
	case it.List != nil:
		t.List = it.List.Name
		return keepList(ctx, a, it.List)
	case it.Event != nil:
		kind = lineEvent
		restored, err = a.RestoreEvent(ctx, *it.Event)
	case it.Tombstone != nil:
		kind = lineTombstone
		restored, err = a.RestoreTombstone(ctx, *it.Tombstone)
	case it.Subscription != nil:
		kind = lineSubscription
		restored, err = a.RestoreSubscription(ctx, *it.Subscription)
	case it.Ledger != nil:
		kind = lineLedger
		restored, err = a.RestoreLedger(ctx, *it.Ledger)
	case it.Notice != nil:
		kind = lineNotice
		restored, err = a.RestoreNotice(ctx, *it.Notice)
	case it.Search != nil:
		kind = lineSearch
		restored, err = a.RestoreSearch(ctx, *it.Search)
	case it.Alert != nil:
		kind = lineAlert
		restored, err = a.RestoreAlert(ctx, *it.Alert)
	case it.Receipt != nil:
		kind = lineReceipt
		restored, err = a.RestoreReceipt(ctx, it.Receipt.Receipt, it.Receipt.List)
	case it.Annotation != nil:
		kind = lineAnnotation
		restored, err = a.RestoreAnnotation(ctx, *it.Annotation)
	case it.Mark != nil:
		kind = lineMark
		restored, err = a.RestoreMark(ctx, *it.Mark)
	}
	if restored {
		t.Restored = kind
	} else {
		t.Skipped = kind
	}
	return err
}
