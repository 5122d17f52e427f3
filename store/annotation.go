package store

import (
	"cmp"
	"context"
	"fmt"
	"slices"

	"github.com/google/uuid"

	"backfile/internal/news"
)

// annotationKey files a reader's notes by article.
func annotationKey(owner string, article news.ArticleID, id news.AnnotationID) []byte {
	return append(joined(owner, string(article)), id...)
}

// annotated is the article of a key of annotations, "" for what is none.
func annotated(k []byte) news.ArticleID {
	if len(k) < 2+2*idLength {
		return ""
	}
	return news.ArticleID(k[len(k)-2*idLength : len(k)-idLength])
}

// Annotate keeps a note or a highlight, with an id and the present time, on the version
// that is shown now where a.Version is 0. A highlight of the body must stand at its place
// in that version. The same words marked again in the same version get the note and the
// tags instead, where there are any. It returns news.ErrNotFound where there is no such
// article or version, *news.Gone where it is not shown, and an error that wraps
// news.ErrInvalid for what cannot be kept.
func (s *Store) Annotate(ctx context.Context, a news.Annotation) (news.Annotation, error) {
	a.Clean()
	err := a.Check()
	if err == nil && a.Passage.Erased() {
		err = fmt.Errorf("the highlight has no words: %w", news.ErrInvalid)
	}
	if err == nil {
		a.ID = news.AnnotationID(news.NewArticleID(news.Key("note:" + uuid.NewString())))
		err = s.update(ctx, func(b *batch) error {
			a.Created, a.Changed = b.now, b.now
			return b.annotate(&a)
		})
	}
	if err != nil {
		return news.Annotation{}, fmt.Errorf("annotate article %s: %w", a.Article, err)
	}
	return a, nil
}

func (b *batch) annotate(a *news.Annotation) error {
	h, err := b.readHead(a.Article)
	if err != nil {
		return err
	}
	i := len(h.Versions) - 1
	if a.Version != 0 {
		i = h.at(a.Version)
	}
	if i < 0 {
		return news.ErrNotFound
	}
	a.Version = h.Versions[i].N
	if p := a.Passage; p != nil && p.Field == news.FieldBody {
		v, err := b.readVersion(a.Article, h, i)
		if err != nil {
			return err
		}
		if !p.Stands(v.Article.Body) {
			return fmt.Errorf("the highlight does not stand at its place in version %d: %w", a.Version, news.ErrInvalid)
		}
	}
	have, err := b.annotations(a.Owner, a.Article)
	if err != nil {
		return err
	}
	for _, o := range have {
		if o.Version == a.Version && o.Passage != nil && a.Passage != nil && *o.Passage == *a.Passage {
			if a.Note != "" || len(a.Tags) > 0 {
				o.Note, o.Tags, o.Changed = a.Note, a.Tags, b.now
			}
			*a = o
			return b.putAnnotation(a)
		}
	}
	if len(have) >= news.MaxAnnotations {
		return errTooManyNotes
	}
	return b.putAnnotation(a)
}

var errTooManyNotes = fmt.Errorf("an article has at most %d notes and highlights: %w", news.MaxAnnotations, news.ErrInvalid)

func (b *batch) putAnnotation(a *news.Annotation) error {
	k := annotationKey(a.Owner, a.Article, a.ID)
	if err := b.put(bucketAnnotations, k, a); err != nil {
		return err
	}
	if err := b.delete(bucketDeletedAnnotations, k); err != nil {
		return err
	}
	return b.change(news.AnnotationChanged, string(a.ID))
}

// annotations are an owner's on one article, the first made in front; on every article,
// by article, where it is "".
func (t *tx) annotations(owner string, article news.ArticleID) (out []news.Annotation, err error) {
	out, err = listed[news.Annotation](t, bucketAnnotations, joined(owner, string(article)), nil, maxEvents)
	slices.SortStableFunc(out, func(a, b news.Annotation) int {
		return cmp.Or(cmp.Compare(a.Article, b.Article), a.Created.Compare(b.Created), cmp.Compare(a.ID, b.ID))
	})
	return out, err
}

// Annotations returns an owner's notes and highlights on one article, the first made in
// front.
func (s *Store) Annotations(ctx context.Context, owner string, article news.ArticleID) (out []news.Annotation, err error) {
	if !news.ValidID(string(article)) {
		return nil, nil
	}
	err = s.view(ctx, func(t *tx) error {
		out, err = t.annotations(owner, article)
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("read notes on article %s: %w", article, err)
	}
	return out, nil
}

// AllAnnotations returns all notes and highlights of an owner, by article. The word state
// is another whenever anything of them, or of a list, changed: whoever keeps what it made
// of them asks KeptState first.
func (s *Store) AllAnnotations(ctx context.Context, owner string) (out []news.Annotation, state string, err error) {
	err = s.view(ctx, func(t *tx) error {
		if out, err = t.annotations(owner, ""); err != nil {
			return err
		}
		state, err = t.keptState()
		return err
	})
	if err != nil {
		return nil, "", fmt.Errorf("read the notes of %s: %w", owner, err)
	}
	return out, state, nil
}

// KeptState is a word that is another whenever a list, a note or a highlight changed.
func (s *Store) KeptState(ctx context.Context) (state string, err error) {
	err = s.view(ctx, func(t *tx) error {
		state, err = t.keptState()
		return err
	})
	if err != nil {
		return "", fmt.Errorf("read the state of what is kept: %w", err)
	}
	return state, nil
}

func (t *tx) keptState() (string, error) {
	ys, err := t.readTallies()
	if err != nil {
		return "", err
	}
	out := ""
	for _, name := range []string{bucketLists, bucketAnnotations} {
		if y := ys[name]; y != nil {
			out += fmt.Sprintf("%d.%016x%016x.", y.N, y.hi, y.lo)
		}
	}
	return out, nil
}

func (v *verifier) annotation(t *tx, k, payload []byte) error {
	a, err := filed(bucketAnnotations, "id", k, payload, func(a *news.Annotation) []byte { return annotationKey(a.Owner, a.Article, a.ID) })
	if err == nil && !v.known(t, []byte(a.Article)) {
		err = damaged(bucketAnnotations, k, "its article is not there")
	}
	return err
}

func (v *verifier) deletedAnnotation(t *tx, k, payload []byte) error {
	d, err := filed(bucketDeletedAnnotations, "id", k, payload, func(d *news.DeletedAnnotation) []byte { return annotationKey(d.Owner, d.Article, d.ID) })
	switch {
	case err != nil:
		return err
	case d.Deleted.IsZero():
		return damaged(bucketDeletedAnnotations, k, "it does not say when it was deleted")
	case !v.known(t, []byte(d.Article)):
		return damaged(bucketDeletedAnnotations, k, "its article is not there")
	}
	return nil
}
