package when

import (
	"strings"
	"testing"
	"time"

	"backfile/internal/news"
)

func article(published, body string) *news.Article {
	a := &news.Article{Body: body}
	if published != "" {
		a.Published = news.Date{Text: published, Precision: news.Day}
	}
	return a
}

func TestFind(t *testing.T) {
	tests := []struct {
		name, lang, published, body string
		want                        string // text=from..to, parted by blanks
	}{
		{"no publication", "en", "", "It opened in 1931 and closed last week.", "1931=1931-01-01..1931-12-31"},
		{"unknown language", "fi", "2021-12-02", "in 1931", ""},
		{"two people named after months", "en", "2021-12-02", "April Jones met Mrs May.", ""},
		{"verbs", "en", "2021-12-02", "They march on. We may 12 times fail.", ""},
		{"counts", "en", "2021-12-02", "In 2000 people fled; by 1900 hours it was over; a crowd of 2014; 1,914 men.", ""},
		{"numbers of telephones and roads", "en", "2021-12-02", "Route 66, Room 2012, 01224 1936-38, £1,936 and $2014.", ""},
		{"weekdays of names", "en", "2021-12-02", "The Sunday Times; Black Friday sales; Sheffield Wednesday; Monday Night Football; the Tuesday Club.", ""},
		{"any weekday", "en", "2021-12-02", "every Tuesday, a Sunday, each Friday, Mondays", ""},
		{"leap day", "en", "2021-12-02", "on 29 February", "29_February=2020-02-29..2020-02-29"},
		{"no such day of a month", "en", "2021-12-02", "on 31 June 2020", "June_2020=2020-06-01..2020-06-30"},
		{"no such year", "en", "2021-12-02", "in 2999", ""},
		{"ambiguous digits", "en", "2021-12-02", "04/05/2020", ""},
		{"sure digits", "en", "2021-12-02", "24/05/2020", "24/05/2020=2020-05-24..2020-05-24"},
		{"several last days", "en", "2021-12-02", "over the last week, on the last day", ""},
		{"newspaper's last weekday", "en", "2021-12-02", "last Thursday", "last_Thursday=2021-11-25..2021-11-25"},
		{"over the year's end", "en", "2022-01-03", "It was felled in December and on Dec. 28.", "December=2021-12-01..2021-12-31 Dec._28=2021-12-28..2021-12-28"},
		{"eras", "en", "2021-12-02", "the '80s and the 1990's", "80s=1980-01-01..1989-12-31 1990's=1990-01-01..1999-12-31"},
		{"ages", "en", "2021-12-02", "a woman in her eighties and a man in his 50s", ""},
		{"last winter in autumn", "en", "2021-10-02", "last winter", "last_winter=2020-12-01..2021-02-28"},
		{"this winter in January", "en", "2021-01-10", "this winter", "this_winter=2020-12-01..2021-02-28"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			var got []string
			for _, w := range Find(article(tt.published, tt.body), tt.lang) {
				got = append(got, strings.ReplaceAll(w.Text, " ", "_")+"="+w.From+".."+w.To)
			}
			if s := strings.Join(got, " "); s != tt.want {
				t.Errorf("Find(%q) = %q, want %q", tt.body, s, tt.want)
			}
		})
	}
}

func TestFindLeavesNames(t *testing.T) {
	a := article("2021-12-02", "Theresa May in May 2017")
	a.Mentions = []news.Mention{{Kind: news.Person, Text: "Theresa May", Start: 0, End: 11}}
	got := Find(a, "en")
	if len(got) != 1 || got[0].Text != "May 2017" {
		t.Errorf("Find = %+v", got)
	}
}

func TestFindFields(t *testing.T) {
	a := article("2021-12-02", "Body of yesterday")
	a.Headline, a.Images = "Wall fell on Tuesday", []news.Image{{}, {Caption: "in 1936"}}
	var got []string
	for _, w := range Find(a, "en") {
		got = append(got, w.Field+":"+w.Text)
	}
	if s := strings.Join(got, " "); s != "headline:Tuesday :yesterday caption.1:1936" {
		t.Errorf("Find = %q", s)
	}
}

func TestEaster(t *testing.T) {
	for year, want := range map[int]string{1916: "1916-04-23", 1998: "1998-04-12", 2020: "2020-04-12", 2024: "2024-03-31"} {
		if got := easter(year).String(); got != want {
			t.Errorf("easter(%d) = %s, want %s", year, got, want)
		}
	}
}

func TestListsRead(t *testing.T) {
	for _, code := range Languages {
		if l := theLanguage(code); l == nil || l.expressions == 0 {
			t.Errorf("%s: no list", code)
		}
	}
	for _, bad := range []string{"nonsense", "things: a b", "in [ {Y} -> year", "[ {Y} ] -> wonder", "[ two words|a-b ] -> year", "holiday x: y", "[ {1} ] -> year"} {
		if _, err := readLanguage("en", bad); err == nil {
			t.Errorf("readLanguage(%q) gave no error", bad)
		}
	}
}

// TestHostile has texts made to keep the rules busy.
func TestHostile(t *testing.T) {
	for _, s := range []string{"May 12, ", "between 1939 and ", "Tuesday ", "12 May to ", "the early hours of ", "1914-", "in two years’ time last ", "2014, 2015 and ", "will said "} {
		a := article("2021-12-02", strings.Repeat(s, longest/len(s)))
		start := time.Now()
		for _, l := range []string{"en", "de"} {
			Find(a, l)
		}
		if d := time.Since(start); d > 8*time.Second {
			t.Errorf("%q took %v", s, d)
		}
	}
}

func FuzzFind(f *testing.F) {
	for _, l := range Languages {
		f.Add("on 12 May 1936, last week in the 1980s; 12. Mai bis 3/4/2020 l’an dernier", "2021-12-02", l)
	}
	f.Add("Tuesday’s 1914-18 ’80s Q3 2022 12.5.1936 the 29th ult.", "2020-02-29", "en")
	f.Fuzz(func(t *testing.T, s, published, lang string) {
		a := article("", s)
		if d, err := news.ParseDate(published, news.FromGiven); err == nil {
			a.Published = d
		}
		last := 0
		for _, w := range Find(a, lang) {
			if w.Start < last || w.Start >= w.End || w.End > len(s) || s[w.Start:w.End] != w.Text {
				t.Fatalf("%q: %+v behind %d", s, w, last)
			}
			last = w.End
			if w.To < w.From || len(w.From) != 10 || w.Precision == "" {
				t.Fatalf("%q: %+v", s, w)
			}
		}
		a.Dates = Find(a, lang)
		b, err := a.MarshalJSON()
		if err != nil {
			t.Fatal(err)
		}
		var back news.Article
		if err := back.UnmarshalJSON(b); err != nil && strings.ToValidUTF8(s, "") == s && strings.ToValidUTF8(published, "") == published {
			t.Fatalf("%q does not come back: %v", s, err)
		}
	})
}

func BenchmarkFind(b *testing.B) {
	texts := readMarked(b, "testdata/en.txt")
	n := 0
	for _, m := range texts {
		n += len(m.article.Body)
	}
	b.SetBytes(int64(n))
	for b.Loop() {
		for i := range texts {
			Find(&texts[i].article, "en")
		}
	}
}
