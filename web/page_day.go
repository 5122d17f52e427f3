package web

import (
	"cmp"
	"context"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"time"

	"backfile/internal/news"
	"backfile/internal/search"
	"backfile/templates"
)

func (p *pages) serveDay(w http.ResponseWriter, r *http.Request) error {
	ctx := r.Context()
	t, err := datePath(r, time.DateOnly, "year", "month", "day")
	if err != nil {
		return err
	}
	day := t.Format(time.DateOnly)
	res, fs, err := p.find(ctx, search.Request{Query: between(day, day), Sort: search.Oldest, PerPage: search.MaxPerPage})
	if err != nil {
		return err
	}
	// What is known to the month only may be of this day, and is not said to be.
	fs = slices.DeleteFunc(fs, func(f found) bool { return f.Version.Article.Published.Day() != day })
	v := templates.DayView{Page: p.page(r, templates.ShowDay(ctx, day)), Name: templates.Upper(templates.ShowDayLong(ctx, day)), Total: len(fs)}
	v.Dates = true
	v.Page.Section, v.Canonical = templates.SectionDates, p.absolute(r, "/dates/"+strings.ReplaceAll(day, "-", "/"))
	if res.Total > search.MaxPerPage {
		v.Total = res.Total
		v.More = "/search?from=" + day + "&to=" + day
	}
	fs, v.Copies = onePerFamily(fs)
	if v.Copies > 0 {
		v.Apart = "/search?from=" + day + "&to=" + day + "&group=0"
	}
	lay(r, &v, fs)
	month := day[:7]
	v.Turn = templates.Turn{Up: templates.Link{Name: templates.ShowDay(ctx, month), Href: "/dates/" + strings.ReplaceAll(month, "-", "/")}}
	if v.Turn.Prev, v.Turn.Next, err = p.beside(ctx, day, day, time.DateOnly); err != nil {
		return err
	}
	v.OnDay = onDayPath(t.Month(), t.Day())
	if v.Others, err = p.otherYears(ctx, t); err != nil {
		return err
	}
	return p.render(w, r, http.StatusOK, templates.DayPage(v))
}

// onePerFamily leaves one article of each family, its lead if it is there, else the first,
// and says how many others there were. What a search groups is not looked at: it may be
// of another day.
func onePerFamily(fs []found) (out []found, copies int) {
	at := map[news.ArticleID]int{}
	for _, f := range fs {
		i, seen := at[f.Family]
		switch {
		case f.Family == "" || !seen:
			at[f.Family] = len(out)
			out = append(out, f)
		case f.Hit.ID == f.Family:
			out[i] = f
			copies++
		default:
			copies++
		}
	}
	return out, copies
}

// newsworth orders a day's articles: what names most and says most leads.
func newsworth(f found) int {
	a := &f.Version.Article
	n := len(a.Persons) + len(a.Places) + len(a.Organisations) + 2*len(a.Images)
	if a.Standfirst != "" {
		n += 3
	}
	if a.ArticleKind != "" {
		n -= 5
	}
	return n*100 + min(len(a.Body)/50, 99)
}

// lay sets a day's articles like its paper: the lead, then section by section,
// the fullest first.
func lay(r *http.Request, v *templates.DayView, fs []found) {
	if len(fs) == 0 {
		return
	}
	slices.SortStableFunc(fs, func(a, b found) int { return newsworth(b) - newsworth(a) })
	lead := hitView(fs[0])
	v.Lead = &lead
	if a := &fs[0].Version.Article; a.Standfirst != "" {
		v.Opening = clipWords(firstParagraph(a.Body), 2*openingRunes)
	}
	at := map[string]int{}
	for _, f := range fs[1:] {
		name := cmp.Or(f.Version.Article.Section, say(r, "day.rest"))
		i, ok := at[name]
		if !ok {
			i = len(v.Sections)
			at[name] = i
			v.Sections = append(v.Sections, templates.DaySection{Name: name})
		}
		v.Sections[i].Hits = append(v.Sections[i].Hits, hitView(f))
	}
	slices.SortStableFunc(v.Sections, func(a, b templates.DaySection) int { return len(b.Hits) - len(a.Hits) })
}

// otherYears counts the articles of the same day in other years.
func (p *pages) otherYears(ctx context.Context, t time.Time) ([]templates.Link, error) {
	whole, err := p.overview(ctx)
	if err != nil {
		return nil, err
	}
	var any []search.Node
	for _, y := range whole.Years {
		day := y.Value + t.Format("-01-02")
		if _, err := time.Parse(time.DateOnly, day); err == nil && y.Value != t.Format("2006") {
			any = append(any, search.DateRange{Text: day, First: day, Last: day})
		}
	}
	if len(any) == 0 {
		return nil, nil
	}
	res, err := p.Search.Search(ctx, search.Request{Query: search.Or{Parts: any}, CountOnly: true, Facets: map[string]int{search.FacetDay: 0}})
	if err != nil {
		return nil, err
	}
	var out []templates.Link
	for _, c := range res.Facets[search.FacetDay] {
		if strings.HasSuffix(c.Value, t.Format("-01-02")) {
			out = append(out, templates.Link{Name: c.Value[:4], Href: "/dates/" + strings.ReplaceAll(c.Value, "-", "/"), Count: c.N})
		}
	}
	return out, nil
}

const undatedPerPage = 50

func (p *pages) serveUndated(w http.ResponseWriter, r *http.Request) error {
	ask, _ := parseParams(r.URL.Query())
	q := search.Not{Part: anyDate()}
	res, fs, err := p.find(r.Context(), search.Request{Query: q, Sort: search.Newest, Page: min(ask.Page, search.MaxOffset/undatedPerPage), PerPage: undatedPerPage})
	if err != nil {
		return err
	}
	v := templates.UndatedView{Page: p.page(r, say(r, "nav.undated")), Total: res.Total, Hits: hitViews(fs)}
	v.Canonical = p.absolute(r, "/undated")
	if err := p.keep(r.Context(), v.CanWrite, v.Hits); err != nil {
		return err
	}
	if v.Outlets, err = p.undatedOutlets(r); err != nil {
		return err
	}
	if ask.Page > 1 {
		v.Prev = "/undated?page=" + itoa(ask.Page-1)
	}
	if res.Total > ask.Page*undatedPerPage {
		v.Next = "/undated?page=" + itoa(ask.Page+1)
	}
	return p.render(w, r, http.StatusOK, templates.UndatedPage(v))
}

// undatedOutlets counts the articles without a date by outlet, the most first; each
// leads to the search for them.
func (p *pages) undatedOutlets(r *http.Request) ([]templates.Link, error) {
	res, err := p.Search.Search(r.Context(), search.Request{Query: is(search.IsUndated), CountOnly: true, Facets: map[string]int{search.FacetOutlet: deskOrigins}})
	if err != nil {
		return nil, err
	}
	all, err := p.Names.Outlets(r.Context())
	if err != nil {
		return nil, err
	}
	names := map[string]string{}
	for _, o := range all {
		names[o.Slug] = o.Name
	}
	link := func(name string, n int, with url.Values) templates.Link {
		with.Set("q", "is:"+search.IsUndated)
		return templates.Link{Name: name, Href: "/search?" + with.Encode(), Count: n}
	}
	var out []templates.Link
	left := res.Total
	for _, c := range res.Facets[search.FacetOutlet] {
		out = append(out, link(cmp.Or(names[c.Value], c.Value), c.N, url.Values{"outlet": {c.Value}}))
		left -= c.N
	}
	if left > 0 && len(out) < deskOrigins {
		out = append(out, templates.Link{Name: say(r, "undated.noone"), Href: "/search?" + url.Values{"q": {"is:undated is:unattributed"}}.Encode(), Count: left})
	}
	return out, nil
}
