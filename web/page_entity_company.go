package web

import (
	"cmp"
	"net/http"
	"net/url"
	"slices"
	"strings"

	"backfile/internal/news"
	"backfile/internal/search"
	"backfile/templates"
)

// company fills in who appears with e: how often over the whole archive, and who of them
// appear together, as far as the articles that were read tell.
func (p *pages) company(r *http.Request, e news.Entity, s *sampled, v *templates.EntityView) error {
	own := map[news.EntityID]bool{e.ID: true}
	for _, id := range e.Merged {
		own[id] = true
	}
	at := map[news.EntityID]int{}
	for _, k := range []news.Kind{news.Person, news.Organisation} {
		es, err := p.entitiesOf(r.Context(), s.found.Facets[string(k)])
		if err != nil {
			return err
		}
		n := 0
		for _, c := range s.found.Facets[string(k)] {
			o, ok := es[news.EntityID(c.Value)]
			if !ok || own[o.ID] || n == networkNames {
				continue
			}
			n++
			at[o.ID] = len(v.Network.Nodes)
			v.Network.Nodes = append(v.Network.Nodes, templates.Node{Link: templates.Link{Name: o.Name, Href: o.Path(), Count: c.N}, Kind: o.Kind.Plural(), Both: both(e, o)})
		}
	}
	v.Network.Centre = e.Name
	v.Network.Total = v.Total
	together := map[[2]int]int{}
	for i := range s.articles {
		a := &s.articles[i].Version.Article
		var here []int
		for _, k := range []news.Kind{news.Person, news.Organisation} {
			for _, o := range a.Entities(k) {
				if n, ok := at[o.ID]; ok {
					here = append(here, n)
				}
			}
		}
		slices.Sort(here)
		for j, x := range here {
			for _, y := range here[j+1:] {
				together[[2]int{x, y}]++
			}
		}
	}
	for k, n := range together {
		v.Network.Edges = append(v.Network.Edges, templates.Edge{From: k[0], To: k[1], N: n})
	}
	slices.SortFunc(v.Network.Edges, func(x, y templates.Edge) int {
		return cmp.Or(cmp.Compare(y.N, x.N), cmp.Compare(x.From, y.From), cmp.Compare(x.To, y.To))
	})
	return nil
}

// both is the search for the articles that mention e and o.
func both(e, o news.Entity) string {
	ask := askFor(e)
	ask.Filters = map[string][]value{string(e.Kind): {{Text: e.Slug}}}
	ask.Filters[string(o.Kind)] = append(ask.Filters[string(o.Kind)], value{Text: o.Slug})
	return ask.href()
}

// placesWith fills in where e's articles lie.
func (p *pages) placesWith(r *http.Request, e news.Entity, found search.Result, v *templates.EntityView) error {
	counts := found.Facets[search.FacetPlace]
	es, err := p.entitiesOf(r.Context(), counts)
	if err != nil {
		return err
	}
	var spots []placed
	for _, c := range counts {
		o, ok := es[news.EntityID(c.Value)]
		if !ok || o.ID == e.ID {
			continue
		}
		if len(v.Places) < placesListed {
			v.Places = append(v.Places, templates.Link{Name: o.Name, Href: o.Path(), Count: c.N})
		}
		if o.Lat != nil && o.Lon != nil {
			spots = append(spots, placed{o, c.N, *o.Lat, *o.Lon})
		}
	}
	ctx := r.Context()
	for _, s := range core(spots) {
		v.Atlas.Spots = append(v.Atlas.Spots, templates.Spot{Link: templates.Link{Name: s.Name, Href: both(e, s.Entity), Count: s.N}, Lat: s.lat, Lon: s.lon, Said: templates.Count(ctx, "chart.bar", s.N, s.Name)})
	}
	v.Atlas.Caption = say(r, "set.map")
	return nil
}

const (
	quotesShown = 5
	quotesFrom  = 10 // newest articles that quote somebody
	quoteRunes  = 280
)

// quotes fills in what e said, and what others said of it.
func (p *pages) quotes(r *http.Request, e news.Entity, s *sampled, v *templates.EntityView) error {
	v.Of = sayingsOf(s.articles, e)
	if e.Kind == news.Place {
		return nil
	}
	leaf, ok := entityLeaf(e).(search.Entities)
	if !ok {
		return nil
	}
	leaf.Said = true
	res, fs, err := p.findParts(r.Context(), newest(leaf, quotesFrom))
	if err != nil {
		return err
	}
	v.Said, v.SaidTotal = sayings(fs, e.ID), res.Total
	ask := params{Q: `said:"` + e.Name + `"`, Sort: search.Newest, Page: 1, PerPage: defaultPerPage, Group: true, Facets: true, Snippets: true}
	v.SaidAll = ask.href()
	return nil
}

// sayings are the newest quotes of a speaker, one of an article.
func sayings(fs []found, id news.EntityID) []templates.Saying {
	var out []templates.Saying
	for _, f := range fs {
		best := ""
		for _, q := range f.Version.Article.Quotes {
			if q.Speaker != nil && q.Speaker.ID == id && len(q.Text) > len(best) {
				best = q.Text
			}
		}
		if best != "" && len(out) < quotesShown {
			out = append(out, templates.Saying{Text: quoted(best), Hit: atWords(hitView(f), best)})
		}
	}
	return out
}

// sayingsOf are quotes of others that name e, the newest first, one of an article.
func sayingsOf(fs []found, e news.Entity) []templates.Saying {
	var out []templates.Saying
	for _, f := range fs {
		a := &f.Version.Article
		if len(out) == quotesShown {
			break
		}
		for _, q := range a.Quotes {
			if q.Speaker == nil || q.Speaker.ID == e.ID {
				continue
			}
			named := slices.ContainsFunc(a.Mentions, func(m news.Mention) bool {
				return m.Entity == e.ID && m.Counts() && (m.Field == "" || m.Field == news.FieldBody) && m.Start >= q.Start && m.End <= q.End
			})
			if named {
				out = append(out, templates.Saying{Text: quoted(q.Text), Hit: atWords(hitView(f), q.Text), By: speakerLink(a, q.Speaker)})
				break
			}
		}
	}
	return out
}

func speakerLink(a *news.Article, s *news.Speaker) templates.Link {
	l := templates.Link{Name: s.Name}
	for _, o := range a.Persons {
		if o.ID == s.ID {
			l.Name, l.Href = o.Name, o.Path()
		}
	}
	return l
}

// quoted is a quote as lists show it.
func quoted(s string) string { return strings.TrimRight(clipWords(s, quoteRunes), ",;:– ") }

// atWords is a hit whose address leads to words of its text: a browser scrolls to them and
// marks them (URL Fragment Text Directives), and one that cannot opens the article.
func atWords(h templates.Hit, words string) templates.Hit {
	ws := strings.Fields(words)
	if len(ws) == 0 {
		return h
	}
	escape := func(ws []string) string {
		return strings.NewReplacer("+", "%20", "-", "%2D").Replace(url.QueryEscape(strings.Join(ws, " ")))
	}
	at := escape(ws)
	if len(ws) > 2*anchorWords {
		at = escape(ws[:anchorWords]) + "," + escape(ws[len(ws)-anchorWords:])
	}
	h.Href += "#:~:text=" + at
	return h
}

// anchorWords are as many words as tell where a quote begins, and where it ends.
const anchorWords = 5

// hiddenBecause says that somebody hid e, and why.
func (p *pages) hiddenBecause(e news.Entity) (hidden bool, why string) {
	c := p.Corrections.Corrections()
	if !c.Hidden(e.ID) {
		return false, ""
	}
	for _, d := range c.Decided(e.ID) {
		if d.Type == news.EventHidden && d.About == e.ID {
			why = d.Reason
		}
	}
	return true, why
}
