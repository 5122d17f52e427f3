package store

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	bolt "go.etcd.io/bbolt"

	"backfile/internal/news"
)

// checkFixture finds in s everything that fillFixture put there.
func checkFixture(t *testing.T, s *Store) {
	t.Helper()
	ctx := context.Background()
	for i := range fixtureArticles {
		id, err := s.Lookup(ctx, news.Key(fmt.Sprint("guid:", i)))
		if err != nil {
			t.Errorf("article %d: %v", i, err)
			continue
		}
		vs, err := s.Versions(ctx, id)
		var gone *news.Gone
		switch {
		case i == 3 || i == 4:
			if !errors.As(err, &gone) || gone.Erased != (i == 4) || gone.Reason == "" {
				t.Errorf("article %d: %v, %+v, want a tombstone", i, err, gone)
			}
			continue
		case err != nil || len(vs) != fixtureVersions(i):
			t.Errorf("article %d has %d versions, %v, want %d", i, len(vs), err, fixtureVersions(i))
			continue
		}
		for n, v := range vs {
			want := fixtureWrite(i, n)
			if v.N != n+1 || v.Article.Body != want.Article.Body || v.Article.Headline != want.Article.Headline || !v.At.Equal(want.At) {
				t.Errorf("version %d of article %d = %+v", n+1, i, v)
			}
			b, _, err := s.Original(ctx, v.Original)
			if err != nil || string(b) != string(want.Original) {
				t.Errorf("original of version %d of article %d: %v", n+1, i, err)
			}
		}
	}
	ls, err := s.Lists(ctx, news.LocalOwner)
	if err != nil || len(ls) != 1 || ls[0].Name != "Kept for later" || len(ls[0].Items) != 2 {
		t.Errorf("Lists = %+v, %v", ls, err)
	}
	if n, err := s.Behind(ctx, ""); err != nil || n < 18 {
		t.Errorf("the feed has %d rows, %v", n, err)
	}
	verify1(t, s)
}

// TestFixtures opens the archives that earlier programs wrote: they hold the same
// as ever, can be written to, and are of the present format from then on.
func TestFixtures(t *testing.T) {
	names, err := filepath.Glob("testdata/format-*.tar.gz")
	if err != nil || len(names) < 3 {
		t.Fatal(names, err)
	}
	for _, name := range names {
		name = filepath.Base(name)
		t.Run(name, func(t *testing.T) {
			dir := unpackFixture(t, name)
			before, err := Open(dir, Options{ReadOnly: true})
			if err != nil {
				t.Fatal(err)
			}
			id := before.ID()
			if err := before.Close(); err != nil {
				t.Fatal(err)
			}
			for range 2 {
				s := open1(t, dir)
				if s.ID() != id || s.ident.Format != format {
					t.Errorf("it is archive %s of format %d, want %s of %d", s.ID(), s.ident.Format, id, format)
				}
				checkFixture(t, s)
				out, err := s.Put(context.Background(), []news.Write{fixtureWrite(1, 0), numbered(99, 100), fixtureWrite(3, 1)})
				if err != nil || out[0].Result != news.Unchanged || out[1].Result == news.Refused || out[2].Result != news.Refused {
					t.Errorf("Put = %+v, %v", out, err)
				}
				verify1(t, s)
				if err := s.Close(); err != nil {
					t.Fatal(err)
				}
			}
		})
	}
}

// TestMigrateCrash opens an old archive that a crash left in the middle of being
// brought up to date: as bbolt writes it, either meta page counts.
func TestMigrateCrash(t *testing.T) {
	dir := unpackFixture(t, "format-1-early.tar.gz")
	path := filepath.Join(dir, dbName)
	old, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	s := open1(t, dir)
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	whole, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	// All pages written and none of the meta pages, then half of the pages.
	for _, n := range []int{len(whole), len(whole) / 2} {
		b := append([]byte(nil), whole[:n]...)
		copy(b, old[:2*os.Getpagesize()])
		if n < len(old) {
			b = append(b, old[n:]...)
		}
		if err := os.WriteFile(path, b, 0o600); err != nil {
			t.Fatal(err)
		}
		s := open1(t, dir)
		checkFixture(t, s)
		if err := s.Close(); err != nil {
			t.Fatal(err)
		}
	}
}

// A bucket that is lost is not made anew, and one that a later program added is.
func TestMissingBucket(t *testing.T) {
	for _, tc := range []struct {
		name    string
		tallied bool
		want    string
	}{{"lost", true, "bucket subscriptions is missing"}, {"new", false, ""}} {
		t.Run(tc.name, func(t *testing.T) {
			dir := filled(t, 3)
			db, err := bolt.Open(filepath.Join(dir, dbName), 0o600, nil)
			if err != nil {
				t.Fatal(err)
			}
			if err := errors.Join(db.Update(func(bt *bolt.Tx) error {
				x := &tx{Tx: bt}
				var err error
				if x.tallies, err = x.readTallies(); err != nil {
					return err
				}
				if !tc.tallied {
					delete(x.tallies, bucketSubscriptions)
				}
				return errors.Join(bt.DeleteBucket([]byte(bucketSubscriptions)), x.saveTallies())
			}), db.Close()); err != nil {
				t.Fatal(err)
			}
			for _, readOnly := range []bool{true, false} {
				s, err := Open(dir, Options{ReadOnly: readOnly})
				if err == nil {
					defer s.Close()
				}
				if (err == nil) != (tc.want == "") || err != nil && !strings.Contains(err.Error(), tc.want) {
					t.Errorf("Open: %v, want %q", err, tc.want)
				}
				if err == nil {
					if _, err := s.Subscription(context.Background(), "aaaaaaaaaaaaa"); !errors.Is(err, news.ErrNotFound) {
						t.Errorf("List: %v", err)
					}
					s.Close()
				}
			}
		})
	}
}
