package web

import (
	"context"
	"net/http"
	"slices"
	"strings"
	"time"

	"backfile/internal/news"
	"backfile/internal/search"
	"backfile/templates"
)

const (
	// ondayYears is how many years stand on a page, ondayShown how many articles of each.
	ondayYears = 40
	ondayShown = 3
	ondayRead  = 8
)

func onDayPath(month time.Month, day int) string {
	return "/dates/on/" + time.Date(2000, month, day, 0, 0, 0, 0, time.UTC).Format("01-02")
}

// serveOnDay is one day of the year across all years.
func (p *pages) serveOnDay(w http.ResponseWriter, r *http.Request) error {
	ctx := r.Context()
	// 2000 had a 29 February.
	t, err := time.Parse("2006-01-02", "2000-"+r.PathValue("day"))
	if err != nil {
		return news.ErrNotFound
	}
	name := templates.ShowMonthDay(ctx, t)
	v := templates.OnDayView{Page: p.page(r, say(r, "onday.title", name)), Name: name}
	v.Section, v.Canonical, v.Charts = templates.SectionDates, p.absolute(r, onDayPath(t.Month(), t.Day())), true
	v.Turn = templates.Turn{Up: templates.Link{Name: say(r, "dates.all"), Href: "/dates"}}
	before, behind := t.AddDate(0, 0, -1), t.AddDate(0, 0, 1)
	v.Turn.Prev = templates.Link{Name: templates.ShowMonthDay(ctx, before), Href: onDayPath(before.Month(), before.Day())}
	v.Turn.Next = templates.Link{Name: templates.ShowMonthDay(ctx, behind), Href: onDayPath(behind.Month(), behind.Day())}
	whole, err := p.overview(ctx)
	if err != nil {
		return err
	}
	res, err := p.Search.Search(ctx, search.Request{Query: search.OnDay{Month: int(t.Month()), Day: t.Day()}, CountOnly: true, Facets: map[string]int{search.FacetYear: 0}})
	if err != nil {
		return err
	}
	v.Total = res.Total
	years := res.Facets[search.FacetYear]
	ask := params{Q: "on:" + t.Format("01-02"), Sort: search.Newest, Page: 1, PerPage: defaultPerPage, Group: true, Facets: true, Snippets: true}
	v.Search = ask.href()
	dayOf := func(year string) string { return "/dates/" + year + t.Format("/01/02") }
	if len(years) > 0 {
		all, err := p.coverage(ctx, "")
		if err != nil {
			return err
		}
		v.Years = templates.Timeline{ID: "years", Slim: true, Caption: say(r, "chart.years"), Bars: yearBars(whole, gaps{all}, years,
			func(b bucket) string {
				if b.first == b.last {
					return dayOf(b.label())
				}
				return ask.within(itoa4(b.first), itoa4(b.last)).href()
			}, func(bucket) bool { return false })}
	}
	slices.Reverse(years)
	at, _ := parseParams(r.URL.Query())
	from := min((max(at.Page, 1)-1)*ondayYears, len(years))
	to := min(from+ondayYears, len(years))
	for _, c := range years[from:to] {
		row, err := p.onDayOf(ctx, c.Value+t.Format("-01-02"))
		if err != nil {
			return err
		}
		row.Year, row.Href, row.N = c.Value, dayOf(c.Value), c.N
		v.Rows = append(v.Rows, row)
	}
	if from > 0 {
		v.Prev = onDayPath(t.Month(), t.Day()) + "?page=" + itoa(at.Page-1)
	}
	if to < len(years) {
		v.Next = onDayPath(t.Month(), t.Day()) + "?page=" + itoa(max(at.Page, 1)+1)
	}
	return p.render(w, r, http.StatusOK, templates.OnDayPage(v))
}

// onDayOf is what of a day is worth most, of the first that are found.
func (p *pages) onDayOf(ctx context.Context, day string) (templates.OnDayYear, error) {
	_, fs, err := p.find(ctx, search.Request{Query: onDay(day), Sort: search.Oldest, PerPage: ondayRead})
	if err != nil {
		return templates.OnDayYear{}, err
	}
	// What is known to the month only may be of this day, and is not said to be.
	fs = slices.DeleteFunc(fs, func(f found) bool { return !strings.HasPrefix(f.Version.Article.Published.Day(), day) })
	fs, _ = onePerFamily(fs)
	slices.SortStableFunc(fs, func(a, b found) int { return newsworth(b) - newsworth(a) })
	return templates.OnDayYear{Hits: hitViews(fs[:min(len(fs), ondayShown)])}, nil
}
