package web

import (
	"context"
	"fmt"
	"net/http"
	"time"

	"backfile/internal/news"
	"backfile/internal/search"
	"backfile/internal/watch"
)

// namesOnReceipt is how many of the things that a name was taken for a receipt names.
const namesOnReceipt = 5

// receiptWait is how long a receipt waits for what is not indexed yet.
const receiptWait = 3 * time.Second

// asksKept reports whether any part of a tree asks for what a reader keeps.
func asksKept(n search.Node) (asks bool) {
	search.Walk(n, func(n search.Node) bool {
		f, ok := n.(search.Field)
		asks = asks || ok && search.AsksKept(f)
		return !asks
	})
	return asks
}

// makeReceipt keeps what ask finds now.
func (s *Server) makeReceipt(ctx context.Context, ask params) (news.Receipt, error) {
	query, err := ask.text(ctx, s.Entities)
	if err != nil {
		return news.Receipt{}, err
	}
	if tree, _ := search.Parse(query); asksKept(tree) {
		// Whoever opens it is to find the same.
		return news.Receipt{}, fail(http.StatusUnprocessableEntity, "a receipt is for everybody, and this search asks for what you keep: lists, notes, highlights or marks")
	}
	// A receipt of all that there is, where that is a matter of a moment.
	settled, cancel := context.WithTimeout(ctx, receiptWait)
	defer cancel()
	if err := s.State.WaitIndexed(settled); err != nil && ctx.Err() != nil {
		return news.Receipt{}, ctx.Err()
	}
	res, err := s.query(ctx, ask)
	if err != nil {
		return news.Receipt{}, err
	}
	rc := news.Receipt{Owner: news.LocalOwner, Query: query, Sort: string(ask.Sort), Made: s.Now()}
	for _, x := range res.Expansions {
		n := news.ReceiptName{Field: x.Field, Asked: x.Asked, Count: len(x.Entities) + len(x.Outlets)}
		for _, e := range x.Entities[:min(namesOnReceipt, len(x.Entities))] {
			n.Is = append(n.Is, e.Name)
		}
		for _, o := range x.Outlets[:min(namesOnReceipt, len(x.Outlets))] {
			n.Is = append(n.Is, o.Name)
		}
		rc.Names = append(rc.Names, n)
	}
	if rc.Behind, err = s.State.Behind(ctx); err != nil {
		return news.Receipt{}, err
	}
	list, sum := news.ReceiptList{}, news.NewReceiptSum()
	got, err := s.Stream.Stream(ctx, search.Request{Query: res.Query, Prefer: res.Prefer, Sort: ask.Sort}, func(h search.Hit) error {
		it := news.ReceiptItem{Article: h.ID, Version: h.Version}
		sum.Add(it)
		if len(list) < news.MaxReceiptItems {
			list = append(list, it)
		}
		return nil
	})
	if err != nil {
		return news.Receipt{}, err
	}
	rc.Cursor, rc.Total, rc.Kept, rc.Sum = got.Cursor, got.Total, len(list), list.Sum()
	if rc.Kept < rc.Total {
		rc.Whole = sum.String()
	}
	return s.Receipts.KeepReceipt(ctx, rc, list)
}

// receipt is the receipt that the address names, with its list.
func (s *Server) receipt(r *http.Request) (rc news.Receipt, list news.ReceiptList, err error) {
	id := r.PathValue("id")
	if s.Receipts == nil || !news.ValidID(id) {
		return rc, nil, news.ErrNotFound
	}
	if rc, err = s.Receipts.Receipt(r.Context(), news.ReceiptID(id)); err != nil {
		return rc, nil, err
	}
	if !rc.Deleted.IsZero() {
		return rc, nil, fail(http.StatusGone, "the receipt made on "+rc.Made.UTC().Format(time.DateOnly)+" was deleted on "+rc.Deleted.UTC().Format(time.DateOnly))
	}
	list, err = s.Receipts.ReceiptList(r.Context(), rc.ID)
	return rc, list, err
}

// since compares a receipt with what its search finds now. nil is for one whose list is
// not whole, of which no more than the numbers can be compared; total is always told.
func (s *Server) since(ctx context.Context, rc news.Receipt, list news.ReceiptList) (c *watch.Comparison, total int, err error) {
	res, err := s.query(ctx, asked(rc.Query, rc.Sort))
	if err != nil {
		return nil, 0, err
	}
	if rc.Kept < rc.Total {
		got, err := s.Search.Search(ctx, search.Request{Query: res.Query, CountOnly: true})
		return nil, got.Total, err
	}
	c = watch.NewComparison(list)
	// The order means nothing here, and that by date is the cheapest.
	got, err := s.Stream.Stream(ctx, search.Request{Query: res.Query, Sort: search.Newest}, func(h search.Hit) error {
		c.Add(news.ReceiptItem{Article: h.ID, Version: h.Version})
		return nil
	})
	return c, got.Total, err
}

// nowOf is what became of an article of a receipt.
type nowOf struct {
	news.ReceiptItem
	// Place is its place in the list, from 1.
	Place int
	// Version is the text that was found; nil where it is not shown any more.
	Version *news.Version
	// Current is the number of the version that is shown now, 0 for none.
	Current int
	// Why says in a clause why it is not shown any more.
	Why string
}

// nowOfAll looks up what became of the articles of a part of a list, which begins behind
// before others.
func (s *Server) nowOfAll(ctx context.Context, part news.ReceiptList, before int) ([]nowOf, error) {
	ids := make([]news.ArticleID, len(part))
	for i, it := range part {
		ids[i] = it.Article
	}
	vs, err := s.Articles.ArticlesByID(ctx, ids)
	if err != nil {
		return nil, err
	}
	out := make([]nowOf, len(part))
	for i, it := range part {
		n := nowOf{ReceiptItem: it, Place: before + i + 1}
		v, ok := vs[it.Article]
		switch {
		case !ok:
			_, err := s.Articles.Article(ctx, it.Article)
			if !isMissing(err) {
				if err == nil {
					err = fmt.Errorf("article %s came back while it was read", it.Article)
				}
				return nil, err
			}
			_, n.Why = statusOf(err)
		case v.N == it.Version:
			n.Version, n.Current = &v, v.N
		default:
			n.Current = v.N
			old, err := s.Versions.Version(ctx, it.Article, it.Version)
			switch {
			case err == nil:
				n.Version = &old
			case isMissing(err):
				n.Why = "this version of it is not kept any more"
			default:
				return nil, err
			}
		}
		out[i] = n
	}
	return out, nil
}

// path is the address of the text that was found.
func (n *nowOf) path() string {
	if n.Version != nil && n.Current == n.Version.N {
		return n.Version.Article.Path()
	}
	if n.Version != nil {
		return versionPath(n.Article, n.ReceiptItem.Version)
	}
	return "/articles/" + string(n.Article)
}
