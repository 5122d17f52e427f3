package web

import (
	"context"
	"net/http"
	"slices"
	"strconv"
	"strings"

	"backfile/internal/search"
	"backfile/templates"
)

func (p *pages) serveSearch(w http.ResponseWriter, r *http.Request) error {
	ask, bad := parseParams(r.URL.Query())
	v, err := p.searchView(r, ask, bad)
	if reason, costly := search.CostlyReason(err); costly {
		return p.serveCostly(w, r, ask, bad, reason)
	}
	if err != nil {
		return err
	}
	p.notePast(r, ask)
	return p.render(w, r, http.StatusOK, templates.SearchPage(v))
}

// serveCostly says why the index did not answer a search, beside the search.
func (p *pages) serveCostly(w http.ResponseWriter, r *http.Request, ask params, bad []problem, reason string) error {
	ctx := r.Context()
	names, err := p.filterNames(ctx, ask)
	if err != nil {
		return err
	}
	res, err := p.query(ctx, ask)
	if err != nil {
		return err
	}
	why, _ := templates.Reason(ctx, reason)
	v := templates.SearchView{Page: p.page(r, ""), From: ask.From, To: ask.To, Refused: say(r, "search.refused", why)}
	v.Query, v.NoIndex = ask.Q, true
	v.Asked = askedParts(ctx, ask, names)
	v.Title = askedTitle(ctx, v.Asked)
	v.Problems = append(problemTexts(r, bad), queryProblems(r, res)...)
	return p.render(w, r, http.StatusUnprocessableEntity, templates.SearchPage(v))
}

// searchView is the page of what ask finds.
func (p *pages) searchView(r *http.Request, ask params, bad []problem) (templates.SearchView, error) {
	ctx := r.Context()
	res, err := p.search(ctx, ask)
	if err != nil {
		return templates.SearchView{}, err
	}
	found, err := p.synonyms(ctx, ask, res)
	if err != nil {
		return templates.SearchView{}, err
	}
	if res.Total == 0 && !ask.Literal && len(found) > 0 && !found[len(found)-1].Applied {
		// Nothing has the words, but they are a name: the articles that name it
		// otherwise are what is left to find, and the page says so.
		ask = found[len(found)-1].Ask
		if res, err = p.search(ctx, ask); err != nil {
			return templates.SearchView{}, err
		}
		if found, err = p.synonyms(ctx, ask, res); err != nil {
			return templates.SearchView{}, err
		}
	}
	whole, err := p.overview(ctx)
	if err != nil {
		return templates.SearchView{}, err
	}
	names, err := p.filterNames(ctx, ask)
	if err != nil {
		return templates.SearchView{}, err
	}
	v := templates.SearchView{Page: p.page(r, ""), Total: res.Total, From: ask.From, To: ask.To}
	v.Query, v.NoIndex = ask.Q, true
	v.Asked = askedParts(ctx, ask, names)
	if res.AsOf != nil {
		v.Now = ask.without(*res.AsOf).href()
	}
	v.Title = askedTitle(ctx, v.Asked)
	v.Sorts = sorts(r, ask)
	v.Results = res.Results
	if !ask.Group || res.Results < res.Total {
		other := ask.page(1)
		other.Group = !ask.Group
		v.Group = other.href()
	}
	v.Problems = append(problemTexts(r, bad), queryProblems(r, res)...)
	if err := p.narrow(ctx, r, &v, ask, res, whole, names); err != nil {
		return v, err
	}
	for _, f := range res.Hits {
		v.Hits = append(v.Hits, searched(f))
	}
	if err := p.keep(ctx, v.CanWrite, v.Hits); err != nil {
		return v, err
	}
	for _, h := range v.Hits {
		save := templates.Save{}
		if v.CanWrite && len(h.Lists) == 0 {
			save = templates.Save{Article: h.ID, Back: v.Path, Tick: true}
		}
		v.Save = append(v.Save, save)
	}
	if v.Ticks, err = p.ticks(ctx, &v, ask); err != nil {
		return v, err
	}
	turnPages(&v, ask, res)
	if res.Total == 0 {
		if v.Alone, err = p.alone(ctx, ask, names); err != nil {
			return v, err
		}
		if v.Before, err = p.before(ctx, res.AsOf); err != nil {
			return v, err
		}
		near, err := p.nearly(ctx, ask, res)
		if err != nil {
			return v, err
		}
		if near != nil {
			v.NearlyWords, v.NearlyOf = near.Words, near.Of
			for _, f := range near.Hits {
				v.Nearly = append(v.Nearly, searched(f))
			}
		}
	}
	also(r, &v, ask, res, found)
	m, err := p.didYouMean(ctx, ask, res)
	if err != nil {
		return v, err
	}
	if m != nil {
		v.Meant = templates.Link{Name: m.Query, Href: m.ask.href(), Count: m.Total}
	}
	v.Both = !slices.ContainsFunc(v.Alone, func(a templates.Alone) bool { return a.Kind != "words" })
	if v.Aside, err = p.aside(r, ask, res); err != nil {
		return v, err
	}
	v.Aside.Gap = v.Years.HasGap()
	v.Overview = look{params: ask.page(1)}.href()
	return v, p.takeable(r, &v, ask)
}

// href is the address of the results of p.
func (p params) href() string {
	q := encode(p)
	if q == "" {
		return "/search"
	}
	return "/search?" + q
}

// undatedAsk is p without any date.
func (p params) undatedAsk() params {
	q := p.page(1)
	q.From, q.To = "", ""
	q.Filters = map[string][]value{}
	for n, fs := range p.Filters {
		if n != "year" {
			q.Filters[n] = fs
		}
	}
	return q
}

// within is p with no date but those from first to last.
func (p params) within(first, last string) params {
	q := p.undatedAsk()
	q.From, q.To = first, last
	return q
}

// filtered reports whether anything narrows the words of the box.
func (p params) filtered() bool {
	for _, fs := range p.Filters {
		if len(fs) > 0 {
			return true
		}
	}
	return p.From != "" || p.To != ""
}

func sorts(r *http.Request, ask params) []templates.Choice {
	var out []templates.Choice
	for _, o := range []search.Sort{search.Relevance, search.Newest, search.Oldest} {
		if o == search.Relevance && ask.defaultSort() != search.Relevance {
			continue // nothing to rank by
		}
		q := ask.page(1)
		q.Sort = o
		out = append(out, templates.Choice{Name: say(r, "sort."+string(o)), Href: q.href(), On: ask.Sort == o})
	}
	return out
}

// turnPages fills in the pages before and behind this one.
func turnPages(v *templates.SearchView, ask params, res *results) {
	v.PageN = ask.Page
	v.Pages = (res.Results + ask.PerPage - 1) / ask.PerPage
	if ask.Page > 1 {
		v.Prev = ask.page(ask.Page - 1).href()
	}
	most := search.MaxOffset / ask.PerPage
	if v.Pages > ask.Page {
		if ask.Page < most {
			v.Next = ask.page(ask.Page + 1).href()
		} else {
			v.TooFar = true
		}
	}
}

// alone counts what each part of a search that found nothing finds by itself.
func (p *pages) alone(ctx context.Context, ask params, names filterNamesSeen) ([]templates.Alone, error) {
	const most = 8
	var asks []params
	var said []templates.Alone
	add := func(kind, name string, q params) {
		q.Sort = q.defaultSort()
		asks, said = append(asks, q), append(said, templates.Alone{Kind: kind, Link: templates.Link{Name: name, Href: q.href()}})
	}
	bare := params{Page: 1, PerPage: defaultPerPage, Group: true, Facets: true, Snippets: true}
	n, _ := search.Parse(ask.Q)
	n, then := asOfApart(n)
	bare.Q = search.String(then)
	for _, part := range parts(n) {
		q := bare
		q.Q = search.All(part, then).String()
		add("words", plainName(ctx, part), q)
	}
	for _, name := range filterNames {
		for _, f := range ask.Filters[name] {
			if f.Exclude {
				continue
			}
			q := bare
			q.Filters = map[string][]value{name: {f}}
			kind := name
			switch {
			case kindOf[name] != "":
				kind = "words"
			case name == "year":
				kind = "date"
			}
			add(kind, names.name(name, f), q)
		}
	}
	if ask.From != "" || ask.To != "" {
		q := bare
		q.From, q.To = ask.From, ask.To
		add("date", rangeName(ctx, ask.From, ask.To), q)
	}
	if len(asks) < 2 {
		return nil, nil
	}
	said = said[:min(most, len(said))]
	for i, q := range asks[:len(said)] {
		res, err := p.query(ctx, q)
		if err != nil {
			return nil, err
		}
		r, err := p.Search.Search(ctx, search.Request{Query: res.Query, CountOnly: true})
		if err != nil {
			return nil, err
		}
		said[i].Count = r.Total
	}
	return said, nil
}

// parts are what a query asks for, each alone; what it shuts out is none.
func parts(n search.Node) []search.Node {
	switch n := n.(type) {
	case nil:
		return nil
	case search.And:
		var out []search.Node
		for _, q := range n.Parts {
			out = append(out, parts(q)...)
		}
		return out
	case search.Not:
		return nil
	}
	return []search.Node{n}
}

// plainName is a part of a query as a sentence names it.
func plainName(ctx context.Context, n search.Node) string {
	switch n := n.(type) {
	case search.Word:
		return templates.Quoted(ctx, n.Text)
	case search.Phrase:
		return templates.Quoted(ctx, n.Text)
	}
	return n.String()
}

// clampLabel keeps a title short.
func clampLabel(s string) string { return clipWords(strings.Join(strings.Fields(s), " "), 120) }

func itoa(n int) string { return strconv.Itoa(n) }

// aside says how a search was understood, and what its words find as a phrase.
func (p *pages) aside(r *http.Request, ask params, res *results) (templates.Aside, error) {
	ctx := r.Context()
	a := templates.Aside{JSON: "/api/v1/search?" + encode(ask.page(1))}
	tree, _ := search.Parse(ask.Q)
	tree, then := asOfApart(tree)
	for _, x := range res.Expansions {
		if !asks(tree, x.Asked) {
			continue // a filter, which says its own name
		}
		var names []string
		for _, e := range x.Entities[:min(5, len(x.Entities))] {
			names = append(names, e.Name)
		}
		for _, o := range x.Outlets[:min(5, len(x.Outlets))] {
			names = append(names, o.Name)
		}
		if len(names) > 0 && (len(names) > 1 || !strings.EqualFold(names[0], x.Asked)) {
			a.Lines = append(a.Lines, say(r, "aside.is", x.Asked, templates.And(ctx, names)))
		}
	}
	var words []string
	for _, n := range parts(tree) {
		w, ok := n.(search.Word)
		if !ok {
			return a, nil
		}
		words = append(words, w.Text)
	}
	if len(words) < 2 {
		return a, nil
	}
	key := "aside.both"
	if len(words) > 2 {
		key = "aside.all"
	}
	a.Lines = append([]string{say(r, key)}, a.Lines...)
	phrase := search.Phrase{Text: strings.Join(words, " ")}
	q := ask.page(1)
	q.Q = search.All(phrase, then).String()
	exact, err := p.query(ctx, q)
	if err != nil {
		return a, err
	}
	found, err := p.Search.Search(ctx, search.Request{Query: exact.Query, CountOnly: true})
	if err != nil {
		return a, err
	}
	if found.Total > 0 && found.Total < res.Total {
		a.Exact = templates.Link{Name: phrase.Text, Href: q.href(), Count: found.Total}
	}
	return a, nil
}

// asks reports whether a query has a field of that value.
func asks(n search.Node, value string) bool {
	found := false
	search.Walk(n, func(n search.Node) bool {
		if f, ok := n.(search.Field); ok && f.Value == value {
			found = true
		}
		return !found
	})
	return found
}
