package watch

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strconv"
	"testing"

	"backfile/internal/news"
)

func TestCompare(t *testing.T) {
	then := news.ReceiptList{{Article: "a", Version: 1}, {Article: "b", Version: 1}, {Article: "c", Version: 2}}
	c := NewComparison(then)
	for _, it := range (news.ReceiptList{{Article: "d", Version: 1}, {Article: "c", Version: 3}, {Article: "a", Version: 1}}) {
		c.Add(it)
	}
	if !slices.Equal(c.New, news.ReceiptList{{Article: "d", Version: 1}}) || c.NewCount != 1 || c.Total != 3 {
		t.Errorf("new: %v of %d", c.New, c.Total)
	}
	if got := c.Gone(); !slices.Equal(got, news.ReceiptList{{Article: "b", Version: 1}}) || c.Found(1) || !c.Found(0) {
		t.Errorf("gone: %v", got)
	}
	if len(c.Changed) != 1 || c.Changed["c"] != (Change{2, 3}) {
		t.Errorf("changed: %v", c.Changed)
	}
	many := NewComparison(nil)
	for i := range MostNew + 5 {
		many.Add(news.ReceiptItem{Article: news.ArticleID(strconv.Itoa(i)), Version: 1})
	}
	if len(many.New) != MostNew || many.NewCount != MostNew+5 || len(many.Gone()) != 0 {
		t.Errorf("%d new, %d named", many.NewCount, len(many.New))
	}
}

// rows is a feed of so many articles, one a row.
type rows int

func (n rows) Arrivals(_ context.Context, after news.Cursor, most int) (ids []news.ArticleID, next news.Cursor, err error) {
	at := 0
	if after != "" {
		if at, err = strconv.Atoi(string(after)); err != nil {
			return nil, after, news.ErrInvalid
		}
	}
	for ; at < int(n) && most > 0; most-- {
		ids = append(ids, news.ArticleID(fmt.Sprint("a", at)))
		at++
		after = news.Cursor(strconv.Itoa(at))
	}
	return ids, after, nil
}

func TestSince(t *testing.T) {
	for _, tc := range []struct {
		feed  int
		after news.Cursor
		want  int
		more  bool
	}{{0, "", 0, false}, {7, "", 7, false}, {7, "7", 0, false}, {MostRows, "", MostRows, false}, {MostRows + 3, "1", MostRows, true}} {
		ids, more, err := Since(t.Context(), rows(tc.feed), tc.after)
		if err != nil || len(ids) != tc.want || more != tc.more {
			t.Errorf("Since(%q) of %d rows = %d articles, more %v, %v, want %d, %v", tc.after, tc.feed, len(ids), more, err, tc.want, tc.more)
		}
	}
	if _, _, err := Since(t.Context(), rows(7), "another's"); !errors.Is(err, news.ErrInvalid) {
		t.Errorf("another archive's cursor: %v, want ErrInvalid", err)
	}
}
