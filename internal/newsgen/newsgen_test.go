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
