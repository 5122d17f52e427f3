package main

import (
	"encoding/xml"
	"fmt"
	"io"
	"math"
	"os"
	"path/filepath"

	"backfile/internal/entity"
	"backfile/internal/news"
)

// near is how far off, in kilometres, a place may be put: 100 miles, the measure
// of the literature.
const near = 161

// lgl is the layout of the Local-Global Lexicon.
type lgl struct {
	Articles []struct {
		Text     string    `xml:"text"`
		Toponyms []toponym `xml:"toponyms>toponym"`
	} `xml:"article"`
}

type toponym struct {
	Start  int    `xml:"start"`
	End    int    `xml:"end"`
	Phrase string `xml:"phrase"`
	Tag    *struct {
		Lat float64 `xml:"lat"`
		Lon float64 `xml:"lon"`
	} `xml:"gaztag"`
}

// measurePlaces prints how many of the gold toponyms are found and, of those, how
// many are put within 161 km.
func measurePlaces(out io.Writer, path string, r entity.Recogniser, shown int) error {
	b, err := os.ReadFile(path)
	if err != nil {
		return err
	}
	var l lgl
	if err := xml.Unmarshal(b, &l); err != nil {
		return fmt.Errorf("%s: %w", path, err)
	}
	gold, found, right := 0, 0, 0
	missed, misplaced := map[string]int{}, map[string]int{}
	for _, doc := range l.Articles {
		a := news.Article{Body: doc.Text, Language: "en"}
		r.Recognise(&a)
		places := map[news.EntityID]news.Entity{}
		for _, p := range a.Places {
			places[p.ID] = p
		}
		at := map[int]news.Mention{}
		for _, m := range a.Mentions {
			if m.Kind == news.Place {
				at[m.Start] = m
			}
		}
		runes := offsets(doc.Text)
		for _, t := range doc.Toponyms {
			if t.Tag == nil || t.Start >= len(runes) {
				continue
			}
			gold++
			m, ok := at[runes[t.Start]]
			if !ok {
				missed[t.Phrase]++
				continue
			}
			p := places[m.Entity]
			if m.Form == news.FormDemonym {
				p = entity.Located(m.Entity)
			}
			if p.Lat == nil {
				continue
			}
			found++
			if distance(*p.Lat, *p.Lon, t.Tag.Lat, t.Tag.Lon) <= near {
				right++
			} else {
				misplaced[fmt.Sprintf("%s: %s %s", t.Phrase, p.Name, p.Country)]++
			}
		}
	}
	fmt.Fprintf(out, "%-28s %d toponyms, %.3f found and placed, %.3f of these within %d km\n", filepath.Base(path), gold, share(found, gold), share(right, found), near)
	commonest(out, "misplaced", misplaced, shown)
	commonest(out, "missed", missed, shown)
	return nil
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
