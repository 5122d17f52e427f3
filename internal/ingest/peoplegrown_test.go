package ingest

import (
	"context"
	"fmt"
	"testing"

	"backfile/internal/news"
)

// countedShelf counts how often the articles of somebody are asked for.
type countedShelf struct {
	shelf
	asked *int
}

func (s countedShelf) ArticlesOf(ctx context.Context, id news.EntityID, n int) ([]news.ArticleID, error) {
	*s.asked++
	return s.shelf.ArticlesOf(ctx, id, n)
}

// TestPeopleKnown has somebody of many articles looked at again when these are a tenth
// more, and at once where an article explains a name.
func TestPeopleKnown(t *testing.T) {
	n := newNewsroom(t)
	asked := 0
	n.p.ix = countedShelf{shelf{n.st}, &asked}
	came := 0
	more := func(k int, body string) int {
		t.Helper()
		for range k {
			n.put(report(fmt.Sprintf("m%d", came), fmt.Sprintf("2021-03-%02d", 1+came%28), "Evening Post", body))
			came++
		}
		asked = 0
		n.look()
		return asked
	}
	const plain = "[Odo Fenwick], the harbour master, spoke."
	if got := more(30, plain); got == 0 {
		t.Error("nobody was looked at")
	}
	if got := more(1, plain); got != 0 {
		t.Errorf("for the 31st article their articles were asked for %d times", got)
	}
	if got := more(2, plain); got == 0 {
		t.Error("with a tenth more nobody was looked at")
	}
	if got := more(1, "[Odo Fenwick], also known as [Odo Marsh], spoke."); got == 0 {
		t.Error("for an article that explains the name nobody was looked at")
	}
}
