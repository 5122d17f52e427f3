package main

import (
	"encoding/json"
	"fmt"
	"net/http"
	"net/url"
	"os"
	"os/signal"
	"strings"
	"syscall"
	"testing"
	"time"

	"golang.org/x/sys/unix"
)

// asPatient makes the program take a limit of file sizes as an error, as a full disk is,
// and not as a signal that ends it.
const asPatient = "BACKFILE_TEST_PATIENT"

func init() {
	if os.Getenv(asPatient) != "" {
		signal.Ignore(syscall.SIGXFSZ)
	}
}

// TestDiskFills serves an archive on a disk that fills up, for which a limit of file sizes
// stands: taking in is refused with the reason, reading and searching go on, an index
// that was being made anew waits, and when there is room again all goes on by itself,
// with nothing there twice.
func TestDiskFills(t *testing.T) {
	dir := t.TempDir()
	t.Setenv(asPatient, "1")
	p := startProgram(t, dir)
	defer func() {
		_ = p.Kill()
		_, _ = p.Wait()
	}()
	limit := func(size uint64) {
		t.Helper()
		if err := unix.Prlimit(p.Pid, unix.RLIMIT_FSIZE, &unix.Rlimit{Cur: size, Max: unix.RLIM_INFINITY}, nil); err != nil {
			t.Skipf("the limits of another process cannot be set here: %v", err)
		}
	}
	c, ok := dial(t.Context(), dir)
	if !ok {
		t.Fatal("serve does not answer")
	}
	defer c.close()
	page := func(n int) string {
		return fmt.Sprintf(`<html lang="en"><head><title>Page %[1]d</title><link rel="canonical" href="https://ledger.example/page-%[1]d"></head><body><article><h1>The harbour in its year %[1]d</h1><p>%s</p></article></body></html>`,
			n, strings.Repeat(fmt.Sprintf("The harbour master counted %d ships in the year %d. ", n*7, n), 15))
	}
	post := func(n int) (id string, err error) {
		res, err := c.do(t.Context(), http.MethodPost, "/api/v1/articles", nil, strings.NewReader(page(n)), "text/html")
		if err != nil {
			return "", err
		}
		defer res.Body.Close()
		var got struct{ ID string }
		return got.ID, json.NewDecoder(res.Body).Decode(&got)
	}
	total := func() (n, behind int) {
		t.Helper()
		res, err := c.do(t.Context(), http.MethodGet, "/api/v1/search", url.Values{"q": {"harbour"}}, nil, "")
		if err != nil {
			t.Fatalf("search: %v", err)
		}
		defer res.Body.Close()
		var f found
		if err := json.NewDecoder(res.Body).Decode(&f); err != nil {
			t.Fatal(err)
		}
		return f.Total, f.Behind
	}
	wait := func(want int) {
		t.Helper()
		for begun := time.Now(); ; time.Sleep(50 * time.Millisecond) {
			n, behind := total()
			if n == want && behind == 0 {
				return
			}
			if time.Since(begun) > 30*time.Second {
				t.Fatalf("%d found and %d behind, want %d", n, behind, want)
			}
		}
	}
	const some = 30
	var ids []string
	for n := range some {
		id, err := post(n)
		if err != nil {
			t.Fatal(err)
		}
		ids = append(ids, id)
	}
	wait(some)
	limit(8 << 10)
	for n := some; n < some+3; n++ {
		if id, err := post(n); err == nil || !strings.Contains(err.Error(), "disk") {
			t.Errorf("POST on a full disk: %q, %v, want the reason", id, err)
		}
	}
	res, err := c.do(t.Context(), http.MethodPost, "/api/v1/reindex", nil, nil, "")
	if err != nil {
		t.Fatal(err)
	}
	res.Body.Close()
	for begun := time.Now(); time.Since(begun) < 2*time.Second; time.Sleep(100 * time.Millisecond) {
		if n, _ := total(); n > some {
			t.Fatalf("%d found on a full disk", n)
		}
		for _, id := range ids[:3] {
			res, err := c.do(t.Context(), http.MethodGet, "/api/v1/articles/"+id, nil, nil, "")
			if err != nil {
				t.Fatalf("reading on a full disk: %v", err)
			}
			res.Body.Close()
		}
	}
	limit(unix.RLIM_INFINITY)
	for n := some; n < some+3; n++ {
		if _, err := post(n); err != nil {
			t.Errorf("POST with room again: %v", err)
		}
	}
	wait(some + 3)
	if out := mustCLI(t, "", "verify", "--data", dir); out != "all is well\n" {
		t.Errorf("verify printed %q", out)
	}
}
