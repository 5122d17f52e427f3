package web

import (
	"context"
	"slices"

	"backfile/internal/news"
	"backfile/internal/search"
	"backfile/templates"
)

// nested says what a place lies in, and how much more is found with what lies in it.
func (p *pages) nested(ctx context.Context, e news.Entity, v *templates.EntityView) error {
	above, err := p.Names.Above(ctx, e.ID)
	if err != nil {
		return err
	}
	for _, o := range slices.Backward(above) {
		v.In = append(v.In, templates.Link{Name: o.Name, Href: o.Path()})
	}
	_, inside, err := p.Names.Inside(ctx, e.Name, []news.Entity{e})
	if err != nil || len(inside) == 0 {
		return err
	}
	leaf := search.Entities{Kind: news.Place, Name: e.Name, IDs: append(append([]news.EntityID{e.ID}, e.Merged...), inside...), Within: true}
	r, err := p.Search.Search(ctx, search.Request{Query: leaf, CountOnly: true})
	if err != nil {
		return err
	}
	ask := params{Filters: map[string][]value{search.FieldWithin: {{Text: e.Slug}}}, Sort: search.Newest, Page: 1, PerPage: defaultPerPage, Group: true, Facets: true, Snippets: true}
	v.Inside, v.InsideTotal = ask.href(), r.Total
	return nil
}
