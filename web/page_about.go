package web

import (
	"net/http"

	"backfile/internal/search"
	"backfile/templates"
)

// aboutOutlets is how many outlets the page about the archive tells of.
const aboutOutlets = 12

// serveAbout says what is in the archive, from when to when, and what it lacks.
func (p *pages) serveAbout(w http.ResponseWriter, r *http.Request) error {
	ctx := r.Context()
	v := templates.AboutView{Page: p.page(r, say(r, "about.title")), Contact: p.Contact}
	v.Corrected = v.CanWrite && p.Corrections != nil // others may not see who decided what
	v.Charts, v.Canonical = true, p.absolute(r, "/about")
	whole, err := p.overview(ctx)
	if err != nil {
		return err
	}
	v.Holds = templates.FrontView{Page: v.Page, Total: whole.Total, First: whole.First, Last: whole.Last, OutletCount: len(whole.Outlets), Command: emptyCommand}
	v.Holds.CanAdd = v.CanWrite && p.Intake != nil
	if whole.Total == 0 {
		return p.render(w, r, http.StatusOK, templates.AboutPage(v))
	}
	all, err := p.coverageWith(ctx, whole)
	if err != nil {
		return err
	}
	v.Holds.Years, v.Undated = p.yearsOfAll(r, whole, all), whole.undated()
	v.More = max(0, len(whole.Outlets)-aboutOutlets)
	for _, o := range whole.Outlets[:min(aboutOutlets, len(whole.Outlets))] {
		row, err := p.outletRow(ctx, whole, o.Value)
		if err != nil {
			return err
		}
		v.Outlets = append(v.Outlets, coverageRow(row, o.N))
	}
	res, err := p.Search.Search(ctx, search.Request{CountOnly: true, Facets: map[string]int{search.FacetLanguage: 0}})
	if err != nil {
		return err
	}
	for _, c := range res.Facets[search.FacetLanguage] {
		v.Languages = append(v.Languages, templates.Link{Name: templates.LanguageName(ctx, c.Value), Href: "/search?" + search.FacetLanguage + "=" + c.Value, Count: c.N})
	}
	return p.render(w, r, http.StatusOK, templates.AboutPage(v))
}

// coverageRow is an outlet of n articles as lists of coverage show it.
func coverageRow(row outletRow, n int) templates.CoverageRow {
	return templates.CoverageRow{Link: templates.Link{Name: row.Name, Href: pathCoverage(row.Slug), Count: n}, Sum: row.sum, Years: row.strip.Years, Gaps: row.strip.Gaps}
}
