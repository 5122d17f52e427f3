package index

import (
	"path/filepath"
	"testing"
	"time"

	"backfile/internal/news"
	language "backfile/internal/search"
)

// TestUnscored finds an article by a name of what it is all about, behind one that only
// has the word.
func TestUnscored(t *testing.T) {
	x := mustOpen(t, filepath.Join(t.TempDir(), "index"), "store")
	uk := news.Entity{ID: news.NewEntityID(news.Place, "united kingdom"), Kind: news.Place, Name: "United Kingdom", Count: 2}
	about := news.Article{ID: news.NewArticleID("about"), Headline: "United Kingdom", Body: "The United Kingdom drank tea.", Places: []news.Entity{uk},
		Mentions: []news.Mention{{Kind: news.Place, Text: "United Kingdom", End: 14, Entity: uk.ID, Field: news.FieldHeadline}, {Kind: news.Place, Text: "United Kingdom", Start: 4, End: 18, Entity: uk.ID}}}
	word := news.Article{ID: news.NewArticleID("word"), Headline: "A letter", Body: "Much was said in a long letter of many words, and somewhere in it stood Britain."}
	var us []Update
	for i, a := range []news.Article{about, word} {
		us = append(us, Update{ID: a.ID, Versions: []news.Version{{N: 1, Article: a, At: time.Unix(int64(i), 0).UTC()}}})
	}
	if err := x.Apply(t.Context(), us, "1"); err != nil {
		t.Fatal(err)
	}
	for _, unscored := range []bool{true, false} {
		q := language.Or{Parts: []language.Node{language.Word{Text: "britain"}, language.Entities{Kind: news.Place, Name: "uk", IDs: []news.EntityID{uk.ID}, Unscored: unscored}}}
		r, err := x.Search(t.Context(), language.Request{Query: q})
		if err != nil {
			t.Fatal(err)
		}
		want := about.ID
		if unscored {
			want = word.ID
		}
		if r.Total != 2 || len(r.Hits) != 2 || r.Hits[0].ID != want {
			t.Errorf("unscored %t: %d found, %+v in front, want %s", unscored, r.Total, r.Hits, want)
		}
	}
}
