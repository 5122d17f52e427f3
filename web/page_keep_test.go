package web

import (
	"bytes"
	"context"
	"encoding/csv"
	"encoding/json"
	"io"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"

	"github.com/PuerkitoBio/goquery"

	"backfile/internal/keep"
	"backfile/internal/news"
)

// through is what a visitor through a proxy gets.
func through(t *testing.T, srv *httptest.Server, at string) (int, []byte) {
	t.Helper()
	r, err := http.NewRequestWithContext(t.Context(), http.MethodGet, srv.URL+at, nil)
	if err != nil {
		t.Fatal(err)
	}
	r.Header.Set("X-Forwarded-For", "192.0.2.1")
	return answer(t, srv, r)
}

func answer(t *testing.T, srv *httptest.Server, r *http.Request) (int, []byte) {
	t.Helper()
	res, err := srv.Client().Do(r)
	if err != nil {
		t.Fatal(err)
	}
	b, err := io.ReadAll(res.Body)
	if res.Body.Close(); err != nil {
		t.Fatal(err)
	}
	return res.StatusCode, b
}

func file(t *testing.T, srv *httptest.Server, at string) []byte {
	t.Helper()
	r, err := http.NewRequestWithContext(t.Context(), http.MethodGet, srv.URL+at, nil)
	if err != nil {
		t.Fatal(err)
	}
	code, b := answer(t, srv, r)
	if code != http.StatusOK {
		t.Fatalf("GET %s = %d: %s", at, code, b)
	}
	return b
}

// TestHighlight marks words by the form, sees them in the text and finds them again by
// searching.
func TestHighlight(t *testing.T) {
	m, id := harbour(t)
	srv := serve(t, m)
	at := m.versions[id][1].Article.Path()
	_, doc := fetch(t, srv.Client(), srv.URL+at)
	form := doc.Find("form[data-mark]")
	if form.Length() != 1 || form.Find("[name=version]").AttrOr("value", "") != "2" {
		t.Fatalf("the form for a highlight is %d times there", form.Length())
	}
	fields := url.Values{"article": {string(id)}, "version": {"2"}, "back": {at}, "quote": {"must be found”. "}, "note": {"By whom?"}, "tags": {"money, #pier"}}
	code, to := post(t, srv, "/notes", fields)
	if code != http.StatusSeeOther || len(m.annotations) != 1 || to != at+"#note-"+string(m.annotations[0].ID) {
		t.Fatalf("POST /notes = %d, to %q", code, to)
	}
	an := m.annotations[0]
	if an.Version != 2 || an.Passage == nil || an.Passage.Exact != "must be found”." || strings.Join(an.Tags, " ") != "money pier" {
		t.Errorf("what is kept is %+v, %+v", an, an.Passage)
	}
	post(t, srv, "/notes", url.Values{"article": {string(id)}, "quote": {"rebuild the pier"}})
	post(t, srv, "/notes", url.Values{"article": {string(id)}, "note": {"See the minutes."}})
	_, doc = fetch(t, srv.Client(), srv.URL+at)
	if got := words(doc.Find(".text mark.hl")); got != "rebuild the piermust be found”." {
		t.Errorf("marked in the text is %q", got)
	}
	if doc.Find("#hl-"+string(an.ID)).Length() != 1 || doc.Find("#note-"+string(an.ID)+" a[href='#hl-"+string(an.ID)+"']").Length() != 1 {
		t.Error("the note does not lead to the words")
	}
	if got := doc.Find("#notes li").Length(); got != 3 {
		t.Errorf("%d notes are shown, want 3", got)
	}
	for q, want := range map[string]int{"note:whom": 1, "note:money": 1, "note:found": 1, "note:storm": 0, "has:highlight": 1, "has:note harbour": 1, "-has:note harbour": 4} {
		_, doc := fetch(t, srv.Client(), srv.URL+"/search?"+url.Values{"q": {q}}.Encode())
		if got := doc.Find(".results article.hit").Length(); got != want {
			t.Errorf("%s finds %d, want %d", q, got, want)
		}
	}
	_, doc = fetch(t, srv.Client(), srv.URL+"/search?q=pier")
	if got := words(doc.Find(".hit .ents").First()); !strings.Contains(got, "2 highlights and 2 notes") {
		t.Errorf("the hit says %q", got)
	}
	for name, bad := range map[string]url.Values{
		"words that are not there": {"article": {string(id)}, "quote": {"no such words"}}, "nothing": {"article": {string(id)}}, "no article": {"quote": {"pier"}}, "no version": {"article": {string(id)}, "version": {"9"}, "note": {"x"}},
	} {
		if code, _ := post(t, srv, "/notes", bad); code < 400 {
			t.Errorf("%s: %d, want an error", name, code)
		}
	}
	_, doc = fetch(t, srv.Client(), srv.URL+"/notes?q=whom")
	if got := doc.Find("ol.notes > li").Length(); got != 1 {
		t.Errorf("/notes finds %d notes, want 1", got)
	}
	post(t, srv, "/notes/change", url.Values{"article": {string(id)}, "id": {string(an.ID)}, "note": {"By the town."}})
	if got := m.annotations[0].Note; got != "By the town." {
		t.Errorf("changed, the note reads %q", got)
	}
	var c keep.Collection
	if err := json.Unmarshal(file(t, srv, "/notes.jsonld"), &c); err != nil || c.Total != 3 {
		t.Errorf("the W3C's form has %d annotations, %v", c.Total, err)
	}
	for range 2 {
		if code, _ := post(t, srv, "/notes/delete", url.Values{"article": {string(id)}, "id": {string(an.ID)}}); code != http.StatusSeeOther {
			t.Errorf("deleting = %d", code)
		}
	}
	if len(m.annotations) != 2 {
		t.Errorf("%d notes are left", len(m.annotations))
	}
	for _, p := range []string{at, "/notes"} {
		_, doc = fetch(t, srv.Client(), srv.URL+p)
		if got := words(doc.Find("#deleted")); got != "“By the town.” was deleted. Put it back" {
			t.Errorf("%s says %q of what was deleted", p, got)
		}
	}
	backForm := url.Values{}
	doc.Find("#deleted form input").Each(func(_ int, s *goquery.Selection) { backForm.Set(s.AttrOr("name", ""), s.AttrOr("value", "")) })
	if code, to := post(t, srv, "/notes/back", backForm); code != http.StatusSeeOther || to != "/notes#note-"+string(an.ID) || len(m.annotations) != 3 {
		t.Errorf("put back = %d, to %q, %d notes", code, to, len(m.annotations))
	}
	if _, doc = fetch(t, srv.Client(), srv.URL+"/notes"); doc.Find("#deleted").Length() != 0 {
		t.Error("put back, it is still among what was deleted")
	}
	post(t, srv, "/notes/delete", url.Values{"article": {string(id)}, "id": {string(an.ID)}})
	for _, p := range []string{"/notes", "/notes.jsonld"} {
		if code, b := through(t, srv, p); code != http.StatusForbidden || bytes.Contains(b, []byte("minutes")) {
			t.Errorf("GET %s through a proxy = %d", p, code)
		}
	}
	for _, p := range []string{at, "/search?q=note:minutes"} {
		if _, b := through(t, srv, p); bytes.Contains(b, []byte("See the minutes")) || bytes.Contains(b, []byte(`class="hl"`)) || bytes.Contains(b, []byte(`class="hit"`)) {
			t.Errorf("GET %s through a proxy shows what is private", p)
		}
	}
}

// TestHighlightChanged has the article change under a highlight.
func TestHighlightChanged(t *testing.T) {
	m, id := harbour(t)
	srv := serve(t, m)
	for _, q := range []string{"The harbour council voted to rebuild the pier", "Mrs Agnes Lorimer said", "the report"} {
		if code, _ := post(t, srv, "/notes", url.Values{"article": {string(id)}, "quote": {q}}); code != http.StatusSeeOther {
			t.Fatalf("marking %q = %d", q, code)
		}
	}
	a := m.versions[id][1].Article
	a.Body = "The harbour board voted not to rebuild the pier.\n\nMrs Agnes Lorimer said that “it must be found”."
	a.Spans, a.Mentions, a.Quotes = nil, nil, nil
	m.add(a)
	_, doc := fetch(t, srv.Client(), srv.URL+a.Path())
	if got := words(doc.Find(".text mark.hl")); got != "The harbour board voted not to rebuild the pierMrs Agnes Lorimer said" {
		t.Errorf("marked in the new text is %q", got)
	}
	if got := words(doc.Find(".quoted.reworded ins")); !strings.Contains(got, "board") || !strings.Contains(got, "not") {
		t.Errorf("the reworded highlight says %q was put in", got)
	}
	lost := doc.Find("#notes li").Has(".quoted.lost")
	if got := words(lost); !strings.Contains(got, "not in this text") || lost.Find("a[href*='/versions/2?whole=1#hl-']").Length() != 1 {
		t.Errorf("the lost highlight says %q", got)
	}
	_, doc = fetch(t, srv.Client(), srv.URL+versionPath(id, 2)+"?whole=1")
	if got := doc.Find(".text mark.hl[id]").Length(); got != 3 {
		t.Errorf("the version of then has %d highlights, want 3", got)
	}
}

// TestListPage keeps articles in a list with notes and an order, and is told what became
// of them.
func TestListPage(t *testing.T) {
	m, id := harbour(t)
	srv := serve(t, m)
	storms := []string{}
	for k, i := range m.keys {
		if strings.Contains(string(k), "courier.example") {
			storms = append(storms, string(i))
		}
	}
	if code, to := post(t, srv, "/bookmarks", url.Values{"name": {"File"}, "article": append([]string{string(id)}, storms...), "back": {"/search"}}); code != http.StatusSeeOther || to != "/search" {
		t.Fatalf("saving five = %d, %q", code, to)
	}
	l := &m.lists[0]
	at := "/lists/" + string(l.ID)
	l.Items[0].Version = 1 // as if it had been saved before it changed
	post(t, srv, at+"/item", url.Values{"article": {storms[0]}, "note": {"Look at this"}, "tags": {"storm, sea"}, "to": {"1"}})
	post(t, srv, at+"/bulk", url.Values{"article": storms[1:3], "do": {"tag"}, "tags": {"later"}})
	post(t, srv, at+"/bulk", url.Values{"article": storms[:2], "do": {"star"}})
	post(t, srv, at+"/bulk", url.Values{"all": {"1"}, "show": {"starred"}, "do": {"read"}})
	post(t, srv, at+"/describe", url.Values{"about": {"What it is"}})
	if string(l.Items[0].Article) != storms[0] || l.Items[0].Note != "Look at this" || len(l.Items[0].Tags) != 2 {
		t.Errorf("the first is %+v", l.Items[0])
	}
	m.gone[news.ArticleID(storms[3])] = &news.Gone{ID: news.ArticleID(storms[3]), At: testNow, Reason: "court order"}
	_, doc := fetch(t, srv.Client(), srv.URL+l.Path())
	page := words(doc.Find("main"))
	for _, want := range []string{"5 articles", "1 changed since you saved it", "1 is gone", "Changed (1)", "Starred (2)", "Unread (3)", "#later 2", "What it is", "Look at this", "Changed since version 1, which you saved", "Removed from the archive on 22 November 2026: court order"} {
		if !strings.Contains(page, want) {
			t.Errorf("the list does not say %q", want)
		}
	}
	_, shelf := fetch(t, srv.Client(), srv.URL+"/lists")
	if got := words(shelf.Find(".shelf")); !strings.Contains(got, "1 changed since you saved it · 1 is gone") {
		t.Errorf("among the lists it says %q", got)
	}
	change := doc.Find(".change")
	if got := words(change.Find("ins")); !strings.Contains(got, "voted to rebuild") {
		t.Errorf("the change shows as %q", got)
	}
	if href := change.Find("a").First().AttrOr("href", ""); href != versionPath(id, 2)+"?against=1" {
		t.Errorf("the comparison is at %q", href)
	}
	for show, want := range map[string]int{"changed": 1, "gone": 1, "starred": 2, "unread": 3, "": 5} {
		_, doc := fetch(t, srv.Client(), srv.URL+l.Path()+"?show="+show)
		if got := doc.Find("ol.hits > li").Length(); got != want {
			t.Errorf("of %q the list shows %d, want %d", show, got, want)
		}
	}
	for q, want := range map[string]int{"list:File": 4, "is:saved storm": 3, "is:starred": 2, "storm -is:read": 1, `note:"look at"`: 1, "list:none": 0} {
		_, doc := fetch(t, srv.Client(), srv.URL+"/search?"+url.Values{"q": {q}}.Encode())
		if got := doc.Find(".results article.hit").Length(); got != want {
			t.Errorf("%s finds %d, want %d", q, got, want)
		}
		if q == "list:none" && !strings.Contains(words(doc.Find(".problems")), "You have no list") {
			t.Error("the page does not say that there is no such list")
		}
	}
	post(t, srv, at+"/bulk", url.Values{"article": {string(id)}, "do": {"pin"}})
	if i := l.Index(id); l.Items[i].Version != 2 {
		t.Errorf("held anew, the bookmark is %+v", l.Items[i])
	}
	post(t, srv, at+"/arrange", url.Values{"by": {"oldest"}})
	if l.Items[0].Article != id {
		t.Errorf("by date, the first is %+v", l.Items[0])
	}
	post(t, srv, at+"/bulk", url.Values{"article": storms[:2], "do": {"move"}, "name": {"Storms"}})
	if len(m.lists) != 2 || len(m.lists[0].Items) != 3 || len(m.lists[1].Items) != 2 || m.lists[1].Items[0].Article == id {
		t.Errorf("moved, the lists are %+v", m.lists)
	}
	for name, bad := range map[string]url.Values{"nothing ticked": {"do": {"star"}}, "nothing to do": {"article": storms[:1]}, "no article": {"article": {"x"}, "do": {"star"}}} {
		if code, _ := post(t, srv, at+"/bulk", bad); code < 400 {
			t.Errorf("%s: %d, want an error", name, code)
		}
	}
}

// TestListFiles takes a list out in each form, and a public one as anybody.
func TestListFiles(t *testing.T) {
	m, id := harbour(t)
	srv := serve(t, m)
	post(t, srv, "/bookmarks", url.Values{"name": {"File"}, "article": {string(id)}, "version": {"1"}, "note": {"Why, and how"}, "tags": {"own"}})
	post(t, srv, "/notes", url.Values{"article": {string(id)}, "version": {"1"}, "quote": {"council met"}, "note": {"A secret thought"}})
	l := &m.lists[0]
	gone := m.add(news.Article{URL: "https://courier.example/gone", Headline: "Taken away", Body: "x"})
	l.Items = append(l.Items, news.Bookmark{Article: gone, Version: 1, Headline: "Taken away"})
	m.gone[gone] = &news.Gone{ID: gone, At: testNow, Reason: "court order"}
	at := "/lists/" + string(l.ID) + "/list."
	rows, err := csv.NewReader(bytes.NewReader(file(t, srv, at+"csv"))).ReadAll()
	if err != nil || len(rows) != 2 || rows[1][1] != "1" || strings.Join(rows[1][len(rows[1])-2:], "|") != "Why, and how|own" {
		t.Errorf("the table is %q, %v", rows, err)
	}
	for end, want := range map[string]string{
		"ris": "N1  - Why, and how\r\n", "bib": "annotation = {Why, and how}", "csl.json": `"annote":"Why, and how"`, "jsonl": `"body":"The harbour council met."`, "atom": "<summary>Why, and how</summary>", "feed.json": "Why, and how", "jsonld": "council met",
	} {
		if b := file(t, srv, at+end); !bytes.Contains(b, []byte(want)) {
			t.Errorf("list.%s lacks %q:\n%s", end, want, b)
		}
	}
	b := file(t, srv, at+"zip")
	rep, err := keep.CheckBundle(bytes.NewReader(b), int64(len(b)))
	if err != nil || len(rep.Problems) > 0 || rep.Texts != 1 || rep.Passages != 1 || len(rep.Manifest.Articles) != 2 || rep.Manifest.Articles[1].Gone != "court order" {
		t.Errorf("the bundle: %+v, %v", rep, err)
	}
	for _, end := range []string{"csv", "zip", "atom", "jsonld"} {
		if code, _ := through(t, srv, at+end); code != http.StatusForbidden {
			t.Errorf("a private list's %s through a proxy = %d", end, code)
		}
	}
	post(t, srv, "/lists/"+string(l.ID)+"/describe", url.Values{"public": {"1"}, "about": {"For all"}})
	code, page := through(t, srv, l.Path())
	if code != http.StatusOK || !bytes.Contains(page, []byte("Why, and how")) || !bytes.Contains(page, []byte("For all")) {
		t.Errorf("a public list = %d", code)
	}
	for _, hidden := range []string{"A secret thought", "council met", "Taken away", `method="post"`, "<form method"} {
		if bytes.Contains(page, []byte(hidden)) {
			t.Errorf("a public list shows %q", hidden)
		}
	}
	code, b = through(t, srv, at+"zip")
	if code != http.StatusOK {
		t.Fatalf("a public list's bundle = %d", code)
	}
	rep, err = keep.CheckBundle(bytes.NewReader(b), int64(len(b)))
	if err != nil || len(rep.Problems) > 0 || rep.Passages != 0 || rep.Manifest.Articles[1].Headline != "" {
		t.Errorf("the public bundle: %+v, %v", rep, err)
	}
	if code, _ := through(t, srv, at+"jsonld"); code != http.StatusForbidden {
		t.Errorf("highlights of a public list through a proxy = %d", code)
	}
	if code, _ := through(t, srv, "/lists/0000000000000"); code != http.StatusForbidden {
		t.Errorf("a list that is not there, through a proxy = %d, want what a private one answers", code)
	}
	m.lists[0].Public = false
	if _, err := m.List(context.Background(), l.ID); err != nil {
		t.Fatal(err)
	}
	if code, _ := through(t, srv, l.Path()); code != http.StatusForbidden {
		t.Errorf("no longer public = %d", code)
	}
}

// TestTicks saves several results at once, and all that a search finds.
func TestTicks(t *testing.T) {
	m, id := harbour(t)
	srv := serve(t, m)
	_, doc := fetch(t, srv.Client(), srv.URL+"/search?q=harbour")
	if code, _ := post(t, srv, "/receipts", url.Values{"search": {"q=harbour+is:saved"}}); code != http.StatusUnprocessableEntity {
		t.Errorf("a receipt of what one keeps = %d", code)
	}
	form := doc.Find("form#ticks")
	if form.Length() != 1 || doc.Find("input[form=ticks]").Length() != 5 || !strings.Contains(words(form), "Save all 5 found") {
		t.Fatalf("the results have %d forms and %d boxes: %s", form.Length(), doc.Find("input[form=ticks]").Length(), words(form))
	}
	if code, to := post(t, srv, "/lists/fill", url.Values{"search": {form.Find("[name=search]").AttrOr("value", "")}, "name": {"Storm box"}}); code != http.StatusSeeOther || len(m.lists) != 1 || to != "/lists/"+string(m.lists[0].ID) || len(m.lists[0].Items) != 5 {
		t.Errorf("saving all = %d, to %q: %+v", code, to, m.lists)
	}
	if code, _ := post(t, srv, "/marks", url.Values{"article": {string(id)}, "star": {"1"}, "read": {"1"}}); code != http.StatusSeeOther {
		t.Errorf("marking = %d", code)
	}
	_, doc = fetch(t, srv.Client(), srv.URL+"/search?q=pier")
	if got := words(doc.Find(".hit .ents").First()); !strings.Contains(got, "in “Storm box”") || !strings.Contains(got, "starred") {
		t.Errorf("a hit that is kept says %q", got)
	}
	if code, page := through(t, srv, "/search?q=pier"); code != http.StatusOK || bytes.Contains(page, []byte("Storm box")) || bytes.Contains(page, []byte(`id="ticks"`)) || bytes.Contains(page, []byte("/static/keep.")) {
		t.Error("through a proxy, the results show what is kept, or load it")
	}
}
