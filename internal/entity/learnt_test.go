package entity

import (
	"slices"
	"strings"
	"testing"

	"backfile/internal/entity/tagger"
	"backfile/internal/news"
	"backfile/internal/text"
)

// TestLearnt reads sentences whose names only their company gives away, and cases
// that the rules and the model share.
func TestLearnt(t *testing.T) {
	for _, tc := range []struct{ name, body, persons, places, orgs string }{
		{"unknown names", "Officials in Vistrova said Qetsuri Vabadze, a farmer, had been found near the village of Orlatova.",
			"Qetsuri Vabadze", "Vistrova; Orlatova", ""},
		{"somebody addressed", "Lord Provost Watt presided. Mrs. Isbister thanked him.", "Watt; Isbister", "", ""},
		{"bodies on the list", "It is for the Organisation for Security and Co-operation in Europe to say.", "", "", "Organisation for Security and Co-operation in Europe"},
		{"two bodies in a row", "Members of the Women’s Institute and the Fishermen’s Trust came.", "", "", "Women’s Institute; Fishermen’s Trust"},
		{"ships and docks", "HMS Sheffield lay in Alexandra Dock.", "", "", ""},
		{"towns that are family names", "Two lifeboats from Wick were late.", "", "Wick", ""},
		{"seats of power", "The Kremlin denied it. Reporters waited outside the Kremlin.", "", "Kremlin", "Kremlin"},
	} {
		t.Run(tc.name, func(t *testing.T) {
			a := news.Article{Body: tc.body, Language: "en"}
			New().Recognise(&a)
			check(t, &a)
			for _, k := range []struct {
				kind news.Kind
				want string
			}{{news.Person, tc.persons}, {news.Place, tc.places}, {news.Organisation, tc.orgs}} {
				if got, want := names(a.Entities(k.kind)), split(k.want); !slices.Equal(got, want) {
					t.Errorf("%s = %q, want %q", k.kind.Plural(), got, want)
				}
			}
		})
	}
}

// TestLearntEnglishAlone holds that the model keeps out of other languages.
func TestLearntEnglishAlone(t *testing.T) {
	a := news.Article{Body: "Der Vorsitzende Qetsuri war nicht in Tolmachevo.", Language: "de"}
	d := newDocument(&a)
	d.scan()
	before := slices.Clone(d.cands)
	d.learn()
	if !slices.Equal(before, d.cands) {
		t.Error("learn changed an article in German")
	}
}

func TestLearntSets(t *testing.T) {
	if got := Learnt(); !slices.Contains(got, "wikigold.conll") || slices.Contains(got, "gmb-dev") {
		t.Errorf("Learnt() = %q", got)
	}
}

func TestSplits(t *testing.T) {
	f := newField("", "The Harbour Board and the Pier Trust met Marks and Spencer", theLexicon())
	if !splits(f.toks, 1, 6) {
		t.Error("two bodies are one")
	}
	if splits(f.toks, 8, 10) {
		t.Error("one firm is two")
	}
}

// BenchmarkUnderstand reads an article and says how many words a second that is.
func BenchmarkUnderstand(b *testing.B) {
	body := strings.Repeat("Provost Morag Tulloch told the council in Kirkwall on Tuesday that Britain, France and the United States had agreed.\n\n“There will be no more delay,” she said. Ms Tulloch, 52, was answering Peter Groat of the Orkney Harbours Board, who had warned that Moscow would object to the plan for the northern port.\n\n", 8)
	u := New()
	Warm()
	words := text.Words(body)
	for b.Loop() {
		a := news.Article{Headline: "Tulloch promises an end to delay at the harbour", Body: body, Language: "en"}
		u.Recognise(&a)
	}
	b.ReportMetric(float64(words*b.N)/b.Elapsed().Seconds(), "words/s")
}

// BenchmarkModel is the time that the model takes to load.
func BenchmarkModel(b *testing.B) {
	for b.Loop() {
		classes, err := tagger.LoadClasses(classesTable)
		if err != nil {
			b.Fatal(err)
		}
		if _, err := tagger.Load(modelTable, classes); err != nil {
			b.Fatal(err)
		}
	}
}

func TestBound(t *testing.T) {
	f := newField("", "He met Annemarie van der Laan. Mr van den Bergh: “Jan Smit” of la Cruz", theLexicon())
	at := func(w string) int {
		for i, k := range f.toks {
			if k.fold == w {
				return i
			}
		}
		t.Fatalf("no word %q", w)
		return 0
	}
	in := []tagger.Span{{Kind: tagger.Person, First: at("annemarie"), Last: at("annemarie")}, {Kind: tagger.Person, First: at("bergh"), Last: at("smit")}}
	var got []string
	for _, s := range bound(f, in) {
		got = append(got, f.text[f.toks[s.First].start:f.toks[s.Last].end])
	}
	if g, want := strings.Join(got, "|"), "Annemarie van der Laan|van den Bergh|Jan Smit"; g != want {
		t.Errorf("bound = %q, want %q", g, want)
	}
}
