package store

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"
	"unsafe"

	bolt "go.etcd.io/bbolt"

	"backfile/internal/news"
)

// sampleRoot is the root page of sampleDB.
var sampleRoot uint64

var sampleOnce = sync.OnceValues(func() ([]byte, error) {
	dir, err := os.MkdirTemp("", "backfile")
	if err != nil {
		return nil, err
	}
	defer os.RemoveAll(dir)
	s, err := Open(dir, Options{})
	if err != nil {
		return nil, err
	}
	for i := range 20 {
		if _, err := s.Put(context.Background(), []news.Write{numbered(i, 100)}); err != nil {
			return nil, err
		}
	}
	if err := s.Close(); err != nil {
		return nil, err
	}
	f, err := os.Open(filepath.Join(dir, dbName))
	if err != nil {
		return nil, err
	}
	defer f.Close()
	m, _, err := readMetas(f)
	if err != nil {
		return nil, err
	}
	sampleRoot = m.root
	b := make([]byte, int64(m.pages)*m.pageSize)
	_, err = f.ReadAt(b, 0)
	return b, err
})

func sampleDB(t testing.TB) []byte {
	b, err := sampleOnce()
	if err != nil {
		t.Fatal(err)
	}
	return b
}

// filled makes an archive with n articles, closed.
func filled(t testing.TB, n int) (dir string) {
	t.Helper()
	dir = t.TempDir()
	s := open1(t, dir)
	ctx := context.Background()
	for i := range n {
		out, err := s.Put(ctx, []news.Write{numbered(i, 200+i*13%900)})
		if err != nil || out[0].Result != news.Added {
			t.Fatal(out, err)
		}
	}
	l, err := s.CreateList(ctx, news.LocalOwner, "Saved")
	if err == nil {
		var id news.ArticleID
		if id, err = s.Lookup(ctx, "url:0"); err == nil {
			err = s.Bookmark(ctx, l.ID, news.Bookmark{Article: id})
		}
	}
	if err == nil {
		var id news.ArticleID
		if id, err = s.Lookup(ctx, "url:1"); err == nil {
			err = s.Remove(ctx, id, "test", false)
		}
	}
	if err != nil {
		t.Fatal(err)
	}
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	return dir
}

// values are the places in archive.db where the values of records lie.
func values(t testing.TB, dir string) (out [][2]int64) {
	t.Helper()
	db, err := bolt.Open(filepath.Join(dir, dbName), 0o600, &bolt.Options{Timeout: time.Second, ReadOnly: true})
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	file, err := os.ReadFile(filepath.Join(dir, dbName))
	if err != nil {
		t.Fatal(err)
	}
	base := db.Info().Data
	if err := db.View(func(tx *bolt.Tx) error {
		return tx.ForEach(func(_ []byte, b *bolt.Bucket) error {
			return b.ForEach(func(k, v []byte) error {
				// The file is mapped: a value's address says where it is. A small
				// bucket that lives inside another may have been copied; then it
				// must be the only such bytes, as free pages hold older ones.
				at := int64(uintptr(unsafe.Pointer(&v[0]))) - int64(base)
				if at < 0 || at >= int64(len(file)) {
					kv := append(bytes.Clone(k), v...)
					if bytes.Count(file, kv) != 1 {
						return nil
					}
					at = int64(bytes.Index(file, kv) + len(k))
				}
				out = append(out, [2]int64{at, int64(len(v))})
				return nil
			})
		})
	}); err != nil {
		t.Fatal(err)
	}
	return out
}

// problems opens an archive and returns what is wrong, the error of Open too.
func problems(t testing.TB, dir string) (out []string) {
	t.Helper()
	s, err := Open(dir, Options{})
	if err != nil {
		if !errors.Is(err, news.ErrDamaged) && !errors.Is(err, news.ErrInvalid) {
			t.Errorf("Open: %v, want ErrDamaged", err)
		}
		return []string{err.Error()}
	}
	defer s.Close()
	if err := s.Verify(context.Background(), func(p string) { out = append(out, p) }); err != nil {
		t.Errorf("Verify: %v", err)
	}
	return out
}

// usedBytes is how much of archive.db is in use or free; the rest of the file is
// room to grow.
func usedBytes(t testing.TB, path string) int64 {
	t.Helper()
	f, err := os.Open(path)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	m, _, err := readMetas(f)
	if err != nil {
		t.Fatal(err)
	}
	return int64(m.pages) * m.pageSize
}

func flip(t testing.TB, path string, at int64) {
	t.Helper()
	f, err := os.OpenFile(path, os.O_RDWR, 0)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	b := []byte{0}
	if _, err := f.ReadAt(b, at); err != nil {
		t.Fatal(err)
	}
	b[0] ^= byte(1 << rand.IntN(8))
	if _, err := f.WriteAt(b, at); err != nil {
		t.Fatal(err)
	}
}

// TestFlippedValue flips one byte of one value: Verify finds every one, and no
// article with another text is ever shown.
func TestFlippedValue(t *testing.T) {
	dir := filled(t, 40)
	path := filepath.Join(dir, dbName)
	whole, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	places := values(t, dir)
	if len(places) < 100 {
		t.Fatalf("only %d values found", len(places))
	}
	for range 300 {
		p := places[rand.IntN(len(places))]
		at := p[0] + rand.Int64N(p[1])
		flip(t, path, at)
		if ps := problems(t, dir); len(ps) == 0 {
			t.Fatalf("byte %d flipped in a value of %d bytes at %d was not found", at, p[1], p[0])
		}
		if err := os.WriteFile(path, whole, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	if ps := problems(t, dir); len(ps) > 0 {
		t.Errorf("the archive put right has problems: %q", ps)
	}
}

// TestFlippedAnywhere flips bytes anywhere in archive.db: whatever they hit, it
// ends in an error or in whole answers, never in a panic.
func TestFlippedAnywhere(t *testing.T) {
	dir := filled(t, 40)
	path := filepath.Join(dir, dbName)
	whole, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	used, found := usedBytes(t, path), 0
	for range 300 {
		for range 1 + rand.IntN(3) {
			flip(t, path, rand.Int64N(used))
		}
		if len(problems(t, dir)) > 0 {
			found++
		}
		if err := os.WriteFile(path, whole, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	t.Logf("%d of 300 found; the others hit bytes that are not in use", found)
}

// TestFlippedStructure flips bytes of the heads of pages, where bbolt would end
// the process.
func TestFlippedStructure(t *testing.T) {
	dir := filled(t, 40)
	path := filepath.Join(dir, dbName)
	whole, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	used := usedBytes(t, path)
	for range 300 {
		page := rand.Int64N(used / 4096)
		flip(t, path, page*4096+rand.Int64N(80))
		problems(t, dir)
		if err := os.WriteFile(path, whole, 0o600); err != nil {
			t.Fatal(err)
		}
	}
}

// TestFlippedWhileOpen flips values under an open archive: what is read is an
// error that names the place, and the rest can still be read.
func TestFlippedWhileOpen(t *testing.T) {
	dir := filled(t, 10)
	places := values(t, dir)
	s := open1(t, dir)
	defer s.Close()
	ctx := context.Background()
	for _, p := range places {
		flip(t, filepath.Join(dir, dbName), p[0]+rand.Int64N(p[1]))
	}
	if _, err := s.All(ctx, "", 0); !errors.Is(err, news.ErrDamaged) || !strings.Contains(err.Error(), bucketArticles) {
		t.Errorf("All: %v, want ErrDamaged that names its bucket", err)
	}
	out, err := s.Put(ctx, []news.Write{numbered(3, 10)})
	if err == nil {
		t.Errorf("Put on damaged records = %+v, want an error", out)
	}
	n := 0
	if err := s.Verify(ctx, func(string) { n++ }); err != nil || n < len(places) {
		t.Errorf("Verify found %d problems, %v, want at least %d", n, err, len(places))
	}
}

// TestFlippedPack flips single bytes of a pack.
func TestFlippedPack(t *testing.T) {
	dir := filled(t, 15)
	path := filepath.Join(dir, packsDir, packName(1))
	whole, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	for range 300 {
		at := rand.Int64N(int64(len(whole)))
		flip(t, path, at)
		if ps := problems(t, dir); len(ps) == 0 {
			t.Fatalf("byte %d of %d flipped in a pack was not found", at, len(whole))
		}
		if fi, err := os.Stat(path); err != nil || fi.Size() != int64(len(whole)) {
			t.Fatalf("the damaged pack was cut to %d bytes, %v", fi.Size(), err)
		}
		if err := os.WriteFile(path, whole, 0o600); err != nil {
			t.Fatal(err)
		}
	}
}

// TestBadFiles opens files that are no archive.
func TestBadFiles(t *testing.T) {
	dir := filled(t, 40)
	whole, err := os.ReadFile(filepath.Join(dir, dbName))
	if err != nil {
		t.Fatal(err)
	}
	used := int(usedBytes(t, filepath.Join(dir, dbName)))
	foreign := filepath.Join(t.TempDir(), "foreign.db")
	db, err := bolt.Open(foreign, 0o600, nil)
	if err != nil {
		t.Fatal(err)
	}
	if err := db.Update(func(tx *bolt.Tx) error { _, err := tx.CreateBucket([]byte("x")); return err }); err != nil {
		t.Fatal(err)
	}
	if err := db.Close(); err != nil {
		t.Fatal(err)
	}
	other, err := os.ReadFile(foreign)
	if err != nil {
		t.Fatal(err)
	}
	for _, tc := range []struct {
		name string
		b    []byte
		want string
	}{
		{"empty", nil, "empty"},
		{"zeros", make([]byte, 1<<20), "no archive"},
		{"text", []byte(strings.Repeat("Dear editor, ", 5000)), "no archive"},
		{"short text", []byte("x"), "no archive"},
		{"another program's", other, "no archive of Backfile"},
		{"half", whole[:used/2], "cut short"},
		{"one page short", whole[:used-1], "cut short"},
		{"first page only", whole[:4096], "cut short"},
		{"first bytes only", whole[:100], "cut short"},
		{"metas damaged", append(make([]byte, 40), whole[40:4096+20]...), "no archive"},
	} {
		t.Run(tc.name, func(t *testing.T) {
			dir := t.TempDir()
			path := filepath.Join(dir, dbName)
			if err := os.WriteFile(path, tc.b, 0o600); err != nil {
				t.Fatal(err)
			}
			start := time.Now()
			for _, readOnly := range []bool{false, true} {
				s, err := Open(dir, Options{ReadOnly: readOnly})
				if err == nil {
					s.Close()
					t.Fatal("Open took it")
				}
				if !strings.Contains(err.Error(), tc.want) || !strings.Contains(err.Error(), path) {
					t.Errorf("Open: %v, want it to name %s and say %q", err, path, tc.want)
				}
			}
			if d := time.Since(start); d > 3*time.Second {
				t.Errorf("Open took %s", d)
			}
			if b, err := os.ReadFile(path); err != nil || !bytes.Equal(b, tc.b) {
				t.Errorf("Open changed the file, %v", err)
			}
		})
	}
	t.Run("truncated anywhere", func(t *testing.T) {
		dir := t.TempDir()
		for range 60 {
			n := rand.IntN(used)
			if err := os.WriteFile(filepath.Join(dir, dbName), whole[:n], 0o600); err != nil {
				t.Fatal(err)
			}
			if len(problems(t, dir)) == 0 {
				t.Errorf("an archive cut to %d bytes has no problems", n)
			}
		}
	})
	t.Run("directory", func(t *testing.T) {
		dir := t.TempDir()
		if err := os.Mkdir(filepath.Join(dir, dbName), 0o700); err != nil {
			t.Fatal(err)
		}
		if s, err := Open(dir, Options{}); err == nil {
			s.Close()
			t.Error("Open took a directory")
		}
	})
	t.Run("newer format", func(t *testing.T) {
		dir := filled(t, 2)
		s := open1(t, dir)
		if err := s.update(context.Background(), func(b *batch) error {
			return b.put(bucketMeta, []byte(metaIdentity), identity{ID: "x", Format: format + 1})
		}); err != nil {
			t.Fatal(err)
		}
		s.Close()
		if _, err := Open(dir, Options{}); err == nil || !strings.Contains(err.Error(), fmt.Sprint("format ", format+1)) {
			t.Errorf("Open: %v, want it to name the format", err)
		}
	})
}
