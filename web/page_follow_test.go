package web

import (
	"encoding/json"
	"encoding/xml"
	"io"
	"net/http"
	"testing"

	"github.com/PuerkitoBio/goquery"

	"backfile/internal/news"
)

// TestFollow finds on each page about something that has articles both feeds of them, in
// the head and for people, and reads these.
func TestFollow(t *testing.T) {
	m, council := harbour(t)
	srv := serve(t, m)
	l, err := m.CreateList(t.Context(), news.LocalOwner, "Harbour file")
	if err != nil {
		t.Fatal(err)
	}
	if err := m.Bookmark(t.Context(), l.ID, news.Bookmark{Article: council}); err != nil {
		t.Fatal(err)
	}
	for _, page := range []string{"/people/thomas-keir", "/places/aberdeen", "/outlets/harbour-post", "/authors/margaret-innes", l.Path(), "/search?q=storm"} {
		_, doc := fetch(t, srv.Client(), srv.URL+page)
		links := doc.Find("head link[rel=alternate][type='application/atom+xml'], head link[rel=alternate][type='application/feed+json']")
		if links.Length() != 2 {
			t.Errorf("%s has %d feeds in its head, want 2", page, links.Length())
		}
		links.Each(func(_ int, s *goquery.Selection) {
			href := s.AttrOr("href", "")
			if doc.Find("main a[href='"+href+"']").Length() == 0 && page != "/search?q=storm" {
				t.Errorf("%s shows nobody its feed %s", page, href)
			}
			res, err := srv.Client().Get(srv.URL + href)
			if err != nil {
				t.Fatal(err)
			}
			b, err := io.ReadAll(res.Body)
			_ = res.Body.Close()
			if err != nil || res.StatusCode != http.StatusOK {
				t.Fatalf("%s = %d, %v", href, res.StatusCode, err)
			}
			n := 0
			if s.AttrOr("type", "") == "application/atom+xml" {
				var f struct {
					Entries []struct{} `xml:"entry"`
				}
				err = xml.Unmarshal(b, &f)
				n = len(f.Entries)
			} else {
				var f struct{ Items []struct{} }
				err = json.Unmarshal(b, &f)
				n = len(f.Items)
			}
			if err != nil || n == 0 {
				t.Errorf("%s has %d articles, %v", href, n, err)
			}
		})
	}
	if res, _ := fetch(t, srv.Client(), srv.URL+"/authors/nobody-at-all/articles.atom"); res.StatusCode != http.StatusNotFound {
		t.Errorf("the feed of nobody answers %d", res.StatusCode)
	}
}
