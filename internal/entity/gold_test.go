package entity

import (
	"os"
	"testing"

	"backfile/internal/entity/gold"
	"backfile/internal/news"
)

const goldDir = "testdata/gold"

// goldFloors are what the recogniser must reach on the articles that were marked to
// tell who is meant and who speaks; docs/understanding.md says what it does reach.
var goldFloors = map[gold.Part]map[string]float64{
	gold.Development: {"person": .94, "place": .92, "organisation": .79, "person-named": .95, "linked": .90, "quote": .97, "speaker": .86, "speaker-not-wrong": .98},
	gold.Second:      {"person": .91, "place": .83, "organisation": .73, "person-named": .94, "linked": .90, "quote": .97, "speaker": .85, "speaker-not-wrong": .965},
	gold.Held:        {"person": .92, "place": .87, "organisation": .78, "person-named": .92, "linked": .90, "quote": .98, "speaker": .77, "speaker-not-wrong": .89},
}

func TestGold(t *testing.T) {
	articles, err := gold.ReadDir(goldDir)
	if err != nil {
		t.Fatal(err)
	}
	for _, part := range gold.Parts {
		s := gold.Measure(New(), articles, part)
		for _, f := range s.Figures() {
			if floor := goldFloors[part][f.Name]; f.Value < floor {
				t.Errorf("%s: %s is %.3f, and must be %.3f", part, f.Name, f.Value, floor)
			}
		}
		s.Print(t.Output())
	}
}

// told is a recogniser that is given the spans of persons and organisations, so
// that only whom they mean, and who speaks, is measured.
type told struct{ by map[string]*gold.Article }

func (o told) Recognise(a *news.Article) {
	d := newDocument(a)
	d.scan()
	d.ships()
	d.headlands()
	d.tell(o.by[a.Headline+a.Body])
	d.weigh()
	d.people()
	d.settle()
	d.headlines()
	d.locate()
	d.organisations()
	d.roles()
	quotes := d.quotes()
	d.write(a, quotes)
}

// tell makes the marked spans of persons and organisations the candidates.
func (d *document) tell(g *gold.Article) {
	taken := map[*field]map[int]bool{}
	var cands []*candidate
	for _, f := range d.fields {
		taken[f] = map[int]bool{}
		for _, m := range g.Mentions {
			if m.Field != f.name || m.Form == news.FormRole || m.Form == news.FormPronoun {
				continue
			}
			first, last := f.tokenAt(m.Start), f.tokenAt(m.End)-1
			kind := news.Person
			if m.Entity != nil {
				kind = m.Entity.Kind
			}
			if first > last || m.Form == news.FormDemonym || kind == news.Place {
				continue
			}
			for i := first; i <= last; i++ {
				taken[f][i] = true
			}
			c := &candidate{f: f, first: first, last: last, kind: kind, org: -1, sure: true, given: last > first}
			c.key = key(f.toks, first, last)
			if i, ok := d.lex.organisations.full[c.key]; ok && kind == news.Organisation {
				c.org = i
			}
			cands = append(cands, c)
		}
	}
	for _, c := range d.cands {
		free := c.kind == news.Place
		for i := c.first; i <= c.last; i++ {
			free = free && !taken[c.f][i]
		}
		if free {
			cands = append(cands, c)
		}
	}
	d.cands = cands
	for _, f := range d.fields {
		f.cands = nil
	}
	for _, c := range d.cands {
		c.f.cands = append(c.f.cands, c)
	}
}

func TestGoldTold(t *testing.T) {
	articles, err := gold.ReadDir(goldDir)
	if err != nil {
		t.Fatal(err)
	}
	o := told{map[string]*gold.Article{}}
	for _, a := range articles {
		o.by[a.News.Headline+a.News.Body] = a
	}
	for _, part := range gold.Parts {
		s := gold.Measure(o, articles, part)
		s.Print(t.Output())
		if name := os.Getenv("GOLD_ERRORS"); name != "" && part != gold.Held {
			f, err := os.Create(name + "." + string(part))
			if err != nil {
				t.Fatal(err)
			}
			s.PrintErrors(f)
			f.Close()
		}
	}
}
