package cite

import (
	"strings"
	"testing"

	"backfile/internal/news"
)

func date(t testing.TB, s string) news.Date {
	t.Helper()
	if s == "" {
		return news.Date{}
	}
	d, err := news.ParseDate(s, news.FromMetadata)
	if err != nil {
		t.Fatal(err)
	}
	return d
}

// corpus has what is hard to write: signs of every format, right-to-left words, lines,
// lengths, and what is not known.
func corpus(t testing.TB) []Entry {
	t.Helper()
	month := date(t, "1987-03-01")
	month.Precision = news.Month // as a source has it that knows no more
	as := []*news.Article{
		{ID: "3tsabcdefghij", URL: "https://post.example/1953/pier?a=1&b={2}#top", Outlet: news.NewOutlet("Harbour Post"), Headline: "Council votes to rebuild the pier",
			Standfirst: "Lorimer warns of a second winter", Byline: "By Margaret Innes and Coast Press", Agency: "Coast Press", Source: "/somewhere/of/ours.html",
			Authors: []news.Author{{Name: "Margaret Innes", Role: "Town reporter"}, {Name: "Jan van der Berg"}, {Name: "John Kerr Jr"}, {Name: "Sir Hamish Roe"}}, Published: date(t, "1953-03-14"),
			Updated: date(t, "1953-03-15T09:00"), Captured: date(t, "2024-05-02T23:12:00+02:00"), Dateline: "ABERDEEN, Friday —", Section: "Town", Language: "en-GB",
			Tags: []string{"pier", "money; council", "R&D, 5%"}, Body: "The council voted.",
			Persons: []news.Entity{{Name: "Agnes Lorimer"}, {Name: "Thomas Keir"}}, Places: []news.Entity{{Name: "Aberdeen"}}},
		{ID: "bbbbbbbbbbbbb", Headline: "=HYPERLINK(\"https://bad.example\";\"100% {free} \\ \"\"gift\"\" _#~^$&\")", Outlet: news.NewOutlet("R&D {Weekly} 50%"), Published: date(t, "1953"),
			Standfirst: "a first line\r\nTY  - BOOK\r\nER  - \r\n@book{x, title={y}}", Authors: []news.Author{{Name: "-1+1"}, {Name: "Smith and Sons, Ltd"}}},
		{ID: "ccccccccccccc", Headline: "عاصفة في \u202bالميناء\u202c", Body: "نص المقال هنا", Language: "ar", Published: month, Authors: []news.Author{{Name: "محمد علي"}}},
		{ID: "ddddddddddddd", Headline: strings.Repeat("A “long” headline – naïve, 東京 {", 10), Published: date(t, "2021-12-02T16:17:00+01:00"), Outlet: news.NewOutlet("東京新聞")},
		{ID: "eeeeeeeeeeeee", Body: "Nothing is known of this cutting but\nits words, which go on for rather longer than any title that a library would make of them.\n\nAnd more."},
		{ID: "fffffffffffff"},
		{ID: "ggggggggggggg", Headline: "bad \xff bytes \x00 and\u2028ends", URL: "javascript:alert(1)", Published: news.Date{Text: "nonsense", Precision: news.Day}},
	}
	var out []Entry
	for i, a := range as {
		out = append(out, Entry{Article: a, Version: i + 1, Address: "https://archive.example/articles/" + string(a.ID) + "/a_slug%7E", Archive: "The {Harbour} Archive"})
	}
	return out
}

// written is a whole file of the entries.
func written(t testing.TB, f Format, es []Entry) string {
	t.Helper()
	var b strings.Builder
	w := f.NewWriter(&b)
	for _, e := range es {
		if err := w.Write(e); err != nil {
			t.Fatalf("%s: Write: %v", f.Name, err)
		}
	}
	if err := w.Close(); err != nil {
		t.Fatalf("%s: Close: %v", f.Name, err)
	}
	return b.String()
}

func format(t testing.TB, name string) Format {
	t.Helper()
	f, ok := FormatNamed(name)
	if !ok {
		t.Fatalf("there is no format %q", name)
	}
	return f
}
