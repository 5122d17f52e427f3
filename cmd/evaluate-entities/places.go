package main

import (
	"encoding/xml"
	"fmt"
	"io"
	"math"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"backfile/internal/entity"
	"backfile/internal/measured"
	"backfile/internal/news"
)

// near is how far off, in kilometres, a place may be put: 100 miles, the measure
// of the literature.
const near = 161

// lgl is the layout of the Local-Global Lexicon.
type lgl struct {
	Articles []struct {
		Domain   string    `xml:"domain"`
		Text     string    `xml:"text"`
		Toponyms []toponym `xml:"toponyms>toponym"`
	} `xml:"article"`
}

type toponym struct {
	Start  int    `xml:"start"`
	End    int    `xml:"end"`
	Phrase string `xml:"phrase"`
	Tag    *struct {
		Name    string  `xml:"name"`
		Lat     float64 `xml:"lat"`
		Lon     float64 `xml:"lon"`
		Country string  `xml:"country"`
		Region  string  `xml:"admin1"`
	} `xml:"gaztag"`
}

// measurePlaces prints how well the places of a corpus are put on the map: the
// gold names given, by the names' context; and end to end, names found by
// ourselves. Both know the outlet's address, as an archive does; the given ones
// also without it, and with what the outlet's other articles write of.
func measurePlaces(out io.Writer, path string, u *entity.Understander, shown int) ([]measured.Figure, error) {
	b, err := os.ReadFile(path)
	if err != nil {
		return nil, err
	}
	var l lgl
	if err := xml.Unmarshal(b, &l); err != nil {
		return nil, fmt.Errorf("%s: %w", path, err)
	}
	var given, alone, beat, whole tallyPlaces
	var homes [2]entity.Homes
	turn := map[string]int{}
	var read []located
	missed, misplaced, wrong := map[string]int{}, map[string]int{}, map[string]int{}
	for _, doc := range l.Articles {
		a := news.Article{Body: doc.Text, Language: "en", URL: "https://" + doc.Domain + "/"}
		runes := offsets(doc.Text)
		var names []news.Mention
		var gold []toponym
		for _, t := range doc.Toponyms {
			if t.Tag != nil && t.Start < len(runes) && t.End <= len(runes) {
				end := len(doc.Text)
				if t.End < len(runes) {
					end = runes[t.End]
				}
				names = append(names, news.Mention{Start: runes[t.Start], End: end})
				gold = append(gold, t)
			}
		}
		for i, e := range u.Locate(&a, names) {
			if !given.add(e, gold[i]) {
				wrong[fmt.Sprintf("%s: %s %s, not %s %s (%s)", gold[i].Phrase, e.Name, e.Country, gold[i].Tag.Name, gold[i].Tag.Region, doc.Domain)]++
			}
		}
		plain := a
		u.Recognise(&a)
		half := turn[doc.Domain] % 2
		turn[doc.Domain]++
		homes[half].Observe(&a)
		read = append(read, located{plain, names, gold, half})
		places := map[news.EntityID]news.Entity{}
		for _, p := range a.Places {
			places[p.ID] = p
		}
		at := map[int]news.Mention{}
		for _, m := range a.Mentions {
			if m.Kind == news.Place && (m.Field == "" || m.Field == news.FieldBody) {
				at[m.Start] = m
			}
		}
		for i, t := range gold {
			m, ok := at[names[i].Start]
			if !ok {
				missed[t.Phrase]++
				whole.gold++
				continue
			}
			p := places[m.Entity]
			if m.Form == news.FormDemonym {
				p = entity.Located(m.Entity)
			}
			if !whole.add(p, t) && p.Lat != nil {
				misplaced[fmt.Sprintf("%s: %s %s", t.Phrase, p.Name, p.Country)]++
			}
		}
	}
	// Each half of an outlet's articles is read again, with what the other half says
	// of where the outlet is at home.
	for _, d := range read {
		bare := d.a
		bare.URL = ""
		for i, e := range u.Locate(&bare, d.names) {
			alone.add(e, d.gold[i])
		}
		for i, e := range entity.NewAtHome(&homes[1-d.half]).Locate(&d.a, d.names) {
			beat.add(e, d.gold[i])
		}
	}
	name := filepath.Base(path)
	fmt.Fprintf(out, "%-28s %d names given: %s\n", name, given.gold, given)
	fmt.Fprintf(out, "%-28s without the outlet's address: %s\n", name, alone)
	fmt.Fprintf(out, "%-28s knowing the outlet's other articles: %s\n", name, beat)
	fmt.Fprintf(out, "%-28s end to end: %.3f found and placed, %.3f of these within %d km, %.3f of all\n", name, share(whole.placed, whole.gold), share(whole.near, whole.placed), near, share(whole.near, whole.gold))
	commonest(out, "given", wrong, shown)
	commonest(out, "misplaced", misplaced, shown)
	commonest(out, "missed", missed, shown)
	return []measured.Figure{measured.Of(name, "given", share(given.near, given.gold)), measured.Of(name, "given-alone", share(alone.near, alone.gold)), measured.Of(name, "given-country", share(given.country, given.landed)),
		measured.Of(name, "given-beat", share(beat.near, beat.gold)), measured.Of(name, "whole", share(whole.near, whole.gold)), measured.Of(name, "whole-near", share(whole.near, whole.placed))}, nil
}

// located is an article with its gold names of places.
type located struct {
	a     news.Article
	names []news.Mention
	gold  []toponym
	half  int
}

// tallyPlaces counts how far off places are put.
type tallyPlaces struct {
	gold, placed, near, country, landed int
	errors                              []float64
}

// add counts one and reports whether it is near enough.
func (t *tallyPlaces) add(e news.Entity, gold toponym) bool {
	t.gold++
	land := entity.LookUp(gold.Tag.Country, "").CountryCode()
	if gold.Tag.Country != "" {
		t.landed++
	}
	if e.Lat == nil || e.Lon == nil {
		return false
	}
	t.placed++
	km := distance(*e.Lat, *e.Lon, gold.Tag.Lat, gold.Tag.Lon)
	t.errors = append(t.errors, km)
	if land != "" && strings.EqualFold(land, e.Country) {
		t.country++
	}
	if km <= near {
		t.near++
		return true
	}
	return false
}

func (t tallyPlaces) String() string {
	slices.Sort(t.errors)
	mean, median := 0.0, 0.0
	for _, e := range t.errors {
		mean += e / float64(len(t.errors))
	}
	if len(t.errors) > 0 {
		median = t.errors[len(t.errors)/2]
	}
	return fmt.Sprintf("%.3f within %d km, %.3f placed, country right in %.3f, off by %.0f km in the mean, %.1f in the median",
		share(t.near, t.gold), near, share(t.placed, t.gold), share(t.country, t.landed), mean, median)
}

// offsets leads from characters to bytes.
func offsets(s string) []int {
	var out []int
	for i := range s {
		out = append(out, i)
	}
	return out
}

// distance is along the great circle, in kilometres.
func distance(lat1, lon1, lat2, lon2 float64) float64 {
	const radius = 6371
	r := math.Pi / 180
	a := math.Pow(math.Sin((lat2-lat1)*r/2), 2) + math.Cos(lat1*r)*math.Cos(lat2*r)*math.Pow(math.Sin((lon2-lon1)*r/2), 2)
	return 2 * radius * math.Asin(math.Sqrt(a))
}
