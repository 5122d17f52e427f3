package web

import (
	"context"
	"errors"
	"net/http"
	"net/url"
	"slices"
	"time"

	"backfile/internal/news"
	"backfile/templates"
)

// freshShown is how many new sentences of a report a page shows.
const freshShown = 5

// serveStory shows a story. The address of any report leads to the story's, which is that
// of its first report; that of an article which follows none leads to the article.
func (p *pages) serveStory(w http.ResponseWriter, r *http.Request) error {
	id, err := articleID(r)
	if err != nil {
		return err
	}
	ask, _ := parseParams(url.Values{"page": r.URL.Query()["page"]})
	t, err := p.tellStory(r.Context(), id, ask.Page)
	var gone *news.Gone
	switch {
	case errors.As(err, &gone):
		return p.serveGone(w, r, gone)
	case errors.Is(err, news.ErrNotFound):
		v, err := p.Articles.Article(r.Context(), id)
		if err != nil {
			return err
		}
		http.Redirect(w, r, (&url.URL{Path: v.Article.Path()}).EscapedPath(), http.StatusFound)
		return nil
	case err != nil:
		return err
	}
	path := news.StoryPath(t.ID, t.first.Slug)
	if r.URL.Path != path {
		to := url.URL{Path: path, RawQuery: r.URL.RawQuery}
		http.Redirect(w, r, to.String(), http.StatusFound)
		return nil
	}
	return p.render(w, r, http.StatusOK, templates.StoryPage(p.storyView(r, &t, path)))
}

func (p *pages) storyView(r *http.Request, t *storyTold, path string) templates.StoryView {
	ctx := r.Context()
	v := templates.StoryView{Page: p.page(r, say(r, "story.title", clampLabel(headline(t.first)))), Headline: headline(t.first), Reports: len(t.all), Outlets: t.Outlets,
		First: dayOf(t.First), Last: dayOf(t.Last), Counted: p.countedIn(ctx, t), PageN: t.page, Pages: t.pages}
	v.Section, v.Path, v.Canonical = templates.SectionStories, path, p.absolute(r, path)
	v.Lang, v.Dir = langDir(t.first)
	for _, k := range feedKinds {
		v.Alternates = append(v.Alternates, templates.Alternate{Type: k.mediaType, Title: say(r, "story.feed"), Href: storyFeedPath(t.ID, k)})
	}
	v.Feed = v.Alternates[0].Href
	if t.page > 1 {
		v.Prev = path + "?page=" + itoa(t.page-1)
		v.Canonical += "?page=" + itoa(t.page)
	}
	if t.page < t.pages {
		v.Next = path + "?page=" + itoa(t.page+1)
	}
	for i, row := range t.rows {
		v.Rows = append(v.Rows, storyReport(r, t, i, row))
	}
	v.Days = storyDays(ctx, t, path)
	for _, f := range t.figures {
		v.Figures = append(v.Figures, storyFigureView(r, f))
	}
	return v
}

// storyReport is one report as the page has it.
func storyReport(r *http.Request, t *storyTold, i int, row storyRow) templates.StoryReport {
	a := row.article
	out := templates.StoryReport{Anchor: "r-" + string(a.ID), Href: a.Path(), Headline: headline(a), Outlet: outletLink(a.Outlet), Date: a.Published, Fresh: row.fresh, First: t.page == 1 && i == 0}
	out.Lang, out.Dir = langDir(a)
	if row.family != "" {
		out.Family = familyPath(row.family)
	}
	if n := len(row.fresh); n > freshShown+1 {
		out.Fresh, out.More = row.fresh[:freshShown], n-freshShown
	}
	if i > 0 {
		out.After = storyGap(r.Context(), t.rows[i-1].article.Published, a.Published)
	}
	return out
}

// storyGap says how long a story was silent, where that is a week or more.
func storyGap(ctx context.Context, from, to news.Date) string {
	a, ok := time.Parse(time.DateOnly, from.Day())
	b, ok2 := time.Parse(time.DateOnly, to.Day())
	if ok != nil || ok2 != nil {
		return ""
	}
	switch days := int(b.Sub(a).Hours() / 24); {
	case days >= 21:
		return templates.Count(ctx, "story.gap.weeks", (days+3)/7)
	case days >= 7:
		return templates.Count(ctx, "story.gap.days", days)
	}
	return ""
}

// dayOf is a day that the store knows as text.
func dayOf(day string) news.Date { return news.Date{Text: day, Precision: news.Day} }

// mostDays is how many days a story's chart shows one by one; of longer ones it shows weeks.
const mostDays = 45

// storyDays is the chart of the story's reports; empty where it would show nothing.
func storyDays(ctx context.Context, t *storyTold, path string) templates.Timeline {
	chart := templates.Timeline{ID: "story", Caption: templates.Say(ctx, "story.chart"), Slim: true}
	first, err := time.Parse(time.DateOnly, t.First)
	last, err2 := time.Parse(time.DateOnly, t.Last)
	if err != nil || err2 != nil || len(t.all) < 3 {
		return chart
	}
	days := int(last.Sub(first).Hours()/24) + 1
	if days < 3 {
		return chart
	}
	step := 1
	if days > mostDays {
		step = 7
	}
	at := make([]int, (days+step-1)/step)
	href := make([]string, len(at))
	for i, r := range t.all {
		day, err := time.Parse(time.DateOnly, r.Published.Day())
		n := int(day.Sub(first).Hours() / 24 / float64(step))
		if err != nil || n < 0 || n >= len(at) {
			continue
		}
		if at[n]++; href[n] == "" {
			href[n] = path
			if page := i/storyReports + 1; page > 1 {
				href[n] += "?page=" + itoa(page)
			}
			href[n] += "#r-" + string(r.ID)
		}
	}
	for i, n := range at {
		day := dayOf(first.AddDate(0, 0, i*step).Format(time.DateOnly))
		b := templates.Bar{Label: templates.ShowDate(ctx, day), Href: href[i], N: n}
		if step > 1 {
			b.Label = templates.Say(ctx, "story.week", b.Label)
		}
		if i == 0 || i == len(at)-1 || i%max(1, len(at)/6) == 0 && i < len(at)-len(at)/8-1 {
			b.Tick = templates.ShowDayShort(ctx, day.Text)
		}
		chart.Bars = append(chart.Bars, b)
	}
	return chart
}

func storyFigureView(r *http.Request, f storyFigure) templates.StoryFigure {
	out := templates.StoryFigure{What: f.what}
	for _, x := range f.readings {
		row := templates.StoryReading{Text: x.Text, Date: x.article.Published, Href: x.article.Path(), Outlet: outletLink(x.article.Outlet).Name}
		out.Readings = append(out.Readings, row)
	}
	return out
}

// counted names in a story's margin.
const storyNames = 6

// countedIn are the people, places and organisations that most reports of the page name.
func (p *pages) countedIn(ctx context.Context, t *storyTold) []templates.NameGroup {
	var out []templates.NameGroup
	for _, k := range news.Kinds {
		in := map[news.EntityID]*templates.Link{}
		var order []*templates.Link
		for _, row := range t.rows {
			for _, e := range row.article.Entities(k) {
				l := in[e.ID]
				if l == nil {
					l = &templates.Link{Name: e.Name, Href: e.Path()}
					in[e.ID], order = l, append(order, l)
				}
				l.Count++
			}
		}
		slices.SortStableFunc(order, func(a, b *templates.Link) int { return b.Count - a.Count })
		g := templates.NameGroup{Title: templates.Say(ctx, "nav."+k.Plural())}
		for _, l := range order {
			if len(g.Names) < storyNames && (l.Count > 1 || len(t.rows) < 3) {
				g.Names = append(g.Names, templates.NameMark{Link: *l})
			}
		}
		if len(g.Names) > 0 {
			out = append(out, g)
		}
	}
	return out
}
