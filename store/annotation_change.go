package store

import (
	"context"
	"errors"
	"fmt"
	"slices"

	"backfile/internal/news"
)

// changeAnnotation runs fn on a note of an owner, and keeps what it made of it.
func (s *Store) changeAnnotation(ctx context.Context, what, owner string, article news.ArticleID, id news.AnnotationID, fn func(b *batch, k []byte, a *news.Annotation) error) error {
	err := s.update(ctx, func(b *batch) error {
		if !news.ValidID(string(article)) || !news.ValidID(string(id)) {
			return news.ErrNotFound
		}
		k := annotationKey(owner, article, id)
		var a news.Annotation
		ok, err := b.get(bucketAnnotations, k, &a)
		if err == nil && !ok {
			err = news.ErrNotFound
		}
		if err != nil {
			return err
		}
		return fn(b, k, &a)
	})
	if err != nil {
		return fmt.Errorf("%s note %s on article %s: %w", what, id, article, err)
	}
	return nil
}

// ChangeAnnotation gives an annotation another note and other tags. It returns
// news.ErrNotFound where its owner has none of that id on the article, and an error that
// wraps news.ErrInvalid for what cannot be kept.
func (s *Store) ChangeAnnotation(ctx context.Context, owner string, article news.ArticleID, id news.AnnotationID, note string, tags []string) error {
	return s.changeAnnotation(ctx, "change", owner, article, id, func(b *batch, _ []byte, a *news.Annotation) error {
		was := *a
		a.Note, a.Tags = note, tags
		a.Clean()
		if a.Note == was.Note && slices.Equal(a.Tags, was.Tags) {
			return nil
		}
		a.Changed = b.now
		if err := a.Check(); err != nil {
			return err
		}
		return b.putAnnotation(a)
	})
}

// RestoreAnnotation takes an annotation of another archive's export back, under its own
// id. It reports false, having changed nothing, where it is there, and where the archive
// neither has nor ever removed the article. The words of an article that was erased here
// are left out. What cannot be kept is an error that wraps news.ErrInvalid.
func (s *Store) RestoreAnnotation(ctx context.Context, a news.Annotation) (restored bool, err error) {
	if a.Owner == "" {
		a.Owner = news.LocalOwner
	}
	a.Clean()
	err = a.Check()
	if err == nil && (!news.ValidID(string(a.ID)) || a.Version < 1) {
		err = fmt.Errorf("%q is no id: %w", a.ID, news.ErrInvalid)
	}
	if err != nil {
		return false, fmt.Errorf("restore note: %w", err)
	}
	err = s.update(ctx, func(b *batch) error {
		restored = false
		if b.has(bucketAnnotations, annotationKey(a.Owner, a.Article, a.ID)) {
			return nil
		}
		_, err := b.readHead(a.Article)
		var gone *news.Gone
		switch {
		case errors.As(err, &gone):
			if gone.Erased && a.Passage != nil {
				a.Passage = erasedPassage(a.Passage)
			}
		case errors.Is(err, news.ErrNotFound):
			return nil
		case err != nil:
			return err
		}
		if a.Created = stamp(a.Created); a.Created.IsZero() {
			a.Created = b.now
		}
		if a.Changed = stamp(a.Changed); a.Changed.IsZero() {
			a.Changed = a.Created
		}
		restored = true
		return b.putAnnotation(&a)
	})
	if err != nil {
		return false, fmt.Errorf("restore note %s: %w", a.ID, err)
	}
	return restored, nil
}

func erasedPassage(p *news.Passage) *news.Passage { return &news.Passage{Field: p.Field} }

// forgetQuoted takes the words of an erased article out of all highlights; what readers
// wrote themselves stays.
func (b *batch) forgetQuoted(id news.ArticleID) error {
	if err := forgetQuotedIn(b, bucketAnnotations, id, func(a *news.Annotation) *news.Annotation { return a }); err != nil {
		return err
	}
	return forgetQuotedIn(b, bucketDeletedAnnotations, id, func(d *news.DeletedAnnotation) *news.Annotation { return &d.Annotation })
}

func forgetQuotedIn[T any](b *batch, bucket string, id news.ArticleID, of func(*T) *news.Annotation) error {
	for _, k := range b.keysOf(bucket, nil) {
		if annotated(k) != id {
			continue
		}
		var one T
		if _, err := b.get(bucket, k, &one); err != nil {
			return err
		}
		a := of(&one)
		if a.Passage == nil || a.Passage.Erased() {
			continue
		}
		a.Passage = erasedPassage(a.Passage)
		if err := b.put(bucket, k, one); err != nil {
			return err
		}
	}
	return nil
}
