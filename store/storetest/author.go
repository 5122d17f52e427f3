package storetest

import (
	"cmp"
	"errors"
	"slices"
	"strings"
	"testing"

	"backfile/internal/news"
)

// by is a text with authors, an outlet ("" for none) and a date ("" for none).
func by(key, outlet, date string, authors ...string) news.Write {
	w := write(key, "Headline of "+key, "The text of "+key+".")
	w.Article.Outlet = news.NewOutlet(outlet)
	if d, err := news.ParseDate(date, news.FromGiven); err == nil {
		w.Article.Published = d
	}
	for _, a := range authors {
		w.Article.Authors = append(w.Article.Authors, news.Author{Name: a})
	}
	return w
}

// follow brings the tables of authors up with the feed and returns how many rows that
// took.
func follow(t testing.TB, s Store) (rows int) {
	t.Helper()
	for {
		n, err := s.FollowAuthors(ctx)
		if err != nil {
			t.Fatalf("FollowAuthors: %v", err)
		}
		if n == 0 {
			return rows
		}
		rows += n
	}
}

// authorsAgree follows the feed and compares the tables of authors with what all
// articles that are shown say.
func authorsAgree(t *testing.T, s Store, when string) {
	t.Helper()
	follow(t, s)
	read, err := s.All(ctx, "", 0)
	if err != nil {
		t.Fatal(err)
	}
	var all []news.Version // as readers see them
	for _, v := range read {
		if v, err := s.Article(ctx, v.Article.ID); err == nil && !slices.ContainsFunc(all, func(o news.Version) bool { return o.Article.ID == v.Article.ID }) {
			all = append(all, v)
		}
	}
	want, of := map[string][]news.ArticleID{}, map[string]map[string]int{}
	slices.SortStableFunc(all, func(a, b news.Version) int {
		return cmp.Or(strings.Compare(b.Article.Published.Text, a.Article.Published.Text), strings.Compare(string(b.Article.ID), string(a.Article.ID)))
	})
	for _, v := range all {
		seen := map[string]bool{"": true}
		for _, a := range v.Article.Authors {
			slug := news.Slug(a.Name)
			if seen[slug] {
				continue
			}
			seen[slug] = true
			want[slug] = append(want[slug], v.Article.ID)
			if o := v.Article.Outlet; o != nil {
				if of[o.Slug] == nil {
					of[o.Slug] = map[string]int{}
				}
				of[o.Slug][slug]++
			}
		}
	}
	listed, next, err := s.Authors(ctx, "", 0)
	if err != nil || next != "" || len(listed) != len(want) {
		t.Errorf("%s: Authors: %d, next %q, %v; want %d", when, len(listed), next, err, len(want))
	}
	for slug, ids := range want {
		got, total, err := s.ByAuthor(ctx, slug, news.ByAuthor{})
		if err != nil || total != len(ids) || !slices.Equal(got, ids) {
			t.Errorf("%s: ByAuthor(%q) = %v, %d, %v, want %v", when, slug, got, total, err, ids)
		}
		if a, err := s.Author(ctx, slug); err != nil || a.Total != len(ids) || a.Slug != slug || news.Slug(a.Name) != slug {
			t.Errorf("%s: Author(%q) = %+v, %v, want a total of %d", when, slug, a, err, len(ids))
		}
	}
	for outlet, by := range of {
		top, err := s.TopAuthors(ctx, outlet, 0)
		n, err2 := s.CountAuthors(ctx, outlet)
		if err := errors.Join(err, err2); err != nil || len(top) != len(by) || n != len(by) {
			t.Errorf("%s: TopAuthors(%q): %d of %d, %v, want %d", when, outlet, len(top), n, err, len(by))
		}
		for i := 1; i < len(top); i++ {
			if by[top[i].Slug] > by[top[i-1].Slug] {
				t.Errorf("%s: TopAuthors(%q) has %s behind %s", when, outlet, top[i].Slug, top[i-1].Slug)
			}
		}
	}
	verify(t, s)
}

func testAuthors(t *testing.T, s Store) {
	authorsAgree(t, s, "empty")
	out := put(t, s,
		by("a", "The Harbour Light", "2021-12-02", "Mary Quay", "Tom Keir"),
		by("b", "The Harbour Light", "2021-12-02T09:30:00Z", "MARY QUAY"),
		by("c", "Northern Courier", "1987-05", "Mary  Quay"),
		by("d", "", "", "Mary Quay", "mary quay", "…"),
		by("e", "Northern Courier", "1987", "María José Ållén Jr"),
		by("f", "Northern Courier", "1990-01-01"))
	authorsAgree(t, s, "put")
	if n := follow(t, s); n != 0 {
		t.Errorf("followed %d rows at the feed's end", n)
	}
	a, err := s.Author(ctx, "mary-quay")
	if err != nil || a.Name != "Mary Quay" || a.First != "1987-05" || a.Last != "2021-12-02" || a.Total != 4 ||
		!slices.Equal(a.Names, []news.AuthorCount{{Value: "Mary Quay", N: 3}, {Value: "MARY QUAY", N: 1}}) ||
		!slices.Equal(a.Years, []news.AuthorCount{{Value: "", N: 1}, {Value: "1987", N: 1}, {Value: "2021", N: 2}}) ||
		!slices.Equal(a.Outlets, []news.AuthorCount{{Value: "the-harbour-light", N: 2}, {Value: "", N: 1}, {Value: "northern-courier", N: 1}}) {
		t.Errorf("Author = %+v, %v", a, err)
	}
	for _, tc := range []struct {
		ask   news.ByAuthor
		want  []int // of out
		total int
	}{
		{news.ByAuthor{}, []int{1, 0, 2, 3}, 4},
		{news.ByAuthor{N: 1}, []int{1}, 4},
		{news.ByAuthor{Skip: 1, N: 2}, []int{0, 2}, 4},
		{news.ByAuthor{Skip: 9}, nil, 4},
		{news.ByAuthor{Outlet: "the-harbour-light"}, []int{1, 0}, 2},
		{news.ByAuthor{Outlet: "nobody"}, nil, 0},
		{news.ByAuthor{From: "2021", To: "2021"}, []int{1, 0}, 2},
		{news.ByAuthor{To: "2000"}, []int{2}, 1},
		{news.ByAuthor{From: "1987-05"}, []int{1, 0, 2}, 3},
		{news.ByAuthor{From: "1988", To: "1999"}, nil, 0},
	} {
		var want []news.ArticleID
		for _, i := range tc.want {
			want = append(want, out[i].ID)
		}
		got, total, err := s.ByAuthor(ctx, "mary-quay", tc.ask)
		if err != nil || total != tc.total || !slices.Equal(got, want) {
			t.Errorf("ByAuthor(%+v) = %v, %d, %v, want %v, %d", tc.ask, got, total, err, want, tc.total)
		}
	}
	names := func(as []news.AuthorSummary) (out []string) {
		for _, a := range as {
			out = append(out, a.Slug)
		}
		return out
	}
	// By the last name, where "Jr" is none.
	if as, _, err := s.Authors(ctx, "", 0); err != nil || !slices.Equal(names(as), []string{"tom-keir", "mary-quay", "maría-josé-ållén-jr"}) {
		t.Errorf("Authors = %v, %v", names(as), err)
	}
	as, next, err := s.Authors(ctx, "l", 1)
	if err != nil || !slices.Equal(names(as), []string{"mary-quay"}) || next == "" {
		t.Errorf("Authors from l = %v, next %q, %v", names(as), next, err)
	}
	if as, next, err = s.Authors(ctx, next, 1); err != nil || !slices.Equal(names(as), []string{"maría-josé-ållén-jr"}) || next != "" {
		t.Errorf("Authors behind = %v, next %q, %v", names(as), next, err)
	}
	if _, err := s.Author(ctx, "nobody"); !errors.Is(err, news.ErrNotFound) {
		t.Errorf("Author of nobody: %v, want ErrNotFound", err)
	}
}

// Whatever changes articles changes their authors, and made anew the tables are the same.
func testAuthorsFollow(t *testing.T, s Store) {
	out := put(t, s, by("a", "The Harbour Light", "2021-12-02", "Mary Quay"), by("b", "The Harbour Light", "2021-12-02", "Mary Quay", "Tom Keir"),
		by("c", "Northern Courier", "2020", "Tom Keir"), by("d", "Northern Courier", "2020", "Ann Dee"))
	authorsAgree(t, s, "put")
	fixed := correct(t, s, fix(out[0].ID, news.Fix{Byline: "By Ann Dee", Authors: []news.Author{{Name: "Ann Dee"}}, Published: "1987-05", Outlet: &news.Outlet{Name: "Northern Courier"}}))[0]
	authorsAgree(t, s, "fixed")
	if _, total, err := s.ByAuthor(ctx, "ann-dee", news.ByAuthor{To: "1990"}); err != nil || total != 1 {
		t.Errorf("after the fix: %d by Ann Dee, %v", total, err)
	}
	correct(t, s, undo(fixed))
	authorsAgree(t, s, "undone")
	joined := correct(t, s, join(out[1].ID, out[0].ID))[0]
	authorsAgree(t, s, "joined")
	correct(t, s, undo(joined))
	authorsAgree(t, s, "parted")
	again := by("c", "Northern Courier", "2020", "Tom Keir", "Ann Dee")
	again.Article.Body, again.At = "Another text altogether, of c.", day.AddDate(0, 0, 1)
	put(t, s, again)
	authorsAgree(t, s, "another version")
	if err := s.Remove(ctx, out[3].ID, "asked for", true); err != nil {
		t.Fatal(err)
	}
	if _, total, err := s.ByAuthor(ctx, "ann-dee", news.ByAuthor{}); err != nil || total != 1 {
		t.Errorf("an article that was removed is still by Ann Dee: %d, %v", total, err)
	}
	authorsAgree(t, s, "removed")
	if err := s.ResetAuthors(ctx); err != nil {
		t.Fatal(err)
	}
	authorsAgree(t, s, "made anew")
}
