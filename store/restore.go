package store

import (
	"context"
	"errors"
	"fmt"
	"strings"

	"github.com/google/uuid"

	"backfile/internal/news"
)

// RestoreTombstone takes a tombstone of another archive's export back: the
// article's address answers that it was removed, and it is refused from then on
// under its id and under the key that its id was made from. It reports false,
// having changed nothing, where the article is there or was removed here too. A
// tombstone without a valid id, a time and a reason is an error that wraps
// news.ErrInvalid.
func (s *Store) RestoreTombstone(ctx context.Context, g news.Gone) (restored bool, err error) {
	reason := strings.TrimSpace(strings.ToValidUTF8(g.Reason, "\ufffd"))
	if !news.ValidID(string(g.ID)) || g.At.IsZero() || reason == "" {
		return false, fmt.Errorf("restore tombstone %q: it lacks an id, a time or a reason: %w", g.ID, news.ErrInvalid)
	}
	err = s.update(ctx, func(b *batch) error {
		if b.has(bucketArticles, []byte(g.ID)) || b.has(bucketTombstones, []byte(g.ID)) {
			return nil
		}
		restored = true
		b.counts.Tombstones++
		if err := b.put(bucketTombstones, []byte(g.ID), tombstone{At: stamp(g.At), Reason: reason, Erased: g.Erased}); err != nil {
			return err
		}
		return b.change(news.ArticleChanged, string(g.ID))
	})
	if err != nil {
		return false, fmt.Errorf("restore tombstone %s: %w", g.ID, err)
	}
	return restored, nil
}

// RestoreEvent takes an event of another archive's export back, under its own
// id, which stands between those of its time: who follows the events reads the
// feed. It reports false, having changed nothing, where the event is there, and
// for the removal of an article that is there. An event without a UUIDv7, a type,
// a time and what it is about is an error that wraps news.ErrInvalid.
func (s *Store) RestoreEvent(ctx context.Context, e news.Event) (restored bool, err error) {
	u, err := uuid.Parse(e.ID)
	if err != nil || u.Version() != 7 || u.String() != e.ID || e.Type == "" || e.About == "" || e.At.IsZero() {
		return false, fmt.Errorf("restore event %q: it lacks an id, a type, a time or what it is about: %w", e.ID, news.ErrInvalid)
	}
	if e.At = stamp(e.At); e.Owner == "" {
		e.Owner = news.LocalOwner
	}
	var was *news.Corrections
	corrects := news.Corrects(e.Type)
	if corrects {
		if _, err := news.CheckCorrection(e); err != nil {
			return false, fmt.Errorf("restore event: %w", err)
		}
	}
	err = s.update(ctx, func(b *batch) error {
		if b.has(bucketEvents, []byte(e.ID)) || e.Type == news.EventRemoved && b.has(bucketArticles, []byte(e.About)) {
			return nil
		}
		restored, was = true, s.Corrections()
		if err := b.put(bucketEvents, []byte(e.ID), e); err != nil {
			return err
		}
		if corrects {
			if err := b.restoreCorrection(e); err != nil {
				return err
			}
			return b.recorrect()
		}
		return b.change(news.AnnotationChanged, e.About)
	})
	if err != nil {
		if was != nil {
			s.corrections.Store(was)
		}
		return false, fmt.Errorf("restore event %s: %w", e.ID, err)
	}
	return restored, nil
}

// RestoreList takes a list of another archive's export back, under its own id,
// so that its address stays. Where the list is there already, its name stays too
// and it gets the bookmarks that it lacks. Bookmarks of articles and versions
// that the archive neither has nor ever removed are left out. Its errors are
// CreateList's; an invalid id is one of them.
func (s *Store) RestoreList(ctx context.Context, l news.List) error {
	name, err := listName(l.Name)
	if l.Owner == "" {
		l.Owner = news.LocalOwner
	}
	if err == nil && (!news.ValidID(string(l.ID)) || strings.ContainsRune(l.Owner, 0)) {
		err = fmt.Errorf("a list needs an id and an owner: %w", news.ErrInvalid)
	}
	if err == nil {
		err = s.update(ctx, func(b *batch) error { return b.restoreList(l, name) })
	}
	if err != nil {
		return fmt.Errorf("restore list %s: %w", l.ID, err)
	}
	return nil
}

func (b *batch) restoreList(l news.List, name string) error {
	have, err := b.readList(l.ID)
	made := errors.Is(err, news.ErrNotFound)
	switch {
	case made:
		have = &news.List{ID: l.ID, Slug: listSlug(name), Name: name, Owner: l.Owner, About: news.CleanText(l.About), Public: l.Public, Created: stamp(l.Created), Items: []news.Bookmark{}}
		if l.Created.IsZero() {
			have.Created = b.now
		}
		b.counts.Lists++
		if err := b.putRaw(bucketOwners, joined(l.Owner, string(l.ID)), nil); err != nil {
			return err
		}
	case err != nil:
		return err
	}
	before := len(have.Items)
	for _, m := range l.Items {
		if have.Index(m.Article) >= 0 {
			continue
		}
		m.Headline, m.Note, m.Tags = news.CleanName(m.Headline), news.CleanText(m.Note), news.CleanTags(m.Tags)
		h, err := b.readHead(m.Article)
		var gone *news.Gone
		switch {
		case errors.As(err, &gone): // the list says that it is gone
			if gone.Erased {
				m.Headline = ""
			}
		case errors.Is(err, news.ErrNotFound), err == nil && h.at(m.Version) < 0:
			continue
		case err != nil:
			return err
		case m.Headline == "": // of an export of an earlier program
			if err := b.pin(&m, h); err != nil {
				return err
			}
		}
		if len(have.Items) >= news.MaxListItems {
			return fmt.Errorf("a list holds at most %d articles: %w", news.MaxListItems, news.ErrInvalid)
		}
		if m.Added = stamp(m.Added); m.Added.IsZero() {
			m.Added = b.now
		}
		have.Items = append(have.Items, m)
	}
	if !made && len(have.Items) == before {
		return nil
	}
	return b.putList(have)
}
