//go:build linux || darwin

package store

import (
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"os/signal"
	"path/filepath"
	"strings"
	"syscall"
	"testing"

	"backfile/internal/news"
)

// envFull is set for the child of TestDiskFull only: the data directory.
const envFull = "BACKFILE_FULL_CHILD"

func init() {
	if dir := os.Getenv(envFull); dir != "" {
		if err := fullChild(dir); err != nil {
			fmt.Println("error", err)
			os.Exit(1)
		}
		fmt.Println("fine")
		os.Exit(0)
	}
}

// TestDiskFull lets a process run into a limit of its file sizes, which stands
// in for a disk that is full: writes fail with news.ErrFull, reads go on, and
// writes go on by themselves when there is room again.
func TestDiskFull(t *testing.T) {
	self, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	dir := t.TempDir()
	cmd := exec.Command(self)
	cmd.Env = append(os.Environ(), envFull+"="+dir)
	if out, err := cmd.CombinedOutput(); err != nil || strings.TrimSpace(string(out)) != "fine" {
		t.Fatalf("%s, %v", out, err)
	}
	if _, err := os.Stat(filepath.Join(dir, leftName)); err == nil {
		t.Error("an archive in which a write failed has a note that it was left in good order")
	}
	s := open1(t, dir)
	defer s.Close()
	verify1(t, s)
}

func fullChild(dir string) error {
	signal.Ignore(syscall.SIGXFSZ)
	leftFrom = 0
	s, err := Open(dir, Options{})
	if err != nil {
		return err
	}
	defer s.Close()
	ctx := context.Background()
	var old syscall.Rlimit
	if err := syscall.Getrlimit(syscall.RLIMIT_FSIZE, &old); err != nil {
		return err
	}
	// The first limit stops the packs, the second archive.db, which grows by
	// 16 MiB at a time.
	for round, size := range []int{400_000, 0} {
		small := syscall.Rlimit{Cur: 17 << 20, Max: old.Max}
		if round == 1 {
			small.Cur = 20 << 20
		}
		if err := syscall.Setrlimit(syscall.RLIMIT_FSIZE, &small); err != nil {
			return err
		}
		kept := []string{}
		for n := 0; ; n++ {
			if n > 5000 {
				return fmt.Errorf("round %d: the disk was never full", round)
			}
			w := numbered(round*100_000+n, size)
			if round == 1 {
				w.Article.Body = fmt.Sprintf("%x", numbered(n, 30_000).Original)
			}
			out, err := s.Put(ctx, []news.Write{w})
			if errors.Is(err, news.ErrFull) {
				break
			}
			if err != nil {
				return fmt.Errorf("round %d: Put: %w, want ErrFull", round, err)
			}
			kept = append(kept, string(out[0].ID))
		}
		for _, id := range kept {
			if _, err := s.Article(ctx, news.ArticleID(id)); err != nil {
				return fmt.Errorf("round %d: read while full: %w", round, err)
			}
		}
		if err := syscall.Setrlimit(syscall.RLIMIT_FSIZE, &old); err != nil {
			return err
		}
		out, err := s.Put(ctx, []news.Write{numbered(round*100_000+9999, size)})
		if err != nil || out[0].Result != news.Added {
			return fmt.Errorf("round %d: Put with room again: %v, %w", round, out, err)
		}
	}
	var problems []error
	err = s.Verify(ctx, func(p string) { problems = append(problems, errors.New(p)) })
	return errors.Join(append(problems, err)...)
}
