package index

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"runtime"
	"sync"
	"sync/atomic"
	"syscall"
	"time"

	"backfile/internal/news"

	bleveindex "github.com/blevesearch/bleve_index_api"
)

// Update is the present state of one article.
type Update struct {
	ID news.ArticleID
	// Versions are all its versions, the one captured first in front; none for an
	// article that is gone.
	Versions []news.Version
	// Edits are what each version changed of the one before it, by its place in
	// Versions; that of the first is not looked at. They may be nil for an article of
	// one version: then nothing was removed or added.
	Edits []news.Edit
}

// edit is what the version at place i changed.
func (u *Update) edit(i int) *news.Edit {
	if i == 0 || i >= len(u.Edits) {
		return nil
	}
	return &u.Edits[i]
}

// The most that goes into one batch of Bleve.
const (
	maxBatchDocuments = 1000
	maxBatchBytes     = 16 << 20
)

// Apply takes updates in, and with them the cursor of the feed's last row that
// they cover. When it returns without an error everything is on disk and found
// by searches. After an error, or a crash, some of it may be: apply it again from
// Cursor. An update replaces all that is known of its article, so that applying
// it twice is the same as once; of two updates of one article the later counts.
// The error wraps news.ErrFull where the disk is full.
func (x *Index) Apply(ctx context.Context, updates []Update, cursor news.Cursor) error {
	x.writing.Lock()
	defer x.writing.Unlock()
	x.mu.RLock()
	defer x.mu.RUnlock()
	if x.closed {
		return errClosed
	}
	e := x.writer()
	updates = latest(updates)
	for {
		part, rest := cut(updates)
		if err := ctx.Err(); err != nil {
			return fmt.Errorf("update index: %w", err)
		}
		if err := e.apply(part, cursor, x.storeID, len(rest) == 0); err != nil {
			return fmt.Errorf("update index: %w", err)
		}
		if e == x.now {
			e.building.Lock()
			err := e.refresh()
			e.building.Unlock()
			if err != nil {
				x.suspect(err.Error())
				return fmt.Errorf("update index: %w", err)
			}
		}
		if e == x.next {
			x.applied.Store(x.clock().UnixNano())
		} else {
			x.generation.Add(1)
		}
		if updates = rest; len(rest) == 0 {
			return nil
		}
	}
}

// latest keeps the last update of each article.
func latest(updates []Update) []Update {
	last := make(map[news.ArticleID]int, len(updates))
	for i, u := range updates {
		last[u.ID] = i
	}
	if len(last) == len(updates) {
		return updates
	}
	out := make([]Update, 0, len(last))
	for i, u := range updates {
		if last[u.ID] == i {
			out = append(out, u)
		}
	}
	return out
}

// cut takes a batch off the front. An article stays whole.
func cut(updates []Update) (part, rest []Update) {
	docs, bytes := 0, 0
	for i, u := range updates {
		docs += len(u.Versions)
		for _, v := range u.Versions {
			bytes += len(v.Article.Body)
		}
		if i > 0 && (docs > maxBatchDocuments || bytes > maxBatchBytes) {
			return updates[:i], updates[i:]
		}
	}
	return updates, nil
}

// apply writes one batch, with the cursor if it is the last one it covers.
func (e *engine) apply(updates []Update, cursor news.Cursor, storeID string, last bool) error {
	batch := bleveindex.NewBatch()
	held, err := e.deleteStale(batch, updates)
	if err != nil {
		return err
	}
	docs, err := analyse(updates)
	if err != nil {
		return err
	}
	if err := e.place(docs, held); err != nil {
		return full(err)
	}
	for _, d := range docs {
		batch.Update(d)
	}
	if last {
		batch.SetInternal(internalCursor, []byte(cursor))
		batch.SetInternal(internalStore, []byte(storeID))
	}
	e.failure.Store(nil)
	e.taken.Store(time.Now().UnixNano())
	e.compacted.Store(false)
	err = e.inner.Batch(batch)
	if failed := e.failure.Load(); err == nil && failed != nil {
		err = *failed // the batch may be there, and gets there again
	}
	return full(err)
}

func full(err error) error {
	if errors.Is(err, syscall.ENOSPC) {
		err = fmt.Errorf("%w: %w", news.ErrFull, err)
	}
	return err
}

// place writes the documents' texts, but for those that stand there already (held has the
// offsets of documents that are replaced), and tells the documents where they are.
func (e *engine) place(docs []*document, held map[string]int64) error {
	fresh := map[string]int{}
	for _, d := range docs {
		d.unknown(e.vocabulary, fresh)
	}
	if err := e.vocabulary.add(fresh); err != nil {
		return fmt.Errorf("write vocabulary: %w", err)
	}
	var missing []*document
	var codes [][]byte
	for _, d := range docs {
		code, err := d.code(e.vocabulary)
		if err != nil {
			return fmt.Errorf("article %s: %w", d.id, err)
		}
		if at, ok := held[d.id]; ok {
			if old, err := e.texts.at(at); err == nil && bytes.Equal(old, code) {
				d.finish(at)
				continue
			}
		}
		missing = append(missing, d)
		codes = append(codes, code)
	}
	at, err := e.texts.write(codes)
	if err != nil {
		return fmt.Errorf("write texts: %w", err)
	}
	for i, d := range missing {
		d.finish(at[i])
	}
	return nil
}

// deleteStale deletes the documents of versions that an article no longer has.
// Those that it has are replaced by their id; held says where their texts are.
func (e *engine) deleteStale(batch *bleveindex.Batch, updates []Update) (held map[string]int64, err error) {
	held = map[string]int64{}
	s, err := e.snapshot()
	if err != nil {
		return nil, err
	}
	defer s.Close()
	if n, err := s.DocCount(); err != nil || n == 0 {
		return held, err
	}
	for _, u := range updates {
		kept := make(map[string]bool, len(u.Versions))
		for _, v := range u.Versions {
			kept[documentID(u.ID, v.N)] = true
		}
		for _, seg := range s.Segments() {
			m, err := postings(seg.Segment(), fieldKey, key(tagArticle, string(u.ID)))
			if err != nil {
				return nil, fmt.Errorf("look article %s up: %w", u.ID, err)
			}
			for it := m.Iterator(); it.HasNext(); {
				d := it.Next()
				if seg.Deleted() != nil && seg.Deleted().Contains(d) {
					continue
				}
				id, err := seg.DocID(uint64(d))
				if err != nil {
					return nil, fmt.Errorf("look article %s up: %w", u.ID, err)
				}
				if !kept[string(id)] {
					batch.Delete(string(id))
				} else if n, err := numbersOf(seg.Segment(), d); err == nil {
					held[string(id)] = n.text
				}
			}
		}
	}
	return held, nil
}

// analyse makes the documents, on all processors. An article that breaks the
// analysis is named in the error.
func analyse(updates []Update) ([]*document, error) {
	type job struct {
		id      news.ArticleID
		version *news.Version
		nth     int
		edit    *news.Edit
	}
	var jobs []job
	for i := range updates {
		for j := range updates[i].Versions {
			jobs = append(jobs, job{updates[i].ID, &updates[i].Versions[j], j, updates[i].edit(j)})
		}
	}
	docs := make([]*document, len(jobs))
	errs := make([]error, len(jobs))
	var next atomic.Int64
	var wg sync.WaitGroup
	for range min(len(jobs), runtime.GOMAXPROCS(0)) {
		wg.Go(func() {
			for i := next.Add(1) - 1; int(i) < len(jobs); i = next.Add(1) - 1 {
				docs[i], errs[i] = tryDocument(jobs[i].id, jobs[i].version, jobs[i].nth, jobs[i].edit)
			}
		})
	}
	wg.Wait()
	return docs, errors.Join(errs...)
}

func tryDocument(id news.ArticleID, v *news.Version, nth int, edit *news.Edit) (d *document, err error) {
	defer func() {
		if r := recover(); r != nil {
			err = fmt.Errorf("analyse article %s: %v", id, r)
		}
	}()
	return newDocument(id, v, nth, edit), nil
}
