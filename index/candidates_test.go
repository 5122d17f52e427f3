package index

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"backfile/internal/news"
	language "backfile/internal/search"
)

// TestCandidates asks for words in a row of articles that all have the words, most of them in another
// order: those that have them in a row are all candidates, and few others are.
func TestCandidates(t *testing.T) {
	x := mustOpen(t, t.TempDir()+"/index", "store")
	var us []Update
	for i := range 300 {
		filler := func(n int) string { return strings.Repeat(fmt.Sprintf("filler%d ", i), n) }
		a := news.Article{ID: news.ArticleID(fmt.Sprintf("a%03d", i)), Language: "en"}
		switch {
		case i%100 == 0:
			a.Body = filler(3) + "harbour masters " + filler(3)
		case i%100 == 1:
			a.Headline, a.Body = "harbour masters", "masters of the harbour" // several times
		case i%100 == 2:
			a.Headline, a.Body = "the harbour", "masters" // not in a row: another piece
		default:
			a.Body = filler(1) + "masters " + filler(2) + "harbour " + filler(1) + "x"
		}
		us = append(us, Update{ID: a.ID, Versions: []news.Version{{Article: a, N: 1}}})
	}
	if err := x.Apply(t.Context(), us, news.Cursor("1")); err != nil {
		t.Fatal(err)
	}
	v, err := x.now.acquire()
	if err != nil {
		t.Fatal(err)
	}
	defer v.release()
	s := x.now.newSearch(t.Context(), v, language.Request{})
	defer s.done()
	docs := s.candidates(nil, []string{"harbour", "masters"}, s.base)
	if !slices.IsSorted(docs) || len(docs) < 6 || len(docs) > 60 {
		t.Errorf("%d candidates, want 6 and not many more: %v", len(docs), docs)
	}
	found, err := s.phrase([]string{"harbour", "masters"}, anyText, s.base)
	if err != nil || found.count() != 6 {
		t.Errorf("%d found, %v, want 6", found.count(), err)
	}
	if docs := s.candidates(nil, []string{"harbour", "nowhere"}, s.base); len(docs) > 0 {
		t.Errorf("%d candidates with a word of no text", len(docs))
	}
}
