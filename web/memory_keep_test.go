package web

import (
	"context"
	"fmt"
	"slices"

	"backfile/internal/news"
)

// What the working archive keeps of articles for its reader.

func (m *memory) Bookmark(_ context.Context, id news.ListID, b news.Bookmark) error {
	l, err := m.list(id)
	if err == nil && l.Index(b.Article) < 0 {
		l.Items = append(l.Items, b)
	}
	return err
}

func (m *memory) BookmarkAll(ctx context.Context, id news.ListID, bs []news.Bookmark) (n int, err error) {
	for _, b := range bs {
		err = m.Bookmark(ctx, id, b)
	}
	return len(bs), err
}

func (m *memory) Unbookmark(_ context.Context, id news.ListID, as ...news.ArticleID) error {
	l, err := m.list(id)
	if err == nil {
		l.Items = slices.DeleteFunc(l.Items, func(b news.Bookmark) bool { return slices.Contains(as, b.Article) })
	}
	return err
}

func (m *memory) DescribeList(_ context.Context, id news.ListID, about string, public bool) error {
	l, err := m.list(id)
	if err == nil {
		l.About, l.Public = about, public
	}
	return err
}

// item runs fn on an article of a list.
func (m *memory) item(id news.ListID, a news.ArticleID, fn func(l *news.List, i int)) error {
	l, err := m.list(id)
	if err != nil {
		return err
	}
	i := l.Index(a)
	if i < 0 {
		return news.ErrNotFound
	}
	fn(l, i)
	return nil
}

func (m *memory) NoteBookmark(_ context.Context, id news.ListID, a news.ArticleID, note string, tags []string) error {
	return m.item(id, a, func(l *news.List, i int) { l.Items[i].Note, l.Items[i].Tags = news.CleanText(note), tags })
}

func (m *memory) TagBookmarks(_ context.Context, id news.ListID, as []news.ArticleID, add, remove []string) (err error) {
	for _, a := range as {
		err = m.item(id, a, func(l *news.List, i int) {
			l.Items[i].Tags = news.CleanTags(append(slices.DeleteFunc(l.Items[i].Tags, func(t string) bool { return slices.Contains(remove, t) }), add...))
		})
	}
	return err
}

func (m *memory) PinBookmarks(_ context.Context, id news.ListID, as ...news.ArticleID) (n int, err error) {
	for _, a := range as {
		err = m.item(id, a, func(l *news.List, i int) { l.Items[i].Version = len(m.versions[a]) })
	}
	return len(as), err
}

func (m *memory) MoveBookmark(_ context.Context, id news.ListID, a news.ArticleID, to int) error {
	return m.item(id, a, func(l *news.List, i int) {
		it := l.Items[i]
		l.Items = slices.Insert(slices.Delete(l.Items, i, i+1), min(max(to, 1), len(l.Items))-1, it)
	})
}

func (m *memory) ArrangeList(_ context.Context, id news.ListID, order []news.ArticleID) error {
	l, err := m.list(id)
	if err == nil {
		slices.SortStableFunc(l.Items, func(a, b news.Bookmark) int {
			return slices.Index(order, a.Article) - slices.Index(order, b.Article)
		})
	}
	return err
}

func (m *memory) Standings(_ context.Context, bs []news.Bookmark) ([]news.Standing, error) {
	out := make([]news.Standing, len(bs))
	for i, b := range bs {
		vs := m.versions[b.Article]
		if out[i].Gone = m.gone[b.Article]; out[i].Gone == nil && len(vs) > 0 {
			out[i].Current, out[i].Changed = len(vs), b.Version != 0 && b.Version != len(vs)
		}
	}
	return out, nil
}

func (m *memory) Annotate(_ context.Context, a news.Annotation) (news.Annotation, error) {
	a.Clean()
	if err := a.Check(); err != nil {
		return a, err
	}
	a.ID, a.Created, a.Changed = news.AnnotationID(news.NewArticleID(news.Key(fmt.Sprint("note", len(m.annotations))))), testNow, testNow
	m.annotations = append(m.annotations, a)
	return a, nil
}

func (m *memory) Annotations(_ context.Context, owner string, id news.ArticleID) (out []news.Annotation, err error) {
	for _, a := range m.annotations {
		if a.Owner == owner && a.Article == id {
			out = append(out, a)
		}
	}
	return out, nil
}

func (m *memory) AllAnnotations(ctx context.Context, _ string) ([]news.Annotation, string, error) {
	state, err := m.KeptState(ctx)
	return slices.Clone(m.annotations), state, err
}

func (m *memory) KeptState(context.Context) (string, error) {
	return fmt.Sprint(m.lists, m.annotations), nil
}

func (m *memory) ChangeAnnotation(_ context.Context, _ string, _ news.ArticleID, id news.AnnotationID, note string, tags []string) error {
	for i := range m.annotations {
		if m.annotations[i].ID == id {
			m.annotations[i].Note, m.annotations[i].Tags = note, tags
			return nil
		}
	}
	return news.ErrNotFound
}

func (m *memory) DeleteAnnotation(_ context.Context, _ string, _ news.ArticleID, id news.AnnotationID) error {
	i := slices.IndexFunc(m.annotations, func(a news.Annotation) bool { return a.ID == id })
	if i < 0 {
		return news.ErrNotFound
	}
	m.deleted = append(m.deleted, news.DeletedAnnotation{Annotation: m.annotations[i], Deleted: testNow})
	m.annotations = slices.Delete(m.annotations, i, i+1)
	return nil
}

func (m *memory) PutBackAnnotation(_ context.Context, _ string, _ news.ArticleID, id news.AnnotationID) error {
	i := slices.IndexFunc(m.deleted, func(d news.DeletedAnnotation) bool { return d.ID == id })
	if i < 0 {
		return news.ErrNotFound
	}
	m.annotations = append(m.annotations, m.deleted[i].Annotation)
	m.deleted = slices.Delete(m.deleted, i, i+1)
	return nil
}

func (m *memory) DeletedAnnotations(_ context.Context, _ string, id news.ArticleID) (out []news.DeletedAnnotation, err error) {
	for _, d := range m.deleted {
		if id == "" || d.Article == id {
			out = append(out, d)
		}
	}
	return out, nil
}

func (m *memory) SetMarks(_ context.Context, _ string, kind news.MarkKind, ids []news.ArticleID, on bool) (int, error) {
	for _, id := range ids {
		ms := m.marks[id]
		switch {
		case kind == news.MarkStar && on:
			ms.Star = testNow
		case kind == news.MarkStar:
			ms.Star = news.Marks{}.Star
		case on:
			ms.Read, ms.ReadVersion = testNow, len(m.versions[id])
		default:
			ms.Read, ms.ReadVersion = news.Marks{}.Read, 0
		}
		m.marks[id] = ms
	}
	return len(ids), nil
}

func (m *memory) Marks(_ context.Context, _ string, ids []news.ArticleID) (map[news.ArticleID]news.Marks, error) {
	return m.marks, nil
}

func (m *memory) Marked(_ context.Context, _ string, kind news.MarkKind) (out []news.ArticleID, err error) {
	for id, ms := range m.marks {
		if kind == news.MarkStar && !ms.Star.IsZero() || kind == news.MarkRead && !ms.Read.IsZero() {
			out = append(out, id)
		}
	}
	slices.Sort(out)
	return out, nil
}
