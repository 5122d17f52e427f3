package web

import (
	"cmp"
	"context"
	"net/http"
	"slices"

	"backfile/internal/news"
)

// editBookmark gives a bookmark a note, tags and a place.
func (p *pages) editBookmark(w http.ResponseWriter, r *http.Request) error {
	return changedList(w, r, func(id news.ListID) error {
		ctx := r.Context()
		article, err := bookmarked(r)
		if err != nil {
			return err
		}
		if err := p.Lists.NoteBookmark(ctx, id, article, r.FormValue("note"), news.ParseTags(r.FormValue("tags"))); err != nil {
			return err
		}
		if to := atoi(r.FormValue("to")); to > 0 {
			return p.Lists.MoveBookmark(ctx, id, article, to)
		}
		return nil
	})
}

func (p *pages) moveBookmark(w http.ResponseWriter, r *http.Request) error {
	return changedList(w, r, func(id news.ListID) error {
		article, err := bookmarked(r)
		if err != nil {
			return err
		}
		return p.Lists.MoveBookmark(r.Context(), id, article, atoi(r.FormValue("to")))
	})
}

// arrangeList puts a list in the order of its articles' dates, or of saving.
func (p *pages) arrangeList(w http.ResponseWriter, r *http.Request) error {
	return changedList(w, r, func(id news.ListID) error {
		l, err := p.Lists.List(r.Context(), id)
		if err != nil {
			return err
		}
		order, err := p.arranged(r.Context(), l, r.FormValue("by"))
		if err != nil {
			return err
		}
		return p.Lists.ArrangeList(r.Context(), id, order)
	})
}

// arrangeBatch is how many articles are read at a time to put a list in order.
const arrangeBatch = 200

func (p *pages) arranged(ctx context.Context, l news.List, by string) ([]news.ArticleID, error) {
	items := slices.Clone(l.Items)
	switch by {
	case "saved":
		slices.SortStableFunc(items, func(a, b news.Bookmark) int { return a.Added.Compare(b.Added) })
	case "oldest", "newest":
		days := map[news.ArticleID]string{}
		for batch := range slices.Chunk(items, arrangeBatch) {
			ids := make([]news.ArticleID, len(batch))
			for i, m := range batch {
				ids[i] = m.Article
			}
			as, err := p.Articles.ArticlesByID(ctx, ids)
			if err != nil {
				return nil, err
			}
			for id, v := range as {
				days[id] = v.Article.Published.Text
			}
		}
		slices.SortStableFunc(items, func(a, b news.Bookmark) int {
			x, y := days[a.Article], days[b.Article]
			if x == "" || y == "" { // undated ones at the end
				return cmp.Compare(y, x)
			}
			if by == "newest" {
				x, y = y, x
			}
			return cmp.Compare(x, y)
		})
	default:
		return nil, fail(http.StatusBadRequest, "a list can be put in the order of oldest, newest or saved")
	}
	order := make([]news.ArticleID, len(items))
	for i, m := range items {
		order[i] = m.Article
	}
	return order, nil
}

// bulkList does one thing with all articles of a list that are ticked, or with all of the
// part of it that the page shows.
func (p *pages) bulkList(w http.ResponseWriter, r *http.Request) error {
	if err := r.ParseForm(); err != nil {
		return fail(http.StatusBadRequest, "the form cannot be read")
	}
	return changedList(w, r, func(id news.ListID) error {
		ctx := r.Context()
		l, err := p.Lists.List(ctx, id)
		if err != nil {
			return err
		}
		ids, err := p.ticked(r, l)
		if err != nil {
			return err
		}
		return p.bulk(ctx, r, l, ids)
	})
}

// ticked are the articles of a list that the form names.
func (p *pages) ticked(r *http.Request, l news.List) ([]news.ArticleID, error) {
	if r.FormValue("all") == "" {
		return tickedArticles(r)
	}
	all, err := p.placedAll(r.Context(), l, true)
	var ids []news.ArticleID
	for _, m := range all {
		if m.in(r.FormValue("show"), r.FormValue("tag")) {
			ids = append(ids, m.Article)
		}
	}
	return ids, err
}

func (p *pages) bulk(ctx context.Context, r *http.Request, l news.List, ids []news.ArticleID) (err error) {
	tags := news.ParseTags(r.FormValue("tags"))
	mark := func(kind news.MarkKind, on bool) error {
		if p.Marks == nil {
			return news.ErrNotFound
		}
		_, err := p.Marks.SetMarks(ctx, news.LocalOwner, kind, ids, on)
		return err
	}
	switch do := r.FormValue("do"); do {
	case "remove":
		return p.Lists.Unbookmark(ctx, l.ID, ids...)
	case "pin":
		_, err = p.Lists.PinBookmarks(ctx, l.ID, ids...)
	case "tag":
		return p.Lists.TagBookmarks(ctx, l.ID, ids, tags, nil)
	case "untag":
		return p.Lists.TagBookmarks(ctx, l.ID, ids, nil, tags)
	case "star", "unstar":
		return mark(news.MarkStar, do == "star")
	case "read", "unread":
		return mark(news.MarkRead, do == "read")
	case "copy", "move":
		to, err := p.listToSave(r)
		if err != nil {
			return err
		}
		var ms []news.Bookmark
		in := map[news.ArticleID]bool{}
		for _, id := range ids {
			in[id] = true
		}
		for _, m := range l.Items {
			if in[m.Article] {
				m.Added = p.Now()
				ms = append(ms, m)
			}
		}
		if _, err := p.Lists.BookmarkAll(ctx, to, ms); err != nil {
			return err
		}
		if do == "copy" || to == l.ID {
			return nil
		}
		// What could not be taken along, for it is gone, stays.
		there, err := p.Lists.List(ctx, to)
		if err != nil {
			return err
		}
		return p.Lists.Unbookmark(ctx, l.ID, slices.DeleteFunc(ids, func(id news.ArticleID) bool { return there.Index(id) < 0 })...)
	default:
		return fail(http.StatusBadRequest, "the form asks for nothing that can be done")
	}
	return err
}
