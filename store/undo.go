package store

import (
	"context"
	"encoding/binary"
	"fmt"
	"maps"
	"slices"

	"backfile/internal/news"
)

// The size of an undoing's steps: so many entries are judged at a time, and so many
// at least are applied in one transaction.
const (
	undoJudged  = 200_000
	undoApplied = 500
)

// taken is a version (or for a negative N a word) of an article.
type taken struct {
	article news.ArticleID
	n       int
}

// verdicts say why what a run took in is to stay when the run is undone.
type verdicts struct {
	shared map[taken]bool // another run that is not undone took it in too
	made   map[taken]bool // some run made it; else it was there before
	pinned map[news.ArticleID]bool
}

// UndoRun sets aside what a run took in: each version that no other run took in
// too, that did not come without a run, and whose article is on nobody's list. An
// article of which no version stays is not shown from then on, and answers with the
// reason; another one shows the latest that stays. Nothing is destroyed, no id
// changes, and to take the same in again brings it back. What an agency said of
// articles by the run no longer holds.
//
// It goes on in transactions of some hundred articles. What a kill breaks off goes
// on where it stopped when it is asked for again. It returns news.ErrNotFound for an
// unknown run; to undo what is undone changes nothing.
func (s *Store) UndoRun(ctx context.Context, id news.RunID, reason string) (news.Run, error) {
	return s.undo(ctx, id, clip(reason, 500), false)
}

// RedoRun takes the undoing of a run back: all that the run took in is shown again.
// A run that is not undone stays as it is.
func (s *Store) RedoRun(ctx context.Context, id news.RunID) (news.Run, error) {
	return s.undo(ctx, id, "", true)
}

func (s *Store) undo(ctx context.Context, id news.RunID, reason string, back bool) (r news.Run, err error) {
	s.undoing.Lock()
	defer s.undoing.Unlock()
	err = s.beginUndo(ctx, id, reason, back)
	for done := false; err == nil && !done; {
		done, err = s.undoSome(ctx, id)
	}
	if err == nil {
		r, err = s.Run(ctx, id)
	}
	if err != nil {
		return r, fmt.Errorf("undo run %s: %w", id, err)
	}
	return r, nil
}

// beginUndo notes that the run is to be undone, or is so no longer.
func (s *Store) beginUndo(ctx context.Context, id news.RunID, reason string, back bool) error {
	return s.update(ctx, func(b *batch) error {
		rec, err := b.readRun(id)
		if err != nil {
			return err
		}
		u := rec.Undo
		switch {
		case u == nil && back:
			return nil
		case u != nil && u.Back == back && (!u.Done || rec.Upto == rec.Rows || back):
			return nil // it is so, or goes on
		}
		rec.Undo = &news.Undo{At: b.now, Reason: reason, Back: back}
		rec.Next = 0
		if !back {
			rec.Upto = rec.Rows
			// What is left of an input that it took in must not be taken for all of it.
			if err := b.forgetAllProgress(); err != nil {
				return err
			}
		}
		return b.putRun(&rec)
	})
}

func (b *batch) putRun(rec *runRecord) error {
	key, _ := rec.ID.Bytes()
	return b.put(bucketRuns, key[:], rec)
}

// undoSome judges and applies the next entries.
func (s *Store) undoSome(ctx context.Context, id news.RunID) (done bool, err error) {
	var rec runRecord
	var rows [][]runEntry
	// From now on what other runs take in is noted until it is applied.
	s.write.Lock()
	s.vouching = map[taken]bool{}
	s.write.Unlock()
	defer func() {
		s.write.Lock()
		s.vouching = nil
		s.write.Unlock()
	}()
	var vs verdicts
	err = s.view(ctx, func(t *tx) (err error) {
		if rec, err = t.readRun(id); err != nil || rec.Undo == nil || rec.Undo.Done {
			return err
		}
		rows, err = t.runRows(&rec, rec.Next)
		if err == nil && !rec.Undo.Back {
			vs, err = t.judge(ctx, &rec, rows)
		}
		return err
	})
	if err != nil || rec.Undo == nil || rec.Undo.Done {
		return true, err
	}
	for len(rows) > 0 {
		n, count := 0, 0
		for n < len(rows) && count < undoApplied {
			count += len(rows[n])
			n++
		}
		if err := s.update(ctx, func(b *batch) error { return b.applyUndo(id, slices.Concat(rows[:n]...), n, &vs) }); err != nil {
			return false, err
		}
		rows = rows[n:]
	}
	err = s.update(ctx, func(b *batch) error {
		rec, err := b.readRun(id)
		if err != nil || rec.Next < rec.Upto {
			return err
		}
		rec.Undo.Done, done = true, true
		return b.putRun(&rec)
	})
	return done, err
}

// runRows reads rows of a run from that one on, as many as are judged at a time. A
// damaged row counts as empty; verify names it.
func (t *tx) runRows(rec *runRecord, from int) (rows [][]runEntry, err error) {
	key, _ := rec.ID.Bytes()
	for n := 0; from < rec.Upto && n < undoJudged; from++ {
		payload, _, err := t.getRaw(bucketRunRows, runRowKey(key, from))
		if err != nil && !isDamage(err) {
			return nil, err
		}
		es, _ := readEntries(payload)
		rows = append(rows, es)
		n += len(es)
	}
	return rows, nil
}

// judge looks through what all runs took in for who else stands for the entries:
// any other run that is not undone, and of the run itself what came in since.
func (t *tx) judge(ctx context.Context, self *runRecord, rows [][]runEntry) (vs verdicts, err error) {
	vs = verdicts{shared: map[taken]bool{}, made: map[taken]bool{}, pinned: map[news.ArticleID]bool{}}
	wanted := map[taken]bool{}
	for _, es := range rows {
		for _, e := range es {
			wanted[taken{e.Article, e.N}] = true
			vs.pinned[e.Article] = false
		}
	}
	if err := t.pins(vs.pinned); err != nil {
		return vs, err
	}
	b := t.Bucket([]byte(bucketRunRows))
	if b == nil {
		return vs, nil
	}
	key, _ := self.ID.Bytes()
	runs := map[string]*runRecord{string(key[:]): self}
	c := b.Cursor()
	for k, v := c.First(); k != nil; k, v = c.Next() {
		if err := ctx.Err(); err != nil {
			return vs, err
		}
		if len(k) != 20 {
			continue
		}
		of := string(k[:16])
		rec, known := runs[of]
		if !known {
			rec = &runRecord{}
			if _, err := t.get(bucketRuns, k[:16], rec); err != nil && !isDamage(err) {
				return vs, err
			}
			runs[of] = rec
		}
		payload, err := decodeRecord(bucketRunRows, k, v)
		if err != nil {
			continue // verify names it
		}
		es, _ := readEntries(payload)
		stands := !rec.undone(int(binary.BigEndian.Uint32(k[16:])))
		for _, e := range es {
			at := taken{e.Article, e.N}
			if !wanted[at] {
				continue
			}
			if e.Made {
				vs.made[at] = true
			}
			if stands {
				vs.shared[at] = true
			}
		}
	}
	return vs, nil
}

// pins notes which of the articles are on a reader's list.
func (t *tx) pins(articles map[news.ArticleID]bool) error {
	return t.page(bucketLists, nil, nil, maxEvents, func(k, payload []byte) error {
		var l news.List
		if err := unmarshal(bucketLists, k, payload, &l); err != nil {
			return err
		}
		for _, m := range l.Items {
			if _, ok := articles[m.Article]; ok {
				articles[m.Article] = true
			}
		}
		return nil
	})
}

// applyUndo undoes entries, or takes it back, and notes that so many rows are done.
func (b *batch) applyUndo(id news.RunID, es []runEntry, rows int, vs *verdicts) error {
	rec, err := b.readRun(id)
	if err != nil {
		return err
	}
	if vs.shared != nil {
		maps.Copy(vs.shared, b.s.vouching)
	}
	of := map[news.ArticleID][]int{}
	var order []news.ArticleID
	for _, e := range es {
		if of[e.Article] == nil {
			order = append(order, e.Article)
		}
		of[e.Article] = append(of[e.Article], e.N)
	}
	for _, article := range order {
		h, err := b.anyHead(article)
		if isDamage(err) {
			continue // verify names it
		}
		if err != nil {
			return err
		}
		if h == nil {
			rec.Undo.Removed++
			continue
		}
		changed := h.undo(article, of[article], &rec, vs)
		if !changed {
			continue
		}
		if err := b.unsketch(article, h); err != nil {
			return err
		}
		if err := b.settle(article, h); err != nil {
			return err
		}
		if err := b.change(news.ArticleChanged, string(article)); err != nil {
			return err
		}
	}
	rec.Next += rows
	return b.putRun(&rec)
}

// undo sets versions and words of a head aside for a run, or takes them out again,
// and counts into the run's undoing.
func (h *head) undo(id news.ArticleID, ns []int, rec *runRecord, vs *verdicts) (changed bool) {
	u := rec.Undo
	mark := &aside{Run: rec.ID, At: u.At, Reason: u.Reason}
	had := len(h.Versions)
	for _, n := range ns {
		at := taken{id, n}
		if !u.Back && h.live(n) && vs.keeps(at, &u.UndoCounts) {
			continue
		}
		switch {
		case n < 0:
			for i := range h.Words {
				if w := &h.Words[i]; w.N == -n && (w.Aside != nil) == u.Back {
					if w.Aside = mark; u.Back {
						w.Aside = nil
					}
					u.Words++
					changed = true
				}
			}
		case u.Back:
			if h.bringBack(n) {
				u.Versions++
				changed = true
			}
		default:
			if i := h.at(n); i >= 0 {
				v := h.Versions[i]
				v.Aside = mark
				h.Versions = slices.Delete(h.Versions, i, i+1)
				h.Aside = append(h.Aside, v)
				u.Versions++
				changed = true
			}
		}
	}
	if (had == 0) != (len(h.Versions) == 0) {
		u.Articles++
	}
	return changed
}

// live reports whether a version, or for a negative n a word, is not set aside.
func (h *head) live(n int) bool {
	if n > 0 {
		return h.at(n) >= 0
	}
	return slices.ContainsFunc(h.Words, func(w word) bool { return w.N == -n && w.Aside == nil })
}

// keeps reports whether something stays though its run is undone, and counts why.
func (vs *verdicts) keeps(at taken, c *news.UndoCounts) bool {
	switch {
	case vs.shared[at]:
		c.Shared++
	case !vs.made[at]:
		c.Earlier++
	case at.n > 0 && vs.pinned[at.article]:
		c.Bookmarked++
	default:
		return false
	}
	return true
}

// bringBack takes a version that was set aside out again, to its place in time. It
// reports false where it is not among them.
func (h *head) bringBack(n int) bool {
	i := slices.IndexFunc(h.Aside, func(v headVersion) bool { return v.N == n })
	if i < 0 {
		return false
	}
	v := h.Aside[i]
	v.Aside = nil
	h.Aside = slices.Delete(h.Aside, i, i+1)
	slot := len(h.Versions)
	for slot > 0 && (h.Versions[slot-1].At.After(v.At) || h.Versions[slot-1].At.Equal(v.At) && h.Versions[slot-1].N > v.N) {
		slot--
	}
	h.Versions = slices.Insert(h.Versions, slot, v)
	return true
}

// unsketch deletes the sketches of versions that are not the current one.
func (b *batch) unsketch(id news.ArticleID, h *head) error {
	for i, v := range slices.Concat(h.Versions, h.Aside) {
		if i == len(h.Versions)-1 {
			continue
		}
		if key := versionKey(v.Seq, id); b.has(bucketSketches, key) {
			if err := b.delete(bucketSketches, key); err != nil {
				return err
			}
		}
	}
	return nil
}

// PreviewUndo is what UndoRun, or with back RedoRun, would do now.
func (s *Store) PreviewUndo(ctx context.Context, id news.RunID, back bool) (c news.UndoCounts, err error) {
	err = s.view(ctx, func(t *tx) error {
		rec, err := t.readRun(id)
		if err != nil {
			return err
		}
		if !back {
			rec.Upto = rec.Rows
		}
		rec.Undo = &news.Undo{Back: back}
		for from := 0; from < rec.Upto; {
			rows, err := t.runRows(&rec, from)
			if err != nil {
				return err
			}
			from += len(rows)
			var vs verdicts
			if !back {
				if vs, err = t.judge(ctx, &rec, rows); err != nil {
					return err
				}
			}
			of := map[news.ArticleID][]int{}
			for _, e := range slices.Concat(rows...) {
				of[e.Article] = append(of[e.Article], e.N)
			}
			for article, ns := range of {
				if err := ctx.Err(); err != nil {
					return err
				}
				h, err := t.anyHead(article)
				if isDamage(err) {
					continue
				}
				if err != nil {
					return err
				}
				if h == nil {
					rec.Undo.Removed++
					continue
				}
				h.undo(article, ns, &rec, &vs)
			}
		}
		c = rec.Undo.UndoCounts
		return nil
	})
	if err != nil {
		return c, fmt.Errorf("look at what undoing run %s would do: %w", id, err)
	}
	return c, nil
}

// BrokenUndos are the runs whose undoing was broken off.
func (s *Store) BrokenUndos(ctx context.Context) ([]news.Run, error) {
	var out []news.Run
	for before := news.RunID(""); ; {
		page, err := s.Runs(ctx, before, 0)
		if err != nil || len(page) == 0 {
			return out, err
		}
		for _, r := range page {
			if r.Undo != nil && !r.Undo.Done {
				out = append(out, r)
			}
		}
		before = page[len(page)-1].ID
	}
}
