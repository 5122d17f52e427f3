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
	_, doc := fetch(t, srv.Client(), srv.URL+"/past-searches")
	if got := words(doc.Find(".shelf li").First()); !strings.Contains(got, "pier") {
		t.Errorf("the last search reads %q", got)
	}
	if got := doc.Find("footer a[href='/past-searches']").Length(); got != 1 {
		t.Errorf("%d links lead to the past searches, want 1", got)
	}
	post := func(form url.Values) int {
		t.Helper()
		res, err := srv.Client().PostForm(srv.URL+"/past-searches", form)
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
	if got := post(url.Values{"all": {"1"}}); got != http.StatusSeeOther || len(past.past) != 0 {
		t.Errorf("forgetting all = %d, and %d are left, want 303 and none", got, len(past.past))
	}
	res, err := http.Get(serve(t, m).URL + "/past-searches")
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
