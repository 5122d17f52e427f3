package ingest

import (
	"strings"
	"testing"

	"backfile/internal/news"
)

func TestReadPagePlainByline(t *testing.T) {
	names := func(as []news.Author) string {
		var out []string
		for _, a := range as {
			out = append(out, a.Name)
		}
		return strings.Join(out, ", ")
	}
	for name, c := range map[string]struct{ before, within, want string }{
		"by, unmarked":             {`<p>By Mara Quist and Olin Vester</p>`, "", "Mara Quist, Olin Vester"},
		"colon and capitals":       {`<div>Von: Mara QUIST, Olin VESTER</div>`, "", "Mara Quist, Olin Vester"},
		"bold names in the text":   {"", `<p><strong>Mara Quist/Olin Vester</strong></p>`, "Mara Quist, Olin Vester"},
		"bold subheading":          {"", `<p><strong>What it will cost</strong></p>`, ""},
		"bold sentence":            {"", `<p><strong>Mara Quist was there.</strong></p>`, ""},
		"a link":                   {`<p><strong><a href="/x">Mara Quist</a></strong></p>`, "", ""},
		"named in the headline":    {"", `<p><strong>Night Ferry</strong></p>`, ""},
		"a name that is not bold":  {"", `<p>Mara Quist</p>`, ""},
		"the outlet's own account": {`<p>By The Isle Post</p>`, "", ""},
	} {
		page := `<html><head><meta property="og:site_name" content="The Isle Post"></head><body><article><h1>Night Ferry returns to the islands</h1>` + c.before +
			`<div class="article-body">` + c.within + ferryText + `</div></article></body></html>`
		a, err := ReadPage("p.html", []byte(page), "", Hint{})
		if err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		if got := names(a.Authors); got != c.want {
			t.Errorf("%s: authors %q, want %q", name, got, c.want)
		}
		if c.want != "" && strings.Contains(a.Body, "Quist") {
			t.Errorf("%s: the byline is in the body: %q", name, a.Body)
		}
	}
}
