package web

import (
	"context"
	"fmt"
	"math"
	"net/http"
	"slices"
	"strings"
	"time"

	"backfile/internal/news"
	"backfile/internal/search"
	"backfile/templates"
)

// weightOf is n on a scale of 0 to 5, of which most is the top. It is the root
// of the share that counts, so that one full year leaves the others apart.
func weightOf(n, most int) int {
	if n <= 0 || most <= 0 {
		return 0
	}
	return 1 + int(4*math.Sqrt(float64(n)/float64(most)))
}

// maxDecades bounds the page of years: a date of the year 1 shows no two
// hundred empty decades.
const maxDecades = 60

func (p *pages) serveDates(w http.ResponseWriter, r *http.Request) error {
	whole, err := p.overview(r.Context())
	if err != nil {
		return err
	}
	v := templates.DatesView{Page: p.page(r, say(r, "nav.dates")), Undated: whole.undated()}
	v.Page.Dates = true
	v.Section, v.Canonical = templates.SectionDates, p.absolute(r, "/dates")
	most := 0
	decades := map[string]bool{}
	for _, c := range whole.Years {
		most = max(most, c.N)
		decades[c.Value[:min(3, len(c.Value))]] = true
	}
	var names []string
	for d := range decades {
		names = append(names, d)
	}
	slices.Sort(names)
	slices.Reverse(names)
	for _, d := range names[:min(maxDecades, len(names))] {
		dec := templates.Decade{Name: say(r, "set.decade", d+"0")}
		for i := range 10 {
			y := fmt.Sprintf("%s%d", d, i)
			dec.Cells = append(dec.Cells, templates.Cell{Label: y, Href: "/dates/" + y, N: whole.years[y], Weight: weightOf(whole.years[y], most)})
		}
		v.Decades = append(v.Decades, dec)
	}
	return p.render(w, r, http.StatusOK, templates.DatesPage(v))
}

// datePath is the day, month or year of the address in its canonical form, or
// news.ErrNotFound for what is none.
func datePath(r *http.Request, layout string, parts ...string) (time.Time, error) {
	var vals []string
	for _, name := range parts {
		vals = append(vals, r.PathValue(name))
	}
	t, err := time.Parse(layout, strings.Join(vals, "-"))
	if err != nil {
		return t, news.ErrNotFound
	}
	return t, nil
}

func (p *pages) serveYear(w http.ResponseWriter, r *http.Request) error {
	ctx := r.Context()
	t, err := datePath(r, "2006", "year")
	if err != nil {
		return err
	}
	year := t.Format("2006")
	whole, err := p.overview(ctx)
	if err != nil {
		return err
	}
	q := between(year, year)
	res, err := p.Search.Search(ctx, search.Request{Query: q, CountOnly: true, Facets: map[string]int{search.FacetDay: 0, search.FacetMonth: 0}})
	if err != nil {
		return err
	}
	v := templates.YearView{Page: p.page(r, year), Year: year, Total: res.Total, Search: "/search?year=" + year}
	v.Dates = true
	v.Section, v.Canonical = templates.SectionDates, p.absolute(r, "/dates/"+year)
	v.Turn = yearTurn(r, whole, year)
	byDay, byMonth := byValue(res.Facets[search.FacetDay]), byValue(res.Facets[search.FacetMonth])
	most := 0
	for _, n := range byDay {
		most = max(most, n)
	}
	known, err := p.gapDays(ctx)
	if err != nil {
		return err
	}
	for _, m := range months(year) {
		v.Months = append(v.Months, templates.MonthGrid{
			Name: templates.Upper(templates.ShowMonth(ctx, m)), Href: "/dates/" + strings.ReplaceAll(m, "-", "/"), N: byMonth[m], Weeks: weeks(ctx, m, byDay, most, nil, known),
		})
	}
	if v.Loose, err = p.loose(ctx, q, res.Total, sum(byMonth), func(d news.Date) bool { return d.Month() == "" }); err != nil {
		return err
	}
	return p.render(w, r, http.StatusOK, templates.YearPage(v))
}

// yearTurn leads to the years beside it that hold something.
func yearTurn(r *http.Request, whole *overview, year string) templates.Turn {
	t := templates.Turn{Up: templates.Link{Name: say(r, "dates.all"), Href: "/dates"}}
	for _, c := range whole.Years {
		l := templates.Link{Name: c.Value, Href: "/dates/" + c.Value}
		if c.Value < year {
			t.Prev = l
		}
		if c.Value > year {
			t.Next = l
			break
		}
	}
	return t
}

func (p *pages) serveMonth(w http.ResponseWriter, r *http.Request) error {
	ctx := r.Context()
	t, err := datePath(r, "2006-01", "year", "month")
	if err != nil {
		return err
	}
	month := t.Format("2006-01")
	q := between(month, month)
	res, fs, err := p.find(ctx, search.Request{Query: q, Sort: search.Oldest, PerPage: search.MaxPerPage, Facets: map[string]int{search.FacetDay: 0}})
	if err != nil {
		return err
	}
	name := templates.Upper(templates.ShowDay(ctx, month))
	v := templates.MonthView{Page: p.page(r, name), Name: name, Total: res.Total, Search: "/search?from=" + month + "&to=" + month}
	v.Dates = true
	v.Section, v.Canonical = templates.SectionDates, p.absolute(r, "/dates/"+strings.ReplaceAll(month, "-", "/"))
	v.Weekdays = templates.Weekdays(ctx)
	v.Turn = templates.Turn{Up: templates.Link{Name: month[:4], Href: "/dates/" + month[:4]}}
	if v.Turn.Prev, v.Turn.Next, err = p.beside(ctx, month, month, "2006-01"); err != nil {
		return err
	}
	leads := map[string]string{}
	for _, f := range fs {
		a := &f.Version.Article
		if d := a.Published.Day(); d != "" && leads[d] == "" {
			leads[d] = headline(a)
		}
	}
	by := byValue(res.Facets[search.FacetDay])
	most := 0
	for _, n := range by {
		most = max(most, n)
	}
	known, err := p.gapDays(ctx)
	if err != nil {
		return err
	}
	v.Weeks = weeks(ctx, month, by, most, leads, known)
	if v.Loose, err = p.loose(ctx, q, res.Total, sum(by), func(d news.Date) bool { return d.Day() == "" && d.Month() == month }); err != nil {
		return err
	}
	return p.render(w, r, http.StatusOK, templates.MonthPage(v))
}

// weeks is a month's days in weeks from Monday; cells without a label are
// outside it. gap says of a day that nothing was captured of it.
func weeks(ctx context.Context, month string, by map[string]int, most int, leads map[string]string, gap func(string) bool) [][]templates.Cell {
	var out [][]templates.Cell
	for _, d := range days(month) {
		t, err := time.Parse(time.DateOnly, d)
		if err != nil {
			continue
		}
		col := (int(t.Weekday()) + 6) % 7
		if len(out) == 0 || col == 0 {
			out = append(out, make([]templates.Cell, 7))
		}
		out[len(out)-1][col] = templates.Cell{
			Label: itoa(t.Day()), Long: templates.ShowDay(ctx, d), Href: "/dates/" + strings.ReplaceAll(d, "-", "/"), N: by[d],
			Weight: weightOf(by[d], most), Lead: leads[d], Gap: by[d] == 0 && gap(d),
		}
	}
	return out
}

func sum(by map[string]int) int {
	n := 0
	for _, c := range by {
		n += c
	}
	return n
}

// loose finds the articles of a stretch that are known no finer than it: total
// of them less those counted.
func (p *pages) loose(ctx context.Context, q search.Node, total, counted int, is func(news.Date) bool) ([]templates.Hit, error) {
	if total <= counted {
		return nil, nil
	}
	// They stand at the beginning of their stretch.
	_, fs, err := p.find(ctx, search.Request{Query: q, Sort: search.Oldest, PerPage: search.MaxPerPage})
	if err != nil {
		return nil, err
	}
	fs = slices.DeleteFunc(fs, func(f found) bool { return !is(f.Version.Article.Published) })
	return hitViews(fs), nil
}

// beside finds the days or months before and behind a stretch that hold
// something.
func (p *pages) beside(ctx context.Context, first, last, layout string) (prev, next templates.Link, err error) {
	a, _ := time.Parse(layout, first)
	z, _ := time.Parse(layout, last)
	if layout == "2006-01" {
		z = z.AddDate(0, 1, -1)
	}
	link := func(o search.Sort, q search.DateRange) (templates.Link, error) {
		_, fs, err := p.find(ctx, search.Request{Query: q, Sort: o, PerPage: 5})
		if err != nil {
			return templates.Link{}, err
		}
		for _, f := range fs {
			d := f.Version.Article.Published.Day()
			if layout == "2006-01" {
				d = f.Version.Article.Published.Month()
			}
			if d != "" {
				return templates.Link{Name: templates.ShowDay(ctx, d), Href: "/dates/" + strings.ReplaceAll(d, "-", "/")}, nil
			}
		}
		return templates.Link{}, nil
	}
	before, behind := a.AddDate(0, 0, -1).Format(time.DateOnly), z.AddDate(0, 0, 1).Format(time.DateOnly)
	if prev, err = link(search.Newest, search.DateRange{Text: ".." + before, Last: before}); err != nil {
		return prev, next, err
	}
	next, err = link(search.Oldest, search.DateRange{Text: behind + "..", First: behind})
	return prev, next, err
}
