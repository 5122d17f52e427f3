package indextest

import (
	"fmt"
	"strings"
	"testing"

	"backfile/index"
	"backfile/internal/news"
	"backfile/internal/search"
)

// testLacking looks for what needs a person's hand: what is not known of articles, where
// such came from, and which are alike.
func testLacking(t *testing.T, x Index) {
	post, day := news.NewOutlet("Post"), func(s string) news.Date {
		d, err := news.ParseDate(s, news.FromGiven)
		if err != nil {
			t.Fatal(err)
		}
		return d
	}
	body := "The council met on Tuesday night to hear about the wall."
	fill(t, x,
		news.Article{ID: "whole", Outlet: post, Published: day("2024-05-03"), Headline: "Wall", Body: body + " It held.", URL: "https://post.example/1"},
		news.Article{ID: "undated", Outlet: post, Headline: "Wall", Body: body, URL: "https://www.post.example/2"},
		news.Article{ID: "doubted", Outlet: post, Headline: "Wall", Body: body, Source: "cuttings/1987/a.txt", Doubts: []news.Doubt{{Field: "published", Text: "1246", Reason: news.DoubtEarly}}},
		news.Article{ID: "stub", Outlet: post, Published: day("2024-05-04"), Headline: "Link", ArticleKind: news.Stub, Body: "Link.", URL: "https://post.example/3"},
		news.Article{ID: "empty", Outlet: post, Published: day("2024-05-04"), Headline: "Nothing here"},
		news.Article{ID: "anon", Published: day("2024-05-05"), Headline: "Ferry", Body: body, Source: "cuttings/1987/b.txt"},
		news.Article{ID: "wired", Agency: "Reuters", Published: day("2024-05-05"), Headline: "Ferry", Body: body},
	)
	ids := func(r search.Result) string {
		var out []string
		for _, h := range r.Hits {
			out = append(out, string(h.ID))
		}
		return strings.Join(out, " ")
	}
	for _, tc := range []struct{ q, want string }{
		{"is:undated", "doubted undated"}, {"is:doubted", "doubted"}, {"is:undated -is:doubted", "undated"}, {"is:stub", "empty stub"}, {"is:unattributed", "anon"},
		{"-is:undated -is:stub -is:unattributed", "wired whole"},
	} {
		if got := ids(find(t, x, search.Request{Query: parse(t, tc.q), Sort: search.Newest})); got != tc.want {
			t.Errorf("%s finds %q, want %q", tc.q, got, tc.want)
		}
	}
	r := find(t, x, search.Request{Query: parse(t, "is:undated OR is:unattributed"), Facets: map[string]int{search.FacetOrigin: 0}})
	if got, want := fmt.Sprint(r.Facets[search.FacetOrigin]), "[{cuttings/1987 2} {post.example 1}]"; got != want {
		t.Errorf("origins %s, want %s", got, want)
	}
	r = find(t, x, search.Request{Query: search.All(parse(t, "is:undated"), search.CameFrom{Origin: "cuttings/1987"})})
	if got := ids(r); got != "doubted" {
		t.Errorf("undated from cuttings/1987: %q", got)
	}

	twin := func(id, headline, body, outlet, published, family string) index.Update {
		return member(id, family, outlet, published, headline, body)
	}
	long := " And then much more was said of it."
	apply(t, x, "2",
		twin("a1", "Second bridge opens", "In front of some three hundred people it opened."+long, "Echo", "2020-04-02", ""),
		twin("a2", "Second bridge: opens", "It rained all the time yesterday as the bridge opened."+long, "Echo", "2020-04-02T10:00", ""),
		twin("a3", "A bridge, at last", "It rained all the time yesterday as the mayor spoke."+long, "Echo", "2020-04-02", ""),
		twin("b1", "Second bridge opens", "Other words of another paper on the same thing."+long, "Post", "2020-04-02", ""),
		twin("b2", "Second bridge opens", "Other words of another paper on the same thing."+long, "Post", "2020-04-03", ""),
		twin("c1", "Fire", "A fire broke out at the mill on the quay."+long, "Echo", "2020-05-01", "c1"),
		twin("c2", "Blaze", "Late last night a fire broke out at the mill."+long, "Echo", "2020-05-01", "c1"),
		twin("d1", "Vague", "A report of some day in the month of May."+long, "Echo", "2020-05", ""),
		twin("d2", "Vague", "A report of some day in the month of May."+long, "Echo", "2020-05", ""),
	)
	got, err := x.Alike(t.Context())
	if want := "[[a1 a2 a3] [c1 c2]]"; err != nil || fmt.Sprint(got) != want {
		t.Errorf("alike: %v, %v; want %s", got, err, want)
	}
	apply(t, x, "3", index.Update{ID: "a2"}, index.Update{ID: "c2"})
	if got, err := x.Alike(t.Context()); err != nil || len(got) != 0 {
		t.Errorf("alike: %v, %v; want none", got, err)
	}
}
