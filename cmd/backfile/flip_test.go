package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"log/slog"
	"maps"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"backfile/internal/news"
	"backfile/internal/search"
	"backfile/store"
)

// The number of flips, and the seed that they are drawn from:
//
//	BACKFILE_FLIPS=1000 go test ./cmd/backfile -run TestFlips -v -timeout 30m
const (
	envFlips = "BACKFILE_FLIPS"
	envSeed  = "BACKFILE_FLIPS_SEED"
)

// files are the files of an archive, by their path in the data directory.
func files(t *testing.T, dir string) map[string][]byte {
	t.Helper()
	out := map[string][]byte{}
	err := filepath.WalkDir(dir, func(path string, d fs.DirEntry, err error) error {
		if err != nil || !d.Type().IsRegular() {
			return err
		}
		b, err := os.ReadFile(path)
		if err != nil {
			return err
		}
		if filepath.Base(path) == "archive.db" {
			// Behind the last page in use there are zeros, room to grow.
			for len(b) > 0 && b[len(b)-1] == 0 {
				b = b[:len(b)-1]
			}
			b = append(b, make([]byte, (4096-len(b)%4096)%4096+4096)...)
		}
		rel, err := filepath.Rel(dir, path)
		out[filepath.ToSlash(rel)] = b
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return out
}

// putBack makes dir hold files again, and nothing else.
func putBack(t *testing.T, dir string, files map[string][]byte) {
	t.Helper()
	if err := os.RemoveAll(dir); err != nil {
		t.Fatal(err)
	}
	for name, b := range files {
		path := filepath.Join(dir, filepath.FromSlash(name))
		if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, b, 0o600); err != nil {
			t.Fatal(err)
		}
	}
}

// question is one thing that a reader may want of an archive.
type question struct {
	name string
	ask  func(ctx context.Context, a *archive) (string, error)
}

// questions ask for everything that the archive holds: every version, original, name
// and list, and for searches of many kinds.
func questions(t *testing.T, a *archive) (qs []question) {
	t.Helper()
	ctx := t.Context()
	add := func(name string, ask func(ctx context.Context, a *archive) (any, error)) {
		qs = append(qs, question{name, func(ctx context.Context, a *archive) (string, error) {
			v, err := ask(ctx, a)
			b, bad := json.Marshal(v)
			return string(b), errors.Join(err, bad)
		}})
	}
	vs, err := a.All(ctx, "", 0)
	if err != nil {
		t.Fatal(err)
	}
	var words []string
	for _, v := range vs {
		id := v.Article.ID
		add("versions of "+string(id), func(ctx context.Context, a *archive) (any, error) {
			return a.Versions(ctx, id)
		})
		add("lookup "+v.Article.URL, func(ctx context.Context, a *archive) (any, error) { return a.LookupURL(ctx, v.Article.URL) })
		cs, err := a.CapturesOf(ctx, id)
		if err != nil {
			t.Fatal(err)
		}
		for _, c := range cs {
			add("original "+c.Hash, func(ctx context.Context, a *archive) (any, error) {
				b, kind, err := a.Original(ctx, c.Hash)
				return kind + string(b), err
			})
		}
		if f := strings.Fields(v.Article.Body); len(f) > 20 {
			words = append(words, f[7], "\""+strings.Join(f[10:13], " ")+"\"", f[15]+" "+f[19])
		}
	}
	add("all", func(ctx context.Context, a *archive) (any, error) {
		vs, err := a.All(ctx, "", 0)
		ids := []news.ArticleID{}
		for _, v := range vs {
			ids = append(ids, v.Article.ID)
		}
		return ids, err
	})
	add("lists", func(ctx context.Context, a *archive) (any, error) { return a.Lists(ctx, news.LocalOwner) })
	add("outlets", func(ctx context.Context, a *archive) (any, error) { return a.Outlets(ctx) })
	add("feed", func(ctx context.Context, a *archive) (any, error) { return a.Changes(ctx, "", 0) })
	add("events", func(ctx context.Context, a *archive) (any, error) { return a.Events(ctx, "", 0) })
	slices.Sort(words)
	for _, q := range append(slices.Compact(words)[:60], "", "on:03-12", "lang:en", "is:changed") {
		add("search "+q, func(ctx context.Context, a *archive) (any, error) {
			n, _ := search.Parse(q)
			r, err := a.index.Search(ctx, search.Request{Query: n, PerPage: 100})
			return []any{r.Total, r.Hits, r.Facets}, err
		})
	}
	return qs
}

// TestFlips flips one bit of the store, the packs or the index at a time. Whatever it
// hits: no reader gets another answer than before, but the same one or an error; what
// is lost to readers verify names; nothing panics and nothing hangs.
func TestFlips(t *testing.T) {
	flips, seed := 24, uint64(time.Now().UnixNano())
	if s := os.Getenv(envFlips); s != "" {
		n, err := strconv.Atoi(s)
		if err != nil {
			t.Fatal(err)
		}
		flips = n
	}
	if s := os.Getenv(envSeed); s != "" {
		n, err := strconv.ParseUint(s, 10, 64)
		if err != nil {
			t.Fatal(err)
		}
		seed = n
	}
	if testing.Short() {
		flips = 5
	}
	t.Logf("%s=%d", envSeed, seed)
	dir := filepath.Join(t.TempDir(), "archive")
	whole, qs, want := flippable(t, dir)
	r := rand.New(rand.NewPCG(seed, 1))
	names := slices.Sorted(maps.Keys(whole))
	kinds := map[string]int{}
	for n := range flips {
		// The store, the packs and the index in turn, in proportion to their bytes.
		place := []string{"archive.db", "originals/", "index/"}[n%3]
		var of []string
		total := 0
		for _, name := range names {
			if strings.HasPrefix(name, place) {
				of, total = append(of, name), total+len(whole[name])
			}
		}
		at, name := r.IntN(total), ""
		for _, name = range of {
			if at < len(whole[name]) {
				break
			}
			at -= len(whole[name])
		}
		bad := maps.Clone(whole)
		bad[name] = slices.Clone(bad[name])
		bad[name][at] ^= 1 << r.IntN(8)
		putBack(t, dir, bad)
		done := make(chan string, 1)
		go func() { done <- flipped(t, dir, qs, want) }()
		select {
		case kind := <-done:
			kinds[place+" "+kind]++
			if kind == "wrong" {
				t.Errorf("flip %d, byte %d of %s", n, at, name)
			}
		case <-time.After(2 * time.Minute):
			t.Fatalf("flip %d, byte %d of %s: it hangs", n, at, name)
		}
	}
	for _, k := range slices.Sorted(maps.Keys(kinds)) {
		t.Logf("%s: %d", k, kinds[k])
	}
}

// flippable makes an archive, and asks it everything.
func flippable(t *testing.T, dir string) (whole map[string][]byte, qs []question, want []string) {
	t.Helper()
	mustCLI(t, generated(t, 3, 60)+harbour+"\n", "ingest", "--data", dir, "-")
	pages := t.TempDir()
	for n := range 16 {
		if n == 12 { // the first four again, with other numbers
			mustCLI(t, "", "ingest", "--data", dir, pages)
		}
		n, ships := n%12, n*7
		page := fmt.Sprintf(`<html lang="en"><head><title>Page %[1]d</title><link rel="canonical" href="https://ledger.example/page-%[1]d"></head><body><article><h1>The harbour in its year %[1]d</h1><p>%s</p></article></body></html>`,
			n, strings.Repeat(fmt.Sprintf("The harbour master of Porthaven counted %d ships in the year %d. ", ships, n), 15))
		if err := os.WriteFile(filepath.Join(pages, fmt.Sprint(n, ".html")), []byte(page), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	mustCLI(t, "", "ingest", "--data", dir, pages)
	st, err := store.Open(dir, store.Options{})
	if err != nil {
		t.Fatal(err)
	}
	a, err := openArchive(t.Context(), place{dir: dir}, st, slog.New(slog.DiscardHandler))
	if err != nil {
		t.Fatal(err)
	}
	l, err := a.CreateList(t.Context(), news.LocalOwner, "Harbour")
	if err == nil {
		var id news.ArticleID
		if id, err = a.LookupURL(t.Context(), "https://ledger.example/page-3"); err == nil {
			err = a.Bookmark(t.Context(), l.ID, news.Bookmark{Article: id})
		}
	}
	if err == nil {
		err = a.index.WaitIndexed(t.Context())
	}
	if err != nil {
		t.Fatal(err)
	}
	qs = questions(t, a)
	for _, q := range qs {
		s, err := q.ask(t.Context(), a)
		if err != nil {
			t.Fatalf("%s: %v", q.name, err)
		}
		want = append(want, s)
	}
	if err := a.Close(); err != nil {
		t.Fatal(err)
	}
	return files(t, dir), qs, want
}

// flipped opens a damaged archive and asks it everything again.
func flipped(t *testing.T, dir string, qs []question, want []string) (kind string) {
	ctx, cancel := context.WithTimeout(context.Background(), time.Minute)
	defer cancel()
	st, err := store.Open(dir, store.Options{})
	if err != nil {
		if !errors.Is(err, news.ErrDamaged) && !errors.Is(err, news.ErrInvalid) {
			t.Errorf("Open: %v", err)
			return "wrong"
		}
		return "refused at once"
	}
	a, err := openArchive(ctx, place{dir: dir}, st, slog.New(slog.DiscardHandler))
	if err != nil {
		return "refused at once"
	}
	defer a.Close()
	anew := a.index.Why() != ""
	lost := ""
	if err := a.index.WaitIndexed(ctx); err != nil {
		lost = "index: " + err.Error()
		cancel()
	}
	kind = "without effect"
	for i, q := range qs {
		got, err := q.ask(context.Background(), a)
		switch {
		case err != nil:
			lost = q.name + ": " + err.Error()
		case got != want[i]:
			if kind != "wrong" {
				t.Errorf("%s gave\n%.600s, want\n%.600s", q.name, got, want[i])
			}
			kind = "wrong"
		}
	}
	var problems []string
	vctx, stop := context.WithTimeout(context.Background(), time.Minute)
	defer stop()
	if err := a.Store.Verify(vctx, func(p string) { problems = append(problems, p) }); err != nil {
		t.Errorf("Verify: %v", err)
		return "wrong"
	}
	if lost == "" {
		if err := a.Verify(vctx, func(p string) { problems = append(problems, p) }); err != nil {
			t.Errorf("Verify: %v", err)
			return "wrong"
		}
	}
	switch {
	case kind == "wrong":
	case lost != "" && len(problems) == 0:
		t.Errorf("verify finds nothing, and %s", lost)
		kind = "wrong"
	case lost != "":
		kind = "an error to readers, found by verify"
	case len(problems) > 0:
		kind = "found by verify"
	case anew:
		kind = "index made anew"
	}
	return kind
}
