package index

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"backfile/internal/news"
	"backfile/internal/newsgen"
	language "backfile/internal/search"
)

const testArticles = 100

// filled makes an index of testArticles in dir and closes it.
func filled(t *testing.T, dir, store string) {
	t.Helper()
	x := mustOpen(t, dir, store)
	feed(t, x, 0, testArticles)
	if err := x.Close(); err != nil {
		t.Fatal(err)
	}
}

func mustOpen(t *testing.T, dir, store string) *Index {
	t.Helper()
	x, err := Open(dir, store, Options{})
	if err != nil {
		t.Fatalf("Open: %v", err)
	}
	t.Cleanup(func() { x.Close() })
	return x
}

var generator = newsgen.New(5)

// feedBatch makes several segments of few articles.
const feedBatch = 50

// feed applies generated articles.
func feed(t *testing.T, x *Index, from, to int) {
	t.Helper()
	for i := from; i < to; i += feedBatch {
		var us []Update
		for j := i; j < min(to, i+feedBatch); j++ {
			v := generator.Version(j)
			us = append(us, Update{ID: v.Article.ID, Versions: []news.Version{v}})
		}
		if err := x.Apply(t.Context(), us, news.Cursor(fmt.Sprint(min(to, i+feedBatch)))); err != nil {
			t.Fatalf("Apply: %v", err)
		}
	}
}

func total(t *testing.T, x *Index, q string) int {
	t.Helper()
	n, _ := language.Parse(q)
	r, err := x.Search(t.Context(), language.Request{Query: n})
	if err != nil {
		t.Fatalf("Search(%q): %v", q, err)
	}
	return r.Total
}

// TestOpenAgain opens an index as it was left.
func TestOpenAgain(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "index")
	filled(t, dir, "store")
	x := mustOpen(t, dir, "store")
	if x.Fresh() || x.Why() != "" {
		t.Errorf("fresh: %v, %s", x.Fresh(), x.Why())
	}
	if c, err := x.Cursor(); err != nil || c != news.Cursor(fmt.Sprint(testArticles)) {
		t.Errorf("cursor = %q, %v", c, err)
	}
	if n := total(t, x, "*"); n != testArticles {
		t.Errorf("%d articles, want %d", n, testArticles)
	}
	if _, err := Open(dir, "store", Options{}); !errors.Is(err, news.ErrLocked) {
		t.Errorf("a second Open = %v, want %v", err, news.ErrLocked)
	}
	if n := total(t, x, "*"); n != testArticles {
		t.Errorf("after a second Open: %d articles, want %d", n, testArticles)
	}
}

// TestOpenDamaged damages an index in every way we know of: each gives an empty one,
// which the feed fills to the same answers.
func TestOpenDamaged(t *testing.T) {
	zaps := func(t *testing.T, dir string) []string {
		names, err := filepath.Glob(filepath.Join(dir, "g*", "store", "*.zap"))
		if err != nil || len(names) == 0 {
			t.Fatalf("no segments in %s: %v", dir, err)
		}
		return names
	}
	write := func(t *testing.T, name string, b []byte) {
		t.Helper()
		if err := os.WriteFile(name, b, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	for _, tc := range []struct {
		name   string
		damage func(t *testing.T, dir string)
	}{
		{"removed", func(t *testing.T, dir string) { os.RemoveAll(dir) }},
		{"emptied", func(t *testing.T, dir string) { os.RemoveAll(dir); os.Mkdir(dir, 0o700) }},
		{"a file in its place", func(t *testing.T, dir string) { os.RemoveAll(dir); write(t, dir, []byte("x")) }},
		{"segments removed", func(t *testing.T, dir string) {
			for _, name := range zaps(t, dir) { // some may be left over from a merge: one alone proves nothing
				os.Remove(name)
			}
		}},
		{"segments cut", func(t *testing.T, dir string) {
			for _, name := range zaps(t, dir) {
				info, _ := os.Stat(name)
				os.Truncate(name, info.Size()/2)
			}
		}},
		{"segments empty", func(t *testing.T, dir string) {
			for _, name := range zaps(t, dir) {
				os.Truncate(name, 0)
			}
		}},
		{"segments of noise", func(t *testing.T, dir string) {
			for _, name := range zaps(t, dir) {
				write(t, name, bytes.Repeat([]byte("noise \x00\xff\x17"), 5000))
			}
		}},
		{"root.bolt cut", func(t *testing.T, dir string) { os.Truncate(filepath.Join(dir, "g1", "store", "root.bolt"), 5000) }},
		{"root.bolt of noise", func(t *testing.T, dir string) {
			write(t, filepath.Join(dir, "g1", "store", "root.bolt"), bytes.Repeat([]byte{0xa5}, 65536))
		}},
		{"root.bolt removed", func(t *testing.T, dir string) { os.Remove(filepath.Join(dir, "g1", "store", "root.bolt")) }},
		{"bleve's meta removed", func(t *testing.T, dir string) { os.Remove(filepath.Join(dir, "g1", "index_meta.json")) }},
		{"meta removed", func(t *testing.T, dir string) { os.Remove(filepath.Join(dir, metaFile)) }},
		{"meta of noise", func(t *testing.T, dir string) { write(t, filepath.Join(dir, metaFile), []byte("{\x00")) }},
		{"old mapping", func(t *testing.T, dir string) {
			write(t, filepath.Join(dir, metaFile), fmt.Appendf(nil, `{"mapping":%d,"bleve":%q,"store":"store","generation":1}`, mappingVersion-1, bleveVersion))
		}},
		{"other bleve", func(t *testing.T, dir string) {
			write(t, filepath.Join(dir, metaFile), fmt.Appendf(nil, `{"mapping":%d,"bleve":"v9","store":"store","generation":1}`, mappingVersion))
		}},
		{"found broken before", func(t *testing.T, dir string) { write(t, filepath.Join(dir, suspectFile), nil) }},
	} {
		t.Run(tc.name, func(t *testing.T) {
			t.Parallel()
			parent := t.TempDir()
			dir := filepath.Join(parent, "index")
			filled(t, dir, "store")
			for range 2 { // the second time something was moved aside already
				tc.damage(t, dir)
				x := mustOpen(t, dir, "store")
				// Bleve may have an older state left, which has an older cursor.
				if c, err := x.Cursor(); err != nil || c == news.Cursor(fmt.Sprint(testArticles)) || x.Fresh() != (c == "") || c != "" && x.Why() != "" {
					t.Errorf("cursor = %q, %v, fresh %v, moved aside: %q", c, err, x.Fresh(), x.Why())
				}
				feed(t, x, 0, testArticles)
				if err := x.CaughtUp(t.Context()); err != nil || x.Fresh() {
					t.Errorf("CaughtUp: %v, still fresh: %v", err, x.Fresh())
				}
				if n := total(t, x, "*"); n != testArticles {
					t.Errorf("%d articles, want %d", n, testArticles)
				}
				if err := x.Close(); err != nil {
					t.Error(err)
				}
				if aside, _ := filepath.Glob(dir + ".damaged-*"); len(aside) > 1 {
					t.Errorf("moved aside: %v", aside)
				}
			}
		})
	}
}

func TestOpenOtherStore(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "index")
	filled(t, dir, "one")
	x := mustOpen(t, dir, "two")
	if n := total(t, x, "*"); !x.Fresh() || n != 0 {
		t.Errorf("fresh %v, %d articles; want an empty index", x.Fresh(), n)
	}
}

// TestVerify flips bits that Bleve does not look at.
func TestVerify(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "index")
	filled(t, dir, "store")
	verify := func() (problems []string) {
		x := mustOpen(t, dir, "store")
		defer x.Close()
		if err := x.Verify(t.Context(), func(p string) { problems = append(problems, p) }); err != nil {
			t.Fatal(err)
		}
		return problems
	}
	if p := verify(); len(p) > 0 {
		t.Fatalf("a sound index: %v", p)
	}
	// In all files: one that was joined with others may still lie there.
	names, _ := filepath.Glob(filepath.Join(dir, "g1", "store", "*.zap"))
	for _, name := range names {
		b, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		b[len(b)/3] ^= 0x10
		if err := os.WriteFile(name, b, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	x, err := Open(dir, "store", Options{})
	if err != nil {
		t.Fatal(err)
	}
	fresh := x.Fresh()
	x.Close()
	if fresh {
		return // found at once
	}
	if p := verify(); len(p) == 0 || !strings.Contains(p[0], "checksum") {
		t.Errorf("a bit flipped in %d files: %v", len(names), p)
	}
}

// TestReset rebuilds while searches go on.
func TestReset(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "index")
	now := time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC)
	x, err := Open(dir, "store", Options{Now: func() time.Time { return now }})
	if err != nil {
		t.Fatal(err)
	}
	defer x.Close()
	feed(t, x, 0, 100)
	if err := x.CaughtUp(t.Context()); err != nil {
		t.Fatal(err)
	}
	for _, finish := range []func(){
		func() {
			if err := x.CaughtUp(t.Context()); err != nil {
				t.Fatal(err)
			}
		},
		func() { now = now.Add(idle) }, // nobody says so
	} {
		for range 2 { // a reset of a reset
			if err := x.Reset(t.Context()); err != nil {
				t.Fatal(err)
			}
		}
		if c, err := x.Cursor(); err != nil || c != "" || !x.Rebuilding() {
			t.Errorf("cursor = %q, %v, rebuilding %v", c, err, x.Rebuilding())
		}
		before := total(t, x, "*")
		feed(t, x, 0, 200)
		if n := total(t, x, "*"); n != before {
			t.Errorf("during the rebuild: %d articles, want %d as before", n, before)
		}
		finish()
		if n := total(t, x, "*"); n != 200 || x.Rebuilding() {
			t.Errorf("after it: %d articles, rebuilding %v", n, x.Rebuilding())
		}
		if dirs, _ := filepath.Glob(filepath.Join(dir, "g*")); len(dirs) != 1 {
			t.Errorf("left behind: %v", dirs)
		}
	}
	if err := x.Close(); err != nil {
		t.Fatal(err)
	}
	x = mustOpen(t, dir, "store")
	if n := total(t, x, "*"); n != 200 || x.Fresh() {
		t.Errorf("opened again: %d articles, fresh %v", n, x.Fresh())
	}
}

func TestClosed(t *testing.T) {
	x := mustOpen(t, filepath.Join(t.TempDir(), "index"), "store")
	for range 2 {
		if err := x.Close(); err != nil {
			t.Fatal(err)
		}
	}
	_, searched := x.Search(context.Background(), language.Request{})
	_, cursor := x.Cursor()
	for _, err := range []error{searched, cursor, x.Apply(context.Background(), nil, ""), x.Reset(context.Background())} {
		if !errors.Is(err, errClosed) {
			t.Errorf("after Close: %v, want %v", err, errClosed)
		}
	}
}

// TestVersions holds the constants to what they name.
func TestBleveVersion(t *testing.T) {
	b, err := os.ReadFile("../go.mod")
	if err != nil {
		t.Skip("no go.mod beside the package")
	}
	if !bytes.Contains(b, []byte("github.com/blevesearch/bleve/v2 "+bleveVersion)) {
		t.Errorf("go.mod does not have Bleve %s", bleveVersion)
	}
}
