package store

import (
	"context"
	"fmt"
	"slices"

	"backfile/internal/news"
)

// DeleteAnnotation deletes an annotation; PutBackAnnotation brings it back for as long as
// news.DeletedAnnotations. Those deleted longer ago are forgotten, and of more than
// news.MaxDeletedAnnotations the oldest. It returns news.ErrNotFound where its owner has
// none of that id on the article.
func (s *Store) DeleteAnnotation(ctx context.Context, owner string, article news.ArticleID, id news.AnnotationID) error {
	return s.changeAnnotation(ctx, "delete", owner, article, id, func(b *batch, k []byte, a *news.Annotation) error {
		old, err := b.deletedAnnotations(owner, "")
		if err != nil {
			return err
		}
		for i, d := range old {
			if i+1 < news.MaxDeletedAnnotations && b.now.Sub(d.Deleted) < news.DeletedAnnotations {
				continue
			}
			if err := b.delete(bucketDeletedAnnotations, annotationKey(owner, d.Article, d.ID)); err != nil {
				return err
			}
		}
		if err := b.put(bucketDeletedAnnotations, k, news.DeletedAnnotation{Annotation: *a, Deleted: b.now}); err != nil {
			return err
		}
		if err := b.delete(bucketAnnotations, k); err != nil {
			return err
		}
		return b.change(news.AnnotationChanged, string(a.ID))
	})
}

// PutBackAnnotation undoes DeleteAnnotation; what is there already stays. It returns
// news.ErrNotFound where there is none any more, and an error that wraps news.ErrInvalid
// where the article has as many as may be.
func (s *Store) PutBackAnnotation(ctx context.Context, owner string, article news.ArticleID, id news.AnnotationID) error {
	err := s.update(ctx, func(b *batch) error {
		if !news.ValidID(string(article)) || !news.ValidID(string(id)) {
			return news.ErrNotFound
		}
		k := annotationKey(owner, article, id)
		if b.has(bucketAnnotations, k) {
			return nil
		}
		var d news.DeletedAnnotation
		if ok, err := b.get(bucketDeletedAnnotations, k, &d); err != nil {
			return err
		} else if !ok || b.now.Sub(d.Deleted) >= news.DeletedAnnotations {
			return news.ErrNotFound
		}
		if n := len(b.keysOf(bucketAnnotations, joined(owner, string(article)))); n >= news.MaxAnnotations {
			return errTooManyNotes
		}
		return b.putAnnotation(&d.Annotation)
	})
	if err != nil {
		return fmt.Errorf("put note %s on article %s back: %w", id, article, err)
	}
	return nil
}

// DeletedAnnotations are those of an owner that can be put back, of one article, or where
// that is "" of all, the last deleted in front.
func (s *Store) DeletedAnnotations(ctx context.Context, owner string, article news.ArticleID) (out []news.DeletedAnnotation, err error) {
	err = s.view(ctx, func(t *tx) error {
		out, err = t.deletedAnnotations(owner, article)
		out = slices.DeleteFunc(out, func(d news.DeletedAnnotation) bool { return t.now.Sub(d.Deleted) >= news.DeletedAnnotations })
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("read the deleted notes of %s: %w", owner, err)
	}
	return out, nil
}

// deletedAnnotations are all that are kept, the last deleted in front.
func (t *tx) deletedAnnotations(owner string, article news.ArticleID) (out []news.DeletedAnnotation, err error) {
	out, err = listed[news.DeletedAnnotation](t, bucketDeletedAnnotations, joined(owner, string(article)), nil, maxEvents)
	slices.SortStableFunc(out, func(a, b news.DeletedAnnotation) int { return b.Deleted.Compare(a.Deleted) })
	return out, err
}
