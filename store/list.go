package store

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/google/uuid"

	"backfile/internal/news"
)

// The limits of lists.
const (
	maxListName  = 200 // characters
	maxListItems = 10_000
)

// CreateList makes an empty list. Two lists of one name are two lists. An empty
// name or owner, or a name of more than 200 characters, is an error that wraps
// news.ErrInvalid.
func (s *Store) CreateList(ctx context.Context, owner, name string) (news.List, error) {
	name, err := listName(name)
	if err == nil && (owner == "" || strings.ContainsRune(owner, 0)) {
		err = fmt.Errorf("a list needs an owner: %w", news.ErrInvalid)
	}
	if err != nil {
		return news.List{}, fmt.Errorf("create list: %w", err)
	}
	l := news.List{
		// Random, so that nobody guesses the address of another's list.
		ID:   news.ListID(news.NewArticleID(news.Key("list:" + uuid.NewString()))),
		Slug: listSlug(name), Name: name, Owner: owner, Items: []news.Bookmark{},
	}
	err = s.update(ctx, func(b *batch) error {
		l.Created = b.now
		b.counts.Lists++
		if err := b.putRaw(bucketOwners, joined(owner, string(l.ID)), nil); err != nil {
			return err
		}
		return b.putList(&l)
	})
	if err != nil {
		return news.List{}, fmt.Errorf("create list: %w", err)
	}
	return l, nil
}

func listName(name string) (string, error) {
	name = strings.Join(strings.Fields(strings.ToValidUTF8(name, "")), " ")
	switch {
	case name == "":
		return "", fmt.Errorf("a list needs a name: %w", news.ErrInvalid)
	case utf8.RuneCountInString(name) > maxListName:
		return "", fmt.Errorf("a list's name has at most %d characters: %w", maxListName, news.ErrInvalid)
	}
	return name, nil
}

func listSlug(name string) string {
	if slug := news.Slug(name); slug != "" {
		return slug
	}
	return "list"
}

func (t *tx) readList(id news.ListID) (*news.List, error) {
	var l news.List
	ok, err := t.get(bucketLists, []byte(id), &l)
	if err == nil && !ok {
		err = news.ErrNotFound
	}
	if err != nil {
		return nil, err
	}
	return &l, nil
}

func (b *batch) putList(l *news.List) error {
	if err := b.put(bucketLists, []byte(l.ID), l); err != nil {
		return err
	}
	return b.change(news.AnnotationChanged, string(l.ID))
}

// List returns a list with its bookmarks, in the order in which they were added;
// news.ErrNotFound where there is none. A bookmarked article may have been removed
// since.
func (s *Store) List(ctx context.Context, id news.ListID) (news.List, error) {
	var l *news.List
	err := s.view(ctx, func(t *tx) (err error) {
		l, err = t.readList(id)
		return err
	})
	if err != nil {
		return news.List{}, fmt.Errorf("read list %s: %w", id, err)
	}
	return *l, nil
}

// Lists returns all lists of owner, the first made in front.
func (s *Store) Lists(ctx context.Context, owner string) ([]news.List, error) {
	var out []news.List
	err := s.view(ctx, func(t *tx) error {
		prefix := joined(owner, "")
		return t.page(bucketOwners, prefix, nil, maxPage, func(k, _ []byte) error {
			if len(k) != len(prefix)+idLength {
				return nil
			}
			l, err := t.readList(news.ListID(k[len(prefix):]))
			if err != nil {
				return damaged(bucketOwners, k, err.Error())
			}
			out = append(out, *l)
			return nil
		})
	})
	if err != nil {
		return nil, fmt.Errorf("read lists of %s: %w", owner, err)
	}
	slices.SortFunc(out, func(a, b news.List) int {
		if c := a.Created.Compare(b.Created); c != 0 {
			return c
		}
		return strings.Compare(string(a.ID), string(b.ID))
	})
	return out, nil
}

// changeList runs fn on a list and keeps what it made of it, unless fn reports
// that nothing changed.
func (s *Store) changeList(ctx context.Context, id news.ListID, fn func(*batch, *news.List) (bool, error)) error {
	return s.update(ctx, func(b *batch) error {
		l, err := b.readList(id)
		if err != nil {
			return err
		}
		changed, err := fn(b, l)
		if err != nil || !changed {
			return err
		}
		return b.putList(l)
	})
}

// Bookmark adds an article to a list, pinned to the version it has now where
// m.Version is 0, with the present time where m.Added is zero. An article that is
// in the list stays as it is. It returns news.ErrNotFound where there is no such
// list, article or version, and *news.Gone for a removed article.
func (s *Store) Bookmark(ctx context.Context, list news.ListID, m news.Bookmark) error {
	err := s.changeList(ctx, list, func(b *batch, l *news.List) (bool, error) {
		h, err := b.readHead(m.Article)
		if err != nil {
			return false, err
		}
		if slices.ContainsFunc(l.Items, func(it news.Bookmark) bool { return it.Article == m.Article }) {
			return false, nil
		}
		if len(l.Items) >= maxListItems {
			return false, fmt.Errorf("a list holds at most %d articles: %w", maxListItems, news.ErrInvalid)
		}
		if m.Version == 0 {
			m.Version = h.current().N
		} else if h.at(m.Version) < 0 {
			return false, news.ErrNotFound
		}
		if m.Added = stamp(m.Added); m.Added.IsZero() {
			m.Added = b.now
		}
		l.Items = append(l.Items, m)
		return true, nil
	})
	if err != nil {
		return fmt.Errorf("bookmark article %s in list %s: %w", m.Article, list, err)
	}
	return nil
}

// Unbookmark takes an article out of a list, where it is in it. It returns
// news.ErrNotFound where there is no such list.
func (s *Store) Unbookmark(ctx context.Context, list news.ListID, article news.ArticleID) error {
	err := s.changeList(ctx, list, func(_ *batch, l *news.List) (bool, error) {
		n := len(l.Items)
		l.Items = slices.DeleteFunc(l.Items, func(it news.Bookmark) bool { return it.Article == article })
		return len(l.Items) < n, nil
	})
	if err != nil {
		return fmt.Errorf("take article %s out of list %s: %w", article, list, err)
	}
	return nil
}

// RenameList gives a list another name, and the slug that goes with it. Its
// errors are CreateList's, and news.ErrNotFound.
func (s *Store) RenameList(ctx context.Context, id news.ListID, name string) error {
	name, err := listName(name)
	if err == nil {
		err = s.changeList(ctx, id, func(_ *batch, l *news.List) (bool, error) {
			changed := l.Name != name
			l.Name, l.Slug = name, listSlug(name)
			return changed, nil
		})
	}
	if err != nil {
		return fmt.Errorf("rename list %s: %w", id, err)
	}
	return nil
}

// DeleteList deletes a list with its bookmarks; the articles stay. It returns
// news.ErrNotFound where there is none.
func (s *Store) DeleteList(ctx context.Context, id news.ListID) error {
	err := s.update(ctx, func(b *batch) error {
		l, err := b.readList(id)
		if err != nil {
			return err
		}
		b.counts.Lists--
		if err := b.delete(bucketOwners, joined(l.Owner, string(id))); err != nil {
			return err
		}
		if err := b.delete(bucketLists, []byte(id)); err != nil {
			return err
		}
		return b.change(news.AnnotationChanged, string(id))
	})
	if err != nil {
		return fmt.Errorf("delete list %s: %w", id, err)
	}
	return nil
}
