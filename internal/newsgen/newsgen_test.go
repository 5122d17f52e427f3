package newsgen

import (
	"encoding/json"
	"strings"
	"testing"

	"backfile/internal/news"

	"github.com/google/go-cmp/cmp"
)

func TestArticle(t *testing.T) {
	g := New(1)
	ids := map[news.ArticleID]bool{}
	for i := range 500 {
		a := g.Article(i)
		b, err := json.Marshal(a)
		if err != nil {
			t.Fatalf("article %d: %v", i, err)
		}
		var back news.Article // reading checks every offset
		if err := json.Unmarshal(b, &back); err != nil {
			t.Fatalf("article %d: %v", i, err)
		}
		if n := len(strings.Fields(a.Body)); n < 290 || n > 650 {
			t.Errorf("article %d has %d words", i, n)
		}
		if ids[a.ID] {
			t.Errorf("article %d: id %s twice", i, a.ID)
		}
		ids[a.ID] = true
	}
	if diff := cmp.Diff(g.Article(42), New(1).Article(42)); diff != "" {
		t.Errorf("the same seed gives another article: %s", diff)
	}
}

func BenchmarkArticle(b *testing.B) {
	g := New(1)
	for i := 0; b.Loop(); i++ {
		g.Article(i)
	}
}

func TestArchive(t *testing.T) {
	g := NewArchive(1)
	words, bodyWords, copies := map[string]bool{}, 0, 0
	const n = 2000
	for i := range n {
		a := g.Article(i)
		b, err := json.Marshal(a)
		if err != nil {
			t.Fatalf("article %d: %v", i, err)
		}
		var back news.Article // reading checks every offset
		if err := json.Unmarshal(b, &back); err != nil {
			t.Fatalf("article %d: %v", i, err)
		}
		fields := strings.Fields(a.Body)
		bodyWords += len(fields)
		for _, f := range fields {
			words[strings.ToLower(f)] = true
		}
		if year := a.Published.Year(); year != "" && (year < "1850" || year > "2026") {
			t.Errorf("article %d is of %s", i, year)
		}
		if lead, ok := g.Lead(i); ok {
			copies++
			first, _, _ := strings.Cut(g.Article(lead).Body, "\n\n")
			if got, _, _ := strings.Cut(a.Body, "\n\n"); got != first {
				t.Errorf("article %d begins %q, its lead %d %q", i, got, lead, first)
			}
		}
	}
	if mean := bodyWords / n; mean < 170 || mean > 240 {
		t.Errorf("a body has %d words, want about 200", mean)
	}
	if len(words) < 30_000 || len(words) > 100_000 {
		t.Errorf("%d articles have %d words", n, len(words))
	}
	if copies < n/10 || copies > n/4 {
		t.Errorf("%d of %d are copies", copies, n)
	}
	long, short := 0, 0
	for i := range 200 {
		long, short = long+len(g.Article(i).Body), short+len(g.Short().Article(i).Body)
	}
	if short*2 > long || short*5 < long {
		t.Errorf("short articles have %d bytes where others have %d", short, long)
	}
	if diff := cmp.Diff(g.Article(42), NewArchive(1).Article(42)); diff != "" {
		t.Errorf("the same seed gives another article: %s", diff)
	}
}

func BenchmarkArchive(b *testing.B) {
	g := NewArchive(1)
	for i := 0; b.Loop(); i++ {
		g.Article(i)
	}
}
