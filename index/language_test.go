package index_test

import (
	"os"
	"path/filepath"
	"strconv"
	"testing"

	"backfile/index"
	"backfile/index/indextest"
	"backfile/internal/news"
)

// languageQueries are as many as the tests of every commit have time for.
const languageQueries = 2000

// TestLanguage holds the index to a plain look at every text: as it grows, after it is
// rebuilt, opened again, and killed. BACKFILE_LANGUAGE_SEED draws other articles and
// queries.
func TestLanguage(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "index")
	seed := uint64(26)
	if s := os.Getenv("BACKFILE_LANGUAGE_SEED"); s != "" {
		var err error
		if seed, err = strconv.ParseUint(s, 10, 64); err != nil {
			t.Fatal(err)
		}
	}
	var texts indextest.Texts
	open := func(t *testing.T, dir string) *index.Index {
		t.Helper()
		x, err := index.Open(dir, "store", index.Options{Article: texts.Article})
		if err != nil {
			t.Fatal(err)
		}
		t.Cleanup(func() { x.Close() })
		return x
	}
	x := open(t, dir)
	indextest.Language(t, x, &texts, seed, languageQueries,
		indextest.Turn{Name: "a rebuild", Do: func(t *testing.T, x indextest.Index, all []index.Update) indextest.Index {
			own := x.(*index.Index)
			if err := own.Reset(t.Context()); err != nil {
				t.Fatal(err)
			}
			for len(all) > 0 {
				n := min(100, len(all))
				if err := own.Apply(t.Context(), all[:n], news.Cursor("again")); err != nil {
					t.Fatal(err)
				}
				all = all[n:]
			}
			if err := own.CaughtUp(t.Context()); err != nil {
				t.Fatal(err)
			}
			return own
		}},
		indextest.Turn{Name: "a kill", Do: func(t *testing.T, x indextest.Index, all []index.Update) indextest.Index {
			// What a process leaves behind that ends at once is what is on the disk.
			left := filepath.Join(t.TempDir(), "index")
			if err := os.CopyFS(left, os.DirFS(dir)); err != nil {
				t.Fatal(err)
			}
			y := open(t, left)
			if y.Fresh() {
				t.Fatalf("the index of a killed process is not taken into use: %s", y.Why())
			}
			dir = left
			return y
		}},
		indextest.Turn{Name: "it was opened again", Do: func(t *testing.T, x indextest.Index, all []index.Update) indextest.Index {
			if err := x.(*index.Index).Close(); err != nil {
				t.Fatal(err)
			}
			y := open(t, dir)
			if y.Fresh() {
				t.Fatalf("fresh: %s", y.Why())
			}
			return y
		}},
	)
}
