package web

import (
	"cmp"
	"context"
	"slices"
	"strings"

	"backfile/internal/news"
)

// authors are all of the working archive, those who wrote most first.
func (m *memory) authors(outlet string) []news.AuthorSummary {
	by := map[string]*news.AuthorSummary{}
	for id, vs := range m.versions {
		a := &vs[len(vs)-1].Article
		if m.gone[id] != nil || outlet != "" && (a.Outlet == nil || a.Outlet.Slug != outlet) {
			continue
		}
		for _, au := range a.Authors {
			slug := news.Slug(au.Name)
			if by[slug] == nil {
				by[slug] = &news.AuthorSummary{Slug: slug, Name: au.Name}
			}
			s := by[slug]
			s.Total++
			count := func(in *[]news.AuthorCount, v string) {
				if i := slices.IndexFunc(*in, func(c news.AuthorCount) bool { return c.Value == v }); i >= 0 {
					(*in)[i].N++
					return
				}
				*in = append(*in, news.AuthorCount{Value: v, N: 1})
			}
			count(&s.Names, au.Name)
			count(&s.Years, a.Published.Year())
			if a.Outlet != nil {
				count(&s.Outlets, a.Outlet.Slug)
			}
			if d := a.Published.Day(); d != "" {
				s.First, s.Last = min(cmp.Or(s.First, d), d), max(s.Last, d)
			}
		}
	}
	var out []news.AuthorSummary
	for _, s := range by {
		slices.SortFunc(s.Years, func(x, y news.AuthorCount) int { return cmp.Compare(x.Value, y.Value) })
		out = append(out, *s)
	}
	slices.SortFunc(out, func(a, b news.AuthorSummary) int {
		return cmp.Or(cmp.Compare(b.Total, a.Total), cmp.Compare(a.Slug, b.Slug))
	})
	return out
}

func (m *memory) Author(_ context.Context, slug string) (news.AuthorSummary, error) {
	for _, a := range m.authors("") {
		if a.Slug == slug {
			return a, nil
		}
	}
	return news.AuthorSummary{}, news.ErrNotFound
}

func (m *memory) TopAuthors(_ context.Context, outlet string, n int) ([]news.AuthorSummary, error) {
	as := m.authors(outlet)
	return as[:min(n, len(as))], nil
}

func (m *memory) CountAuthors(_ context.Context, outlet string) (int, error) {
	return len(m.authors(outlet)), nil
}

func (m *memory) Authors(_ context.Context, after string, n int) (out []news.AuthorSummary, next string, err error) {
	last := func(slug string) string { return slug[strings.LastIndexByte(slug, '-')+1:] + "\x00" + slug }
	as := m.authors("")
	slices.SortFunc(as, func(a, b news.AuthorSummary) int { return cmp.Compare(last(a.Slug), last(b.Slug)) })
	for _, a := range as {
		if last(a.Slug) <= after {
			continue
		}
		if len(out) == n {
			return out, next, nil
		}
		out, next = append(out, a), last(a.Slug)
	}
	return out, "", nil
}

func (m *memory) ByAuthor(_ context.Context, slug string, o news.ByAuthor) (ids []news.ArticleID, total int, err error) {
	var as []news.Article
	for id, vs := range m.versions {
		a := vs[len(vs)-1].Article
		y := a.Published.Text
		if m.gone[id] != nil || !slices.ContainsFunc(a.Authors, func(x news.Author) bool { return news.Slug(x.Name) == slug }) ||
			o.Outlet != "" && (a.Outlet == nil || a.Outlet.Slug != o.Outlet) ||
			o.From != "" && y < o.From || o.To != "" && (y == "" || y[:min(len(y), len(o.To))] > o.To) {
			continue
		}
		as = append(as, a)
	}
	slices.SortFunc(as, func(a, b news.Article) int { return cmp.Compare(b.Published.Text, a.Published.Text) })
	for i, a := range as {
		if i >= o.Skip && (o.N == 0 || len(ids) < o.N) {
			ids = append(ids, a.ID)
		}
	}
	return ids, len(as), nil
}
