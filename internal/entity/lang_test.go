package entity

import (
	"strings"
	"testing"
	"time"

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
		s := gold.Measure(New(), of[code], gold.Development)
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

// TestHostileTongues has texts made to keep the rules of other languages busy.
func TestHostileTongues(t *testing.T) {
	theGazetteer()
	for _, tt := range []struct{ lang, s string }{
		{"de", "Herr von der "}, {"de", "New Yorker-New "}, {"de", "Leiter Christian "}, {"de", "Deutschlands Europas "}, {"fr", "l’Union européenne des l’"}, {"fr", "M. Le "},
		{"it", "dell’Italia da Donald di "}, {"nl", "Van den "}, {"es", "Parlamento de Grecia del "}, {"pt", "Luiz Inácio da "}, {"it", "Stati "},
	} {
		a := &news.Article{Language: tt.lang, Body: strings.Repeat(tt.s, 200_000/len(tt.s))}
		start := time.Now()
		New().Recognise(a)
		if d := time.Since(start); d > 10*time.Second {
			t.Errorf("%s %q took %v", tt.lang, tt.s, d)
		} else {
			t.Logf("%s %q: %v", tt.lang, tt.s, d)
		}
	}
}

func TestTongueRules(t *testing.T) {
	tests := []struct{ name, lang, body, want string }{
		{"elided articles", "fr", "Venue d’Albi, elle parle de l’Ukraine et de l’Otan.", "place Albi; place Ukraine; organisation Otan"},
		{"titles in small letters", "it", "Il presidente Sergio Mattarella ha parlato. La signora Greco tace.", "person Sergio Mattarella; person Greco"},
		{"particles", "nl", "Volgens burgemeester Henk de Vries is het voorbij. “Ja”, zegt De Vries.", "person Henk de Vries; person De Vries"},
		{"German nouns", "de", "Regen fiel. Der Zug kam nach Ende der Reise an. Das Essen war gut.", ""},
		{"German towns that are words", "de", "Er wohnt in Essen, sie kommt aus Bremen.", "place Essen; place Bremen"},
		{"German genitives", "de", "Deutschlands Städte und Europas Flüsse", "place Deutschlands; place Europas"},
		{"German family names beside nouns", "de", "Annalena Baerbock kam. Baerbocks Posten blieb frei, die Führung Baerbock gab nach.", "person Annalena Baerbock; person Baerbock; person Baerbock"},
		{"openers", "pt", "Segundo Rui Costa, o acordo sai. Em Braga chove.", "person Rui Costa; place Braga"},
		{"things behind articles", "es", "La Plataforma asegura que no. La Plataforma añade que sí.", ""},
		{"demonyms", "es", "El delantero argentino y la prensa francesa", "demonym argentino; demonym francesa"},
		{"adjectives with capitals", "de", "Die Berliner Polizei und die ukrainische Armee", "demonym Berliner; demonym ukrainische"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			a := &news.Article{Language: tt.lang, Body: tt.body}
			New().Recognise(a)
			var got []string
			for _, m := range a.Mentions {
				kind := string(m.Kind)
				if m.Form == news.FormDemonym {
					kind = m.Form
				}
				if m.Form != news.FormPronoun && m.Form != news.FormRole {
					got = append(got, kind+" "+m.Text)
				}
			}
			if s := strings.Join(got, "; "); s != tt.want {
				t.Errorf("%q: got %q, want %q", tt.body, s, tt.want)
			}
		})
	}
}
