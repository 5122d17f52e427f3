package entity

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"backfile/internal/fuzztime"
	"backfile/internal/news"
)

func names(es []news.Entity) []string {
	var out []string
	for _, e := range es {
		out = append(out, e.Name)
	}
	slices.Sort(out)
	return out
}

func split(s string) []string {
	if s == "" {
		return nil
	}
	out := strings.Split(s, "; ")
	slices.Sort(out)
	return out
}

// TestRecognise reads texts of our own, in the styles of several newsrooms and
// decades.
func TestRecognise(t *testing.T) {
	for _, tc := range []struct {
		name, headline, body, lang string
		persons, places, orgs      string
	}{
		{
			name:    "1936, with initials and full stops",
			body:    "ABERDEEN, Tuesday.—At a meeting of Aberdeen Town Council yesterday Mr. J. H. Duthie moved that the harbour dues be revised. Bailie Margaret Strachan seconded. Mr. Duthie said the trawl owners of the port had waited long enough. Lord Provost Watt presided.\n\nSir Alexander Milne, who came from Peterhead, replied that the Board of Trade in London had been consulted.",
			persons: "J. H. Duthie; Margaret Strachan; Alexander Milne; Watt", places: "Aberdeen; Peterhead; London", orgs: "Aberdeen Town Council; Board of Trade",
		},
		{
			name:     "American, with titles",
			headline: "Senate panel grills Okafor over Houston contract",
			body:     "WASHINGTON — President Dana Whitlock on Monday defended Energy Secretary Marcus Okafor after a Senate hearing on a pipeline near Houston, Texas.\n\n“He did nothing wrong,” Whitlock said. Sen. Laura Pettibone, R-Ohio, disagreed. Okafor, 61, has declined to comment. Ms. Pettibone said the U.S. Department of Energy had “ignored every warning it was given.”",
			persons:  "Dana Whitlock; Marcus Okafor; Laura Pettibone", places: "Washington; Houston; Texas; Ohio", orgs: "U.S. Department of Energy; Senate",
		},
		{
			name:    "one family name, two people",
			body:    "John Abernethy and his sister Moira Abernethy inherited the farm near Huntly. Mr Abernethy keeps cattle; Ms Abernethy runs the shop. Abernethy butter is known in Scotland.",
			persons: "John Abernethy; Moira Abernethy", places: "Huntly; Scotland",
		},
		{
			name:    "names within names",
			body:    "The Bank of England and the Washington Post were mentioned by Paris Hendry of the University of Aberdeen. In Reading, a reading group met. He took a bath in Bath.",
			persons: "Paris Hendry", places: "Reading; Bath", orgs: "Bank of England; Washington Post; University of Aberdeen",
		},
		{
			name:   "capitals as governments, and a seat of power",
			body:   "Moscow warned that it would respond. Talks with Beijing failed. The White House said it was disappointed. Tourists queued outside the White House yesterday. British and French officials flew to Brussels.",
			places: "Moscow; Beijing; White House; Brussels", orgs: "White House",
		},
		{
			name:    "acronym explained",
			body:    "The Grampian Harbour Workers Federation (GHWF) met in Fraserburgh. GHWF leader Isla Farquhar said strikes were likely.",
			persons: "Isla Farquhar", places: "Fraserburgh", orgs: "Grampian Harbour Workers Federation",
		},
		{
			name:    "no junk",
			body:    "On Tuesday the Prime Minister spoke. Read More about Brexit. Last December the Olympic Games were held. Yesterday Nadia Bergström won the World Cup race. But On Monday nothing happened.",
			persons: "Nadia Bergström",
		},
		{
			name:    "particles",
			body:    "Ursula van der Molen met Khalid bin Rashid in The Hague. Van der Molen said little; Mr bin Rashid said less.",
			persons: "Ursula van der Molen; Khalid bin Rashid", places: "The Hague",
		},
		{
			name:    "bodies by their head words",
			body:    "Devon and Cornwall Police met the Harbour Users’ Association. Blake & Groat Ferries lent a boat, the Centre for Research on Energy a map. Members of the Women’s Institute and the Fishermen’s Trust came.",
			persons: "", places: "", orgs: "Devon and Cornwall Police; Harbour Users’ Association; Blake & Groat Ferries; Centre for Research on Energy; Women’s Institute; Fishermen’s Trust",
		},
		{
			name:    "a country is no given name, an explained short form no town",
			body:    "Israel Katz spoke for the cabinet. Israel agreed. The South African Revenue Service (Sars) wrote to Pretoria. Sars has agreed too, said officials in Israel.",
			persons: "Israel Katz", places: "Israel; Pretoria", orgs: "South African Revenue Service",
		},
		{
			name: "German genitives, offices and things",
			body: "Pressesprecher Reinald Krüger sagte, das Buch Martin Hegels sei im Weissen Haus gelesen worden. Martin Hegel nahm Guido Steinberg Bezug. Bundesfinanzministerin Sabine Groat war nicht dabei und sie ist mit der Bahn gefahren.", lang: "de",
			persons: "Reinald Krüger; Martin Hegel; Guido Steinberg; Sabine Groat", places: "",
		},
		{
			name:    "German",
			body:    "Die Bürgermeisterin Sabine Krüger sagte am Dienstag in München, die Stadt habe genug Geld. Frau Krüger und Herr Özdemir reisen nach Frankreich. Der Vorsitzende der Organisation war nicht dabei.",
			persons: "Sabine Krüger; Özdemir", places: "Munich; France",
		},
		{
			name:    "French",
			body:    "Le ministre Hervé Delorme a dit à Lyon que la France ne signerait pas. M. Delorme est rentré de Londres avec sa fille.",
			persons: "Hervé Delorme", places: "Lyon; France; London",
		},
	} {
		t.Run(tc.name, func(t *testing.T) {
			a := news.Article{Headline: tc.headline, Body: tc.body, Language: tc.lang}
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
			if t.Failed() {
				t.Log(a.Mentions)
			}
		})
	}
}

func TestSpeakers(t *testing.T) {
	for _, tc := range []struct{ name, body, want string }{
		{"said X", "“We shall rebuild the pier,” said Morag Tulloch.", "We shall rebuild: Morag Tulloch"},
		{"X said", "“We shall rebuild the pier,” Morag Tulloch, the convener, said.", "We shall rebuild: Morag Tulloch"},
		{"split", "“We shall rebuild,” Morag Tulloch said. “And we shall start in spring.”", "We shall rebuild,: Morag Tulloch; And we shall: Morag Tulloch"},
		{"she", "Morag Tulloch met Peter Groat.\n\n“We shall rebuild the pier,” she said.", "We shall rebuild: Morag Tulloch"},
		{"colon", "Peter Groat told the meeting: “There is no money for it.”", "There is no: Peter Groat"},
		{"spokesman", "Peter Groat left. A council spokesman said: “There is no money for it.”", "There is no: "},
		{"goes on", "Peter Groat said: “There is no money for it.\n\n“There never was any money.”", "There is no: Peter Groat; There never was: Peter Groat"},
		{"straight", `"There is no money for it," Peter Groat said. He waved.`, "There is no: Peter Groat"},
		{"single", "‘There isn’t any money for it,’ said Peter Groat.", "There isn’t any: Peter Groat"},
		{"words in marks", "The so-called “big ditch” was dug.", ""},
		{"German", "„Wir haben kein Geld mehr“, sagte Sabine Krüger.", "Wir haben kein: Sabine Krüger"},
	} {
		t.Run(tc.name, func(t *testing.T) {
			a := news.Article{Body: tc.body}
			New().Recognise(&a)
			check(t, &a)
			var got []string
			for _, q := range a.Quotes {
				name := ""
				if q.Speaker != nil {
					name = q.Speaker.Name
				}
				got = append(got, strings.Join(strings.Fields(q.Text)[:3], " ")+": "+name)
			}
			if g := strings.Join(got, "; "); g != tc.want {
				t.Errorf("quotes = %q, want %q", g, tc.want)
			}
		})
	}
}

func TestPlaces(t *testing.T) {
	for _, tc := range []struct{ body, name, country string }{
		{"The mayor of Paris, Texas, resigned.", "Paris", "US"},
		{"Paris was full of visitors.", "Paris", "FR"},
		{"Police in Atlanta, Alabama and Florida said voters in Georgia queued.", "Georgia", "US"},
		{"Tbilisi is the capital of Georgia.", "Georgia", "GE"},
		{"Holland and Britain agreed.", "Netherlands", "NL"},
		{"Kiev was bombed again.", "Kyiv", "UA"},
		{"They drove from Aberdeen to Inverness.", "Aberdeen", "GB"},
		{"Aberdeen was wet. The Stonehaven harbour trustees met.", "Stonehaven", "GB"},
		{"Mrs Jean Mair, of Stonehaven, who is 74, sang.", "Stonehaven", "GB"},
	} {
		a := news.Article{Body: tc.body}
		New().Recognise(&a)
		check(t, &a)
		i := slices.IndexFunc(a.Places, func(e news.Entity) bool { return e.Name == tc.name })
		if i < 0 {
			t.Errorf("%q: places %v lack %s", tc.body, names(a.Places), tc.name)
			continue
		}
		if p := a.Places[i]; p.Country != tc.country || p.Lat == nil || p.Lon == nil {
			t.Errorf("%q: %s is in %q, want %q", tc.body, tc.name, p.Country, tc.country)
		}
	}
}

// TestStrangePlace keeps a village that the gazetteer lacks from going to the
// country of its namesake.
func TestStrangePlace(t *testing.T) {
	a := news.Article{Language: "en-GB", Body: "Girls from Strathmore, Arbroath, Forfar and Aberdeen joined the train from Perth for North Shields."}
	New().Recognise(&a)
	check(t, &a)
	i := slices.IndexFunc(a.Places, func(e news.Entity) bool { return e.Name == "Strathmore" })
	if i < 0 || a.Places[i].Country != "" || a.Places[i].Lat != nil {
		t.Errorf("places = %+v, want Strathmore without country", a.Places)
	}
	if i := slices.IndexFunc(a.Places, func(e news.Entity) bool { return e.Name == "Perth" }); i < 0 || a.Places[i].Country != "GB" {
		t.Errorf("places = %+v, want Perth in GB", a.Places)
	}
}

// A name that a recogniser could not place stays open: a second Ronnie, of whom
// the article says no more, is no person of the archive.
func TestCompleteUnderstood(t *testing.T) {
	open := news.Mention{Kind: news.Person, Text: "Ronnie", Start: 0, End: 6}
	a := news.Article{Body: "Ronnie", Understood: New().Version(), Mentions: []news.Mention{open}}
	Complete(&a)
	if len(a.Persons) != 0 || a.Mentions[0] != open {
		t.Errorf("persons %+v, mentions %+v, want none and %+v", a.Persons, a.Mentions, open)
	}
	a.Understood = news.UnderstoodGiven
	if Complete(&a); len(a.Persons) != 1 || a.Mentions[0].Entity != a.Persons[0].ID {
		t.Errorf("given: persons %+v, mentions %+v, want Ronnie", a.Persons, a.Mentions)
	}
}

func TestComplete(t *testing.T) {
	a := news.Article{
		Body:          "Britain and Holland",
		Places:        []news.Entity{{Name: "Britain"}, {Name: "Nowhere at all"}},
		Persons:       []news.Entity{{ID: "0123456789abc", Name: "Morag Tulloch", Slug: "morag-tulloch"}},
		Organisations: []news.Entity{{Name: "OSCE"}},
	}
	Complete(&a)
	if p := a.Places[0]; p.ID != news.NewEntityID(news.Place, "gaz:GB") || p.Country != "GB" || p.Kind != news.Place || p.Lat == nil || len(p.Aliases) < 3 {
		t.Errorf("Complete: place = %+v", p)
	}
	if p := a.Places[1]; p.ID == "" || p.Country != "" || p.Lat != nil {
		t.Errorf("Complete: unknown place = %+v", p)
	}
	if p := a.Persons[0]; p.ID != "0123456789abc" || p.Slug != "morag-tulloch" || p.Kind != news.Person || len(p.Aliases) != 1 {
		t.Errorf("Complete: person = %+v", p)
	}
	if o := a.Organisations[0]; len(o.Aliases) < 2 {
		t.Errorf("Complete: organisation = %+v", o)
	}
}

// Mentions that are given without an entity are listed and counted all the same.
func TestCompleteMentions(t *testing.T) {
	named := func(kind news.Kind, text string, id news.EntityID) news.Mention {
		return news.Mention{Kind: kind, Text: text, Entity: id}
	}
	demonym := named(news.Place, "British", "")
	demonym.Form = news.FormDemonym
	a := news.Article{
		Persons: []news.Entity{{Name: "Morag Tulloch"}},
		Mentions: []news.Mention{
			named(news.Person, "Morag  Tulloch", ""), named(news.Person, "Zed Zedson", ""), named(news.Person, "Zed Zedson", ""),
			named(news.Person, "Tulloch", "0123456789abc"), named(news.Person, "Nobody", "../x"),
			named(news.Place, "Britain", ""), named(news.Place, "UK", ""), demonym,
		},
	}
	Complete(&a)
	var got []string
	for _, k := range news.Kinds {
		for _, e := range a.Entities(k) {
			got = append(got, fmt.Sprintf("%s %s %d %s", e.Kind, e.Name, e.Count, e.Country))
		}
	}
	want := []string{"person Morag Tulloch 1 ", "person Zed Zedson 2 ", "person Tulloch 1 ", "place United Kingdom 2 GB"}
	if !slices.Equal(got, want) {
		t.Errorf("entities = %q, want %q", got, want)
	}
	for _, m := range a.Mentions {
		if m.Counts() && !news.ValidID(string(m.Entity)) && m.Text != "Nobody" || m.Form != "" && m.Entity != "" {
			t.Errorf("mention %+v", m)
		}
	}
}

func FuzzRecognise(f *testing.F) {
	for _, s := range []string{
		"Mr. J. H. Duthie said: “No.”", "Foreign Secretary Liz Truss (PA) met U.S. officials in Kyiv’s centre",
		"\xff\xfeA B C", "‘‘“”\"«»„", "von der Leyen-Smith, 45, of Leeds, West Yorkshire", "THE U.N. SAID \n\n\n Mr", "Ministry of", "İstanbul’da ẞ O’Brien’s",
	} {
		f.Add(s, s)
	}
	u := New()
	f.Fuzz(func(t *testing.T, headline, body string) {
		defer fuzztime.Check(t, time.Now())
		a := news.Article{Headline: headline, Body: body, Standfirst: headline, Images: []news.Image{{Caption: body}, {Caption: headline}}}
		u.Recognise(&a)
		check(t, &a)
	})
}

func BenchmarkRecognise(b *testing.B) {
	body := strings.Repeat("Provost Morag Tulloch told the council in Kirkwall on Tuesday that Britain, France and the United States had agreed.\n\n“There will be no more delay,” she said. Ms Tulloch, 52, was answering Peter Groat of the Orkney Harbours Board, who had warned that Moscow would object to the plan for the northern port.\n\n", 8)
	u := New()
	Warm()
	b.SetBytes(int64(len(body)))
	for b.Loop() {
		a := news.Article{Headline: "Tulloch promises an end to delay at the harbour", Body: body, Language: "en"}
		u.Recognise(&a)
	}
}

// BenchmarkWarm is what the first article waits for.
func BenchmarkWarm(b *testing.B) {
	for b.Loop() {
		loadGazetteer()
		loadLexicon()
	}
}
