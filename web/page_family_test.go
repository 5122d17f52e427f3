package web

import (
	"fmt"
	"net/http"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/PuerkitoBio/goquery"

	"backfile/internal/news"
	"backfile/internal/newsgen"
)

// printings is a report as four articles of three outlets print it, and one that nobody
// else prints.
func printings(t *testing.T) (m *memory, ids []news.ArticleID) {
	t.Helper()
	m = newMemory()
	paragraphs := []string{"The harbour will close for three weeks while the wall is mended.", "It cannot wait, said the council.", "The wall was built in 1911."}
	for i, c := range []struct {
		outlet, headline, published, agency string
		body                                []string
	}{
		{"Echo", "Shut all March", "2024-03-02", "Coast Press", paragraphs[:2]},
		{"Post", "Harbour to close", "2024-03-01", "", paragraphs},
		{"Post", "Harbour to close!", "2024-03-03", "Coast Press", paragraphs},
		{"", "Closed", "", "", []string{"The harbour will shut for three weeks while the wall is mended.", paragraphs[1], paragraphs[2], "More at six."}},
		{"Echo", "Swans", "2024-03-05", "", []string{"Two swans."}},
	} {
		a := news.Article{URL: "https://a.example/" + itoa(i), Headline: c.headline, Agency: c.agency, Body: strings.Join(c.body, "\n\n"), Language: "en"}
		if a.Outlet = news.NewOutlet(c.outlet); c.published != "" {
			a.Published = date(t, c.published)
		}
		ids = append(ids, m.add(a))
	}
	for _, id := range ids[:4] {
		m.versions[id][0].Family = ids[1]
	}
	return m, ids
}

// A report that came in first without an outlet was printed by nobody that is known.
func TestFamilyFirstUnknown(t *testing.T) {
	m, ids := printings(t)
	m.versions[ids[1]][0].Article.Outlet = nil
	_, doc := fetch(t, serve(t, m).Client(), serve(t, m).URL+familyPath(ids[1]))
	got := strings.Join(each(doc, ".pagehead .sub"), "")
	if want := "First printed on 1 March 2024, nobody says by whom."; !strings.HasPrefix(got, want) {
		t.Errorf("it says %q, want %q", got, want)
	}
}

func TestFamilyPage(t *testing.T) {
	m, ids := printings(t)
	srv := serve(t, m)
	at := familyPath(ids[1])
	for _, tc := range []struct {
		at, sel string
		want    []string
	}{
		{"", ".pagehead .label", []string{"printed by 2 outlets · 4 articles"}},
		{"", ".pagehead h1", []string{"Harbour to close"}},
		{"", ".pagehead .sub", []string{"First printed by Post on 1 March 2024. 2 have another headline than the first. Supplied by Coast Press."}},
		{"", "tbody td:first-child", []string{"1 March 2024", "2 March 2024", "3 March 2024", "undated"}},
		{"", "tbody th", []string{"Post", "Echo", "Post", "Outlet unknown"}},
		{"", "tbody td:nth-child(3)", []string{"Harbour to close", "Shut all March", "Harbour to close! the same headline", "Closed"}},
		{"", "tbody td:nth-child(4)", []string{"", "75% of it 1 paragraph cut.", "All of it Not a word differs.", "96% of it 1 paragraph added, 1 reworded."}},
		{"", "tbody .n", []string{"", "Compare", "Compare", "Compare"}},
		{"", "#pair h2", []string{"Echo beside Post"}},
		{"", "#pair .sub", []string{"The headline changed. 1 paragraph cut."}},
		{"", "#pair option[selected]", []string{"\u2068Post\u2069 · 1 March 2024", "\u2068Echo\u2069 · 2 March 2024"}},
		{"?a=" + string(ids[1]) + "&b=" + string(ids[3]), "#pair h2", []string{"Outlet unknown beside Post"}},
		{"?a=" + string(ids[1]) + "&b=" + string(ids[3]), "#pair .part del", []string{"Harbour to close", "close"}},
		{"?a=" + string(ids[1]) + "&b=" + string(ids[3]), "#pair .part ins", []string{"Closed", "shut", "More at six."}},
		{"?a=" + string(ids[3]) + "&b=" + string(ids[0]), "#pair h2", []string{"Echo beside Outlet unknown"}},
		{"?a=nonsense&b=" + string(ids[1]), "#pair h2", []string{"Echo beside Post"}},
		{"?page=9", "tbody tr", []string{}},
	} {
		res, doc := fetch(t, srv.Client(), srv.URL+at+tc.at)
		if res.StatusCode != http.StatusOK {
			t.Fatalf("GET %s%s = %d", at, tc.at, res.StatusCode)
		}
		got := each(doc, tc.sel)
		if len(tc.want) == 0 {
			if len(got) == 0 {
				t.Errorf("%s lists nothing", tc.at)
			}
			continue
		}
		if !slices.Equal(got, tc.want) {
			t.Errorf("%s: %s reads %q, want %q", tc.at, tc.sel, got, tc.want)
		}
	}
	for _, tc := range []struct{ from, to string }{
		{familyPath(ids[0]), at},
		{familyPath(ids[3]) + "?a=" + string(ids[0]), at + "?a=" + string(ids[0])},
	} {
		if res, _ := fetch(t, srv.Client(), srv.URL+tc.from); res.StatusCode != http.StatusFound || res.Header.Get("Location") != tc.to {
			t.Errorf("GET %s = %d to %q, want %q", tc.from, res.StatusCode, res.Header.Get("Location"), tc.to)
		}
	}
	for _, bad := range []string{"/families/nonsense", familyPath(news.NewArticleID("none")), familyPath(ids[4])} {
		if res, _ := fetch(t, srv.Client(), srv.URL+bad); res.StatusCode != http.StatusNotFound {
			t.Errorf("GET %s = %d", bad, res.StatusCode)
		}
	}
	// The lead is removed: its address leads to what is left, while two are.
	m.gone[ids[1]] = &news.Gone{ID: ids[1], At: time.Now(), Reason: "a wrong name"}
	if res, _ := fetch(t, srv.Client(), srv.URL+at); res.StatusCode != http.StatusFound || res.Header.Get("Location") != familyPath(ids[0]) {
		t.Errorf("GET %s = %d to %q", at, res.StatusCode, res.Header.Get("Location"))
	}
	for _, id := range []news.ArticleID{ids[0], ids[2], ids[3]} {
		m.gone[id] = &news.Gone{ID: id, At: time.Now(), Reason: "a wrong name"}
	}
	if res, _ := fetch(t, srv.Client(), srv.URL+at); res.StatusCode != http.StatusGone {
		t.Errorf("GET %s = %d, want that it is gone", at, res.StatusCode)
	}
}

// TestLargeFamily turns the pages of a family of 2,000, whose texts are not all read.
func TestLargeFamily(t *testing.T) {
	m := newMemory()
	g := newsgen.New(7)
	body := g.Article(1).Body
	var ids []news.ArticleID
	for i := range 2000 {
		a := news.Article{URL: "https://a.example/" + itoa(i), Headline: "Report " + itoa(i/150), Body: body[:len(body)-i%200], Outlet: news.NewOutlet("Post " + itoa(i%40)), Published: date(t, fmt.Sprintf("2024-03-01T%02d:%02d", i/60%24, i%60))}
		if i >= 24*60 {
			a.Published = date(t, fmt.Sprintf("2024-03-02T%02d:%02d", i/60%24, i%60))
		}
		ids = append(ids, m.add(a))
	}
	for _, id := range ids {
		m.versions[id][0].Family = ids[0]
	}
	srv := serve(t, m)
	at := familyPath(ids[0])
	for _, tc := range []struct {
		query, pages, said string
		rows, choices      int
	}{
		{"", "Page 1 of 20 Next page →", "On this page, all have the headline of the first.", 100, 100},
		{"?page=2", "← Previous page Page 2 of 20 Next page →", "On this page, 50 have another headline than the first.", 100, 101},
		{"?page=20&a=" + string(ids[300]), "← Previous page Page 20 of 20", "On this page, 100 have another", 100, 102},
	} {
		before := m.read.Load()
		res, doc := fetch(t, srv.Client(), srv.URL+at+tc.query)
		if n := m.read.Load() - before; n != int64(tc.choices) {
			t.Errorf("%s reads %d articles, want %d", tc.query, n, tc.choices)
		}
		if res.StatusCode != http.StatusOK {
			t.Fatalf("GET %s = %d", tc.query, res.StatusCode)
		}
		if got := words(doc.Find("nav.pages")); got != tc.pages {
			t.Errorf("%s: the pages read %q, want %q", tc.query, got, tc.pages)
		}
		if got := words(doc.Find(".pagehead .sub")); !strings.Contains(got, tc.said) {
			t.Errorf("%s: it says %q, want %q", tc.query, got, tc.said)
		}
		if rows, choices := doc.Find("tbody tr").Length(), doc.Find("select#a option").Length(); rows != tc.rows || choices != tc.choices {
			t.Errorf("%s: %d rows and %d choices, want %d and %d", tc.query, rows, choices, tc.rows, tc.choices)
		}
		if got := doc.Find("tbody .act").Last().AttrOr("href", ""); strings.HasPrefix(tc.query, "?page=20") && !strings.Contains(got, "&page=20#pair") {
			t.Errorf("%s: a comparison leads to %q", tc.query, got)
		}
	}
	before := m.read.Load()
	_, doc := fetch(t, srv.Client(), srv.URL+m.versions[ids[1999]][0].Article.Path())
	if n := m.read.Load() - before; n != alsoShown {
		t.Errorf("the article's page reads %d others, want %d", n, alsoShown)
	}
	s := doc.Find(`.right section:contains("printed by")`)
	if got := words(s); s.Find("li").Length() != alsoShown+1 || !strings.Contains(got, "and 1,987 more") || !strings.Contains(got, "Report 0") {
		t.Errorf("the margin reads %q", got)
	}
}

// TestArticleOfFamily names on an article's page who else prints it.
func TestArticleOfFamily(t *testing.T) {
	m, ids := printings(t)
	srv := serve(t, m)
	_, doc := fetch(t, srv.Client(), srv.URL+m.versions[ids[0]][0].Article.Path())
	s := doc.Find(`.right section:contains("printed by")`)
	if got, want := words(s), "printed by 2 outletsPost 1 March 2024 Harbour to closePost 3 March 2024 Harbour to close!Outlet unknown undated ClosedWho printed what"; got != want {
		t.Errorf("the margin reads %q, want %q", got, want)
	}
	if got := s.Find("a").First().AttrOr("href", ""); got != familyPath(ids[1]) {
		t.Errorf("it leads to %q", got)
	}
	_, doc = fetch(t, srv.Client(), srv.URL+m.versions[ids[4]][0].Article.Path())
	if doc.Find(`.right section:contains("printed")`).Length() > 0 {
		t.Error("an article that nobody else prints says that it is printed")
	}
}

// TestResultsOfFamilies has one result stand for a family, and the switch that parts it.
func TestResultsOfFamilies(t *testing.T) {
	m, ids := printings(t)
	srv := serve(t, m)
	read := func(at string) *goquery.Document {
		_, doc := fetch(t, srv.Client(), srv.URL+at)
		return doc
	}
	doc := read("/search")
	if got := each(doc, ".hit h2"); !slices.Equal(got, []string{"Swans", "Harbour to close"}) {
		t.Errorf("the hits are %q", got)
	}
	link := doc.Find(`.hit .also a[href="` + familyPath(ids[1]) + `"]`)
	if words(link) != "printed by 2 outlets" {
		t.Errorf("the family's link reads %q", words(link))
	}
	apart := doc.Find(`.sorts a:contains("apart")`).AttrOr("href", "")
	if got := words(doc.Find(".total")); got != "— 5" || !strings.Contains(words(doc.Find(".sorts")), "2 results, copies as one") || !strings.Contains(apart, "group=0") {
		t.Errorf("the total reads %q, the switch leads to %q", got, apart)
	}
	doc = read(apart)
	if n := doc.Find(".hit").Length(); n != 5 {
		t.Errorf("%d hits apart", n)
	}
	if back := doc.Find(`.sorts a:contains("as one")`).AttrOr("href", ""); back != "/search" {
		t.Errorf("the way back is %q", back)
	}
}

// TestDayOfFamilies has a report stand once on the day's page and on the front page.
func TestDayOfFamilies(t *testing.T) {
	m, ids := printings(t)
	extra := m.versions[ids[0]][0].Article
	extra.URL, extra.Published = "https://a.example/again", date(t, "2024-03-02T10:00")
	id := m.add(extra)
	m.versions[id][0].Family = ids[1]
	srv := serve(t, m)
	_, doc := fetch(t, srv.Client(), srv.URL+"/dates/2024/03/02")
	if got, want := words(doc.Find(".pagehead .sub")), "2 articles · 1 is a copy of another"; got != want {
		t.Errorf("the day says %q, want %q", got, want)
	}
	if n, got := doc.Find(".lead, .piece").Length(), words(doc.Find(".lead .dateline")); n != 1 || got != "Echo · printed by 2 outlets" {
		t.Errorf("the day shows %d articles, the first of %q", n, got)
	}
	if got := doc.Find(".pagehead .sub a").AttrOr("href", ""); got != "/search?from=2024-03-02&to=2024-03-02&group=0" {
		t.Errorf("its copies are at %q", got)
	}
	_, doc = fetch(t, srv.Client(), srv.URL+"/")
	if got := each(doc, ".fresh h3"); !slices.Equal(got, []string{"Swans", "Harbour to close"}) {
		t.Errorf("just in are %q", got)
	}
	if got := doc.Find(".fresh .dateline a").AttrOr("href", ""); got != familyPath(ids[1]) {
		t.Errorf("who printed it is at %q", got)
	}
}
