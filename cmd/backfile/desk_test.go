package main

import (
	"encoding/json"
	"io"
	"net/http"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/PuerkitoBio/goquery"
)

// desk is the desk of an archive that is served.
type desk struct {
	*testing.T
	base string
}

func (d desk) get(path string) *goquery.Document {
	d.Helper()
	res, err := http.Get(d.base + path)
	if err != nil {
		d.Fatal(err)
	}
	defer res.Body.Close()
	doc, err := goquery.NewDocumentFromReader(res.Body)
	if err != nil || res.StatusCode != http.StatusOK {
		d.Fatalf("GET %s = %d, %v", path, res.StatusCode, err)
	}
	return doc
}

// post sends a form and returns where it leads and what is said there.
func (d desk) post(path string, form url.Values) (status int, text string) {
	d.Helper()
	res, err := http.PostForm(d.base+path, form)
	if err != nil {
		d.Fatal(err)
	}
	defer res.Body.Close()
	doc, err := goquery.NewDocumentFromReader(res.Body)
	if err != nil {
		d.Fatal(err)
	}
	return res.StatusCode, strings.Join(strings.Fields(doc.Find("main").Text()), " ")
}

// count is the number that the desk shows for a kind of work, "" for none.
func (d desk) count(part string) string {
	d.Helper()
	return d.get("/desk").Find(`[data-testid="` + part + `"] > .small`).Last().Text()
}

const deskWords = "The council met on Tuesday night to hear about the wall, which the last storm had damaged in four places, and put off its answer. "

// What the archive cannot make out is settled at its desk: outlets and dates, one by one
// and by folder, what was refused, and captures of one article. It stays so when the
// same comes in again, in a new index and in another archive.
func TestDesk(t *testing.T) {
	dir, files := t.TempDir(), t.TempDir()
	write := func(name, content string) string {
		t.Helper()
		path := filepath.Join(files, name)
		if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte(content), 0o600); err != nil {
			t.Fatal(err)
		}
		return path
	}
	for _, n := range []string{"one", "two"} {
		write("cuttings/"+n+".txt", "Harbour news, part "+n+"\n\n"+deskWords+"Part "+n+" of it.\n\n"+deskWords+"\n")
	}
	write("pages.jsonl", `{"url":"https://tarn.example/wall","headline":"Wall to be mended","published":"2031-05-03","outlet":{"name":"Tarn Echo"},"body":"`+deskWords+`"}
{"url":"https://tarn.example/link","headline":"A link without its article","kind":"stub","published":"2020-02-02","outlet":{"name":"Tarn Echo"}}
{"url":"https://tarn.example/b1","headline":"Second bridge opens at last","published":"2019-04-02","outlet":{"name":"Tarn Echo"},"body":"It opened yesterday. `+deskWords+`"}
{"url":"https://tarn.example/b2","headline":"Second bridge opens at last","published":"2019-04-02","outlet":{"name":"Tarn Echo"},"body":"Yesterday it opened. `+deskWords+`"}
`)
	broken := write("minutes.pdf", "%PDF-1.4 of the council's minutes")
	base, stop := startServe(t, "--data", dir)
	d := desk{t, base}
	if d.get("/desk").Find(`[data-testid="clear"]`).Length() != 1 {
		t.Error("an empty desk does not say that all is clear")
	}
	take := func() {
		t.Helper()
		_, _, _ = cli(t, "", "ingest", "--data", dir, files) // one file is refused
	}
	take()
	for part, want := range map[string]string{"outlet": "2", "date": "2", "doubt": "1", "text": "1", "refused": "1", "alike": "1", "damaged": ""} {
		if got := d.count(part); got != want {
			t.Errorf("desk: %s: %q, want %q", part, got, want)
		}
	}

	// All from one folder at once; what makes no sense is said.
	folder := filepath.Join(files, "cuttings")
	if status, text := d.post("/desk/date", url.Values{"all": {"30 February 1987"}, "from": {folder}}); status != http.StatusUnprocessableEntity || !strings.Contains(text, "no such date") {
		t.Errorf("30 February: %d %q", status, text)
	}
	if _, text := d.post("/desk/outlet", url.Values{"all": {"Northern Courier"}, "from": {folder}, "reason": {"a folder of cuttings"}}); !strings.Contains(text, "2 articles were corrected") {
		t.Errorf("set for all: %q", text)
	}
	form := url.Values{"reason": {"pencilled on the back"}}
	d.get("/desk/date").Find(`input[name^="v."]`).Each(func(i int, s *goquery.Selection) {
		form.Set(s.AttrOr("name", ""), []string{"3 May 1987", "May 1987"}[i])
	})
	if status, _ := d.post("/desk/date", form); status != http.StatusOK {
		t.Errorf("dates: %d", status)
	}
	name := d.get("/desk/doubt").Find(`input[name^="v."]`).AttrOr("name", "")
	d.post("/desk/doubt", url.Values{name: {"2021-05-03"}})
	name = d.get("/desk/text").Find(`textarea`).AttrOr("name", "")
	d.post("/desk/text", url.Values{name: {"The text of the link.\r\n\r\n" + deskWords}})
	// The two captures are one.
	twin := d.get("/desk/alike").Find(`form[action="/desk/alike"]`).First()
	d.post("/desk/alike", url.Values{"id": {twin.Find(`[name="id"]`).AttrOr("value", "")}, "first": {twin.Find(`[name="first"]`).AttrOr("value", "")}, "do": {"join"}})
	// What was refused is no article.
	refused := d.get("/desk/refused").Find(`form [name="id"]`).First().AttrOr("value", "")
	if _, text := d.post("/desk/refused", url.Values{"id": {refused}, "do": {"again"}, "format": {"csv"}}); !strings.Contains(text, "refused again") && !strings.Contains(text, "taken in") {
		t.Errorf("tried again: %q", text)
	}
	d.post("/desk/refused", url.Values{"id": {refused}, "do": {"dismiss"}})
	if d.get("/desk").Find(`[data-testid="clear"]`).Length() != 1 {
		t.Errorf("the desk is not clear: %s", d.get("/desk").Find("main").Text())
	}

	type answer struct {
		Total  int
		Facets map[string][]struct {
			Slug  string
			Count int
		}
	}
	check := func(what, base string) {
		t.Helper()
		var got answer
		getJSON(t, base+"/api/v1/search", &got)
		facets := map[string]int{}
		for _, f := range append(got.Facets["outlet"], got.Facets["year"]...) {
			facets[f.Slug] = f.Count
		}
		if b, _ := json.Marshal(facets); got.Total < 5 || facets["northern-courier"] != 2 || facets["1987"] != 2 || facets["2021"] != 1 || facets["2031"] != 0 || facets["2019"] != 1 {
			t.Errorf("%s: %d articles, %s", what, got.Total, b)
		}
	}
	check("settled", base)
	take()
	if got := d.count("refused"); got != "" {
		t.Errorf("what was dismissed is refused anew: %q", got)
	}
	check("the same again", base)
	mustCLI(t, "", "reindex", "--data", dir)
	check("a new index", base)
	mustCLI(t, "", "verify", "--data", dir)
	if _, err := os.Stat(broken); err != nil {
		t.Error(err)
	}
	res, err := http.Get(base + "/api/v1/export")
	if err != nil {
		t.Fatal(err)
	}
	lines, err := io.ReadAll(res.Body)
	res.Body.Close()
	if err != nil || !strings.Contains(string(lines), `"event":"fixed"`) {
		t.Fatalf("export: %v", err)
	}
	stop()

	other := t.TempDir()
	mustCLI(t, string(lines), "ingest", "--data", other, "-")
	mustCLI(t, "", "verify", "--data", other)
	base, stop = startServe(t, "--data", other)
	defer stop()
	check("another archive", base)
	for _, part := range []string{"outlet", "date", "doubt", "text", "alike"} {
		if got := (desk{t, base}).count(part); got != "" {
			t.Errorf("another archive's desk: %s: %q", part, got)
		}
	}
}
