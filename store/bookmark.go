package store

import (
	"context"
	"errors"
	"fmt"
	"slices"

	"backfile/internal/news"
)

// Bookmark adds an article to a list, pinned to the version it has now where
// m.Version is 0, with the present time where m.Added is zero. An article that is
// in the list stays as it is. It returns news.ErrNotFound where there is no such
// list, article or version, and *news.Gone for a removed article.
func (s *Store) Bookmark(ctx context.Context, list news.ListID, m news.Bookmark) error {
	err := s.changeList(ctx, list, func(b *batch, l *news.List) (bool, error) { return b.bookmark(l, m) })
	if err != nil {
		return fmt.Errorf("bookmark article %s in list %s: %w", m.Article, list, err)
	}
	return nil
}

// BookmarkAll adds several articles to a list in their order, and returns how many were
// not in it. One that is not there any more is left out; other errors are Bookmark's,
// and then none is added.
func (s *Store) BookmarkAll(ctx context.Context, list news.ListID, ms []news.Bookmark) (n int, err error) {
	err = s.changeList(ctx, list, func(b *batch, l *news.List) (bool, error) {
		n = 0
		for _, m := range ms {
			added, err := b.bookmark(l, m)
			var gone *news.Gone
			if errors.Is(err, news.ErrNotFound) || errors.As(err, &gone) {
				continue
			}
			if err != nil {
				return false, err
			}
			if added {
				n++
			}
		}
		return n > 0, nil
	})
	if err != nil {
		return 0, fmt.Errorf("bookmark %d articles in list %s: %w", len(ms), list, err)
	}
	return n, nil
}

func (b *batch) bookmark(l *news.List, m news.Bookmark) (added bool, err error) {
	h, err := b.readHead(m.Article)
	if err != nil {
		return false, err
	}
	if l.Index(m.Article) >= 0 {
		return false, nil
	}
	if len(l.Items) >= news.MaxListItems {
		return false, fmt.Errorf("a list holds at most %d articles: %w", news.MaxListItems, news.ErrInvalid)
	}
	if m.Added = stamp(m.Added); m.Added.IsZero() {
		m.Added = b.now
	}
	if err := b.pin(&m, h); err != nil {
		return false, err
	}
	m.Note, m.Tags = news.CleanText(m.Note), news.CleanTags(m.Tags)
	l.Items = append(l.Items, m)
	return true, nil
}

// pin has a bookmark hold the version that it names, the current one where it names none,
// and that version's headline.
func (b *batch) pin(m *news.Bookmark, h *head) error {
	i := len(h.Versions) - 1
	if m.Version != 0 {
		i = h.at(m.Version)
	}
	if i < 0 {
		return news.ErrNotFound
	}
	v, err := b.readVersion(m.Article, h, i)
	if err != nil {
		return err
	}
	b.s.Corrections().Apply(&v.Article)
	m.Version, m.Headline = v.N, v.Article.Headline
	return nil
}

// Unbookmark takes articles out of a list, those that are in it. It returns
// news.ErrNotFound where there is no such list.
func (s *Store) Unbookmark(ctx context.Context, list news.ListID, articles ...news.ArticleID) error {
	err := s.changeList(ctx, list, func(_ *batch, l *news.List) (bool, error) {
		n, out := len(l.Items), idSet(articles)
		l.Items = slices.DeleteFunc(l.Items, func(it news.Bookmark) bool { return out[it.Article] })
		return len(l.Items) < n, nil
	})
	if err != nil {
		return fmt.Errorf("take %d articles out of list %s: %w", len(articles), list, err)
	}
	return nil
}

func idSet(ids []news.ArticleID) map[news.ArticleID]bool {
	out := make(map[news.ArticleID]bool, len(ids))
	for _, id := range ids {
		out[id] = true
	}
	return out
}

// NoteBookmark gives the bookmark of an article in a list a note and tags, in place of
// those it has. It returns news.ErrNotFound where the list is not there or the article
// not in it, and an error that wraps news.ErrInvalid for words that cannot be kept.
func (s *Store) NoteBookmark(ctx context.Context, list news.ListID, article news.ArticleID, note string, tags []string) error {
	note, tags = news.CleanText(note), news.CleanTags(tags)
	err := s.changeList(ctx, list, func(_ *batch, l *news.List) (bool, error) {
		i := l.Index(article)
		if i < 0 {
			return false, news.ErrNotFound
		}
		m := &l.Items[i]
		was := *m
		m.Note, m.Tags = note, tags
		return !m.Equal(was), nil
	})
	if err != nil {
		return fmt.Errorf("note on article %s in list %s: %w", article, list, err)
	}
	return nil
}

// TagBookmarks adds tags to the bookmarks of articles that are in a list, and takes
// others off. Its errors are NoteBookmark's, but for articles that are not in the list.
func (s *Store) TagBookmarks(ctx context.Context, list news.ListID, articles []news.ArticleID, add, remove []string) error {
	add, remove = news.CleanTags(add), news.CleanTags(remove)
	err := s.changeList(ctx, list, func(_ *batch, l *news.List) (changed bool, err error) {
		in := idSet(articles)
		for i := range l.Items {
			m := &l.Items[i]
			if !in[m.Article] {
				continue
			}
			tags := slices.DeleteFunc(slices.Clone(m.Tags), func(t string) bool { return slices.Contains(remove, t) })
			if tags = news.CleanTags(append(tags, add...)); !slices.Equal(tags, m.Tags) {
				m.Tags, changed = tags, true
			}
		}
		return changed, nil
	})
	if err != nil {
		return fmt.Errorf("tag %d articles in list %s: %w", len(articles), list, err)
	}
	return nil
}

// PinBookmarks has the bookmarks of articles in a list hold the versions that are shown
// now, and returns how many held another. Articles that are gone keep what they had.
func (s *Store) PinBookmarks(ctx context.Context, list news.ListID, articles ...news.ArticleID) (n int, err error) {
	err = s.changeList(ctx, list, func(b *batch, l *news.List) (bool, error) {
		n = 0
		in := idSet(articles)
		for i := range l.Items {
			m := &l.Items[i]
			if !in[m.Article] {
				continue
			}
			h, err := b.readHead(m.Article)
			var gone *news.Gone
			if errors.As(err, &gone) {
				continue
			}
			if err != nil {
				return false, err
			}
			was := m.Version
			m.Version = 0
			if err := b.pin(m, h); err != nil {
				return false, err
			}
			if m.Version != was {
				n++
			}
		}
		return n > 0, nil
	})
	if err != nil {
		return 0, fmt.Errorf("pin %d articles in list %s: %w", len(articles), list, err)
	}
	return n, nil
}

// MoveBookmark puts an article of a list at a place in it, counted from 1; one behind the
// end is the last. It returns news.ErrNotFound where the list is not there or the article
// not in it.
func (s *Store) MoveBookmark(ctx context.Context, list news.ListID, article news.ArticleID, to int) error {
	err := s.changeList(ctx, list, func(_ *batch, l *news.List) (bool, error) {
		i := l.Index(article)
		if i < 0 {
			return false, news.ErrNotFound
		}
		to := min(max(to, 1), len(l.Items)) - 1
		m := l.Items[i]
		l.Items = slices.Insert(slices.Delete(l.Items, i, i+1), to, m)
		return to != i, nil
	})
	if err != nil {
		return fmt.Errorf("move article %s in list %s: %w", article, list, err)
	}
	return nil
}

// ArrangeList puts the articles of a list in the order given. Those that are not named
// come behind, as they are; those that are not in the list are passed over.
func (s *Store) ArrangeList(ctx context.Context, list news.ListID, order []news.ArticleID) error {
	err := s.changeList(ctx, list, func(_ *batch, l *news.List) (bool, error) {
		at := make(map[news.ArticleID]int, len(order))
		for i, id := range order {
			if _, ok := at[id]; !ok {
				at[id] = i - len(order)
			}
		}
		was := slices.Clone(l.Items)
		slices.SortStableFunc(l.Items, func(a, b news.Bookmark) int { return at[a.Article] - at[b.Article] })
		return !slices.EqualFunc(was, l.Items, func(a, b news.Bookmark) bool { return a.Article == b.Article }), nil
	})
	if err != nil {
		return fmt.Errorf("arrange list %s: %w", list, err)
	}
	return nil
}
