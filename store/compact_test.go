package store

import (
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"testing"
	"time"

	"backfile/internal/news"
)

// envCompact is set for the child of TestCompactKilled only: the step at which it
// is killed, a slash, and the data directory.
const envCompact = "BACKFILE_COMPACT_CHILD"

func init() {
	step, dir, ok := strings.Cut(os.Getenv(envCompact), "|")
	if !ok {
		return
	}
	compactStep = func(s string) {
		if s == step {
			if p, err := os.FindProcess(os.Getpid()); err == nil {
				_ = p.Kill()
			}
			select {}
		}
	}
	s, err := Open(dir, Options{})
	if err == nil {
		s.packs.limit = 40_000
		_, err = s.Compact(context.Background())
	}
	fmt.Println("not killed", err)
	os.Exit(1)
}

// wasteful is an archive of small packs of which half was erased, with what it holds.
func wasteful(t *testing.T) (dir string, kept map[string]string) {
	t.Helper()
	dir, kept = t.TempDir(), map[string]string{}
	s := open1(t, dir)
	s.packs.limit = 40_000
	ctx := context.Background()
	for i := range 60 {
		w := numbered(i, 2000)
		out, err := s.Put(ctx, []news.Write{w})
		if err != nil || out[0].Result != news.Added {
			t.Fatal(out, err)
		}
		if i%2 == 0 && i < 40 {
			if err := s.Remove(ctx, out[0].ID, "test", true); err != nil {
				t.Fatal(err)
			}
			continue
		}
		kept[string(out[0].ID)] = news.HashOriginal(w.Original)
	}
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	return dir, kept
}

// whole finds everything again that wasteful keeps, and nothing wrong.
func whole(t *testing.T, dir string, kept map[string]string, id string) {
	t.Helper()
	s := open1(t, dir)
	defer s.Close()
	if s.ID() != id {
		t.Errorf("it is archive %s, want %s", s.ID(), id)
	}
	findAcked(t, s, kept)
	if st, err := s.Stats(context.Background()); err != nil || st.Articles != len(kept) {
		t.Errorf("it has %d articles, %v, want %d", st.Articles, err, len(kept))
	}
	verify1(t, s)
}

func archiveID(t *testing.T, dir string) string {
	t.Helper()
	s := open1(t, dir)
	defer s.Close()
	return s.ID()
}

// TestCompact compacts an archive: it is smaller, holds the same, can be written to,
// and a backup of it is whole.
func TestCompact(t *testing.T) {
	dir, kept := wasteful(t)
	id := archiveID(t, dir)
	s := open1(t, dir)
	at, err := s.Head(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	c, err := s.Compact(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	t.Logf("%+v", c)
	if c.Originals > c.OriginalsBefore*3/4 || c.Archive > c.ArchiveBefore {
		t.Errorf("%+v: nothing was saved", c)
	}
	if _, err := s.Stats(t.Context()); err == nil {
		t.Error("the store is still open")
	}
	whole(t, dir, kept, id)
	if left, err := filepath.Glob(filepath.Join(dir, temporary+"*")); err != nil || len(left) > 0 {
		t.Errorf("left behind: %q, %v", left, err)
	}
	s = open1(t, dir)
	if now, err := s.Head(t.Context()); err != nil || now != at {
		t.Errorf("the feed ends at %s, %v, want %s", now, err, at)
	}
	out, err := s.Put(t.Context(), []news.Write{numbered(1000, 3000)})
	if err != nil || out[0].Result != news.Added {
		t.Fatal(out, err)
	}
	verify1(t, s)
	b := backedUp(t, s)
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	kept[string(out[0].ID)] = news.HashOriginal(numbered(1000, 3000).Original)
	restored := filepath.Join(t.TempDir(), "restored")
	if _, err := Restore(t.Context(), restored, strings.NewReader(string(b))); err != nil {
		t.Fatal(err)
	}
	whole(t, restored, kept, id)
	// Once more there is nothing to do.
	s = open1(t, dir)
	if c, err = s.Compact(t.Context()); err != nil || c.Originals != c.OriginalsBefore {
		t.Errorf("again: %+v, %v", c, err)
	}
	whole(t, dir, kept, id)
}

// TestCompactKilled kills compacting behind each of its steps: the archive is whole,
// and compacting it anew comes to the end.
func TestCompactKilled(t *testing.T) {
	if runtime.GOOS == "windows" {
		t.Skip("Windows does not tell a killed process from a failed one")
	}
	self, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	for _, step := range []string{stepPackCopied, stepPackMoved, stepPackDropped, stepCopied, stepChecked, stepSwapped} {
		t.Run(step, func(t *testing.T) {
			dir, kept := wasteful(t)
			id := archiveID(t, dir)
			cmd := exec.Command(self)
			cmd.Env = append(os.Environ(), envCompact+"="+step+"|"+dir)
			out, err := cmd.CombinedOutput()
			if err == nil || cmd.ProcessState.ExitCode() != -1 {
				t.Fatalf("it was not killed: %v, %s", err, out)
			}
			whole(t, dir, kept, id)
			s := open1(t, dir)
			if _, err := s.Compact(t.Context()); err != nil {
				t.Fatal(err)
			}
			whole(t, dir, kept, id)
		})
	}
}

// TestCompactDamaged refuses to compact what it cannot read, and leaves it as it is.
func TestCompactDamaged(t *testing.T) {
	for _, what := range []string{"record", "original"} {
		t.Run(what, func(t *testing.T) {
			dir, _ := wasteful(t)
			path := filepath.Join(dir, packsDir, packName(1))
			if what == "record" {
				path = filepath.Join(dir, dbName)
				p := values(t, dir)[9]
				flip(t, path, p[0]+4)
			} else {
				s := open1(t, dir)
				live, err := s.livePlaces(t.Context())
				if err = errors.Join(err, s.Close()); err != nil {
					t.Fatal(err)
				}
				flip(t, path, live[1][0].at.Offset+packHeadSize+5)
			}
			before := problems(t, dir)
			s := open1(t, dir)
			if _, err := s.Compact(t.Context()); !errors.Is(err, news.ErrDamaged) {
				t.Errorf("Compact: %v, want ErrDamaged", err)
			}
			if after := problems(t, dir); len(before) == 0 || !slices.Equal(before, after) {
				t.Errorf("problems before %q, after %q", before, after)
			}
		})
	}
}

// Whoever waits for the lock of an archive that is being compacted gets the new file.
func TestCompactWaiter(t *testing.T) {
	dir, kept := wasteful(t)
	id := archiveID(t, dir)
	s := open1(t, dir)
	wait := make(chan error, 1)
	old := compactStep
	compactStep = func(step string) {
		if step == stepChecked {
			go func() {
				s, err := Open(dir, Options{Timeout: 10 * time.Second})
				if err == nil {
					if _, err = s.Put(context.Background(), []news.Write{numbered(2000, 100)}); err == nil {
						err = s.Close()
					}
				}
				wait <- err
			}()
			time.Sleep(50 * time.Millisecond)
		}
	}
	defer func() { compactStep = old }()
	if _, err := s.Compact(t.Context()); err != nil {
		t.Fatal(err)
	}
	if err := <-wait; err != nil {
		t.Fatal(err)
	}
	w := numbered(2000, 100)
	kept[string(news.NewArticleID(w.Keys[0]))] = news.HashOriginal(w.Original)
	whole(t, dir, kept, id)
}
