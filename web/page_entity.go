package web

import (
	"context"
	"net/http"
	"net/url"

	"backfile/internal/news"
	"backfile/internal/search"
	"backfile/templates"
)

const (
	entityNewest = 10
	entitySeen   = 8
	// networkNames is how many of those who appear with somebody are drawn around them,
	// placesMapped how many places stand on the map, placesListed beside it.
	networkNames = 7
	placesMapped = 60
	placesListed = 12
)

func (p *pages) serveEntity(w http.ResponseWriter, r *http.Request) error {
	e, err := p.entityAt(r)
	if err != nil {
		return err
	}
	if e.Slug != r.PathValue("slug") {
		http.Redirect(w, r, (&url.URL{Path: e.Path()}).String(), http.StatusFound)
		return nil
	}
	v, err := p.entityView(r, e)
	if err != nil {
		return err
	}
	return p.render(w, r, http.StatusOK, templates.EntityPage(v))
}

// entityAt is the entity of the address.
func (p *pages) entityAt(r *http.Request) (news.Entity, error) {
	k, ok := kindOfPath(r.URL.Path)
	if !ok {
		return news.Entity{}, news.ErrNotFound
	}
	return p.Entities.Entity(r.Context(), k, r.PathValue("slug"))
}

// entityView is the page of a person, a place or an organisation.
func (p *pages) entityView(r *http.Request, e news.Entity) (templates.EntityView, error) {
	ctx := r.Context()
	v := templates.EntityView{Page: p.page(r, e.Name), Kind: e.Kind.Plural(), Name: e.Name, Aliases: aliases(e)}
	v.Section, v.Canonical, v.Charts = e.Kind.Plural(), p.absolute(r, e.Path()), true
	if p.Corrections != nil {
		v.Repair = e.Path() + "/repair"
		v.Hidden, v.HiddenWhy = p.hiddenBecause(e)
	}
	if v.NoIndex = v.Hidden; !v.Hidden {
		followedAs(r, &v.Page, e.Name, string(e.Kind), e.Slug)
	}
	s, err := p.sample(ctx, r, e, &v)
	if err != nil {
		return v, err
	}
	if err := p.joined(ctx, e, &v); err != nil {
		return v, err
	}
	v.Names, v.Pronouns = p.namesOf(r, e, s.articles, v.Joined)
	v.Sampled = len(s.articles)
	if err := p.company(r, e, s, &v); err != nil {
		return v, err
	}
	if e.Kind == news.Place {
		if err := p.nested(ctx, e, &v); err != nil {
			return v, err
		}
		v.Map = mapOf([]news.Entity{e})
		v.Map.Country = e.Country
	}
	if e.Kind != news.Place {
		if err := p.placesWith(r, e, s.found, &v); err != nil {
			return v, err
		}
	}
	if err := p.quotes(r, e, s, &v); err != nil {
		return v, err
	}
	return v, nil
}

// askFor is the search for all that mention e.
func askFor(e news.Entity) params {
	return params{Filters: map[string][]value{string(e.Kind): {{Text: e.Slug}}}, Sort: search.Newest, Page: 1, PerPage: defaultPerPage, Group: true, Facets: true, Snippets: true}
}

// sampled is what a search for an entity found, and articles of it that were read: all
// of them where there are few, else the newest and the oldest.
type sampled struct {
	found    search.Result
	articles []found
	whole    bool
}

// sampleHalf is how many articles are read from either end of what mentions an entity.
const sampleHalf = 80

// sample searches for e and fills in what its page tells of all its articles.
func (p *pages) sample(ctx context.Context, r *http.Request, e news.Entity, v *templates.EntityView) (*sampled, error) {
	q, ask := entityLeaf(e), askFor(e)
	req := newest(q, sampleHalf)
	req.Facets = map[string]int{
		search.FacetYear: 0, search.FacetPerson: networkNames + 1, search.FacetOrganisation: networkNames + 1,
		search.FacetPlace: placesMapped + 1, search.FacetOutlet: entitySeen,
	}
	res, fs, err := p.findParts(ctx, req)
	if err != nil {
		return nil, err
	}
	s := &sampled{found: res, articles: fs, whole: res.Total <= len(fs)}
	v.Total, v.All = res.Total, ask.href()
	v.Hits = hitViews(fs[:min(len(fs), entityNewest)])
	if err := p.keep(ctx, v.CanWrite, v.Hits); err != nil {
		return nil, err
	}
	if err := p.years(ctx, r, v, ask, res.Facets[search.FacetYear], nil); err != nil {
		return nil, err
	}
	oldest := []found(nil)
	n := sampleHalf
	if s.whole {
		n = 1
	}
	if _, oldest, err = p.findParts(ctx, search.Request{Query: search.And{Parts: []search.Node{q, anyDate()}}, Sort: search.Oldest, PerPage: n}); err != nil {
		return nil, err
	}
	firstAndLast(v, oldest, fs)
	if !s.whole {
		have := map[news.ArticleID]bool{}
		for _, f := range fs {
			have[f.ID] = true
		}
		for _, f := range oldest {
			if !have[f.ID] {
				s.articles = append(s.articles, f)
			}
		}
		s.whole = len(s.articles) >= res.Total
	}
	v.SampledAll = s.whole
	groups, err := p.facets(ctx, res.Facets)
	if err != nil {
		return nil, err
	}
	for _, g := range groups {
		if g.Name != search.FacetOutlet {
			continue
		}
		for _, c := range g.Values {
			narrow := ask
			narrow.Filters = map[string][]value{string(e.Kind): {{Text: e.Slug}}, "outlet": {{Text: c.Slug}}}
			v.Outlets = append(v.Outlets, templates.Link{Name: c.Name, Href: narrow.href(), Count: c.Count})
		}
	}
	return s, nil
}

// findParts is find with the mentions and quotes of what was found.
func (p *pages) findParts(ctx context.Context, req search.Request) (search.Result, []found, error) {
	res, err := p.Search.Search(ctx, req)
	if err != nil {
		return res, nil, err
	}
	fs, err := p.load(ctx, nil, res.Hits, false, func(ids []news.ArticleID, _ news.Parts) (map[news.ArticleID]news.Version, error) {
		return p.Articles.InBrief(ctx, ids, news.PartMentions|news.PartQuotes)
	})
	return res, fs, err
}

// years fills in a timeline over the whole archive of counts by year. c is the coverage
// of an outlet, and nil for others, which the whole archive may have reported of.
func (p *pages) years(ctx context.Context, r *http.Request, v *templates.EntityView, ask params, counts []search.Count, c *covered) error {
	if len(counts) == 0 {
		return nil
	}
	whole, err := p.overview(ctx)
	if err != nil {
		return err
	}
	if c == nil {
		if c, err = p.coverage(ctx, ""); err != nil {
			return err
		}
	}
	v.Years = templates.Timeline{ID: "years", Caption: say(r, "chart.years"), Bars: yearBars(whole, gaps{c}, counts,
		func(b bucket) string { return ask.within(itoa4(b.first), itoa4(b.last)).href() }, func(bucket) bool { return false })}
	return nil
}

// firstAndLast are the first and the last dated article of those found.
func firstAndLast(v *templates.EntityView, oldest, newest []found) {
	if len(oldest) > 0 {
		a := &oldest[0].Version.Article
		v.First = templates.Mention{Date: a.Published, Href: a.Path()}
	}
	for _, f := range newest {
		if a := &f.Version.Article; !a.Published.IsZero() {
			v.Last = templates.Mention{Date: a.Published, Href: a.Path()}
			break
		}
	}
}

// anyDate matches what has a date.
func anyDate() search.Node {
	const first, last = "0001-01-01", "9999-12-31"
	return search.DateRange{Text: first + ".." + last, First: first, Last: last}
}

// aliases are the other names that an entity goes under.
func aliases(e news.Entity) []string {
	var out []string
	seen := map[string]bool{news.Slug(e.Name): true}
	for _, a := range e.Aliases {
		if s := news.Slug(a.Name); a.Name != "" && !seen[s] && len(out) < aliasesShown {
			seen[s] = true
			out = append(out, a.Name)
		}
	}
	return out
}

const aliasesShown = 12
