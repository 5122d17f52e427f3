package keep

import (
	"encoding/json"
	"slices"
	"strings"
	"testing"
	"time"

	"backfile/internal/news"
)

func TestNotes(t *testing.T) {
	a, b, c := news.NewArticleID("a"), news.NewArticleID("b"), news.NewArticleID("c")
	n := NewNotes([]news.Annotation{
		{Article: a, Note: "Ask the O’Brien family.", Tags: []string{"harbour wall"}, Passage: mark(t, harbour, "No boat was lost", 1)},
		{Article: a, Passage: mark(t, harbour, "the council said", 1)},
		{Article: b, Note: "Łódź, not Zürich"},
	}, []news.List{{Items: []news.Bookmark{{Article: c, Note: "The harbour again", Tags: []string{"wall"}}, {Article: b}}}})
	ids := func(of ...news.ArticleID) []news.ArticleID {
		slices.Sort(of)
		return of
	}
	tests := []struct {
		asked  string
		phrase bool
		want   []news.ArticleID
	}{
		{"harbour", false, ids(a, c)},
		{"harbour wall", false, ids(a, c)},
		{"harbour wall", true, ids(a)},
		{"O'BRIEN", false, ids(a)},
		{"lodz", false, ids(b)},
		{"boat", false, ids(a)},
		{"council", false, ids(a)},
		{"family harbour", true, nil}, // of the note and of a tag
		{"…", false, nil},
		{"", false, nil},
	}
	for _, tt := range tests {
		if got := n.Find(tt.asked, tt.phrase); !slices.Equal(got, tt.want) {
			t.Errorf("Find(%q, %v) = %v, want %v", tt.asked, tt.phrase, got, tt.want)
		}
	}
	if got, want := n.Noted(), ids(a, b, c); !slices.Equal(got, want) {
		t.Errorf("Noted = %v, want %v", got, want)
	}
	if got, want := n.Highlighted(), ids(a); !slices.Equal(got, want) {
		t.Errorf("Highlighted = %v, want %v", got, want)
	}
	if got, want := n.Count(a), (Count{Notes: 1, Highlights: 2}); got != want {
		t.Errorf("Count = %+v, want %+v", got, want)
	}
}

// TestCollection holds what other programs get to the W3C's model: selectors by words and
// by characters, which are not bytes.
func TestCollection(t *testing.T) {
	const body = "Łódź held. The wall did not."
	p, ok := news.NewPassage(news.FieldBody, body, strings.Index(body, "The wall"), strings.Index(body, " did"))
	if !ok {
		t.Fatal("no passage")
	}
	id := news.NewArticleID("a")
	day := time.Date(2026, 11, 23, 10, 0, 0, 0, time.UTC)
	as := []news.Annotation{
		{ID: "x", Article: id, Version: 2, Passage: p, Note: "why", Tags: []string{"wall"}, Created: day, Changed: day.Add(time.Hour)},
		{ID: "y", Article: id, Version: 1, Passage: p, Created: day, Changed: day},
		{ID: "z", Article: id, Version: 1, Tags: []string{"later"}, Created: day, Changed: day},
		{ID: "e", Article: id, Version: 1, Passage: &news.Passage{Field: news.FieldBody}, Note: "n", Created: day, Changed: day},
	}
	got := NewCollection("File", as, Addresses{
		Collection: "http://a.example/notes", Version: func(id news.ArticleID, n int) string { return "v" + string(rune('0'+n)) }, Annotation: func(a *news.Annotation) string { return "#" + string(a.ID) },
	}, func(a *news.Annotation) string {
		if a.Version == 2 {
			return body
		}
		return "Another text."
	})
	items := got.First.Items
	if got.Total != 4 || got.Type != "AnnotationCollection" || len(items) != 4 {
		t.Fatalf("NewCollection = %+v", got)
	}
	for i, want := range []string{"commenting", "highlighting", "tagging", "commenting"} {
		if items[i].Motivation != want {
			t.Errorf("the motivation of %d is %q, want %q", i, items[i].Motivation, want)
		}
	}
	sel := items[0].Target.Selector
	if len(sel) != 2 || sel[0].Exact != "The wall" || sel[0].Prefix != "Łódź held. " || sel[0].Suffix != " did not." || *sel[1].Start != 11 || *sel[1].End != 19 {
		b, _ := json.Marshal(sel)
		t.Errorf("the selectors are %s", b)
	}
	if items[0].Target.Source != "v2" || items[0].Modified == "" || len(items[0].Body) != 2 || items[0].Body[1].Purpose != "tagging" {
		t.Errorf("the first is %+v", items[0])
	}
	if n := len(items[1].Target.Selector); n != 1 {
		t.Errorf("one that stands elsewhere has %d selectors, want the words alone", n)
	}
	if len(items[2].Target.Selector)+len(items[3].Target.Selector) != 0 {
		t.Errorf("what marks no words has selectors: %+v", items[2:])
	}
}
