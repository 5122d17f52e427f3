package web

import (
	"context"
	"encoding/json"
	"encoding/xml"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"strings"
	"testing"

	"github.com/PuerkitoBio/goquery"

	"backfile/internal/news"
	"backfile/internal/search"
	"backfile/static"
	"backfile/templates"
)

// person and place are entities as a recogniser gives them.
func person(name string, n int) news.Entity {
	return news.Entity{ID: news.NewEntityID(news.Person, strings.ToLower(name)), Name: name, Count: n}
}

func place(name string, lat, lon float64) news.Entity {
	return news.Entity{ID: news.NewEntityID(news.Place, strings.ToLower(name)), Name: name, Count: 1, Lat: &lat, Lon: &lon, Country: "GB"}
}

func date(t *testing.T, s string) news.Date {
	t.Helper()
	d, err := news.ParseDate(s, news.FromMetadata)
	if err != nil {
		t.Fatal(err)
	}
	return d
}

// harbour is a small archive with one of everything.
func harbour(t *testing.T) (m *memory, council news.ArticleID) {
	t.Helper()
	m = newMemory()
	lorimer, keir := person("Agnes Lorimer", 2), person("Thomas Keir", 1)
	aberdeen := place("Aberdeen", 57.15, -2.1)
	body := "The harbour council voted to rebuild the pier.\n\nIt heard\n\nMrs Agnes Lorimer said that “it must be found”.\n\nFirst | Second\n\nThomas Keir agreed; see the report."
	at := func(s string) int { return strings.Index(body, s) }
	a := news.Article{
		URL: "https://post.example/1953/pier", Outlet: news.NewOutlet("Harbour Post"), Headline: "Council votes to rebuild the pier",
		Standfirst: "Lorimer warns of a second winter", Byline: "By Margaret Innes and Coast Press", Agency: "Coast Press",
		Authors: []news.Author{{Name: "Margaret Innes"}}, Published: date(t, "1953-03-14"), Updated: date(t, "1953-03-15T09:00"),
		Captured: date(t, "2024-05-02T10:12:00Z"), Dateline: "ABERDEEN, Friday —", Section: "Town", Language: "en-GB", Tags: []string{"pier"},
		Images: []news.Image{{Caption: "The broken end of the pier", Credit: "J. Webster"}}, Body: body,
		Spans: []news.Span{{Start: at("It heard"), End: at("It heard") + 8, Kind: news.SpanHeading}, {Start: at("First"), End: at("First") + 14, Kind: news.SpanRow},
			{Start: at("report"), End: at("report") + 6, Kind: news.SpanLink, Href: "https://council.example/report"}},
		Mentions: []news.Mention{
			{Kind: news.Person, Text: "Lorimer", Start: 0, End: 7, Entity: lorimer.ID, Field: news.FieldStandfirst},
			{Kind: news.Person, Text: "Agnes Lorimer", Start: at("Agnes"), End: at("Agnes") + 13, Entity: lorimer.ID},
			{Kind: news.Person, Text: "Thomas Keir", Start: at("Thomas"), End: at("Thomas") + 11, Entity: keir.ID},
		},
		Persons: []news.Entity{lorimer, keir}, Places: []news.Entity{aberdeen},
		Quotes: []news.Quote{{Text: "it must be found", Start: at("it must"), End: at("it must") + 16, Speaker: &news.Speaker{ID: lorimer.ID, Name: lorimer.Name}}},
	}
	older := a
	older.Body, older.Spans, older.Mentions, older.Quotes = "The harbour council met.", nil, nil, nil
	m.add(older)
	council = m.add(a)
	for i, y := range []int{1954, 1954, 1961, 2026} {
		m.add(news.Article{URL: fmt.Sprintf("https://courier.example/%d", i), Outlet: news.NewOutlet("Northern Courier"), Headline: fmt.Sprintf("Storm number %d", i),
			Body: "A storm at sea, and the harbour shut.", Published: date(t, fmt.Sprintf("%d-11-22", y)), Persons: []news.Entity{keir}, Language: "en"})
	}
	m.add(news.Article{Headline: "عاصفة في الميناء", Body: "نص المقال هنا", Language: "ar", Published: date(t, "1999-05")})
	m.add(news.Article{Headline: strings.Repeat("Long headline ", 21), Body: "Undated words."})
	return m, council
}

func fetch(t *testing.T, c *http.Client, at string) (*http.Response, *goquery.Document) {
	t.Helper()
	res, err := c.Get(at)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = res.Body.Close() }()
	doc, err := goquery.NewDocumentFromReader(res.Body)
	if err != nil {
		t.Fatal(err)
	}
	return res, doc
}

// words are an element's own words; blocks follow each other without a space.
func words(s *goquery.Selection) string { return strings.Join(strings.Fields(s.Text()), " ") }

// TestEveryPage opens every page there is and follows every link on it, but
// those of searches, to the end: none may lead to nothing.
func TestEveryPage(t *testing.T) {
	m, _ := harbour(t)
	srv := serve(t, m)
	seen := map[string]bool{}
	todo := []string{"/", "/search?q=harbour", "/search?q=harbour&person=thomas-keir&outlet=northern-courier&year=1954", "/dates", "/undated", "/lists", "/help/search", "/lookup", "/organisations",
		"/search/overview?q=harbour", "/search/overview?q=harbour&with=storm&by=decade", "/search/people?q=harbour"}
	for len(todo) > 0 && len(seen) < 400 {
		at := todo[0]
		todo = todo[1:]
		if seen[at] {
			continue
		}
		seen[at] = true
		res, doc := fetch(t, srv.Client(), srv.URL+at)
		if res.StatusCode >= 300 && res.StatusCode < 400 {
			todo = append(todo, res.Header.Get("Location"))
			continue
		}
		if res.StatusCode != http.StatusOK {
			t.Errorf("GET %s = %d", at, res.StatusCode)
			continue
		}
		if n := doc.Find("h1").Length(); n != 1 && strings.HasPrefix(res.Header.Get("Content-Type"), "text/html") {
			t.Errorf("%s has %d h1", at, n)
		}
		doc.Find("a[href^='/'], link[href^='/'], script[src^='/']").Each(func(_ int, s *goquery.Selection) {
			to, _, _ := strings.Cut(s.AttrOr("href", s.AttrOr("src", "")), "#")
			if !strings.HasPrefix(to, "/search?") && !strings.HasPrefix(to, "/api/") && to != "" {
				todo = append(todo, to)
			}
		})
	}
	if len(seen) < 40 {
		t.Errorf("only %d pages were found", len(seen))
	}
}

func TestFront(t *testing.T) {
	m, _ := harbour(t)
	m.behind = 3
	srv := serve(t, m)
	_, doc := fetch(t, srv.Client(), srv.URL+"/")
	if got, want := words(doc.Find(".holds")), "7 articles · 1953 to today · 2 outlets"; got != want {
		t.Errorf("the archive holds %q, want %q", got, want)
	}
	if got := words(doc.Find(".days")); !strings.Contains(got, "1954") || !strings.Contains(got, "1961") || strings.Contains(got, "2026") {
		t.Errorf("on this day reads %q, want 1954 and 1961 and not this year", got)
	}
	if got := words(doc.Find(".notice")); !strings.Contains(got, "3 changes") {
		t.Errorf("the notice reads %q, want the changes not yet searchable", got)
	}
	m.rebuilds = true
	_, doc = fetch(t, srv.Client(), srv.URL+"/")
	if got := words(doc.Find(".notice")); !strings.Contains(got, "being rebuilt") {
		t.Errorf("the notice reads %q, want that the index is being rebuilt", got)
	}
	empty := serve(t, newMemory())
	_, doc = fetch(t, empty.Client(), empty.URL+"/")
	if got := words(doc.Find("main")); !strings.Contains(got, "backfile ingest") {
		t.Errorf("an empty archive says %q, want the command", got)
	}
	lost := newMemory() // an archive with articles whose index is being made anew
	lost.rebuilds = true
	again := serve(t, lost)
	_, doc = fetch(t, again.Client(), again.URL+"/")
	if got := words(doc.Find("main")); strings.Contains(got, "empty") || !strings.Contains(got, "being indexed") {
		t.Errorf("an archive without its index says %q, want that it is being indexed", got)
	}
}

func TestSearchPage(t *testing.T) {
	m, _ := harbour(t)
	srv := serve(t, m)
	for _, tc := range []struct{ at, sel, want string }{
		{"/search?q=harbour", ".asked", "Articles that mention harbour — 5"},
		{"/search", ".asked", "Articles — 7"},
		{"/search?person=thomas-keir&place=aberdeen", ".asked", "Articles about Thomas Keir×, in Aberdeen× — 1"},
		{"/search?person=-thomas-keir", ".asked", "Articles not about Thomas Keir× — 2"},
		{"/search?outlet=harbour-post&outlet=northern-courier", ".asked", "Articles from Harbour Post× or Northern Courier× — 5"},
		{"/search?from=1953&to=1954", ".asked", "Articles of 1953 to 1954× — 3"},
		{"/search?year=1961", ".asked", "Articles of 1961× — 1"},
		{"/search?q=council+storm", ".none", "No article mentions both.1 mentions “council” alone.4 mention “storm” alone.How to search"},
		{"/search?q=xyzzy", ".none", "No article was found.How to search"},
		{"/search?from=yesterday", ".problems", "“yesterday” is no date. Write 2021, 2021-12 or 2021-12-02.How to search"},
		{"/search?q=%22harbour", ".problems", "A quotation mark has no other half"},
		{"/search?q=harbour", ".also:contains(versions)", "2 versions"},
	} {
		_, doc := fetch(t, srv.Client(), srv.URL+tc.at)
		if got := words(doc.Find(tc.sel).First()); !strings.HasPrefix(got, tc.want) {
			t.Errorf("%s: %s reads %q, want %q", tc.at, tc.sel, got, tc.want)
		}
	}
	_, doc := fetch(t, srv.Client(), srv.URL+"/search?q=harbour")
	if got := doc.Find(".hit mark").Length(); got < 5 {
		t.Errorf("%d matches are marked, want one in each of 5 results", got)
	}
}

// TestFacetLinks checks that a click chooses, a second one drops, and that the
// other control shuts out.
func TestFacetLinks(t *testing.T) {
	m, _ := harbour(t)
	srv := serve(t, m)
	_, doc := fetch(t, srv.Client(), srv.URL+"/search?q=harbour")
	item := doc.Find("[data-facet=person] li").First()
	pick, drop := item.Find(".pick").AttrOr("href", ""), item.Find(".drop").AttrOr("href", "")
	if pick != "/search?person=thomas-keir&q=harbour" || drop != "/search?person=-thomas-keir&q=harbour" {
		t.Errorf("a person's links are %q and %q", pick, drop)
	}
	_, doc = fetch(t, srv.Client(), srv.URL+pick)
	if got := doc.Find("[data-facet=person] li.on .pick").AttrOr("href", ""); got != "/search?q=harbour" {
		t.Errorf("the chosen person's link is %q, want the search without it", got)
	}
	if got := doc.Find(".asked .off").AttrOr("href", ""); got != "/search?q=harbour" {
		t.Errorf("the sentence's × leads to %q", got)
	}
	// A second outlet can be chosen beside the first.
	_, doc = fetch(t, srv.Client(), srv.URL+"/search?outlet=harbour-post")
	if got := words(doc.Find("[data-facet=outlet]")); !strings.Contains(got, "Northern Courier") {
		t.Errorf("the outlets read %q, want the other one too", got)
	}
}

func TestArticlePage(t *testing.T) {
	m, id := harbour(t)
	srv := serve(t, m)
	path := "/articles/" + string(id) + "/council-votes-to-rebuild-the-pier"
	_, doc := fetch(t, srv.Client(), srv.URL+path)
	for sel, want := range map[string]string{
		"h1": "Council votes to rebuild the pier", ".stand": "Lorimer warns of a second winter", ".byline span:first-child": "By Margaret Innes and Coast Press",
		".byline .quiet": "ABERDEEN, Friday —", ".text h2": "It heard", ".text td": "First", "figcaption": "The broken end of the pier Photo: J. Webster",
		".left dl": "Published14 March 1953 from the page’s metadataUpdated15 March 1953, 09:00, no time zone given from the page’s metadata" +
			"Captured2 May 2024, 10:12 UTC from the page’s metadataVersion2 of 2 Changed once: see what changed",
		".cite": "Margaret Innes, “Council votes to rebuild the pier”, Harbour Post, 14 March 1953 (captured 2 May 2024). " + srv.URL + path,
	} {
		if got := words(doc.Find(sel).First()); got != want {
			t.Errorf("%s reads %q, want %q", sel, got, want)
		}
	}
	if got := words(doc.Find(".text .m1")); got != "Agnes Lorimer" {
		t.Errorf("the mentions of the first person read %q", got)
	}
	if got := doc.Find("a[href='#m1']").Length(); got != 1 || doc.Find("[id=m1]").Length() != 1 {
		t.Errorf("%d names lead to #m1, and %d mentions are it; want one each", got, doc.Find("[id=m1]").Length())
	}
	if got := doc.Find("a.out").AttrOr("rel", ""); got != "noopener noreferrer nofollow" {
		t.Errorf("the link out has rel %q", got)
	}
	var ld map[string]any
	if err := json.Unmarshal([]byte(doc.Find("script[type='application/ld+json']").Text()), &ld); err != nil {
		t.Fatal(err)
	}
	for k, want := range map[string]any{"@type": "NewsArticle", "headline": "Council votes to rebuild the pier", "datePublished": "1953-03-14", "url": srv.URL + path} {
		if ld[k] != want {
			t.Errorf("JSON-LD %s = %v, want %v", k, ld[k], want)
		}
	}
	if got := doc.Find("link[rel=canonical]").AttrOr("href", ""); got != srv.URL+path {
		t.Errorf("canonical = %q", got)
	}
	if got := doc.Find("meta[property='og:title']").AttrOr("content", ""); got != "Council votes to rebuild the pier" {
		t.Errorf("og:title = %q", got)
	}
}

func TestRedirectsAndErrors(t *testing.T) {
	m, id := harbour(t)
	gone := news.NewArticleID("url:gone")
	m.gone[gone] = &news.Gone{ID: gone, At: testNow, Reason: "a court’s order"}
	srv := serve(t, m)
	path := "/articles/" + string(id) + "/council-votes-to-rebuild-the-pier"
	for _, tc := range []struct {
		at     string
		status int
		to     string
	}{
		{"/articles/" + string(id), http.StatusFound, path},
		{"/articles/" + string(id) + "/wrong?x=1", http.StatusFound, path + "?x=1"},
		{"/lookup?url=" + url.QueryEscape("https://post.example/1953/pier"), http.StatusFound, "/articles/" + string(id)},
		{"/lookup?url=" + url.QueryEscape("https://nobody.example/"), http.StatusNotFound, ""},
		{"/people/" + string(person("Thomas Keir", 1).ID), http.StatusFound, "/people/thomas-keir"},
		{"/people/nobody", http.StatusNotFound, ""},
		{"/articles/" + string(gone), http.StatusGone, ""},
		{"/articles/0000000000000", http.StatusNotFound, ""},
		{"/articles/../../etc/passwd", http.StatusTemporaryRedirect, "/etc/passwd"},
		{"/dates/1953/13", http.StatusNotFound, ""},
		{"/dates/1953/02/30", http.StatusNotFound, ""},
		{"/dates/53", http.StatusNotFound, ""},
		{"/dates/1901/01/01", http.StatusOK, ""},
		{"/lists/0000000000000", http.StatusNotFound, ""},
		{"/theme?theme=dark&back=/people", http.StatusSeeOther, "/people"},
		{"/theme?theme=dark&back=//evil.example", http.StatusSeeOther, "/"},
		{"/theme?theme=dark&back=https://evil.example", http.StatusSeeOther, "/"},
		{"/theme?theme=dark&back=/%5Cevil.example", http.StatusSeeOther, "/"},
	} {
		res, doc := fetch(t, srv.Client(), srv.URL+tc.at)
		if res.StatusCode != tc.status || res.Header.Get("Location") != tc.to {
			t.Errorf("GET %s = %d to %q, want %d to %q", tc.at, res.StatusCode, res.Header.Get("Location"), tc.status, tc.to)
		}
		if tc.status == http.StatusGone {
			if got := words(doc.Find("main")); !strings.Contains(got, "22 November 2026") || !strings.Contains(got, "A court’s order.") {
				t.Errorf("a removed article says %q, want when and why", got)
			}
		}
	}
}

func TestTheme(t *testing.T) {
	m, _ := harbour(t)
	srv := serve(t, m)
	for _, tc := range []struct{ cookie, want string }{{"dark", "dark"}, {"light", "light"}, {"\"><script>", ""}, {"", ""}} {
		r, err := http.NewRequestWithContext(t.Context(), http.MethodGet, srv.URL+"/", nil)
		if err != nil {
			t.Fatal(err)
		}
		r.Header.Set("Cookie", "theme="+tc.cookie)
		res, err := srv.Client().Do(r)
		if err != nil {
			t.Fatal(err)
		}
		doc, err := goquery.NewDocumentFromReader(res.Body)
		_ = res.Body.Close()
		if err != nil {
			t.Fatal(err)
		}
		if got := doc.Find("html").AttrOr("data-theme", ""); got != tc.want {
			t.Errorf("with the cookie %q the page has data-theme %q, want %q", tc.cookie, got, tc.want)
		}
	}
}

func TestBookmarks(t *testing.T) {
	m, id := harbour(t)
	srv := serve(t, m)
	post := func(at string, form url.Values) *http.Response {
		t.Helper()
		res, err := srv.Client().PostForm(srv.URL+at, form)
		if err != nil {
			t.Fatal(err)
		}
		_ = res.Body.Close()
		return res
	}
	save := url.Values{"article": {string(id)}, "back": {"/search?q=harbour"}}
	if res := post("/bookmarks", save); res.StatusCode != http.StatusSeeOther || res.Header.Get("Location") != "/search?q=harbour" {
		t.Fatalf("saving = %d to %q, want 303 back to the search", res.StatusCode, res.Header.Get("Location"))
	}
	save.Set("name", "Pier file")
	post("/bookmarks", save)
	post("/bookmarks", save)
	if len(m.lists) != 2 || len(m.lists[1].Items) != 1 {
		t.Fatalf("lists = %+v, want two of one article each", m.lists)
	}
	_, doc := fetch(t, srv.Client(), srv.URL+m.lists[1].Path())
	if got := words(doc.Find(".hit h2")); got != "Council votes to rebuild the pier" {
		t.Errorf("the list shows %q", got)
	}
	_, doc = fetch(t, srv.Client(), srv.URL+"/search?q=council")
	if got := words(doc.Find(".hit .ents")); !strings.Contains(got, "in “Pier file”") {
		t.Errorf("a result says %q, want the list it is in", got)
	}
	if res := post("/lists/"+string(m.lists[1].ID)+"/rename", url.Values{"name": {"Breakwater file"}}); res.StatusCode != http.StatusSeeOther || m.lists[1].Name != "Breakwater file" {
		t.Errorf("renaming = %d, and the list is %q", res.StatusCode, m.lists[1].Name)
	}
	post("/bookmarks/remove", url.Values{"article": {string(id)}, "list": {string(m.lists[1].ID)}})
	if len(m.lists[1].Items) != 0 {
		t.Errorf("the article is still in the list")
	}
	post("/lists/"+string(m.lists[1].ID)+"/delete", nil)
	if len(m.lists) != 1 {
		t.Errorf("the list is still there")
	}
	for _, bad := range []url.Values{{}, {"article": {"nonsense"}}, {"article": {"0000000000000"}}, {"article": {string(id)}, "list": {"0000000000000"}}} {
		if res := post("/bookmarks", bad); res.StatusCode < 400 {
			t.Errorf("saving %v = %d, want an error", bad, res.StatusCode)
		}
	}
}

// TestPrivate checks that a visitor through a proxy sees no list and no form
// that writes.
func TestPrivate(t *testing.T) {
	m, id := harbour(t)
	if _, err := m.CreateList(context.Background(), news.LocalOwner, "Secret file"); err != nil {
		t.Fatal(err)
	}
	m.lists[0].Items = []news.Bookmark{{Article: id}}
	srv := serve(t, m)
	for at, want := range map[string]int{"/": 200, "/search?q=harbour": 200, "/articles/" + string(id) + "/council-votes-to-rebuild-the-pier": 200, "/lists": 403, m.lists[0].Path(): 403} {
		r, err := http.NewRequestWithContext(t.Context(), http.MethodGet, srv.URL+at, nil)
		if err != nil {
			t.Fatal(err)
		}
		r.Header.Set("X-Forwarded-For", "192.0.2.1")
		res, err := srv.Client().Do(r)
		if err != nil {
			t.Fatal(err)
		}
		b, err := io.ReadAll(res.Body)
		_ = res.Body.Close()
		if err != nil {
			t.Fatal(err)
		}
		if res.StatusCode != want || strings.Contains(string(b), "Secret file") || strings.Contains(string(b), `method="post"`) {
			t.Errorf("GET %s through a proxy = %d, or shows what is private", at, res.StatusCode)
		}
	}
}

// TestHostileArticle puts markup into every field of an article and looks at
// every page that shows it.
func TestHostileArticle(t *testing.T) {
	const x = `"><img src=x onerror=alert(1)><script>alert(1)</script>`
	m := newMemory()
	e := person("P"+x, 1)
	body := "Words " + x + " and a link"
	id := m.add(news.Article{
		URL: "javascript:alert(1)//" + x, Outlet: &news.Outlet{Name: "O" + x, Slug: "o"}, Headline: "H" + x, Standfirst: x, Byline: x, Agency: x, Authors: []news.Author{{Name: x}},
		Published: date(t, "2021-12-02"), Dateline: x, Section: x, Language: `en"><script>alert(1)</script>`, Tags: []string{x}, ArticleKind: news.ArticleKind(x),
		Images: []news.Image{{Caption: x, Credit: x, URL: "javascript:alert(1)"}}, Body: body,
		Spans:    []news.Span{{Start: len(body) - 4, End: len(body), Kind: news.SpanLink, Href: "javascript:alert(1)"}},
		Mentions: []news.Mention{{Kind: news.Person, Text: "Words", Start: 0, End: 5, Entity: e.ID}}, Persons: []news.Entity{e},
		Quotes: []news.Quote{{Text: x, Speaker: &news.Speaker{ID: e.ID, Name: x}}},
	})
	second := m.versions[id][0].Article
	second.Headline, second.Byline, second.Body = "A"+x, "B"+x, body+x
	m.add(second)
	copied := second
	copied.URL, copied.Outlet = "https://b.example/", &news.Outlet{Name: "Q" + x, Slug: "q"}
	other := m.add(copied)
	for _, of := range []news.ArticleID{id, other} {
		for i := range m.versions[of] {
			m.versions[of][i].Family = min(id, other)
		}
	}
	srv := serve(t, m)
	pages := []string{familyPath(min(id, other)), familyPath(min(id, other)) + "?a=" + url.QueryEscape(x) + "&page=" + url.QueryEscape(x), "/", "/search?q=" + url.QueryEscape("words "+x), "/search?section=" + url.QueryEscape(x), "/people", "/people/" + url.PathEscape(news.Slug(e.Name)), "/outlets", "/outlets/o", "/authors", authorPath(news.Slug(x)) + "?outlet=" + url.QueryEscape(x), "/dates/on/12-02", "/map?country=" + url.QueryEscape(x),
		"/dates/2021/12", "/dates/2021/12/02", "/articles/" + string(id), m.versions[id][0].Article.Path(), "/articles/" + string(id) + "/versions/1", "/articles/" + string(id) + "/versions/2", "/lookup?url=" + url.QueryEscape(x), "/nothing" + url.PathEscape(x)}
	for _, at := range pages {
		_, doc := fetch(t, srv.Client(), srv.URL+at)
		doc.Find("*").Each(func(_ int, s *goquery.Selection) {
			n := s.Nodes[0]
			if n.Data == "img" || n.Data == "script" && s.AttrOr("type", "") != "application/ld+json" && s.AttrOr("src", "") == "" {
				t.Errorf("%s lets in <%s>", at, n.Data)
			}
			for _, a := range n.Attr {
				if strings.HasPrefix(a.Key, "on") || strings.HasPrefix(strings.ToLower(a.Val), "javascript:") {
					t.Errorf("%s lets in <%s %s=%q>", at, n.Data, a.Key, a.Val)
				}
			}
		})
	}
}

func TestMachineFiles(t *testing.T) {
	m, _ := harbour(t)
	srv := serve(t, m)
	res, err := srv.Client().Get(srv.URL + "/opensearch.xml")
	if err != nil {
		t.Fatal(err)
	}
	var d struct {
		ShortName string
		URL       []struct {
			Template string `xml:"template,attr"`
		} `xml:"Url"`
	}
	err = xml.NewDecoder(res.Body).Decode(&d)
	_ = res.Body.Close()
	if err != nil || len(d.URL) == 0 || d.URL[0].Template != srv.URL+"/search?q={searchTerms}" || len(d.ShortName) > 16 {
		t.Errorf("opensearch.xml = %+v, %v", d, err)
	}
	for _, n := range static.Names() {
		if res, _ := fetch(t, srv.Client(), srv.URL+static.Path(n)); res.StatusCode != http.StatusOK {
			t.Errorf("GET %s = %d", static.Path(n), res.StatusCode)
		}
	}
}

// TestFieldsHaveWords keeps the page on the language whole when a field comes.
func TestFieldsHaveWords(t *testing.T) {
	for _, f := range search.Fields {
		if key := "field." + f.Name; templates.Say(t.Context(), key) == key {
			t.Errorf("the catalogue has no %q", key)
		}
	}
	for _, o := range search.Operators {
		if key := "operator." + o.Name; templates.Say(t.Context(), key) == key {
			t.Errorf("the catalogue has no %q", key)
		}
	}
	for _, k := range search.OperatorKinds() {
		if key := "help." + string(k); templates.Say(t.Context(), key) == key || templates.Say(t.Context(), key+".text") == key+".text" {
			t.Errorf("the catalogue has no %q", key)
		}
	}
	for _, k := range search.ProblemKinds() {
		if key := "query." + string(k); templates.Say(t.Context(), key, "x") == key {
			t.Errorf("the catalogue has no %q", key)
		}
	}
}
