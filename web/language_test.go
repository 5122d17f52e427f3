package web

import (
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/PuerkitoBio/goquery"

	"backfile/templates"
)

// allOffered has every language offered for the time of a test.
func allOffered(t *testing.T) {
	t.Helper()
	for _, w := range templates.Languages {
		draft := w.Draft
		w.Draft = false
		t.Cleanup(func() { w.Draft = draft })
	}
}

func TestLanguageOfAPage(t *testing.T) {
	allOffered(t)
	m, _ := harbour(t)
	srv := serve(t, m)
	for _, c := range []struct{ cookie, accept, want string }{
		{"", "", "en"},
		{"", "de", "de"},
		{"", "de-AT,de;q=0.8,en;q=0.5", "de"},
		{"", "es-419", "es"}, {"", "fr-CA, en;q=0.9", "fr"}, {"", "ar-EG", "ar"}, {"", "en-GB", "en"},
		{"", "en;q=0.4, fr;q=0.9", "fr"},
		{"", "de;q=0, fr", "fr"},
		// No language that is only near: Catalan is none of ours, French is.
		{"", "ca, fr;q=0.5", "fr"}, {"", "ca", "en"}, {"", "nl, sv", "en"},
		{"", "*", "en"}, {"", "§§", "en"}, {"", strings.Repeat("de,", 1000), "en"},
		{"fr", "de", "fr"}, {"ar", "", "ar"}, {"xx", "de", "de"}, {"\"><script>", "de", "de"},
	} {
		res, body := get(t, srv, http.MethodGet, "/", "", "Accept-Language", c.accept, "Cookie", "language="+c.cookie)
		doc, err := goquery.NewDocumentFromReader(strings.NewReader(body))
		if err != nil {
			t.Fatal(err)
		}
		if got := doc.Find("html").AttrOr("lang", ""); got != c.want {
			t.Errorf("Accept-Language %q and cookie %q: the page is in %q, want %q", c.accept, c.cookie, got, c.want)
		}
		if got := strings.Join(res.Header.Values("Vary"), ", "); !strings.Contains(got, "Accept-Language") || !strings.Contains(got, "Cookie") {
			t.Errorf("Vary is %q, want what chooses the language in it", got)
		}
	}
}

// TestOneLanguageForPrograms keeps what programs read the same for everybody.
func TestOneLanguageForPrograms(t *testing.T) {
	allOffered(t)
	m, _ := harbour(t)
	srv := serve(t, m)
	for _, at := range []string{"/search.atom?q=ferry", "/search.feed.json", "/api/v1/search?q=ferry", "/api/v1/articles/none", "/opensearch.xml", "/search.csv?q=ferry", "/robots.txt"} {
		_, plain := get(t, srv, http.MethodGet, at, "")
		_, german := get(t, srv, http.MethodGet, at, "", "Accept-Language", "de", "Cookie", "language=fr")
		if untimed(plain) != untimed(german) {
			t.Errorf("%s is another for a German browser", at)
		}
	}
}

// untimed leaves out of an answer how long it took.
func untimed(s string) string {
	before, _, _ := strings.Cut(s, `"took_ms"`)
	return before
}

func TestLanguageOfTheArchive(t *testing.T) {
	allOffered(t)
	s := New(Config{Language: "de"})
	for at, want := range map[string]string{"/language?language=fr&back=/people": "/people", "/language?language=auto&back=//evil.example": "/"} {
		r := httptest.NewRequest(http.MethodGet, at, nil)
		w := httptest.NewRecorder()
		s.Handler().ServeHTTP(w, r)
		if got := w.Result().Header.Get("Location"); w.Code != http.StatusSeeOther || got != want {
			t.Errorf("%s answers %d and leads to %q, want %q", at, w.Code, got, want)
		}
		got := w.Result().Cookies()[0]
		if fr := strings.Contains(at, "=fr"); fr != (got.Value == "fr") || fr != (got.MaxAge > 0) || !got.HttpOnly {
			t.Errorf("%s sets the cookie %v", at, got)
		}
	}
	r := httptest.NewRequest(http.MethodGet, "/", nil)
	if got := s.languageOf(r).Lang; got != "de" {
		t.Errorf("who asks for nothing gets %q, want the archive's own", got)
	}
	r.Header.Set("Accept-Language", "es")
	if got := s.languageOf(r).Lang; got != "es" {
		t.Errorf("who asks for Spanish gets %q", got)
	}
}

// TestDraftsAreNotOffered keeps half a catalogue from readers.
func TestDraftsAreNotOffered(t *testing.T) {
	draft := templates.German.Draft
	templates.German.Draft = true
	t.Cleanup(func() { templates.German.Draft = draft })
	r := httptest.NewRequest(http.MethodGet, "/", nil)
	r.Header.Set("Accept-Language", "de")
	r.AddCookie(&http.Cookie{Name: languageCookie, Value: "de"})
	if got := New(Config{}).languageOf(r).Lang; got != "en" {
		t.Errorf("a draft is shown: %q", got)
	}
}

// TestReasons finds the reasons of refusals that a page shows and no catalogue has.
func TestReasons(t *testing.T) {
	said := regexp.MustCompile(`fail\(http\.Status\w+, "([^"]+)"\)`)
	all := map[string]bool{}
	for key, s := range templates.English.Text {
		if strings.HasPrefix(key, "reason.") {
			all[s] = true
		}
	}
	names, err := filepath.Glob("*.go")
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range names {
		if strings.HasPrefix(name, "api") || strings.HasSuffix(name, "_test.go") {
			continue
		}
		b, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		for _, m := range said.FindAllStringSubmatch(string(b), -1) {
			if !all[m[1]] {
				t.Errorf("%s: %q has no sentence reason.… in templates/words_en_reasons.go", name, m[1])
			}
		}
	}
}
