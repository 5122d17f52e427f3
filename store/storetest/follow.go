package storetest

import (
	"errors"
	"slices"
	"testing"

	"backfile/internal/news"
)

func testFollowers(t *testing.T, s Store, other Store) {
	if c, err := s.FollowerCursor(ctx, "people"); err != nil || c != "" {
		t.Errorf("FollowerCursor of nobody = %q, %v", c, err)
	}
	put(t, s, write("url:a", "A", "text"))
	first := head(t, s)
	put(t, s, write("url:b", "B", "text"))
	for _, c := range []news.Cursor{first, first, head(t, s), ""} { // going back is a follower's own affair
		at := head(t, s)
		if err := s.SetFollowerCursor(ctx, "people", c); err != nil {
			t.Fatalf("SetFollowerCursor(%q): %v", c, err)
		}
		if got, err := s.FollowerCursor(ctx, "people"); err != nil || got != c {
			t.Errorf("FollowerCursor = %q, %v, want %q", got, err, c)
		}
		if got, err := s.FollowerCursor(ctx, "others"); err != nil || got != "" {
			t.Errorf("another follower's cursor = %q, %v", got, err)
		}
		if n := behind(t, s, at); n != 0 {
			t.Errorf("noting a cursor added %d rows to the feed", n)
		}
	}
	put(t, other, write("url:a", "A", "text"))
	for _, c := range []news.Cursor{"rubbish", head(t, other)} {
		if err := s.SetFollowerCursor(ctx, "people", c); !errors.Is(err, news.ErrInvalid) {
			t.Errorf("SetFollowerCursor(%q): %v, want ErrInvalid", c, err)
		}
	}
	if err := s.SetFollowerCursor(ctx, "", first); !errors.Is(err, news.ErrInvalid) {
		t.Errorf("a follower without a name: %v, want ErrInvalid", err)
	}
}

func testEntitiesWithWord(t *testing.T, s Store) {
	liz, elizabeth, ann := entity(news.Person, "liz truss", "Liz Truss"), entity(news.Person, "elizabeth truss", "Elizabeth Truss"), entity(news.Person, "ann quay", "Ann Quay")
	put(t, s, mentioning("a", liz, elizabeth, ann, entity(news.Place, "truss", "Truss")))
	correct(t, s, correction(news.EventMerged, elizabeth.ID, news.Correction{Into: liz.ID}))
	for _, tc := range []struct {
		word  string
		limit int
		want  []news.EntityID
	}{
		{"truss", 0, []news.EntityID{liz.ID, elizabeth.ID}}, // as before they were merged
		{"elizabeth", 0, []news.EntityID{elizabeth.ID}},
		{"tru", 0, nil}, {"", 0, nil}, {"liz truss", 0, nil},
	} {
		es, err := s.EntitiesWithWord(ctx, news.Person, tc.word, tc.limit)
		var got []news.EntityID
		for _, e := range es {
			got = append(got, e.ID)
		}
		slices.Sort(got)
		slices.Sort(tc.want)
		if err != nil || !slices.Equal(got, tc.want) {
			t.Errorf("EntitiesWithWord(%q) = %v, %v, want %v", tc.word, got, err, tc.want)
		}
	}
	if es, err := s.EntitiesWithWord(ctx, news.Person, "truss", 1); err != nil || len(es) != 1 {
		t.Errorf("EntitiesWithWord, one at most: %+v, %v", es, err)
	}
}
