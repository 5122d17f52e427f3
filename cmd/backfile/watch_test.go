package main

import (
	"flag"
	"fmt"
	"io/fs"
	"math/rand/v2"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"
	"time"

	"backfile/internal/news"
	"backfile/internal/newsgen"
	"backfile/store"
)

var watchFiles = flag.Int("watch-files", 400, "files that are put into a watched folder at once")

// drop puts articles from to below to into a folder, one a file, by renaming.
func drop(t *testing.T, dir string, gen *newsgen.Generator, from, to int) (ids []news.ArticleID) {
	t.Helper()
	for i := from; i < to; i++ {
		a := gen.Article(i)
		a.Body = a.Body[:strings.Index(a.Body, "\n\n")]
		a.Mentions, a.Quotes, a.Spans = nil, nil, nil
		b, err := a.MarshalJSON()
		if err != nil {
			t.Fatal(err)
		}
		name := filepath.Join(dir, fmt.Sprint("desk ", i%7), fmt.Sprintf("%05d.json", i))
		if err := os.MkdirAll(filepath.Dir(name), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(name+".part", b, 0o644); err != nil {
			t.Fatal(err)
		}
		if err := os.Rename(name+".part", name); err != nil {
			t.Fatal(err)
		}
		ids = append(ids, a.ID)
	}
	return ids
}

// filesIn counts the files in a folder, without what lies in those given.
func filesIn(t *testing.T, dir string, without ...string) (n int) {
	t.Helper()
	err := filepath.WalkDir(dir, func(p string, d fs.DirEntry, err error) error {
		for _, w := range without {
			if p == filepath.Join(dir, w) {
				return fs.SkipDir
			}
		}
		if err == nil && !d.IsDir() {
			n++
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return n
}

// waitEmpty waits until all that was put into a folder has been moved.
func waitEmpty(t *testing.T, dir string) {
	t.Helper()
	for start := time.Now(); filesIn(t, dir, "done", "refused") > 0; time.Sleep(50 * time.Millisecond) {
		if time.Since(start) > 5*time.Minute {
			t.Fatalf("%d files are still there", filesIn(t, dir, "done", "refused"))
		}
	}
}

// Files that are put into a watched folder all at once come in, each once, and are moved
// aside; `-watch-files 10000` puts as many there.
func TestWatch(t *testing.T) {
	dir, data := t.TempDir(), t.TempDir()
	n := *watchFiles
	drop(t, dir, newsgen.New(21), 0, n)
	if err := os.WriteFile(filepath.Join(dir, "broken.bin"), []byte("\x00\x01\x02"), 0o644); err != nil {
		t.Fatal(err)
	}
	start := time.Now()
	base, stop := startServe(t, "--data", data, "--watch", dir, "--watch-outlet", "Isles Gazette")
	waitEmpty(t, dir)
	took := time.Since(start)
	t.Logf("%d files in %.1f s, %.0f a second", n, took.Seconds(), float64(n)/took.Seconds())
	if got := filesIn(t, filepath.Join(dir, "done")); got != n {
		t.Errorf("%d files in done, want %d", got, n)
	}
	b, err := os.ReadFile(filepath.Join(dir, "refused", "broken.bin.reason"))
	if err != nil || string(b) != "is binary data, not text\n" {
		t.Errorf("reason %q, %v", b, err)
	}
	// One more while it runs.
	if err := os.WriteFile(filepath.Join(dir, "late.txt"), []byte("Ferry late again\n\nBy Ann Ash\n\nThe ferry to Porthaven was late again on Tuesday, the third time this week, its owners said. Passengers waited for two hours.\n"), 0o644); err != nil {
		t.Fatal(err)
	}
	waitEmpty(t, dir)
	var f found
	for start := time.Now(); f.Total != n+1 && time.Since(start) < 30*time.Second; time.Sleep(50 * time.Millisecond) {
		getJSON(t, base+"/api/v1/search?per_page=1&group=0", &f)
	}
	if f.Total != n+1 {
		t.Errorf("%d articles are found, want %d", f.Total, n+1)
	}
	// It names no outlet, as the others do.
	f.Total = 0
	if getJSON(t, base+"/api/v1/search?outlet=isles-gazette", &f); f.Total != 1 || f.Hits[0].Headline != "Ferry late again" {
		t.Errorf("of the folder's outlet are %d articles, want the one without", f.Total)
	}
	stop()
}

// Killed at any moment, a watched folder loses nothing: a file that was moved is in the
// archive, and one that was not is taken in by the next start.
func TestWatchKill(t *testing.T) {
	if runtime.GOOS == "windows" {
		t.Skip("Windows has no signal that kills a process at once")
	}
	if testing.Short() {
		t.Skip("-short: kills a program over and over")
	}
	dir, data := t.TempDir(), t.TempDir()
	seed := uint64(time.Now().UnixNano())
	t.Logf("seed %d", seed)
	rnd := rand.New(rand.NewPCG(seed, 1))
	gen := newsgen.New(22)
	const rounds, each = 5, 60
	var ids []news.ArticleID
	byFile := func(i int) string {
		return filepath.Join("done", fmt.Sprint("desk ", i%7), fmt.Sprintf("%05d.json", i))
	}
	for i := range rounds {
		ids = append(ids, drop(t, dir, gen, i*each, (i+1)*each)...)
		p := startProgram(t, data, "--watch", dir)
		time.Sleep(1200*time.Millisecond + time.Duration(rnd.IntN(2500))*time.Millisecond)
		_ = p.Kill()
		_, _ = p.Wait()
		// What was moved is in the archive.
		st, err := store.Open(data, store.Options{})
		if err != nil {
			t.Fatal(err)
		}
		moved := 0
		for n, id := range ids {
			if _, err := os.Stat(filepath.Join(dir, byFile(n))); err != nil {
				continue
			}
			moved++
			if _, err := st.Article(t.Context(), id); err != nil {
				t.Errorf("file %d was moved, and its article is not there: %v", n, err)
			}
		}
		if err := st.Close(); err != nil {
			t.Fatal(err)
		}
		t.Logf("kill %d: %d of %d files were moved", i+1, moved, len(ids))
	}
	_, stop := startServe(t, "--data", data, "--watch", dir)
	waitEmpty(t, dir)
	if out, errOut, err := cli(t, "", "verify", "--data", data); err != nil {
		t.Errorf("verify: %v\n%s%s", err, out, errOut)
	}
	stop()
	st, err := store.Open(data, store.Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer st.Close()
	for n, id := range ids {
		v, err := st.Article(t.Context(), id)
		if err != nil || v.N != 1 {
			t.Errorf("article %d: version %d, %v", n, v.N, err)
		}
		if _, err := os.Stat(filepath.Join(dir, byFile(n))); err != nil {
			t.Errorf("file %d is not in done: %v", n, err)
		}
	}
}

func TestWatchUsage(t *testing.T) {
	dir := t.TempDir()
	data := filepath.Join(dir, "data")
	inner := filepath.Join(dir, "in", "inner")
	if err := os.MkdirAll(inner, 0o755); err != nil {
		t.Fatal(err)
	}
	for _, args := range [][]string{
		{"--watch", filepath.Join(dir, "none")}, {"--watch", dir}, {"--watch", filepath.Join(dir, "in"), "--watch", inner},
		{"--watch-outlet", "Isles Gazette"},
	} {
		_, _, err := cli(t, "", append([]string{"serve", "--data", data, "--listen", "127.0.0.1:0"}, args...)...)
		if err == nil || !strings.Contains(err.Error(), "watch") {
			t.Errorf("serve %q: %v, want it refused", args, err)
		}
	}
}
