package web

import (
	"encoding/csv"
	"encoding/json"
	"errors"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"time"

	"backfile/internal/news"
	"backfile/templates"
)

// coverageYears is how many years of an outlet are drawn at a time, stripYears how
// many its own page shows.
const (
	coverageYears = 20
	stripYears    = 4
)

func pathCoverage(outlet string) string {
	return "/coverage?outlet=" + url.QueryEscape(outlet)
}

// serveCoverage shows what of which outlet was captured: all outlets, or one with
// ?outlet=, its years before ?before=. With ?format=csv it is a table: of the outlets,
// or of the days of the one.
func (p *pages) serveCoverage(w http.ResponseWriter, r *http.Request) error {
	ctx := r.Context()
	if slug := r.FormValue("outlet"); slug != "" {
		o, err := p.Names.Outlet(ctx, slug)
		if err != nil {
			return err
		}
		c, err := p.coverage(ctx, o.Slug)
		if err != nil {
			return err
		}
		if r.FormValue("format") == "csv" {
			return coverageTable(w, o, c)
		}
		return p.outletCoverage(w, r, o, c)
	}
	whole, err := p.overview(ctx)
	if err != nil {
		return err
	}
	if r.FormValue("format") == "csv" {
		return p.coverageList(w, r, whole)
	}
	all, err := p.coverage(ctx, "")
	if err != nil {
		return err
	}
	v := templates.CoverageView{Page: p.page(r, say(r, "coverage.title")), First: whole.First, Last: whole.Last, More: max(0, len(whole.Outlets)-maxStrips)}
	v.Page.Dates = true
	v.Canonical = p.absolute(r, "/coverage")
	v.Sum = sumUp(all)
	for _, o := range whole.Outlets[:min(maxStrips, len(whole.Outlets))] {
		row, err := p.outletRow(ctx, whole, o.Value)
		if err != nil {
			return err
		}
		v.Outlets = append(v.Outlets, coverageRow(row, o.N))
	}
	return p.render(w, r, http.StatusOK, templates.CoveragePage(v))
}

// coverageList writes the coverage of every outlet in figures, as CSV, those with the
// most articles in front. It counts them all before it answers, so that an error is one.
func (p *pages) coverageList(w http.ResponseWriter, r *http.Request, whole *overview) error {
	patient(w)
	rows := [][]string{{"outlet", "first", "last", "days", "captured", "longest_gap_from", "longest_gap_to"}}
	for _, o := range whole.Outlets {
		row, err := p.outletRow(r.Context(), whole, o.Value)
		if err != nil {
			return err
		}
		s := row.sum
		rows = append(rows, []string{safeCell(row.Name), s.First, s.Last, itoa(s.Days), itoa(s.Captured), s.GapFrom, s.GapTo})
	}
	w.Header().Set("Content-Type", "text/csv; charset=utf-8")
	w.Header().Set("Content-Disposition", `attachment; filename="coverage.csv"`)
	return csv.NewWriter(w).WriteAll(rows)
}

// sumUp is coverage in figures.
func sumUp(c *covered) templates.CoverageSum {
	t, gap := c.Whole(), c.LongestGap()
	return templates.CoverageSum{
		First: c.First, Last: c.lastCaptured(), Days: t.Days() - t[news.Idle], Captured: t[news.Reported] + t[news.Silent], GapFrom: gap.From, GapTo: gap.To,
	}
}

func (p *pages) outletCoverage(w http.ResponseWriter, r *http.Request, o news.Outlet, c *covered) error {
	v := templates.OutletCoverageView{
		Page: p.page(r, say(r, "coverage.of", o.Name)), Outlet: outletLink(&o), Slug: o.Slug, Sum: sumUp(c), CSV: pathCoverage(o.Slug) + "&format=csv",
	}
	v.Page.Dates = true
	v.Canonical = p.absolute(r, "/coverage") + "?outlet=" + url.QueryEscape(o.Slug)
	v.NoIndex = r.FormValue("before") != ""
	v.CanDeclare = v.CanWrite && p.Corrections != nil
	before, _ := strconv.Atoi(r.FormValue("before"))
	years, more := coverageStrips(c, o.Slug, before, coverageYears)
	v.Years = years
	if more > 0 {
		v.Older = pathCoverage(o.Slug) + "&before=" + strconv.Itoa(more)
	}
	for _, d := range c.declared {
		v.Declared = append(v.Declared, templates.DeclaredRow{Event: d.Event, From: d.From, To: d.To, Reason: d.Reason})
	}
	return p.render(w, r, http.StatusOK, templates.OutletCoveragePage(v))
}

// coverageStrips are the newest n years, those before the year before where it is not
// 0, and the year that those still older lie before, 0 where there are none.
func coverageStrips(c *covered, slug string, before, n int) (out []templates.YearStrip, more int) {
	if c.First == "" {
		return nil, 0
	}
	first, _ := strconv.Atoi(c.First[:4])
	last, _ := strconv.Atoi(c.Last[:4])
	if before > 0 {
		last = min(last, before-1)
	}
	for y := last; y >= first && len(out) < n; y-- {
		year := itoa4(y)
		s := templates.YearStrip{Year: year, Href: "/search?outlet=" + url.QueryEscape(slug) + "&year=" + year, N: c.years[year]}
		t := c.Between(year+"-01-01", year+"-12-31")
		s.Reported, s.Silent, s.Missed = t[news.Reported], t[news.Silent], t[news.Missed]
		for _, st := range c.Stretches(year+"-01-01", year+"-12-31") {
			s.Days = append(s.Days, templates.DayRun{From: st.From, To: st.To, State: st.State})
		}
		out = append(out, s)
	}
	if y := last - len(out); y >= first {
		more = y + 1
	}
	return out, more
}

// coverageTable writes an outlet's days as CSV: what was published, what was done,
// and what follows.
func coverageTable(w http.ResponseWriter, o news.Outlet, c *covered) error {
	w.Header().Set("Content-Type", "text/csv; charset=utf-8")
	w.Header().Set("Content-Disposition", `attachment; filename="coverage-`+o.Slug+`.csv"`)
	done := map[string]news.LedgerDay{}
	for _, d := range c.ledger {
		done[d.Day] = d
	}
	t := csv.NewWriter(w)
	_ = t.Write([]string{"outlet", "day", "state", "articles", "captured", "polls", "failed_polls"})
	for _, s := range c.Stretches(c.First, c.Last) {
		for d := s.From; d <= s.To; d = nextDay(d) {
			l := done[d]
			_ = t.Write([]string{safeCell(o.Name), d, s.State.String(), itoa(c.published[d]), itoa(l.Texts), itoa(l.Polls), itoa(l.Failed)})
		}
	}
	t.Flush()
	return t.Error()
}

func nextDay(d string) string {
	t, err := time.Parse(time.DateOnly, d)
	if err != nil {
		return "9999-99-99"
	}
	return t.AddDate(0, 0, 1).Format(time.DateOnly)
}

// safeCell keeps a spreadsheet from taking a name for a formula.
func safeCell(s string) string {
	if s != "" && strings.ContainsRune("=+-@\t\r", rune(s[0])) {
		return "'" + s
	}
	return s
}

// declareCovered keeps that all an outlet reported in a stretch of days is here.
func (p *pages) declareCovered(w http.ResponseWriter, r *http.Request) error {
	if p.Corrections == nil {
		return fail(http.StatusForbidden, "this archive takes no corrections")
	}
	slug := r.FormValue("outlet")
	from, to := r.FormValue("from"), r.FormValue("to")
	if to == "" {
		to = from
	}
	data, err := json.Marshal(news.Correction{From: from, To: to, Reason: strings.TrimSpace(r.FormValue("reason"))})
	if err != nil {
		return err
	}
	_, err = p.Corrections.Correct(r.Context(), []news.Event{{Type: news.EventCovered, About: slug, Data: data}})
	if errors.Is(err, news.ErrInvalid) {
		return fail(http.StatusUnprocessableEntity, say(r, "coverage.declare.wrong"))
	}
	if err != nil {
		return err
	}
	p.seen.forget()
	return seeOther(w, r, pathCoverage(slug))
}

// outletStrips are what an outlet's own page shows of its coverage.
func outletStrips(o news.Outlet, c *covered) templates.OutletCoverage {
	if c.First == "" {
		return templates.OutletCoverage{}
	}
	years, _ := coverageStrips(c, o.Slug, 0, stripYears)
	return templates.OutletCoverage{Sum: sumUp(c), Years: years, All: pathCoverage(o.Slug)}
}
