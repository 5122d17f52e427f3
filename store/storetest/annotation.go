package storetest

import (
	"errors"
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"

	"backfile/internal/news"
)

// passage is where words stand in longBody.
func passage(t testing.TB, words string) *news.Passage {
	t.Helper()
	at := strings.Index(longBody, words)
	p, ok := news.NewPassage(news.FieldBody, longBody, at, at+len(words))
	if !ok {
		t.Fatalf("%q is no passage", words)
	}
	return p
}

func annotate(t testing.TB, s Store, a news.Annotation) news.Annotation {
	t.Helper()
	if a.Owner == "" {
		a.Owner = news.LocalOwner
	}
	a, err := s.Annotate(ctx, a)
	if err != nil {
		t.Fatal(err)
	}
	return a
}

func testAnnotations(t *testing.T, s Store) {
	a := put(t, s, write("url:a", "A", longBody))[0].ID
	b := put(t, s, write("url:b", "B", longBody))[0].ID
	_, before, err := s.AllAnnotations(ctx, news.LocalOwner)
	if err != nil {
		t.Fatal(err)
	}
	at := head(t, s)
	h := annotate(t, s, news.Annotation{Article: a, Passage: passage(t, "the council said"), Note: " who else? ", Tags: []string{"#council"}})
	if !news.ValidID(string(h.ID)) || h.Version != 1 || h.Note != "who else?" || !slices.Equal(h.Tags, []string{"council"}) || h.Created.IsZero() || !h.Changed.Equal(h.Created) {
		t.Errorf("Annotate = %+v", h)
	}
	if p := h.Passage; !strings.HasSuffix(p.Prefix, "through the night, ") || !strings.HasPrefix(p.Suffix, ".\n\nEngineers") {
		t.Errorf("the passage is %+v", p)
	}
	if n := behind(t, s, at); n != 1 {
		t.Errorf("a highlight added %d rows to the feed, want 1", n)
	}
	note := annotate(t, s, news.Annotation{Article: a, Note: "See the minutes."})
	annotate(t, s, news.Annotation{Article: b, Tags: []string{"later"}})
	annotate(t, s, news.Annotation{Owner: "somebody", Article: a, Note: "Mine."})
	w := write("url:a", "A, changed", longBody+" It rained.")
	w.At = day.Add(time.Hour)
	put(t, s, w)
	// The words marked again are one highlight; a note with them takes the place of its note.
	if again := annotate(t, s, news.Annotation{Article: a, Version: 1, Passage: passage(t, "the council said")}); again.ID != h.ID || again.Note != h.Note {
		t.Errorf("the same words again = %+v, want %+v", again, h)
	}
	if again := annotate(t, s, news.Annotation{Article: a, Passage: passage(t, "the council said")}); again.ID == h.ID || again.Version != 2 {
		t.Errorf("the same words of another version = %+v", again)
	} else if err := s.DeleteAnnotation(ctx, news.LocalOwner, a, again.ID); err != nil {
		t.Fatal(err)
	}
	if err := s.ChangeAnnotation(ctx, news.LocalOwner, a, note.ID, "See the minutes of May.", []string{"paper"}); err != nil {
		t.Fatal(err)
	}
	on, err := s.Annotations(ctx, news.LocalOwner, a)
	if err != nil || len(on) != 2 || on[0].ID != h.ID || on[1].ID != note.ID || on[1].Note != "See the minutes of May." || !slices.Equal(on[1].Tags, []string{"paper"}) {
		t.Errorf("Annotations = %+v, %v", on, err)
	}
	all, state, err := s.AllAnnotations(ctx, news.LocalOwner)
	if err != nil || len(all) != 3 || state == before {
		t.Errorf("AllAnnotations = %+v, %q (before: %q), %v", all, state, before, err)
	}
	if now, err := s.KeptState(ctx); err != nil || now != state {
		t.Errorf("KeptState = %q, %v, want %q", now, err, state)
	}
	put(t, s, write("url:c", "C", longBody))
	if now, err := s.KeptState(ctx); err != nil || now != state {
		t.Errorf("KeptState after another article = %q, %v, want %q", now, err, state)
	}
	if err := s.DeleteAnnotation(ctx, news.LocalOwner, a, h.ID); err != nil {
		t.Fatal(err)
	}
	if now, err := s.KeptState(ctx); err != nil || now == state {
		t.Errorf("KeptState after one was deleted = %q, %v, want another", now, err)
	}
	if on, err := s.Annotations(ctx, "somebody", a); err != nil || len(on) != 1 || on[0].Note != "Mine." {
		t.Errorf("Annotations of somebody = %+v, %v", on, err)
	}
	if on, err := s.Annotations(ctx, "nobody", a); err != nil || len(on) != 0 {
		t.Errorf("Annotations of nobody = %+v, %v", on, err)
	}
}

// testDeletedAnnotations: what was deleted is put back as it was, by its owner.
func testDeletedAnnotations(t *testing.T, s Store) {
	a := put(t, s, write("url:a", "A", longBody))[0].ID
	b := put(t, s, write("url:b", "B", longBody))[0].ID
	h := annotate(t, s, news.Annotation{Article: a, Passage: passage(t, "the council said"), Note: "Who else?", Tags: []string{"council"}})
	other := annotate(t, s, news.Annotation{Article: b, Note: "Another."})
	for _, an := range []news.Annotation{h, other} {
		if err := s.DeleteAnnotation(ctx, news.LocalOwner, an.Article, an.ID); err != nil {
			t.Fatal(err)
		}
	}
	wantGone := func(article news.ArticleID, want ...news.AnnotationID) {
		t.Helper()
		gone, err := s.DeletedAnnotations(ctx, news.LocalOwner, article)
		var got []news.AnnotationID
		for _, d := range gone {
			if d.Deleted.IsZero() {
				t.Errorf("%+v was never deleted", d)
			}
			got = append(got, d.ID)
		}
		slices.Sort(got)
		slices.Sort(want)
		if err != nil || !slices.Equal(got, want) {
			t.Errorf("DeletedAnnotations of %q = %v, %v, want %v", article, got, err, want)
		}
	}
	wantGone("", h.ID, other.ID)
	wantGone(a, h.ID)
	if gone, err := s.DeletedAnnotations(ctx, "somebody", ""); err != nil || len(gone) != 0 {
		t.Errorf("DeletedAnnotations of somebody = %+v, %v", gone, err)
	}
	if err := s.PutBackAnnotation(ctx, "somebody", a, h.ID); !errors.Is(err, news.ErrNotFound) {
		t.Errorf("put back by another: %v, want ErrNotFound", err)
	}
	for range 2 {
		if err := s.PutBackAnnotation(ctx, news.LocalOwner, a, h.ID); err != nil {
			t.Fatal(err)
		}
	}
	if on, err := s.Annotations(ctx, news.LocalOwner, a); err != nil || len(on) != 1 || !reflect.DeepEqual(on[0], h) {
		t.Errorf("put back: %+v, %v, want %+v", on, err, h)
	}
	wantGone("", other.ID)
	// What an export brings back is not deleted any more.
	if restored, err := s.RestoreAnnotation(ctx, other); err != nil || !restored {
		t.Fatal(restored, err)
	}
	wantGone("")
	if err := s.Verify(ctx, func(problem string) { t.Errorf("Verify: %s", problem) }); err != nil {
		t.Fatal(err)
	}
}

func testAnnotationErrors(t *testing.T, s Store) {
	a := put(t, s, write("url:a", "A", longBody))[0].ID
	good := annotate(t, s, news.Annotation{Article: a, Note: "A note."})
	moved := *passage(t, "the council said")
	moved.Start, moved.End = moved.Start+1, moved.End+1
	for name, bad := range map[string]news.Annotation{
		"no owner": {Article: a, Note: "x"}, "nothing": {Owner: "a", Article: a, Note: " "}, "a long note": {Owner: "a", Article: a, Note: strings.Repeat("x", news.MaxNote+1)},
		"elsewhere": {Owner: "a", Article: a, Passage: &moved}, "no words": {Owner: "a", Article: a, Passage: &news.Passage{Field: news.FieldBody}},
		"no field": {Owner: "a", Article: a, Passage: &news.Passage{Field: "byline", Exact: "x", End: 1}}, "no article": {Owner: "a", Note: "x"},
	} {
		if _, err := s.Annotate(ctx, bad); !errors.Is(err, news.ErrInvalid) {
			t.Errorf("Annotate %s: %v, want ErrInvalid", name, err)
		}
	}
	if err := s.ChangeAnnotation(ctx, news.LocalOwner, a, good.ID, "", nil); !errors.Is(err, news.ErrInvalid) {
		t.Errorf("a note of nothing: %v, want ErrInvalid", err)
	}
	none := news.NewArticleID("none")
	_, unknown := s.Annotate(ctx, news.Annotation{Owner: "a", Article: none, Note: "x"})
	_, version := s.Annotate(ctx, news.Annotation{Owner: "a", Article: a, Version: 7, Note: "x"})
	for name, err := range map[string]error{
		"no article": unknown, "no version": version, "another's": s.DeleteAnnotation(ctx, "somebody", a, good.ID), "no note": s.ChangeAnnotation(ctx, news.LocalOwner, a, news.AnnotationID(none), "x", nil),
		"nonsense": s.DeleteAnnotation(ctx, news.LocalOwner, "x", "y"),
	} {
		if !errors.Is(err, news.ErrNotFound) {
			t.Errorf("%s: %v, want ErrNotFound", name, err)
		}
	}
}

func testRestoreAnnotations(t *testing.T, s Store) {
	a := put(t, s, write("url:a", "A", longBody))[0].ID
	an := news.Annotation{ID: news.AnnotationID(news.NewArticleID("note")), Article: a, Version: 1, Passage: passage(t, "council"), Note: "A note.", Created: day}
	for i := range 2 {
		if restored, err := s.RestoreAnnotation(ctx, an); err != nil || restored != (i == 0) {
			t.Fatalf("RestoreAnnotation = %v, %v", restored, err)
		}
	}
	on, err := s.Annotations(ctx, news.LocalOwner, a)
	if err != nil || len(on) != 1 || on[0].ID != an.ID || !on[0].Created.Equal(day) || !on[0].Changed.Equal(day) || *on[0].Passage != *an.Passage {
		t.Errorf("Annotations = %+v, %v", on, err)
	}
	an.ID, an.Article = news.AnnotationID(news.NewArticleID("other")), news.NewArticleID("none")
	if restored, err := s.RestoreAnnotation(ctx, an); err != nil || restored {
		t.Errorf("a note on an unknown article: %v, %v", restored, err)
	}
	for _, bad := range []news.Annotation{{}, {Article: a, Version: 1, Note: "x"}, {ID: an.ID, Article: a, Note: "x"}, {ID: an.ID, Article: a, Version: 1}} {
		if _, err := s.RestoreAnnotation(ctx, bad); !errors.Is(err, news.ErrInvalid) {
			t.Errorf("RestoreAnnotation(%+v): %v, want ErrInvalid", bad, err)
		}
	}
}

// testEraseKept: what a reader quoted of an erased article goes with it, what the reader
// wrote stays.
func testEraseKept(t *testing.T, s Store) {
	a := put(t, s, write("url:a", "Secret", longBody))[0].ID
	b := put(t, s, write("url:b", "B", longBody))[0].ID
	l, err := s.CreateList(ctx, news.LocalOwner, "File")
	if err == nil {
		_, err = s.BookmarkAll(ctx, l.ID, []news.Bookmark{{Article: a, Note: "why"}, {Article: b}})
	}
	if err != nil {
		t.Fatal(err)
	}
	annotate(t, s, news.Annotation{Article: a, Passage: passage(t, "council"), Note: "mine"})
	annotate(t, s, news.Annotation{Article: b, Passage: passage(t, "council")})
	deleted := annotate(t, s, news.Annotation{Article: a, Passage: passage(t, "the council said"), Note: "deleted"})
	if err := s.DeleteAnnotation(ctx, news.LocalOwner, a, deleted.ID); err != nil {
		t.Fatal(err)
	}
	if err := s.Remove(ctx, a, "test", false); err != nil {
		t.Fatal(err)
	}
	wantListed(t, s, l.ID, "Secret v1 why", "B v1")
	if err := s.Remove(ctx, a, "test", true); err != nil {
		t.Fatal(err)
	}
	wantListed(t, s, l.ID, "v1 why", "B v1")
	on, err := s.Annotations(ctx, news.LocalOwner, a)
	if err != nil || len(on) != 1 || on[0].Note != "mine" || !on[0].Passage.Erased() {
		t.Errorf("on what was erased: %+v, %v", on, err)
	}
	if on, err := s.Annotations(ctx, news.LocalOwner, b); err != nil || len(on) != 1 || on[0].Passage.Erased() {
		t.Errorf("on another article: %+v, %v", on, err)
	}
	if gone, err := s.DeletedAnnotations(ctx, news.LocalOwner, ""); err != nil || len(gone) != 1 || gone[0].Note != "deleted" || !gone[0].Passage.Erased() {
		t.Errorf("deleted on what was erased: %+v, %v", gone, err)
	}
	if restored, err := s.RestoreAnnotation(ctx, news.Annotation{ID: news.AnnotationID(b), Article: a, Version: 1, Passage: passage(t, "council")}); err != nil || !restored {
		t.Fatal(restored, err)
	}
	if on, err := s.Annotations(ctx, news.LocalOwner, a); err != nil || len(on) != 2 || !on[0].Passage.Erased() || !on[1].Passage.Erased() {
		t.Errorf("restored on what was erased: %+v, %v", on, err)
	}
	if err := s.Verify(ctx, func(problem string) { t.Errorf("Verify: %s", problem) }); err != nil {
		t.Fatal(err)
	}
}

func testMarks(t *testing.T, s Store) {
	a := put(t, s, write("url:a", "A", longBody))[0].ID
	b := put(t, s, write("url:b", "B", longBody))[0].ID
	none := news.NewArticleID("none")
	at := head(t, s)
	for _, want := range []int{2, 0} {
		if n, err := s.SetMarks(ctx, news.LocalOwner, news.MarkRead, []news.ArticleID{a, b, none}, true); err != nil || n != want {
			t.Fatalf("SetMarks = %d, %v, want %d", n, err, want)
		}
	}
	if n, err := s.SetMarks(ctx, news.LocalOwner, news.MarkStar, []news.ArticleID{b}, true); err != nil || n != 1 {
		t.Fatalf("SetMarks = %d, %v", n, err)
	}
	if n := behind(t, s, at); n != 0 {
		t.Errorf("marks added %d rows to the feed, want none", n)
	}
	w := write("url:a", "A, changed", longBody)
	w.At = day.Add(time.Hour)
	put(t, s, w)
	if n, err := s.SetMarks(ctx, news.LocalOwner, news.MarkRead, []news.ArticleID{a}, true); err != nil || n != 1 {
		t.Errorf("reading the changed article = %d, %v, want 1", n, err)
	}
	got, err := s.Marks(ctx, news.LocalOwner, []news.ArticleID{a, b, none})
	if err != nil || len(got) != 2 || got[a].ReadVersion != 2 || got[b].ReadVersion != 1 || got[b].Star.IsZero() || !got[a].Star.IsZero() {
		t.Errorf("Marks = %+v, %v", got, err)
	}
	if ids, err := s.Marked(ctx, news.LocalOwner, news.MarkStar); err != nil || !slices.Equal(ids, []news.ArticleID{b}) {
		t.Errorf("Marked = %v, %v", ids, err)
	}
	if ids, err := s.Marked(ctx, "somebody", news.MarkStar); err != nil || len(ids) != 0 {
		t.Errorf("Marked of somebody = %v, %v", ids, err)
	}
	var paged []news.Mark
	for after := (news.Mark{}); ; after = paged[len(paged)-1] {
		page, err := s.MarkPage(ctx, news.LocalOwner, after, 1)
		if err != nil {
			t.Fatal(err)
		}
		if len(page) == 0 {
			break
		}
		paged = append(paged, page...)
	}
	if len(paged) != 3 {
		t.Fatalf("MarkPage gives %+v", paged)
	}
	if n, err := s.SetMarks(ctx, news.LocalOwner, news.MarkRead, []news.ArticleID{a, b, none}, false); err != nil || n != 2 {
		t.Errorf("taking marks off = %d, %v, want 2", n, err)
	}
	for _, m := range append(paged, news.Mark{Owner: news.LocalOwner, Article: none, Kind: news.MarkStar, Version: 1}) {
		restored, err := s.RestoreMark(ctx, m)
		if want := m.Kind == news.MarkRead; err != nil || restored != want {
			t.Errorf("RestoreMark(%+v) = %v, %v, want %v", m, restored, err, want)
		}
	}
	if again, err := s.MarkPage(ctx, news.LocalOwner, news.Mark{}, 0); err != nil || !slices.Equal(again, paged) {
		t.Errorf("restored, the marks are %+v, %v, want %+v", again, err, paged)
	}
	for _, bad := range []news.Mark{{}, {Article: a, Kind: "seen", Version: 1}, {Article: "x", Kind: news.MarkStar, Version: 1}, {Article: a, Kind: news.MarkStar}} {
		if _, err := s.RestoreMark(ctx, bad); !errors.Is(err, news.ErrInvalid) {
			t.Errorf("RestoreMark(%+v): %v, want ErrInvalid", bad, err)
		}
	}
	if _, err := s.SetMarks(ctx, news.LocalOwner, "seen", nil, true); !errors.Is(err, news.ErrInvalid) {
		t.Errorf("a mark that is none: %v, want ErrInvalid", err)
	}
}
