package web

import (
	"encoding/csv"
	"encoding/json"
	"encoding/xml"
	"errors"
	"io"
	"mime"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"backfile/internal/cite"
	"backfile/internal/news"
)

func body(t *testing.T, c *http.Client, at string) (*http.Response, string, error) {
	t.Helper()
	res, err := c.Get(at)
	if err != nil {
		t.Fatal(err)
	}
	b, err := io.ReadAll(res.Body)
	_ = res.Body.Close()
	return res, string(b), err
}

// TestTakeOut takes results out in every format, with the parameters of the page.
func TestTakeOut(t *testing.T) {
	m, council := harbour(t)
	srv := serve(t, m)
	for _, tc := range []struct {
		query string
		want  int
	}{{"", 7}, {"?q=harbour", 5}, {"?q=harbour&page=9&per_page=3&facets=0", 5}, {"?person=thomas-keir&year=1954&sort=oldest", 2}, {"?q=xyzzy", 0}} {
		for _, f := range cite.Formats {
			res, b, err := body(t, srv.Client(), srv.URL+"/search."+f.Name+tc.query)
			if err != nil || res.StatusCode != http.StatusOK || res.Header.Get("Content-Type") != f.MediaType {
				t.Fatalf("/search.%s%s = %d, %s, %v", f.Name, tc.query, res.StatusCode, res.Header.Get("Content-Type"), err)
			}
			n := 0
			switch f.Name {
			case "csv":
				rows, err := csv.NewReader(strings.NewReader(b)).ReadAll()
				if err != nil {
					t.Error(err)
				}
				n = len(rows) - 1
			case "csl.json":
				var items []any
				if err := json.Unmarshal([]byte(b), &items); err != nil {
					t.Error(err)
				}
				n = len(items)
			case "jsonl":
				n = strings.Count(b, "\n")
			case "ris":
				n = strings.Count(b, "ER  - \r\n")
			case "bib":
				n = strings.Count(b, "\n@") + strings.Count(b[:min(1, len(b))], "@")
			}
			if n != tc.want {
				t.Errorf("/search.%s%s has %d articles, want %d:\n%s", f.Name, tc.query, n, tc.want, b)
			}
		}
	}
	res, b, _ := body(t, srv.Client(), srv.URL+"/search.csv?q=council+outlet:%22harbour+post%22")
	_, params, err := mime.ParseMediaType(res.Header.Get("Content-Disposition"))
	if want := "council-outlet-harbour-post-2026-11-22.csv"; err != nil || params["filename"] != want {
		t.Errorf("the file is called %q, want %q", params["filename"], want)
	}
	if !strings.Contains(b, srv.URL+"/articles/"+string(council)+"/") {
		t.Errorf("the table lacks the archive's address:\n%s", b)
	}
	res, _, _ = body(t, srv.Client(), srv.URL+"/search.ris?q=ميناء")
	if _, params, err := mime.ParseMediaType(res.Header.Get("Content-Disposition")); err != nil || params["filename"] != "ميناء-2026-11-22.ris" {
		t.Errorf("the file is called %q (%v)", params["filename"], err)
	}
	head, err := srv.Client().Head(srv.URL + "/search.bib")
	if err != nil || head.StatusCode != http.StatusOK || head.Header.Get("Content-Disposition") == "" {
		t.Errorf("HEAD: %v, %v", head, err)
	}
}

// TestTakeOutBroken breaks a stream at its beginning, and in its middle, when part of it
// is out.
func TestTakeOutBroken(t *testing.T) {
	m := newMemory()
	long := strings.Repeat("The harbour was shut for the storm. ", 100)
	for i := range 400 {
		m.add(news.Article{URL: "https://post.example/" + itoa(i), Headline: "Report " + itoa(i), Body: long, Standfirst: long})
	}
	srv := serve(t, m)
	broken := errors.New("the disk gave up")
	for _, f := range cite.Formats {
		m.streamed = func(int) error { return broken }
		res, b, err := body(t, srv.Client(), srv.URL+"/search."+f.Name)
		if err != nil || res.StatusCode != http.StatusInternalServerError || res.Header.Get("Content-Disposition") != "" || strings.Contains(b, "disk gave up") {
			t.Errorf("%s, broken at once: %d, %v, %.80q", f.Name, res.StatusCode, err, b)
		}
		m.streamed = func(i int) error {
			if i == 350 {
				return broken
			}
			return nil
		}
		for _, zip := range []string{"identity", "gzip"} {
			req := httptest.NewRequest(http.MethodGet, srv.URL+"/search."+f.Name, nil)
			req.RequestURI = ""
			req.Header.Set("Accept-Encoding", zip)
			res, err := srv.Client().Do(req)
			if err != nil {
				t.Fatal(err)
			}
			b, err := io.ReadAll(res.Body)
			_ = res.Body.Close()
			if err == nil || len(b) == 0 {
				t.Errorf("%s, %s, broken in the middle: %d bytes and no error: it passes for whole", f.Name, zip, len(b))
			}
			if zip == "identity" && f.Name != "csl.json" && !strings.Contains(string(b), "This file was broken off") {
				t.Errorf("%s does not say that it was broken off: …%s", f.Name, b[max(0, len(b)-200):])
			}
		}
	}
	// A panic behind the request ends the one answer, and not the server.
	m.streamed = func(int) error { panic("a segment that nobody foresaw") }
	if res, b, err := body(t, srv.Client(), srv.URL+"/search.csv"); err != nil || res.StatusCode != http.StatusInternalServerError || strings.Contains(b, "foresaw") {
		t.Errorf("a panic: %d, %v, %.80q", res.StatusCode, err, b)
	}
	// Whoever goes away lets others go on.
	m.streamed = nil
	for range takings + 2 {
		res, err := srv.Client().Get(srv.URL + "/search.jsonl")
		if err != nil {
			t.Fatal(err)
		}
		_, _ = io.ReadFull(res.Body, make([]byte, 10))
		_ = res.Body.Close()
	}
	if res, b, err := body(t, srv.Client(), srv.URL+"/search.csv"); err != nil || res.StatusCode != http.StatusOK || strings.Count(b, "\n") != 401 {
		t.Errorf("after readers that went away: %d, %v", res.StatusCode, err)
	}
}

// TestTakeOutRemoved leaves out what the index found and the store no longer shows.
func TestTakeOutRemoved(t *testing.T) {
	m, council := harbour(t)
	srv := serve(t, m)
	m.streamed = func(i int) error {
		m.gone[council] = &news.Gone{ID: council, At: testNow, Reason: "a wrong name"}
		return nil
	}
	if _, b, err := body(t, srv.Client(), srv.URL+"/search.jsonl?q=council"); err != nil || b != "" {
		t.Errorf("a removed article is taken out: %q, %v", b, err)
	}
}

func TestFeeds(t *testing.T) {
	m, council := harbour(t)
	srv := serve(t, m)
	type link struct {
		Rel  string `xml:"rel,attr"`
		Href string `xml:"href,attr"`
	}
	var f struct {
		XMLName xml.Name `xml:"http://www.w3.org/2005/Atom feed"`
		ID      string   `xml:"id"`
		Title   string   `xml:"title"`
		Updated string   `xml:"updated"`
		Author  string   `xml:"author>name"`
		Links   []link   `xml:"link"`
		Entries []struct {
			ID        string   `xml:"id"`
			Title     string   `xml:"title"`
			Updated   string   `xml:"updated"`
			Published string   `xml:"published"`
			Date      string   `xml:"http://purl.org/dc/elements/1.1/ date"`
			Publisher string   `xml:"http://purl.org/dc/elements/1.1/ publisher"`
			Authors   []string `xml:"author>name"`
			Links     []link   `xml:"link"`
		} `xml:"entry"`
	}
	at := srv.URL + "/search.atom?q=harbour&sort=oldest"
	res, b, err := body(t, srv.Client(), at)
	if err != nil || res.StatusCode != http.StatusOK || !strings.HasPrefix(res.Header.Get("Content-Type"), "application/atom+xml") {
		t.Fatalf("%d, %v", res.StatusCode, err)
	}
	if err := xml.Unmarshal([]byte(b), &f); err != nil {
		t.Fatalf("%v in\n%s", err, b)
	}
	if f.Title != "Articles that mention harbour" || f.ID != srv.URL+"/search.atom?q=harbour" || f.Author != "The Harbour Archive" || len(f.Entries) != 5 {
		t.Errorf("the feed is %+v", f)
	}
	if f.Entries[0].Date != "2026-11-22" || f.Entries[0].Published != "" || f.Entries[0].Publisher != "Northern Courier" {
		t.Errorf("the newest is %+v, want a date without an hour that nobody knows", f.Entries[0])
	}
	last := f.Entries[4]
	if last.ID != srv.URL+"/articles/"+string(council) || len(last.Authors) != 1 || last.Authors[0] != "Margaret Innes" || last.Updated != "2024-05-02T10:12:01Z" || f.Updated != last.Updated {
		t.Errorf("the oldest is %+v, and the feed of %s", last, f.Updated)
	}
	tag := res.Header.Get("ETag")
	modified, err := http.ParseTime(res.Header.Get("Last-Modified"))
	if tag == "" || err != nil || !modified.Equal(time.Date(2024, 5, 2, 10, 12, 1, 0, time.UTC)) {
		t.Errorf("ETag %q, Last-Modified %v, %v", tag, modified, err)
	}
	for name, value := range map[string]string{"If-None-Match": tag, "If-Modified-Since": res.Header.Get("Last-Modified")} {
		req := httptest.NewRequest(http.MethodGet, at, nil)
		req.RequestURI = ""
		req.Header.Set(name, value)
		res, err := srv.Client().Do(req)
		if err != nil || res.StatusCode != http.StatusNotModified {
			t.Errorf("with %s: %v, %v, want 304", name, res.StatusCode, err)
		}
	}
	var j struct {
		Version, Title string
		Home           string `json:"home_page_url"`
		Items          []struct {
			ID, URL   string
			Published string `json:"date_published"`
			Text      string `json:"content_text"`
			Own       struct {
				Published, Precision string
			} `json:"_backfile"`
		}
	}
	res, b, _ = body(t, srv.Client(), srv.URL+"/search.feed.json?year=1999")
	if err := json.Unmarshal([]byte(b), &j); err != nil || res.StatusCode != http.StatusOK || len(j.Items) != 1 {
		t.Fatalf("%v, %d in\n%s", err, res.StatusCode, b)
	}
	if it := j.Items[0]; j.Version != "https://jsonfeed.org/version/1.1" || j.Home != srv.URL+"/search?year=1999" || it.Own.Published != "1999-05" || it.Published != "" || it.Text == "" {
		t.Errorf("the feed is %+v", j)
	}
	_, doc := fetch(t, srv.Client(), srv.URL+"/search?q=harbour&page=2&sort=oldest")
	if got := doc.Find("link[rel=alternate][type='application/atom+xml']").AttrOr("href", ""); got != "/search.atom?q=harbour" {
		t.Errorf("the page's feed is %q", got)
	}
	if got := doc.Find(".take a[href^='/search.csv']").AttrOr("href", ""); got != "/search.csv?q=harbour&sort=oldest" {
		t.Errorf("the page's table is %q", got)
	}
}

// TestFeedPages follows a feed's pages to its end.
func TestFeedPages(t *testing.T) {
	m := newMemory()
	srv := serve(t, m)
	if res, b, _ := body(t, srv.Client(), srv.URL+"/search.atom"); res.StatusCode != http.StatusOK || !strings.Contains(b, "<updated>1970-01-01T00:00:00Z</updated>") {
		t.Errorf("an empty feed: %d\n%s", res.StatusCode, b)
	}
	if res, b, _ := body(t, srv.Client(), srv.URL+"/search.feed.json"); res.StatusCode != http.StatusOK || !strings.Contains(b, `"items":[]`) {
		t.Errorf("an empty feed: %d\n%s", res.StatusCode, b)
	}
}
