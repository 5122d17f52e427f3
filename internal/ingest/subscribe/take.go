package subscribe

import (
	"context"
	"fmt"
	"runtime"
	"sync"

	"backfile/internal/ingest"
	"backfile/internal/ingest/item"
	"backfile/internal/news"
)

// A batch is stored when it has so many articles or so many bytes.
const (
	batchWrites = 100
	batchBytes  = 8 << 20
)

// taken is what became of entries.
type taken struct {
	added, versions, unchanged int
	refused                    int
	why                        string // of the last that was refused
	outlets                    map[string]int
}

func (t *taken) count(w *news.Write, o news.Outcome) {
	switch o.Result {
	case news.Added:
		t.added++
	case news.NewVersion:
		t.versions++
	case news.Unchanged:
		t.unchanged++
	case news.Withdrawn:
		return
	default:
		t.refuse(o.Reason)
		return
	}
	if a := w.Article.Outlet; a != nil {
		if t.outlets == nil {
			t.outlets = map[string]int{}
		}
		t.outlets[a.Name]++
	}
}

func (t *taken) refuse(why string) {
	t.refused++
	t.why = why
}

// outlet is the one that most articles are of, before the one of the polls so far.
func (t *taken) outlet(before string) string {
	best, most := before, 0
	for name, n := range t.outlets {
		if n > most || n == most && name < best {
			best, most = name, n
		}
	}
	return best
}

// keep stores the entries that are given, the last of the feed first, so that the
// newest is the last to come in.
func (f *Feeds) keep(ctx context.Context, r *ingest.Reader, sub news.Subscription, title string, records []item.Record, t *taken) error {
	for end := len(records); end > 0; {
		start, size := end, 0
		for start > 0 && end-start < batchWrites && size < batchBytes {
			start--
			size += len(records[start].Raw) + len(records[start].Article.Body)
		}
		var writes []news.Write
		for _, it := range understood(r, sub, title, records[start:end]) {
			switch {
			case it.Write != nil:
				writes = append(writes, *it.Write)
			case it.Refusal != nil && it.Note != nil:
				writes = append(writes, *it.Note)
			case it.Refusal != nil:
				t.refuse(it.Refusal.Reason)
			}
		}
		if err := f.put(ctx, sub, writes, t); err != nil {
			return err
		}
		end = start
	}
	return nil
}

// put stores what a feed brought, as part of its run of the day, and counts what became
// of it.
func (f *Feeds) put(ctx context.Context, sub news.Subscription, writes []news.Write, t *taken) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	if len(writes) == 0 {
		return nil
	}
	run := news.DailyRun(f.now(), news.RunFeed, sub.Address)
	for i := range writes {
		writes[i].Run = run
	}
	out, err := f.o.Archive.Put(ctx, writes)
	if err != nil {
		return fmt.Errorf("keep what a feed brought: %w", err)
	}
	for i := range out {
		t.count(&writes[i], out[i])
	}
	return nil
}

// understood makes items of entries, several at a time, in reverse order.
func understood(r *ingest.Reader, sub news.Subscription, title string, records []item.Record) []ingest.Item {
	items := make([]ingest.Item, len(records))
	next := make(chan int)
	var wg sync.WaitGroup
	for range min(runtime.GOMAXPROCS(0), len(records)) {
		wg.Go(func() {
			for i := range next {
				items[len(items)-1-i] = r.Entry(sub.Address, credited(records[i], sub, title))
			}
		})
	}
	for i := range records {
		next <- i
	}
	close(next)
	wg.Wait()
	return items
}

// credited is an entry without the name of its feed for an outlet, where a person says
// who the outlet is.
func credited(rec item.Record, sub news.Subscription, title string) item.Record {
	if sub.Outlet != "" && rec.Provider == title {
		rec.Provider = ""
	}
	return rec
}
