package web

import (
	"context"
	"net/http"

	"backfile/internal/news"
	"backfile/internal/search"
	"backfile/templates"
)

// topEntities is how many names stand among those most in the news: each costs a search.
const topEntities = 24

// topKey is whose most in the news are asked for: of a kind, in a year or, for "", ever.
type topKey struct {
	kind news.Kind
	year string
}

// mostInNews fills in the years of the archive, and who or what was most in the news of
// the one that the address names, or of all.
func (p *pages) mostInNews(r *http.Request, k news.Kind, v *templates.EntitiesView) error {
	whole, err := p.overview(r.Context())
	if err != nil || whole.Total == 0 {
		return err
	}
	if d, err := news.ParseDate(r.URL.Query().Get("year"), ""); err == nil && d.Precision == news.Year {
		v.Year, v.All = d.Text, "/"+k.Plural()
	}
	all, err := p.coverage(r.Context(), "")
	if err != nil {
		return err
	}
	if len(whole.Years) > 1 {
		v.Years = templates.Timeline{ID: "years", Slim: true, Caption: say(r, "entities.years"), Bars: yearBars(whole, gaps{all}, whole.Years,
			func(b bucket) string {
				if b.first != b.last {
					return "/search?from=" + itoa4(b.first) + "&to=" + itoa4(b.last)
				}
				return "/" + k.Plural() + "?year=" + b.label()
			}, func(b bucket) bool { return v.Year == b.label() })}
	}
	v.Top, err = p.tops(r.Context(), whole, k, v.Year)
	return err
}

// tops are who or what was most in the news of a year, with its months, or for "" of all
// the years, with these.
func (p *pages) tops(ctx context.Context, whole *overview, k news.Kind, year string) ([]templates.Rank, error) {
	return whole.tops.get(topKey{k, year}, func() ([]templates.Rank, error) {
		if year != "" {
			return p.ranks(ctx, k, between(year, year), year, topEntities)
		}
		return p.ranksOfAll(ctx, whole, k, topEntities)
	})
}

// ranksOfAll are those most in the news of all years.
func (p *pages) ranksOfAll(ctx context.Context, whole *overview, k news.Kind, n int) ([]templates.Rank, error) {
	named, err := p.mostNamed(ctx, k, nil, n)
	if err != nil {
		return nil, err
	}
	var out []templates.Rank
	for _, e := range named {
		r, err := p.Search.Search(ctx, search.Request{Query: entityLeaf(e.Entity), CountOnly: true, Facets: map[string]int{search.FacetYear: 0}})
		if err != nil {
			return nil, err
		}
		years := make([]news.AuthorCount, 0, len(r.Facets[search.FacetYear]))
		for _, y := range r.Facets[search.FacetYear] {
			years = append(years, news.AuthorCount{Value: y.Value, N: y.N})
		}
		out = append(out, templates.Rank{Link: templates.Link{Name: e.Name, Href: e.Path(), Count: e.n}, Spark: yearSpark(whole, years)})
	}
	return out, nil
}
