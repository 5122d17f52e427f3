package web

import (
	"cmp"
	"context"
	"math"
	"slices"

	"backfile/internal/news"
	"backfile/internal/search"
	"backfile/templates"
)

// What counts as particular to a set.
const (
	// leastNamed is the fewest articles of the set that name it.
	leastNamed = 3
	// leastScore is the likelihood ratio that chance exceeds once in a thousand.
	leastScore = 10.83
	// mostCandidates bounds how many of a set's names are looked at: the most
	// frequent ones.
	mostCandidates = 5000
)

// particular is an entity that articles of a set name more than others do.
type particular struct {
	Entity news.Entity
	// N articles of the set name it, Elsewhere of those that are not in the set.
	N, Elsewhere int
	// Times is how many times as often it is named in the set as elsewhere; +Inf
	// where it is named nowhere else.
	Times float64
	// Score is the logarithm of the likelihood ratio, twice: how hard the difference
	// is to explain by chance.
	Score float64
}

// likelihood is the log-likelihood ratio (Dunning, 1993) of n in a set of size
// articles and all in the whole of so many: twice the sum of observed times the
// logarithm of observed over expected, of those that name it and those that do not.
func likelihood(n, size, all, whole int) float64 {
	other, rest := all-n, whole-size
	if size <= 0 || rest <= 0 || n < 0 || other < 0 || n > size || other > rest {
		return 0
	}
	share := float64(all) / float64(whole)
	part := func(observed int, expected float64) float64 {
		if observed == 0 || expected <= 0 {
			return 0
		}
		return float64(observed) * math.Log(float64(observed)/expected)
	}
	return 2 * (part(n, float64(size)*share) + part(other, float64(rest)*share) +
		part(size-n, float64(size)*(1-share)) + part(rest-other, float64(rest)*(1-share)))
}

// times is how many times as often n of size is as the rest of all in whole.
func times(n, size, all, whole int) float64 {
	other, rest := all-n, whole-size
	switch {
	case n == 0 || size <= 0:
		return 0
	case other <= 0 || rest <= 0:
		return math.Inf(1)
	}
	return float64(n) / float64(size) * float64(rest) / float64(other)
}

// scored is a value of a facet with what sets it apart.
type scored struct {
	search.Count
	all   int
	score float64
}

// particularOf ranks the counts of a set of so many articles by how much more they
// are than all's, which counts the whole of so many; skip leaves values out.
func particularOf(counts []search.Count, size int, all map[string]int, whole int, skip map[string]bool) []scored {
	var out []scored
	for _, c := range counts {
		// An index that answers while articles come in may have counted more of the
		// set than of the whole.
		n := max(all[c.Value], c.N)
		if c.N < leastNamed || skip[c.Value] || times(c.N, size, n, whole) <= 1 {
			continue
		}
		if s := likelihood(c.N, size, n, whole); s >= leastScore {
			out = append(out, scored{c, n, s})
		}
	}
	slices.SortFunc(out, func(a, b scored) int {
		return cmp.Or(cmp.Compare(b.score, a.score), cmp.Compare(b.N, a.N), cmp.Compare(a.Value, b.Value))
	})
	return out
}

// background is what a set is compared with: how many articles there are, and how
// many of them name each entity.
type background struct {
	total int
	by    map[news.Kind]map[string]int
}

// background counts the frame's entities, nil's being the whole archive's.
func (p *pages) background(ctx context.Context, frame search.Node) (*background, error) {
	b := &background{by: map[news.Kind]map[string]int{}}
	if frame == nil {
		whole, err := p.overview(ctx)
		if err != nil {
			return nil, err
		}
		b.total = whole.Total
		for _, k := range news.Kinds {
			if b.by[k], err = p.counts(ctx, k); err != nil {
				return nil, err
			}
		}
		return b, nil
	}
	r, err := p.Search.Search(ctx, search.Request{Query: frame, CountOnly: true, Facets: kindFacets(0)})
	if err != nil {
		return nil, err
	}
	b.total = r.Total
	for _, k := range news.Kinds {
		b.by[k] = byValue(r.Facets[string(k)])
	}
	return b, nil
}

// kindFacets are the facets of people, places and organisations, with at most so many
// values of each.
func kindFacets(most int) map[string]int {
	out := map[string]int{}
	for _, k := range news.Kinds {
		out[string(k)] = most
	}
	return out
}

// particulars are the entities of each kind most particular to what q finds, at most
// so many of each, against what it is compared with. found has the set's own counts
// (kindFacets). Who was asked for is not among them.
func (p *pages) particulars(ctx context.Context, q search.Node, found search.Result, against *background, most int) (map[news.Kind][]particular, error) {
	skip := asksFor(q)
	top := map[news.Kind][]scored{}
	var ids []news.EntityID
	for _, k := range news.Kinds {
		all := particularOf(found.Facets[string(k)], found.Total, against.by[k], against.total, skip)
		// Some may not be shown: a few more are asked for.
		top[k] = all[:min(len(all), most+5)]
		for _, s := range top[k] {
			ids = append(ids, news.EntityID(s.Value))
		}
	}
	out := map[news.Kind][]particular{}
	if len(ids) == 0 {
		return out, nil
	}
	es, err := p.Entities.EntitiesByID(ctx, ids)
	if err != nil {
		return nil, err
	}
	for _, k := range news.Kinds {
		for _, s := range top[k] {
			if e, ok := es[news.EntityID(s.Value)]; ok && len(out[k]) < most {
				out[k] = append(out[k], particular{e, s.N, s.all - s.N, times(s.N, found.Total, s.all, against.total), s.score})
			}
		}
	}
	return out, nil
}

// timesText is a ratio as people say it: 2.4, 23; "" for one without end.
func timesText(ctx context.Context, f float64) string {
	switch {
	case math.IsInf(f, 1):
		return ""
	case f < 9.95:
		return templates.Decimal(ctx, f, 1)
	}
	return templates.Decimal(ctx, f, 0)
}
