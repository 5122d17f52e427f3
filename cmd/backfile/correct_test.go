package main

import (
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"strings"
	"testing"

	"backfile/internal/news"
)

// Two names prove to be one person's: the reader finds both under either, sees why,
// and can part them again.
func TestCorrections(t *testing.T) {
	dir := t.TempDir()
	liz, elizabeth := news.NewEntityID(news.Person, "liz quay"), news.NewEntityID(news.Person, "elizabeth quay")
	var in strings.Builder
	for _, p := range []struct {
		id   news.EntityID
		name string
		n    int
	}{{liz, "Liz Quay", 2}, {elizabeth, "Elizabeth Quay", 1}} {
		for range p.n {
			a := news.Article{URL: fmt.Sprintf("https://post.example/%d", in.Len()), Headline: "Harbour", Body: p.name + " spoke.",
				Mentions: []news.Mention{{Kind: news.Person, Text: p.name, End: len(p.name), Entity: p.id}},
				Persons:  []news.Entity{{ID: p.id, Name: p.name}}}
			b, err := json.Marshal(a)
			if err != nil {
				t.Fatal(err)
			}
			in.Write(append(b, '\n'))
		}
	}
	base, stop := startServe(t, "--data", dir)
	defer stop()
	if out := mustCLI(t, in.String(), "ingest", "--data", dir, "-"); !strings.HasPrefix(out, "added 3,") {
		t.Fatalf("ingest: %s", out)
	}
	post := func(path, contentType, body string) (int, []byte) {
		t.Helper()
		res, err := http.Post(base+path, contentType, strings.NewReader(body))
		if err != nil {
			t.Fatal(err)
		}
		defer res.Body.Close()
		b, err := io.ReadAll(res.Body)
		if err != nil {
			t.Fatal(err)
		}
		return res.StatusCode, b
	}
	const reason = "both were harbour master in 2021"
	status, b := post("/api/v1/corrections", "application/json", `{"event":"merged","about":"`+string(elizabeth)+`","data":{"into":"`+string(liz)+`","reason":"`+reason+`"}}`)
	var e news.Event
	if err := json.Unmarshal(b, &e); status != http.StatusCreated || err != nil || e.ID == "" {
		t.Fatalf("correction: %d, %s, %v", status, b, err)
	}
	if status, b := post("/api/v1/corrections", "application/json", `{"event":"merged","about":"`+string(elizabeth)+`","data":{"into":"`+string(elizabeth)+`"}}`); status != http.StatusUnprocessableEntity {
		t.Errorf("a merge with itself: %d, %s", status, b)
	}
	found := func(person string) (total int, facet map[string]int) {
		var got struct {
			Total  int
			Facets map[string][]struct {
				Slug  string
				Count int
			}
		}
		getJSON(t, base+"/api/v1/search?person="+person, &got)
		facet = map[string]int{}
		for _, c := range got.Facets["person"] {
			facet[c.Slug] = c.Count
		}
		return got.Total, facet
	}
	for _, person := range []string{"liz-quay", "elizabeth-quay", url.QueryEscape("Elizabeth Quay")} {
		if total, facet := found(person); total != 3 || facet["liz-quay"] != 3 || len(facet) != 1 {
			t.Errorf("person=%s finds %d, with %v", person, total, facet)
		}
	}
	page := func(path string) string {
		res, err := http.Get(base + path)
		if err != nil {
			t.Fatal(err)
		}
		defer res.Body.Close()
		b, err := io.ReadAll(res.Body)
		if err != nil {
			t.Fatal(err)
		}
		return string(b)
	}
	if got := page("/people/elizabeth-quay"); !strings.Contains(got, reason) || !strings.Contains(got, e.ID) || !strings.Contains(got, ">Liz Quay</h1>") {
		t.Error("the page of the one who was joined is not that of the other, with the reason")
	}
	post("/corrections/undo", "application/x-www-form-urlencoded", url.Values{"event": {e.ID}}.Encode())
	if total, _ := found("elizabeth-quay"); total != 1 {
		t.Errorf("parted again, Elizabeth has %d articles", total)
	}
	// What happened goes along with an export.
	if out := mustCLI(t, "", "export", "--data", dir); strings.Count(out, `"event":"`) != 2 {
		t.Errorf("export has %d events, want 2", strings.Count(out, `"event":"`))
	}
}
