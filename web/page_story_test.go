package web

import (
	"encoding/json"
	"fmt"
	"net/http"
	"slices"
	"strings"
	"testing"
	"time"

	"backfile/internal/news"
)

// flood is a story of four reports, one of them printed by a wire family, and an article
// that follows nothing.
func flood(t *testing.T) (m *memory, ids []news.ArticleID) {
	t.Helper()
	m = newMemory()
	m.stories = map[news.ArticleID]news.ArticleID{}
	platt := person("Maureen Platt", 1)
	for i, r := range []struct{ outlet, day, headline, body string }{
		{"Courier", "2023-11-04", "Town cut off as river rises", "The river burst its banks at Cockermouth in the small hours. At least two people were killed, police said."},
		{"Post", "2023-11-05", "Flood town counts the cost", "The river burst its banks at Cockermouth in the small hours of Saturday. The number of dead rose to seven on Sunday."},
		{"Post", "2023-11-06", "The same again", "The number of dead rose to seven on Sunday."},
		{"", "2023-12-08", "<b>Wall had been cracked</b>", "An engineer told the inquiry of a cracked wall beside the mill. <script>alert(1)</script> was all that the council answered him."},
		{"Post", "2023-11-07", "Altar bought", "A museum bought an altar."},
	} {
		a := news.Article{URL: "https://a.example/" + itoa(i), Headline: r.headline, Body: r.body, Language: "en", Published: date(t, r.day), Outlet: news.NewOutlet(r.outlet)}
		if i < 2 {
			a.Persons = []news.Entity{platt}
		}
		ids = append(ids, m.add(a))
	}
	for _, id := range ids[:4] {
		m.stories[id] = ids[0]
	}
	m.versions[ids[1]][0].Family = ids[1]
	return m, ids
}

func TestStoryPage(t *testing.T) {
	m, ids := flood(t)
	srv := serve(t, m)
	at := news.StoryPath(ids[0], "town-cut-off-as-river-rises")
	res, doc := fetch(t, srv.Client(), srv.URL+at)
	if res.StatusCode != http.StatusOK {
		t.Fatalf("GET %s = %d", at, res.StatusCode)
	}
	for _, tc := range []struct {
		sel  string
		want []string
	}{
		{".pagehead .label", []string{"4 reports · 3 outlets"}},
		{".pagehead h1", []string{"Town cut off as river rises"}},
		{".pagehead .sub", []string{"4 November 2023 to 8 December 2023"}},
		{".told h3", []string{"Town cut off as river rises", "Flood town counts the cost", "The same again", "<b>Wall had been cracked</b>"}},
		{".told > li:nth-child(1) ul li", []string{"The river burst its banks at Cockermouth in the small hours.", "At least two people were killed, police said."}},
		{".told > li:nth-child(2) ul li", []string{"The number of dead rose to seven on Sunday."}},
		{".told > li:nth-child(2) .dateline a:last-child", []string{"printed by several"}},
		{".told > li:nth-child(3) .hit > .tiny", []string{"Nothing that earlier reports did not have."}},
		{".told .gap", []string{"5 weeks later"}},
		{".ledger th[scope=rowgroup]", []string{"Dead"}},
		{".ledger td", []string{"4 Nov", "At least two", "Courier", "5 Nov", "seven", "Post"}},
		{".side .names li", []string{"Maureen Platt 2"}},
		{"script:not([src])", nil},
	} {
		if got := each(doc, tc.sel); !slices.Equal(got, tc.want) && len(got)+len(tc.want) > 0 {
			t.Errorf("%s reads %q, want %q", tc.sel, got, tc.want)
		}
	}
	if n := len(each(doc, ".chart svg a")); n == 0 {
		t.Error("no chart")
	}
	alone := "/articles/" + string(ids[4]) + "/altar-bought"
	for from, to := range map[string]string{
		"/stories/" + string(ids[2]):               at,
		"/stories/" + string(ids[0]) + "/other":    at,
		"/stories/" + string(ids[3]) + "/?page=2":  "",
		"/stories/" + string(ids[1]) + "/x?page=2": at + "?page=2",
		"/stories/" + string(ids[4]) + "/altar":    alone,
		"/stories/" + string(ids[4]):               alone,
	} {
		res, _ := fetch(t, srv.Client(), srv.URL+from)
		if to != "" && (res.StatusCode != http.StatusFound || res.Header.Get("Location") != to) {
			t.Errorf("GET %s = %d to %q, want %q", from, res.StatusCode, res.Header.Get("Location"), to)
		}
	}
	for _, bad := range []string{"/stories/nonsense", "/stories/" + string(news.NewArticleID("none"))} {
		if res, _ := fetch(t, srv.Client(), srv.URL+bad); res.StatusCode != http.StatusNotFound {
			t.Errorf("GET %s = %d", bad, res.StatusCode)
		}
	}
	// An article says which story it follows, and what comes before and after it.
	_, doc = fetch(t, srv.Client(), srv.URL+"/articles/"+string(ids[1])+"/flood-town-counts-the-cost")
	if got, want := each(doc, ".right section:has(a[href^='/stories/']) li"), []string{"Before, 4 November 2023, Courier Town cut off as river rises", "After, 6 November 2023, Post The same again"}; !slices.Equal(got, want) {
		t.Errorf("the article names %q, want %q", got, want)
	}
	_, doc = fetch(t, srv.Client(), srv.URL+alone)
	if got := each(doc, ".right a[href^='/stories/']"); len(got) > 0 {
		t.Errorf("an article that follows nothing names %q", got)
	}
	m.gone[ids[4]] = &news.Gone{ID: ids[4], At: time.Now(), Reason: "test"}
	if res, _ := fetch(t, srv.Client(), srv.URL+"/stories/"+string(ids[4])); res.StatusCode != http.StatusGone {
		t.Errorf("the story of a removed article = %d", res.StatusCode)
	}
}

// TestLongStory leafs through a story of many reports.
func TestLongStory(t *testing.T) {
	m := newMemory()
	m.stories = map[news.ArticleID]news.ArticleID{}
	var first news.ArticleID
	for i := range 2*storyReports + 3 {
		id := m.add(news.Article{Headline: fmt.Sprintf("Report %03d", i), Language: "en", Published: date(t, time.Date(2024, 1, 1+i, 0, 0, 0, 0, time.UTC).Format(time.DateOnly)),
			Body: fmt.Sprintf("The inquiry heard witness %d about the harbour wall. The chairman thanked everybody warmly.", i)})
		if i == 0 {
			first = id
		}
		m.stories[id] = first
	}
	srv := serve(t, m)
	at := news.StoryPath(first, "report-000")
	for _, tc := range []struct {
		page       string
		rows       int
		first      string
		prev, next string
	}{
		{"", storyReports, "Report 000", "", at + "?page=2"},
		{"?page=2", storyReports, "Report 040", at + "?page=1", at + "?page=3"},
		{"?page=3", 3, "Report 080", at + "?page=2", ""},
		{"?page=99", 3, "Report 080", at + "?page=2", ""},
	} {
		_, doc := fetch(t, srv.Client(), srv.URL+at+tc.page)
		got := each(doc, ".told h3")
		if len(got) != tc.rows || got[0] != tc.first {
			t.Errorf("%s has %d reports from %q", tc.page, len(got), got[:min(1, len(got))])
		}
		if prev, next := doc.Find("a[rel=prev]").AttrOr("href", ""), doc.Find("a[rel=next]").AttrOr("href", ""); prev != tc.prev || next != tc.next {
			t.Errorf("%s leads to %q and %q, want %q and %q", tc.page, prev, next, tc.prev, tc.next)
		}
		if n := len(each(doc, ".told ul li")); tc.page != "" && n != tc.rows {
			t.Errorf("%s has %d new sentences, want one a report", tc.page, n)
		}
	}
}

func TestStoryList(t *testing.T) {
	m, ids := flood(t)
	for i := range storiesShown {
		a := m.add(news.Article{Headline: fmt.Sprintf("Strike %02d", i), Body: "a", Published: date(t, fmt.Sprintf("2022-01-%02d", i+1)), Persons: []news.Entity{person("Odo Fenwick", 1)}})
		b := m.add(news.Article{Headline: fmt.Sprintf("Strike ends %02d", i), Body: "b", Published: date(t, fmt.Sprintf("2022-02-%02d", min(i+1, 28)))})
		m.stories[a], m.stories[b] = a, a
	}
	srv := serve(t, m)
	_, doc := fetch(t, srv.Client(), srv.URL+"/stories")
	got := each(doc, ".hits h2")
	if len(got) != storiesShown || got[0] != "Town cut off as river rises" {
		t.Errorf("the list begins %q, of %d", got[:1], len(got))
	}
	if got, want := each(doc, ".hits li:first-child .dateline"), []string{"4 November 2023 to 8 December 2023 · 4 reports · 3 outlets"}; len(got) == 0 || got[0] != want[0] {
		t.Errorf("it says %q, want %q", got, want)
	}
	if got := each(doc, ".hits li:first-child .snip"); len(got) == 0 || got[0] != "Latest: <b>Wall had been cracked</b> · Outlet unknown" {
		t.Errorf("its latest is %q", got)
	}
	next := doc.Find("a[rel=next]").AttrOr("href", "")
	if _, doc = fetch(t, srv.Client(), srv.URL+next); len(each(doc, ".hits h2")) != 1 || next == "" {
		t.Errorf("%s lists %q", next, each(doc, ".hits h2"))
	}
	if res, doc := fetch(t, srv.Client(), srv.URL+"/stories?sort=most&after=zz"); res.StatusCode != http.StatusOK || each(doc, ".hits h2")[0] != "Town cut off as river rises" {
		t.Errorf("most reported first: %d", res.StatusCode)
	}
	if _, doc := fetch(t, srv.Client(), serve(t, newMemory()).URL+"/stories"); !strings.Contains(doc.Text(), "No story yet") {
		t.Error("an archive without stories does not say so")
	}
	// The API has the same, and a story is a feed.
	var list struct {
		Stories []struct {
			ID, Path, Headline, First string
			Reports, Outlets          int
			Latest                    struct{ Headline string }
		}
		Next string
	}
	getJSON(t, srv.Client(), srv.URL+"/api/v1/stories?per_page=1", &list)
	if len(list.Stories) != 1 || list.Stories[0].Reports != 4 || list.Stories[0].Latest.Headline != "<b>Wall had been cracked</b>" || list.Next == "" {
		t.Errorf("the API lists %+v", list)
	}
	var told struct {
		Reports int
		Told    []struct {
			ID  news.ArticleID
			New []string
		}
		Figures []struct {
			What     string
			Readings []struct{ Value float64 }
		}
	}
	getJSON(t, srv.Client(), srv.URL+"/api/v1/stories/"+string(ids[2]), &told)
	if told.Reports != 4 || len(told.Told) != 4 || told.Told[0].ID != ids[0] || len(told.Told[1].New) != 1 || len(told.Figures) != 1 || told.Figures[0].Readings[1].Value != 7 {
		t.Errorf("the API tells %+v", told)
	}
	for end, mediaType := range map[string]string{"feed.atom": "application/atom+xml", "feed.json": "application/feed+json"} {
		res, err := srv.Client().Get(srv.URL + "/stories/" + string(ids[1]) + "/" + end)
		if err != nil {
			t.Fatal(err)
		}
		_ = res.Body.Close()
		if res.StatusCode != http.StatusOK || !strings.HasPrefix(res.Header.Get("Content-Type"), mediaType) {
			t.Errorf("%s = %d, %s", end, res.StatusCode, res.Header.Get("Content-Type"))
		}
	}
}

func getJSON(t *testing.T, c *http.Client, at string, v any) {
	t.Helper()
	res, err := c.Get(at)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = res.Body.Close() }()
	if err := json.NewDecoder(res.Body).Decode(v); err != nil || res.StatusCode != http.StatusOK {
		t.Fatalf("GET %s = %d, %v", at, res.StatusCode, err)
	}
}
