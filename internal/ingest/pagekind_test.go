package ingest

import (
	"errors"
	"strings"
	"testing"

	"backfile/internal/news"
)

const ferryText = `<p>The night ferry to the outer islands will sail again from Monday, the harbour company said, after the engine that failed in March was repaired.</p>
	<p>It will leave at ten in the evening and arrive at six, with cabins for eighty people and room for thirty cars, as it did before the accident.</p>`

func TestReadPageKinds(t *testing.T) {
	ld := func(s string) string { return `<script type="application/ld+json">` + s + `</script>` }
	for name, c := range map[string]struct {
		head, body, url string
		want            news.ArticleKind
	}{
		"report":                   {ld(`{"@type":"NewsArticle","headline":"Ferry returns"}`), ferryText, "", ""},
		"live by type":             {ld(`{"@type":["NewsArticle","LiveBlogPosting"],"headline":"Ferry returns"}`), ferryText, "", news.Live},
		"live with updates":        {ld(`{"@type":"NewsArticle","headline":"Ferry returns"}`) + ld(`{"@type":"LiveBlogPosting","liveBlogUpdate":[{"@type":"BlogPosting","headline":"It sails"}]}`), ferryText, "", news.Live},
		"live by address":          {"", ferryText, "https://islepost.example/news/live/ferry-returns", news.Live},
		"live by address's end":    {"", ferryText, "https://islepost.example/news/ferry-returns-live-updates", news.Live},
		"alive is not live":        {"", ferryText, "https://islepost.example/news/crew-found-alive", ""},
		"opinion by type":          {ld(`{"@type":"OpinionNewsArticle","headline":"Ferry returns"}`), ferryText, "", news.Opinion},
		"opinion by section":       {`<meta property="article:section" content="Opinion">`, ferryText, "", news.Opinion},
		"opinion, second section":  {ld(`{"@type":"NewsArticle","headline":"Ferry returns","articleSection":["News","Comment is free"]}`), ferryText, "", news.Opinion},
		"opinion by address":       {"", ferryText, "https://islepost.example/opinion/ferry-returns", news.Opinion},
		"opinion in German":        {"", ferryText, "https://islepost.example/meinung/faehre", news.Opinion},
		"opinion by headline":      {`<meta property="og:title" content="Kommentar: Die Fähre kommt zurück">`, `<h2>Kommentar: Die Fähre kommt zurück</h2>` + ferryText, "", news.Opinion},
		"opinion by a line":        {"", `<p>Ein Kommentar von Ann Lee</p>` + ferryText, "", news.Opinion},
		"gallery by type":          {ld(`{"@type":"ImageGallery","headline":"Ferry returns"}`), ferryText, "", news.Gallery},
		"gallery by og:type":       {`<meta property="og:type" content="gallery">`, ferryText, "", news.Gallery},
		"gallery by address":       {"", ferryText, "https://islepost.example/gallery/ferry-returns", news.Gallery},
		"gallery in pictures":      {"", ferryText, "https://islepost.example/in-pictures/ferry-returns", news.Gallery},
		"stub":                     {ld(`{"@type":"NewsArticle","headline":"Ferry returns","isAccessibleForFree":false}`), ferryText, "", news.Stub},
		"stub by its part":         {ld(`{"@type":"NewsArticle","headline":"Ferry returns","hasPart":{"@type":"WebPageElement","isAccessibleForFree":"False","cssSelector":".pay"}}`), ferryText, "", news.Stub},
		"stub by tier":             {`<meta property="article:content_tier" content="locked">`, ferryText, "", news.Stub},
		"subscribers' whole text":  {ld(`{"@type":"NewsArticle","headline":"Ferry returns","isAccessibleForFree":false}`), ferryText + longText, "", ""},
		"free although it says so": {ld(`{"@type":"NewsArticle","headline":"Ferry returns","isAccessibleForFree":true}`), ferryText, "", ""},
		"metered is not closed":    {`<meta property="article:content_tier" content="free">`, ferryText, "", ""},
	} {
		h1 := "<h1>Ferry returns</h1>"
		if strings.Contains(c.body, "<h2>") {
			h1 = ""
		}
		page := "<html><head>" + c.head + "</head><body><article>" + h1 + c.body + "</article></body></html>"
		a, err := ReadPage("p.html", []byte(page), "", Hint{URL: c.url})
		if err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		if a.ArticleKind != c.want {
			t.Errorf("%s: kind %q, want %q", name, a.ArticleKind, c.want)
		}
	}
}

const longText = `<p>The company had promised in spring that the ship would be back within weeks, but the makers of the engine no longer had the part that broke, and it had
	to be cast anew in a foundry on the mainland, which took until the end of the summer and cost more than the company earns with the ferry in a year.</p>
	<p>Islanders had to take the small boat in the meantime, which does not sail when the waves are higher than two metres, so that the post came late on
	thirty days and the shop in the northern village ran out of bread, flour and milk more than once, as its owner told the council in an angry letter.</p>
	<p>The council has asked the ministry to pay for a second ship, which the ministry says it will consider when the accounts of the year are closed.</p>`

func TestReadPageRefusalReasons(t *testing.T) {
	teaser := func(n string) string {
		return `<article class="teaser"><h3><a href="/news/` + n + `">Council raises the ferry fares again, number ` + n + `</a></h3><p>The fares go up in ` + n + ` weeks, and nobody on the islands is pleased with it at all.</p></article>`
	}
	var teasers strings.Builder
	for _, n := range []string{"two", "three", "four", "five", "six", "seven", "eight", "nine"} {
		teasers.WriteString(teaser(n))
	}
	hits := `<ol>` + strings.Repeat(`<li><a href="/n/1">The ferry that never came back to the islands, and who paid for it</a> 3 May 2024</li>`, 12) + `</ol>`
	for name, c := range map[string]struct{ head, body, url, want string }{
		"front page":           {`<meta property="og:type" content="website">`, teasers.String(), "https://islepost.example/", "front page"},
		"front page, named":    {``, teasers.String(), "https://islepost.example/index.html", "front page"},
		"tag page":             {`<meta property="og:type" content="website">`, `<h1>Ferries</h1>` + teasers.String(), "https://islepost.example/tag/ferries", "list of articles"},
		"section page":         {`<script type="application/ld+json">{"@type":"CollectionPage","name":"Transport"}</script>`, `<h1>Transport</h1>` + teasers.String(), "https://islepost.example/transport", "list of articles"},
		"author's page":        {`<script type="application/ld+json">{"@type":"ProfilePage","name":"Ann Lee"}</script>`, `<h1>Ann Lee</h1>` + teasers.String(), "https://islepost.example/author/ann-lee", "list of articles"},
		"search page":          {``, `<h1>Results for ferry</h1>` + hits, "https://islepost.example/search?q=ferry", "search"},
		"search page by query": {``, `<h1>Results for ferry</h1>` + teasers.String(), "https://islepost.example/?s=ferry", "search"},
		"error page":           {`<title>Page not found | Isle Post</title>`, `<h1>Page not found</h1><p>The page that you asked for is not here. It may have moved, or it never was. Try the search, or go to our front page and begin again.</p>`, "", "error page"},
		"error, sorry":         {`<title>Isle Post</title>`, `<h1>Sorry, this page isn't available</h1><p>The page that you asked for is not here. It may have moved, or it never was. Try the search, or go to our front page and begin again from there.</p>`, "", "error page"},
		"robot check":          {`<title>Just a moment...</title>`, `<p>Checking that you are a person and no machine. This takes a few seconds only, and then you are sent on to the page that you asked for.</p>`, "", "error page"},
		"nothing":              {``, `<div id="app"></div>`, "", "no article text"},
	} {
		page := "<html><head>" + c.head + "</head><body><main>" + c.body + "</main></body></html>"
		_, err := ReadPage("p.html", []byte(page), "", Hint{URL: c.url})
		var r *news.Refusal
		if !errors.As(err, &r) {
			t.Errorf("%s: error %v, want a refusal", name, err)
			continue
		}
		if !strings.Contains(r.Reason, c.want) {
			t.Errorf("%s: reason %q, want it to say %q", name, r.Reason, c.want)
		}
	}
}

// Articles at such addresses, and about such things, are articles.
func TestReadPageTakesArticlesLikeLists(t *testing.T) {
	article := `<script type="application/ld+json">{"@type":"NewsArticle","headline":"Ferry returns","datePublished":"2024-05-03T10:00:00Z"}</script>`
	for name, c := range map[string]struct{ head, body, url string }{
		"search in the address":    {article, `<h1>Search for the ferry goes on</h1>` + ferryText, "https://islepost.example/search-for-ferry"},
		"a tag's directory":        {article, `<h1>Ferry returns</h1>` + ferryText, "https://islepost.example/tag/ferry-returns"},
		"headline of an error":     {article, `<h1>404 people moved by the ferry</h1>` + ferryText, "https://islepost.example/404-people"},
		"no metadata, prose alone": {``, `<h1>Ferry returns</h1>` + ferryText, "https://islepost.example/topics/ferry-returns"},
	} {
		page := "<html><head>" + c.head + "</head><body><main>" + c.body + "</main></body></html>"
		if _, err := ReadPage("p.html", []byte(page), "", Hint{URL: c.url}); err != nil {
			t.Errorf("%s: %v", name, err)
		}
	}
}
