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
	//go:embed lists/former.txt
	formerTable string
	//go:embed lists/regions.txt
	regionsTable string
	//go:embed lists/areas.txt
	areasTable string
	//go:embed lists/towns.txt
	townsTable string
	//go:embed lists/places.bin.zst
	placesTable []byte
	//go:embed lists/foreign.tsv.zst
	foreignTable []byte
)

// placeKind says what a place of the gazetteer is. Higher ones are meant more
// often by a name than lower ones.
type placeKind uint8

const (
	town    placeKind = iota
	seat              // a town that is the seat of a first-level region
	capital           // a country's capital
	county            // a second-level division of a country
	natural           // a river, lake, mountain, island, sea of the generated table
	region            // a first-level division of a country
	area              // a continent, sea, wide region, river, seat of power, former country
	country
)

// Place is a row of the gazetteer.
type Place struct {
	// ID is stable: an ISO 3166-1 code for a country, GeoNames' own code for a
	// region ("GB.SCT") or county ("US.TX.453"), its number for a town, "x:" and a
	// word for the rest.
	ID string
	// Name is the common English name.
	Name string
	// Country is an ISO 3166-1 alpha-2 code, "" for what lies in no one country.
	Country string
	// Lat and Lon are degrees, WGS 84.
	Lat, Lon float64
	// Population is 0 where it is not known.
	Population int

	// at is the place's own index, up that of the place that it lies in, or -1.
	at, up int32
	kind   placeKind
	// letter is the sort of a row of the generated table, 0 for others; see
	// cmd/gazetteer. rank is a natural feature's, 0 the foremost; of a town it is its
	// fame: how many names the world has for it, as a power of two.
	letter byte
	rank   uint8
	quiet  bool
}

// EntityID is the id under which the archive knows the place.
func (p *Place) EntityID() news.EntityID { return news.NewEntityID(news.Place, "gaz:"+p.ID) }

// gazetteer is the tables ready for use. It is read only once made.
type gazetteer struct {
	places []Place
	// names leads from a folded name to the places of that name.
	names *placeNames
	// demonyms leads from "ukrainian" and "ukrainians" to the place.
	demonyms *phrases[int32]
	// foreign has names of countries and towns in other languages, by language.
	foreign map[string]*phrases[int32]
	// higher leads from codes to countries, areas and first-level regions.
	higher map[string]int32
	// aliases are the names written by hand, by place; years those of former countries.
	aliases map[int32][]string
	years   map[int32][2]int
	// also has the wide areas that a place lies in besides its chain; merged
	// leads from rows to the area that they are the same as.
	also   map[int32][]int32
	merged map[int32]int32
	// ids is a table of hashes of entity ids, each leading to an index + 1; made when
	// it is first asked.
	ids func() []uint32
}

var theGazetteer = sync.OnceValue(loadGazetteer)

func loadGazetteer() *gazetteer {
	g := &gazetteer{
		demonyms: newPhrases[int32](900),
		foreign:  map[string]*phrases[int32]{},
		higher:   make(map[string]int32, 5000),
		aliases:  make(map[int32][]string, 900),
		years:    map[int32][2]int{},
		also:     map[int32][]int32{},
		merged:   map[int32]int32{},
	}
	table := unpack(placesTable)
	b := &namesBuilder{}
	if n := countRows(table); n > 0 {
		g.places = make([]Place, 0, n+900)
		b.grow(n + n/3)
	}
	for f := range rows(countriesTable, "|", 7) {
		i := g.add(b, Place{ID: f[0], Name: f[1], Country: f[0], Lat: number(f[5]), Lon: number(f[6]), kind: country})
		g.alias(b, i, f[2])
		g.people(i, f[3])
		g.people(i, f[4])
	}
	for f := range rows(areasTable, "|", 8) {
		i := g.add(b, Place{ID: f[0], Name: f[1], Country: f[3], Lat: number(f[4]), Lon: number(f[5]), kind: area})
		g.alias(b, i, f[2])
		g.people(i, f[6])
	}
	for f := range rows(formerTable, "|", 8) {
		i := g.add(b, Place{ID: f[0], Name: f[1], Lat: number(f[5]), Lon: number(f[6]), kind: area})
		from, _ := strconv.Atoi(f[3])
		to, _ := strconv.Atoi(f[4])
		g.years[i] = [2]int{from, to}
		g.alias(b, i, f[2])
		g.people(i, f[7])
	}
	g.readTable(b, table)
	for f := range rows(regionsTable, "|", 3) {
		if i, ok := g.higher[f[0]]; ok {
			g.alias(b, i, f[1])
			g.people(i, f[2])
		}
	}
	g.names = b.build(len(g.places))
	for f := range rows(townsTable, "|", 3) {
		if i, ok := g.largest(text.Fold(f[0]), f[1]); ok {
			g.late(i, f[2])
		}
	}
	g.nest()
	g.readForeign(unpack(foreignTable))
	g.ids = sync.OnceValue(g.hashIDs)
	return g
}

// readForeign reads the names of countries and towns in other languages.
func (g *gazetteer) readForeign(table string) {
	towns := map[string]int32{}
	for f := range rows(table, "\t", 3) {
		if _, ok := g.higher[f[1]]; !ok {
			towns[f[1]] = -1
		}
	}
	for i := range g.places {
		if p := &g.places[i]; p.kind <= capital {
			if _, ok := towns[p.ID]; ok {
				towns[p.ID] = int32(i)
			}
		}
	}
	for f := range rows(table, "\t", 3) {
		i, ok := g.higher[f[1]]
		if !ok {
			if i = towns[f[1]]; i < 0 {
				continue
			}
		}
		if g.foreign[f[0]] == nil {
			g.foreign[f[0]] = newPhrases[int32](1500)
		}
		fold := quickFold(f[2])
		if _, taken := g.foreign[f[0]].full[fold]; !taken {
			g.foreign[f[0]].put(fold, i)
		}
	}
}

// add adds a place of the lists written by hand.
func (g *gazetteer) add(b *namesBuilder, p Place) int32 {
	i := int32(len(g.places))
	p.at, p.up = i, -1
	g.places = append(g.places, p)
	g.higher[p.ID] = i
	b.add(quickFold(p.Name), i)
	return i
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
	the coast coastal littoral capital upper lower est ouest nord sud centro norte sur este oeste region district province city plateau lakes
	river rivers highland highlands islands island federal metropolitan national saint mountain valley plains green may union liberty independence
	delta cross bay marches lake rift hills`)

// alias adds names parted by commas.
func (g *gazetteer) alias(b *namesBuilder, i int32, names string) {
	for n := range strings.SplitSeq(names, ", ") {
		if n = strings.TrimPrefix(n, "the "); n != "" {
			if fold := quickFold(n); fold != quickFold(g.places[i].Name) {
				b.add(fold, i)
			}
			g.aliases[i] = append(g.aliases[i], n)
		}
	}
}

// late adds names to a town that is found by one.
func (g *gazetteer) late(i int32, names string) {
	for n := range strings.SplitSeq(names, ", ") {
		if n = strings.TrimPrefix(n, "the "); n != "" {
			g.names.also(quickFold(n), i)
			g.aliases[i] = append(g.aliases[i], n)
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

// largest is the town, or other place that is no region, of that folded name and
// country with most people.
func (g *gazetteer) largest(fold, country string) (int32, bool) {
	best := int32(-1)
	for _, i := range g.names.find(fold) {
		p := &g.places[i]
		if p.Country == country && p.kind != region && p.kind != county && (best < 0 || p.Population > g.places[best].Population) {
			best = i
		}
	}
	return best, best >= 0
}

// What a town's fame adds to its weight: the world has more names for Florence in
// Tuscany than for the one in Alabama. fame is for each doubling of the names
// beyond 2 to the power of obscure.
const (
	fame        = 0.5
	obscure     = 3
	capitalFame = 1.8
)

// weight says how likely a name without context means the place: the logarithm
// of its people, and more for what is famed or stands higher.
func (p *Place) weight() float64 {
	switch p.kind {
	case country:
		return 11
	case area:
		return 9.5
	case natural:
		return 7 - 0.35*float64(p.rank)
	}
	w := math.Log10(float64(p.Population)+10) + fame*max(0, float64(p.rank)-obscure)
	switch p.kind {
	case capital:
		return w + capitalFame
	case region, seat:
		return w + 0.4
	case county:
		return w - 0.6
	}
	if p.letter == 'X' {
		return w - 0.8
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

// aliasesOf are the names of a place that were written by hand.
func (g *gazetteer) aliasesOf(p *Place) []string { return g.aliases[p.at] }
