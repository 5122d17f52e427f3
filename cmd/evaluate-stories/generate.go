package main

import (
	"fmt"
	"math/rand/v2"
	"strings"
	"time"

	"backfile/internal/news"
)

// kindOf is a kind of event and the sentences that tell of it.
type kindOf struct {
	name                                             string
	headlines, leads, details, later, quotes, around []string
	singles                                          []string
}

func kindsOfEvents() ([]kindOf, error) {
	b, err := handMade.ReadFile("testdata/events.txt")
	if err != nil {
		return nil, err
	}
	var out []kindOf
	for n, line := range strings.Split(string(b), "\n") {
		if line == "" || line[0] == '#' {
			continue
		}
		if name, ok := strings.CutPrefix(line, "== "); ok {
			out = append(out, kindOf{name: name})
			continue
		}
		k := &out[len(out)-1]
		to := map[byte]*[]string{'H': &k.headlines, 'L': &k.leads, 'D': &k.details, 'F': &k.later, 'Q': &k.quotes, 'B': &k.around, 'S': &k.singles}[line[0]]
		if to == nil {
			return nil, fmt.Errorf("events.txt:%d: no sentence of an event", n+1)
		}
		*to = append(*to, line[2:])
	}
	return out, nil
}

// world makes events, and who and what they are about. Towns, persons and firms come
// again in other events, some of them often.
type world struct {
	r                                     *rand.Rand
	kinds                                 []kindOf
	towns, spots, persons, firms, outlets []string
	out                                   []told
	events                                int
}

const (
	townNames = `Aberdeen Bath Bedford Belfast Blackburn Bolton Bradford Brighton Bristol Cambridge Canterbury Cardiff Carlisle Chester Colchester
		Coventry Crewe Derby Doncaster Dover Dundee Durham Exeter Falmouth Glasgow Gloucester Grimsby Guildford Halifax Hastings Hereford Hull Inverness
		Ipswich Kettering Lancaster Leeds Leicester Lincoln Liverpool Luton Maidstone Newcastle Northampton Norwich Nottingham Oldham Oxford Perth
		Peterborough Plymouth Preston Reading Rochdale Salisbury Scarborough Sheffield Shrewsbury Southampton Stafford Stockport Sunderland Swansea Taunton
		Truro Wakefield Warrington Whitby Worcester York`
	spotStarts = `Ash Barn Beck Bram Cold Crook Dun East Elm Fen Gorse Hag Hart Hollow Ings Keld Lark Long Mar Nether Otter Pick Quern Rook Sand Thorn Under Vix Wether Yaff`
	spotEnds   = `bottom brook by combe den field ford gate green ham holme hurst ley mere mill ness rigg side thwaite ton wath well wick`
	givenNames = `Ada Alan Alice Arthur Asha Barbara Bernard Callum Carol Clive Daniel Deepa Diana Douglas Edith Edwin Ellen Eric Fatima Fiona Frank George
		Gillian Graham Hannah Harold Helen Ian Imran Irene Jack James Janet Joan John Judith Karen Keith Kenneth Laura Leonard Lucy Malcolm Margaret Martin
		Mary Maureen Michael Nadia Neil Nora Oliver Owen Pamela Patrick Paul Priya Rachel Raymond Robert Rosa Ruth Samuel Sandra Simon Stella Stephen
		Susan Thomas Tony Ursula Valerie Victor Vivian Walter Wendy William Yusuf Zoe`
	surStarts  = `Ack Alder Bent Birk Brad Cald Clough Dew Drink Ellis Fair Fother Gar Green Hazel Hep Holm Ibbot Kirk Lang Lister Mel Mickle New Oake Padge Pick Rams Rothe Scar Shaw Stan Sut Thack Tur Ug Wain Whit Wool`
	surEnds    = `by cliffe croft den ell field gill hurst ing ley man more roy shaw son stall ston thorpe ton ward well wick worth`
	firmWorlds = `Engineering Foods Ferries Brewery Housing Museum Gallery Bank Water Coaches Textiles Chemicals Hospital College Steel Printers Insurance Dairies Shipyard Railways`
	paperNames = `Gazette Herald Courier Post Mercury Echo Argus Observer Dispatch Telegraph Star Journal`
	things     = `bakery|chapel roof|glasshouse|timber yard|paint store|grain silo|clock tower|swimming bath|lifeboat house|printing hall|toll bridge|organ|silver cup|stone lion|milk float|tractor|cattle lorry|crane|steam roller|
		blue ledger|horse box|water mill|night rosters|canteen|tea breaks|pension fund|overalls|parking charges|weekend shifts|computer system|switchboard|pumping engine|bell|tapestry|carriage clock|weather vane|
		maypole|bandstand|duck pond|fish market|tram shed|ice rink|malt house|rope works|tannery|wool exchange|glove factory|pottery|cider press|valves|springs|carpets|lamps|buttons|boats|pencils|kettles|saddles`
)

func newWorld(seed uint64) (*world, error) {
	w := &world{r: rand.New(rand.NewPCG(seed, 0x73746f72)), towns: strings.Fields(townNames)}
	var err error
	if w.kinds, err = kindsOfEvents(); err != nil {
		return nil, err
	}
	given, ss, se, fw := strings.Fields(givenNames), strings.Fields(surStarts), strings.Fields(surEnds), strings.Fields(firmWorlds)
	for range 2500 {
		w.persons = append(w.persons, w.one(given)+" "+w.one(ss)+w.one(se))
	}
	for range 700 {
		w.spots = append(w.spots, w.one(strings.Fields(spotStarts))+w.one(strings.Fields(spotEnds)))
	}
	for range 500 {
		w.firms = append(w.firms, w.one(ss)+w.one(se)+" "+w.one(fw))
	}
	for _, p := range strings.Fields(paperNames) {
		w.outlets = append(w.outlets, w.one(w.towns)+" "+p)
	}
	return w, nil
}

func (w *world) one(of []string) string { return of[w.r.IntN(len(of))] }

// often draws one of a list of which the first are drawn much more than the last.
func (w *world) often(of []string) string {
	return of[int(w.r.Float64()*w.r.Float64()*w.r.Float64()*float64(len(of)))]
}

// cast is who and what an event is about.
type cast struct {
	kind      *kindOf
	names     map[string]string
	n, m, sum int
}

func (w *world) cast() *cast {
	c := &cast{kind: &w.kinds[w.r.IntN(len(w.kinds))], n: 3 + w.r.IntN(90), m: 2 + w.r.IntN(60), sum: 1 + w.r.IntN(400)}
	var all []string
	for l := range strings.SplitSeq(things, "|") {
		all = append(all, strings.TrimSpace(l))
	}
	c.names = map[string]string{
		"town": w.one(w.towns), "other": w.one(w.towns), "spot": w.one(w.spots), "p": w.often(w.persons), "q": w.often(w.persons), "r": w.one(w.persons),
		"firm": w.often(w.firms), "thing": w.one(all),
	}
	return c
}

// fill writes a sentence of the cast, with figures as they are at that report.
func (c *cast) fill(s string, grown int) string {
	for k, v := range c.names {
		s = strings.ReplaceAll(s, "{"+k+"}", v)
	}
	s = strings.ReplaceAll(s, "{n}", fmt.Sprint(c.n+c.n*grown/4))
	s = strings.ReplaceAll(s, "{m}", fmt.Sprint(c.m+c.m*grown/5))
	return strings.ReplaceAll(s, "{sum}", fmt.Sprintf("£%d,000", c.sum*(8+grown)/8))
}

// report writes one report of the event.
func (w *world) report(c *cast, event string, at time.Time, grown int, later bool) {
	k := c.kind
	lead := w.one(k.leads)
	headline := k.headlines[w.r.IntN(min(3, len(k.headlines)))]
	if later {
		lead, headline = w.one(k.later), w.one(k.headlines)
	}
	ss := []string{c.fill(lead, grown)}
	for _, i := range w.r.Perm(len(k.details))[:2+w.r.IntN(3)] {
		ss = append(ss, c.fill(k.details[i], grown))
	}
	if w.r.IntN(3) > 0 {
		ss = append(ss, c.fill(w.one(k.quotes), grown))
	}
	if w.r.IntN(2) == 0 {
		ss = append(ss, c.fill(w.one(k.around), grown))
	}
	w.print(event, w.one(w.outlets), at, c.fill(headline, grown), ss)
}

func (w *world) print(event, outlet string, at time.Time, headline string, ss []string) {
	var b strings.Builder
	for i, s := range ss {
		if i > 0 {
			b.WriteString([]string{" ", "\n\n"}[w.r.IntN(2)])
		}
		b.WriteString(s)
	}
	w.out = append(w.out, told{event: event, article: news.Article{
		ID:        news.NewArticleID(news.Key(fmt.Sprintf("made:%d", len(w.out)))),
		Published: news.DateOf(at, news.FromGiven), Outlet: news.NewOutlet(outlet), Headline: headline, Body: b.String(), Language: "en",
	}})
}

// generate makes about n articles of so many days: two of three are of events with several
// reports, the others are alone and about the same people, firms and places.
func generate(seed uint64, n, days int) ([]told, error) {
	w, err := newWorld(seed)
	if err != nil {
		return nil, err
	}
	for len(w.out) < n {
		start := time.Date(2025, 1, 1, 5, 0, 0, 0, time.UTC).Add(time.Duration(w.r.IntN(days*24*60)) * time.Minute)
		c := w.cast()
		w.events++
		event := fmt.Sprintf("%s-%d", c.kind.name, w.events)
		reports := 1 + int(w.r.ExpFloat64()*4)
		if reports == 1 {
			event = ""
		}
		at := start
		for i := range reports {
			later := i >= 2 && w.r.IntN(3) == 0
			if i > 0 {
				at = at.Add(time.Duration(w.r.ExpFloat64()*24*60) * time.Minute)
			}
			if later && w.r.IntN(3) == 0 {
				at = at.AddDate(0, 0, 7+w.r.IntN(30))
			}
			w.report(c, event, at, i, later)
		}
		if w.r.IntN(2) == 0 {
			w.print("", w.one(w.outlets), start.Add(time.Duration(w.r.IntN(20*24)-10*24)*time.Hour), c.fill("What is new in {town}", 0),
				[]string{c.fill(w.one(c.kind.singles), 0), c.fill(w.one(c.kind.singles), 0)})
		}
	}
	w.out = w.out[:n]
	return w.out, nil
}
