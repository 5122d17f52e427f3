package web

import (
	"cmp"
	"context"
	"fmt"
	"slices"

	"backfile/internal/news"
)

// storyOf is the story that an article follows, by its first report.
func (m *memory) storyOf(id news.ArticleID) []news.Traced {
	first, ok := m.stories[id]
	if !ok {
		return nil
	}
	var out []news.Traced
	for other, to := range m.stories {
		if vs := m.versions[other]; to == first && m.gone[other] == nil {
			v := vs[len(vs)-1]
			t := news.Traced{ID: other, Lead: v.Family, Published: v.Article.Published, Story: first}
			if o := v.Article.Outlet; o != nil {
				t.Outlet = o.Slug
			}
			out = append(out, t)
		}
	}
	slices.SortFunc(out, func(a, b news.Traced) int {
		return cmp.Or(cmp.Compare(a.Published.Text, b.Published.Text), cmp.Compare(a.ID, b.ID))
	})
	return out
}

func (m *memory) Story(ctx context.Context, id news.ArticleID) (news.Story, []news.Traced, error) {
	rs := m.storyOf(id)
	if len(rs) < 2 {
		_, err := m.Article(ctx, id)
		return news.Story{}, nil, cmp.Or(err, news.ErrNotFound)
	}
	outlets := map[string]bool{}
	for _, r := range rs {
		outlets[r.Outlet] = true
	}
	last := rs[len(rs)-1]
	return news.Story{ID: rs[0].ID, First: rs[0].Published.Day(), Last: last.Published.Day(), Reports: len(rs), Outlets: len(outlets), Latest: last.ID}, rs, nil
}

func (m *memory) StoryList(ctx context.Context, order news.StoryOrder, after string, n int) (out []news.Story, next string, err error) {
	for id, first := range m.stories {
		if st, _, err := m.Story(ctx, id); id == first && err == nil {
			out = append(out, st)
		}
	}
	place := func(s news.Story) string {
		if order == news.StoriesMost {
			return fmt.Sprintf("%09d%s", s.Reports, s.ID)
		}
		return s.Last + string(s.ID)
	}
	out = slices.DeleteFunc(out, func(s news.Story) bool { return after != "" && place(s) >= after })
	slices.SortFunc(out, func(a, b news.Story) int { return cmp.Compare(place(b), place(a)) })
	if len(out) > n {
		out, next = out[:n], place(out[n-1])
	}
	return out, next, nil
}
