package ingest

import (
	"strings"
	"testing"
)

func TestReadPageHeadline(t *testing.T) {
	const (
		want  = "Ferry returns to the outer islands"
		house = `<meta property="og:site_name" content="The Isle Post">`
		text  = `<p>The night ferry to the outer islands will sail again from Monday, the harbour company said, after the engine that failed in March was repaired.</p>
			<p>It will leave at ten in the evening and arrive at six, with cabins for eighty people and room for thirty cars, as it did before the accident.</p>`
	)
	const search = "Ferry timetable 2024: when does the island ferry sail?"
	ld := func(s string) string {
		return `<script type="application/ld+json">{"@type":"NewsArticle","headline":"` + s + `"}</script>`
	}
	og := func(s string) string { return `<meta property="og:title" content="` + s + `">` }
	for name, c := range map[string]struct{ head, top string }{
		"name behind a bar":               {house + og(want+" | The Isle Post"), ""},
		"name behind a colon":             {house + og(want+": The Isle Post"), ""},
		"name behind a star":              {house + og(want+" * The Isle Post"), ""},
		"name behind a hyphen":            {house + og(want+"-The Isle Post"), ""},
		"name before the headline":        {house + og("The Isle Post: "+want), ""},
		"section and name":                {house + og(want+" - Transport - The Isle Post") + `<meta property="article:section" content="Transport">`, ""},
		"host behind it":                  {`<link rel=canonical href="https://islepost.example/a/b">` + og(want+" - islepost.example"), ""},
		"title alone":                     {house + "<title>" + want + " – The Isle Post</title>", ""},
		"kicker in the heading":           {og(want), `<h1><span class="k">Transport</span> <span>` + want + `</span></h1>`},
		"kicker before the heading":       {og(want), `<p class="kicker">Transport</p><h1>` + want + `</h1>`},
		"logo as a heading":               {house + og(want), `<h1 class="logo">The Isle Post</h1><h2>` + want + `</h2>`},
		"printed against the search's":    {og(search) + "<title>" + search + "</title>" + ld(want), `<h1>` + want + `</h1>`},
		"printed and told in one tag":     {og(search) + `<meta name="twitter:title" content="` + want + `">` + ld(want), `<h1>` + want + `</h1>`},
		"told against the searchers'":     {og(want) + "<title>" + search + "</title>" + ld(search), `<h1>` + search + `</h1>`},
		"told without a kicker":           {og(want) + ld("Transport: "+want), `<h1 class="breadcrumb">Transport: ` + want + `</h1>`},
		"told and cut at a mark":          {`<meta property="og:title" content="Ferry "returns" to the islands"><title>Ferry "returns" to the islands</title>` + ld(want), ""},
		"breadcrumb's heading":            {og(want), `<nav><ol class="breadcrumb"><li><h1>Ferry</h1></li></ol></nav><h2>` + want + `</h2>`},
		"two headings, the first is ours": {"", `<h1>` + want + `</h1><p>By Ann Lee</p>`},
	} {
		a, err := ReadPage("p.html", []byte("<html><head>"+c.head+"</head><body><article>"+c.top+text+"</article></body></html>"), "", Hint{})
		if err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		if a.Headline != want {
			t.Errorf("%s: headline %q, want %q", name, a.Headline, want)
		}
	}
	// What only looks like an outlet's name stays.
	for _, keep := range []string{"Ferry: a history", "Ferry-goers complain", "Post office closes: islanders object", "Storm | The long night of the ferry and of all who were on her"} {
		a, err := ReadPage("p.html", []byte("<html><head>"+house+og(keep)+"</head><body><article>"+text+"</article></body></html>"), "", Hint{})
		if err != nil || a.Headline != keep {
			t.Errorf("headline %q (%v), want %q", a.Headline, err, keep)
		}
	}
}

// What the page prints as its headline is no text, whichever wording is chosen.
func TestReadPagePrintedHeadlineIsNoText(t *testing.T) {
	const head = `<meta property="og:title" content="Ferry returns to the outer islands">`
	a, err := ReadPage("p.html", []byte("<html><head>"+head+"</head><body><article><h1>The night ferry to all of the outer islands is back at last.</h1>"+ferryText+"</article></body></html>"), "", Hint{})
	if err != nil || a.Headline != "Ferry returns to the outer islands" || strings.Contains(a.Body, "at last") {
		t.Errorf("headline %q, body %q, %v", a.Headline, a.Body, err)
	}
}
