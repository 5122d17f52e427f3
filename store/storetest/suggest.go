package storetest

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"

	"backfile/internal/news"
)

// allAliases reads the names page by page, n at a time, as "kind fold id".
func allAliases(t *testing.T, s Store, n int) []string {
	t.Helper()
	var out []string
	for after := ""; ; {
		as, next, err := s.AliasPage(ctx, after, n)
		if err != nil {
			t.Fatal(err)
		}
		for _, a := range as {
			out = append(out, fmt.Sprintf("%s %s %s", a.Kind, a.Fold, a.Entity))
		}
		if next == "" {
			return out
		}
		after = next
	}
}

func testAliases(t *testing.T, s Store) {
	if got := allAliases(t, s, 10); got != nil {
		t.Errorf("an empty archive has the names %v", got)
	}
	ada := entity(news.Person, "ada quay", "Ada Quay", "Quay")
	bram := entity(news.Person, "bram quay", "Bram Quay")
	wick := entity(news.Place, "wick", "Wick")
	put(t, s, mentioning("a", ada, bram, wick))
	row := func(kind news.Kind, fold string, id news.EntityID) string {
		return fmt.Sprintf("%s %s %s", kind, fold, id)
	}
	want := []string{row(news.Person, "ada quay", ada.ID), row(news.Person, "bram quay", bram.ID), row(news.Person, "quay", ada.ID), row(news.Place, "wick", wick.ID)}
	for _, n := range []int{0, 1, 2, 4, 5} {
		got := allAliases(t, s, n)
		slices.Sort(got)
		if !slices.Equal(got, want) {
			t.Errorf("the names, %d at a time: %v, want %v", n, got, want)
		}
	}
	correct(t, s, news.Event{Type: news.EventMerged, About: string(bram.ID), Data: []byte(`{"into":"` + string(ada.ID) + `"}`)})
	correct(t, s, news.Event{Type: news.EventHidden, About: string(wick.ID), Data: []byte(`{}`)})
	want = []string{row(news.Person, "ada quay", ada.ID), row(news.Person, "bram quay", ada.ID), row(news.Person, "quay", ada.ID)}
	got := allAliases(t, s, 2)
	slices.Sort(got)
	if !slices.Equal(got, want) {
		t.Errorf("the names after a merge and a hiding: %v, want %v", got, want)
	}
}

func testPastSearches(t *testing.T, s Store) {
	const me = news.LocalOwner
	queries := func(owner string) (out []string) {
		t.Helper()
		ps, err := s.PastSearches(ctx, owner)
		if err != nil {
			t.Fatal(err)
		}
		for _, p := range ps {
			out = append(out, fmt.Sprintf("%s×%d", p.Query, p.Times))
			if p.At.IsZero() || p.Owner != owner {
				t.Errorf("past search %+v of %s lacks its time or owner", p, owner)
			}
		}
		return out
	}
	note := func(owner, q string) {
		t.Helper()
		if err := s.NotePastSearch(ctx, owner, q); err != nil {
			t.Fatal(err)
		}
	}
	if got := queries(me); got != nil {
		t.Errorf("nobody searched, and there is %v", got)
	}
	note(me, "harbour")
	note(me, "\"bank of england\" -city")
	note("other", "secret")
	note(me, " harbour ")
	if got, want := queries(me), []string{"harbour×2", "\"bank of england\" -city×1"}; !slices.Equal(got, want) {
		t.Errorf("past searches %q, want %q", got, want)
	}
	for _, bad := range [][2]string{{"", "x"}, {me, ""}, {me, "  "}, {me, strings.Repeat("x", news.MaxPastSearch+1)}, {me, "\xff"}, {"a\x00b", "x"}} {
		if err := s.NotePastSearch(ctx, bad[0], bad[1]); !errors.Is(err, news.ErrInvalid) {
			t.Errorf("NotePastSearch(%q, %.20q) = %v, want ErrInvalid", bad[0], bad[1], err)
		}
	}
	if err := s.ForgetPastSearch(ctx, me, "harbour"); err != nil {
		t.Fatal(err)
	}
	if err := s.ForgetPastSearch(ctx, me, "never made"); err != nil {
		t.Errorf("forgetting what was not there: %v", err)
	}
	for i := range news.MaxPastSearches {
		note(me, fmt.Sprintf("query %d", i))
	}
	if got := queries(me); len(got) != news.MaxPastSearches || slices.Contains(got, "\"bank of england\" -city×1") {
		t.Errorf("%d past searches are kept, want the last %d", len(got), news.MaxPastSearches)
	}
	if err := s.NotePastSearch(ctx, me, "one of three", "query 7", "one of three", "two of three"); err != nil {
		t.Fatal(err)
	}
	if got := queries(me); len(got) != news.MaxPastSearches || !slices.Equal(got[:3], []string{"two of three×1", "one of three×2", "query 7×2"}) {
		t.Errorf("of %d past searches the last are %q", len(got), got[:3])
	}
	if err := s.NotePastSearch(ctx, me, "good", ""); !errors.Is(err, news.ErrInvalid) || queries(me)[0] != "two of three×1" {
		t.Errorf("a search without words among others: %v, and the last is %q", err, queries(me)[0])
	}
	if err := s.ForgetPastSearch(ctx, me, ""); err != nil {
		t.Fatal(err)
	}
	if got := queries(me); got != nil {
		t.Errorf("after forgetting all there is %v", got)
	}
	if got := queries("other"); len(got) != 1 {
		t.Errorf("another's searches are %v, want one", got)
	}
}
