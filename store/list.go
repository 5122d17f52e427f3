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

// maxListName is the length of a list's name in characters, maxListWords what all notes,
// tags and headlines of a list come to in bytes: a list is one record, written whole.
const (
	maxListName  = 200
	maxListWords = 4 << 20
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

// putList keeps a list that is as it may be.
func (b *batch) putList(l *news.List) error {
	if err := checkList(l); err != nil {
		return err
	}
	if err := b.put(bucketLists, []byte(l.ID), l); err != nil {
		return err
	}
	return b.change(news.AnnotationChanged, string(l.ID))
}

// checkList returns an error that wraps news.ErrInvalid for a list that cannot be kept.
func checkList(l *news.List) error {
	words := len(l.About)
	if utf8.RuneCountInString(l.About) > news.MaxListAbout {
		return fmt.Errorf("what is said of a list has at most %d characters: %w", news.MaxListAbout, news.ErrInvalid)
	}
	for _, m := range l.Items {
		if err := news.CheckKept(m.Note, news.MaxBookmarkNote, m.Tags); err != nil {
			return err
		}
		words += len(m.Note) + len(m.Headline)
		for _, t := range m.Tags {
			words += len(t)
		}
	}
	if words > maxListWords {
		return fmt.Errorf("the notes of a list have at most %d MiB in all: %w", maxListWords>>20, news.ErrInvalid)
	}
	return nil
}

// List returns a list with its bookmarks, in the order that its reader gave them;
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

// DescribeList says what a list is about, and whether everybody who knows its address
// may read it. It returns news.ErrNotFound where there is none, and an error that wraps
// news.ErrInvalid for more words than news.MaxListAbout.
func (s *Store) DescribeList(ctx context.Context, id news.ListID, about string, public bool) error {
	about = news.CleanText(about)
	err := s.changeList(ctx, id, func(_ *batch, l *news.List) (bool, error) {
		changed := l.About != about || l.Public != public
		l.About, l.Public = about, public
		return changed, nil
	})
	if err != nil {
		return fmt.Errorf("describe list %s: %w", id, err)
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
