package main

import (
	"bufio"
	"encoding/json"
	"io"
	"net/http"
	"net/url"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// TestMonths takes in what old newspapers' records have, a month or a year, from several
// formats, and looks at every place where the date comes out again.
func TestMonths(t *testing.T) {
	in := t.TempDir()
	const outlet, body = `"outlet":{"name":"Old Courier"},"language":"en"`, "went, and the town with its forty chimneys saw no other for many a year afterwards."
	line := func(headline, published string) string {
		return `{"headline":"` + headline + `","body":"The ` + strings.ToLower(headline) + " " + body + `","published":` + published + "," + outlet + "}\n"
	}
	nitf := func(headline, date string) string {
		return `<?xml version="1.0"?><nitf><head><docdata><doc-id id-string="` + date + `"/><date.issue norm="` + date + `"/></docdata><pubdata name="Old Courier"/></head><body><body.head><hedline><hl1>` +
			headline + `</hl1></hedline></body.head><body.content><p>The ` + strings.ToLower(headline) + " " + body + `</p></body.content></body></nitf>`
	}
	for name, content := range map[string]string{
		"a.jsonl": line("Jute works", `"1987-03"`) + line("Fish market", `"1987-03-01","published_precision":"month"`) + line("Pier", `"1987"`) +
			line("Tram", `"1987-03-14"`) + line("Herring", `"1987-04-01"`) + line("Ice", `"1987-02-28"`),
		"b.csv":  "headline,body,published,outlet,language\nGas works,The gas works " + strings.ReplaceAll(body, ",", "") + ",1987-03,Old Courier,en\nTolls,The tolls " + strings.ReplaceAll(body, ",", "") + ",March 1987,Old Courier,en\n",
		"c.xml":  nitf("Ferry", "198703"),
		"d.xml":  nitf("Lighthouse", "1987-03"),
		"e.xml":  nitf("Coach", "19870300"),
		"f.json": nitf("Slip", "1987"), // known by what it holds
	} {
		if err := os.WriteFile(filepath.Join(in, name), []byte(content), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	dir := filepath.Join(t.TempDir(), "data")
	mustCLI(t, "", "ingest", "--data", dir, in)
	months := []string{"Coach", "Ferry", "Fish market", "Gas works", "Jute works", "Lighthouse", "Tolls"}

	exported := bufio.NewScanner(strings.NewReader(mustCLI(t, "", "export", "--data", dir)))
	exported.Buffer(nil, 1<<20)
	seen := 0
	for exported.Scan() {
		var a struct {
			Type, Headline, Published string
			Precision                 string `json:"published_precision"`
		}
		if err := json.Unmarshal(exported.Bytes(), &a); err != nil {
			t.Fatal(err)
		}
		if slices.Contains(months, a.Headline) {
			if seen++; a.Published != "1987-03" || a.Precision != "month" {
				t.Errorf("%s is exported as of %q, a %q", a.Headline, a.Published, a.Precision)
			}
		}
	}
	if seen != len(months) {
		t.Errorf("%d of a month in the export, want %d", seen, len(months))
	}

	base, _ := startServe(t, "--data", dir)
	ask := func(q, sort string) []string {
		var f found
		getJSON(t, base+"/api/v1/search?facets=0&q="+url.QueryEscape(q)+"&sort="+sort, &f)
		var out []string
		for _, h := range f.Hits {
			out = append(out, h.Headline)
		}
		return out
	}
	sorted := func(s []string) []string { slices.Sort(s); return s }
	years := []string{"Pier", "Slip"}
	for q, want := range map[string][]string{
		"date:1987":       slices.Concat(years, months, []string{"Tram", "Herring", "Ice"}),
		"date:1987-03":    slices.Concat(years, months, []string{"Tram"}),
		"date:1987-03-20": slices.Concat(years, months),
		"date:1987-04":    slices.Concat(years, []string{"Herring"}),
		"date:..1987-02":  slices.Concat(years, []string{"Ice"}),
		"date:1988..":     nil,
	} {
		if got := sorted(ask(q, "newest")); !slices.Equal(got, sorted(want)) {
			t.Errorf("%s: %q, want %q", q, got, want)
		}
	}
	// A month stands where it begins, among its days and after the day before.
	got := ask("*", "oldest")
	if at := slices.Index(got, "Ice"); at != len(years) || !slices.Equal(sorted(slices.Clone(got[at+1:at+1+len(months)])), sorted(months)) || !slices.Equal(got[len(got)-2:], []string{"Tram", "Herring"}) {
		t.Errorf("oldest first: %q", got)
	}

	for _, name := range []string{"Jute works", "Gas works", "Ferry", "Fish market"} {
		var f found
		getJSON(t, base+"/api/v1/search?q="+url.QueryEscape(`headline:"`+name+`"`), &f)
		res, err := http.Get(base + f.Hits[0].Path)
		if err != nil {
			t.Fatal(err)
		}
		b, err := io.ReadAll(res.Body)
		res.Body.Close()
		if err != nil {
			t.Fatal(err)
		}
		page := string(b)
		for _, want := range []string{`datetime="1987-03"`, "Old Courier, March 1987", `"datePublished":"1987-03"`} {
			if !strings.Contains(page, want) {
				t.Errorf("the page of %s has no %s", name, want)
			}
		}
		for _, wrong := range []string{"1987-03-", "1 March 1987"} {
			if strings.Contains(page, wrong) {
				t.Errorf("the page of %s has %s", name, wrong)
			}
		}
	}
}
