package web

import (
	"context"
	"encoding/csv"
	"math"
	"net/http"
	"strconv"

	"backfile/internal/news"
	"backfile/internal/search"
)

// csvFlush is how many rows a table gathers before it sends them.
const csvFlush = 500

// table begins a table of that name as CSV; its cells are safe to open in a
// spreadsheet.
func table(w http.ResponseWriter, name string, head ...string) *csv.Writer {
	w.Header().Set("Content-Type", "text/csv; charset=utf-8")
	w.Header().Set("Content-Disposition", `attachment; filename="`+name+`.csv"`)
	t := csv.NewWriter(w)
	_ = t.Write(head)
	return t
}

// setCSV writes one of the overview's tables: the timeline, or with
// ?table=particular who and what stands out.
func (p *pages) setCSV(w http.ResponseWriter, r *http.Request, l look) error {
	res, err := p.query(r.Context(), l.params)
	if err != nil {
		return err
	}
	if r.FormValue("table") == "particular" {
		return p.particularCSV(w, r, l, res)
	}
	s, err := p.spansOf(r.Context(), l, res, false)
	if err != nil {
		return err
	}
	head := []string{"time", "found", "captured", "share"}
	if s.with != nil {
		head = append(head, "found_beside", "captured_beside", "share_beside")
	}
	t := table(w, "timeline", append(head, "nothing_captured")...)
	for i, pt := range s.first.Points {
		row := append([]string{pt.Value}, pt.cells()...)
		if s.with != nil {
			row = append(row, s.with.Points[i].cells()...)
		}
		gap := ""
		if pt.Gap {
			gap = "1"
		}
		_ = t.Write(append(row, gap))
	}
	t.Flush()
	return t.Error()
}

// cells are a point's figures; of a gap there are none.
func (pt point) cells() []string {
	if pt.Gap {
		return []string{"", "", ""}
	}
	share := ""
	if pt.Captured > 0 {
		share = strconv.FormatFloat(float64(pt.N)/float64(pt.Captured), 'f', 6, 64)
	}
	return []string{itoa(pt.N), itoa(pt.Captured), share}
}

// particularRows is how many of each kind the table has.
const particularRows = 500

func (p *pages) particularCSV(w http.ResponseWriter, r *http.Request, l look, res *results) error {
	most, _, err := p.particularSet(r.Context(), l, res, particularRows)
	if err != nil {
		return err
	}
	t := table(w, "particular", "kind", "name", "articles", "elsewhere", "times_as_often", "likelihood_ratio", "address")
	for _, k := range news.Kinds {
		for _, e := range most[k] {
			times := ""
			if !math.IsInf(e.Times, 1) {
				times = strconv.FormatFloat(e.Times, 'f', 3, 64)
			}
			_ = t.Write([]string{string(k), safeCell(e.Entity.Name), itoa(e.N), itoa(e.Elsewhere), times, strconv.FormatFloat(e.Score, 'f', 2, 64), p.absolute(r, e.Entity.Path())})
		}
	}
	t.Flush()
	return t.Error()
}

// particularSet counts what l finds and what it is compared with.
func (p *pages) particularSet(ctx context.Context, l look, res *results, most int) (map[news.Kind][]particular, search.Result, error) {
	found, err := p.Search.Search(ctx, search.Request{Query: res.Query, CountOnly: true, Facets: kindFacets(mostCandidates)})
	if err != nil {
		return nil, found, err
	}
	against, err := p.against(ctx, l, res)
	if err != nil {
		return nil, found, err
	}
	out, err := p.particulars(ctx, res.Query, found, against, most)
	return out, found, err
}

// valuesCSV writes all values that a set has of one facet, most first.
func (p *pages) valuesCSV(w http.ResponseWriter, r *http.Request, name string, ask params) error {
	patient(w)
	_, n, counts, err := p.valueCounts(r.Context(), name, ask)
	if err != nil {
		return err
	}
	head := []string{"name", "articles", "share", "parameter"}
	if kindOf[name] != "" || name == search.FacetOutlet {
		head = append(head, "address")
	}
	if name == search.FacetPlace {
		head = append(head, "country", "lat", "lon")
	}
	t := table(w, facetPath[name], head...)
	for len(counts) > 0 {
		some := counts[:min(len(counts), csvFlush)]
		counts = counts[len(some):]
		rows, err := p.readNames(r.Context(), name, some)
		if err != nil {
			return err
		}
		for _, v := range rows {
			share := ""
			if n > 0 {
				share = strconv.FormatFloat(float64(v.Count)/float64(n), 'f', 6, 64)
			}
			row := []string{safeCell(v.Name), itoa(v.Count), share, safeCell(v.Slug)}
			switch {
			case kindOf[name] != "":
				row = append(row, p.absolute(r, v.Entity.Path()))
			case name == search.FacetOutlet:
				row = append(row, p.absolute(r, "/outlets/"+v.Slug))
			}
			if name == search.FacetPlace {
				row = append(row, v.Entity.Country, degreesText(v.Entity.Lat), degreesText(v.Entity.Lon))
			}
			_ = t.Write(row)
		}
		if t.Flush(); t.Error() != nil {
			return t.Error()
		}
	}
	t.Flush()
	return t.Error()
}
