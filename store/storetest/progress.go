package storetest

import (
	"errors"
	"fmt"
	"testing"

	"backfile/internal/news"
)

func testProgress(t *testing.T, s Store) {
	if _, err := s.Progress(ctx, "a"); !errors.Is(err, news.ErrNotFound) {
		t.Errorf("progress of nothing: %v, want ErrNotFound", err)
	}
	if err := s.ForgetProgress(ctx, "a"); err != nil {
		t.Errorf("forgetting nothing: %v", err)
	}
	for n := range int64(3) {
		want := news.Progress{Input: "a", Part: "archive/1.warc.gz", Offset: 10 * n, Inflated: n, Done: 100 + 10*n, Size: 1000}
		if err := s.SetProgress(ctx, want); err != nil {
			t.Fatal(err)
		}
		got, err := s.Progress(ctx, "a")
		if got.At.IsZero() {
			t.Error("it does not say when")
		}
		if got.At = want.At; err != nil || got != want {
			t.Errorf("Progress = %+v, %v, want %+v", got, err, want)
		}
	}
	for _, bad := range []news.Progress{{Size: 1}, {Input: "b", Offset: -1}, {Input: "b", Done: 2, Size: 1}} {
		if err := s.SetProgress(ctx, bad); !errors.Is(err, news.ErrInvalid) {
			t.Errorf("SetProgress(%+v) = %v, want ErrInvalid", bad, err)
		}
	}
	if err := s.ForgetProgress(ctx, "a"); err != nil {
		t.Fatal(err)
	}
	if _, err := s.Progress(ctx, "a"); !errors.Is(err, news.ErrNotFound) {
		t.Errorf("progress that was forgotten: %v", err)
	}
	// What a run took in that is undone is to be taken in again, all of it.
	r := news.NewRun(day, news.RunIngest, "a.warc")
	put(t, s, in(r, "url:a", longBody, day))
	if err := s.SetProgress(ctx, news.Progress{Input: "a", Offset: 5, Done: 5, Size: 10}); err != nil {
		t.Fatal(err)
	}
	if _, err := s.UndoRun(ctx, r.ID, "the wrong file"); err != nil {
		t.Fatal(err)
	}
	if _, err := s.Progress(ctx, "a"); !errors.Is(err, news.ErrNotFound) {
		t.Errorf("progress of a run that is undone: %v, want ErrNotFound", err)
	}
	at := head(t, s)
	// An archive does not gather them without end.
	for n := range news.MaxProgress + 2 {
		if err := s.SetProgress(ctx, news.Progress{Input: fmt.Sprint(n), Size: 1}); err != nil {
			t.Fatal(err)
		}
	}
	if _, err := s.Progress(ctx, fmt.Sprint(news.MaxProgress+1)); err != nil {
		t.Errorf("the last that was noted: %v", err)
	}
	if _, err := s.Progress(ctx, "0"); !errors.Is(err, news.ErrNotFound) {
		t.Errorf("the one of longest ago: %v, want ErrNotFound", err)
	}
	if n := behind(t, s, at); n != 0 {
		t.Errorf("progress added %d rows to the feed", n)
	}
}
