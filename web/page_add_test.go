package web

import (
	"bufio"
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"iter"
	"log/slog"
	"mime/multipart"
	"net"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/PuerkitoBio/goquery"

	"backfile/internal/news"
)

// clerk is an Intake that takes a line for an article: "refuse …" is refused, "same
// …" unchanged, "kill …" a message that withdraws one. It remembers what came.
type clerk struct {
	*memory
	got []string
}

func (c *clerk) Take(_ context.Context, inputs iter.Seq[Input], o IntakeOptions, report func(Taken)) error {
	for in := range inputs {
		var b []byte
		if in.Fetch {
			b = []byte("fetched " + in.URL)
		} else {
			var err error
			if b, err = io.ReadAll(in.Body); err != nil {
				return err
			}
		}
		for line := range strings.Lines(string(b)) {
			line = strings.TrimSpace(line)
			c.got = append(c.got, fmt.Sprintf("%s|%s|%s|%s", in.Source, line, o.Outlet, in.URL))
			t := Taken{Source: in.Source, Headline: line}
			switch {
			case strings.HasPrefix(line, "refuse"):
				t.Result, t.Reason, t.Headline = news.Refused, "is <refused>", ""
			default:
				t.Result, t.ID, t.Slug = news.Added, c.add(news.Article{Headline: line, Body: "Words."}), "x"
				if strings.HasPrefix(line, "same") {
					t.Result = news.Unchanged
				}
				if strings.HasPrefix(line, "kill") {
					t.Result, t.Reason = news.Withdrawn, "the agency withdrew it"
				}
			}
			report(t)
		}
	}
	return nil
}

func adding(t *testing.T) (*clerk, *httptest.Server) {
	t.Helper()
	m := newMemory()
	c := &clerk{memory: m}
	s := New(Config{Articles: m, Versions: m, Lookup: m, Entities: m, Names: m, Lists: m, Search: m, State: m, Stem: m.stem, Intake: c, Log: slog.New(slog.DiscardHandler)})
	srv := httptest.NewServer(s.Handler())
	t.Cleanup(srv.Close)
	srv.Client().CheckRedirect = func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }
	return c, srv
}

// giveForm posts the form of /add with files, as a browser without scripts does.
func giveForm(t *testing.T, srv *httptest.Server, fields map[string]string, files ...string) (int, *goquery.Document, http.Header) {
	t.Helper()
	var b bytes.Buffer
	mw := multipart.NewWriter(&b)
	for _, name := range []string{"url", "text", "outlet"} {
		_ = mw.WriteField(name, fields[name])
	}
	for i := 0; i < len(files); i += 2 {
		w, _ := mw.CreateFormFile("file", files[i])
		_, _ = io.WriteString(w, files[i+1])
	}
	if len(files) == 0 {
		_, _ = mw.CreateFormFile("file", "")
	}
	_ = mw.Close()
	res, err := srv.Client().Post(srv.URL+"/add", mw.FormDataContentType(), &b)
	if err != nil {
		t.Fatal(err)
	}
	defer res.Body.Close()
	doc, err := goquery.NewDocumentFromReader(res.Body)
	if err != nil {
		t.Fatal(err)
	}
	return res.StatusCode, doc, res.Header
}

func TestAddForm(t *testing.T) {
	c, srv := adding(t)
	status, doc, _ := giveForm(t, srv, map[string]string{"url": "https://a.example/1\r\n\r\n https://a.example/2 ", "text": "Pasted <b>", "outlet": " The Post "},
		"one.txt", "One\nrefuse it", "two.txt", "same as before\nkill the story")
	want := []string{"https://a.example/1|fetched https://a.example/1|The Post|https://a.example/1", "https://a.example/2|fetched https://a.example/2|The Post|https://a.example/2",
		"pasted text|Pasted <b>|The Post|", "one.txt|One|The Post|", "one.txt|refuse it|The Post|", "two.txt|same as before|The Post|", "two.txt|kill the story|The Post|"}
	if got := strings.Join(c.got, "\n"); got != strings.Join(want, "\n") {
		t.Errorf("taken in:\n%s\nwant:\n%s", got, strings.Join(want, "\n"))
	}
	if status != http.StatusOK {
		t.Errorf("status %d", status)
	}
	for result, n := range map[string]string{"added": "4", "version": "0", "unchanged": "1", "withdrawn": "1", "refused": "1"} {
		if got := doc.Find("[data-sum=" + result + "]").Text(); got != n {
			t.Errorf("%s: %q, want %s", result, got, n)
		}
	}
	rows := doc.Find("[data-rows] > li")
	if rows.Length() != 7 || !strings.Contains(rows.First().Text(), "Refused") || !strings.Contains(rows.First().Text(), "one.txt: is <refused>") {
		t.Errorf("%d rows, the first %q: refusals stand first", rows.Length(), rows.First().Text())
	}
	if got := rows.Last().Text(); !strings.Contains(got, "Withdrawn") || !strings.Contains(got, "two.txt: the agency withdrew it") {
		t.Errorf("the message that withdraws says %q", got)
	}
	if _, hidden := doc.Find("[data-sum=withdrawn]").Parent().Attr("hidden"); hidden {
		t.Error("the number of what was withdrawn is not shown")
	}
	if doc.Find("[data-rows] a").Length() != 6 || doc.Find("[data-rows] b").Length() != 0 {
		t.Error("rows do not lead to their articles, or carry markup")
	}
	if got := doc.Find("#text").Text() + doc.Find("#url").Text(); got != "" {
		t.Errorf("what was taken stays in the form: %q", got)
	}

	// One new article is shown itself.
	if status, _, h := giveForm(t, srv, map[string]string{"text": "Alone"}); status != http.StatusSeeOther || !strings.HasPrefix(h.Get("Location"), "/articles/") {
		t.Errorf("one article: %d to %q", status, h.Get("Location"))
	}
	res, err := srv.Client().PostForm(srv.URL+"/add", url.Values{"text": {"From the front page"}, "outlet": {"X"}})
	if err != nil || res.StatusCode != http.StatusSeeOther {
		t.Errorf("the empty archive's form: %v, %v", res, err)
	}
	// What failed stays in the form.
	status, doc, _ = giveForm(t, srv, map[string]string{"text": "refuse"})
	if status != http.StatusUnprocessableEntity || doc.Find("#text").Text() != "refuse" {
		t.Errorf("a refused text: %d, and the form has %q", status, doc.Find("#text").Text())
	}
	if status, doc, _ = giveForm(t, srv, nil); status != http.StatusUnprocessableEntity || !strings.Contains(doc.Find("#done").Text(), "nothing to add") {
		t.Errorf("nothing: %d %q", status, doc.Find("#done").Text())
	}
	if status, _, _ = giveForm(t, srv, map[string]string{"url": strings.Repeat("https://a.example/\n", maxAddresses+1)}); status != http.StatusUnprocessableEntity {
		t.Errorf("too many addresses: %d", status)
	}
	// Of very many the page stays a page.
	status, doc, _ = giveForm(t, srv, nil, "many.txt", strings.Repeat("Line\n", 1000)+strings.Repeat("refuse\n", 100))
	if n := doc.Find("[data-rows] > li").Length(); status != 200 || n != maxResultRows || !strings.Contains(doc.Find("#done").Text(), "and 900 more") {
		t.Errorf("1,100 lines: %d with %d rows", status, n)
	}
}

func TestAddPage(t *testing.T) {
	_, srv := adding(t)
	res, doc := fetch(t, srv.Client(), srv.URL+"/add?url=https%3A%2F%2Fa.example%2F%3Cb%3E&text=Hello&outlet=Post")
	if res.StatusCode != 200 || doc.Find("#url").Text() != "https://a.example/<b>" || doc.Find("#text").Text() != "Hello" || doc.Find("#outlet").AttrOr("value", "") != "Post" {
		t.Errorf("the fields are not filled in: %d", res.StatusCode)
	}
	if res.Header.Get("Cross-Origin-Opener-Policy") != "same-origin" {
		t.Error("/add has another opener policy")
	}
	code := doc.Find("[data-bookmarklet]").AttrOr("data-bookmarklet", "")
	if !strings.HasPrefix(code, "javascript:") || !strings.Contains(code, `o="`+srv.URL+`"`) || strings.Contains(code, "ORIGIN") {
		t.Errorf("the bookmark is %q", code)
	}
	if doc.Find("nav a[href='/add'][aria-current=page]").Length() != 1 {
		t.Error("the frame does not lead here")
	}
	res, _ = fetch(t, srv.Client(), srv.URL+"/capture")
	if res.StatusCode != 200 || res.Header.Get("Cross-Origin-Opener-Policy") != "unsafe-none" || res.Header.Get("X-Frame-Options") != "DENY" {
		t.Errorf("/capture = %d with %v", res.StatusCode, res.Header)
	}
	for _, path := range []string{"/", "/search", "/lists", "/api/v1/search", "/nothing"} {
		if res, _ := fetch(t, srv.Client(), srv.URL+path); res.Header.Get("Cross-Origin-Opener-Policy") != "same-origin" {
			t.Errorf("%s: opener policy %q", path, res.Header.Get("Cross-Origin-Opener-Policy"))
		}
	}
	for _, path := range []string{"/add", "/capture"} {
		res, _ := get(t, srv, "GET", path, "", "X-Forwarded-For", "192.0.2.1")
		if res.StatusCode != http.StatusForbidden {
			t.Errorf("GET %s from elsewhere = %d", path, res.StatusCode)
		}
	}
	res2, body := get(t, srv, "GET", "/", "", "X-Forwarded-For", "192.0.2.1")
	if res2.StatusCode != 200 || strings.Contains(body, `href="/add"`) {
		t.Error("the frame leads to /add where nobody may write")
	}
}

// A browser reads nothing before it has sent everything: a long stream's answers
// wait for it, and the stream goes on.
func TestIngestToADeafClient(t *testing.T) {
	_, srv := adding(t)
	conn, err := net.Dial("tcp", srv.Listener.Addr().String())
	if err != nil {
		t.Fatal(err)
	}
	defer conn.Close()
	_ = conn.SetDeadline(time.Now().Add(20 * time.Second))
	const n = 100_000 // lines, whose answers are longer than any socket's buffer
	line := "refuse\n"
	fmt.Fprintf(conn, "POST /api/v1/ingest?source=%s HTTP/1.1\r\nHost: %s\r\nContent-Length: %d\r\nConnection: close\r\n\r\n", strings.Repeat("s", 200), srv.Listener.Addr(), n*len(line))
	for range 100 {
		if _, err := io.WriteString(conn, strings.Repeat(line, n/100)); err != nil {
			t.Fatal("the archive stopped reading: ", err)
		}
	}
	res, err := http.ReadResponse(bufio.NewReader(conn), nil)
	if err != nil {
		t.Fatal(err)
	}
	defer res.Body.Close()
	b, err := io.ReadAll(res.Body)
	if err != nil {
		t.Fatal(err)
	}
	if got := strings.Count(string(b), `"result":"refused"`); got != n || !strings.Contains(string(b), `"done":true`) {
		t.Errorf("%d answers, want %d and the end", got, n)
	}
}

// A form with one file is that file, as "curl -F file=@page.html" sends it.
// Of several messages at one address the answer counts those that withdraw.
func TestCaptureWithdraws(t *testing.T) {
	_, srv := adding(t)
	for _, tt := range []struct{ lines, want string }{
		{"kill one\nkill two\nsame", `{"added":1,"versions":0,"unchanged":1,"withdrawn":2,"refused":0,`},
		{"kill one\nrefuse it", `{"added":1,"versions":0,"unchanged":0,"withdrawn":1,"refused":1,`},
		{"same", `{"added":1,"versions":0,"unchanged":1,"refused":0,`},
	} {
		ask, _ := json.Marshal(map[string]string{"url": "one\n" + tt.lines}) // the clerk reads it
		if res, body := get(t, srv, "POST", "/api/v1/capture", string(ask), "Content-Type", "application/json"); res.StatusCode != http.StatusOK || !strings.HasPrefix(body, tt.want) {
			t.Errorf("capture of %q = %d %s, want 200 and %s", tt.lines, res.StatusCode, body, tt.want)
		}
	}
}

func TestPostForm(t *testing.T) {
	c, srv := adding(t)
	for _, tt := range []struct {
		files  []string
		status int
		want   string
	}{
		{[]string{"a.html", "One"}, http.StatusCreated, `"path":"/articles/`},
		{[]string{"a.html", "One", "b.html", "Two"}, http.StatusUnprocessableEntity, "more than one file"},
		{nil, http.StatusUnprocessableEntity, "no file"},
		{[]string{"a.html", strings.Repeat("x", maxArticle+1)}, http.StatusRequestEntityTooLarge, "more data"},
	} {
		c.got = nil
		var b bytes.Buffer
		mw := multipart.NewWriter(&b)
		_ = mw.WriteField("note", "passed over")
		for i := 0; i < len(tt.files); i += 2 {
			w, _ := mw.CreateFormFile("file", tt.files[i])
			_, _ = io.WriteString(w, tt.files[i+1])
		}
		_ = mw.Close()
		res, body := get(t, srv, "POST", "/api/v1/articles", b.String(), "Content-Type", mw.FormDataContentType())
		if res.StatusCode != tt.status || !strings.Contains(body, tt.want) {
			t.Errorf("POST of %.40q = %d %q, want %d %q", tt.files, res.StatusCode, body, tt.status, tt.want)
		}
		if tt.status == http.StatusCreated && (len(c.got) != 1 || !strings.Contains(c.got[0], "|One|")) {
			t.Errorf("taken in: %q", c.got)
		}
	}
}
