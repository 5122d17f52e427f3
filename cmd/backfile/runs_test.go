package main

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"backfile/internal/news"
	"backfile/internal/search"
	"backfile/store"
	"backfile/web"
)

// many are so many small articles that come in by a run.
func many(n int, run *news.Run) []news.Write {
	out := make([]news.Write, n)
	for i := range out {
		key := fmt.Sprintf("url:post.example/%d", i)
		out[i] = news.Write{Keys: []news.Key{news.Key(key)}, Run: run, Article: news.Article{
			Headline: fmt.Sprintf("Report %d", i), Body: fmt.Sprintf("The harbour board met for the %dth time on Thursday.", i),
			Outlet: news.NewOutlet("Post"), Understood: news.UnderstoodGiven,
		}}
	}
	return out
}

// searched is how many articles everything finds, once the index is level.
func searched(t *testing.T, a *archive) int {
	t.Helper()
	if err := a.index.WaitIndexed(t.Context()); err != nil {
		t.Fatal(err)
	}
	res, err := a.index.Search(t.Context(), search.Request{CountOnly: true})
	if err != nil {
		t.Fatal(err)
	}
	return res.Total
}

func sound(t *testing.T, a *archive) {
	t.Helper()
	if err := a.Verify(t.Context(), func(p string) { t.Errorf("verify: %s", p) }); err != nil {
		t.Fatal(err)
	}
}

// local is the archive's own address, as a browser on this machine sees it.
func local(t *testing.T, a *archive) func(method, path string) (int, string) {
	t.Helper()
	h := a.server(web.Config{}).Handler()
	return func(method, path string) (int, string) {
		t.Helper()
		r := httptest.NewRequest(method, "http://127.0.0.1"+path, http.NoBody)
		r.RemoteAddr = "127.0.0.1:4711"
		w := httptest.NewRecorder()
		h.ServeHTTP(w, r)
		return w.Code, w.Body.String()
	}
}

// A run of 10,000 articles is undone, found no more, taken in anew under the same
// ids, and its undoing taken back.
func TestUndoTenThousand(t *testing.T) {
	const n = 10_000
	a := opened(t, t.TempDir(), false)
	defer closed(t, a)
	keep := mustPut(t, a, news.Write{Keys: []news.Key{"url:keep"}, Article: news.Article{Headline: "Kept", Body: "It was there before."}})
	run := news.NewRun(time.Now(), news.RunIngest, "the wrong folder")
	ws := many(n, run)
	var ids []news.ArticleID
	for i := 0; i < n; i += 500 {
		ids = append(ids, mustPut(t, a, ws[i:i+500]...)...)
	}
	if got := searched(t, a); got != n+1 {
		t.Fatalf("%d articles are found, want %d", got, n+1)
	}
	get := local(t, a)
	start := time.Now()
	code, body := get("POST", "/api/v1/runs/"+string(run.ID)+"/undo?reason=the+wrong+folder")
	var did news.Run
	if err := json.Unmarshal([]byte(body), &did); err != nil || code != 200 || did.Undo == nil || did.Undo.Articles != n || !did.Undo.Done {
		t.Fatalf("undo = %d %.300s, %v", code, body, err)
	}
	t.Logf("%d articles were undone in %s", n, time.Since(start).Round(time.Millisecond))
	if got := searched(t, a); got != 1 {
		t.Errorf("%d articles are found behind the undoing, want 1", got)
	}
	if code, body := get("GET", "/articles/"+string(ids[0])); code != 410 || !strings.Contains(body, "The wrong folder") {
		t.Errorf("an article that was undone answers %d %.200s", code, body)
	}
	if code, _ := get("GET", "/articles/"+string(keep[0])); code != 302 {
		t.Errorf("one that was there before answers %d", code)
	}
	again := news.NewRun(time.Now(), news.RunIngest, "the same once more")
	for i := range 1000 {
		ws[i].Run = again
	}
	if back := mustPut(t, a, ws[:1000]...); back[999] != ids[999] {
		t.Errorf("taken in anew it is %s, want %s", back[999], ids[999])
	}
	if got := searched(t, a); got != 1001 {
		t.Errorf("%d articles are found, want 1001", got)
	}
	if code, body := get("POST", "/api/v1/runs/"+string(run.ID)+"/undo?back=1"); code != 200 || !strings.Contains(body, `"articles":9000`) {
		t.Errorf("taking it back = %d %.300s", code, body)
	}
	if got := searched(t, a); got != n+1 {
		t.Errorf("%d articles are found in the end, want %d", got, n+1)
	}
	sound(t, a)
}

// clock is a clock that is set by hand.
type clock struct{ ns atomic.Int64 }

func (c *clock) now() time.Time       { return time.Unix(0, c.ns.Load()) }
func (c *clock) set(at time.Time)     { c.ns.Store(at.UnixNano()) }
func clocked(at time.Time) (c *clock) { c = &clock{}; c.set(at); return c }

// What is under embargo is shown and found by itself when its time comes, and no
// more when it expires.
func TestEmbargoEnds(t *testing.T) {
	begin := time.Date(2026, 5, 1, 12, 0, 0, 0, time.UTC)
	c := clocked(begin)
	dir := t.TempDir()
	st, err := store.Open(dir, store.Options{Now: c.now})
	if err != nil {
		t.Fatal(err)
	}
	a, err := openArchive(t.Context(), place{dir: dir}, st, slog.New(slog.NewTextHandler(io.Discard, nil)))
	if err != nil {
		t.Fatal(err)
	}
	defer closed(t, a)
	id := mustPut(t, a, news.Write{Keys: []news.Key{"guid:1"}, Article: news.Article{
		Headline: "Budget", Body: "The budget is out.", Understood: news.UnderstoodGiven,
		Usage: &news.Usage{EmbargoedUntil: begin.Add(time.Hour), Expires: begin.Add(2 * time.Hour)},
	}})[0]
	get := local(t, a)
	found := func(want int) {
		t.Helper()
		deadline := time.Now().Add(10 * time.Second)
		for {
			if got := searched(t, a); got == want {
				return
			} else if time.Now().After(deadline) {
				t.Fatalf("%d articles are found, want %d", got, want)
			}
			time.Sleep(20 * time.Millisecond)
		}
	}
	found(0)
	if code, body := get("GET", "/articles/"+string(id)); code != 404 || !strings.Contains(body, "under embargo") || strings.Contains(body, "budget is out") {
		t.Errorf("before its time its address answers %d %.300s", code, body)
	}
	if code, body := get("GET", "/api/v1/articles/"+string(id)); code != 404 || !strings.Contains(body, "2026-05-01T13:00:00Z") {
		t.Errorf("before its time the API answers %d %s", code, body)
	}
	sound(t, a)
	c.set(begin.Add(time.Hour))
	if code, _ := get("GET", "/articles/"+string(id)+"/budget"); code != 200 {
		t.Errorf("at its time its address answers %d", code)
	}
	found(1)
	c.set(begin.Add(2 * time.Hour))
	if code, body := get("GET", "/articles/"+string(id)); code != 410 || !strings.Contains(body, "1 May 2026") {
		t.Errorf("when it has expired its address answers %d %.300s", code, body)
	}
	found(0)
	sound(t, a)
}

// An agency cancels an item and sends a corrected one; the whole goes through files,
// the command, export and a new archive.
func TestCanceledThenCorrected(t *testing.T) {
	dir, data, other := t.TempDir(), filepath.Join(t.TempDir(), "a"), filepath.Join(t.TempDir(), "b")
	item := func(version int, status, at, text string) string {
		return fmt.Sprintf(`{"uri":"urn:coastwire:77","type":"text","version":"%d","pubStatus":%q,"versionCreated":%q,"language":"en","ednote":"Two letters were mixed up",
"headlines":[{"value":"Pier closes"}],"bodies":[{"contentType":"text/plain","value":%q}]}`, version, status, at, text)
	}
	write := func(name, content string) string {
		path := filepath.Join(dir, name)
		if err := os.WriteFile(path, []byte(content), 0o600); err != nil {
			t.Fatal(err)
		}
		return path
	}
	first := write("1.json", item(1, "usable", "2026-03-03T10:00:00Z", "The old pier at Porthaven is closed until the summer, the board said."))
	cancel := write("2.json", item(2, "canceled", "2026-03-03T11:00:00Z", "Kill this."))
	third := write("3.json", item(3, "usable", "2026-03-03T12:00:00Z", "The old pier at Porthaven stays open, the board said in a correction."))
	for _, tc := range []struct {
		data, file, says string
		found            string
	}{
		{data, first, "added 1,", "1 found"},
		{data, cancel, "withdrawn by their agency: 1\n", "0 found"},
		{data, first, "unchanged 1,", "0 found"},
		{data, third, "new versions 1,", "1 found"},
		{data, cancel, "unchanged 1,", "1 found"},
	} {
		out, _, err := cli(t, "", "ingest", "--data", tc.data, tc.file)
		if err != nil || !strings.Contains(out, tc.says) {
			t.Fatalf("ingest %s: %v, %q, want %q", filepath.Base(tc.file), err, out, tc.says)
		}
		if out, _, err = cli(t, "", "search", "--data", tc.data, "porthaven"); err != nil || !strings.Contains(out, tc.found) {
			t.Errorf("behind %s: %v, %q, want %q", filepath.Base(tc.file), err, out, tc.found)
		}
	}
	// Withdraw it for good, set a run aside, and carry all that over.
	last := write("4.json", item(4, "canceled", "2026-03-03T13:00:00Z", ""))
	wrong := write("5.jsonl", `{"headline":"Wrong","url":"https://post.example/w","body":"This came in by mistake, all of it, on a Monday."}`)
	for _, f := range []string{last, wrong} {
		if _, _, err := cli(t, "", "ingest", "--data", data, f); err != nil {
			t.Fatal(err)
		}
	}
	runs, _, err := cli(t, "", "runs", "--data", data)
	if err != nil || strings.Count(runs, "\n") != 7 || !strings.Contains(runs, "5.jsonl") {
		t.Fatalf("runs: %v, %q", err, runs)
	}
	id, _, _ := strings.Cut(runs, " ")
	if out, _, err := cli(t, "", "undo", "--data", data, id, "--dry-run"); err != nil || out != "would be set aside: articles 1, versions 1\n" {
		t.Errorf("undo --dry-run: %v, %q", err, out)
	}
	if out, _, err := cli(t, "", "undo", "--data", data, id, "--reason", "a mistake"); err != nil || out != "set aside: articles 1, versions 1\n" {
		t.Errorf("undo: %v, %q", err, out)
	}
	export := func(data string) string {
		out, _, err := cli(t, "", "export", "--data", data)
		if err != nil {
			t.Fatal(err)
		}
		// Which bytes it was read from is carried over with the bytes only.
		return regexp.MustCompile(`,"original":"[0-9a-f]+"`).ReplaceAllString(out, "")
	}
	lines := export(data)
	if _, _, err := cli(t, lines, "ingest", "--data", other, "-"); err != nil {
		t.Fatal(err)
	}
	if again := export(other); again != lines {
		t.Errorf("the export of what was taken back differs:\n%s\nwant\n%s", again, lines)
	}
	for _, data := range []string{data, other} {
		if out, _, err := cli(t, "", "search", "--data", data, "*"); err != nil || !strings.Contains(out, "0 found") {
			t.Errorf("all is hidden, and a search says %q, %v", out, err)
		}
		if out, _, err := cli(t, "", "verify", "--data", data); err != nil {
			t.Errorf("verify: %v, %q", err, out)
		}
	}
	// The agency's next word is heard in the new archive too, and what was set aside
	// comes back when it is taken in.
	fifth := write("6.json", item(5, "usable", "2026-03-03T14:00:00Z", "The old pier at Porthaven stays open after all, the board said again."))
	for _, f := range []string{fifth, wrong} {
		if _, _, err := cli(t, "", "ingest", "--data", other, f); err != nil {
			t.Fatal(err)
		}
	}
	if out, _, err := cli(t, "", "search", "--data", other, "*"); err != nil || !strings.Contains(out, "2 found") {
		t.Errorf("a search says %q, %v, want both", out, err)
	}
}

// What an agency said of an article that has not come goes with an export: the article
// is withheld in the other archive too.
func TestCanceledFirstElsewhere(t *testing.T) {
	dir := t.TempDir()
	item := func(version int, status, text string) string {
		return fmt.Sprintf(`{"uri":"urn:coastwire:78","type":"text","version":"%d","pubStatus":%q,"versionCreated":"2026-03-03T10:0%[1]d:00Z","language":"en","headlines":[{"value":"Pier closes"}],"bodies":[{"contentType":"text/plain","value":%q}]}`, version, status, text)
	}
	one, other := filepath.Join(dir, "one"), filepath.Join(dir, "other")
	if out, _, err := cli(t, item(2, "canceled", ""), "ingest", "--data", one, "-"); !errors.Is(err, errSaid) && err != nil || !strings.Contains(out, "the agency withdrew it") {
		t.Fatalf("a withdrawal of nothing: %v, %q", err, out)
	}
	lines := mustCLI(t, "", "export", "--data", one)
	if !strings.HasPrefix(lines, `{"type":"notice","key":"`) || strings.Count(lines, "\n") != 1 {
		t.Fatalf("export = %q, want the notice alone", lines)
	}
	for i, want := range []string{"taken back: 1\n", "changed nothing: 1\n"} {
		if out := mustCLI(t, lines, "ingest", "--data", other, "-"); !strings.Contains(out, want) {
			t.Errorf("ingest, time %d: %q, want %q", i+1, out, want)
		}
	}
	if again := mustCLI(t, "", "export", "--data", other); again != lines {
		t.Errorf("the other archive exports %q, want %q", again, lines)
	}
	for _, data := range []string{one, other} {
		out, _, err := cli(t, item(1, "usable", "The old pier at Porthaven is closed until the summer, the board said."), "ingest", "--data", data, "-")
		if err != nil || !strings.Contains(out, "added 1,") || !strings.Contains(out, "kept and not shown (embargo, expiry, withheld): 1") {
			t.Errorf("the article behind it, in %s: %v, %q", filepath.Base(data), err, out)
		}
		if out := mustCLI(t, "", "search", "--data", data, "porthaven"); !strings.Contains(out, "0 found") {
			t.Errorf("it is found in %s: %q", filepath.Base(data), out)
		}
		if lines := mustCLI(t, "", "export", "--data", data); strings.Contains(lines, `"type":"notice"`) {
			t.Errorf("%s still waits for the article: %q", filepath.Base(data), lines)
		}
	}
}

// A refetch that answers with a wall or an error is kept beside the good text.
func TestRefetchFails(t *testing.T) {
	p := newPaper(t)
	data := t.TempDir()
	take := func() (string, error) {
		out, _, err := cli(t, "", "ingest", "--data", data, "--allow-hosts", p.host, "--fetch-pause", "0", p.URL+"/news/pier")
		return out, err
	}
	if out, err := take(); err != nil || !strings.HasPrefix(out, "added 1,") {
		t.Fatalf("ingest: %v, %q", err, out)
	}
	p.set(0, `<html><head><title>Sign in</title></head><body><h1>Sign in</h1><p>Please log in to continue reading. Create a free account.</p></body></html>`)
	if out, err := take(); err == nil || !strings.Contains(out, "refused 1") {
		t.Errorf("a wall: %v, %q", err, out)
	}
	p.set(404, "<html><body>Not found</body></html>")
	if out, err := take(); err == nil || !strings.Contains(out, "refused 1") {
		t.Errorf("a 404: %v, %q", err, out)
	}
	a := opened(t, data, false)
	defer closed(t, a)
	id, err := a.LookupURL(t.Context(), p.URL+"/news/pier")
	if err != nil {
		t.Fatal(err)
	}
	ms, err := a.Misses(t.Context(), id)
	if err != nil || len(ms) != 2 || ms[0].Original == "" || !strings.Contains(ms[1].Reason, "404") {
		t.Errorf("Misses = %+v, %v, want the wall and the 404", ms, err)
	}
	v, err := a.Article(t.Context(), id)
	if err != nil || v.N != 1 || !strings.Contains(v.Article.Body, "harbour council") {
		t.Errorf("the article is version %d, %v", v.N, err)
	}
	if code, body := local(t, a)("GET", v.Article.Path()); code != 200 || !strings.Contains(body, "Fetched in vain") || !strings.Contains(body, "This page asks its reader to log in.") {
		t.Errorf("the article's page answers %d and does not tell of the failures", code)
	}
	sound(t, a)
}
