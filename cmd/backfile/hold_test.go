package main

import (
	"errors"
	"net"
	"net/http"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"
	"time"

	"backfile/internal/news"
	"backfile/store"
)

// Somebody holds the archive and does not answer: the command says who, soon.
func TestHeldByAnother(t *testing.T) {
	dir := t.TempDir()
	st, err := store.Open(dir, store.Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer st.Close()
	if err := os.WriteFile(filepath.Join(dir, holderName), []byte("4711 serve\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	start := time.Now()
	for _, args := range [][]string{{"search", "--data", dir, "x"}, {"serve", "--data", dir, "--listen", "127.0.0.1:0"}} {
		_, _, err = cli(t, "", args...)
		if err == nil || !strings.Contains(err.Error(), "held by process 4711 (backfile serve)") {
			t.Errorf("%s: %v, want the holder named", args[0], err)
		}
	}
	if d := time.Since(start); d > 8*time.Second {
		t.Errorf("it took %v", d)
	}
}

// A socket that a killed process left behind is in nobody's way.
func TestStaleSocket(t *testing.T) {
	if runtime.GOOS == "windows" {
		t.Skip("Windows removes the socket of a killed process")
	}
	dir := t.TempDir()
	ln, err := net.Listen("unix", filepath.Join(dir, socketName))
	if err != nil {
		t.Fatal(err)
	}
	ln.(*net.UnixListener).SetUnlinkOnClose(false)
	ln.Close()
	mustCLI(t, harbour, "ingest", "--data", dir, "-")
	if out := mustCLI(t, "", "search", "--data", dir, "harbour"); !strings.HasSuffix(out, "1 found\n") {
		t.Errorf("search printed %q", out)
	}
}

// A data directory too deep for a socket's path has it elsewhere.
func TestLongPath(t *testing.T) {
	run := t.TempDir()
	if len(run) > 60 {
		run = os.TempDir()
	}
	t.Setenv("XDG_RUNTIME_DIR", run)
	dir := filepath.Join(t.TempDir(), strings.Repeat("deep/", 30), "archive")
	_, stop := startServe(t, "--data", dir)
	path := socketPath(dir)
	if len(path) > maxSocketPath || strings.HasPrefix(path, dir) {
		t.Fatalf("the socket is at %q", path)
	}
	st, err := os.Stat(path)
	if err != nil || st.Mode().Perm() != 0o600 {
		t.Errorf("socket: %v, %v", st, err)
	}
	if out := mustCLI(t, harbour, "ingest", "--data", dir, "-"); !strings.HasPrefix(out, "added 1,") {
		t.Errorf("ingest over the far socket: %s", out)
	}
	stop()
	defer os.RemoveAll(filepath.Dir(path))
	_, stop = startServe(t, "--data", dir)
	if again := socketPath(dir); again != path {
		t.Errorf("a second start has its socket at %q, the first at %q", again, path)
	}
	stop()
}

// Too little room on the disk: nothing is taken in, and everything can be read.
func TestDiskFull(t *testing.T) {
	if _, _, ok := diskSpace(t.TempDir()); !ok {
		t.Skip("this system does not say how much of a disk is free")
	}
	dir := t.TempDir()
	base, _ := startServe(t, "--data", dir, "--min-free", "1000000T")
	res, err := http.Post(base+"/api/v1/articles", "application/json", strings.NewReader(harbour))
	if err != nil {
		t.Fatal(err)
	}
	res.Body.Close()
	if res.StatusCode != http.StatusInsufficientStorage {
		t.Errorf("POST = %d, want 507", res.StatusCode)
	}
	if _, _, err := cli(t, harbour, "ingest", "--data", dir, "-"); err == nil || !strings.Contains(err.Error(), "disk is full") {
		t.Errorf("ingest: %v", err)
	}
	if st := getJSON(t, base+"/api/v1/search", nil); st != 200 {
		t.Errorf("search = %d", st)
	}
	f := floor{dir: dir, min: 0}
	if err := f.check(t.Context()); err != nil {
		t.Errorf("no floor: %v", err)
	}
	f = floor{dir: dir, min: 1 << 61}
	if err := f.check(t.Context()); !errors.Is(err, news.ErrFull) {
		t.Errorf("a high floor: %v", err)
	}
}

// The sample shows at once, is taken in once, and never into an archive of the
// reader's own.
func TestSample(t *testing.T) {
	cache := t.TempDir()
	t.Setenv("XDG_CACHE_HOME", cache)
	t.Setenv("HOME", cache)
	t.Setenv("LocalAppData", cache)
	own := t.TempDir()
	t.Setenv("BACKFILE_DATA", own)
	base, stop := startServe(t, "--sample")
	if st := getJSON(t, base+"/", nil); st != 200 {
		t.Errorf("front page = %d", st)
	}
	var f found
	for start := time.Now(); f.Total < 60 && time.Since(start) < 30*time.Second; time.Sleep(50 * time.Millisecond) {
		getJSON(t, base+"/api/v1/search", &f)
	}
	if f.Total < 60 {
		t.Errorf("the sample has %d articles", f.Total)
	}
	stop()
	if es, err := os.ReadDir(own); err != nil || len(es) > 0 {
		t.Errorf("the reader's own directory has %v, %v", es, err)
	}
	if err := os.WriteFile(filepath.Join(own, "archive.db"), nil, 0o600); err != nil {
		t.Fatal(err)
	}
	if _, _, err := cli(t, "", "serve", "--sample", "--data", own, "--listen", "127.0.0.1:0"); err == nil || !strings.Contains(err.Error(), "not the sample") {
		t.Errorf("the sample in another archive: %v", err)
	}
}
