package main

import (
	"errors"
	"io"
	"log/slog"
	"testing"
	"time"

	"backfile/internal/news"
	"backfile/store"
)

// TestStoriesWhileServed has two reports of one event joined while the archive is held as
// serve holds it, and parted again when one of them is removed.
func TestStoriesWhileServed(t *testing.T) {
	dir := t.TempDir()
	st, err := store.Open(dir, store.Options{})
	if err != nil {
		t.Fatal(err)
	}
	a, err := openArchive(t.Context(), place{dir: dir, families: true, stories: true}, st, slog.New(slog.NewTextHandler(io.Discard, nil)))
	if err != nil {
		t.Fatal(err)
	}
	defer closed(t, a)
	out, err := a.Put(t.Context(), []news.Write{
		printing("Chimney falls at Norlby pottery", "Gazette", "2024-05-01", "The chimney of the pottery at Norlby was struck by lightning and fell on the kiln. The steeplejack Odo Fenwick was on it."),
		printing("Steeplejack sings after fall", "Echo", "2024-05-03", "The steeplejack Odo Fenwick sang in hospital after the chimney of the pottery at Norlby fell on the kiln."),
		printing("Bees", "Echo", "2024-05-03", "A swarm of bees settled on the bandstand."),
	})
	if err != nil {
		t.Fatal(err)
	}
	await := func(what string, done func() bool) {
		t.Helper()
		for end := time.Now().Add(20 * time.Second); !done(); time.Sleep(20 * time.Millisecond) {
			if time.Now().After(end) {
				t.Fatal(what)
			}
		}
	}
	await("the two are in no story", func() bool {
		s, _, err := a.Story(t.Context(), out[1].ID)
		return err == nil && s.ID == out[0].ID && s.Reports == 2
	})
	if _, _, err := a.Story(t.Context(), out[2].ID); !errors.Is(err, news.ErrNotFound) {
		t.Errorf("the bees follow a story: %v", err)
	}
	if err := a.Remove(t.Context(), out[0].ID, "test", false); err != nil {
		t.Fatal(err)
	}
	await("one report is still a story", func() bool {
		_, _, err := a.Story(t.Context(), out[1].ID)
		return errors.Is(err, news.ErrNotFound)
	})
}
