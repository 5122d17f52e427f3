package across

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"backfile/internal/fuzztime"
	"backfile/internal/news"
)

// seen is what is read of the first person of a marked text.
func seen(t testing.TB, marked string) *Sighting {
	t.Helper()
	d, err := news.ParseDate("2012-05-01", news.FromGiven)
	if err != nil {
		t.Fatal(err)
	}
	a := news.Article{ID: news.NewArticleID("a"), Published: d, Language: "en", Outlet: news.NewOutlet("The Light")}
	markUp(&a, marked)
	return Read(&a)[a.Persons[0].ID]
}

func TestRead(t *testing.T) {
	for _, tc := range []struct{ text, want string }{
		{"Foreign Secretary [Liz Truss] said so.", "foreign secretary"},
		{"The Foreign Secretary, [Liz Truss], said so.", "foreign secretary"},
		{"In June the former Home Secretary, [John Reid], said so.", "former home secretary"},
		{"[John Reid], the Home Secretary, said so.", "home secretary"},
		{"[John Reid], 45, a trawler skipper from {Peterhead}, said so.", "trawler skipper; born 1966"},
		{"[John Reid], MP for Motherwell North, said so.", "mp of motherwell north"},
		{"The Motherwell MP [John Reid] said so.", "mp of motherwell"},
		{"Labour MP [John Reid] said so.", "mp"},
		{"Ex-footballer [John Reid] said so.", "former footballer"},
		{"The 45-year-old skipper [John Reid] said so.", "skipper; born 1966"},
		{"Mr [John Reid], aged 45, said so.", "born 1966; m"},
		{"Mr and Mrs [John Reid] gave a tea.", ""},
		{"Mrs [Ann Reid] gave a tea.", "f"},
		{"[John Reid] was 45 years of age.", "born 1966"},
		{"[John Reid] (45) scored.", ""},
		{"[John Reid], told the judge that he was not guilty.", ""},
		{"[John Reid], a friend of the minister, said so.", ""},
		{"[John Reid] was manager of Leeds United in 1974.", "manager of leeds united; years 1974"},
		{"[John Reid] was not the mayor.", ""},
		{"[Robert Duff], senior, had been at sea.", "sr"},
		{"[Robert Duff] Jr. had been at sea.", "jr"},
		{"[John Reid], senior lecturer at {Dundee}, said so.", "senior lecturer of dundee"},
		{"[Janet Keillor], née Strachan, said so.", "also Janet Strachan"},
		{"[Janet Keillor] (formerly Janet Strachan) said so.", "also Janet Strachan"},
		{"[John Reid], formerly Home Secretary, said so.", ""},
		{"[Elizabeth Truss], known as Liz, said so.", "also Liz Truss"},
		{"The minister's wife [Ann Reid] said so.", ""},
		{"[Ann Reid], wife of the minister, said so.", ""},
		{"[Ann Reid], the minister's spokeswoman, said so.", "spokeswoman"},
	} {
		s := seen(t, tc.text)
		var got []string
		for _, r := range s.Roles {
			w := r.Key
			if r.Former {
				w = "former " + w
			}
			if r.Of != "" {
				w += " of " + r.Of
			}
			got = append(got, w)
		}
		if len(s.Born) > 0 {
			got = append(got, fmt.Sprint("born ", s.Born[0]))
		}
		if len(s.Years) > 0 {
			got = append(got, fmt.Sprint("years ", s.Years[0]))
		}
		if s.Sex != 0 {
			got = append(got, string(s.Sex))
		}
		if s.Suffix != "" {
			got = append(got, s.Suffix)
		}
		for _, n := range s.Also {
			got = append(got, "also "+n)
		}
		if g := strings.Join(got, "; "); g != tc.want {
			t.Errorf("Read(%q) = %q, want %q", tc.text, g, tc.want)
		}
	}
}

func TestPrintedRole(t *testing.T) {
	for marked, want := range map[string]string{
		"The U.S. Secretary of State [Ann Rice] said so.":    "U.S. Secretary of State",
		"The former vice-president [Ann Rice] said so.":      "vice-president",
		"[Ann Rice], the  Home Secretary, said so, and left": "Home Secretary",
	} {
		if s := seen(t, marked); len(s.Roles) != 1 || s.Roles[0].Text != want {
			t.Errorf("Read(%q): %+v, want %q", marked, s.Roles, want)
		}
	}
}

func TestRelated(t *testing.T) {
	for _, tc := range []struct {
		a, b string
		want bool
	}{
		{"Liz Truss", "Elizabeth Truss", true}, {"Joseph R. Biden Jr.", "Joe Biden", true}, {"Tony Blair", "Anthony Blair", true},
		{"Pepe Mujica", "José Mujica", true}, {"Sasha Petrov", "Aleksandr Petrov", true}, {"Viktor Orbán", "Orbán Viktor", true},
		{"Volodymyr Zelensky", "Volodymyr Zelenskyy", true}, {"Mohammed Morsi", "Muhammad Mursi", false}, {"Mohammed Morsi", "Mohamed Morsi", true},
		{"Gerhard Schröder", "Gerhard Schroeder", true}, {"George W. Bush", "George H. W. Bush", false}, {"George Bush", "George W. Bush", true},
		{"George H.W. Bush", "George Herbert Walker Bush", true}, {"George H.W. Bush", "George W. Bush", false},
		{"Robert Duff Jr", "Robert Duff Sr", false}, {"Gordon Brown", "James Gordon Brown", true}, {"J. Reid", "John Reid", true},
		{"John Reid", "James Reid", false}, {"John Reid", "Reid", false}, {"James Thomas", "Thomas James", false}, {"John Reid", "John Reed", false},
		{"Ann Smith", "Anne Smith", true}, {"Christina Pine", "Christopher Pine", false}, {"Ursula von der Leyen", "Ursula Leyen", false},
		{"Bashar al-Assad", "Bashar Assad", true}, {"Muammar Gaddafi", "Moammar Qaddafi", true}, {"Marina Costa", "Martina Costa", false}, {"", "", false},
	} {
		if got := Related(tc.a, tc.b); got != tc.want || Related(tc.b, tc.a) != tc.want {
			t.Errorf("Related(%q, %q) = %t, want %t", tc.a, tc.b, got, tc.want)
		}
	}
}

func FuzzRead(f *testing.F) {
	f.Add("Mr [John Reid], 45, née Strachan, MP for {Perth} <X>", "Liz Truss")
	f.Add("[ ]", "Jr Jr")
	f.Add("[\xff\xfe a], \xe2", "\u0301 \u0301")
	f.Fuzz(func(t *testing.T, body, name string) {
		defer fuzztime.Check(t, time.Now())
		a := news.Article{ID: "a", Body: body, Published: news.Date{Text: "2012", Precision: news.Year}}
		for i, k := range news.Kinds {
			id := news.NewEntityID(k, name)
			e := news.Entity{ID: id, Kind: k, Name: name}
			a.Persons = append(a.Persons, e)
			a.Mentions = append(a.Mentions, news.Mention{Kind: news.Person, Entity: id, Text: name, Start: i * len(body) / 4, End: (i + 1) * len(body) / 4})
		}
		j := &Judge{}
		ds, _ := dossiers([]news.Article{a, {ID: "b", Body: body + body, Persons: a.Persons, Mentions: a.Mentions, Published: news.Date{Text: "1912", Precision: news.Year}}})
		for _, d := range ds {
			if g := j.Apart(d); len(g) == 0 {
				t.Error("no group")
			}
		}
		j.Partition(ds, Bounds{})
		if Related(body, name) != Related(name, body) {
			t.Errorf("Related(%q, %q) depends on the order", body, name)
		}
	})
}
