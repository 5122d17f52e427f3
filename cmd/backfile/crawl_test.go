package main

import (
	"archive/zip"
	"bytes"
	"context"
	"flag"
	"fmt"
	"html"
	"io"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"runtime"
	"strconv"
	"strings"
	"testing"
	"time"

	"backfile/internal/ingest"
	"backfile/internal/news"
	"backfile/internal/newsgen"

	"github.com/klauspost/compress/gzip"
)

var crawlMiB = flag.Int("crawl", 24, "MiB of the crawl that is taken in to see how much memory that takes")

// crawlMaker writes a crawl of generated articles.
type crawlMaker struct {
	w      io.Writer
	zipped bool
	// noise is so many bytes of script in each page.
	noise   int
	gen     *newsgen.Generator
	random  []byte
	n, size int
}

func newCrawl(w io.Writer, zipped bool, noise int) *crawlMaker {
	m := &crawlMaker{w: w, zipped: zipped, noise: noise, gen: newsgen.New(11), random: make([]byte, 20<<20)}
	r := rand.New(rand.NewPCG(1, 2))
	for i := range m.random {
		m.random[i] = byte(r.Uint32())
	}
	return m
}

// page adds the page of the next article, behind a front page that is none.
func (m *crawlMaker) page(t *testing.T) {
	a := m.gen.Article(m.n)
	var b strings.Builder
	fmt.Fprintf(&b, `<html lang="en"><head><title>%[1]s</title><meta property="og:type" content="article"><meta property="article:published_time" content="%[2]s"></head><body><article><h1>%[1]s</h1>`,
		html.EscapeString(a.Headline), a.Published.Text)
	for p := range strings.SplitSeq(a.Body, "\n\n") {
		fmt.Fprintf(&b, "<p>%s</p>", html.EscapeString(p))
	}
	from := m.n % 500 * 1000
	fmt.Fprintf(&b, "</article><script>%x</script></body></html>", m.random[from:from+m.noise])
	m.record(t, a.URL, "text/html; charset=utf-8", b.String())
	m.n++
}

func (m *crawlMaker) record(t *testing.T, target, media, body string) {
	head := "HTTP/1.1 200 OK\r\nContent-Type: " + media + "\r\n\r\n"
	b := fmt.Appendf(nil, "WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: %s\r\nWARC-Date: 2024-03-12T09:00:00Z\r\nContent-Length: %d\r\n\r\n%s%s\r\n\r\n", target, len(head)+len(body), head, body)
	if m.zipped {
		var z bytes.Buffer
		zw := gzip.NewWriter(&z)
		_, _ = zw.Write(b)
		_ = zw.Close()
		b = z.Bytes()
	}
	n, err := m.w.Write(b)
	if err != nil {
		t.Fatal(err)
	}
	m.size += n
}

// crawlFile writes a crawl of so many articles in one of the forms.
func crawlFile(t *testing.T, form string, pages int) string {
	path := filepath.Join(t.TempDir(), "crawl."+form)
	f, err := os.Create(path)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	if form != "wacz" {
		m := newCrawl(f, form == "warc.gz", 500)
		for range pages {
			m.page(t)
		}
		return path
	}
	zw := zip.NewWriter(f)
	m := newCrawl(nil, true, 500)
	for _, name := range []string{"archive/1.warc.gz", "archive/2.warc.gz"} {
		if m.w, err = zw.CreateHeader(&zip.FileHeader{Name: name, Method: zip.Store}); err != nil {
			t.Fatal(err)
		}
		for range pages / 2 {
			m.page(t)
		}
	}
	if err := zw.Close(); err != nil {
		t.Fatal(err)
	}
	return path
}

var goingOn = regexp.MustCompile(`going on with \S+ at (\d+) %`)

// A crawl whose taking in was killed goes on where it was, with little of it done
// twice, and nothing missing: killed as a command that has the archive to itself, or
// as one that sends to an archive that is served.
func TestCrawlResumes(t *testing.T) {
	if runtime.GOOS == "windows" {
		t.Skip("Windows has no signal that kills a process at once")
	}
	if testing.Short() {
		t.Skip("-short: kills a program in the middle of a crawl")
	}
	const pages = 500
	for _, tc := range []struct {
		form   string
		served bool
	}{{"warc.gz", false}, {"warc", true}, {"wacz", false}} {
		t.Run(tc.form, func(t *testing.T) {
			data, path := t.TempDir(), crawlFile(t, tc.form, pages)
			if tc.served {
				_, stop := startServe(t, "--data", data)
				defer stop()
			}
			have := killIngest(t, data, path)
			out, errOut, err := cli(t, "", "ingest", "--data", data, path)
			if err != nil {
				t.Fatalf("ingest: %v\n%s%s", err, out, errOut)
			}
			at := goingOn.FindStringSubmatch(errOut)
			if at == nil {
				t.Fatalf("it said %q, want how far it was", errOut)
			}
			if p, _ := strconv.Atoi(at[1]); p < have.Percent() || p > 99 {
				t.Errorf("it goes on at %d %%, and was at %d %%", p, have.Percent())
			}
			var added, unchanged int
			if _, err := fmt.Sscanf(out, "added %d, new versions 0, unchanged %d, refused 0", &added, &unchanged); err != nil {
				t.Fatalf("summary %q: %v", out, err)
			}
			// What was stored within a second of the kill may be taken in twice.
			if unchanged > pages/2 || added+unchanged >= pages {
				t.Errorf("added %d, unchanged %d of %d: it began anew", added, unchanged, pages)
			}
			t.Logf("killed at %d %%, gone on at %s %%, %d done twice", have.Percent(), at[1], unchanged)

			if !tc.served {
				return
			}
			// To its end, there is nothing to go on with.
			out, errOut, err = cli(t, "", "ingest", "--data", data, path)
			if want := fmt.Sprintf("added 0, new versions 0, unchanged %d, refused 0", pages); err != nil || !strings.HasPrefix(out, want) || errOut != "" {
				t.Errorf("a second time: %q, %q, %v, want %q", out, errOut, err, want)
			}
		})
	}
}

// killIngest runs ingest as a process of its own, kills it when it has come to a fifth
// of the crawl, and returns how far that was.
func killIngest(t *testing.T, data, path string) news.Progress {
	t.Helper()
	exe, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	cmd := exec.Command(exe, "ingest", "--data", data, path)
	cmd.Env = append(os.Environ(), asProgram+"=1")
	var said bytes.Buffer
	cmd.Stdout, cmd.Stderr = &said, &said
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	done := make(chan struct{})
	go func() { _ = cmd.Wait(); close(done) }()
	f, err := os.Open(path)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	st, err := f.Stat()
	if err != nil {
		t.Fatal(err)
	}
	input, _, ok := ingest.Identify(f, st.Size(), "")
	if !ok {
		t.Fatal("the crawl is not known as one")
	}
	for range 12_000 {
		select {
		case <-done:
			t.Fatalf("ingest ended before it was killed: %s", said.String())
		case <-time.After(5 * time.Millisecond):
		}
		c, ok := dial(t.Context(), data)
		if !ok {
			continue
		}
		p, err := c.progress(context.Background(), news.Progress{Input: input, Size: st.Size()})
		c.close()
		if err == nil && p.Percent() >= 20 {
			_ = cmd.Process.Kill()
			<-done
			return p
		}
	}
	t.Fatal("it came nowhere")
	return news.Progress{}
}

// TestCrawlMemory takes in a long crawl by a process of its own and looks at the most
// memory that it had: `go test ./cmd/backfile -run CrawlMemory -crawl 1024 -v` makes
// that a gigabyte.
func TestCrawlMemory(t *testing.T) {
	if runtime.GOOS != "linux" {
		t.Skip("only Linux says how much memory a process had, in /proc/PID/status")
	}
	if testing.Short() {
		t.Skip("-short: takes a long crawl in")
	}
	path := filepath.Join(t.TempDir(), "crawl.warc.gz")
	f, err := os.Create(path)
	if err != nil {
		t.Fatal(err)
	}
	m := newCrawl(f, true, 22_000)
	for m.size < *crawlMiB<<20 {
		m.page(t)
		if m.n%400 == 200 {
			m.record(t, "https://ledger.example/film", "video/mp4", string(m.random))
		}
	}
	if err := f.Close(); err != nil {
		t.Fatal(err)
	}
	exe, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	cmd := exec.Command(exe, "ingest", "--data", t.TempDir(), path)
	cmd.Env = append(os.Environ(), asProgram+"=1")
	var said bytes.Buffer
	cmd.Stdout, cmd.Stderr = &said, &said
	start := time.Now()
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	most := make(chan int64, 1)
	go func() { most <- resident(cmd.Process.Pid) }()
	if err := cmd.Wait(); err != nil {
		t.Fatalf("ingest: %v\n%s", err, said.String())
	}
	took, mib := time.Since(start), <-most>>20
	t.Logf("%d MiB, %d pages in %.0f s, %.0f a second: at most %d MiB resident", m.size>>20, m.n, took.Seconds(), float64(m.n)/took.Seconds(), mib)
	if mib > 400 || mib == 0 {
		t.Errorf("it took %d MiB of memory", mib)
	}
}

var peak = regexp.MustCompile(`VmHWM:\s+(\d+) kB`)

// resident is the most memory that a process has had when it ends, in bytes. What the
// system says of one that has ended counts the memory of who started it.
func resident(pid int) (most int64) {
	for {
		b, err := os.ReadFile(fmt.Sprintf("/proc/%d/status", pid))
		at := peak.FindSubmatch(b)
		if err != nil || at == nil {
			return most
		}
		n, _ := strconv.ParseInt(string(at[1]), 10, 64)
		most = max(most, n<<10)
		time.Sleep(20 * time.Millisecond)
	}
}
