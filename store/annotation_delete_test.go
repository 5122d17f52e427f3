package store

import (
	"context"
	"errors"
	"testing"
	"time"

	"backfile/internal/news"
)

// TestDeletedLongAgo forgets notes a month after they were deleted.
func TestDeletedLongAgo(t *testing.T) {
	ctx, now := context.Background(), time.Date(2026, 11, 1, 12, 0, 0, 0, time.UTC)
	s, err := Open(t.TempDir(), Options{Now: func() time.Time { return now }})
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	out, err := s.Put(ctx, []news.Write{numbered(1, 400)})
	if err != nil {
		t.Fatal(err)
	}
	id := out[0].ID
	deleted := func(note string) news.AnnotationID {
		a, err := s.Annotate(ctx, news.Annotation{Owner: news.LocalOwner, Article: id, Note: note})
		if err == nil {
			err = s.DeleteAnnotation(ctx, news.LocalOwner, id, a.ID)
		}
		if err != nil {
			t.Fatal(err)
		}
		return a.ID
	}
	count := func() int {
		t.Helper()
		gone, err := s.DeletedAnnotations(ctx, news.LocalOwner, "")
		if err != nil {
			t.Fatal(err)
		}
		return len(gone)
	}
	old := deleted("old")
	now = now.Add(news.DeletedAnnotations - time.Second)
	if count() != 1 {
		t.Error("it is forgotten too early")
	}
	now = now.Add(time.Second)
	if count() != 0 {
		t.Error("it is still there")
	}
	if err := s.PutBackAnnotation(ctx, news.LocalOwner, id, old); !errors.Is(err, news.ErrNotFound) {
		t.Errorf("put back too late: %v, want %v", err, news.ErrNotFound)
	}
	for range news.MaxDeletedAnnotations + 1 {
		now = now.Add(time.Second)
		deleted("another")
	}
	if n := count(); n != news.MaxDeletedAnnotations {
		t.Errorf("%d are kept, want %d", n, news.MaxDeletedAnnotations)
	}
	verify1(t, s)
}
