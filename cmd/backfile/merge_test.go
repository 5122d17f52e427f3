package main

import (
	"flag"
	"fmt"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strconv"
	"strings"
	"testing"
	"time"

	"backfile/internal/news"
	"backfile/web"
)

// quills puts n articles of each of two names of one person into an archive.
func quills(t *testing.T, a *archive, n int) {
	t.Helper()
	for _, name := range []string{"Jonathan Quill", "John Quill"} {
		id := news.NewEntityID(news.Person, strings.ToLower(name))
		var ws []news.Write
		for i := range n {
			body := fmt.Sprintf("%s opened slip %d of the harbour in the rain.", name, i)
			d, err := news.ParseDate(fmt.Sprintf("%d-%02d-%02d", 1950+i%70, 1+i%12, 1+i%28), news.FromGiven)
			if err != nil {
				t.Fatal(err)
			}
			ws = append(ws, news.Write{Keys: []news.Key{news.Key(body)}, At: time.Unix(int64(i), 0), Article: news.Article{Headline: body, Body: body, Published: d,
				Outlet: news.NewOutlet("Chronicle"), Understood: news.UnderstoodGiven,
				Mentions: []news.Mention{{Kind: news.Person, Text: name, End: len(name), Entity: id}},
				Persons:  []news.Entity{{ID: id, Kind: news.Person, Name: name, Count: 1, Aliases: []news.Alias{{Name: name, Fold: strings.ToLower(name)}}}}}})
			if len(ws) == 500 || i == n-1 {
				if _, err := a.Put(t.Context(), ws); err != nil {
					t.Fatal(err)
				}
				ws = ws[:0]
			}
		}
	}
	if err := a.index.WaitIndexed(t.Context()); err != nil {
		t.Fatal(err)
	}
}

var mergeOf = flag.Int("merge", 60, "how many articles of each name TestMergeEverywhere merges")

// A merge that a person makes on the page of repairs shows on every page at once, is
// undone as fast, and stands after the index was made anew and the articles came in
// again. -merge 10000 takes so many articles of each name, and -v prints how long
// each step took.
func TestMergeEverywhere(t *testing.T) {
	n := *mergeOf
	a := opened(t, t.TempDir(), false)
	defer closed(t, a)
	quills(t, a, n)
	srv := httptest.NewServer(a.server(web.Config{}).Handler())
	defer srv.Close()
	c := &http.Client{CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}
	get := func(path string) (int, string) {
		t.Helper()
		res, err := c.Get(srv.URL + path)
		if err != nil {
			t.Fatal(err)
		}
		defer res.Body.Close()
		var b strings.Builder
		if err := res.Write(&b); err != nil {
			t.Fatal(err)
		}
		return res.StatusCode, b.String()
	}
	post := func(path string, form url.Values) {
		t.Helper()
		res, err := c.PostForm(srv.URL+path, form)
		if err != nil {
			t.Fatal(err)
		}
		res.Body.Close()
		if res.StatusCode != http.StatusSeeOther {
			t.Fatalf("POST %s = %d", path, res.StatusCode)
		}
	}
	number := func(n int) string { // as pages write it
		s := strconv.Itoa(n)
		if len(s) > 3 {
			s = s[:len(s)-3] + "," + s[len(s)-3:]
		}
		return s
	}
	// An article of the name that goes, to look at.
	ids, err := a.index.ArticlesOf(t.Context(), news.NewEntityID(news.Person, "john quill"), 1)
	if err != nil || len(ids) != 1 {
		t.Fatal(ids, err)
	}
	v, err := a.Article(t.Context(), ids[0])
	if err != nil {
		t.Fatal(err)
	}
	shows := func(when string, total int, joined bool) {
		t.Helper()
		if _, got := get("/people/jonathan-quill"); !strings.Contains(got, ">"+number(total)+" articles<") {
			t.Errorf("%s: the person's page does not say %d articles", when, total)
		}
		status, _ := get("/people/john-quill")
		if (status == http.StatusFound) != joined {
			t.Errorf("%s: the other's page answers %d", when, status)
		}
		_, list := get("/people")
		if strings.Contains(list, ">John Quill<") == joined || !strings.Contains(list, `<span class="n">`+number(total)+"</span>") {
			t.Errorf("%s: the list of people has it otherwise", when)
		}
		for _, of := range []string{"person=john-quill", "person=jonathan-quill", "q=" + url.QueryEscape(`person:"John Quill"`)} {
			var found struct {
				Total  int
				Facets map[string][]struct {
					Slug  string
					Count int
				}
			}
			getJSON(t, srv.URL+"/api/v1/search?"+of, &found)
			if found.Total != total || found.Facets["person"][0].Count != total || (found.Facets["person"][0].Slug == "jonathan-quill") != (joined || !strings.Contains(of, "john")) && !strings.Contains(of, "q=") {
				t.Errorf("%s: %s finds %d, with %+v", when, of, found.Total, found.Facets["person"])
			}
		}
		if _, got := get(v.Article.Path()); strings.Contains(got, "/people/jonathan-quill") != joined {
			t.Errorf("%s: an article of the other name has it otherwise", when)
		}
	}
	shows("before", n, false)
	took := func(what string, do func()) {
		t.Helper()
		from := time.Now()
		do()
		d := time.Since(from)
		t.Logf("%s with all pages behind it, %d articles of each name: %s", what, n, d.Round(time.Millisecond))
		if d > 5*time.Second {
			t.Errorf("%s took %s", what, d)
		}
	}
	took("a merge", func() {
		post("/people/jonathan-quill/repair/merge", url.Values{"other": {"John Quill"}, "reason": {"one man"}})
		shows("merged", 2*n, true)
	})
	held := a.Corrections().Decided()
	if len(held) != 1 || held[0].Type != news.EventMerged || held[0].Reason != "one man" {
		t.Fatalf("decided: %+v", held)
	}
	took("undoing it", func() {
		post("/corrections/undo", url.Values{"event": {held[0].Event}})
		shows("undone", n, false)
	})
	post("/people/jonathan-quill/repair/merge", url.Values{"same": {"john-quill"}})
	from := time.Now()
	a.index.Reindex()
	quills(t, a, n) // all of them again, and waits for the index
	t.Logf("the index made anew: %s", time.Since(from).Round(time.Millisecond))
	shows("made anew", 2*n, true)
}
