package gold

import (
	"testing"
	"time"

	"backfile/internal/fuzztime"
	"backfile/internal/news"
)

const sample = `outlet: Orkney Lantern
published: 2019-04-02
language: en
P mair = Jean Mair
P blake = Peter Blake
L leith = Leith, GB
---
[Mair|mair] speaks

Mrs [Jean Mair|mair] said: “^mair:I know [Blake|blake].^” [Leith|leith|metonym] [sic] laughed at the [Blakes|?].

“^?:Quite so!^”
`

func TestParse(t *testing.T) {
	a, err := Parse("007-x.txt", sample)
	if err != nil {
		t.Fatal(err)
	}
	if got, want := a.News.Body, "Mrs Jean Mair said: “I know Blake.” Leith [sic] laughed at the Blakes.\n\n“Quite so!”"; got != want {
		t.Errorf("body = %q, want %q", got, want)
	}
	if a.Part != Second || a.News.Headline != "Mair speaks" || a.News.Outlet.Name != "Orkney Lantern" || a.News.Published.Day() != "2019-04-02" {
		t.Errorf("article = %+v", a)
	}
	var got []string
	for _, m := range a.Mentions {
		name := "?"
		if m.Entity != nil {
			name = m.Entity.Names[0] + " " + m.Entity.Country
		}
		got = append(got, a.News.Field(m.Field)[m.Start:m.End]+"="+name+m.Form)
	}
	want := []string{"Mair=Jean Mair ", "Jean Mair=Jean Mair ", "Blake=Peter Blake ", "Leith=Leith GBmetonym", "Blakes=?"}
	for i := range want {
		if i >= len(got) || got[i] != want[i] {
			t.Fatalf("mentions = %q, want %q", got, want)
		}
	}
	if len(a.Quotes) != 2 || a.Quotes[0].Speaker != a.Entities["mair"] || a.News.Body[a.Quotes[0].Start:a.Quotes[0].End] != "I know Blake." || a.Quotes[1].Speaker != nil {
		t.Errorf("quotes = %+v", a.Quotes)
	}
}

func TestParseErrors(t *testing.T) {
	for _, s := range []string{"", "outlet: X\n", "outlet: X\n---\n[A|b]", "P a = A\n---\nH\n\n“^a:open”", "P a = A\n---\nH\n\n“^a:over\n\nit^”",
		"P a = A\nP a = B\n---\nH", "who: A\n---\nH", "P a =\n---\nH", "P a = A\n---\nH\n\n[A|a|king]", "P a = A\n---\n^a:H^"} {
		if _, err := Parse("001-x.txt", s); err == nil {
			t.Errorf("Parse(%q) has no error", s)
		}
	}
}

// knows is a recogniser that says what it is told.
type knows func(a *news.Article)

func (k knows) Recognise(a *news.Article) { k(a) }

func TestMeasure(t *testing.T) {
	a, err := Parse("001-x.txt", sample)
	if err != nil {
		t.Fatal(err)
	}
	s := Measure(knows(func(n *news.Article) {
		n.Persons = []news.Entity{{ID: "m", Kind: news.Person, Name: "Jean Mair"}, {ID: "b", Kind: news.Person, Name: "Pat Blake"}}
		n.Mentions = []news.Mention{
			{Kind: news.Person, Start: 4, End: 13, Entity: "m"},
			{Kind: news.Person, Start: 30, End: 35, Entity: "b"},
			{Kind: news.Place, Start: 0, End: 3},
		}
		n.Quotes = []news.Quote{{Start: a.Quotes[0].Start, End: a.Quotes[0].End, Speaker: &news.Speaker{ID: "b", Name: "Pat Blake"}}}
	}), []*Article{a}, Development)
	if *s.Names[news.Person] != (Tally{Right: 2, Missed: 2}) || s.Names[news.Place].Extra != 1 || s.Linked != 2 || s.Named != 1 || s.Apart != 1 {
		t.Errorf("score = %+v %+v", s, s.Names[news.Person])
	}
	if s.Spans != (Tally{Right: 1, Missed: 1}) || s.Wrong != 1 || s.Right != 0 || s.Kept != 1 {
		t.Errorf("quotations: %+v", s)
	}
	if test := Measure(knows(func(*news.Article) {}), []*Article{a}, Held); test.Articles != 0 {
		t.Errorf("another part has %d articles", test.Articles)
	}
}

func FuzzParse(f *testing.F) {
	f.Add(sample)
	f.Add("P a = A\n---\n[A|a]\n\n^a:[A|a|role]^")
	f.Fuzz(func(t *testing.T, s string) {
		defer fuzztime.Check(t, time.Now())
		a, err := Parse("000-x.txt", s)
		if err != nil {
			return
		}
		for _, m := range a.Mentions {
			if text := a.News.Field(m.Field); m.Start >= m.End || m.End > len(text) {
				t.Errorf("mention %+v is not in %q", m, text)
			}
		}
		for _, q := range a.Quotes {
			if q.Start >= q.End || q.End > len(a.News.Body) {
				t.Errorf("quotation %+v is not in %q", q, a.News.Body)
			}
		}
		Measure(knows(func(*news.Article) {}), []*Article{a}, a.Part)
	})
}
