package store

import (
	"context"
	"fmt"
	"testing"

	"backfile/internal/news"
)

// BenchmarkKept measures what pages ask of a list of 10,000 articles, and of as many
// notes and marks.
func BenchmarkKept(b *testing.B) {
	s, ctx := open1(b, b.TempDir()), context.Background()
	defer s.Close()
	const n = news.MaxListItems
	l, err := s.CreateList(ctx, news.LocalOwner, "Large")
	if err != nil {
		b.Fatal(err)
	}
	var ids []news.ArticleID
	for len(ids) < n {
		ws := make([]news.Write, 500)
		for i := range ws {
			at := len(ids) + i
			ws[i] = news.Write{Article: news.Article{Headline: fmt.Sprint("Report number ", at), Body: "The harbour wall held."}, Keys: []news.Key{news.Key(fmt.Sprint("url:", at))}}
		}
		out, err := s.Put(ctx, ws)
		if err != nil {
			b.Fatal(err)
		}
		for _, o := range out {
			ids = append(ids, o.ID)
		}
	}
	ms := make([]news.Bookmark, n)
	for i, id := range ids {
		ms[i] = news.Bookmark{Article: id, Note: "Look at this again before the hearing", Tags: []string{"wall"}}
	}
	if _, err := s.BookmarkAll(ctx, l.ID, ms); err != nil {
		b.Fatal(err)
	}
	if _, err := s.SetMarks(ctx, news.LocalOwner, news.MarkRead, ids, true); err != nil {
		b.Fatal(err)
	}
	passage, _ := news.NewPassage(news.FieldBody, "The harbour wall held.", 4, 16)
	for _, id := range ids[:2000] {
		if _, err := s.Annotate(ctx, news.Annotation{Owner: news.LocalOwner, Article: id, Passage: passage, Note: "Who says so?"}); err != nil {
			b.Fatal(err)
		}
	}
	l, err = s.List(ctx, l.ID)
	if err != nil {
		b.Fatal(err)
	}
	for name, fn := range map[string]func() error{
		"List":           func() error { _, err := s.List(ctx, l.ID); return err },
		"Standings":      func() error { _, err := s.Standings(ctx, l.Items); return err },
		"Marks":          func() error { _, err := s.Marks(ctx, news.LocalOwner, ids); return err },
		"Marked":         func() error { _, err := s.Marked(ctx, news.LocalOwner, news.MarkRead); return err },
		"KeptState":      func() error { _, err := s.KeptState(ctx); return err },
		"AllAnnotations": func() error { _, _, err := s.AllAnnotations(ctx, news.LocalOwner); return err },
		"NoteBookmark": func() error {
			return s.NoteBookmark(ctx, l.ID, ids[5], fmt.Sprint("another note ", b.N), nil)
		},
	} {
		b.Run(name, func(b *testing.B) {
			for b.Loop() {
				if err := fn(); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}
