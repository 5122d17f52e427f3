//go:build linux || darwin

package main

import (
	"os"
	"os/exec"
	"os/signal"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
)

// asCramped makes the test binary behave as the program on a disk that takes files
// of 16 KiB only.
const asCramped = "BACKFILE_TEST_CRAMPED"

func init() {
	if os.Getenv(asCramped) == "" {
		return
	}
	signal.Ignore(syscall.SIGXFSZ)
	var l syscall.Rlimit
	err := syscall.Getrlimit(syscall.RLIMIT_FSIZE, &l)
	if l.Cur = 16 << 10; err == nil {
		err = syscall.Setrlimit(syscall.RLIMIT_FSIZE, &l)
	}
	if err != nil {
		panic(err)
	}
}

// A backup to a disk that is full, and a restore there, say so, leave nothing
// behind, and keep the backup that was there.
func TestBackupDiskFull(t *testing.T) {
	self, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	dir, file, to := t.TempDir(), filepath.Join(t.TempDir(), "b"), filepath.Join(t.TempDir(), "archive")
	startServe(t, "--data", dir)
	mustCLI(t, harbour, "ingest", "--data", dir, "-")
	mustCLI(t, "", "backup", "--data", dir, file)
	before, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	mustCLI(t, generated(t, 1, 5), "ingest", "--data", dir, "-")
	for _, args := range [][]string{{"backup", "--data", dir, file}, {"restore", "--data", to, file}} {
		cmd := exec.Command(self, args...)
		cmd.Env = append(os.Environ(), asProgram+"=1", asCramped+"=1")
		out, err := cmd.CombinedOutput()
		if err == nil || cmd.ProcessState.ExitCode() != 1 || !strings.Contains(string(out), syscall.EFBIG.Error()) {
			t.Errorf("%s: %v, %s", args[0], err, out)
		}
	}
	if after, err := os.ReadFile(file); err != nil || string(after) != string(before) {
		t.Errorf("the older backup was changed, %v", err)
	}
	if es, err := os.ReadDir(filepath.Dir(file)); err != nil || len(es) != 1 {
		t.Errorf("beside the backup there is %v, %v", es, err)
	}
	if _, err := os.Stat(to); err == nil {
		t.Error("half an archive was left behind")
	}
}
