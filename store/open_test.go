package store

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"backfile/internal/news"
)

func TestLock(t *testing.T) {
	dir := t.TempDir()
	s := open1(t, dir)
	for _, readOnly := range []bool{false, true} {
		start := time.Now()
		if _, err := Open(dir, Options{Timeout: 100 * time.Millisecond, ReadOnly: readOnly}); !errors.Is(err, news.ErrLocked) {
			t.Errorf("Open of a locked archive: %v, want ErrLocked", err)
		}
		if d := time.Since(start); d > 2*time.Second {
			t.Errorf("Open waited %s, want 100 ms", d)
		}
	}
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	r1, err := Open(dir, Options{ReadOnly: true})
	if err != nil {
		t.Fatal(err)
	}
	defer r1.Close()
	r2, err := Open(dir, Options{ReadOnly: true})
	if err != nil {
		t.Fatalf("a second reader: %v", err)
	}
	defer r2.Close()
	if _, err := Open(dir, Options{Timeout: 50 * time.Millisecond}); !errors.Is(err, news.ErrLocked) {
		t.Errorf("Open for writing beside readers: %v, want ErrLocked", err)
	}
}

// TestCreateAtOnce opens one new archive from many sides: there is one, and
// nobody sees half of it.
func TestCreateAtOnce(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "deep", "data")
	ids := make(chan string, 8)
	var wg sync.WaitGroup
	for range cap(ids) {
		wg.Go(func() {
			s, err := Open(dir, Options{Timeout: 20 * time.Second})
			if err != nil {
				t.Error(err)
				return
			}
			ids <- s.ID()
			if err := s.Close(); err != nil {
				t.Error(err)
			}
		})
	}
	wg.Wait()
	close(ids)
	first := <-ids
	for id := range ids {
		if id != first {
			t.Errorf("Open saw the archives %s and %s", first, id)
		}
	}
	if left, _ := filepath.Glob(filepath.Join(dir, temporary+"*")); len(left) > 0 {
		t.Errorf("left behind: %q", left)
	}
}

func TestReadOnly(t *testing.T) {
	dir := filled(t, 5)
	s, err := Open(dir, Options{ReadOnly: true})
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	ctx := context.Background()
	if _, err := s.Put(ctx, []news.Write{numbered(99, 1)}); !errors.Is(err, errReadOnly) {
		t.Errorf("Put: %v, want %v", err, errReadOnly)
	}
	if all, err := s.All(ctx, "", 0); err != nil || len(all) != 4 {
		t.Errorf("All = %d, %v, want 4", len(all), err)
	}
	verify1(t, s)
	if _, err := Open(t.TempDir(), Options{ReadOnly: true}); !errors.Is(err, os.ErrNotExist) {
		t.Errorf("Open of nothing for reading: %v, want ErrNotExist", err)
	}
}

func TestClosed(t *testing.T) {
	s := open1(t, t.TempDir())
	ctx := context.Background()
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	if _, err := s.Article(ctx, news.NewArticleID("x")); !errors.Is(err, errClosed) {
		t.Errorf("Article: %v, want %v", err, errClosed)
	}
	if _, err := s.Put(ctx, []news.Write{numbered(1, 1)}); !errors.Is(err, errClosed) {
		t.Errorf("Put: %v, want %v", err, errClosed)
	}
	if err := s.Close(); err != nil {
		t.Errorf("closing again: %v", err)
	}
}

// TestReopen finds everything again, and the same store.
func TestReopen(t *testing.T) {
	dir := filled(t, 30)
	s := open1(t, dir)
	ctx := context.Background()
	id := s.ID()
	before, err := s.Stats(ctx)
	if err != nil {
		t.Fatal(err)
	}
	if before.Articles != 29 || before.Versions != 30 || before.Removed != 1 || before.Outlets != 7 || before.Persons != 30 ||
		before.Lists != 1 || before.Originals != 30 || before.Bytes == 0 || before.OriginalBytes == 0 || before.Changes == 0 {
		t.Errorf("Stats = %+v", before)
	}
	head, err := s.Head(ctx)
	if err != nil {
		t.Fatal(err)
	}
	s.Close()
	s = open1(t, dir)
	defer s.Close()
	after, err := s.Stats(ctx)
	if err != nil || after != before || s.ID() != id {
		t.Errorf("Stats after reopening = %+v, %v, want %+v", after, err, before)
	}
	if n, err := s.Behind(ctx, head); err != nil || n != 0 {
		t.Errorf("Behind = %d, %v", n, err)
	}
	verify1(t, s)
}

// TestRestoredBackup puts an older copy back and writes on: cursors of the time
// between are refused, though the feed is longer than they are.
func TestRestoredBackup(t *testing.T) {
	dir, ctx := filled(t, 3), context.Background()
	path := filepath.Join(dir, dbName)
	old, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	put := func(from, to int) (news.Cursor, *Store) {
		s := open1(t, dir)
		var last news.Cursor
		for i := from; i < to; i++ {
			out, err := s.Put(ctx, []news.Write{numbered(i, 50)})
			if err != nil {
				t.Fatal(err)
			}
			last = out[0].Cursor
		}
		return last, s
	}
	lost, s := put(10, 12)
	s.Close()
	if err := os.WriteFile(path, old, 0o600); err != nil {
		t.Fatal(err)
	}
	_, s = put(20, 30)
	defer s.Close()
	if _, err := s.Behind(ctx, lost); !errors.Is(err, news.ErrInvalid) || !strings.Contains(err.Error(), "another past") {
		t.Errorf("Behind of a lost row: %v, want ErrInvalid", err)
	}
	verify1(t, s)
}

// TestEventIDsWithClockSetBack keeps events in order.
func TestEventIDsWithClockSetBack(t *testing.T) {
	s := open1(t, t.TempDir())
	defer s.Close()
	ctx := context.Background()
	const late = "f0000000-0000-7000-8000-0000000000ff"
	if err := s.update(ctx, func(b *batch) error {
		return b.put(bucketEvents, []byte(late), news.Event{ID: late, Type: news.EventRemoved})
	}); err != nil {
		t.Fatal(err)
	}
	out, err := s.Put(ctx, []news.Write{numbered(1, 1), numbered(2, 1)})
	if err != nil {
		t.Fatal(err)
	}
	for _, o := range out {
		if err := s.Remove(ctx, o.ID, "test", false); err != nil {
			t.Fatal(err)
		}
	}
	es, err := s.Events(ctx, late, 0)
	if err != nil || len(es) != 2 || es[0].ID != "f0000000-0000-7000-8000-000000000100" || es[1].About != string(out[1].ID) {
		t.Errorf("Events behind a late one = %+v, %v", es, err)
	}
}
