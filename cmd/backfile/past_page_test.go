package main

import (
	"encoding/json"
	"net/http"
	"net/url"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/PuerkitoBio/goquery"
)

// millFire are three versions of one article, and an article of which there is one.
func millFire(t *testing.T) string {
	t.Helper()
	var b strings.Builder
	add := func(url, captured, headline, body string) {
		line, err := json.Marshal(map[string]any{"url": url, "headline": headline, "body": body, "captured": captured, "published": "2026-02-01", "language": "en",
			"outlet": map[string]string{"name": "Harbour Post"}})
		if err != nil {
			t.Fatal(err)
		}
		b.Write(append(line, '\n'))
	}
	const body = "The council heard of the fire at the old mill.\n\nAn alleged arsonist was seen near the loading dock, according to two witnesses.\n\nThe mill has stood since 1871."
	later := strings.Replace(body, "An alleged arsonist", "A man", 1)
	add("https://post.example/mill", "2026-02-01T10:00:00Z", "Arsonist hunted after mill fire", body)
	add("https://post.example/mill", "2026-03-01T12:00:00Z", "Mill fire: man sought", later)
	add("https://post.example/mill", "2026-04-10T09:30:00Z", "Lamp blamed for mill fire", later+"\n\nA court found that a faulty lamp was to blame.")
	add("https://post.example/new", "2026-05-16T09:00:00Z", "Mill to be rebuilt", "The old mill is to be rebuilt, by an alleged builder.")
	return b.String()
}

// TestVersionPages looks at the pages of searches for what changed, and of the past.
func TestVersionPages(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "data")
	mustCLI(t, millFire(t), "ingest", "--data", dir, "-")
	base, _ := startServe(t, "--data", dir)
	page := func(q string) *goquery.Document {
		t.Helper()
		res, err := http.Get(base + "/search?q=" + url.QueryEscape(q))
		if err != nil {
			t.Fatal(err)
		}
		defer res.Body.Close()
		doc, err := goquery.NewDocumentFromReader(res.Body)
		if err != nil || res.StatusCode != http.StatusOK {
			t.Fatalf("%s: %s, %v", q, res.Status, err)
		}
		return doc
	}
	words := func(s *goquery.Selection) string { return strings.Join(strings.Fields(s.Text()), " ") }

	doc := page("mill as-of:2026-03-01")
	if got, want := words(doc.Find("h1")), "Articles that mention mill, in the archive as it was known on 1 March 2026× — 1"; got != want {
		t.Errorf("the sentence is %q, want %q", got, want)
	}
	if got, _ := doc.Find(".notice a").Attr("href"); got != "/search?q=mill" {
		t.Errorf("the way back to now is %q", got)
	}
	hit := doc.Find(".hit")
	if got := words(hit.Find("h2")); got != "Mill fire: man sought" {
		t.Errorf("the headline is %q, want that of then", got)
	}
	if got := words(hit.Find(".snip")); strings.Contains(got, "alleged") || !strings.Contains(got, "A man was seen") {
		t.Errorf("the snippet is %q, want that of then", got)
	}
	if got := words(hit.Find(".ents")); !strings.Contains(got, "captured 1 March 2026") || !strings.Contains(got, "as it is now") {
		t.Errorf("the hit says %q", got)
	}
	href, _ := hit.Find("h2 a").Attr("href")
	if !strings.Contains(href, "/versions/2") {
		t.Errorf("the hit leads to %q, want version 2", href)
	}
	res, err := http.Get(base + href)
	if err != nil {
		t.Fatal(err)
	}
	then, err := goquery.NewDocumentFromReader(res.Body)
	res.Body.Close()
	if err != nil || words(then.Find("article h1")) != "Mill fire: man sought" || then.Find("article del, article ins").Length() > 0 {
		t.Errorf("%s shows %q, %v", href, words(then.Find("article h1")), err)
	}

	doc = page("as-of:2025 mill")
	if got := words(doc.Find(".none p").First()); got != "The archive held nothing yet at the end of 2025." {
		t.Errorf("before the first capture: %q", got)
	}
	if got, _ := doc.Find(".notice a").Attr("href"); got != "/search?q=mill" {
		t.Errorf("the way back to now is %q", got)
	}

	for q, want := range map[string]string{
		"as-of:2026 mill as-of:2025":  "“as-of:2025” was left out",
		"fire OR as-of:2026":          "“as-of:2026” holds for a whole search",
		"fire -as-of:2026":            "“as-of:2026” holds for a whole search",
		"mill as-of:soon":             "“soon” is no day to look back to",
		"as-of:2026 is:extraordinary": "nothing that an article can be",
	} {
		if got := words(page(q).Find(".problems")); !strings.Contains(got, want) {
			t.Errorf("%s: the page says %q, want %q", q, got, want)
		}
	}

	doc = page("removed:alleged")
	if got, want := words(doc.Find("h1")), "Articles that no longer say “alleged”× — 1"; got != want {
		t.Errorf("the sentence is %q, want %q", got, want)
	}
	hit = doc.Find(".hit")
	if got := words(hit.Find("h2")); got != "Lamp blamed for mill fire" {
		t.Errorf("the headline is %q, want the newest", got)
	}
	if got := words(hit.Find(".snip del mark")); got != "alleged" {
		t.Errorf("marked as taken out: %q", got)
	}
	if got := words(hit.Find(".snip ins")); !strings.Contains(got, "A man") {
		t.Errorf("put in beside it: %q", got)
	}
	if got, _ := hit.Find(".also a").First().Attr("href"); !strings.HasSuffix(got, "/versions/2") {
		t.Errorf("the change is said to be at %q, want version 2", got)
	}
	doc = page("removed:alleged as-of:2026-02-28")
	if n := doc.Find(".hit").Length(); n != 0 {
		t.Errorf("%d hits before it was taken out", n)
	}

	var a struct {
		Total int
		AsOf  string `json:"as_of"`
		Hits  []struct {
			Path, Headline string
			Version        int
			Edit           *struct {
				Version int
				Path    string
				Snippet []struct{ Kind, Text string }
			}
		}
		Facets map[string][]struct{ Count int }
	}
	getJSON(t, base+"/api/v1/search?q="+url.QueryEscape(`added:"faulty lamp" as-of:2026-04-10T09:30:00Z`), &a)
	if a.Total != 1 || a.AsOf != "2026-04-10T09:30:01Z" || a.Hits[0].Version != 3 || !strings.HasSuffix(a.Hits[0].Path, "/versions/3") || a.Facets["outlet"][0].Count != 1 {
		t.Fatalf("the API answers %+v", a)
	}
	if e := a.Hits[0].Edit; e == nil || e.Version != 3 || e.Path != a.Hits[0].Path || len(e.Snippet) == 0 || e.Snippet[0].Kind != "added" {
		t.Errorf("the API's edit is %+v", e)
	}

	var left struct{ Problems []struct{ Kind, Text string } }
	getJSON(t, base+"/api/v1/search?q="+url.QueryEscape("mill as-of:2026 as-of:2025"), &left)
	if len(left.Problems) != 1 || left.Problems[0].Kind != "second-as-of" || left.Problems[0].Text != "as-of:2025" {
		t.Errorf("the API says of a second as-of: %+v", left.Problems)
	}
	if got := mustCLI(t, "", "search", "--data", dir, "mill OR as-of:2026"); !strings.Contains(got, "left out or searched as plain words: as-of:2026") {
		t.Errorf("the command says of an inner as-of: %q", got)
	}

	// What is removed is gone from the past too.
	id := strings.Split(a.Hits[0].Path, "/")[2]
	mustCLI(t, "", "remove", "--data", dir, id, "--reason", "a test")
	got := ""
	for end := time.Now().Add(10 * time.Second); !strings.HasSuffix(got, "— 0"); time.Sleep(20 * time.Millisecond) {
		if got = words(page("fire as-of:2026-03-01").Find("h1")); time.Now().After(end) {
			t.Fatalf("after its removal the article is found as of March: %q", got)
		}
	}
}
