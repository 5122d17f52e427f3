package web

import (
	"crypto/sha256"
	"encoding/csv"
	"encoding/hex"
	"encoding/json"
	"io"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"

	"backfile/internal/news"
)

// post sends a form and returns the status and where it leads.
func post(t *testing.T, srv *httptest.Server, at string, form url.Values) (int, string) {
	t.Helper()
	res, err := srv.Client().PostForm(srv.URL+at, form)
	if err != nil {
		t.Fatal(err)
	}
	_, _ = io.Copy(io.Discard, res.Body)
	_ = res.Body.Close()
	return res.StatusCode, res.Header.Get("Location")
}

// TestSaveSearch saves a search, looks at what is new, renames it, deletes it and puts
// it back, by the forms of the pages.
func TestSaveSearch(t *testing.T) {
	m, _ := harbour(t)
	srv := serve(t, m)
	const at = "/search?person=thomas-keir&q=storm&sort=oldest"
	_, doc := fetch(t, srv.Client(), srv.URL+at)
	form := doc.Find(".take form[action='/searches']")
	fields := url.Values{}
	for _, name := range []string{"search", "back", "name"} {
		fields.Set(name, form.Find("[name="+name+"]").AttrOr("value", "?"))
	}
	if got := fields.Get("name"); got != "storm, Thomas Keir" {
		t.Errorf("the name offered is %q", got)
	}
	if code, to := post(t, srv, "/searches", fields); code != http.StatusSeeOther || to != at {
		t.Errorf("saved: %d, to %q, want back to %q", code, to, at)
	}
	if q := m.searches[0]; q.Query != "storm person:thomas-keir" || q.Sort != "oldest" || q.Looked.Total != 4 {
		t.Errorf("what is kept is %+v", q)
	}
	_, doc = fetch(t, srv.Client(), srv.URL+at)
	if got := words(doc.Find(".take")); !strings.Contains(got, "Saved as storm, Thomas Keir") || doc.Find(".take form[action='/searches']").Length() != 0 {
		t.Errorf("the page of a saved search says %q", got)
	}
	path := m.searches[0].Path()
	_, doc = fetch(t, srv.Client(), srv.URL+"/searches")
	if got := words(doc.Find("[data-saved]")); !strings.Contains(got, "nothing new since 22 November 2026") {
		t.Errorf("the saved search reads %q", got)
	}
	keir := person("Thomas Keir", 1)
	for _, headline := range []string{"Storm <b>five</b>", "Storm six", "A calm"} {
		m.add(news.Article{Headline: headline, Body: "At sea.", Persons: []news.Entity{keir}, Published: date(t, "2026-11-22")})
	}
	_, doc = fetch(t, srv.Client(), srv.URL+"/searches")
	if got := words(doc.Find("[data-saved]")); !strings.Contains(got, "2 new since 22 November 2026") {
		t.Errorf("the saved search reads %q", got)
	}
	_, doc = fetch(t, srv.Client(), srv.URL+path)
	if got := doc.Find(".hit").Length(); got != 2 || doc.Find(".hit h2:contains('<b>five</b>')").Length() != 1 || doc.Find("h1").Text() != "storm, Thomas Keir" {
		t.Errorf("%d new articles are shown: %s", got, words(doc.Find("main")))
	}
	if got := doc.Find("main a[href*='search?']").First().AttrOr("href", ""); got != "/search?q=storm+person%3Athomas-keir&sort=oldest" {
		t.Errorf("all results are at %q", got)
	}
	// What comes in while the page is read stays new.
	seen := doc.Find("[name=cursor]").AttrOr("value", "")
	m.add(news.Article{Headline: "Storm seven", Body: "At sea.", Persons: []news.Entity{keir}})
	if code, to := post(t, srv, path+"/looked", url.Values{"cursor": {seen}}); code != http.StatusSeeOther || to != path {
		t.Errorf("looked: %d, to %q", code, to)
	}
	if _, doc = fetch(t, srv.Client(), srv.URL+path); doc.Find(".hit").Length() != 1 {
		t.Errorf("seen, the page shows %s", words(doc.Find("main")))
	}
	post(t, srv, path+"/looked", url.Values{"cursor": {"another's"}})
	if _, doc = fetch(t, srv.Client(), srv.URL+path); !strings.Contains(words(doc.Find("h2.label")), "nothing new") {
		t.Errorf("seen with a cursor of no archive, the page shows %s", words(doc.Find("main")))
	}
	m.searches[0].Looked.Cursor = "99"
	if _, doc = fetch(t, srv.Client(), srv.URL+path); !strings.Contains(words(doc.Find("h2.label")), "not looked at yet") {
		t.Errorf("with a cursor of a lost past, the page shows %s", words(doc.Find("main")))
	}
	long := strings.Repeat("A long name ", 12)
	if code, _ := post(t, srv, path+"/rename", url.Values{"name": {long}}); code != http.StatusSeeOther || m.searches[0].Name != strings.TrimSpace(long) {
		t.Errorf("renamed: %d, %q", code, m.searches[0].Name)
	}
	if code, _ := post(t, srv, path+"/rename", url.Values{"name": {" "}}); code != http.StatusUnprocessableEntity {
		t.Errorf("renamed to nothing: %d, want 422", code)
	}
	m.searches[0].Name = "Storms"
	if code, to := post(t, srv, path+"/delete", nil); code != http.StatusSeeOther || to != "/searches" {
		t.Errorf("deleted: %d, to %q", code, to)
	}
	_, doc = fetch(t, srv.Client(), srv.URL+"/searches")
	if got := words(doc.Find(".shelf")); got != "“Storms” was deleted.Put it back" {
		t.Errorf("deleted, the page reads %q", got)
	}
	if res, _ := fetch(t, srv.Client(), srv.URL+path); res.StatusCode != http.StatusNotFound {
		t.Errorf("a deleted search answers %d", res.StatusCode)
	}
	back := doc.Find(".shelf form").AttrOr("action", "")
	if code, _ := post(t, srv, back, nil); code != http.StatusSeeOther || !m.searches[0].Deleted.IsZero() {
		t.Errorf("put back by %q: %d", back, code)
	}
}

// TestSavedText checks that what is kept of a search asks for the same as the search.
func TestSavedText(t *testing.T) {
	m, _ := harbour(t)
	m.entities["x"] = news.Entity{ID: "0123456789abc", Kind: news.Person, Name: "Keir", Slug: "keir"}
	for in, want := range map[string]string{
		"":                                 "",
		"q=*":                              "",
		"q=storm":                          "storm",
		"q=a+OR+b&person=thomas-keir":      "(a OR b) person:thomas-keir",
		"person=keir":                      "person:0123456789abc",
		"person=-thomas-keir":              "-person:thomas-keir",
		"person=nobody+known":              `person:"nobody known"`,
		"place=aberdeen":                   "place:aberdeen",
		"year=1954&year=1961":              "date:1954 OR date:1961",
		"from=1953&to=1954-06":             "date:1953..1954-06",
		"outlet=harbour-post&outlet=x&q=a": "a (outlet:harbour-post OR outlet:x)",
	} {
		v, err := url.ParseQuery(in)
		if err != nil {
			t.Fatal(err)
		}
		p, _ := parseParams(v)
		if got, err := p.text(t.Context(), m); err != nil || got != want {
			t.Errorf("%s: %q, %v, want %q", in, got, err, want)
		}
	}
	p := params{Filters: map[string][]value{}}
	for range 60 {
		p.Filters["section"] = append(p.Filters["section"], value{Text: strings.Repeat("x", 100)})
	}
	if _, err := p.text(t.Context(), m); err == nil {
		t.Error("a search of 6,000 bytes is kept")
	}
}

// TestReceipt keeps a receipt and looks at it before and after articles came, changed and
// went.
func TestReceipt(t *testing.T) {
	m, council := harbour(t)
	srv := serve(t, m)
	_, doc := fetch(t, srv.Client(), srv.URL+"/search?q=harbour")
	form := doc.Find(".take form[action='/receipts'] [name=search]").AttrOr("value", "")
	code, at := post(t, srv, "/receipts", url.Values{"search": {form}})
	if code != http.StatusSeeOther || !strings.HasPrefix(at, "/receipts/") {
		t.Fatalf("a receipt: %d, to %q", code, at)
	}
	_, lines, _ := body(t, srv.Client(), srv.URL+at+"/list.txt")
	sum := sha256.Sum256([]byte(lines))
	_, doc = fetch(t, srv.Client(), srv.URL+at)
	if got := words(doc.Find("main")); !strings.Contains(got, hex.EncodeToString(sum[:])) || !strings.Contains(got, "5 articles were found") || strings.Count(lines, "\n") != 5 {
		t.Errorf("the receipt of\n%s reads %q", lines, got)
	}
	if got := words(doc.Find(".sorts")); got != "The list of then0 new0 no longer found0 in another versionSearch again: 5 articles" {
		t.Errorf("at once, since then: %q", got)
	}

	storms := []news.ArticleID{}
	for id, vs := range m.versions {
		if strings.HasPrefix(vs[0].Article.Headline, "Storm") {
			storms = append(storms, id)
		}
	}
	m.gone[storms[0]] = &news.Gone{ID: storms[0], At: testNow, Reason: "a <wrong> name"}
	newer := m.versions[council][1].Article
	newer.Headline = "Council votes again on the harbour"
	m.add(newer)
	m.add(news.Article{Headline: "Harbour opens", Body: "The harbour is open.", Published: date(t, "2026-11-22")})
	calm := m.versions[storms[1]][0].Article
	calm.Headline, calm.Body = "A calm", "Nothing at all."
	m.add(calm)

	_, doc = fetch(t, srv.Client(), srv.URL+at)
	if got := words(doc.Find(".sorts")); got != "The list of then1 new2 no longer found1 in another versionSearch again: 4 articles" {
		t.Errorf("later, since then: %q", got)
	}
	main := words(doc.Find("main"))
	for _, want := range []string{"Council votes to rebuild the pier", "Version 2 was found; version 3 is shown now.", "Article " + string(storms[0]) + ": removed on 2026-11-22: a <wrong> name", "Version 1 was found; version 2 is shown now."} {
		if !strings.Contains(main, want) {
			t.Errorf("the receipt lacks %q: %s", want, main)
		}
	}
	if strings.Contains(main, "A calm") || strings.Contains(main, "Council votes again") || strings.Contains(main, "Harbour opens") {
		t.Errorf("the list is not as it was: %s", main)
	}
	if _, again, _ := body(t, srv.Client(), srv.URL+at+"/list.txt"); again != lines {
		t.Errorf("the lines were\n%s and are\n%s", lines, again)
	}
	for show, want := range map[string]string{"new": "Harbour opens", "gone": string(storms[0]), "changed": "Council votes to rebuild the pier"} {
		_, doc := fetch(t, srv.Client(), srv.URL+at+"?show="+show)
		if got := words(doc.Find(".hits")); !strings.Contains(got, want) {
			t.Errorf("?show=%s reads %q, want %q", show, got, want)
		}
	}
	_, table, err := body(t, srv.Client(), srv.URL+at+"/list.csv")
	rows, err2 := csv.NewReader(strings.NewReader(table)).ReadAll()
	if err != nil || err2 != nil || len(rows) != 6 {
		t.Errorf("%d rows, %v, %v:\n%s", len(rows), err, err2, table)
	}
	states := map[string]int{}
	_, jsonl, _ := body(t, srv.Client(), srv.URL+at+"/list.jsonl")
	for l := range strings.Lines(jsonl) {
		var x receiptLine
		if err := json.Unmarshal([]byte(l), &x); err != nil {
			t.Fatal(err)
		}
		states[x.Now]++
	}
	if states["as-found"] != 2 || states["another-version"] != 2 || states["not-shown"] != 1 {
		t.Errorf("the lines say %v", states)
	}

	var api receiptAnswer
	_, b, _ := body(t, srv.Client(), srv.URL+"/api/v1"+at)
	if err := json.Unmarshal([]byte(b), &api); err != nil || api.Since == nil || *api.Since.NewCount != 1 || *api.Since.GoneCount != 2 || len(api.Since.Changed) != 1 || api.Owner != "" {
		t.Errorf("the API answers %s, %v", b, err)
	}
	res, err := srv.Client().Post(srv.URL+"/api/v1/receipts?q=storm", "", nil)
	if err != nil || res.StatusCode != http.StatusCreated || !strings.HasPrefix(res.Header.Get("Location"), "/receipts/") {
		t.Errorf("POST /api/v1/receipts: %v, %v", res, err)
	}

	if code, _ := post(t, srv, at+"/delete", nil); code != http.StatusSeeOther {
		t.Errorf("deleted: %d", code)
	}
	for _, end := range []string{"", "/list.txt", "/list.csv"} {
		if res, _ := fetch(t, srv.Client(), srv.URL+at+end); res.StatusCode != http.StatusGone {
			t.Errorf("a deleted receipt's %q answers %d, want 410", end, res.StatusCode)
		}
	}
	if res, _ := fetch(t, srv.Client(), srv.URL+"/receipts/0123456789abc"); res.StatusCode != http.StatusNotFound {
		t.Errorf("a receipt that never was answers %d", res.StatusCode)
	}
}

// TestKeptElsewhere checks what readers of other machines may do and see: a receipt
// whose address they have, and nothing else.
func TestKeptElsewhere(t *testing.T) {
	m, _ := harbour(t)
	srv := serve(t, m)
	if code, _ := post(t, srv, "/searches", url.Values{"name": {"Storms"}, "search": {"q=storm"}}); code != http.StatusSeeOther {
		t.Fatal(code)
	}
	_, at := post(t, srv, "/receipts", url.Values{"search": {"q=storm"}})
	for path, want := range map[string]int{
		"/searches": http.StatusForbidden, m.searches[0].Path(): http.StatusForbidden, "/api/v1/receipts": http.StatusForbidden,
		at: http.StatusOK, at + "/list.txt": http.StatusOK, "/api/v1" + at: http.StatusOK, "/search.csv?q=storm": http.StatusOK, "/search.atom": http.StatusOK,
	} {
		req := httptest.NewRequest(http.MethodGet, srv.URL+path, nil)
		req.RequestURI = ""
		req.Header.Set("X-Forwarded-For", "203.0.113.7")
		res, err := srv.Client().Do(req)
		if err != nil {
			t.Fatal(err)
		}
		b, _ := io.ReadAll(res.Body)
		_ = res.Body.Close()
		if res.StatusCode != want {
			t.Errorf("from elsewhere, %s answers %d, want %d", path, res.StatusCode, want)
		}
		if strings.Contains(string(b), "Storms") || strings.Contains(string(b), `method="post"`) {
			t.Errorf("from elsewhere, %s shows what is private", path)
		}
	}
	for _, path := range []string{"/searches", "/receipts", at + "/delete", m.searches[0].Path() + "/delete", "/api/v1/receipts"} {
		req := httptest.NewRequest(http.MethodPost, srv.URL+path, strings.NewReader("search=q%3Dstorm&name=x"))
		req.RequestURI = ""
		req.Header.Set("Content-Type", "application/x-www-form-urlencoded")
		req.Header.Set("X-Forwarded-For", "203.0.113.7")
		if res, err := srv.Client().Do(req); err != nil || res.StatusCode != http.StatusForbidden {
			t.Errorf("POST %s from elsewhere: %v, %v, want 403", path, res.StatusCode, err)
		}
	}
}
