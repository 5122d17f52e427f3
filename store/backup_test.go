package store

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"backfile/internal/fuzztime"
	"backfile/internal/news"
)

// backedUp is a backup of an open archive.
func backedUp(t testing.TB, s *Store) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := s.Backup(context.Background(), &b); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// restored is the archive of a backup, opened.
func restored(t testing.TB, backup []byte) *Store {
	t.Helper()
	dir := filepath.Join(t.TempDir(), "deep", "archive")
	if _, err := Restore(context.Background(), dir, bytes.NewReader(backup)); err != nil {
		t.Fatal(err)
	}
	s := open1(t, dir)
	t.Cleanup(func() { s.Close() })
	return s
}

// sameArchive compares everything that two archives show.
func sameArchive(t testing.TB, got, want *Store) {
	t.Helper()
	ctx := context.Background()
	for _, part := range []struct {
		name string
		of   func(*Store) (any, error)
	}{
		{"articles", func(s *Store) (any, error) { return s.All(ctx, "", 0) }},
		{"changes", func(s *Store) (any, error) { return s.Changes(ctx, "", 0) }},
		{"tombstones", func(s *Store) (any, error) { return s.Tombstones(ctx, "", 0) }},
		{"events", func(s *Store) (any, error) { return s.Events(ctx, "", 0) }},
		{"lists", func(s *Store) (any, error) { return s.Lists(ctx, news.LocalOwner) }},
	} {
		a, err := part.of(got)
		if err != nil {
			t.Fatal(err)
		}
		b, err := part.of(want)
		if err != nil {
			t.Fatal(err)
		}
		as, err := json.Marshal(a)
		if err != nil {
			t.Fatal(err)
		}
		if bs, err := json.Marshal(b); err != nil || !bytes.Equal(as, bs) {
			t.Errorf("%s differ, %v:\n%.300s\n%.300s", part.name, err, as, bs)
		}
	}
}

func TestBackup(t *testing.T) {
	s := open1(t, filled(t, 60))
	defer s.Close()
	s.packs.limit = 20_000 // several packs
	for i := range 60 {
		if _, err := s.Put(context.Background(), []news.Write{numbered(1000+i, 2000)}); err != nil {
			t.Fatal(err)
		}
	}
	b := backedUp(t, s)
	info, err := CheckBackup(context.Background(), bytes.NewReader(b))
	if err != nil || info.Archive != s.ID() || info.Articles != 119 || info.Originals != 120 || info.Bytes != int64(len(b)) {
		t.Errorf("CheckBackup = %+v, %v; the backup has %d bytes", info, err, len(b))
	}
	if n := strings.Count(string(b), "originals/pack-"); n < 2*5 {
		t.Errorf("packs are named %d times", n)
	}
	r := restored(t, b)
	sameArchive(t, r, s)
	verify1(t, r)
	for i := range 60 {
		w := numbered(1000+i, 2000)
		if got, _, err := r.Original(context.Background(), news.HashOriginal(w.Original)); err != nil || !bytes.Equal(got, w.Original) {
			t.Fatalf("original %d: %v", i, err)
		}
	}
	// It goes on as an archive of its own.
	if out, err := r.Put(context.Background(), []news.Write{numbered(5000, 500)}); err != nil || out[0].Result != news.Added {
		t.Errorf("Put = %v, %v", out, err)
	}
	verify1(t, r)
	// And a backup of what was restored has the same archive.db.
	r2 := restored(t, backedUp(t, restored(t, b)))
	sameArchive(t, r2, s)
}

// An archive without anything in it is backed up too, and one opened for reading.
func TestBackupOfLittle(t *testing.T) {
	dir := t.TempDir()
	s := open1(t, dir)
	sameArchive(t, restored(t, backedUp(t, s)), s)
	if _, err := s.Put(context.Background(), []news.Write{numbered(1, 50)}); err != nil {
		t.Fatal(err)
	}
	s.Close()
	ro, err := Open(dir, Options{ReadOnly: true})
	if err != nil {
		t.Fatal(err)
	}
	defer ro.Close()
	r := restored(t, backedUp(t, ro))
	verify1(t, r)
	sameArchive(t, r, ro)
}

// Backups made while writes run are each whole: of one moment, with every original
// that the articles of it have.
func TestBackupWhileWriting(t *testing.T) {
	s := open1(t, t.TempDir())
	defer s.Close()
	s.packs.limit = 100_000
	ctx, stop := context.WithCancel(context.Background())
	var wg sync.WaitGroup
	wg.Go(func() {
		for i := 0; ctx.Err() == nil; i++ {
			if _, err := s.Put(ctx, []news.Write{numbered(i, 3000), numbered(i/2, 1000)}); err != nil && ctx.Err() == nil {
				t.Errorf("Put: %v", err)
				return
			}
			if id, err := s.Lookup(ctx, news.Key(fmt.Sprint("url:", i/3))); err == nil && i%5 == 0 {
				_ = s.Remove(ctx, id, "test", false)
			}
		}
	})
	last := 0
	for range 8 {
		b := backedUp(t, s)
		r := restored(t, b)
		verify1(t, r)
		st, err := r.Stats(context.Background())
		if err != nil || st.Changes < last {
			t.Errorf("Stats = %+v, %v, want %d changes or more", st, err, last)
		}
		last = st.Changes
		// What the archive had by then is the same in both.
		want, err := s.Changes(context.Background(), "", 0)
		if err != nil {
			t.Fatal(err)
		}
		got, err := r.Changes(context.Background(), "", 0)
		if err != nil || len(got) > len(want) || fmt.Sprint(got) != fmt.Sprint(want[:len(got)]) {
			t.Errorf("the feeds differ, %v", err)
		}
	}
	stop()
	wg.Wait()
	if last == 0 {
		t.Error("nothing was written meanwhile")
	}
}

// Any byte that is changed is found, wherever it is, and nothing is put in place.
func TestFlippedBackup(t *testing.T) {
	s := open1(t, filled(t, 12))
	defer s.Close()
	b := backedUp(t, s)
	ctx := context.Background()
	regions := []struct {
		name     string
		from, to int
	}{
		{backupHeadName, 0, 1024}, {dbName, 1024, bytes.Index(b, []byte(packMagic)) - tarBlock},
		{packMember(1), bytes.Index(b, []byte(packMember(1))), bytes.LastIndex(b, []byte(backupSumsName))},
		{backupSumsName, bytes.LastIndex(b, []byte(backupSumsName)), len(b)},
	}
	for _, rg := range regions {
		t.Run(rg.name, func(t *testing.T) {
			for i := range 300 {
				at := rg.from + rand.IntN(rg.to-rg.from)
				bad := bytes.Clone(b)
				bad[at] ^= 1 << rand.IntN(8)
				_, err := CheckBackup(ctx, bytes.NewReader(bad))
				if !errors.Is(err, news.ErrDamaged) && !errors.Is(err, news.ErrInvalid) {
					t.Fatalf("byte %d flipped: %v, want ErrDamaged", at, err)
				}
				if rg.name != backupHeadName && rg.name != backupSumsName && !strings.Contains(err.Error(), rg.name) {
					t.Errorf("byte %d flipped: %v, want it to name %s", at, err, rg.name)
				}
				if i > 20 {
					continue
				}
				dir := filepath.Join(t.TempDir(), "a")
				if _, err := Restore(ctx, dir, bytes.NewReader(bad)); err == nil {
					t.Fatalf("byte %d flipped: Restore took it", at)
				}
				if _, err := os.Stat(dir); err == nil {
					t.Fatal("the directory was left behind")
				}
			}
		})
	}
	t.Run("every byte of the heads", func(t *testing.T) {
		for at := range 1024 {
			bad := bytes.Clone(b)
			bad[at] ^= 1
			if _, err := CheckBackup(ctx, bytes.NewReader(bad)); err == nil {
				t.Errorf("byte %d flipped was not found", at)
			}
		}
		for at := bytes.LastIndex(b, []byte(backupSumsName)); at < len(b); at++ {
			bad := bytes.Clone(b)
			bad[at] ^= 0x20
			if _, err := CheckBackup(ctx, bytes.NewReader(bad)); err == nil {
				t.Errorf("byte %d flipped was not found", at)
			}
		}
	})
	t.Run("cut", func(t *testing.T) {
		for _, n := range []int{0, 1, 511, 512, 700, 1024, 1536, 5000, len(b) / 2, len(b) - 2000, len(b) - 1024, len(b) - 512, len(b) - 1} {
			dir := t.TempDir()
			_, err := Restore(ctx, dir, bytes.NewReader(b[:n]))
			if !errors.Is(err, news.ErrDamaged) || !strings.Contains(err.Error(), "cut short") {
				t.Errorf("cut to %d of %d: %v", n, len(b), err)
			}
			if es, err := os.ReadDir(dir); err != nil || len(es) > 0 {
				t.Errorf("cut to %d: %v was left, %v", n, es, err)
			}
		}
	})
	t.Run("longer", func(t *testing.T) {
		if _, err := CheckBackup(ctx, bytes.NewReader(append(bytes.Clone(b), 0))); err == nil {
			t.Error("a byte behind the end was not found")
		}
	})
	t.Run("foreign", func(t *testing.T) {
		for _, in := range []string{strings.Repeat("Dear editor, ", 100), string(b[1024:]), strings.Repeat("\x00", 4096)} {
			_, err := CheckBackup(ctx, strings.NewReader(in))
			if !errors.Is(err, news.ErrInvalid) || !strings.Contains(err.Error(), "no backup of Backfile") {
				t.Errorf("%.20q: %v", in, err)
			}
		}
	})
}

// A backup is restored into an empty directory only.
func TestRestoreNotEmpty(t *testing.T) {
	s := open1(t, filled(t, 2))
	defer s.Close()
	b := backedUp(t, s)
	for _, name := range []string{dbName, packsDir, "cuttings.txt", restoring + "123"} {
		dir := t.TempDir()
		if err := os.WriteFile(filepath.Join(dir, name), []byte("mine"), 0o600); err != nil {
			t.Fatal(err)
		}
		_, err := Restore(context.Background(), dir, bytes.NewReader(b))
		if !errors.Is(err, news.ErrInvalid) || !strings.Contains(err.Error(), name) {
			t.Errorf("%s: %v, want it named", name, err)
		}
		if es, _ := os.ReadDir(dir); len(es) != 1 {
			t.Errorf("%s: the directory holds %v now", name, es)
		}
	}
	// Nor beside what came while it was read.
	dir := t.TempDir()
	r := io.MultiReader(bytes.NewReader(b[:3000]), readerFunc(func() { open1(t, dir).Close() }), bytes.NewReader(b[3000:]))
	if _, err := Restore(context.Background(), dir, r); !errors.Is(err, news.ErrInvalid) {
		t.Errorf("Restore beside a new archive: %v", err)
	}
	n := open1(t, dir)
	defer n.Close()
	if n.ID() == s.ID() {
		t.Error("the new archive was replaced")
	}
	verify1(t, n)
}

// readerFunc calls itself once and reads nothing.
type readerFunc func()

func (f readerFunc) Read([]byte) (int, error) { f(); return 0, io.EOF }

// Who followed the archive further than the backup goes is told so.
func TestRestoredCursor(t *testing.T) {
	s := open1(t, filled(t, 5))
	defer s.Close()
	ctx := context.Background()
	old, err := s.Head(ctx)
	if err != nil {
		t.Fatal(err)
	}
	b := backedUp(t, s)
	if _, err := s.Put(ctx, []news.Write{numbered(100, 50)}); err != nil {
		t.Fatal(err)
	}
	past, err := s.Head(ctx)
	if err != nil {
		t.Fatal(err)
	}
	r := restored(t, b)
	if _, err := r.Changes(ctx, old, 0); err != nil {
		t.Errorf("a cursor that the backup has: %v", err)
	}
	if _, err := r.Changes(ctx, past, 0); !errors.Is(err, news.ErrInvalid) || !strings.Contains(err.Error(), "beyond") {
		t.Errorf("a cursor beyond the backup: %v", err)
	}
	if _, err := r.Put(ctx, []news.Write{numbered(200, 50)}); err != nil {
		t.Fatal(err)
	}
	if _, err := r.Changes(ctx, past, 0); !errors.Is(err, news.ErrInvalid) || !strings.Contains(err.Error(), "another past") {
		t.Errorf("a cursor of another past: %v", err)
	}
}

// What was erased, or deleted in any way, is not in a backup.
func TestBackupAfterErasing(t *testing.T) {
	s := open1(t, t.TempDir())
	defer s.Close()
	ctx := context.Background()
	var id news.ArticleID
	secret := strings.Repeat("quixotic", 3)
	for i := range 30 {
		w := numbered(i, 100)
		if i == 7 {
			w.Article.Headline, w.Original = secret, []byte(secret)
		}
		out, err := s.Put(ctx, []news.Write{w})
		if err != nil {
			t.Fatal(err)
		}
		if i == 7 {
			id = out[0].ID
		}
	}
	l, err := s.CreateList(ctx, news.LocalOwner, "zephyrous")
	if err != nil {
		t.Fatal(err)
	}
	if b := backedUp(t, s); !bytes.Contains(b, []byte(secret)) || !bytes.Contains(b, []byte("zephyrous")) {
		t.Fatal("the test looks for what is never there")
	}
	if err := s.Remove(ctx, id, "must go", true); err != nil {
		t.Fatal(err)
	}
	if err := s.DeleteList(ctx, l.ID); err != nil {
		t.Fatal(err)
	}
	b := backedUp(t, s)
	if bytes.Contains(b, []byte(secret)) {
		t.Error("the backup holds what was erased")
	}
	if bytes.Contains(b, []byte("zephyrous")) {
		t.Error("the backup holds a free page")
	}
	r := restored(t, b)
	verify1(t, r)
	sameArchive(t, r, s)
}

// An erasing ends a backup under way, which would hold what is erased.
func TestErasingWhileBackingUp(t *testing.T) {
	s := open1(t, filled(t, 20))
	defer s.Close()
	ctx := context.Background()
	id, err := s.Lookup(ctx, "url:3")
	if err != nil {
		t.Fatal(err)
	}
	var kept bytes.Buffer
	erased := make(chan error, 1)
	w := writerFunc(func(p []byte) (int, error) {
		if kept.Len() == 0 {
			go func() { erased <- s.Remove(ctx, id, "must go", true) }()
			for !s.backups.broken() {
				time.Sleep(time.Millisecond)
			}
		}
		return kept.Write(p)
	})
	if err := s.Backup(ctx, w); !errors.Is(err, errErased) {
		t.Errorf("Backup = %v, want errErased", err)
	}
	if err := <-erased; err != nil {
		t.Errorf("Remove: %v", err)
	}
	if _, err := CheckBackup(ctx, bytes.NewReader(kept.Bytes())); err == nil {
		t.Error("what was written passes for a backup")
	}
	r := restored(t, backedUp(t, s))
	verify1(t, r)
	sameArchive(t, r, s)
}

// broken reports whether every backup under way was told to end.
func (b *backups) broken() bool {
	b.mu.Lock()
	defer b.mu.Unlock()
	return len(b.running) == 0
}

type writerFunc func(p []byte) (int, error)

func (f writerFunc) Write(p []byte) (int, error) { return f(p) }

// Damage that backing up stumbles over is an error; what it writes to may fail.
func TestBackupFails(t *testing.T) {
	s := open1(t, filled(t, 10))
	defer s.Close()
	broken := errors.New("the pipe is broken")
	for _, room := range []int{0, 100, 5000, 300_000} {
		n := 0
		err := s.Backup(context.Background(), writerFunc(func(p []byte) (int, error) {
			if n += len(p); n > room {
				return 0, broken
			}
			return len(p), nil
		}))
		if room < 100_000 && !errors.Is(err, broken) {
			t.Errorf("room for %d: %v", room, err)
		}
	}
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	if err := s.Backup(ctx, io.Discard); !errors.Is(err, context.Canceled) {
		t.Errorf("cancelled: %v", err)
	}
	if err := os.Truncate(packFile(s.dir, 1), 40); err != nil {
		t.Fatal(err)
	}
	r := restored(t, backedUp(t, s))
	n := 0
	if err := r.Verify(context.Background(), func(string) { n++ }); err != nil || n == 0 {
		t.Errorf("a short pack: Verify found %d problems, %v", n, err)
	}
}

// FuzzReadBackup holds that whatever is read as a backup is one, to the bit.
func FuzzReadBackup(f *testing.F) {
	// As small as can be: the pages of archive.db are not looked at here.
	var b bytes.Buffer
	w := &backupWriter{w: &b, at: time.Unix(1e9, 0)}
	for _, m := range [][2]string{{backupHeadName, `{"format":1,"archive":"x"}`}, {dbName, "pages"}, {packMember(1), packMagic}} {
		name, content := m[0], m[1]
		if err := w.member(name, int64(len(content)), func(w io.Writer) error {
			_, err := io.WriteString(w, content)
			return err
		}); err != nil {
			f.Fatal(err)
		}
	}
	if err := w.end(); err != nil {
		f.Fatal(err)
	}
	if _, err := CheckBackup(context.Background(), bytes.NewReader(b.Bytes())); err != nil {
		f.Fatal(err)
	}
	f.Add(b.Bytes())
	f.Add(b.Bytes()[:2000])
	f.Add([]byte("backfile"))
	f.Fuzz(func(t *testing.T, in []byte) {
		defer fuzztime.Check(t, time.Now())
		info, err := readBackup(context.Background(), bytes.NewReader(in), func(string) (io.WriteCloser, error) { return discard{}, nil })
		if err == nil && info.Bytes != int64(len(in)) {
			t.Errorf("a backup of %d bytes was read from %d", info.Bytes, len(in))
		}
		if err != nil && !errors.Is(err, news.ErrDamaged) && !errors.Is(err, news.ErrInvalid) {
			t.Errorf("error %v is of no known kind", err)
		}
	})
}

func BenchmarkBackup(b *testing.B) {
	s := open1(b, filled(b, 300))
	defer s.Close()
	var n counter
	for b.Loop() {
		n = 0
		if err := s.Backup(context.Background(), &n); err != nil {
			b.Fatal(err)
		}
	}
	b.SetBytes(int64(n))
}
