package store

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"os"
	"path/filepath"
	"testing"
	"time"

	"backfile/internal/news"
)

// worthLeaving has every archive closed with a note.
func worthLeaving(t *testing.T) {
	old := leftFrom
	leftFrom = 0
	t.Cleanup(func() { leftFrom = old })
}

func reopened(t *testing.T, dir string) *Store {
	t.Helper()
	s, err := Open(dir, Options{})
	if err != nil {
		t.Fatal(err)
	}
	return s
}

// sound closes an archive that has n articles and nothing wrong.
func sound(t *testing.T, s *Store, n int) {
	t.Helper()
	ctx := context.Background()
	if st, err := s.Stats(ctx); err != nil || st.Articles != n {
		t.Errorf("%d articles, %v, want %d", st.Articles, err, n)
	}
	if err := s.Verify(ctx, func(p string) { t.Error(p) }); err != nil {
		t.Error(err)
	}
	if err := s.Close(); err != nil {
		t.Error(err)
	}
}

func putSome(t *testing.T, s *Store, from, n int) {
	t.Helper()
	for i := range n {
		if _, err := s.Put(context.Background(), []news.Write{numbered(from+i, 4000)}); err != nil {
			t.Fatal(err)
		}
	}
}

// TestLeft closes and opens an archive by its note, with writes between, and finds the
// pages that are free without a walk.
func TestLeft(t *testing.T) {
	worthLeaving(t)
	dir := t.TempDir()
	note := filepath.Join(dir, leftName)
	n := 0
	for range 4 {
		s := reopened(t, dir)
		if _, err := os.Stat(note); err == nil {
			t.Error("the note is there while the archive is open")
		}
		putSome(t, s, n, 5)
		n += 5
		sound(t, s, n)
		if !trusted(dir, true) {
			t.Fatal("an archive that was closed in good order is not trusted")
		}
		// Closed without a write it stays so.
		sound(t, reopened(t, dir), n)
		if !trusted(dir, true) {
			t.Error("an archive that was only read is not trusted")
		}
	}
	s := reopened(t, dir)
	if s.db.Stats().FreePageN == 0 {
		t.Error("no free pages were found")
	}
	sound(t, s, n)
}

// TestLeftOtherwise gives archives whose note is of another file, or whose list of free
// pages is wrong: they are walked, and whole.
func TestLeftOtherwise(t *testing.T) {
	worthLeaving(t)
	for name, change := range map[string]func(t *testing.T, dir string){
		"no note": func(t *testing.T, dir string) {
			if err := os.Remove(filepath.Join(dir, leftName)); err != nil {
				t.Fatal(err)
			}
		},
		"a note that is none": func(t *testing.T, dir string) {
			if err := os.WriteFile(filepath.Join(dir, leftName), []byte("{"), 0o600); err != nil {
				t.Fatal(err)
			}
		},
		"a later time": func(t *testing.T, dir string) {
			at := time.Now().Add(time.Second)
			if err := os.Chtimes(filepath.Join(dir, dbName), at, at); err != nil {
				t.Fatal(err)
			}
		},
		"a wrong list, and the same time": func(t *testing.T, dir string) {
			path := filepath.Join(dir, dbName)
			fi, err := os.Stat(path)
			if err != nil {
				t.Fatal(err)
			}
			b, err := os.ReadFile(path)
			if err != nil {
				t.Fatal(err)
			}
			f, err := os.Open(path)
			if err != nil {
				t.Fatal(err)
			}
			defer f.Close()
			m, _, err := readMetas(f)
			if err != nil || m.freelist == noFreelist {
				t.Fatal("no list of free pages", err)
			}
			// It now says that the root is free.
			list := b[int64(m.freelist)*m.pageSize+pageHeader:]
			for i := range 8 {
				list[i] = byte(m.root >> (8 * i))
			}
			if err := os.WriteFile(path, b, 0o600); err != nil {
				t.Fatal(err)
			}
			asIfUnchanged(t, dir, fi.ModTime())
		},
		"a copy that was made while somebody wrote, with its former time": func(t *testing.T, dir string) {
			path := filepath.Join(dir, dbName)
			fi, err := os.Stat(path)
			if err != nil {
				t.Fatal(err)
			}
			if changed(fi) == 0 {
				t.Skip("this system does not say when a file changed")
			}
			b, err := os.ReadFile(path)
			if err != nil {
				t.Fatal(err)
			}
			// The same content, so that it is whole; but the note cannot know that.
			if err := errors.Join(os.WriteFile(path, b, 0o600), os.Chtimes(path, fi.ModTime(), fi.ModTime())); err != nil {
				t.Fatal(err)
			}
		},
		"a list of free pages that is none": func(t *testing.T, dir string) {
			path := filepath.Join(dir, dbName)
			f, err := os.OpenFile(path, os.O_RDWR, 0)
			if err != nil {
				t.Fatal(err)
			}
			defer f.Close()
			fi, err := f.Stat()
			if err != nil {
				t.Fatal(err)
			}
			m, _, err := readMetas(f)
			if err != nil || m.freelist == noFreelist {
				t.Fatal("no list of free pages", err)
			}
			if _, err := f.WriteAt(make([]byte, m.pageSize), int64(m.freelist)*m.pageSize); err != nil {
				t.Fatal(err)
			}
			asIfUnchanged(t, dir, fi.ModTime())
		},
	} {
		t.Run(name, func(t *testing.T) {
			dir := t.TempDir()
			s := reopened(t, dir)
			putSome(t, s, 0, 10)
			sound(t, s, 10)
			change(t, dir)
			if trusted(dir, true) {
				t.Error("it is trusted")
			}
			s = reopened(t, dir)
			putSome(t, s, 10, 10)
			sound(t, s, 20)
			sound(t, reopened(t, dir), 20)
		})
	}
}

// asIfUnchanged gives an archive that was changed its former times, as far as its note goes.
func asIfUnchanged(t *testing.T, dir string, modified time.Time) {
	t.Helper()
	path, note := filepath.Join(dir, dbName), filepath.Join(dir, leftName)
	if err := os.Chtimes(path, modified, modified); err != nil {
		t.Fatal(err)
	}
	fi, err := os.Stat(path)
	if err != nil {
		t.Fatal(err)
	}
	b, err := os.ReadFile(note)
	var l left
	if err := errors.Join(err, json.Unmarshal(b, &l)); err != nil {
		t.Fatal(err)
	}
	l.Changed = changed(fi)
	if b, err = json.Marshal(l); err == nil {
		err = os.WriteFile(note, b, 0o600)
	}
	if err != nil {
		t.Fatal(err)
	}
}

// TestLeftInDoubt closes an archive in which a page was wrong while it was open: it has no
// note, and is walked. TestDiskFull does so with writes that failed.
func TestLeftInDoubt(t *testing.T) {
	worthLeaving(t)
	dir := t.TempDir()
	s := reopened(t, dir)
	putSome(t, s, 0, 10)
	sound(t, s, 10)
	s = reopened(t, dir)
	if err := s.view(context.Background(), func(*tx) error { panic("not a branch page") }); !errors.Is(err, news.ErrDamaged) {
		t.Fatalf("view: %v, want %v", err, news.ErrDamaged)
	}
	putSome(t, s, 10, 1)
	sound(t, s, 11)
	if _, err := os.Stat(filepath.Join(dir, leftName)); err == nil {
		t.Error("it has a note")
	}
	sound(t, reopened(t, dir), 11)
}

// TestLeftDamaged wants an archive refused whose file was damaged since it was left.
func TestLeftDamaged(t *testing.T) {
	worthLeaving(t)
	dir := t.TempDir()
	s := reopened(t, dir)
	putSome(t, s, 0, 10)
	sound(t, s, 10)
	f, err := os.OpenFile(filepath.Join(dir, dbName), os.O_RDWR, 0)
	if err != nil {
		t.Fatal(err)
	}
	m, _, err := readMetas(f)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := f.WriteAt(make([]byte, 100), int64(m.root)*m.pageSize); err != nil {
		t.Fatal(err)
	}
	if err := f.Close(); err != nil {
		t.Fatal(err)
	}
	if s, err := Open(dir, Options{}); !errors.Is(err, news.ErrDamaged) {
		t.Errorf("Open: %v, want %v", err, news.ErrDamaged)
		if err == nil {
			s.Close()
		}
	}
}

// TestLeftBackup restores an archive that was opened by its note and not written since: its
// list of free pages does not go with it.
func TestLeftBackup(t *testing.T) {
	worthLeaving(t)
	dir := t.TempDir()
	s := reopened(t, dir)
	putSome(t, s, 0, 10)
	sound(t, s, 10)
	s = reopened(t, dir)
	var b bytes.Buffer
	if err := s.Backup(context.Background(), &b); err != nil {
		t.Fatal(err)
	}
	sound(t, s, 10)
	to := filepath.Join(t.TempDir(), "restored")
	if _, err := Restore(context.Background(), to, &b); err != nil {
		t.Fatal(err)
	}
	sound(t, reopened(t, to), 10)
}
