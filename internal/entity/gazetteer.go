package entity

import (
	"bufio"
	_ "embed"
	"math"
	"strconv"
	"strings"
	"sync"

	"github.com/klauspost/compress/zstd"

	"backfile/internal/news"
	"backfile/internal/text"
)

var (
	//go:embed lists/countries.txt
	countriesTable string
	//go:embed lists/regions.txt
	regionsTable string
	//go:embed lists/areas.txt
	areasTable string
	//go:embed lists/towns.txt
	townsTable string
	//go:embed lists/places.tsv.zst
	placesTable []byte
	//go:embed lists/foreign.tsv.zst
	foreignTable []byte
)

// placeKind says what a place of the gazetteer is.
type placeKind uint8

const (
	town    placeKind = iota
	seat              // a town that is the seat of a first-level region
	capital           // a country's capital
	region            // a first-level division of a country
	area              // a continent, sea, wide region, river, seat of power
	country
)

// Place is a row of the gazetteer.
type Place struct {
	// ID is stable: an ISO 3166-1 code for a country, GeoNames' own code for a
	// region ("GB.SCT"), its number for a town, "x:" and a word for the rest.
	ID string
	// Name is the common English name.
	Name string
	// Country is an ISO 3166-1 alpha-2 code, "" for what lies in no one country.
	Country string
	// Lat and Lon are degrees, WGS 84.
	Lat, Lon float64
	// Population is 0 where it is not known.
	Population int

	kind    placeKind
	region  string // the first-level division's code within the country
	aliases []string
}

// EntityID is the id under which the archive knows the place.
func (p *Place) EntityID() news.EntityID { return news.NewEntityID(news.Place, "gaz:"+p.ID) }

// gazetteer is the tables ready for use. It is read only once made.
type gazetteer struct {
	places []Place
	// names leads from a folded name to the places of that name.
	names *phrases[[]int32]
	// demonyms leads from "ukrainian" and "ukrainians" to the place.
	demonyms *phrases[int32]
	// foreign has names of countries in other languages, by language.
	foreign map[string]*phrases[int32]
	byID    map[string]int32
	entity  func() map[news.EntityID]int32
}

var theGazetteer = sync.OnceValue(loadGazetteer)

func loadGazetteer() *gazetteer {
	g := &gazetteer{
		places:   make([]Place, 0, 56_000),
		names:    newPhrases[[]int32](64_000),
		demonyms: newPhrases[int32](800),
		foreign:  map[string]*phrases[int32]{},
		byID:     make(map[string]int32, 56_000),
	}
	for f := range rows(countriesTable, "|", 7) {
		i := g.add(Place{ID: f[0], Name: f[1], Country: f[0], Lat: number(f[5]), Lon: number(f[6]), kind: country})
		g.alias(i, f[2])
		g.people(i, f[3])
		g.people(i, f[4])
	}
	for f := range rows(areasTable, "|", 7) {
		i := g.add(Place{ID: f[0], Name: f[1], Country: f[3], Lat: number(f[4]), Lon: number(f[5]), kind: area})
		g.alias(i, f[2])
		g.people(i, f[6])
	}
	for f := range rows(unpack(placesTable), "\t", 8) {
		population, _ := strconv.Atoi(f[5])
		g.add(Place{ID: f[0], Name: f[2], Country: f[3], Lat: number(f[6]), Lon: number(f[7]),
			Population: population, kind: kindOf(f[1]), region: f[4]})
	}
	for f := range rows(regionsTable, "|", 3) {
		if i, ok := g.byID[f[0]]; ok {
			g.alias(i, f[1])
			g.people(i, f[2])
		}
	}
	for f := range rows(townsTable, "|", 3) {
		if i, ok := g.largest(text.Fold(f[0]), f[1]); ok {
			g.alias(i, f[2])
		}
	}
	for f := range rows(unpack(foreignTable), "\t", 3) {
		if i, ok := g.byID[f[1]]; ok {
			if g.foreign[f[0]] == nil {
				g.foreign[f[0]] = newPhrases[int32](300)
			}
			g.foreign[f[0]].put(quickFold(f[2]), i)
		}
	}
	g.entity = sync.OnceValue(func() map[news.EntityID]int32 {
		m := make(map[news.EntityID]int32, len(g.places))
		for i := range g.places {
			m[g.places[i].EntityID()] = int32(i)
		}
		return m
	})
	return g
}

func kindOf(letter string) placeKind {
	switch letter {
	case "C":
		return capital
	case "A":
		return seat
	case "R":
		return region
	}
	return town
}

func (g *gazetteer) add(p Place) int32 {
	i := int32(len(g.places))
	g.places = append(g.places, p)
	g.byID[p.ID] = i
	g.name(i, p.Name)
	return i
}

func (g *gazetteer) name(i int32, name string) {
	fold := quickFold(name)
	if p := &g.places[i]; p.kind == region && generic(fold) {
		return
	} else if p.kind <= capital && p.Population > 50_000 {
		// "Al Fallūjah" is Fallujah to the news.
		if head, tail, ok := strings.Cut(fold, " "); ok && articles[head] && len(tail) > 3 && !strings.Contains(tail, " ") {
			g.names.put(tail, append(g.names.full[tail], i))
		}
	}
	for _, have := range g.names.full[fold] {
		if have == i {
			return
		}
	}
	g.names.put(fold, append(g.names.full[fold], i))
}

// articles stand before the names of Arabic towns.
var articles = words(`al ar as an ad az ash at el`)

// generic reports whether a region's name is only a direction or a word like
// "Central": the tables have such regions, and news means others by them.
func generic(fold string) bool {
	for w := range strings.FieldsSeq(fold) {
		if !genericWords[w] {
			return false
		}
	}
	return true
}

var genericWords = words(`north south east west northern southern eastern western central centre center north-east northeast northwest southeast southwest
	the coast coastal littoral capital upper lower est ouest nord sud centro norte sur este oeste region district province city state plateau lakes
	river rivers highland highlands islands island federal metropolitan national saint mountain valley plains green may union liberty independence
	delta cross bay marches lake rift hills`)

// alias adds names parted by commas.
func (g *gazetteer) alias(i int32, names string) {
	for n := range strings.SplitSeq(names, ", ") {
		if n = strings.TrimPrefix(n, "the "); n != "" {
			g.name(i, n)
			g.places[i].aliases = append(g.places[i].aliases, n)
		}
	}
}

func (g *gazetteer) people(i int32, names string) {
	for n := range strings.SplitSeq(names, ", ") {
		if fold := text.Fold(n); fold != "" {
			if _, taken := g.demonyms.full[fold]; !taken {
				g.demonyms.put(fold, i)
			}
		}
	}
}

// largest is the place of that folded name and country with most people.
func (g *gazetteer) largest(fold, country string) (int32, bool) {
	best := int32(-1)
	for _, i := range g.names.full[fold] {
		p := &g.places[i]
		if p.Country == country && p.kind != region && (best < 0 || p.Population > g.places[best].Population) {
			best = i
		}
	}
	return best, best >= 0
}

// weight says how likely a name without context means the place: the logarithm
// of its people, and more for what stands higher.
func (p *Place) weight() float64 {
	w := math.Log10(float64(p.Population) + 10)
	switch p.kind {
	case country:
		return 11
	case area:
		return 9.5
	case capital:
		return w + 1.2
	case region:
		return w + 0.4
	case seat:
		return w + 0.4
	}
	return w
}

// quickFold is text.Fold, quicker for a plain name.
func quickFold(s string) string {
	for i := range len(s) {
		c := s[i]
		if !('a' <= c && c <= 'z' || 'A' <= c && c <= 'Z' || c == ' ') {
			return text.Fold(s)
		}
	}
	return strings.ToLower(s)
}

func number(s string) float64 {
	f, _ := strconv.ParseFloat(s, 64)
	return f
}

// rows yields the lines of a table, cut into n fields; lines of other numbers
// of fields, and those that begin with #, are left out.
func rows(table, sep string, n int) func(yield func([]string) bool) {
	return func(yield func([]string) bool) {
		f := make([]string, n)
		for line := range strings.SplitSeq(table, "\n") {
			if line == "" || line[0] == '#' {
				continue
			}
			rest, k := line, 0
			for ; k < n-1; k++ {
				head, tail, ok := strings.Cut(rest, sep)
				if !ok {
					break
				}
				f[k], rest = head, tail
			}
			f[k] = rest
			if k == n-1 && !yield(f) {
				return
			}
		}
	}
}

// unpack decodes an embedded table. A damaged one is a broken build, which the
// tests find: it reads as empty.
func unpack(b []byte) string {
	r, err := zstd.NewReader(nil, zstd.WithDecoderConcurrency(1))
	if err != nil {
		return ""
	}
	defer r.Close()
	out, err := r.DecodeAll(b, nil)
	if err != nil {
		return ""
	}
	return string(out)
}

// lines yields the lines of a table that are neither empty nor a comment.
func lines(table string) func(yield func(string) bool) {
	return func(yield func(string) bool) {
		for sc := bufio.NewScanner(strings.NewReader(table)); sc.Scan(); {
			if l := sc.Text(); l != "" && l[0] != '#' && !yield(l) {
				return
			}
		}
	}
}
