package web

import (
	"encoding/json"
	"net/url"
	"testing"
)

// TestNearly holds that a search of which nothing has all words shows what has most of them,
// on the page and in the API, and says how many.
func TestNearly(t *testing.T) {
	m, _ := harbour(t)
	srv := serveTalkative(t, &talkative{memory: m})
	for _, c := range []struct {
		q, says       string
		words, of, at int // at least
	}{
		{"storm harbour xyzzy", "Nearest: all of the words but one", 2, 3, 1},
		{"storm xyzzy", "Nearest: 1 of the 2 words", 1, 2, 1},
		{"storm xyzzy plugh", "Nearest: 1 of the 3 words", 1, 3, 1},
		{"storm xyzzy date:1800", "", 0, 0, 0},
		{"xyzzy plugh", "", 0, 0, 0},
		{"storm harbour", "", 0, 0, 0},
		{"xyzzy", "", 0, 0, 0},
	} {
		params := "?q=" + url.QueryEscape(c.q)
		res, err := srv.Client().Get(srv.URL + "/api/v1/search" + params)
		if err != nil {
			t.Fatal(err)
		}
		var a struct {
			Total  int
			Nearly *nearlyAnswer
		}
		err = json.NewDecoder(res.Body).Decode(&a)
		_ = res.Body.Close()
		if err != nil {
			t.Fatal(err)
		}
		if a.Nearly == nil {
			a.Nearly = &nearlyAnswer{}
		} else if a.Total != 0 {
			t.Errorf("%s: %d found, and what is near", c.q, a.Total)
		}
		if a.Nearly.Words != c.words || a.Nearly.Of != c.of || len(a.Nearly.Hits) < c.at || c.at == 0 && len(a.Nearly.Hits) > 0 {
			t.Errorf("%s: near are %d articles with %d of %d words, want at least %d with %d of %d", c.q, len(a.Nearly.Hits), a.Nearly.Words, a.Nearly.Of, c.at, c.words, c.of)
		}
		_, doc := fetch(t, srv.Client(), srv.URL+"/search"+params)
		if got := words(doc.Find("#nearly")); got != c.says {
			t.Errorf("%s: the page says %q, want %q", c.q, got, c.says)
		}
		if got := doc.Find("section[aria-labelledby=nearly] article.hit").Length(); got != len(a.Nearly.Hits) {
			t.Errorf("%s: the page shows %d, the API %d", c.q, got, len(a.Nearly.Hits))
		}
	}
}
