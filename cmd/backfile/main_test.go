package main

import (
	"bufio"
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"os"
	"path/filepath"
	"regexp"
	"runtime"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"backfile/internal/news"
	"backfile/internal/newsgen"
)

// asProgram makes the test binary behave as the program itself, so that a test can
// kill it.
const asProgram = "BACKFILE_TEST_AS_PROGRAM"

func TestMain(m *testing.M) {
	if os.Getenv(asProgram) != "" {
		main()
		os.Exit(0)
	}
	for _, kv := range os.Environ() {
		if name, _, _ := strings.Cut(kv, "="); strings.HasPrefix(name, "BACKFILE_") && !slices.Contains([]string{envFlips, envSeed, envBenchArticles, envBenchDir}, name) {
			os.Unsetenv(name)
		}
	}
	os.Exit(m.Run())
}

// cli runs one command line and returns what it printed.
func cli(t *testing.T, in string, args ...string) (out, errOut string, err error) {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), 2*time.Minute)
	defer cancel()
	var o, e bytes.Buffer
	err = run(ctx, args, stdio{strings.NewReader(in), &o, &e})
	return o.String(), e.String(), err
}

// mustCLI is cli where the command must succeed.
func mustCLI(t *testing.T, in string, args ...string) string {
	t.Helper()
	out, errOut, err := cli(t, in, args...)
	if err != nil {
		t.Fatalf("backfile %s: %v\n%s%s", strings.Join(args, " "), err, out, errOut)
	}
	return out
}

// startServe runs serve on a free port until the test ends, and returns the
// address.
func startServe(t *testing.T, args ...string) (base string, stop func()) {
	t.Helper()
	ctx, cancel := context.WithCancel(context.Background())
	r, w := io.Pipe()
	done := make(chan error, 1)
	var log lockedBuffer
	go func() {
		err := run(ctx, append([]string{"serve", "--listen", "127.0.0.1:0"}, args...), stdio{nil, w, &log})
		w.CloseWithError(errors.Join(io.EOF, err))
		done <- err
	}()
	var once sync.Once
	stop = func() {
		once.Do(func() {
			cancel()
			if err := <-done; err != nil {
				t.Errorf("serve: %v", err)
			}
			if log.String() != "" {
				t.Logf("serve logged:\n%s", log.String())
			}
		})
	}
	line, err := bufio.NewReader(r).ReadString('\n')
	m := regexp.MustCompile(`http://[^/]+`).FindString(line)
	if err != nil || m == "" {
		cancel()
		t.Fatalf("serve said %q: %v\n%s", line, err, log.String())
	}
	go io.Copy(io.Discard, r)
	t.Cleanup(stop)
	return m, stop
}

type lockedBuffer struct {
	mu sync.Mutex
	b  bytes.Buffer
}

func (l *lockedBuffer) Write(p []byte) (int, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.b.Write(p)
}

func (l *lockedBuffer) String() string {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.b.String()
}

// generated is n made-up articles as JSON Lines.
func generated(t testing.TB, seed uint64, n int) string {
	t.Helper()
	var b bytes.Buffer
	enc := json.NewEncoder(&b)
	for a := range newsgen.New(seed).Articles(n) {
		if err := enc.Encode(a); err != nil {
			t.Fatal(err)
		}
	}
	return b.String()
}

func getJSON(t *testing.T, url string, v any) int {
	t.Helper()
	res, err := http.Get(url)
	if err != nil {
		t.Fatal(err)
	}
	defer res.Body.Close()
	b, err := io.ReadAll(res.Body)
	if err != nil {
		t.Fatal(err)
	}
	if v != nil {
		if err := json.Unmarshal(b, v); err != nil {
			t.Fatalf("GET %s = %d %q: %v", url, res.StatusCode, b, err)
		}
	}
	return res.StatusCode
}

type found struct {
	Total int
	Hits  []struct {
		ID, Path, Headline string
		Snippets           [][]struct{ Pre, Match, Post string }
	}
	Facets map[string][]struct {
		Slug, Name string
		Count      int
	}
	Behind int
}

// eventually tries ok for two seconds: the time in which what was taken in can
// be searched.
func eventually(t *testing.T, what string, ok func() bool) {
	t.Helper()
	for start := time.Now(); time.Since(start) < 2*time.Second; time.Sleep(20 * time.Millisecond) {
		if ok() {
			return
		}
	}
	t.Errorf("not within two seconds: %s", what)
}

const harbour = `{"url":"https://www.porthavenpost.example/news/harbour-wall","outlet":{"name":"Porthaven Post"},"headline":"Harbour wall to be rebuilt","published":"2021-12-02T16:17","body":"The harbour wall at Aberdeen is to be rebuilt, the council said.\n\nWork begins in March."}`

// The main path: what comes in over HTTP or the command line is found, read,
// changed, removed, and checked, while the archive is being served.
func TestServe(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "a new", "archive")
	base, stop := startServe(t, "--data", dir)
	if st := getJSON(t, base+"/readyz", nil); st != 200 {
		t.Fatalf("readyz = %d", st)
	}

	res, err := http.Post(base+"/api/v1/articles", "application/json", strings.NewReader(harbour))
	if err != nil {
		t.Fatal(err)
	}
	var added struct{ ID, Path string }
	if err := json.NewDecoder(res.Body).Decode(&added); err != nil || res.StatusCode != 201 || added.ID == "" {
		t.Fatalf("POST = %d %+v, %v", res.StatusCode, added, err)
	}
	res.Body.Close()
	eventually(t, "the article is found", func() bool {
		var f found
		getJSON(t, base+"/api/v1/search?q=rebuilt+wall&outlet=porthaven-post&year=2021&place=Aberdeen", &f)
		return f.Total == 1 && f.Hits[0].ID == added.ID && len(f.Facets["outlet"]) == 1
	})
	if st := getJSON(t, base+added.Path, nil); st != 200 {
		t.Errorf("GET %s = %d", added.Path, st)
	}

	// The other commands, over the socket.
	in := strings.ReplaceAll(harbour, "Work begins in March.", "Work begins in May.") + "\n{\"headline\":\"Second\",\"body\":\"Gulls everywhere.\"}\nnonsense\n"
	out, _, err := cli(t, in, "ingest", "--data", dir, "--outlet", "Gull Gazette", "-")
	if !errors.Is(err, errSaid) || !strings.Contains(out, "added 1, new versions 1, unchanged 0, refused 1\n") ||
		!strings.Contains(out, "refused: standard input:3: a ") && !strings.Contains(out, "refused: standard input:3: is not JSON") {
		t.Errorf("ingest: %v\n%s", err, out)
	}
	if out := mustCLI(t, "", "search", "--data", dir, "gulls"); !strings.HasPrefix(out, "Second\n    Gull Gazette · undated · /articles/") || !strings.HasSuffix(out, "1 found\n") {
		t.Errorf("search printed %q", out)
	}
	var f found
	if err := json.Unmarshal([]byte(mustCLI(t, "", "search", "--json", "--data", dir, "wall")), &f); err != nil || f.Total != 1 {
		t.Errorf("search --json: %+v, %v", f, err)
	}
	var byURL struct{ ID string }
	if st := getJSON(t, base+"/api/v1/lookup?url=http://porthavenpost.example/news/harbour-wall/?utm_source=x", &byURL); st != 200 || byURL.ID != added.ID {
		t.Errorf("lookup = %d %+v", st, byURL)
	}
	mustCLI(t, "", "remove", "--data", dir, added.ID, "--reason", "asked for by the author")
	var gone struct{ Reason string }
	if st := getJSON(t, base+"/api/v1/articles/"+added.ID, &gone); st != 410 || !strings.Contains(gone.Reason, "asked for by the author") {
		t.Errorf("a removed article: %d %+v", st, gone)
	}
	eventually(t, "the removed article is not found", func() bool {
		var f found
		getJSON(t, base+"/api/v1/search?q=wall", &f)
		return f.Total == 0
	})
	mustCLI(t, "", "reindex", "--data", dir)
	if out := mustCLI(t, "", "verify", "--data", dir); out != "all is well\n" {
		t.Errorf("verify printed %q", out)
	}
	if out := mustCLI(t, "", "export", "--data", dir); strings.Count(out, "\n") != 6 || !strings.Contains(out, `{"type":"tombstone"`) {
		t.Errorf("export printed %q", out)
	}

	stop()
	for _, name := range []string{socketName, holderName} {
		if _, err := os.Lstat(filepath.Join(dir, name)); err == nil {
			t.Errorf("%s was left behind", name)
		}
	}
	if runtime.GOOS != "windows" {
		st, err := os.Stat(dir)
		if err != nil || st.Mode().Perm() != 0o700 {
			t.Errorf("data directory: %v, %v", st.Mode(), err)
		}
	}
	// And without anybody serving.
	if out := mustCLI(t, "", "search", "--data", dir, "gulls"); !strings.HasSuffix(out, "1 found\n") {
		t.Errorf("search without serve printed %q", out)
	}
}

// Many command lines at a time, while the archive is served.
func TestConcurrentCommands(t *testing.T) {
	dir := t.TempDir()
	startServe(t, "--data", dir)
	var wg sync.WaitGroup
	for i := range 4 {
		wg.Go(func() {
			out, errOut, err := cli(t, generated(t, uint64(i+1), 40), "ingest", "--data", dir, "-")
			if err != nil || !strings.HasPrefix(out, "added 40,") {
				t.Errorf("ingest %d: %v\n%s%s", i, err, out, errOut)
			}
		})
		wg.Go(func() {
			if out, errOut, err := cli(t, "", "search", "--data", dir, "the"); err != nil {
				t.Errorf("search: %v\n%s%s", err, out, errOut)
			}
		})
	}
	wg.Wait()
	if out := mustCLI(t, "", "search", "--data", dir); !strings.HasSuffix(out, "160 found\n") {
		t.Errorf("in the end: %q", out[max(0, len(out)-60):])
	}
}

// An export taken into a new archive gives the same articles, versions and lists
// at the same addresses: its export is the same.
func TestRoundTrip(t *testing.T) {
	one, two := t.TempDir(), t.TempDir()
	base, stop := startServe(t, "--data", one)
	in := generated(t, 3, 25) + strings.ReplaceAll(harbour, `"headline"`, `"captured":"2024-01-01T00:00:00Z","headline"`) + "\n" +
		strings.ReplaceAll(strings.ReplaceAll(harbour, `"headline"`, `"captured":"2024-02-01T00:00:00Z","headline"`), "March", "May <& later>") + "\n"
	mustCLI(t, in, "ingest", "--data", one, "-")
	var f found
	getJSON(t, base+"/api/v1/search?q=harbour+wall", &f)
	if len(f.Hits) != 1 {
		t.Fatalf("found %+v", f)
	}
	stop()
	feed := `{"type":"subscription","id":"` + string(news.NewArticleID("a feed")) + `","address":"https://harbour.example/feed.xml","owner":"local","created":"2024-01-01T00:00:00Z","state":{"new":3}}` + "\n"
	if out := mustCLI(t, feed, "ingest", "--data", one, "-"); !strings.Contains(out, "taken back: 1") {
		t.Errorf("ingest of a subscription: %s", out)
	}
	first := mustCLI(t, "", "export", "--data", one)
	if !strings.HasSuffix(first, feed) {
		t.Errorf("the subscription is not exported: %.300s", first[max(0, len(first)-300):])
	}
	if !strings.Contains(first, `{"type":"version","n":1,`) {
		t.Error("the earlier version is not exported")
	}
	mustCLI(t, first, "ingest", "--data", two, "-")
	second := mustCLI(t, "", "export", "--data", two)
	if a, b := comparable(t, first), comparable(t, second); a != b {
		t.Errorf("exports differ:\n%s\n%s", diffAt(a, b), second[:0])
	}
	// Taken in again, nothing changes.
	if out := mustCLI(t, first, "ingest", "--data", two, "-"); !strings.HasPrefix(out, "added 0, new versions 0, unchanged 27") {
		t.Errorf("a second time: %s", out)
	}
}

// comparable is an export without the times at which the store superseded
// versions, which are the archive's own.
func comparable(t *testing.T, export string) string {
	t.Helper()
	return regexp.MustCompile(`,"superseded":"[^"]*"`).ReplaceAllString(export, "")
}

func diffAt(a, b string) string {
	i := 0
	for i < len(a) && i < len(b) && a[i] == b[i] {
		i++
	}
	lo := max(0, i-80)
	return fmt.Sprintf("at %d: %q\n    %q", i, a[lo:min(len(a), i+160)], b[lo:min(len(b), i+160)])
}

func TestRead(t *testing.T) {
	dir := t.TempDir()
	good, bad := filepath.Join(dir, "good.jsonl"), filepath.Join(dir, "bad.txt")
	for name, s := range map[string]string{good: harbour, bad: "\x00\x01"} {
		if err := os.WriteFile(name, []byte(s), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	out, errOut, err := cli(t, "", "read", dir)
	if !errors.Is(err, errSaid) || errOut != "refused: "+bad+": is binary data, not text\n" {
		t.Errorf("read: %v, %q", err, errOut)
	}
	var a struct {
		Type, Source, Headline, Language string
		Places                           []struct{ Name string }
	}
	if err := json.Unmarshal([]byte(out), &a); err != nil || a.Type != "article" || a.Source != good || len(a.Places) == 0 {
		t.Errorf("read printed %q: %v", out, err)
	}
	// What read prints, it reads to the same.
	if again := mustCLI(t, out, "read", "-"); again != out {
		t.Errorf("read of read: %s", diffAt(out, again))
	}
}

func TestUsage(t *testing.T) {
	t.Setenv("BACKFILE_OUTLET", "")
	none := filepath.Join(t.TempDir(), "none")
	for _, tc := range []struct {
		args  []string
		want  string
		usage bool
	}{
		{nil, "no command given", true},
		{[]string{"fly"}, `there is no command "fly"`, true},
		{[]string{"ingest", "--data", none}, "name files, folders", true},
		{[]string{"ingest", "--outlet", "A", "--outlet-override", "B", "x"}, "either --outlet or", true},
		{[]string{"ingest", "--outlet", "--", "x"}, "is no name", true},
		{[]string{"remove", "0123456789abc"}, "say --reason", true},
		{[]string{"remove", "xyz", "--reason", "r"}, "is no article's id", true},
		{[]string{"search", "--data", none, "x"}, "there is no archive in", false},
		{[]string{"verify", "--nope"}, "not defined: -nope", true},
		{[]string{"serve", "--public-url", "archive.example"}, "is no scheme and host", true},
		{[]string{"export", "x"}, "takes no arguments", true},
		{[]string{"version", "x"}, "takes no arguments", true},
		{[]string{"search", "--sort", "best", "x"}, "is no order", true},
		{[]string{"search", "--page", "0", "x"}, "begin at 1", true},
		{[]string{"search", "--per-page", "500", "x"}, "1 to 100", true},
	} {
		_, _, err := cli(t, "", tc.args...)
		var usage *usageError
		if err == nil || !strings.Contains(err.Error(), tc.want) || errors.As(err, &usage) != tc.usage {
			t.Errorf("backfile %q: %v, want %q (usage: %v)", tc.args, err, tc.want, tc.usage)
		}
	}
	if _, err := os.Stat(none); err == nil {
		t.Error("a command that only asks made a data directory")
	}
	for _, c := range commands() {
		if out := mustCLI(t, "", "help", c.name); out == "" {
			t.Errorf("help %s is empty", c.name)
		}
	}
}

func TestFlags(t *testing.T) {
	t.Setenv("BACKFILE_DATA", "/from/env")
	t.Setenv("BACKFILE_MIN_FREE", "2G")
	for _, tc := range []struct {
		args  []string
		mixed bool
		dir   string
		rest  string
	}{
		{[]string{"a", "b"}, true, "/from/env", "a b"},
		{[]string{"a", "--data", "d", "b"}, true, "d", "a b"},
		{[]string{"--data=d", "a", "-x"}, false, "d", "a -x"},
		{[]string{"a", "--", "--data", "d"}, true, "/from/env", "a --data d"},
		{[]string{"-"}, true, "/from/env", "-"},
	} {
		fs := newFlags("ingest", stdio{err: io.Discard})
		var p place
		p.flags(fs)
		rest, err := parse(fs, tc.args, tc.mixed)
		if err != nil || p.dir != tc.dir || strings.Join(rest, " ") != tc.rest || p.minFree != 2<<30 {
			t.Errorf("parse(%q) = %q, dir %q, min %d, %v", tc.args, rest, p.dir, p.minFree, err)
		}
	}
	for in, want := range map[string]size{"0": 0, "512": 512, "5k": 5 << 10, "3 MiB": -2, "3MiB": 3 << 20, "1T": 1 << 40, "-1": -2, "x": -2} {
		s := size(-2)
		if err := s.Set(in); (err != nil) != (want == -2) || s != want {
			t.Errorf("size %q = %d, %v, want %d", in, s, err, want)
		}
	}
}

// What export prints makes the same archive again: with versions, lists and
// removals, under the same addresses.
func TestRoundTripOfEverything(t *testing.T) {
	from, to := t.TempDir(), t.TempDir()
	lines := `{"headline":"Tide","url":"https://gazette.example/tide","body":"The tide came in at Leith, said Ada Marr."}
{"headline":"Tide","url":"https://gazette.example/tide","body":"The tide came in twice at Leith, said Ada Marr."}
{"headline":"Ebb","url":"https://gazette.example/ebb","body":"The tide went out."}
{"headline":"Flow","url":"https://gazette.example/flow","body":"It came back.","published":"1923"}
`
	mustCLI(t, lines, "ingest", "--data", from, "-")
	base, stop := startServe(t, "--data", from)
	ids := map[string]string{}
	for _, q := range []string{"tide", "ebb", "flow"} {
		var f found
		getJSON(t, base+"/api/v1/search?q=headline:"+q, &f)
		ids[q] = f.Hits[0].ID
		res, err := http.PostForm(base+"/bookmarks", url.Values{"article": {ids[q]}, "name": {"Water & salt"}})
		if err != nil || res.StatusCode != 200 {
			t.Fatalf("bookmark: %v, %v", res.Status, err)
		}
		res.Body.Close()
	}
	stop()
	mustCLI(t, "", "remove", "--data", from, ids["ebb"], "--reason", "court order")
	mustCLI(t, "", "remove", "--data", from, ids["flow"], "--reason", "must go", "--erase")
	want := mustCLI(t, "", "export", "--data", from)
	for _, kind := range []string{"article", "version", "event", "tombstone", "list"} {
		if !strings.Contains(want, `{"type":"`+kind+`"`) {
			t.Errorf("export has no %s:\n%s", kind, want)
		}
	}
	for i := range 2 { // the second time changes nothing
		mustCLI(t, want, "ingest", "--data", to, "-")
		if got := mustCLI(t, "", "export", "--data", to); got != want {
			t.Errorf("round %d: export of the copy printed\n%s\nwant\n%s", i, got, want)
		}
	}
	out, _, err := cli(t, lines, "ingest", "--data", to, "-")
	if !errors.Is(err, errSaid) || strings.Count(out, "it was removed on ") != 2 {
		t.Errorf("the copy takes in what was removed: %v\n%s", err, out)
	}
	if out := mustCLI(t, "", "verify", "--data", to); out != "all is well\n" {
		t.Errorf("verify printed %q", out)
	}
}

// A line of an export that is not as it should be is named, and the rest comes in.
func TestBadExportLines(t *testing.T) {
	in := `{"type":"list","id":"../x","name":"A"}
{"type":"list","name":"` + strings.Repeat("x", 300) + `"}
{"type":"tombstone","id":"0000000000000"}
{"type":"event","id":"1","event":"removed"}
{"type":"notice","key":"ab","usage":{"status":"withdrawn"}}
{"headline":"Whole","body":"It came in."}
`
	out, _, err := cli(t, in, "ingest", "--data", t.TempDir(), "-")
	if !errors.Is(err, errSaid) || !strings.Contains(out, "added 1, new versions 0, unchanged 0, refused 5\n") || strings.Contains(out, "invalid") {
		t.Errorf("ingest: %v\n%s", err, out)
	}
}
