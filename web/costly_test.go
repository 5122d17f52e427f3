package web

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"backfile/internal/news"
	"backfile/internal/search"
)

// costly refuses every search.
type costly struct{ *memory }

func (costly) Search(context.Context, search.Request) (search.Result, error) {
	return search.Result{}, fmt.Errorf("search: %w", search.Costly("*a* means too many words"))
}

// TestCostly has the index refuse a search: the page and the API say why.
func TestCostly(t *testing.T) {
	m := newMemory()
	s := New(Config{Articles: m, Versions: m, Lookup: m, Entities: m, Names: m, Lists: m, Search: costly{m}, State: m, Stem: m.stem, Log: slog.New(slog.DiscardHandler)})
	srv := httptest.NewServer(s.Handler())
	defer srv.Close()
	res, doc := fetch(t, srv.Client(), srv.URL+"/search?q=*a*+is:x")
	if got, want := words(doc.Find("[role=alert]")), "This search was not made, since others would have to wait for it: *a* means too many words."; res.StatusCode != http.StatusUnprocessableEntity || len(got) < len(want) || got[:len(want)] != want {
		t.Errorf("page: %d, %q, want %q", res.StatusCode, got, want)
	}
	if n := doc.Find(".problems p").Length(); n == 0 {
		t.Error("the page does not say what else was not understood")
	}
	for _, at := range []string{"/search/overview?q=*a*", "/search/people?q=*a*"} {
		if res, doc := fetch(t, srv.Client(), srv.URL+at); res.StatusCode != http.StatusUnprocessableEntity || !strings.Contains(words(doc.Find("[role=alert]")), "*a* means too many words") {
			t.Errorf("%s: %d, %q, want why it is not made", at, res.StatusCode, words(doc.Find("[role=alert]")))
		}
	}
	res, doc = fetch(t, srv.Client(), srv.URL+"/api/v1/search?q=*a*")
	if got, want := words(doc.Selection), `{"reason":"*a* means too many words"}`; res.StatusCode != http.StatusUnprocessableEntity || got != want {
		t.Errorf("API: %d, %q, want %q", res.StatusCode, got, want)
	}
	if err := search.Costly("x"); !errors.Is(err, search.ErrCostly) || !errors.Is(err, news.ErrInvalid) {
		t.Errorf("%v is neither costly nor invalid", err)
	}
}
