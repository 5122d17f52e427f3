package main

import (
	"archive/zip"
	"bufio"
	"bytes"
	"flag"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strconv"
	"strings"
	"testing"
	"text/tabwriter"
	"time"

	"github.com/klauspost/compress/gzip"
)

var hostileFull = flag.Bool("full", false, "try traps of a gigabyte, by each way in")

// What a trap may cost.
const (
	hostileTime   = 5 * time.Second
	hostileMemory = 256 << 20
)

// trap is an input that is built to exhaust its reader.
type trap struct {
	name string
	make func(w io.Writer, size int) error
	// taken: what can be had of it may be taken in; it need only be cheap.
	taken bool
}

// repeat writes s over and over, size bytes of it.
func repeat(w io.Writer, s string, size int) error {
	b := []byte(strings.Repeat(s, max(1, 64<<10/len(s))))
	for size > 0 {
		n, err := w.Write(b[:min(len(b), size)])
		if err != nil {
			return err
		}
		size -= n
	}
	return nil
}

// longLine makes a trap of a head and one endless line.
func longLine(head, fill string) func(io.Writer, int) error {
	return func(w io.Writer, size int) error {
		if _, err := io.WriteString(w, head); err != nil {
			return err
		}
		return repeat(w, fill, size)
	}
}

func short(parts ...string) func(io.Writer, int) error {
	return func(w io.Writer, _ int) error {
		_, err := io.WriteString(w, strings.Join(parts, ""))
		return err
	}
}

func gzipped(head, fill string, times int) func(io.Writer, int) error {
	return func(w io.Writer, size int) error {
		z := gzip.NewWriter(w)
		if err := longLine(head, fill)(z, times*size); err != nil {
			return err
		}
		return z.Close()
	}
}

// zipOf makes a zip archive of one file that inflates to fill, over and over.
func zipOf(name, head, fill string, times int) func(io.Writer, int) error {
	return func(w io.Writer, size int) error {
		z := zip.NewWriter(w)
		f, err := z.Create(name)
		if err == nil {
			err = longLine(head, fill)(f, times*size)
		}
		if err != nil {
			return err
		}
		return z.Close()
	}
}

// nestedZip is a zip archive in another, so many deep, each named as a file that would
// be read.
func nestedZip(w io.Writer, _ int) error {
	inner := []byte("A tide.")
	for range 100 {
		var b bytes.Buffer
		z := zip.NewWriter(&b)
		f, err := z.Create("metadata_0_to_9.json")
		if err == nil {
			_, err = f.Write(inner)
		}
		if err != nil {
			return err
		}
		if err := z.Close(); err != nil {
			return err
		}
		inner = b.Bytes()
	}
	_, err := w.Write(inner)
	return err
}

// wideZip is a zip archive with a table of contents of very many files.
func wideZip(w io.Writer, size int) error {
	z := zip.NewWriter(w)
	for i := range min(size/100, 1_000_000) {
		if _, err := z.CreateHeader(&zip.FileHeader{Name: fmt.Sprintf("content/%d.html", i)}); err != nil {
			return err
		}
	}
	return z.Close()
}

// sharingZip is a zip archive whose table of contents names one file that inflates to
// much under many names.
func sharingZip(w io.Writer, size int) error {
	var one bytes.Buffer
	z := zip.NewWriter(&one)
	f, err := z.CreateHeader(&zip.FileHeader{Name: "metadata_0000.json", Method: zip.Deflate})
	if err == nil {
		err = longLine("[", " ")(f, size/4)
	}
	if err != nil {
		return err
	}
	if err := z.Close(); err != nil {
		return err
	}
	b := one.Bytes()
	at := bytes.LastIndex(b, []byte("PK\x01\x02"))
	end := bytes.LastIndex(b, []byte("PK\x05\x06"))
	entry, tail := b[at:end], bytes.Clone(b[end:])
	const names = 1000
	var dir []byte
	for i := range names {
		dir = append(dir, bytes.Replace(entry, []byte("metadata_0000"), fmt.Appendf(nil, "metadata_%04d", i), 1)...)
	}
	put := func(b []byte, n, len int) {
		for i := range len {
			b[i] = byte(n >> (8 * i))
		}
	}
	put(tail[8:], names, 2)
	put(tail[10:], names, 2)
	put(tail[12:], len(dir), 4)
	put(tail[16:], at, 4)
	for _, part := range [][]byte{b[:at], dir, tail} {
		if _, err := w.Write(part); err != nil {
			return err
		}
	}
	return nil
}

// traps are all of them.
func traps() []trap {
	deep := 10_000
	bomb := `<?xml version="1.0"?><!DOCTYPE nitf [<!ENTITY a "haha">`
	for c := 'b'; c <= 'j'; c++ {
		bomb += fmt.Sprintf(`<!ENTITY %c "%s">`, c, strings.Repeat(fmt.Sprintf("&%c;", c-1), 10))
	}
	return []trap{
		{"gzip bomb, text", gzipped("A tide.\n\n", "a", 10), false},
		{"gzip bomb, page", gzipped("<html><body>", "<p>", 10), false},
		{"gzip bomb, JSON Lines", gzipped(`{"headline":"`, "a", 10), false},
		{"gzip bomb, crawl", gzipped("WARC/1.0\r\nWARC-Type: response\r\nContent-Length: 99999999999\r\n\r\n", "a", 10), false},
		{"page nested 10,000 deep", short("<html><body>", strings.Repeat("<div>", deep), "A tide."), false},
		{"XML nested 10,000 deep", short("<nitf>", strings.Repeat("<p>", deep)), false},
		{"feed nested 10,000 deep", short("<rss><channel><item>", strings.Repeat("<a>", deep)), false},
		{"JSON nested 10,000 deep", short(`{"uri":"urn:x:1","a":`, strings.Repeat("[", deep), strings.Repeat("]", deep), "}"), false},
		{"our JSON nested 10,000 deep", short(`{"headline":"A","x":`, strings.Repeat(`{"a":`, deep), "1", strings.Repeat("}", deep), "}"), true},
		{"JSON nested for ever", longLine(`{"headline":`, "["), false},
		{"entity bomb", short(bomb, "]><nitf><body>&j;</body></nitf>"), false},
		{"entity bomb in a feed", short(strings.Replace(bomb, "nitf [", "rss [", 1), "]><rss><channel><item><title>&j;</title></item></channel></rss>"), false},
		{"one line of text", longLine("", "a"), false},
		{"one line of JSON Lines", longLine(`{"headline":"`, "a"), false},
		{"one line of CSV", longLine("title,url,text\n\"", "a"), false},
		{"one line of IPTC 7901", longLine("\x01cw0007 3 i 42 X\r\n\x02", "a"), false},
		{"one line of a crawl's record", longLine("WARC/1.0\r\nWARC-Type: ", "a"), false},
		{"one line of a feed", longLine("<rss><channel><title>", "a"), false},
		{"one line of a page", longLine("<html><body><p>", "a"), false},
		{"one tag of a page", longLine("<html><body><p class=\"", "a"), false},
		{"page of a million tags", short("<html><body>", strings.Repeat("<b>x</b>", 500_000), "</body></html>"), false},
		{"page of a million attributes", short("<html><body ", strings.Repeat("a=b ", 1_000_000), ">A tide.</body></html>"), false},
		{"zip in a zip in a zip", nestedZip, false},
		{"zip of very many files", wideZip, false},
		{"zip of one file under a thousand names", sharingZip, false},
		{"zip that inflates to white space", zipOf("metadata_0_to_9.json", "[", " ", 4), false},
		{"zip that inflates to one string", zipOf("metadata_0_to_9.json", `[{"title":"`, "a", 4), false},
		{"crawl in a zip that inflates", zipOf("archive/a.warc", "WARC/1.0\r\nWARC-Type: response\r\nContent-Length: 99999999999\r\n\r\n", "a", 4), false},
	}
}

// cost is what a trap cost by one way in.
type cost struct {
	took   time.Duration
	memory int64
	said   string
	bad    bool
}

// TestHostile gives the program itself what is built to break it, by each way in, and
// looks at the time and the memory of the process that read it:
//
//	go test ./cmd/backfile -run TestHostile -full -v
//
// prints the table for traps of a gigabyte.
func TestHostile(t *testing.T) {
	if runtime.GOOS != "linux" {
		t.Skip("only Linux says how much memory a process had, in /proc/PID/status")
	}
	if testing.Short() {
		t.Skip("-short: reads traps of 24 MB, which takes long")
	}
	size, ways := 24<<20, []string{"POST"}
	if *hostileFull {
		size, ways = 1<<30, []string{"read", "ingest", "POST", "stream", "watch", "fetch"}
	}
	p := newPrey(t)
	var b strings.Builder
	tab := tabwriter.NewWriter(&b, 0, 8, 2, ' ', 0)
	fmt.Fprintf(tab, "TRAP\t%s\tSAID\n", strings.Join(ways, "\t"))
	for _, tr := range traps() {
		path := filepath.Join(t.TempDir(), "trap")
		f, err := os.Create(path)
		if err != nil {
			t.Fatal(err)
		}
		w := bufio.NewWriterSize(f, 1<<20)
		if err := tr.make(w, size); err != nil {
			t.Fatal(err)
		}
		if err := w.Flush(); err != nil {
			t.Fatal(err)
		}
		_ = f.Close()
		fmt.Fprint(tab, tr.name)
		said := ""
		for _, way := range ways {
			c := p.try(way, path)
			mark := ""
			if c.took > hostileTime || c.memory > hostileMemory || c.bad && !tr.taken {
				mark = " !"
				t.Errorf("%s by %s: %v, %d MiB: %s", tr.name, way, c.took.Round(time.Millisecond), c.memory>>20, c.said)
			}
			fmt.Fprintf(tab, "\t%.1f s %d MiB%s", c.took.Seconds(), c.memory>>20, mark)
			if way == ways[0] {
				said = strings.TrimSpace(c.said)
			}
		}
		fmt.Fprintf(tab, "\t%s\n", said)
		_ = os.Remove(path)
	}
	_ = tab.Flush()
	t.Logf("traps of %d MiB\n%s", size>>20, b.String())
}

// prey is a program that serves an archive, and the ways into it.
type prey struct {
	t       *testing.T
	exe     string
	data    string // of serve
	watched string
	serve   *os.Process
	c       *client
	site    *httptest.Server
	path    string // of what the site answers
}

func newPrey(t *testing.T) *prey {
	exe, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	p := &prey{t: t, exe: exe, data: t.TempDir(), watched: t.TempDir()}
	p.site = httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path == "/robots.txt" {
			http.NotFound(w, r)
			return
		}
		http.ServeFile(w, r, p.path)
	}))
	t.Cleanup(p.site.Close)
	p.serve = startProgram(t, p.data, "--watch", p.watched, "--allow-hosts", strings.TrimPrefix(p.site.URL, "http://"), "--fetch-pause", "0")
	t.Cleanup(func() {
		_ = p.serve.Kill()
		_, _ = p.serve.Wait()
	})
	var ok bool
	if p.c, ok = dial(t.Context(), p.data); !ok {
		t.Fatal("serve does not answer")
	}
	return p
}

// try gives a trap by one way in.
func (p *prey) try(way, path string) cost {
	switch way {
	case "read":
		return p.command("read", path)
	case "ingest":
		return p.command("ingest", "--data", p.t.TempDir(), path)
	case "fetch":
		p.path = path
		return p.ask(func() (string, bool) {
			res, err := p.c.do(p.t.Context(), http.MethodPost, "/api/v1/capture", nil, strings.NewReader(`{"url":"`+p.site.URL+`/page"}`), "application/json")
			return answerOf(res, err)
		})
	case "watch":
		to := filepath.Join(p.watched, "trap")
		if err := os.Link(path, to+".part"); err != nil {
			p.t.Fatal(err)
		}
		time.Sleep(1100 * time.Millisecond) // it is seen as a part first
		return p.ask(func() (string, bool) {
			_ = os.Rename(to+".part", to)
			for start := time.Now(); time.Since(start) < time.Minute; time.Sleep(20 * time.Millisecond) {
				if _, err := os.Lstat(to); err != nil {
					// The wait for the next look is not the reader's.
					b, err := os.ReadFile(filepath.Join(p.watched, "refused", "trap.reason"))
					_ = os.RemoveAll(filepath.Join(p.watched, "refused"))
					_ = os.RemoveAll(filepath.Join(p.watched, "done"))
					return string(b), err == nil
				}
			}
			return "it is still there", false
		})
	}
	return p.ask(func() (string, bool) {
		f, err := os.Open(path)
		if err != nil {
			p.t.Fatal(err)
		}
		defer f.Close()
		to := "/api/v1/articles"
		if way == "stream" {
			to = "/api/v1/ingest"
		}
		// The type is left to the content.
		res, err := p.c.do(p.t.Context(), http.MethodPost, to, nil, f, "application/octet-stream")
		return answerOf(res, err)
	})
}

// answerOf is what the archive answered, and whether that refused everything.
func answerOf(res *http.Response, err error) (string, bool) {
	if err != nil {
		return err.Error(), true
	}
	defer res.Body.Close()
	b, _ := io.ReadAll(io.LimitReader(res.Body, 1<<20))
	return string(b), !bytes.Contains(b, []byte(`"added"`)) && res.StatusCode != http.StatusCreated
}

// command runs the program on a trap.
func (p *prey) command(args ...string) cost {
	cmd := exec.Command(p.exe, args...)
	cmd.Env = append(os.Environ(), asProgram+"=1")
	var out, said bytes.Buffer
	cmd.Stdout, cmd.Stderr = &out, &said
	start := time.Now()
	if err := cmd.Start(); err != nil {
		p.t.Fatal(err)
	}
	most := make(chan int64, 1)
	go func() { most <- resident(cmd.Process.Pid) }()
	stop := time.AfterFunc(time.Minute, func() { _ = cmd.Process.Kill() })
	err := cmd.Wait()
	stop.Stop()
	// Its own time, not what it waits for others on a machine that does other things.
	c := cost{took: cmd.ProcessState.UserTime() + cmd.ProcessState.SystemTime(), memory: <-most, bad: err == nil}
	if time.Since(start) >= time.Minute {
		c.took = time.Minute
	}
	if args[0] == "ingest" {
		said.Write(out.Bytes())
	}
	c.said, _, _ = strings.Cut(said.String(), "\n")
	if i := strings.Index(c.said, "trap"); i >= 0 {
		c.said = c.said[i+len("trap"):]
	}
	if strings.Contains(said.String(), "goroutine ") {
		c.said, c.bad = "it fell: "+said.String()[:min(said.Len(), 2000)], true
	}
	return c
}

// ask has the serving process do something, and measures that.
func (p *prey) ask(do func() (said string, refused bool)) cost {
	// "5" begins the process's most memory anew.
	_ = os.WriteFile(fmt.Sprintf("/proc/%d/clear_refs", p.serve.Pid), []byte("5"), 0)
	start := time.Now()
	said, refused := do()
	c := cost{took: time.Since(start), said: said, bad: !refused}
	b, _ := os.ReadFile(fmt.Sprintf("/proc/%d/status", p.serve.Pid))
	if at := peak.FindSubmatch(b); at != nil {
		n, _ := strconv.ParseInt(string(at[1]), 10, 64)
		c.memory = n << 10
	} else {
		c.said, c.bad = "serve has fallen", true
	}
	return c
}
