package entity

import (
	"math"
	"slices"
	"strconv"
	"strings"

	"backfile/internal/news"
)

// toponym is a name of the gazetteer in an article, with all its mentions.
type toponym struct {
	key   string
	rows  []int32
	cands []*candidate
	// weight is how much the name says about where the article plays.
	weight float64
	// told says that the text itself tells which is meant: "Paris, Texas".
	told bool
	// fixed toponyms speak for others and are not chosen themselves.
	fixed bool
	// ruled says that the text speaks of it as of a region, not of a town.
	ruled bool

	prior, share []float64
	// local is how much a place says of its neighbourhood: great cities are named
	// from afar.
	local []float64
	homes []home
}

// home is where a place lies, as indices, -1 for none.
type home struct{ land, region, county int32 }

// Bounds of what is weighed: an article of any length costs about the same.
const (
	mostToponyms = 600
	mostRows     = 40
	rounds       = 4
)

// What the article's other places add to a place's weight, which is the logarithm
// of its people and of its fame. Found by trial on LGL and on sentences of our own:
// what suits local papers best (more for the country) takes the Paris of world news
// for one in Texas, so both decide.
const (
	landPull    = 1.0
	regionPull  = 2.6
	countyPull  = 1.3
	nearPull    = 0.8
	nearKm      = 150 // how far off another place makes one likelier
	mostPull    = 2.4 // how much evidence counts, as a logarithm
	certainty   = 1.8 // how sharply weights become shares
	stateLess   = 2.5 // how much less likely Georgia is the state than the country
	regionLess  = 1.0 // how much less likely New York is the state than the city
	regionMore  = 2.0 // how much likelier the province is than the city where politics is spoken of
	outletShare = 2.0 // what the outlet's name counts, in names of the text
	frameFlat   = 0.1 // how much a town's size counts where an outlet bears its name
	tongueShare = 0.6
	datedShare  = 2.0
	countyBare  = 0.8 // how much less likely DeKalb is DeKalb County than a town
	// Great cities are named from afar: of their neighbourhood they say less.
	great      = 800_000
	greatLocal = 0.4
)

// resolve chooses for every name the place meant. Each name has a share for each
// of its places; the shares of all names say in which countries, regions and
// counties the article plays, and near what; and that shifts the shares. A few rounds settle it.
func (g *gazetteer) resolve(names []*toponym) {
	for _, t := range names {
		g.prepare(t)
	}
	for range rounds {
		lands, regions, counties := map[int32]float64{}, map[int32]float64{}, map[int32]float64{}
		var points []point
		for _, t := range names {
			for k, h := range t.homes {
				w := t.weight * t.share[k]
				if w < 0.02 {
					continue
				}
				lands[h.land] += w
				regions[h.region] += w * t.local[k]
				counties[h.county] += w * t.local[k]
				if p := &g.places[t.rows[k]]; p.kind <= natural && w > 0.3 && len(points) < mostRows {
					points = append(points, point{t, p.Lat, p.Lon, w * t.local[k]})
				}
			}
		}
		for _, t := range names {
			if len(t.rows) < 2 {
				continue
			}
			score := make([]float64, len(t.rows))
			for k, h := range t.homes {
				own := func(level func(home) int32, local bool) float64 {
					if level(h) < 0 {
						return 0
					}
					sum := 0.0
					for j, o := range t.homes {
						if w := t.weight * t.share[j]; level(o) == level(h) && w >= 0.02 {
							if local {
								w *= t.local[j]
							}
							sum += w
						}
					}
					return sum
				}
				s := t.prior[k]
				if h.land >= 0 && g.places[t.rows[k]].kind < country {
					s += landPull * pull(lands[h.land]-own(func(h home) int32 { return h.land }, false))
				}
				if h.region >= 0 && g.places[t.rows[k]].kind <= region {
					s += regionPull * pull(regions[h.region]-own(func(h home) int32 { return h.region }, true))
				}
				if h.county >= 0 {
					s += countyPull * pull(counties[h.county]-own(func(h home) int32 { return h.county }, true))
				}
				if p := &g.places[t.rows[k]]; p.kind <= natural {
					s += nearPull * pull(nearby(points, t, p))
				}
				score[k] = s
			}
			softmax(score, t.share)
		}
	}
}

// pull grows with the evidence, more and more slowly.
func pull(evidence float64) float64 {
	if evidence <= 0 {
		return 0
	}
	return min(math.Log2(1+evidence), mostPull)
}

type point struct {
	t        *toponym
	lat, lon float64
	w        float64
}

func nearby(points []point, t *toponym, p *Place) float64 {
	sum := 0.0
	for _, o := range points {
		if o.t == t {
			continue
		}
		if km := apart(o.lat, o.lon, p.Lat, p.Lon); km < nearKm {
			sum += o.w * (1 - km/nearKm)
		}
	}
	return sum
}

// apart is the distance in kilometres, near enough for short ones.
func apart(lat1, lon1, lat2, lon2 float64) float64 {
	dlon := math.Abs(lon1 - lon2)
	if dlon > 180 {
		dlon = 360 - dlon
	}
	return 111.2 * math.Hypot(lat1-lat2, dlon*math.Cos((lat1+lat2)*math.Pi/360))
}

func softmax(score, share []float64) {
	top := slices.Max(score)
	sum := 0.0
	for k, s := range score {
		share[k] = math.Exp(certainty * (s - top))
		sum += share[k]
	}
	for k := range share {
		share[k] /= sum
	}
}

// prepare finds what a name may mean, and how likely that is without context.
func (g *gazetteer) prepare(t *toponym) {
	t.rows = g.distinct(t.rows)
	if len(t.rows) > mostRows {
		slices.SortStableFunc(t.rows, func(a, b int32) int { return sign(g.places[b].weight() - g.places[a].weight()) })
		t.rows = t.rows[:mostRows]
	}
	t.prior, t.share, t.local = make([]float64, len(t.rows)), make([]float64, len(t.rows)), make([]float64, len(t.rows))
	for k, i := range t.rows {
		p := &g.places[i]
		t.prior[k] = p.weight()
		t.local[k] = 1
		if p.kind == county && t.key != "" && bareCounty(p.Name, t.key) {
			t.prior[k] -= countyBare
		}
		if p.kind == capital || p.kind <= seat && p.Population > great {
			t.local[k] = greatLocal
		}
		if p.kind == region && slices.ContainsFunc(t.rows, func(j int32) bool { return g.namesake(&g.places[j], p) }) {
			t.prior[k] -= regionLess
		}
		if t.fixed {
			t.prior[k] *= frameFlat
		}
		t.homes = append(t.homes, g.homeOf(i))
		if p.kind == region && t.outranked(g, p) && p.Population > 2_000_000 {
			// Georgia: the country is the likelier, but a large state of the name is
			// what the papers around it mean.
			t.prior[k] = g.top(t) - stateLess
		}
	}
	for k, i := range t.rows {
		if t.ruled && g.places[i].kind == region {
			t.prior[k] = max(t.prior[k], g.top(t)+regionMore)
		}
	}
	if len(t.rows) > 0 {
		softmax(t.prior, t.share)
	}
}

// top is the weight of the likeliest without context.
func (g *gazetteer) top(t *toponym) float64 {
	top := 0.0
	for _, i := range t.rows {
		top = max(top, g.places[i].weight())
	}
	return top
}

// outranked reports whether a country goes by the name too.
func (t *toponym) outranked(g *gazetteer, p *Place) bool {
	for _, i := range t.rows {
		if q := &g.places[i]; q.kind == country && q.Country != p.Country {
			return true
		}
	}
	return false
}

func sign(f float64) int {
	switch {
	case f < 0:
		return -1
	case f > 0:
		return 1
	}
	return 0
}

// distinct puts the areas for the rows that they are, and leaves out doubles.
func (g *gazetteer) distinct(rows []int32) []int32 {
	out := make([]int32, 0, len(rows))
	for _, i := range rows {
		if same, ok := g.merged[i]; ok {
			i = same
		}
		if !slices.Contains(out, i) {
			out = append(out, i)
		}
	}
	return out
}

func (g *gazetteer) homeOf(i int32) home {
	h := home{-1, g.regionOf(i), g.countyOf(i)}
	if c, ok := g.higher[g.places[i].Country]; ok {
		h.land = c
	}
	return h
}

// best is the index in rows of the likeliest.
func (t *toponym) best() int {
	best := 0
	for k := range t.share {
		if t.share[k] > t.share[best] {
			best = k
		}
	}
	return best
}

// toponyms gathers the article's names of places, each with its mentions. A name
// whose mentions the text places differently ("Paris, Texas, … Paris, France") is two.
func (d *document) toponyms() []*toponym {
	var all []*toponym
	byKey := map[string]*toponym{}
	told := map[string]int{}
	var open []*candidate
	in, narrowed := map[*candidate][]int32{}, map[*token][]int32{}
	for _, c := range d.cands {
		if !c.dropped && c.kind == news.Place && len(c.places) > 0 && len(in) < mostToponyms {
			if rows, by := d.qualified(c, d.gaz.distinct(c.places)); rows != nil {
				in[c], narrowed[&c.f.toks[c.last+1]] = rows, by
			}
		}
	}
	for _, c := range d.cands {
		if c.dropped || c.kind != news.Place || len(c.places) == 0 || len(all) >= mostToponyms {
			continue
		}
		rows := d.gaz.distinct(c.places)
		if c.form == news.FormDemonym {
			rows = rows[:1]
		}
		by := narrowed[&c.f.toks[c.first]]
		if in[c] == nil && by == nil && c.form == "" && len(rows) > 1 {
			open = append(open, c)
			continue
		}
		key := c.key + "\x00" + c.form
		if in[c] != nil {
			rows = in[c]
		} else if by != nil && c.form == "" {
			rows = by // the New York of "Buffalo, New York"
		}
		if in[c] != nil || by != nil {
			key += strconv.Itoa(int(rows[0]))
		}
		t := byKey[key]
		if t == nil {
			t = &toponym{key: c.key, rows: rows, told: in[c] != nil}
			byKey[key] = t
			all = append(all, t)
			if t.told {
				told[c.key]++
			}
		}
		t.cands = append(t.cands, c)
	}
	for _, c := range open {
		key := c.key + "\x00"
		if told[c.key] == 1 {
			for _, t := range all {
				if t.told && t.key == c.key {
					t.cands = append(t.cands, c)
				}
			}
			continue
		}
		t := byKey[key]
		if t == nil {
			t = &toponym{key: c.key, rows: append(d.gaz.distinct(c.places), d.gaz.bareCounties(c)...)}
			byKey[key] = t
			all = append(all, t)
		}
		t.cands = append(t.cands, c)
	}
	for _, t := range all {
		t.ruled = d.ruled(t)
		t.weight = min(1+0.25*float64(len(t.cands)-1), 2)
	}
	return all
}

// qualified are those of the rows that lie in what the text names behind the
// mention: "Paris, Texas", "Springfield (Ill.)", "Dublin, Laurens County"; nil
// if it says nothing of them. The second result are what that names.
func (d *document) qualified(c *candidate, rows []int32) (out, by []int32) {
	toks := c.f.toks
	k := c.last + 1
	if k >= len(toks) || !toks[k].capital || toks[k].gap != gapComma && toks[k].gap != gapParen {
		return nil, nil
	}
	within := d.gaz.shortDivisions(&toks[k])
	if within == nil {
		within, _ = d.gaz.names.longest(toks, k, func(n int) bool { return toks[k+n-1].capital })
	}
	for _, i := range rows {
		for _, j := range within {
			if j = d.gaz.distinct([]int32{j})[0]; i == j || d.gaz.places[j].kind <= capital || d.gaz.places[i].kind >= d.gaz.places[j].kind || !d.gaz.within(i, j) {
				continue
			}
			if !slices.Contains(out, i) {
				out = append(out, i)
			}
			if !slices.Contains(by, j) {
				by = append(by, j)
			}
		}
	}
	return out, by
}

// backdrop are what the article's frame says about where it plays: the outlet's
// name and address, the country of its language, the dateline.
func (d *document) backdrop() []*toponym {
	var all []*toponym
	if d.a.Outlet != nil {
		for _, rows := range d.gaz.outletPlaces(d.a.Outlet.Name, d.lex) {
			all = append(all, &toponym{rows: rows, weight: outletShare, fixed: true})
		}
	}
	if len(all) == 0 {
		if rows := d.gaz.hostPlaces(d.a.URL); rows != nil {
			all = append(all, &toponym{rows: rows, weight: outletShare, fixed: true})
		}
	}
	all = append(all, d.homes.around(d.a)...)
	for _, land := range []string{landOfTag(d.a.Language), landOfHost(d.a.URL)} {
		if i, ok := d.gaz.higher[land]; ok && land != "" {
			all = append(all, &toponym{rows: []int32{i}, weight: tongueShare, fixed: true})
		}
	}
	if rows := d.gaz.datelinePlaces(d.a.Dateline, d.lex); rows != nil {
		all = append(all, &toponym{rows: rows, weight: datedShare, fixed: true})
	}
	return all
}

// landOfTag is the country in a language's tag ("en-GB"). "en-US" says nothing: it
// is what publishing systems write if nobody sets them.
func landOfTag(tag string) string {
	if _, land, ok := strings.Cut(tag, "-"); ok && len(land) == 2 && !strings.EqualFold(land, "US") {
		return strings.ToUpper(land)
	}
	return ""
}

// bareCounties are the counties of the United States that a paper there may mean
// without saying County: "schools in DeKalb".
func (g *gazetteer) bareCounties(c *candidate) []int32 {
	for _, i := range c.places {
		if p := &g.places[i]; p.kind >= region || p.Country == "GB" || p.Population > great {
			return nil
		}
	}
	var out []int32
	for _, i := range g.names.find(c.key + " county") {
		if g.places[i].kind == county && g.places[i].Country == "US" {
			out = append(out, i)
		}
	}
	return out
}

// bareCounty reports whether the county is called by its name alone.
func bareCounty(name, key string) bool {
	return len(name) > len(key)+6 && strings.HasSuffix(name, " County")
}
