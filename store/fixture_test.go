package store

import (
	"archive/tar"
	"compress/gzip"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"backfile/internal/news"
)

// The fixtures in testdata are data directories that earlier programs wrote, as
// tar archives. A new one is made with the program whose format it is to show:
//
//	BACKFILE_MAKE_FIXTURE=format-N.tar.gz go test ./store -run TestMakeFixture
const envFixture = "BACKFILE_MAKE_FIXTURE"

// fixtureDay is the day on which everything in a fixture happens.
var fixtureDay = time.Date(2026, 11, 20, 9, 0, 0, 0, time.UTC)

// fixtureArticles is how many articles a fixture begins with. Number 3 is
// removed, number 4 erased, and numbers 0 and 5 have three versions.
const fixtureArticles = 12

// fixtureWrite is capture n of article i.
func fixtureWrite(i, n int) news.Write {
	w := numbered(i, 300)
	w.At = fixtureDay.Add(time.Duration(i)*time.Minute + time.Duration(n)*time.Hour)
	w.Article.Published = news.Date{}
	if n > 0 {
		w.Article.Body += strings.Repeat(fmt.Sprintf("Changed for the time number %d. ", n), 3)
		w.Original = fmt.Appendf(nil, "<p>original %d of article %d</p>", n, i)
	}
	if i >= fixtureArticles-2 {
		w.Original = []byte("<p>two articles of one page</p>") // shared by the last two
	}
	return w
}

func fixtureVersions(i int) int {
	if i%5 == 0 {
		return 3
	}
	return 1
}

// fillFixture does what every fixture holds.
func fillFixture(ctx context.Context, s *Store) error {
	ids := map[int]news.ArticleID{}
	for n := range 3 {
		for i := range fixtureArticles {
			if n >= fixtureVersions(i) {
				continue
			}
			out, err := s.Put(ctx, []news.Write{fixtureWrite(i, n)})
			if err != nil || out[0].Result == news.Refused {
				return fmt.Errorf("article %d: %v, %w", i, out, err)
			}
			ids[i] = out[0].ID
		}
	}
	l, err := s.CreateList(ctx, news.LocalOwner, "Kept for later")
	if err != nil {
		return err
	}
	for _, i := range []int{2, 0} {
		if err := s.Bookmark(ctx, l.ID, news.Bookmark{Article: ids[i]}); err != nil {
			return err
		}
	}
	return errors.Join(s.Remove(ctx, ids[3], "asked for by its subject", false), s.Remove(ctx, ids[4], "a court's order", true))
}

// TestMakeFixture writes a fixture of the present format.
func TestMakeFixture(t *testing.T) {
	name := os.Getenv(envFixture)
	if name == "" {
		t.Skip("set " + envFixture + " to make a fixture")
	}
	dir := t.TempDir()
	clock := fixtureDay
	s, err := Open(dir, Options{Now: func() time.Time { clock = clock.Add(time.Second); return clock }})
	if err != nil {
		t.Fatal(err)
	}
	if err := errors.Join(fillFixture(context.Background(), s), s.Close()); err != nil {
		t.Fatal(err)
	}
	if err := packDir(dir, filepath.Join("testdata", name)); err != nil {
		t.Fatal(err)
	}
}

// packDir writes the archive in dir as a tar archive.
func packDir(dir, name string) (err error) {
	f, err := os.Create(name)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, f.Close()) }()
	zw, _ := gzip.NewWriterLevel(f, gzip.BestCompression)
	tw := tar.NewWriter(zw)
	packs, err := filepath.Glob(filepath.Join(dir, packsDir, "*.pack"))
	if err != nil {
		return err
	}
	slices.Sort(packs)
	for _, path := range append([]string{filepath.Join(dir, dbName)}, packs...) {
		b, err := os.ReadFile(path)
		if err != nil {
			return err
		}
		rel, err := filepath.Rel(dir, path)
		if err == nil {
			err = tw.WriteHeader(&tar.Header{Name: filepath.ToSlash(rel), Mode: 0o600, Size: int64(len(b)), ModTime: fixtureDay})
		}
		if err == nil {
			_, err = tw.Write(b)
		}
		if err != nil {
			return err
		}
	}
	return errors.Join(tw.Close(), zw.Close())
}

// unpackFixture makes the data directory that a fixture holds.
func unpackFixture(t testing.TB, name string) (dir string) {
	t.Helper()
	f, err := os.Open(filepath.Join("testdata", name))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	zr, err := gzip.NewReader(f)
	if err != nil {
		t.Fatal(err)
	}
	dir = t.TempDir()
	if err := os.Mkdir(filepath.Join(dir, packsDir), 0o700); err != nil {
		t.Fatal(err)
	}
	for tr := tar.NewReader(zr); ; {
		h, err := tr.Next()
		if err == io.EOF {
			return dir
		}
		var b []byte
		if err == nil {
			b, err = io.ReadAll(tr)
		}
		if err == nil {
			err = os.WriteFile(filepath.Join(dir, filepath.FromSlash(h.Name)), b, 0o600)
		}
		if err != nil {
			t.Fatal(err)
		}
	}
}
