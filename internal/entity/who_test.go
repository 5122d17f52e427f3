package entity

import (
	"strings"
	"testing"

	"backfile/internal/news"
)

// TestWho reads texts of our own: whom each mention of a person means, "Words=Name" in
// the order of the text; "Words=" is nobody.
func TestWho(t *testing.T) {
	for _, tc := range []struct{ name, body, want string }{
		{"a couple by honorific", "John Abernethy and his sister Moira Abernethy met Mr Peter Groat. Mr Abernethy left; Ms Abernethy stayed.",
			"John Abernethy=John Abernethy; Moira Abernethy=Moira Abernethy; Peter Groat=Peter Groat; Abernethy=John Abernethy; Abernethy=Moira Abernethy"},
		{"judge and accused", "Kevin Docherty denied the charge before Sheriff Aileen Docherty. Sheriff Docherty adjourned. Mr Docherty was released.",
			"Kevin Docherty=Kevin Docherty; Aileen Docherty=Aileen Docherty; Docherty=Aileen Docherty; Docherty=Kevin Docherty"},
		{"two, and a bare name", "Taras Bondarenko spoke in Kyiv. His namesake Oksana Bondarenko was afraid. Bondarenko said that she had a mother there.",
			"Taras Bondarenko=Taras Bondarenko; Oksana Bondarenko=Oksana Bondarenko; Bondarenko="},
		{"a president and his son", "President Harcus had promised not to stand again, nor to be followed by Magnus Harcus. President Harcus left.",
			"Harcus=Harcus; Magnus Harcus=Magnus Harcus; Harcus=Harcus"},
		{"his wife", "Torquil Harcus, 71, kept each slip in a shoebox. His wife, Gillian, drove.\n\nMrs Harcus said nothing. Mr Harcus nodded.",
			"Torquil Harcus=Torquil Harcus; Gillian=Gillian Harcus; Harcus=Gillian Harcus; Harcus=Torquil Harcus"},
		{"a couple", "Kev and Maree Harcus left with two dogs. Mrs Harcus wept, and Mr Harcus drove.",
			"Kev=Kev Harcus; Maree Harcus=Maree Harcus; Harcus=Maree Harcus; Harcus=Kev Harcus"},
		{"the other comes later", "Shimizu Kenji came in 1981. Shimizu stayed.\n\nHis daughter Shimizu Naomi left.",
			"Shimizu Kenji=Shimizu Kenji; Shimizu=Shimizu Kenji; Shimizu Naomi=Shimizu Naomi"},
		{"a brother named since", "Tommy Brennan lost the ball in the sun, and his brother John had no chance. Brennan said nothing.",
			"Tommy Brennan=Tommy Brennan; John=; Brennan="},
		{"a wife of one name", "Marlon Fernandez went home on Monday. His wife Luz had waited. Mrs Fernandez wept.",
			"Marlon Fernandez=Marlon Fernandez; Luz=Luz Fernandez; Fernandez=Luz Fernandez"},
		{"a family", "Bill Tunnicliffe owes the council money. The Tunnicliffes have had four letters.", "Bill Tunnicliffe=Bill Tunnicliffe; Tunnicliffes="},
		{"family names that stand first", "Xu Lanfang met Imran Qureshi-Bell. Ms Xu smiled. Mr Qureshi-Bell did not.",
			"Xu Lanfang=Xu Lanfang; Imran Qureshi-Bell=Imran Qureshi-Bell; Xu=Xu Lanfang; Qureshi-Bell=Imran Qureshi-Bell"},
		{"two words of family name", "Yesenia López García was hired. López speaks Spanish.", "Yesenia López García=Yesenia López García; López=Yesenia López García"},
		{"short forms", "Ronald Coles drove the bus. Ron knew the road.", "Ronald Coles=Ronald Coles; Ron=Ronald Coles"},
		{"given names behind Sir", "Sir Anthony Webb lost his seat. Sir Anthony went home.", "Anthony Webb=Anthony Webb; Anthony=Anthony Webb"},
		{"one given name, one family", "Harlan and Judy Cole sued. Harlan is 74.", "Harlan=Harlan Cole; Judy Cole=Judy Cole; Harlan=Harlan Cole"},
	} {
		t.Run(tc.name, func(t *testing.T) {
			a := news.Article{Body: tc.body, Language: "en"}
			New().Recognise(&a)
			check(t, &a)
			byID := map[news.EntityID]string{}
			for _, e := range a.Persons {
				byID[e.ID] = e.Name
			}
			var got []string
			for _, m := range a.Mentions {
				if m.Kind == news.Person && m.Form == "" {
					got = append(got, m.Text+"="+byID[m.Entity])
				}
			}
			if g := strings.Join(got, "; "); g != tc.want {
				t.Errorf("%q:\ngot  %s\nwant %s", tc.body, g, tc.want)
			}
		})
	}
}

// TestLone checks that one name alone makes nobody one person over outlets and years.
func TestLone(t *testing.T) {
	read := func(outlet, published, body string) news.Entity {
		d, err := news.ParseDate(published, "metadata")
		if err != nil {
			t.Fatal(err)
		}
		a := news.Article{Body: body, Language: "en", Outlet: news.NewOutlet(outlet), Published: d}
		New().Recognise(&a)
		if len(a.Persons) != 1 {
			t.Fatalf("%q has persons %v, want one", body, a.Persons)
		}
		return a.Persons[0]
	}
	const lady = "Lady Tulloch opened the fair. Lady Tulloch wore green."
	first := read("Orkney Lantern", "2001-05-06", lady)
	if again := read("Orkney Lantern", "2001-09-01", lady); again.ID != first.ID {
		t.Errorf("one outlet and year: ids %s and %s, want one", first.ID, again.ID)
	}
	for _, other := range []news.Entity{read("Orkney Lantern", "2011-05-06", lady), read("Bude Post", "2001-05-06", lady),
		read("Orkney Lantern", "2001-05-06", "Dr Tulloch opened the fair. Dr Tulloch wore green.")} {
		if other.ID == first.ID {
			t.Errorf("%+v and %+v have one id", first, other)
		}
	}
	if first.Name != "Tulloch" || first.Qualifier != "lady" {
		t.Errorf("name %q, qualifier %q, want Tulloch, lady", first.Name, first.Qualifier)
	}
	whole := "Morag Tulloch opened the fair."
	if a, b := read("Orkney Lantern", "2001-05-06", whole), read("Bude Post", "2011-05-06", whole); a.ID != b.ID {
		t.Errorf("a whole name: ids %s and %s, want one", a.ID, b.ID)
	}
}

func TestShortNamesOfBodies(t *testing.T) {
	a := news.Article{Language: "en", Outlet: news.NewOutlet("Ribble Valley Examiner"),
		Body: "The Calder & Airedale Building Society was rescued, the Fishwick Standards Agency said. Calder & Airedale had 90 branches. The FSA told the Examiner that savers were safe."}
	New().Recognise(&a)
	check(t, &a)
	if got, want := strings.Join(names(a.Organisations), "; "), "Calder & Airedale Building Society; Fishwick Standards Agency; Ribble Valley Examiner"; got != want {
		t.Errorf("organisations = %s, want %s", got, want)
	}
}

func TestClubsAndFirms(t *testing.T) {
	for _, tc := range []struct{ body, want string }{
		{"Grimsby Town beat Lincoln City with a penalty in the second half. The goal was scored by Nick Hegarty, the striker. Grimsby won at Lincoln for the first time.", "Grimsby Town; Lincoln City"},
		{"Forbes Brushes Ltd has bought the works. Mr Alec Forbes was pleased. Mr Forbes smiled. Forbes will keep the staff.", "Forbes Brushes Ltd"},
	} {
		a := news.Article{Language: "en", Body: tc.body}
		New().Recognise(&a)
		check(t, &a)
		if got := strings.Join(names(a.Organisations), "; "); got != tc.want {
			t.Errorf("%q: organisations = %s, want %s", tc.body, got, tc.want)
		}
	}
}

func TestSoften(t *testing.T) {
	for in, want := range map[string]string{"GHULAM RASOOL": "Ghulam Rasool", "ANN MCKAY-O’NEILL": "Ann McKay-O’Neill", "J. R. Hartley": "J. R. Hartley", "REBECCA Cooke": "REBECCA Cooke", "JFK": "JFK", "ÉLODIE ÖZDEMIR": "Élodie Özdemir"} {
		if got := soften(in); got != want {
			t.Errorf("soften(%q) = %q, want %q", in, got, want)
		}
	}
}
