package main

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"mime/multipart"
	"net/http"
	"net/http/httptest"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/PuerkitoBio/goquery"

	"backfile/internal/news"
	"backfile/web"
)

// newsroom is a site with feeds: /feed has a text and a teaser, /sport a text, /bad is
// no feed, and the front page names the first two.
func newsroom(t *testing.T) (base, host string) {
	t.Helper()
	mux := http.NewServeMux()
	give := func(path, kind, body string) {
		mux.HandleFunc(path, func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Content-Type", kind)
			_, _ = io.WriteString(w, body)
		})
	}
	srv := httptest.NewServer(mux)
	t.Cleanup(srv.Close)
	feed := func(title, more, items string) string {
		return `<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:atom="http://www.w3.org/2005/Atom"><channel><title>` + title + `</title><link>/</link>` + more + items + `</channel></rss>`
	}
	item := func(n int, headline string) string {
		return fmt.Sprintf(`<item><title>%s</title><guid isPermaLink="false">room-%d</guid><pubDate>Mon, 11 Mar 2024 08:15:00 GMT</pubDate><content:encoded><![CDATA[<p>The harbourmaster of Porthaven said so on Monday, and the fishers agreed.</p><p>It rained.</p>]]></content:encoded></item>`, headline, n)
	}
	teaser := `<item><title>Council puts off its vote on the pier</title><link>` + srv.URL + `/news/pier</link><description>Once more…</description></item>`
	give("/feed", "application/rss+xml", feed("The Porthaven Room", `<atom:link rel="next" href="/feed2"/>`, item(1, "Whale in the bay")+teaser))
	give("/feed2", "application/rss+xml", feed("The Porthaven Room", "", item(2, "An older whale")))
	give("/sport", "application/rss+xml", feed("The Porthaven Room: sport", "", item(3, "Rowers win")))
	give("/news/pier", "text/html; charset=utf-8", pageHTML("Council puts off its vote on the pier", paragraphs("Porthaven")))
	give("/bad", "text/html", "<!DOCTYPE html><html><title>Sorry</title></html>")
	give("/{$}", "text/html", `<!DOCTYPE html><html><head><link rel="alternate" type="application/rss+xml" href="/feed" title="All of it"><link rel="alternate" type="application/rss+xml" href="/sport" title="Sport"></head></html>`)
	return srv.URL, strings.TrimPrefix(srv.URL, "http://")
}

// inTime waits for what the schedule does.
func inTime(t *testing.T, what string, ok func() bool) {
	t.Helper()
	for end := time.Now().Add(20 * time.Second); time.Now().Before(end); time.Sleep(20 * time.Millisecond) {
		if ok() {
			return
		}
	}
	t.Fatalf("it never came to it: %s", what)
}

func TestFeedsCommand(t *testing.T) {
	room, host := newsroom(t)
	dir := t.TempDir()
	base, stop := startServe(t, "--data", dir, "--allow-hosts", host, "--fetch-pause", "0s")
	do := func(args ...string) (string, error) {
		out, errOut, err := cli(t, "", append([]string{"feeds", "--data", dir}, args...)...)
		return out + errOut, err
	}
	must := func(want string, args ...string) string {
		t.Helper()
		out, err := do(args...)
		if err != nil || !strings.Contains(out, want) {
			t.Fatalf("feeds %s: %v\n%s\nwant %q", strings.Join(args, " "), err, out, want)
		}
		return out
	}
	must("0 feeds")
	if out, err := do("add", room+"/"); err == nil || !strings.Contains(out, room+"/sport  Sport") {
		t.Errorf("adding a site of two feeds: %v\n%s", err, out)
	}
	if _, err := do("add", room+"/bad"); err == nil || !strings.Contains(err.Error(), "no feed, nor does it name one") {
		t.Errorf("adding a page: %v", err)
	}
	must("added 1, new versions 0, unchanged 0, refused 0; 1 pages to be fetched", "add", room+"/feed")
	must("was added before", "add", host+"/feed")
	must("added 1", "add", "--title", "Rowing", "--outlet", "The Rower", "--every", "1h", room+"/sport")
	var f found
	inTime(t, "the page is fetched and found", func() bool {
		getJSON(t, base+"/api/v1/search?q=pier+engineers", &f)
		return len(f.Hits) == 1
	})
	must("last read", "list")
	if out := must("2 feeds"); !strings.Contains(out, "Rowing") || !strings.Contains(out, "The Porthaven Room") || strings.Contains(out, "while backfile serve runs") {
		t.Errorf("list: %s", out)
	}
	must("paused: Rowing", "pause", "Rowing")
	must("paused", "list")
	must("resumed: Rowing", "resume", "rowing")
	must("added 0", "check", "Rowing")
	must("The Porthaven Room", "check")
	must("1 documents: added 1, new versions 0, unchanged 0, refused 0", "older", room+"/feed")
	opml := must(`htmlUrl="`+room+`/" outlet="The Rower"`, "export")
	if err := os.WriteFile(filepath.Join(dir, "feeds.opml"), []byte(opml), 0o600); err != nil {
		t.Fatal(err)
	}
	must("feeds added 0, known before 2, refused 0", "import", filepath.Join(dir, "feeds.opml"))
	must("no longer read: Rowing", "remove", "Rowing")
	if _, err := do("check", "Rowing"); err == nil || !strings.Contains(err.Error(), "no feed has the id") {
		t.Errorf("check of one that is gone: %v", err)
	}
	for _, bad := range [][]string{{"frob"}, {"add"}, {"list", "x"}, {"check", "a", "b"}} {
		if _, err := do(bad...); err == nil {
			t.Errorf("feeds %s is put up with", strings.Join(bad, " "))
		}
	}
	var out struct {
		Subscriptions []news.Subscription
		Running       bool
	}
	getJSON(t, base+"/api/v1/subscriptions", &out)
	if len(out.Subscriptions) != 1 || !out.Running || out.Subscriptions[0].State.New != 3 {
		t.Errorf("GET subscriptions = %+v", out)
	}
	stop()
	// Without a server the command does it by itself, and a list makes an archive.
	must("they are read while backfile serve runs")
	other := t.TempDir()
	if out := mustCLI(t, opml, "feeds", "--data", other, "import", "-"); !strings.Contains(out, "feeds added 2") {
		t.Errorf("import: %s", out)
	}
	if out := mustCLI(t, "", "feeds", "--data", other, "--allow-hosts", host, "--fetch-pause", "0s", "check", "Rowing"); !strings.Contains(out, "added 1") {
		t.Errorf("check: %s", out)
	}
	if out := mustCLI(t, "", "verify", "--data", other); out != "all is well\n" {
		t.Errorf("verify: %s", out)
	}
}

func TestFeedsPages(t *testing.T) {
	room, host := newsroom(t)
	base, _ := startServe(t, "--data", t.TempDir(), "--allow-hosts", host, "--fetch-pause", "0s")
	jar := &http.Client{}
	page := func(res *http.Response, err error) (*goquery.Document, int, string) {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
		defer res.Body.Close()
		doc, err := goquery.NewDocumentFromReader(res.Body)
		if err != nil {
			t.Fatal(err)
		}
		return doc, res.StatusCode, res.Request.URL.Path
	}
	post := func(path string, kv ...string) (*goquery.Document, int, string) {
		t.Helper()
		form := url.Values{}
		for i := 0; i+1 < len(kv); i += 2 {
			form.Set(kv[i], kv[i+1])
		}
		return page(jar.PostForm(base+path, form))
	}
	text := func(d *goquery.Document, sel string) string {
		return strings.Join(strings.Fields(d.Find(sel).Text()), " ")
	}

	d, status, _ := page(jar.Get(base + "/feeds"))
	if status != 200 || !strings.Contains(text(d, "main"), "reads no feed yet") || d.Find("table").Length() != 0 {
		t.Errorf("no feeds: %d, %s", status, text(d, "main"))
	}
	if d, status, _ = post("/feeds", "address", room+"/bad", "outlet", "X"); status != 422 || !strings.Contains(text(d, ".problems"), "There is a web page at this address, and no feed, nor does it name one.") || d.Find("input[name=address]").AttrOr("value", "") != room+"/bad" {
		t.Errorf("a page: %d, %s", status, text(d, "main"))
	}
	if d, status, _ = post("/feeds", "address", " "); status != 422 || text(d, ".problems") != "A feed needs an address." {
		t.Errorf("nothing: %d, %q", status, text(d, ".problems"))
	}
	d, status, _ = post("/feeds", "address", room, "outlet", "The Room")
	if status != 200 || d.Find(".shelf li").Length() != 2 || d.Find(".shelf input[name=outlet]").AttrOr("value", "") != "The Room" {
		t.Errorf("two feeds: %d, %s", status, text(d, "main"))
	}
	d, status, at := post("/feeds", "address", d.Find(".shelf input[name=address]").First().AttrOr("value", ""), "outlet", "The Room")
	if status != 200 || text(d, "h1") != "The Porthaven Room" || !strings.HasPrefix(at, "/feeds/") || !strings.Contains(text(d, ".facts"), "The Room") {
		t.Fatalf("a feed: %d at %s, %s", status, at, text(d, "main"))
	}
	if d, _, _ = post(at, "do", "save", "title", "<b>Room</b>", "outlet", "", "address", room+"/feed", "every", "60"); text(d, "h1") != "<b>Room</b>" || d.Find("option[selected]").AttrOr("value", "") != "60" || d.Find("#whole[checked]").Length() != 0 {
		t.Errorf("saved: %s", text(d, "main"))
	}
	if d, status, _ = post(at, "do", "save", "address", "nonsense"); status != 422 || !strings.Contains(text(d, ".problems"), "http://") {
		t.Errorf("nonsense: %d, %s", status, text(d, ".problems"))
	}
	d, _, here := post(at, "do", "pause", "back", "/feeds")
	if here != "/feeds" || d.Find("tr").Length() != 2 || !strings.Contains(text(d, "table"), "paused") {
		t.Errorf("paused: at %s, %s", here, text(d, "main"))
	}
	post(at, "do", "resume")
	if d, status, _ = post(at, "do", "check"); status != 200 || !strings.Contains(text(d, ".facts"), "just now") {
		t.Errorf("read: %d, %s", status, text(d, "main"))
	}
	post(at, "do", "older")
	inTime(t, "older entries are fetched", func() bool {
		var f found
		getJSON(t, base+"/api/v1/search?q=older+whale", &f)
		return len(f.Hits) == 1
	})
	if _, status, _ = post(at, "do", "nothing"); status != 400 {
		t.Errorf("nothing to do: %d", status)
	}
	d, _, here = post(at, "do", "remove")
	if here != "/feeds" || d.Find("table").Length() != 0 {
		t.Errorf("removed: at %s, %s", here, text(d, "main"))
	}
	if _, status, _ = page(jar.Get(base + at)); status != 404 {
		t.Errorf("one that is gone: %d", status)
	}

	// A list of three hundred, one of them broken off.
	var list bytes.Buffer
	list.WriteString(`<opml version="2.0"><body>`)
	for i := range 300 {
		fmt.Fprintf(&list, `<outline text="Feed %03d" xmlUrl="https://h%d.example/feed"/>`, i, i)
	}
	var body bytes.Buffer
	mw := multipart.NewWriter(&body)
	w, _ := mw.CreateFormFile("list", "feeds.opml")
	_, _ = w.Write(list.Bytes())
	_ = mw.Close()
	d, status, _ = page(jar.Post(base+"/feeds/import", mw.FormDataContentType(), &body))
	if status != 200 || d.Find("tbody tr").Length() != 300 || !strings.Contains(text(d, ".notice"), "300 feeds came in, 0 were there already.") {
		t.Errorf("a list: %d, %d rows, %s", status, d.Find("tbody tr").Length(), text(d, ".notice"))
	}
	if d, status, _ = post("/feeds/import"); status != 422 || d.Find(".problems").Length() != 1 {
		t.Errorf("no list: %d", status)
	}
}

// TestFeedsAreLocal keeps feeds from everybody but the machine that the archive runs on.
func TestFeedsAreLocal(t *testing.T) {
	var asked atomic.Int32
	spy := httptest.NewServer(http.HandlerFunc(func(http.ResponseWriter, *http.Request) { asked.Add(1) }))
	defer spy.Close()
	base, _ := startServe(t, "--data", t.TempDir(), "--allow-hosts", strings.TrimPrefix(spy.URL, "http://"), "--no-feeds")
	for _, tc := range []struct{ method, path, body string }{
		{"GET", "/feeds", ""}, {"GET", "/feeds/export.opml", ""}, {"GET", "/feeds/0000000000000", ""}, {"POST", "/feeds", "address=" + url.QueryEscape(spy.URL)},
		{"GET", "/api/v1/subscriptions", ""}, {"GET", "/api/v1/subscriptions.opml", ""}, {"GET", "/api/v1/subscriptions/0000000000000", ""},
		{"POST", "/api/v1/subscriptions", `{"address":"` + spy.URL + `"}`}, {"POST", "/api/v1/subscriptions/0000000000000/check", ""}, {"DELETE", "/api/v1/subscriptions/0000000000000", ""},
	} {
		for _, header := range []string{"X-Forwarded-For", ""} {
			req, err := http.NewRequest(tc.method, base+tc.path, strings.NewReader(tc.body))
			if err != nil {
				t.Fatal(err)
			}
			if header != "" {
				req.Header.Set(header, "203.0.113.7")
			} else {
				req.Host = "archive.example"
			}
			if tc.path == "/feeds" {
				req.Header.Set("Content-Type", "application/x-www-form-urlencoded")
			}
			res, err := http.DefaultClient.Do(req)
			if err != nil {
				t.Fatal(err)
			}
			_ = res.Body.Close()
			if res.StatusCode != http.StatusForbidden {
				t.Errorf("%s %s from elsewhere = %d, want 403", tc.method, tc.path, res.StatusCode)
			}
		}
	}
	if n := asked.Load(); n != 0 {
		t.Errorf("%d requests were sent on a stranger's behalf", n)
	}
	req, _ := http.NewRequest("GET", base+"/help/search", nil)
	req.Host = "archive.example"
	res, err := http.DefaultClient.Do(req)
	if err != nil {
		t.Fatal(err)
	}
	defer res.Body.Close()
	if b, _ := io.ReadAll(res.Body); bytes.Contains(b, []byte(`href="/feeds"`)) {
		t.Error("a stranger is led to the feeds")
	}
	for _, tc := range []struct {
		method, path, body string
		status             int
	}{
		{"POST", "/api/v1/subscriptions", `[]`, 422}, {"POST", "/api/v1/subscriptions", `{"frob":1}`, 422}, {"POST", "/api/v1/subscriptions", `{"address":"x y"}`, 422},
		{"PATCH", "/api/v1/subscriptions/0000000000000", `{}`, 404}, {"GET", "/api/v1/subscriptions/none", "", 404}, {"POST", "/api/v1/subscriptions/0000000000000/older", "", 404},
	} {
		req, _ := http.NewRequest(tc.method, base+tc.path, strings.NewReader(tc.body))
		res, err := http.DefaultClient.Do(req)
		if err != nil {
			t.Fatal(err)
		}
		var said struct{ Reason string }
		if err := json.NewDecoder(res.Body).Decode(&said); err != nil || res.StatusCode != tc.status || said.Reason == "" {
			t.Errorf("%s %s = %d %q, want %d", tc.method, tc.path, res.StatusCode, said.Reason, tc.status)
		}
		_ = res.Body.Close()
	}
	var _ web.Feeds = reading{}
}
