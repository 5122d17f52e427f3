package main

import (
	"bytes"
	"context"
	"fmt"
	"iter"
	"slices"
	"sync"
	"time"

	"backfile/internal/ingest"
	"backfile/internal/news"
	"backfile/web"
)

// alike keeps the groups of articles that are alike, as long as neither the index nor
// what people said of articles changes.
type alike struct {
	mu     sync.Mutex
	at     news.Cursor
	by     *news.Corrections
	groups [][]news.ArticleID
}

// Alike are groups of articles that may be captures of one, without those of which a
// person said that they are not.
func (a *archive) Alike(ctx context.Context) ([][]news.ArticleID, error) {
	at, c := *a.index.done.Load(), a.Corrections()
	a.alike.mu.Lock()
	defer a.alike.mu.Unlock()
	if a.alike.by == c && a.alike.at == at && at != "" {
		return a.alike.groups, nil
	}
	all, err := a.index.Alike(ctx)
	if err != nil {
		return nil, err
	}
	var groups [][]news.ArticleID
	for _, g := range all {
		if g = unsettled(c, g); len(g) > 1 {
			groups = append(groups, g)
		}
	}
	a.alike.at, a.alike.by, a.alike.groups = at, c, groups
	return groups, nil
}

// unsettled are the articles of a group of which nobody said what they are to the
// others: one that is distinct from another of the group is out of it.
func unsettled(c *news.Corrections, group []news.ArticleID) []news.ArticleID {
	return slices.DeleteFunc(slices.Clone(group), func(id news.ArticleID) bool {
		return c.Article(id) != id || slices.ContainsFunc(c.Distinct(id), func(o news.ArticleID) bool { return slices.Contains(group, o) })
	})
}

// KeepRefused keeps what was refused, as long as there is room for more.
func (a *archive) KeepRefused(ctx context.Context, rs []news.Rejection) error {
	if a.floor.check(ctx) != nil {
		return nil
	}
	return a.Store.KeepRefused(ctx, rs)
}

// Retry takes a refused input in again. Where all of it is taken, it is forgotten.
func (a *archive) Retry(ctx context.Context, id string, o web.IntakeOptions, report func(web.Taken)) error {
	r, err := a.RefusedInput(ctx, id)
	if err != nil {
		return err
	}
	if !r.Kept {
		return fmt.Errorf("the content of %s was not kept: take it in again: %w", r.Source, news.ErrInvalid)
	}
	content, kind, err := a.Original(ctx, id)
	if err != nil {
		return err
	}
	var inputs iter.Seq[web.Input] = func(yield func(web.Input) bool) {
		yield(web.Input{Source: r.Source, Type: kind, Body: bytes.NewReader(content)})
	}
	taken, refused := 0, 0
	err = a.Take(ctx, inputs, o, func(t web.Taken) {
		switch {
		case t.Result == news.Refused:
			refused++
		case t.Result != "":
			taken++
		}
		report(t)
	})
	if err == nil && taken > 0 && refused == 0 {
		_, err = a.ForgetRefused(ctx, []string{id})
	}
	return err
}

// Formats are the formats that an input can be said to have.
func (a *archive) Formats() []string { return ingest.FormatNames() }

// noted passes on what a check reports, and keeps it for the desk.
type noted struct {
	news.Check
	report func(string)
}

func (n *noted) problem(s string) {
	n.Count++
	if len(n.Problems) < news.MaxCheckProblems {
		n.Problems = append(n.Problems, s)
	}
	n.report(s)
}

// Verify checks the whole archive, and notes what it found.
func (a *archive) Verify(ctx context.Context, report func(problem string)) error {
	n := noted{report: report}
	if err := a.verify(ctx, n.problem); err != nil {
		return err
	}
	n.At = time.Now()
	// What was found is told; that it cannot be noted is for the next check.
	_ = a.NoteCheck(context.WithoutCancel(ctx), n.Check)
	return nil
}
