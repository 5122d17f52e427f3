package indextest

import (
	"cmp"
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"time"

	"backfile/index"
	"backfile/internal/news"
	"backfile/internal/search"

	difference "github.com/google/go-cmp/cmp"
)

// testPast asks for the archive as it was known on some days.
func testPast(t *testing.T, x Index) {
	version := func(n int, at, superseded, headline, outlet string) news.Version {
		v := news.Version{N: n, At: instant(t, at), Article: news.Article{Headline: headline, Body: "Told at noon.", Outlet: news.NewOutlet(outlet), Published: date(t, "2026-01-0"+fmt.Sprint(n))}}
		if superseded != "" {
			v.Superseded = instant(t, superseded)
		}
		return v
	}
	apply(t, x, "1",
		index.Update{ID: "fire", Versions: []news.Version{
			version(1, "2026-01-31T23:59:59.9Z", "2026-03-01T10:15:30.25Z", "Fire at the mill", "Post"),
			version(3, "2026-03-01T10:15:30.25Z", "2026-03-01T23:59:59Z", "Fire at the old mill", "Post"),
			version(2, "2026-03-01T23:59:59Z", "", "Arson at the old mill", "Evening Post"),
		}},
		index.Update{ID: "flood", Versions: []news.Version{version(1, "2026-02-01T00:00:00Z", "", "Flood at the mill", "Post")}},
		index.Update{ID: "gone", Versions: []news.Version{version(1, "2026-01-01T00:00:00Z", "", "Mill shut", "Post")}})
	apply(t, x, "2", index.Update{ID: "gone"})
	for _, tc := range []struct {
		q    string
		want []string
	}{
		{"as-of:2026", []string{"fire/2", "flood/1"}},
		{"as-of:2030 mill", []string{"fire/2", "flood/1"}},
		{"as-of:2025", nil},
		{"as-of:2026-01-30", nil},
		{"as-of:2026-01", []string{"fire/1"}},
		{"as-of:2026-02-01", []string{"fire/1", "flood/1"}},
		{"as-of:2026-02 mill", []string{"fire/1", "flood/1"}},
		{"mill as-of:2026-02-28 -flood", []string{"fire/1"}},
		{`"fire at the mill" as-of:2026-02`, []string{"fire/1"}},
		{`"fire at the mill"`, nil},
		{"as-of:2026-03-01T10:14 fire", []string{"fire/1"}},
		{"as-of:2026-03-01T10:15:29Z fire", []string{"fire/1"}},
		{"as-of:2026-03-01T10:15:30Z fire", []string{"fire/3"}},
		{"as-of:2026-03-01T10:15 fire", []string{"fire/3"}},
		{"as-of:2026-03-01T11:15:29+01:00 fire", []string{"fire/1"}},
		{"as-of:2026-03-01 fire", nil},
		{"as-of:2026-03-01 (arson OR flood)", []string{"fire/2", "flood/1"}},
		{"as-of:2026-02 outlet:post", []string{"fire/1", "flood/1"}},
		{"as-of:2026-03 outlet:post", []string{"flood/1"}},
		{"as-of:2026-02 date:2026-01-01", []string{"fire/1", "flood/1"}},
		{"as-of:2026-03-02 date:2026-01-02", []string{"fire/2"}},
		{"is:changed", []string{"fire/2"}},
		{"-is:changed", []string{"flood/1"}},
		{"is:changed as-of:2026-02", nil},
		{"is:changed as-of:2026-03-01T12:00Z", []string{"fire/3"}},
	} {
		for _, order := range []search.Sort{search.Newest, search.Oldest, search.Relevance} {
			r := find(t, x, search.Request{Query: parse(t, tc.q), Sort: order, Facets: map[string]int{search.FacetOutlet: 0}})
			if got := versions(r); !slices.Equal(got, tc.want) || r.Total != len(tc.want) {
				t.Errorf("%s by %s: %d, %v, want %v", tc.q, order, r.Total, got, tc.want)
			}
			n := 0
			for _, c := range r.Facets[search.FacetOutlet] {
				n += c.N
			}
			if n != r.Total {
				t.Errorf("%s: outlets %v of %d articles", tc.q, r.Facets[search.FacetOutlet], r.Total)
			}
		}
	}
	r := find(t, x, search.Request{Query: parse(t, "as-of:2026-02"), Facets: map[string]int{search.FacetOutlet: 0, search.FacetDay: 0}})
	want := map[string][]search.Count{search.FacetOutlet: {{Value: "post", N: 2}}, search.FacetDay: {{Value: "2026-01-01", N: 2}}}
	if diff := difference.Diff(want, r.Facets); diff != "" {
		t.Errorf("facets as of February (-want +got):\n%s", diff)
	}
}

// testPastFamilies has a family of which a member was captured later.
func testPastFamilies(t *testing.T, x Index) {
	first, later := member("first", "later", "Post", "2026-01-02", "Fire", "A fire."), member("later", "later", "Echo", "2026-01-01", "Fire", "A fire.")
	later.Versions[0].At = instant(t, "2026-02-01T00:00:00Z")
	apply(t, x, "1", first, later)
	for q, want := range map[string]string{
		"fire":                      "later/2/2/2",
		"is:wire":                   "later/2/2/2",
		"fire as-of:2026-02-01":     "later/2/2/2",
		"fire as-of:2026-01":        "first/1/1/1",
		"is:wire as-of:2026-01":     "",
		"-is:wire as-of:2026-01-31": "first/1/1/1",
	} {
		if got := strings.Join(grouped(find(t, x, search.Request{Query: parse(t, q), Group: true})), " "); got != want {
			t.Errorf("%s: %q, want %q", q, got, want)
		}
	}
}

// testPastScan compares searches of the past with a look at every version.
func testPastScan(t *testing.T, x Index) {
	r := rand.New(rand.NewPCG(7, 9))
	from := time.Date(2025, 12, 30, 0, 0, 0, 0, time.UTC)
	all := map[string][]news.Version{}
	vocabulary := []string{"harbour", "pier", "storm", "council", "mayor", "fire"}
	for round := range 6 {
		var us []index.Update
		for range 40 {
			id := fmt.Sprint("a", r.IntN(150))
			if len(all[id]) > 0 && r.IntN(5) == 0 {
				delete(all, id)
				us = append(us, index.Update{ID: news.ArticleID(id)})
				continue
			}
			vs := all[id]
			var words []string
			for range 1 + r.IntN(6) {
				words = append(words, vocabulary[r.IntN(len(vocabulary))])
			}
			vs = append(slices.Clone(vs), news.Version{N: len(vs) + 1, At: from.Add(time.Duration(r.Int64N(int64(90 * 24 * time.Hour)))),
				Article: news.Article{ID: news.ArticleID(id), Headline: "A report", Body: strings.Join(words, " ")}})
			slices.SortStableFunc(vs, func(a, b news.Version) int { return a.At.Compare(b.At) })
			for i := range vs {
				vs[i].Superseded = time.Time{}
				if i+1 < len(vs) {
					vs[i].Superseded = vs[i+1].At
				}
			}
			all[id] = vs
			us = append(us, index.Update{ID: news.ArticleID(id), Versions: vs})
		}
		apply(t, x, news.Cursor(fmt.Sprint(round)), us...)
		for range 25 {
			then := from.Add(time.Duration(r.Int64N(int64(95 * 24 * time.Hour))))
			forms := []string{"2006-01-02", "2006-01", "2006", "2006-01-02T15:04:05Z", "2006-01-02T15:04"}
			word := vocabulary[r.IntN(len(vocabulary))]
			q := parse(t, word+" as-of:"+then.Format(forms[r.IntN(len(forms))]))
			_, at, _ := search.Past(q)
			var want []string
			for id, vs := range all {
				for i := range vs {
					if at.Shown(vs[i].At, vs[i].Superseded) && slices.Contains(strings.Fields(vs[i].Article.Body), word) {
						want = append(want, fmt.Sprintf("%s/%d", id, vs[i].N))
					}
				}
			}
			slices.Sort(want)
			got := find(t, x, search.Request{Query: q, PerPage: 100})
			if have := versions(got); !slices.Equal(have, want) || got.Total != len(want) {
				t.Fatalf("%s: %v, want %v", q, have, want)
			}
		}
	}
}

// versions are the hits as article and version, in order of their names.
func versions(r search.Result) []string {
	var out []string
	for _, h := range r.Hits {
		out = append(out, fmt.Sprintf("%s/%d", h.ID, h.Version))
	}
	slices.SortFunc(out, cmp.Compare)
	return out
}

func instant(t *testing.T, s string) time.Time {
	t.Helper()
	at, err := time.Parse(time.RFC3339Nano, s)
	if err != nil {
		t.Fatal(err)
	}
	return at
}
