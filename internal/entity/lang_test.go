package entity

import (
	"testing"

	"backfile/internal/entity/gold"
	"backfile/internal/news"
)

// TestTonguesAreKnown checks that what the lists say of places is in the gazetteer.
func TestTonguesAreKnown(t *testing.T) {
	for _, code := range tongues {
		l := theTongue(code)
		if len(l.unknown) > 0 {
			t.Errorf("%s: the gazetteer does not know %q", code, l.unknown)
		}
		if len(l.places.full) < 30 || len(l.demonyms.full) < 30 || len(l.bodies.full) < 5 || len(l.openers) < 30 || len(l.roles) < 30 {
			t.Errorf("%s: the list is short: %d places, %d demonyms, %d bodies, %d openers, %d roles", code, len(l.places.full), len(l.demonyms.full), len(l.bodies.full), len(l.openers), len(l.roles))
		}
	}
}

// languageFloors are what each language must keep on its articles of our own: F1 of
// persons and places, the precision of both, and the share of quotations with the right
// speaker.
var languageFloors = map[string]map[string]float64{
	"fr": {"person": .95, "place": .98, "precision": .98, "speaker": .60, "not wrong": .99},
	"it": {"person": .97, "place": .92, "precision": .95, "speaker": .50, "not wrong": .99},
	"nl": {"person": .97, "place": .97, "precision": .98, "speaker": .70, "not wrong": .99},
	"pt": {"person": .94, "place": .93, "precision": .98, "speaker": .70, "not wrong": .99},
}

func TestLanguages(t *testing.T) {
	articles, err := gold.ReadDir("testdata/languages")
	if err != nil {
		t.Fatal(err)
	}
	of := map[string][]*gold.Article{}
	for _, a := range articles {
		of[a.News.Language] = append(of[a.News.Language], a)
	}
	for _, code := range []string{"fr", "it", "nl", "pt"} {
		s := gold.Measure(New(), of[code], false)
		person, place := s.Names[news.Person], s.Names[news.Place]
		got := map[string]float64{
			"person": person.F1(), "place": place.F1(), "precision": min(person.Precision(), place.Precision()),
			"speaker": float64(s.Right) / float64(max(s.Spoken, 1)), "not wrong": 1 - float64(s.Wrong)/float64(max(s.Spoken+s.Silent, 1)),
			"demonyms": s.Forms[news.FormDemonym].F1(),
		}
		for name, floor := range languageFloors[code] {
			if got[name] < floor {
				t.Errorf("%s: %s is %.3f, and must be %.3f", code, name, got[name], floor)
			}
		}
		t.Logf("%s: %d articles: %v", code, s.Articles, got)
		s.Print(t.Output())
		if testing.Verbose() {
			s.PrintErrors(t.Output())
		}
	}
}
