package web

import (
	"context"
	"fmt"
	"net/http"
	"slices"
	"strings"
	"time"

	"backfile/internal/news"
	"backfile/internal/search"
	"backfile/templates"
)

// How much the front page shows.
const (
	frontPeople  = 8
	frontPlaces  = 6
	frontNewest  = 6
	frontDays    = 7
	frontOutlets = 12
	frontLists   = 6
)

// frontFacts are the counts of the front page that are kept for a while.
type frontFacts struct {
	rankYear       string
	people, places []templates.Rank
	outlets        []templates.OutletStrip
}

func (p *pages) serveFront(w http.ResponseWriter, r *http.Request) error {
	v, err := p.frontView(r)
	if err != nil {
		return err
	}
	return p.render(w, r, http.StatusOK, templates.FrontPage(v))
}

// emptyCommand is what fills an archive that has nothing.
const emptyCommand = "backfile ingest PATH"

func (p *pages) frontView(r *http.Request) (templates.FrontView, error) {
	ctx := r.Context()
	v := templates.FrontView{Page: p.page(r, ""), Command: emptyCommand}
	v.Canonical = p.absolute(r, "/")
	v.CanAdd = v.CanWrite && p.Intake != nil
	whole, err := p.overview(ctx)
	if err != nil {
		return v, err
	}
	v.Total, v.First, v.Last = whole.Total, whole.First, whole.Last
	if v.Total == 0 {
		return v, nil
	}
	v.OutletCount = len(whole.Outlets)
	facts, err := p.frontFacts(ctx, whole)
	if err != nil {
		return v, err
	}
	all, err := p.coverageWith(ctx, whole)
	if err != nil {
		return v, err
	}
	v.Years = p.yearsOfAll(r, whole, all)
	v.RankYear, v.People, v.Places, v.Outlets = facts.rankYear, facts.people, facts.places, facts.outlets
	if v.OnThisDay, err = p.onThisDay(ctx, whole, v.Now); err != nil {
		return v, err
	}
	_, newest, err := p.find(ctx, search.Request{Sort: search.Newest, PerPage: frontNewest, Group: true})
	if err != nil {
		return v, err
	}
	v.JustIn = hitViews(newest)
	sh, err := p.shelves(ctx, v.CanWrite)
	if err != nil {
		return v, err
	}
	for _, l := range sh.lists[:min(frontLists, len(sh.lists))] {
		v.Lists = append(v.Lists, templates.Link{Name: l.Name, Href: l.Path(), Count: len(l.Items)})
	}
	return v, nil
}

// yearsOfAll are the years of the whole archive.
func (p *pages) yearsOfAll(r *http.Request, whole *overview, all *covered) templates.Timeline {
	return templates.Timeline{ID: "years", Caption: say(r, "chart.years"), Bars: yearBars(whole, gaps{all}, whole.Years,
		func(b bucket) string {
			if b.first == b.last {
				return "/dates/" + b.label()
			}
			return fmt.Sprintf("/search?from=%04d&to=%04d", b.first, b.last)
		}, func(bucket) bool { return false })}
}

// onThisDay finds one article of this day in each of a few other years, which
// lie evenly over all years that have one.
func (p *pages) onThisDay(ctx context.Context, whole *overview, now time.Time) ([]templates.Hit, error) {
	hits, err := whole.onDay.get(now.Format("01-02"), func() ([]search.Hit, error) { return p.hitsOnDay(ctx, whole, now) })
	if err != nil {
		return nil, err
	}
	// They are read each time: one that is gone since is not shown.
	fs, err := p.hits(ctx, nil, hits, false)
	return hitViews(fs), err
}

func (p *pages) hitsOnDay(ctx context.Context, whole *overview, now time.Time) ([]search.Hit, error) {
	var any []search.Node
	for _, y := range whole.Years {
		if y.Value == now.Format("2006") {
			continue
		}
		day := y.Value + now.Format("-01-02")
		if _, err := time.Parse(time.DateOnly, day); err == nil {
			any = append(any, onDay(day))
		}
	}
	if len(any) == 0 {
		return nil, nil
	}
	// A month or a year holds this day too, but only what is of the day has it
	// as a value of the facet.
	r, err := p.Search.Search(ctx, search.Request{Query: search.Or{Parts: any}, CountOnly: true, Facets: map[string]int{search.FacetDay: 0}})
	if err != nil {
		return nil, err
	}
	var days []string
	for _, c := range r.Facets[search.FacetDay] {
		if strings.HasSuffix(c.Value, now.Format("-01-02")) {
			days = append(days, c.Value)
		}
	}
	var out []search.Hit
	for _, day := range spread(days, frontDays) {
		_, fs, err := p.find(ctx, search.Request{Query: onDay(day), Sort: search.Oldest})
		if err != nil {
			return nil, err
		}
		i := slices.IndexFunc(fs, func(f found) bool { return f.Version.Article.Published.Day() == day })
		if i >= 0 {
			out = append(out, fs[i].Hit)
		}
	}
	return out, nil
}

func onDay(day string) search.Node { return search.DateRange{Text: day, First: day, Last: day} }

// spread is n of all, the first and the last among them, at even distances; all
// where there are no more.
func spread(all []string, n int) []string {
	if len(all) <= n {
		return all
	}
	out := make([]string, n)
	for i := range out {
		out[i] = all[i*(len(all)-1)/(n-1)]
	}
	return out
}

// frontFacts are who and what is in the news, as of an overview.
func (p *pages) frontFacts(ctx context.Context, whole *overview) (*frontFacts, error) {
	return whole.front.get(struct{}{}, func() (*frontFacts, error) {
		f := &frontFacts{}
		year := search.Node(nil)
		if whole.Last != "" {
			f.rankYear = whole.Last
			year = between(whole.Last, whole.Last)
		}
		var err error
		if f.people, err = p.ranks(ctx, news.Person, year, whole.Last, frontPeople); err != nil {
			return nil, err
		}
		if f.places, err = p.ranks(ctx, news.Place, year, whole.Last, frontPlaces); err != nil {
			return nil, err
		}
		for _, o := range whole.Outlets[:min(frontOutlets, len(whole.Outlets))] {
			row, err := p.outletRow(ctx, whole, o.Value)
			if err != nil {
				return nil, err
			}
			f.outlets = append(f.outlets, row.strip)
		}
		return f, nil
	})
}

// ranks are the entities most in the news of a year, with its months.
func (p *pages) ranks(ctx context.Context, k news.Kind, of search.Node, year string, n int) ([]templates.Rank, error) {
	named, err := p.mostNamed(ctx, k, of, n)
	if err != nil {
		return nil, err
	}
	var out []templates.Rank
	for _, e := range named {
		row := templates.Rank{Link: templates.Link{Name: e.Name, Href: e.Path(), Count: e.n}}
		if year != "" {
			q := search.And{Parts: []search.Node{entityLeaf(e.Entity), of}}
			r, err := p.Search.Search(ctx, search.Request{Query: q, CountOnly: true, Facets: map[string]int{search.FacetMonth: 0}})
			if err != nil {
				return nil, err
			}
			by := byValue(r.Facets[search.FacetMonth])
			for _, m := range months(year) {
				row.Spark = append(row.Spark, by[m])
			}
		}
		out = append(out, row)
	}
	return out, nil
}

// counted is an entity with in how many articles it is named.
type counted struct {
	news.Entity
	n int
}

// mostNamed are the n entities that most articles of a search name, the first in front.
func (p *pages) mostNamed(ctx context.Context, k news.Kind, of search.Node, n int) ([]counted, error) {
	r, err := p.Search.Search(ctx, search.Request{Query: of, CountOnly: true, Facets: map[string]int{string(k): n}})
	if err != nil {
		return nil, err
	}
	es, err := p.entitiesOf(ctx, r.Facets[string(k)])
	if err != nil {
		return nil, err
	}
	var out []counted
	for _, c := range r.Facets[string(k)] {
		if e, ok := es[news.EntityID(c.Value)]; ok {
			out = append(out, counted{e, c.N})
		}
	}
	return out, nil
}

// entitiesOf are the entities that a facet counted.
func (s *Server) entitiesOf(ctx context.Context, cs []search.Count) (map[news.EntityID]news.Entity, error) {
	ids := make([]news.EntityID, len(cs))
	for i, c := range cs {
		ids[i] = news.EntityID(c.Value)
	}
	if len(ids) == 0 {
		return nil, nil
	}
	return s.Entities.EntitiesByID(ctx, ids)
}

// entityLeaf matches the articles that mention e.
func entityLeaf(e news.Entity) search.Node {
	return search.Entities{Kind: e.Kind, Name: e.Name, IDs: append([]news.EntityID{e.ID}, e.Merged...)}
}
