//go:build linux || darwin

package store

import (
	"bytes"
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

// envFullRestore is set for the child of TestRestoreDiskFull only: the directory
// with the backup.
const envFullRestore = "BACKFILE_FULL_RESTORE_CHILD"

func init() {
	if dir := os.Getenv(envFullRestore); dir != "" {
		if err := fullRestoreChild(dir); err != nil {
			fmt.Println("error", err)
			os.Exit(1)
		}
		fmt.Println("fine")
		os.Exit(0)
	}
}

// TestRestoreDiskFull restores where there is too little room, for which a limit of
// file sizes stands: it fails with news.ErrFull and leaves nothing behind.
func TestRestoreDiskFull(t *testing.T) {
	self, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	dir := t.TempDir()
	s := open1(t, filled(t, 30))
	defer s.Close()
	if err := os.WriteFile(filepath.Join(dir, "backup"), backedUp(t, s), 0o600); err != nil {
		t.Fatal(err)
	}
	cmd := exec.Command(self)
	cmd.Env = append(os.Environ(), envFullRestore+"="+dir)
	if out, err := cmd.CombinedOutput(); err != nil || strings.TrimSpace(string(out)) != "fine" {
		t.Fatalf("%s, %v", out, err)
	}
}

func fullRestoreChild(dir string) error {
	signal.Ignore(syscall.SIGXFSZ)
	b, err := os.ReadFile(filepath.Join(dir, "backup"))
	if err != nil {
		return err
	}
	var old syscall.Rlimit
	if err := syscall.Getrlimit(syscall.RLIMIT_FSIZE, &old); err != nil {
		return err
	}
	into := filepath.Join(dir, "new", "archive")
	for _, room := range []uint64{0, 1000, 30_000} {
		if err := syscall.Setrlimit(syscall.RLIMIT_FSIZE, &syscall.Rlimit{Cur: room, Max: old.Max}); err != nil {
			return err
		}
		_, err := Restore(context.Background(), into, bytes.NewReader(b))
		if !errors.Is(err, news.ErrFull) {
			return fmt.Errorf("room for %d: %w, want ErrFull", room, err)
		}
		if _, err := os.Stat(into); err == nil {
			return fmt.Errorf("room for %d: something was left behind", room)
		}
	}
	if err := syscall.Setrlimit(syscall.RLIMIT_FSIZE, &old); err != nil {
		return err
	}
	_, err = Restore(context.Background(), into, bytes.NewReader(b))
	return err
}
