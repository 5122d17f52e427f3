package ingest

import (
	"encoding/json"
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"
	"unicode"

	"backfile/internal/news"

	"github.com/google/go-cmp/cmp"
	"golang.org/x/text/unicode/norm"
)

const wallPage = `<!doctype html><html lang="en-GB"><head><meta charset="utf-8">
<title>Harbour wall to be raised by a metre - The Tarn Echo</title>
<link rel="canonical" href="https://www.tarnecho.example/news/harbour-wall?utm_source=x">
<meta property="og:site_name" content="The Tarn Echo"><meta property="og:type" content="article">
<meta property="og:title" content="Harbour wall to be raised by a metre | The Tarn Echo">
<meta name="description" content="Engineers say the old stones will stay, and that the work will take two winters.">
<script type="application/ld+json">{"@context":"https://schema.org","@graph":[{"@type":"NewsArticle","headline":"Harbour wall to be raised by a metre",
"datePublished":"2024-05-03T15:47:42+01:00","dateModified":"2024-05-03T18:02:00+01:00","author":[{"@type":"Person","name":"Mara Quist","jobTitle":"Harbour correspondent"},{"@type":"Organization","name":"Reuters"}],
"articleSection":"Local","keywords":["harbour","floods"],"inLanguage":"en-GB"}]}</script></head>
<body><nav><ul><li><a href="/">Home</a></li><li><a href="/sport">Sport</a></li></ul></nav>
<main><article><p class="kicker">Coast</p><h1>Harbour wall to be raised by a metre</h1>
<p class="standfirst">Engineers say the old stones will stay, and that the work will take two winters.</p>
<div class="byline">By <a rel="author" href="/by/mara-quist">Mara Quist</a></div><time datetime="2024-05-03T15:47:42+01:00">3 May 2024</time>
<ul class="share-tools"><li><a href="#">Share on Facebook</a></li><li><a href="#">Copy link</a></li></ul>
<figure><img src="/img/wall.jpg"><figcaption>The wall at low tide <span class="credit">Photo: Olin Vester/PA</span></figcaption></figure>
<div class="article-body">
<p>TARNHAVEN, May 3 (Reuters) - The harbour wall of Tarnhaven is to be raised by one metre, the council decided on Friday after a debate that ran for six hours.</p>
<p>The work will begin in October, <a href="/plans">according to the plans</a>, and the old stones will be put back on top of the new concrete, the engineer told the meeting.</p>
<h2>What it will cost</h2>
<p>The council puts the price at four million pounds, of which the government has promised to pay a little more than half, if the work is finished in time.</p>
<ul><li>The north mole will be raised first, in the winter of 2024.</li><li>The south mole follows one year later, in the winter of 2025.</li></ul>
<blockquote><p>“We have waited for this since the flood of 1953,” said the harbour master, who has measured the tides here for thirty years.</p></blockquote>
<div class="related-links"><h3>Read more</h3><ul><li><a href="/a">Boats lost in the storm</a></li><li><a href="/b">The price of sand</a></li></ul></div>
<p>Fishermen fear that the new wall will hide the sea from their windows, but most of them said on Friday that they would rather be dry than have a view of the waves.</p>
<p>The council will meet again in June to choose the builder.</p>
</div>
<aside class="newsletter-signup"><p>Sign up for our newsletter and never miss a story from the coast again, it is free.</p></aside>
</article></main><footer><p>© 2024 Tarn Echo Media. All rights reserved.</p></footer></body></html>`

func TestReadPage(t *testing.T) {
	a, err := ReadPage("wall.html", []byte(wallPage), "text/html; charset=utf-8", Hint{URL: "https://www.tarnecho.example/news/harbour-wall"})
	if err != nil {
		t.Fatal(err)
	}
	body := a.Body
	a.Body = ""
	var spans []string
	for _, s := range a.Spans {
		spans = append(spans, fmt.Sprintf("%s %q %s", s.Kind, body[s.Start:s.End], s.Href))
	}
	a.Spans = nil
	want := news.Article{
		Source: "wall.html", URL: "https://www.tarnecho.example/news/harbour-wall", Outlet: &news.Outlet{Name: "The Tarn Echo", Slug: "the-tarn-echo"},
		Headline:   "Harbour wall to be raised by a metre",
		Standfirst: "Engineers say the old stones will stay, and that the work will take two winters.",
		Byline:     "By Mara Quist", Authors: []news.Author{{Name: "Mara Quist", Role: "Harbour correspondent"}}, Agency: "Reuters",
		Published: news.Date{Text: "2024-05-03T15:47:42+01:00", Precision: news.Second, From: news.FromMetadata},
		Updated:   news.Date{Text: "2024-05-03T18:02:00+01:00", Precision: news.Second, From: news.FromMetadata},
		Dateline:  "TARNHAVEN, May 3", Section: "Local", Language: "en-GB", Tags: []string{"harbour", "floods"},
		Images: []news.Image{{URL: "https://www.tarnecho.example/img/wall.jpg", Caption: "The wall at low tide", Credit: "Olin Vester/PA"}},
	}
	if d := cmp.Diff(want, a); d != "" {
		t.Errorf("ReadPage (-want +got):\n%s", d)
	}
	if n := len(strings.Split(body, "\n\n")); n != 9 || !strings.HasPrefix(body, "TARNHAVEN, May 3 (Reuters) - The harbour") || !strings.HasSuffix(body, "choose the builder.") {
		t.Errorf("body has %d paragraphs, want 9:\n%s", n, body)
	}
	wantSpans := []string{
		`link "according to the plans" https://www.tarnecho.example/plans`,
		`heading "What it will cost" `,
		`item "The north mole will be raised first, in the winter of 2024." `,
		`item "The south mole follows one year later, in the winter of 2025." `,
		`quote "“We have waited for this since the flood of 1953,” said the harbour master, who has measured the tides here for thirty years." `,
	}
	if d := cmp.Diff(wantSpans, spans); d != "" {
		t.Errorf("spans (-want +got):\n%s", d)
	}
}

// storyPage is a page with a text long enough to be an article.
func storyPage(head, top string) string {
	return "<html><head>" + head + "</head><body>" + top + `<article><h1>Night ferry returns to the islands</h1>
	<p>The night ferry to the outer islands will sail again from Monday, the harbour company said, after the engine that failed in March was repaired.</p>
	<p>It will leave at ten in the evening and arrive at six, with cabins for eighty people and room for thirty cars, as it did before the accident.</p>
	<p>Tickets go on sale tomorrow at the quay and cost as much as they did last year, a spokeswoman for the company told reporters at the pier.</p></article></body></html>`
}

func TestReadPageSources(t *testing.T) {
	for _, tc := range []struct {
		name, page string
		hint       Hint
		got        func(news.Article) string
		want       string
	}{
		{"outlet from the caller", storyPage("", ""), Hint{Outlet: "Isle Post"}, outletName1, "Isle Post"},
		{"outlet of the page before the caller's", storyPage(`<meta property="og:site_name" content="Ferry News">`, ""), Hint{Outlet: "Isle Post"}, outletName1, "Ferry News"},
		{"outlet overridden", storyPage(`<meta property="og:site_name" content="Ferry News">`, ""), Hint{OutletOverride: "Isle Post"}, outletName1, "Isle Post"},
		{"outlet from the host", storyPage("", ""), Hint{URL: "https://www.islepost.example/a/b"}, outletName1, "islepost.example"},
		{"no outlet", storyPage("", ""), Hint{}, outletName1, ""},
		{"canonical of another site", storyPage(`<link rel=canonical href="https://other.example/x">`, ""), Hint{URL: "https://islepost.example/a"}, articleURL, "https://islepost.example/a"},
		{"canonical of the same site", storyPage(`<link rel=canonical href="https://islepost.example/x">`, ""), Hint{URL: "https://m.islepost.example/a"}, articleURL, "https://islepost.example/x"},
		{"relative canonical", storyPage(`<link rel=canonical href="/x">`, ""), Hint{URL: "https://islepost.example/a?b=1"}, articleURL, "https://islepost.example/x"},
		{"date of a meta tag", storyPage(`<meta property="article:published_time" content="2023-11-05T08:00+00:00">`, ""), Hint{}, published, "2023-11-05T08:00:00Z minute metadata"},
		{"date of Dublin Core", storyPage(`<meta name="DC.date.issued" content="2023-11-05">`, ""), Hint{}, published, "2023-11-05 day metadata"},
		{"date of a citation", storyPage(`<meta name="citation_publication_date" content="2023/11/05">`, ""), Hint{}, published, "2023-11-05 day metadata"},
		{"date of a time element", storyPage("", `<time datetime="2023-11-05T08:00:00">yesterday</time>`), Hint{}, published, "2023-11-05T08:00:00 second metadata"},
		{"date of the address", storyPage("", ""), Hint{URL: "https://islepost.example/2023/11/05/ferry"}, published, "2023-11-05 day url"},
		{"no date", storyPage("", ""), Hint{}, published, "  "},
		{"JSON-LD before meta tags", storyPage(`<meta property="article:published_time" content="2020-01-01"><script type="application/ld+json">{"@type":"NewsArticle","headline":"Night ferry returns to the islands","datePublished":"2023-11-05"}</script>`, ""), Hint{}, published, "2023-11-05 day metadata"},
		{"live", storyPage(`<script type="application/ld+json">{"@type":"LiveBlogPosting","headline":"Night ferry returns to the islands"}</script>`, ""), Hint{}, kind, "live"},
		{"opinion", storyPage(`<meta property="article:section" content="Opinion">`, ""), Hint{}, kind, "opinion"},
		{"stub", storyPage(`<script type="application/ld+json">{"@type":"NewsArticle","isAccessibleForFree":"False","headline":"Night ferry returns to the islands"}</script>`, ""), Hint{}, kind, "stub"},
		{"language detected", strings.ReplaceAll(storyPage("", ""), "<html>", `<html>`), Hint{}, func(a news.Article) string { return a.Language }, "en"},
		{"author of a meta tag", storyPage(`<meta name="author" content="By Mara Quist and Olin Vester">`, ""), Hint{}, authorList, "Mara Quist, Olin Vester"},
		{"outlet is no author", storyPage(`<meta property="og:site_name" content="Ferry News"><meta name="author" content="Ferry News">`, ""), Hint{}, authorList, ""},
	} {
		t.Run(tc.name, func(t *testing.T) {
			a, err := ReadPage("p.html", []byte(tc.page), "", tc.hint)
			if err != nil {
				t.Fatal(err)
			}
			if got := tc.got(a); got != tc.want {
				t.Errorf("got %q, want %q", got, tc.want)
			}
			if a.Headline != "Night ferry returns to the islands" || strings.Count(a.Body, "\n\n") != 2 {
				t.Errorf("headline %q, body %q", a.Headline, a.Body)
			}
		})
	}
}

func outletName1(a news.Article) string {
	if a.Outlet == nil {
		return ""
	}
	return a.Outlet.Name
}
func articleURL(a news.Article) string { return a.URL }
func published(a news.Article) string {
	return a.Published.Text + " " + string(a.Published.Precision) + " " + a.Published.From
}
func kind(a news.Article) string       { return string(a.ArticleKind) }
func authorList(a news.Article) string { return joinNames(a.Authors) }

func TestReadPageEncodings(t *testing.T) {
	page := strings.Replace(storyPage("", ""), "night ferry to the outer islands", "Nachtfähre für Übersee", 1)
	latin := func(label string) []byte {
		var b []byte
		for _, r := range strings.Replace(page, "<head>", "<head>"+label, 1) {
			b = append(b, byte(r))
		}
		return b
	}
	for _, tc := range []struct {
		name, contentType string
		page              []byte
	}{
		{"utf-8", "", []byte(page)}, {"utf-8 with a mark", "text/html; charset=iso-8859-1", append([]byte("\xef\xbb\xbf"), page...)},
		{"content type", "text/html; charset=iso-8859-1", latin("")}, {"meta", "", latin(`<meta charset="iso-8859-1">`)}, {"none", "", latin("")},
	} {
		a, err := ReadPage("p", tc.page, tc.contentType, Hint{})
		if err != nil || !strings.Contains(a.Body, "Nachtfähre für Übersee") {
			t.Errorf("%s: %v, body %.60q", tc.name, err, a.Body)
		}
	}
}

func TestReadPageRefuses(t *testing.T) {
	teasers := strings.Repeat(`<article><h2><a href="/x">Ten ways to mend a net, and one to lose it for good</a></h2><p><a href="/x">The old fishermen of the coast know all of them, and they tell.</a></p></article>`, 12)
	for name, page := range map[string]string{
		"empty":      "",
		"blank":      " \n\t ",
		"no text":    "<html><body><div></div></body></html>",
		"binary":     strings.Repeat("\x00\x01\x02<p>", 400),
		"error page": `<html><head><title>404 Not Found</title></head><body><h1>Page not found</h1><p>The page that you asked for is not here. It may have moved, or the address may have a mistake in it.</p></body></html>`,
		"list":       `<html><head><meta property="og:type" content="website"><script type="application/ld+json">{"@type":"CollectionPage"}</script></head><body>` + teasers + `</body></html>`,
		"teasers":    `<html><head><meta property="og:type" content="website"></head><body>` + teasers + `</body></html>`,
		"login":      `<html><body><form><label>Name</label><input><button>Log in</button></form></body></html>`,
		"too large":  strings.Repeat("x", maxPage+1),
	} {
		t.Run(name, func(t *testing.T) {
			a, err := ReadPage("p.html", []byte(page), "", Hint{})
			var r *news.Refusal
			if !errors.As(err, &r) || r.Reason == "" || strings.HasSuffix(r.Reason, ".") || r.Source != "p.html" {
				t.Errorf("ReadPage = %q, %v, want a refusal with its reason", a.Body, err)
			}
		})
	}
}

func TestReadPageTakesShortArticles(t *testing.T) {
	page := `<html><head><meta property="og:type" content="article"><meta property="article:published_time" content="2024-05-03T10:00:00Z"></head>
	<body><article><h1>Ferry late</h1><p>The night ferry was two hours late on Friday because of fog, the company said.</p></article></body></html>`
	a, err := ReadPage("p", []byte(page), "", Hint{})
	if err != nil || a.Body != "The night ferry was two hours late on Friday because of fog, the company said." {
		t.Errorf("ReadPage = %q, %v", a.Body, err)
	}
}

func TestReadPageHostile(t *testing.T) {
	for name, page := range map[string]string{
		"a million tags":      strings.Repeat("<p>", 1_000_000),
		"deep nesting":        strings.Repeat("<div>", 100_000) + "x",
		"formatting elements": strings.Repeat("<b><i><a href=x>", 20_000) + strings.Repeat("text ", 1000),
		"open tables":         strings.Repeat("<table><tr><td>a", 30_000),
		"long attribute":      "<p class='" + strings.Repeat("a-", 4_000_000) + "'>x</p>",
		"many attributes":     "<p " + strings.Repeat("a1='' ", 1_000_000) + ">x</p>",
		"one long line":       "<p>" + strings.Repeat("word ", 2_000_000) + "</p>",
		"angle brackets":      strings.Repeat("<", 4_000_000),
		"deep JSON":           `<script type="application/ld+json">` + strings.Repeat(`[`, 500_000) + `</script><p>x</p>`,
		"many links":          strings.Repeat("<a href=/x>link text here</a> ", 60_000),
		"many headings":       "<article>" + strings.Repeat("<h1>title of it</h1>", 30_000) + "</article>",
		"many times":          strings.Repeat("<time>1 May 2024</time><p>This is a sentence of the text that goes on for some time.</p>", 15_000),
	} {
		t.Run(name, func(t *testing.T) {
			start := time.Now()
			_, err := ReadPage("p", []byte(page), "", Hint{})
			if took := time.Since(start); took > 15*time.Second { // a second or two, on a machine with other work
				t.Errorf("took %v (%v), want at most 15 s", took, err)
			}
		})
	}
}

func FuzzReadPage(f *testing.F) {
	f.Add([]byte(wallPage))
	f.Add([]byte(storyPage(`<meta property="og:title" content="x | y">`, "<figure><img src=//a><figcaption>(c) PA</figcaption></figure>")))
	f.Add([]byte("<table><tr><td>a<td>b</table><ul><li><a href='javascript:1'>x</a>\x00\xad"))
	f.Fuzz(func(t *testing.T, b []byte) {
		a, err := ReadPage("p", b, "", Hint{URL: "https://echo.example/a"})
		if err != nil {
			return
		}
		checkArticle(t, a)
	})
}

// checkArticle fails where an article breaks what every article promises.
func checkArticle(t *testing.T, a news.Article) {
	t.Helper()
	if strings.TrimSpace(a.Body) == "" {
		t.Error("an article without a body")
	}
	for _, s := range []string{a.Headline, a.Standfirst, a.Byline, a.Body} {
		if !norm.NFC.IsNormalString(s) {
			t.Errorf("not in NFC: %.80q", s)
		}
		if i := strings.IndexFunc(s, func(r rune) bool { return unicode.IsControl(r) && r != '\n' }); i >= 0 {
			t.Errorf("control character in %.80q", s[i:])
		}
	}
	for _, s := range a.Spans {
		if s.Start < 0 || s.End > len(a.Body) || s.Start >= s.End {
			t.Fatalf("span %+v is outside the body of %d bytes", s, len(a.Body))
		}
		if s.Kind == news.SpanLink && !strings.HasPrefix(s.Href, "http") {
			t.Errorf("link to %q", s.Href)
		}
	}
	j, err := json.Marshal(a)
	if err != nil {
		t.Fatal(err)
	}
	var back news.Article
	if err := json.Unmarshal(j, &back); err != nil {
		t.Fatalf("what was read does not come back: %v", err)
	}
}
