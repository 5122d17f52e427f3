package main

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"io/fs"
	"log/slog"
	"net/http"
	"path/filepath"
	"slices"
	"time"

	"backfile/internal/news"
	"backfile/internal/search"
	"backfile/web"
)

// verify checks the archive and says what is wrong, and at what pace it was read.
func verify(ctx context.Context, args []string, std stdio) error {
	fs := newFlags("verify", std)
	var p place
	p.flags(fs)
	if err := parseAlone(fs, args); err != nil {
		return err
	}
	return ask(ctx, &p, "verify", std, func(c *client) error {
		begun := time.Now()
		res, err := c.do(ctx, http.MethodGet, "/api/v1/verify", nil, nil, "")
		if err != nil {
			return err
		}
		defer res.Body.Close()
		var last web.Finding
		err = lines(res.Body, func(f web.Finding) error {
			if last = f; f.Problem != "" {
				fmt.Fprintln(std.out, oneLine(f.Problem))
			}
			return nil
		})
		switch {
		case err != nil:
			return err
		case !last.Done:
			return fmt.Errorf("the check was not finished: %s", last.Error)
		}
		took, bytes := time.Since(begun), sizeOf(p.dir)
		fmt.Fprintf(std.err, "read %s MB in %.1f s, %s MB/s\n", grouped(int(bytes/1e6)), took.Seconds(), grouped(int(float64(bytes)/1e6/max(took.Seconds(), 1e-3))))
		if last.Problems > 0 {
			return errSaid
		}
		fmt.Fprintln(std.out, "all is well")
		return nil
	})
}

// sizeOf is how many bytes the files below dir have.
func sizeOf(dir string) (n int64) {
	_ = filepath.WalkDir(dir, func(_ string, d fs.DirEntry, err error) error {
		if err != nil || !d.Type().IsRegular() {
			return nil
		}
		if fi, err := d.Info(); err == nil {
			n += fi.Size()
		}
		return nil
	})
	return n
}

// verify checks the store's records and the index's files, and that the index has the
// versions of the store, each and no other.
func (a *archive) verify(ctx context.Context, report func(problem string)) error {
	if err := a.Store.Verify(ctx, report); err != nil {
		return err
	}
	if err := a.index.WaitIndexed(ctx); err != nil {
		return err
	}
	if err := a.index.Verify(ctx, report); err != nil {
		return err
	}
	if _, err := a.index.Search(ctx, search.Request{CountOnly: true}); err != nil {
		report("the index does not answer; backfile reindex makes it anew")
		return nil
	}
	found, err := a.apart(ctx)
	for _, p := range found {
		report(p + "; backfile reindex makes it anew")
	}
	if errors.Is(err, news.ErrDamaged) {
		return nil // of a record, which the store's own check named
	}
	return err
}

// apart says of what article the index has other versions than the store. What is
// written meanwhile looks so for a moment: only what is seen twice is believed.
func (a *archive) apart(ctx context.Context) ([]string, error) {
	first, err := compare(ctx, a.index, a)
	if err != nil || len(first) == 0 {
		return nil, err
	}
	if err := a.index.WaitIndexed(ctx); err != nil {
		return nil, err
	}
	again, err := compare(ctx, a.index, a)
	if err != nil {
		return nil, err
	}
	var out []string
	for _, p := range again {
		if slices.Contains(first, p) {
			out = append(out, p)
		}
	}
	return out, nil
}

// indexed is one version in the index.
type indexed struct {
	id      news.ArticleID
	n       int
	current bool
}

// documents is an index that tells what it has, numbers a store.
type documents interface {
	Documents(ctx context.Context, fn func(id news.ArticleID, n int, current bool)) error
}
type numbers interface {
	Numbers(ctx context.Context, after news.ArticleID, n int) ([]news.Numbers, error)
}

// mostApart is how many differences are told; behind so many it is another index.
const mostApart = 1000

// compare walks the versions of store and index side by side. It takes memory for the
// names of all, some 40 bytes a version.
func compare(ctx context.Context, idx documents, st numbers) (out []string, err error) {
	var have []indexed
	if err := idx.Documents(ctx, func(id news.ArticleID, n int, current bool) {
		have = append(have, indexed{id, n, current})
	}); err != nil {
		return nil, err
	}
	slices.SortFunc(have, func(x, y indexed) int { return cmp.Or(cmp.Compare(x.id, y.id), x.n-y.n) })
	note := func(format string, args ...any) {
		if len(out) < mostApart {
			out = append(out, fmt.Sprintf("index: article "+format, args...))
		}
	}
	foreign := func(v indexed) { note("%s: it has version %d, which the store does not show", v.id, v.n) }
	for after := news.ArticleID(""); ; {
		page, err := st.Numbers(ctx, after, 0)
		if err != nil {
			return nil, err
		}
		if len(page) == 0 {
			break
		}
		for _, x := range page {
			for ; len(have) > 0 && have[0].id < x.ID; have = have[1:] {
				foreign(have[0])
			}
			if x.Unsettled {
				for ; len(have) > 0 && have[0].id == x.ID; have = have[1:] {
				}
				continue
			}
			shown := 0
			if len(x.Versions) > 0 {
				shown = x.Versions[len(x.Versions)-1]
			}
			slices.Sort(x.Versions)
			for _, n := range x.Versions {
				for ; len(have) > 0 && have[0].id == x.ID && have[0].n < n; have = have[1:] {
					foreign(have[0])
				}
				switch {
				case len(have) == 0 || have[0].id != x.ID || have[0].n != n:
					note("%s: it lacks version %d", x.ID, n)
					continue
				case have[0].current != (n == shown):
					note("%s: version %d is taken for the one shown, or is not and should be", x.ID, n)
				}
				have = have[1:]
			}
		}
		after = page[len(page)-1].ID
	}
	for _, v := range have {
		foreign(v)
	}
	return out, nil
}

// doubt looks, while the archive is served already, whether the index is that of this
// store to the last version, and whether its files are what was written where Open
// left that to later; an index that is not is made anew.
func (a *archive) doubt(ctx context.Context, lg *slog.Logger) {
	if a.index.Rebuilding() || a.index.WaitIndexed(ctx) != nil {
		return
	}
	found, err := a.apart(ctx)
	if err == nil {
		err = a.index.Scrub(ctx)
	}
	switch {
	case ctx.Err() != nil:
	case err != nil:
		lg.WarnContext(ctx, "compare store and index", "err", err)
	case len(found) > 0:
		lg.WarnContext(ctx, "the index is made anew", "because", found[0], "differences", len(found))
		a.index.Reindex()
	case a.index.Damaged() != "":
		a.index.notify() // the loop that follows the feed makes it anew
	}
}
