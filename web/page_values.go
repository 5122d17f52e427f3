package web

import (
	"cmp"
	"context"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"backfile/internal/news"
	"backfile/internal/search"
	"backfile/templates"
)

const (
	// valuesPage is how many values of a facet a page shows.
	valuesPage = 200
	// maxNamed is how many values are looked at by their names: those in the most
	// articles. The rest are found by what the archive knows of names.
	maxNamed = 20_000
)

// facetOfPath is the facet that an address is about: /search/people …
func facetOfPath(s string) (string, bool) {
	for name, p := range facetPath {
		if p == s {
			return name, true
		}
	}
	return "", false
}

// serveValues shows all values that what a search found has of one facet; with
// ?format=csv as a table.
func (p *pages) serveValues(w http.ResponseWriter, r *http.Request) error {
	name, ok := facetOfPath(r.PathValue("facet"))
	if !ok {
		return news.ErrNotFound
	}
	ask, bad := parseParams(r.URL.Query())
	ask = ask.page(1)
	if r.FormValue("format") == "csv" {
		return p.valuesCSV(w, r, name, ask)
	}
	v, err := p.valuesView(r, name, ask)
	if reason, costly := search.CostlyReason(err); costly {
		return p.serveCostly(w, r, ask, bad, reason)
	}
	if err != nil {
		return err
	}
	return p.render(w, r, http.StatusOK, templates.ValuesPage(v))
}

// choosing is what a page of values was asked beside its search.
type choosing struct {
	find   string
	byName bool
	at     int
}

func (c choosing) values() url.Values {
	v := url.Values{}
	if c.find != "" {
		v.Set("find", c.find)
	}
	if c.byName {
		v.Set("order", "name")
	}
	if c.at > 1 {
		v.Set("at", strconv.Itoa(c.at))
	}
	return v
}

func (p *pages) valuesView(r *http.Request, name string, ask params) (templates.ValuesView, error) {
	ctx := r.Context()
	v := templates.ValuesView{Page: p.page(r, ""), Kind: facetPath[name], Title: say(r, "facet."+name)}
	v.NoIndex, v.Charts, v.Query = true, true, ask.Q
	q := r.URL.Query()
	c := choosing{find: strings.TrimSpace(clip(strings.ToValidUTF8(q.Get("find"), ""))), byName: q.Get("order") == "name", at: 1}
	if n, err := strconv.Atoi(q.Get("at")); err == nil && n > 1 && n < 1_000_000 {
		c.at = n
	}
	names, err := p.filterNames(ctx, ask)
	if err != nil {
		return v, err
	}
	here := pathSearch + "/" + facetPath[name]
	v.Asked = askedParts(ctx, ask, names)
	v.Page.Title = say(r, "values.title", say(r, "facet."+name), askedTitle(ctx, v.Asked))
	set, _, counts, err := p.valueCounts(ctx, name, ask)
	if err != nil {
		return v, err
	}
	v.Total, v.Of = set, len(counts)
	rows, all, err := p.valuesNamed(ctx, name, counts, c)
	if err != nil {
		return v, err
	}
	if !all && c.byName {
		v.Limit = maxNamed
	}
	v.Pages = (len(rows) + valuesPage - 1) / valuesPage
	c.at = max(1, min(c.at, v.Pages))
	v.PageN = c.at
	shown := rows[min(len(rows), (c.at-1)*valuesPage):min(len(rows), c.at*valuesPage)]
	if v.Items, err = p.valueItems(ctx, name, ask, names, shown); err != nil {
		return v, err
	}
	chosen := map[string]int{}
	for _, row := range counts {
		chosen[row.Slug] = row.Count
	}
	for _, f := range ask.Filters[name] {
		fn := names.of(name, f)
		it := templates.FacetItem{Name: fn.name, N: chosen[fn.slug], Pick: ask.toggle(name, f).href(), On: !f.Exclude, Not: f.Exclude}
		if !f.Exclude {
			it.Drop = ask.toggle(name, value{f.Text, true}).href()
			if kindOf[name] != "" {
				it.N = set // every one of them names it
			}
		}
		v.Chosen = append(v.Chosen, it)
	}
	first := c
	first.at = 1
	stay(here, first.values(), v.Asked, v.Items)
	stay(here, first.values(), nil, v.Chosen)
	at := func(c choosing) string { return moved(ask.href(), here, c.values()) }
	for _, byName := range []bool{false, true} {
		o := choosing{find: c.find, byName: byName}
		v.Orders = append(v.Orders, templates.Choice{Name: say(r, map[bool]string{false: "values.order.count", true: "values.order.name"}[byName]), Href: at(o), On: c.byName == byName})
	}
	if c.at > 1 {
		v.Prev = at(choosing{c.find, c.byName, c.at - 1})
	}
	if c.at < v.Pages {
		v.Next = at(choosing{c.find, c.byName, c.at + 1})
	}
	if v.Find = c.find; c.find != "" {
		v.Unfound = at(choosing{byName: c.byName})
	}
	for n, vals := range ask.Values() {
		for _, s := range vals {
			v.Keep = append(v.Keep, templates.Param{Name: n, Value: s})
		}
	}
	if c.byName {
		v.Keep = append(v.Keep, templates.Param{Name: "order", Value: "name"})
	}
	slices.SortFunc(v.Keep, func(a, b templates.Param) int { return strings.Compare(a.Name+a.Value, b.Name+b.Value) })
	if ask.filtered() {
		bare := ask
		bare.Filters, bare.From, bare.To = nil, "", ""
		v.Clear = moved(bare.href(), here, nil)
	}
	v.Articles, v.Overview, v.CSV = ask.href(), look{params: ask}.href(), moved(ask.href(), here, url.Values{"format": {"csv"}})
	return v, nil
}

// valueCounts counts all values of a facet that what ask finds has, most first; of a
// facet of which any value will do as the search is without those chosen. set is how
// many articles the search finds, of how many those are that were counted.
func (p *pages) valueCounts(ctx context.Context, name string, ask params) (set, of int, out []valueCount, err error) {
	res, err := p.query(ctx, ask)
	if err != nil {
		return 0, 0, nil, err
	}
	found, err := p.Search.Search(ctx, search.Request{Query: res.Query, CountOnly: true, Facets: map[string]int{name: 0}})
	if err != nil {
		return 0, 0, nil, err
	}
	set = found.Total
	open := ask
	switch {
	case kindOf[name] != "":
	case name == search.FacetYear:
		open = ask.undatedAsk()
	case len(ask.Filters[name]) > 0:
		open.Filters = map[string][]value{}
		for k, fs := range ask.Filters {
			if k != name {
				open.Filters[k] = fs
			}
		}
	}
	if open.href() != ask.href() {
		if res, err = p.query(ctx, open); err != nil {
			return 0, 0, nil, err
		}
		if found, err = p.Search.Search(ctx, search.Request{Query: res.Query, CountOnly: true, Facets: map[string]int{name: 0}}); err != nil {
			return 0, 0, nil, err
		}
	}
	counts := found.Facets[name]
	if name == search.FacetLanguage {
		counts = baseLanguages(counts)
	}
	out = make([]valueCount, len(counts))
	for i, c := range counts {
		out[i] = valueCount{c.Value, c.Value, c.N}
	}
	slices.SortStableFunc(out, func(a, b valueCount) int { return b.Count - a.Count })
	return set, found.Total, out, nil
}

// valueCount is a value of a facet: as the index writes it, as a parameter does, and
// in how many articles. The Slug of an entity is known once it is read.
type valueCount struct {
	Value, Slug string
	Count       int
}

// valueNamed is one with its name.
type valueNamed struct {
	valueCount
	Name string
	// Entity is set of people, places and organisations.
	Entity news.Entity
}

// valuesNamed are the values that were asked for in the order asked for, by name
// where that needs their names; all is false where there were too many to read.
func (p *pages) valuesNamed(ctx context.Context, name string, counts []valueCount, c choosing) (rows []valueNamed, all bool, err error) {
	if c.find == "" && !c.byName {
		rows = make([]valueNamed, len(counts))
		for i, v := range counts {
			rows[i].valueCount = v
		}
		return rows, true, nil
	}
	most := min(len(counts), maxNamed)
	if rows, err = p.readNames(ctx, name, counts[:most]); err != nil {
		return nil, false, err
	}
	all = most == len(counts)
	if c.find != "" {
		begins := " " + search.Fold(c.find)
		rows = slices.DeleteFunc(rows, func(v valueNamed) bool {
			return !strings.Contains(" "+search.Fold(v.Name), begins) && !slices.ContainsFunc(v.Entity.Aliases, func(a news.Alias) bool { return strings.Contains(" "+a.Fold, begins) })
		})
		if !all {
			if rows, err = p.findMore(ctx, name, counts[most:], rows, c.find); err != nil {
				return nil, false, err
			}
		}
	}
	if c.byName {
		slices.SortStableFunc(rows, func(a, b valueNamed) int {
			return cmp.Or(strings.Compare(search.Fold(a.Name), search.Fold(b.Name)), strings.Compare(a.Slug, b.Slug))
		})
	}
	return rows, all, nil
}

// findMore adds those of the rarer values that go by a name.
func (p *pages) findMore(ctx context.Context, name string, rest []valueCount, rows []valueNamed, find string) ([]valueNamed, error) {
	n, ok := search.NewField(fieldOf[name], find)
	if !ok {
		return rows, nil
	}
	tree, _, err := search.Resolve(ctx, n, p.Names)
	if err != nil {
		return nil, err
	}
	ids := asksFor(tree)
	more, err := p.readNames(ctx, name, slices.DeleteFunc(slices.Clone(rest), func(v valueCount) bool { return !ids[v.Value] }))
	return append(rows, more...), err
}

// readNames reads what values are called. An entity that is not shown is left out.
func (p *pages) readNames(ctx context.Context, name string, counts []valueCount) ([]valueNamed, error) {
	out := make([]valueNamed, 0, len(counts))
	es := map[news.EntityID]news.Entity{}
	if kindOf[name] != "" && len(counts) > 0 {
		ids := make([]news.EntityID, len(counts))
		for i, c := range counts {
			ids[i] = news.EntityID(c.Value)
		}
		var err error
		if es, err = p.Entities.EntitiesByID(ctx, ids); err != nil {
			return nil, err
		}
	}
	for _, c := range counts {
		v := valueNamed{valueCount: c, Name: c.Value}
		switch {
		case kindOf[name] != "":
			e, ok := es[news.EntityID(c.Value)]
			if !ok {
				continue
			}
			v.Entity, v.Slug, v.Name = e, e.Slug, e.Name
		case name == search.FacetLanguage:
			v.Name = templates.LanguageName(ctx, c.Value)
		case name == search.FacetSection:
			v.Name = capital(c.Value)
		case name == search.FacetOutlet:
			if o, err := p.Names.Outlet(ctx, c.Value); err == nil {
				v.Name = o.Name
			}
		}
		out = append(out, v)
	}
	return out, nil
}

// valueItems are values as links that choose them, without those chosen already.
func (p *pages) valueItems(ctx context.Context, name string, ask params, names filterNamesSeen, rows []valueNamed) ([]templates.FacetItem, error) {
	counts := make([]valueCount, len(rows))
	for i, v := range rows {
		counts[i] = v.valueCount
		counts[i].Slug = v.Value
	}
	rows, err := p.readNames(ctx, name, counts)
	if err != nil {
		return nil, err
	}
	chosen := map[string]bool{}
	for _, f := range ask.Filters[name] {
		chosen[names.of(name, f).slug] = true
	}
	var out []templates.FacetItem
	for _, v := range rows {
		if !chosen[v.Slug] {
			out = append(out, templates.FacetItem{Name: v.Name, N: v.Count, Pick: ask.toggle(name, value{Text: v.Slug}).href(), Drop: ask.toggle(name, value{v.Slug, true}).href()})
		}
	}
	return out, nil
}
