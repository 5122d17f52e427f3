package web

import (
	"context"
	"encoding/json"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"net/url"
	"slices"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"backfile/internal/news"
	"backfile/internal/search"
)

// talkative is the memory with what a search box needs to suggest.
type talkative struct {
	*memory
	past []news.PastSearch
	read []news.Reading
	// quiet says that no history is kept.
	quiet bool
}

// SuggestNames compares with the beginnings of names, by their order in the alphabet.
func (m *talkative) SuggestNames(_ context.Context, typed string, kinds []string, most int) ([]NameFound, error) {
	var out []NameFound
	for _, e := range m.entities {
		exact := slices.ContainsFunc(e.Aliases, func(a news.Alias) bool { return a.Fold == strings.ToLower(typed) })
		if (len(kinds) == 0 || slices.Contains(kinds, string(e.Kind))) && (exact || strings.Contains(" "+strings.ToLower(e.Name), " "+strings.ToLower(typed))) {
			out = append(out, NameFound{Kind: string(e.Kind), Entity: e, Count: 2, Exact: exact})
		}
	}
	slices.SortFunc(out, func(a, b NameFound) int { return strings.Compare(a.name(), b.name()) })
	return out[:min(most, len(out))], nil
}

// SimilarNames knows names of which one letter is another.
func (m *talkative) SimilarNames(_ context.Context, typed string, kinds []string, most int) ([]NameFound, error) {
	var out []NameFound
	for _, e := range m.entities {
		for _, name := range append(strings.Fields(e.Name), e.Name) {
			if (len(kinds) == 0 || slices.Contains(kinds, string(e.Kind))) && oneOff(strings.ToLower(name), strings.ToLower(typed)) {
				out = append(out, NameFound{Kind: string(e.Kind), Entity: e, Count: 2})
				break
			}
		}
	}
	slices.SortFunc(out, func(a, b NameFound) int { return strings.Compare(a.name(), b.name()) })
	return out[:min(most, len(out))], nil
}

func oneOff(a, b string) bool {
	if len(a) != len(b) {
		return false
	}
	n := 0
	for i := range len(a) {
		if a[i] != b[i] {
			n++
		}
	}
	return n == 1
}

func (m *talkative) words(fits func(string) bool, most int) []search.Count {
	n := map[string]int{}
	for _, vs := range m.versions {
		a := &vs[len(vs)-1].Article
		seen := map[string]bool{}
		for _, w := range search.Terms(a.Headline + " " + a.Body) {
			if fits(w) && !seen[w] {
				seen[w] = true
				n[w]++
			}
		}
	}
	var out []search.Count
	for w, c := range n {
		out = append(out, search.Count{Value: w, N: c})
	}
	slices.SortFunc(out, func(a, b search.Count) int {
		if a.N != b.N {
			return b.N - a.N
		}
		return strings.Compare(a.Value, b.Value)
	})
	return out[:min(most, len(out))]
}

func (m *talkative) Words(_ context.Context, prefix string, most int) ([]search.Count, error) {
	return m.words(func(w string) bool { return strings.HasPrefix(w, prefix) }, most), nil
}

func (m *talkative) Similar(_ context.Context, word string, most int) ([]search.Count, error) {
	return m.words(func(w string) bool { return oneOff(w, word) }, most), nil
}

func (m *talkative) PastSearches(_ context.Context, owner string) ([]news.PastSearch, error) {
	var out []news.PastSearch
	for _, p := range slices.Backward(m.past) {
		if p.Owner == owner {
			out = append(out, p)
		}
	}
	return out, nil
}

func (m *talkative) NotePastSearch(_ context.Context, owner, query string) error {
	m.past = append(m.past, news.PastSearch{Owner: owner, Query: query, At: testNow, Times: 1})
	return nil
}

func (m *talkative) ForgetPastSearch(_ context.Context, owner, query string) error {
	m.past = slices.DeleteFunc(m.past, func(p news.PastSearch) bool { return p.Owner == owner && (query == "" || p.Query == query) })
	return nil
}

func (m *talkative) Readings(_ context.Context, owner string) ([]news.Reading, error) {
	return slices.Clone(m.read), nil
}

func (m *talkative) NoteReading(_ context.Context, owner string, id news.ArticleID) error {
	m.read = slices.Insert(m.read, 0, news.Reading{Owner: owner, Article: id, At: testNow.Add(-26 * time.Hour), Times: 2})
	return nil
}

func (m *talkative) ForgetReading(_ context.Context, owner string, id news.ArticleID) error {
	m.read = slices.DeleteFunc(m.read, func(r news.Reading) bool { return id == "" || r.Article == id })
	return nil
}

func (m *talkative) KeepsHistory(context.Context, string) (bool, error) { return !m.quiet, nil }

func (m *talkative) KeepHistory(_ context.Context, _ string, on bool) error {
	m.quiet = !on
	return nil
}

// serveTalkative is serve of an archive that suggests.
func serveTalkative(t testing.TB, m *talkative) *httptest.Server {
	t.Helper()
	s := New(Config{
		Articles: m, Versions: m, Lookup: m, Entities: m, Names: m, Lists: m, Search: m, State: m, Families: m, Stem: m.stem,
		Suggest: m, Vocabulary: m, Past: m,
		Name: "The Harbour Archive", Log: slog.New(slog.DiscardHandler), Now: func() time.Time { return testNow },
	})
	srv := httptest.NewServer(s.Handler())
	t.Cleanup(srv.Close)
	srv.Client().CheckRedirect = func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }
	return srv
}

// offered asks what a box with q offers, as "kind text > path or query".
func offered(t *testing.T, srv *httptest.Server, q string, header ...string) []string {
	t.Helper()
	r, err := http.NewRequest(http.MethodGet, srv.URL+"/api/v1/suggest?q="+url.QueryEscape(q), nil)
	if err != nil {
		t.Fatal(err)
	}
	for i := 0; i+1 < len(header); i += 2 {
		r.Header.Set(header[i], header[i+1])
	}
	res, err := srv.Client().Do(r)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = res.Body.Close() }()
	var a suggestAnswer
	if err := json.NewDecoder(res.Body).Decode(&a); err != nil || res.StatusCode != http.StatusOK {
		t.Fatalf("suggest %q: %s, %v", q, res.Status, err)
	}
	if res.Header.Get("Cache-Control") != "private, no-store" {
		t.Errorf("suggest %q may be kept by others: %q", q, res.Header.Get("Cache-Control"))
	}
	var out []string
	for _, s := range a.Suggestions {
		if s.Note == "" {
			t.Errorf("suggest %q: %q has no note", q, s.Text)
		}
		out = append(out, s.Kind+" "+s.Text+" > "+s.Path+s.Query)
	}
	return out
}

func TestSuggest(t *testing.T) {
	m, council := harbour(t)
	srv := serveTalkative(t, &talkative{memory: m})
	pier := "headline Council votes to rebuild the pier > /articles/" + string(council) + "/council-votes-to-rebuild-the-pier"
	for _, c := range []struct {
		q    string
		want []string
	}{
		{"", nil},
		{"lor", []string{"person Agnes Lorimer > /people/agnes-lorimer", "word lorimer > lorimer"}},
		{"pier lor", []string{"person Agnes Lorimer > pier person:agnes-lorimer", "word lorimer > pier lorimer"}},
		{"storm ab", []string{"place Aberdeen > storm place:aberdeen"}},
		{"storm -ab", []string{"place Aberdeen > storm -place:aberdeen"}},
		{"person:kei", []string{"person Thomas Keir > person:thomas-keir"}},
		{"person:thomas kei", []string{"person Thomas Keir > person:thomas-keir", "word keir > person:thomas keir"}},
		{`storm person:"thomas k`, []string{"person Thomas Keir > storm person:thomas-keir"}},
		{"place:kei", nil},
		{"within:ab", []string{"place Aberdeen > within:aberdeen"}},
		{"dateline:ab", []string{"place Aberdeen > dateline:Aberdeen"}},
		{"body:cou", []string{"word council > body:council"}},
		{"section:to", nil},
		{"rebu", []string{"word rebuild > rebuild", pier}},
		{"council pie", []string{"word pier > council pier", pier}},
		{"harbour", nil},
		{"(a", []string{"place Aberdeen > (place:aberdeen", "person Agnes Lorimer > (person:agnes-lorimer"}},
	} {
		got := offered(t, srv, c.q)
		if !slices.Equal(got, c.want) {
			t.Errorf("suggest(%q) = %q, want %q", c.q, got, c.want)
		}
	}
	for _, bad := range []string{"?q=" + strings.Repeat("a", 3000), "?q=%ff"} {
		res, err := srv.Client().Get(srv.URL + "/api/v1/suggest" + bad)
		if err != nil {
			t.Fatal(err)
		}
		_ = res.Body.Close()
		if res.StatusCode != http.StatusUnprocessableEntity {
			t.Errorf("suggest %.20s = %d, want 422", bad, res.StatusCode)
		}
	}
	plain := serve(t, m) // without names and words there is nothing to offer, and no error
	if got := offered(t, plain, "lor"); got != nil {
		t.Errorf("an archive that suggests nothing offers %q", got)
	}
}

// TestPastSearches checks who is remembered, and that nobody else is.
func TestPastSearches(t *testing.T) {
	m, _ := harbour(t)
	past := &talkative{memory: m}
	srv := serveTalkative(t, past)
	get := func(at string, header ...string) {
		t.Helper()
		r, err := http.NewRequest(http.MethodGet, srv.URL+at, nil)
		if err != nil {
			t.Fatal(err)
		}
		for i := 0; i+1 < len(header); i += 2 {
			r.Header.Set(header[i], header[i+1])
		}
		res, err := srv.Client().Do(r)
		if err != nil {
			t.Fatal(err)
		}
		_, _ = io.Copy(io.Discard, res.Body)
		_ = res.Body.Close()
	}
	get("/search?q=storm+warning")
	get("/search?q=pier", "Sec-Fetch-Site", "same-origin")
	for _, c := range [][]string{
		{"/search?q=secret", "X-Forwarded-For", "192.0.2.1"}, {"/search?q=secret", "Sec-Fetch-Site", "cross-site"},
		{"/search?q=secret", "Sec-Purpose", "prefetch"}, {"/search?q=secret&page=2"}, {"/search?person=thomas-keir"}, {"/search?q=*"}, {"/api/v1/search?q=secret"},
		{"/search?q=" + strings.Repeat("a", news.MaxPastSearch+1)},
	} {
		get(c[0], c[1:]...)
	}
	if got, want := offered(t, srv, ""), []string{"past pier > pier", "past storm warning > storm warning"}; !slices.Equal(got, want) {
		t.Errorf("an empty box offers %q, want %q", got, want)
	}
	if got := offered(t, srv, "", "X-Forwarded-For", "192.0.2.1"); got != nil {
		t.Errorf("a stranger is offered %q", got)
	}
	if got := offered(t, srv, "warn"); len(got) == 0 || got[0] != "past storm warning > storm warning" {
		t.Errorf("a word of a past search offers %q", got)
	}
	council := m.arrived[0]
	article := m.versions[council][len(m.versions[council])-1].Article.Path()
	get(article)
	for _, header := range [][]string{{"X-Forwarded-For", "192.0.2.1"}, {"Sec-Purpose", "prefetch"}, {"Sec-Fetch-Site", "cross-site"}} {
		get(article, header...)
	}
	get("/articles/" + string(council) + "/another-slug")
	if len(past.read) != 1 || past.read[0].Article != council {
		t.Errorf("opened: %v, want %s once", past.read, council)
	}
	_, doc := fetch(t, srv.Client(), srv.URL+"/history")
	if got := words(doc.Find("main section").First()); !strings.Contains(got, "Sunday, 22 November 2026") || !strings.Contains(got, "pier") || !strings.Contains(got, "searched for") {
		t.Errorf("the last day reads %q", got)
	}
	if got := words(doc.Find("main section").Last()); !strings.Contains(got, "21 November 2026") || !strings.Contains(got, "Council votes to rebuild the pier") || !strings.Contains(got, "opened · Harbour Post · 2 times") {
		t.Errorf("the day before reads %q", got)
	}
	if got := doc.Find("footer a[href='/history']").Length(); got != 1 {
		t.Errorf("%d links lead to the history, want 1", got)
	}
	for q, want := range map[string]int{"PIER": 2, "counc reb": 1, "storm": 1, "harbour po": 1, "pier storm": 0, "<b>": 0} {
		if _, doc = fetch(t, srv.Client(), srv.URL+"/history?q="+url.QueryEscape(q)); doc.Find("main section li").Length() != want {
			t.Errorf("%q finds %d, want %d", q, doc.Find("main section li").Length(), want)
		}
	}
	res, _ := fetch(t, srv.Client(), srv.URL+"/past-searches")
	if res.StatusCode != http.StatusMovedPermanently || res.Header.Get("Location") != "/history" {
		t.Errorf("/past-searches leads to %s, %d", res.Header.Get("Location"), res.StatusCode)
	}
	post := func(form url.Values) int {
		t.Helper()
		res, err := (&http.Client{CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}).PostForm(srv.URL+"/history", form)
		if err != nil {
			t.Fatal(err)
		}
		_ = res.Body.Close()
		return res.StatusCode
	}
	if got := post(url.Values{}); got != http.StatusUnprocessableEntity {
		t.Errorf("a form that names no search = %d, want 422", got)
	}
	if got := post(url.Values{"query": {"pier"}}); got != http.StatusSeeOther || len(past.past) != 1 {
		t.Errorf("forgetting one = %d, and %d are left, want 303 and 1", got, len(past.past))
	}
	past.past = append(past.past, news.PastSearch{Owner: news.LocalOwner, Query: "again", At: testNow})
	if got := post(url.Values{"article": {string(council)}}); got != http.StatusSeeOther || len(past.read) != 0 {
		t.Errorf("forgetting an article = %d, and %d are left", got, len(past.read))
	}
	get(article)
	if got := post(url.Values{"all": {"1"}}); got != http.StatusSeeOther || len(past.past) != 0 || len(past.read) != 0 {
		t.Errorf("forgetting all = %d, and %d are left, want 303 and none", got, len(past.past)+len(past.read))
	}
	if got := post(url.Values{"keep": {"off"}}); got != http.StatusSeeOther || !past.quiet {
		t.Errorf("switching it off = %d", got)
	}
	if _, doc = fetch(t, srv.Client(), srv.URL+"/history"); !strings.Contains(words(doc.Find("main")), "No history is kept at present") || doc.Find("[name=keep]").AttrOr("value", "") != "on" {
		t.Errorf("switched off, the page reads %q", words(doc.Find("main")))
	}
	res, err := http.Get(serve(t, m).URL + "/history")
	if err != nil {
		t.Fatal(err)
	}
	_ = res.Body.Close()
	if res.StatusCode != http.StatusNotFound {
		t.Errorf("an archive without history answers %d, want 404", res.StatusCode)
	}
}

// FuzzSuggest asks for whatever comes.
func FuzzSuggest(f *testing.F) {
	m := &talkative{memory: newMemory()}
	m.add(news.Article{Headline: "Council votes to rebuild", Body: "A harbour.", Persons: []news.Entity{person("Agnes Lorimer", 1)}})
	s := New(Config{Articles: m, Versions: m, Lookup: m, Entities: m, Names: m, Lists: m, Search: m, State: m, Stem: m.stem, Suggest: m, Vocabulary: m, Past: m, Log: slog.New(slog.DiscardHandler)})
	h := s.Handler()
	for _, q := range []string{"lor", `person:"agn`, "-(a OR ag", "council reb", "\xff", "“"} {
		f.Add(q)
	}
	f.Fuzz(func(t *testing.T, q string) {
		r := httptest.NewRequest(http.MethodGet, "/api/v1/suggest?q="+url.QueryEscape(q), nil)
		w := httptest.NewRecorder()
		h.ServeHTTP(w, r)
		want := http.StatusOK
		if len(q) > maxQuery || !utf8.ValidString(q) {
			want = http.StatusUnprocessableEntity
		}
		if w.Code != want {
			t.Fatalf("suggest(%q) = %d, want %d: %s", q, w.Code, want, w.Body)
		}
		if want != http.StatusOK {
			return
		}
		var a suggestAnswer
		if err := json.Unmarshal(w.Body.Bytes(), &a); err != nil {
			t.Fatal(err)
		}
		for _, g := range a.Suggestions {
			if (g.Path == "") == (g.Query == "") || len(a.Suggestions) > mostSuggestions {
				t.Errorf("suggest(%q) offers %+v", q, g)
			}
		}
	})
}
