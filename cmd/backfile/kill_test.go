package main

import (
	"bufio"
	"bytes"
	"context"
	"encoding/json"
	"io"
	"math/rand/v2"
	"net"
	"net/http"
	"os"
	"os/exec"
	"runtime"
	"strconv"
	"testing"
	"time"

	"backfile/internal/news"
	"backfile/internal/newsgen"
	"backfile/store"
	"backfile/web"
)

// Killed at any moment of an ingest, the archive has every article that it
// acknowledged, whole, and the index catches up. Ten times; BACKFILE_KILL_CYCLES says
// how often else:
//
//	BACKFILE_KILL_CYCLES=100 go test ./cmd/backfile -run TestKill -v
func TestKill(t *testing.T) {
	if runtime.GOOS == "windows" {
		t.Skip("nothing is killed there without a word")
	}
	kills := 10
	if s := os.Getenv("BACKFILE_KILL_CYCLES"); s != "" {
		n, err := strconv.Atoi(s)
		if err != nil {
			t.Fatalf("BACKFILE_KILL_CYCLES=%q: %v", s, err)
		}
		kills = n
	}
	dir := t.TempDir()
	seed := uint64(time.Now().UnixNano())
	t.Logf("seed %d", seed)
	rnd := rand.New(rand.NewPCG(seed, 1))
	gen := newsgen.New(5)
	acked := map[news.ArticleID]bool{}
	next := 0
	// On a slow machine, more of them, and later, until something was acknowledged.
	for i := 0; i < kills || len(acked) == 0 && i < 4*kills; i++ {
		p := startProgram(t, dir)
		late := time.Duration(rnd.IntN(780*max(1, i/kills*4))) * time.Millisecond
		time.AfterFunc(20*time.Millisecond+late, func() { _ = p.Kill() })
		next = pour(t, dir, gen, next, acked)
		_, _ = p.Wait()
	}
	if len(acked) == 0 {
		t.Fatal("nothing was acknowledged before any of the kills")
	}
	t.Logf("%d kills, %d articles acknowledged of %d sent", kills, len(acked), next)

	start := time.Now()
	base, stop := startServe(t, "--data", dir)
	if d := time.Since(start); d > 2*time.Second {
		t.Errorf("it took %v to start", d)
	}
	var f found
	for start := time.Now(); ; time.Sleep(20 * time.Millisecond) {
		getJSON(t, base+"/api/v1/search?per_page=1", &f)
		if f.Behind == 0 {
			break
		}
		if time.Since(start) > 10*time.Second {
			t.Fatalf("the index is still %d rows behind", f.Behind)
		}
	}
	if out, errOut, err := cli(t, "", "verify", "--data", dir); err != nil {
		t.Errorf("verify: %v\n%s%s", err, out, errOut)
	}
	stop()

	st, err := store.Open(dir, store.Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer st.Close()
	for id := range acked {
		if v, err := st.Article(t.Context(), id); err != nil || v.Article.Headline == "" {
			t.Errorf("acknowledged article %s: %v", id, err)
		}
	}
	stats, err := st.Stats(t.Context())
	if err != nil || stats.Articles < len(acked) || stats.Articles != f.Total {
		t.Errorf("%d articles in the store, %d found, %d acknowledged, %v", stats.Articles, f.Total, len(acked), err)
	}
}

// startProgram runs serve as a process of its own and waits for its socket.
func startProgram(t *testing.T, dir string, args ...string) *os.Process {
	t.Helper()
	exe, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	cmd := exec.Command(exe, append([]string{"serve", "--data", dir, "--listen", "127.0.0.1:0"}, args...)...)
	cmd.Env = append(os.Environ(), asProgram+"=1")
	var said bytes.Buffer
	cmd.Stderr = &said
	out, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	if line, err := bufio.NewReader(out).ReadString('\n'); err != nil {
		_ = cmd.Process.Kill()
		t.Fatalf("serve said %q, %v: %s", line, err, said.String())
	}
	go io.Copy(io.Discard, out)
	return cmd.Process
}

// pour streams articles from number next on into the archive until it breaks
// off, notes what was acknowledged, and returns the number of the next.
func pour(t *testing.T, dir string, gen *newsgen.Generator, next int, acked map[news.ArticleID]bool) int {
	t.Helper()
	r, w := io.Pipe()
	sent := make(chan int, 1)
	go func() {
		enc := json.NewEncoder(w)
		n := next
		for ; enc.Encode(gen.Article(n)) == nil; n++ {
		}
		sent <- n
	}()
	c := &http.Client{Transport: &http.Transport{DialContext: func(ctx context.Context, _, _ string) (net.Conn, error) {
		return (&net.Dialer{}).DialContext(ctx, "unix", socketPath(dir))
	}}}
	res, err := c.Post("http://localhost/api/v1/ingest", "application/jsonl", r)
	if err == nil {
		_ = lines(res.Body, func(l web.Line) error {
			if l.Result == news.Added || l.Result == news.Unchanged {
				acked[l.ID] = true
			} else {
				t.Errorf("an article was not taken: %+v", l)
			}
			return nil
		})
		res.Body.Close()
	}
	r.Close()
	c.CloseIdleConnections()
	return <-sent
}
