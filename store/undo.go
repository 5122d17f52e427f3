package store

import (
	"context"
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
