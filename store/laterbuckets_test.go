package store

import (
	"context"
	"path/filepath"
	"testing"

	bolt "go.etcd.io/bbolt"

	"backfile/internal/news"
)

// TestLaterBuckets opens an archive as an earlier program made it, without the
// buckets that came later: it is whole, for reading too, and takes writes.
func TestLaterBuckets(t *testing.T) {
	dir := t.TempDir()
	s, err := Open(dir, Options{})
	if err != nil {
		t.Fatal(err)
	}
	put := func(key, headline string) {
		t.Helper()
		out, err := s.Put(t.Context(), []news.Write{{Article: news.Article{Headline: headline, Body: "A text."}, Keys: []news.Key{news.Key(key)}, Sketch: []byte("sketch")}})
		if err != nil || out[0].Result != news.Added {
			t.Fatalf("Put: %+v, %v", out, err)
		}
	}
	put("url:a", "A")
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	db, err := bolt.Open(filepath.Join(dir, dbName), 0o600, nil)
	if err != nil {
		t.Fatal(err)
	}
	err = db.Update(func(bt *bolt.Tx) error {
		t := &tx{Tx: bt}
		var err error
		if t.tallies, err = t.readTallies(); err != nil {
			return err
		}
		for _, name := range laterBuckets {
			delete(t.tallies, name)
			if err := bt.DeleteBucket([]byte(name)); err != nil {
				return err
			}
		}
		return t.saveTallies()
	})
	if err := db.Close(); err != nil {
		t.Fatal(err)
	}
	if err != nil {
		t.Fatal(err)
	}
	for _, readOnly := range []bool{true, false} {
		if s, err = Open(dir, Options{ReadOnly: readOnly}); err != nil {
			t.Fatalf("Open, read only %v: %v", readOnly, err)
		}
		report := func(problem string) { t.Errorf("Verify, read only %v: %s", readOnly, problem) }
		if err := s.Verify(context.Background(), report); err != nil {
			t.Errorf("Verify, read only %v: %v", readOnly, err)
		}
		if as, err := s.All(t.Context(), "", 0); err != nil || len(as) != 1 {
			t.Errorf("All, read only %v: %d articles, %v", readOnly, len(as), err)
		}
		if !readOnly {
			put("url:b", "B")
			if err := s.Verify(context.Background(), report); err != nil {
				t.Errorf("Verify: %v", err)
			}
		}
		if err := s.Close(); err != nil {
			t.Fatal(err)
		}
	}
}
