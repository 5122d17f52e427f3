package web

import (
	"encoding/csv"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"testing"

	"github.com/PuerkitoBio/goquery"
	"golang.org/x/net/html"

	"backfile/internal/news"
	"backfile/internal/search"
)

// shores is an archive whose numbers are known: two outlets, a subject that is in
// every other article of the one, and dates of every precision.
func shores(t *testing.T) *memory {
	t.Helper()
	m := newMemory()
	keir, rae, mair := person("Thomas Keir", 1), person("=cmd Rae", 1), person("Ada Mair", 1)
	aberdeen, sydney := place("Aberdeen", 57.15, -2.1), place("Sydney", -33.9, 151.2)
	n := 0
	add := func(outlet, when, body string, ps []news.Entity, at []news.Entity) {
		n++
		a := news.Article{URL: fmt.Sprintf("https://a.example/%d", n), Outlet: news.NewOutlet(outlet), Headline: fmt.Sprintf("Number %d", n), Body: body, Persons: ps, Places: at, Language: "en", Section: "Town"}
		if when != "" {
			a.Published = date(t, when)
		}
		m.add(a)
	}
	for i := range 12 {
		body, ps := "A storm.", []news.Entity{keir}
		if i%2 == 0 {
			body, ps = "The harbour.", []news.Entity{keir, rae}
		}
		add("Harbour Post", fmt.Sprintf("1953-%02d-14", i%6+1), body, ps, []news.Entity{aberdeen})
	}
	for i := range 20 {
		add("Northern Courier", fmt.Sprintf("1955-03-%02d", i+1), "A storm at sea.", []news.Entity{mair}, []news.Entity{sydney})
	}
	add("Harbour Post", "1953", "The harbour once more.", []news.Entity{rae}, nil)
	add("Harbour Post", "1953-05", "The harbour again.", []news.Entity{rae}, nil)
	add("Harbour Post", "", "A harbour without a date.", []news.Entity{rae}, nil)
	return m
}

// texts are the words of elements, each apart from those beside it.
func texts(s *goquery.Selection) string {
	var out []string
	var walk func(n *html.Node)
	walk = func(n *html.Node) {
		if n.Type == html.TextNode {
			out = append(out, n.Data)
		}
		for c := n.FirstChild; c != nil; c = c.NextSibling {
			walk(c)
		}
	}
	for _, n := range s.Nodes {
		walk(n)
	}
	return strings.Join(strings.Fields(strings.Join(out, " ")), " ")
}

func bodyOf(t *testing.T, c *http.Client, at string) string {
	t.Helper()
	res, err := c.Get(at)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = res.Body.Close() }()
	b, err := io.ReadAll(res.Body)
	if err != nil || res.StatusCode != http.StatusOK {
		t.Fatalf("GET %s = %d, %v", at, res.StatusCode, err)
	}
	return string(b)
}

func TestTimelineAPI(t *testing.T) {
	srv := serve(t, shores(t))
	for _, c := range []struct {
		name, ask string
		want      timelineAnswer
	}{
		{"years", "q=harbour&by=year", timelineAnswer{By: byYear, Total: 9, Undated: 1, Timeline: []pointAnswer{{"1953", 8, 14, false}, {"1954", 0, 0, true}, {"1955", 0, 20, false}}}},
		{"decades", "q=harbour&by=decade", timelineAnswer{By: byDecade, Total: 9, Undated: 1, Timeline: []pointAnswer{{"1950s", 8, 34, false}}}},
		{"a share of the outlet's", "q=storm&outlet=harbour-post&by=year", timelineAnswer{By: byYear, Total: 6, Timeline: []pointAnswer{{"1953", 6, 14, false}}}},
		{"the months of a year", "q=harbour&year=1953", timelineAnswer{By: byMonth, Total: 8, OfYear: 1, Timeline: []pointAnswer{
			{"1953-01", 2, 2, false}, {"1953-02", 0, 2, false}, {"1953-03", 2, 2, false}, {"1953-04", 0, 2, false}, {"1953-05", 3, 3, false}, {"1953-06", 0, 2, false},
			{"1953-07", 0, 0, true}, {"1953-08", 0, 0, true}, {"1953-09", 0, 0, true}, {"1953-10", 0, 0, true}, {"1953-11", 0, 0, true}, {"1953-12", 0, 0, true}}}},
		{"two searches", "q=harbour&with=storm&by=decade", timelineAnswer{By: byDecade, Total: 9, Undated: 1, Timeline: []pointAnswer{{"1950s", 8, 34, false}},
			With: &timelineAnswer{By: byDecade, Total: 26, Timeline: []pointAnswer{{"1950s", 26, 34, false}}}}},
		{"nothing", "q=xyzzy&by=decade", timelineAnswer{By: byDecade, Timeline: []pointAnswer{{"1950s", 0, 34, false}}}},
	} {
		var got timelineAnswer
		if err := json.Unmarshal([]byte(bodyOf(t, srv.Client(), srv.URL+"/api/v1/timeline?"+c.ask)), &got); err != nil {
			t.Fatal(err)
		}
		a, _ := json.Marshal(got)
		b, _ := json.Marshal(c.want)
		if string(a) != string(b) {
			t.Errorf("%s: timeline of %s\n got %s\nwant %s", c.name, c.ask, a, b)
		}
	}
	var got timelineAnswer
	if err := json.Unmarshal([]byte(bodyOf(t, srv.Client(), srv.URL+"/api/v1/timeline?q=harbour&from=1953-05&to=1953-05&by=day")), &got); err != nil {
		t.Fatal(err)
	}
	if got.OfYear != 1 || got.OfMonth != 1 || got.Total != 4 || len(got.Timeline) != 31 {
		t.Errorf("days of a month: %d known by their year, %d by their month, %d in all, %d days, want 1, 1, 4 and 31", got.OfYear, got.OfMonth, got.Total, len(got.Timeline))
	}
}

func TestSetPage(t *testing.T) {
	srv := serve(t, shores(t))
	res, doc := fetch(t, srv.Client(), srv.URL+"/search/overview?q=harbour&person=-ada-mair&by=year")
	if res.StatusCode != http.StatusOK {
		t.Fatalf("the overview answers %d", res.StatusCode)
	}
	text := texts(doc.Find("main"))
	for _, want := range []string{"— 9", "1 article has no date and stands in no bar.", "A gap is not silence", "1953 8 14 57%", "1954 nothing captured", "=cmd Rae nowhere else 9", "Thomas Keir"} {
		if !strings.Contains(text, want) {
			t.Errorf("the overview lacks %q:\n%s", want, text)
		}
	}
	if got := words(doc.Find("#particular ~ .cols3")); strings.Contains(got, "Thomas Keir 1.0") || strings.Contains(got, "Ada Mair") {
		t.Errorf("particular to the harbour is %q", got)
	}
	// What is chosen here stays here.
	for _, sel := range []string{".asked .off", "[data-facet=outlet] .pick", "[data-facet=outlet] .drop", ".series a", ".figures th a", ".atlas a", ".cols3 .figures a"} {
		at := doc.Find(sel).First().AttrOr("href", "")
		if !strings.HasPrefix(at, "/search/overview?") || !strings.Contains(at, "q=harbour") {
			t.Errorf("%s leads to %q, want another overview", sel, at)
		}
	}
	// A bar leads to its time, parted finer.
	bar := doc.Find(".series a").First().AttrOr("href", "")
	_, doc = fetch(t, srv.Client(), srv.URL+bar)
	text = texts(doc.Find("main"))
	if !strings.Contains(text, "of 1953 ×") || !strings.Contains(text, "All years › 1953") || !strings.Contains(text, "months") || !strings.Contains(text, "1 article is known only by its year") {
		t.Errorf("a bar leads to %s: %s", bar, text)
	}
}

func TestCompare(t *testing.T) {
	srv := serve(t, shores(t))
	_, doc := fetch(t, srv.Client(), srv.URL+"/search/overview?q=harbour&person=thomas-keir&outlet=harbour-post&with=storm")
	text := texts(doc.Find(".pairkey"))
	if !strings.Contains(text, "Bars: harbour · Thomas Keir 6") || !strings.Contains(text, "Line: storm 6") {
		t.Errorf("the key reads %q", text)
	}
	if n := doc.Find("svg.series path.two:not(.thin)").Length(); n != 2 {
		t.Errorf("%d lines, want one in each chart", n)
	}
	swap := doc.Find(".pairkey li:last-child a").AttrOr("href", "")
	u, err := url.Parse(swap)
	if err != nil {
		t.Fatal(err)
	}
	if q := u.Query(); q.Get("q") != "storm" || q.Get("with") != "harbour person:thomas-keir" || q.Get("outlet") != "harbour-post" || q.Get("person") != "" {
		t.Errorf("the other way round is %s", swap)
	}
	_, doc = fetch(t, srv.Client(), srv.URL+"/search/overview?q=xyzzy&with=plugh")
	if text := words(doc.Find("main")); !strings.Contains(text, "Neither search found") {
		t.Errorf("two searches that find nothing read %q", text)
	}
}

func TestParticularAPI(t *testing.T) {
	srv := serve(t, shores(t))
	var got struct {
		Total  int
		Person []particularAnswer
		Place  []particularAnswer
	}
	if err := json.Unmarshal([]byte(bodyOf(t, srv.Client(), srv.URL+"/api/v1/particular?q=harbour")), &got); err != nil {
		t.Fatal(err)
	}
	if got.Total != 9 || len(got.Person) != 1 || got.Person[0].Name != "=cmd Rae" || got.Person[0].Count != 9 || got.Person[0].Elsewhere != 0 || got.Person[0].Times != nil || got.Person[0].Score < leastScore {
		t.Errorf("particular to the harbour are %+v", got)
	}
	// Who was asked for is not particular to the answer.
	if err := json.Unmarshal([]byte(bodyOf(t, srv.Client(), srv.URL+"/api/v1/particular?q=sea&person=ada-mair")), &got); err != nil {
		t.Fatal(err)
	}
	if len(got.Person) != 0 || len(got.Place) != 1 || got.Place[0].Name != "Sydney" {
		t.Errorf("particular to Ada Mair at sea are %+v", got)
	}
}

func TestSetTables(t *testing.T) {
	srv := serve(t, shores(t))
	rows := func(at string) [][]string {
		t.Helper()
		out, err := csv.NewReader(strings.NewReader(bodyOf(t, srv.Client(), srv.URL+at))).ReadAll()
		if err != nil {
			t.Fatalf("%s: %v", at, err)
		}
		return out
	}
	for _, c := range []struct {
		at   string
		n    int
		want string
	}{
		{"/search/overview?q=harbour&by=year&format=csv", 4, "time,found,captured,share,nothing_captured / 1953,8,14,0.571429, / 1954,,,,1 / 1955,0,20,0.000000,"},
		{"/search/overview?q=harbour&with=storm&by=decade&format=csv", 2, "time,found,captured,share,found_beside,captured_beside,share_beside,nothing_captured / 1950s,8,34,0.235294,26,34,0.764706,"},
		{"/search/overview?q=harbour&format=csv&table=particular", 2, "kind,name,articles,elsewhere,times_as_often,likelihood_ratio,address / person,'=cmd Rae,9,0,"},
		{"/search/people?q=harbour&format=csv", 3, "name,articles,share,parameter,address / '=cmd Rae,9,1.000000,cmd-rae,"},
		{"/search/places?q=storm&format=csv", 3, "Sydney,20,0.769231,sydney,http"},
		{"/search/outlets?q=harbour&outlet=harbour-post&format=csv", 2, "Harbour Post,9,1.000000,harbour-post"},
	} {
		got := rows(c.at)
		var lines []string
		for _, r := range got {
			lines = append(lines, strings.Join(r, ","))
		}
		if s := strings.Join(lines, " / "); len(got) != c.n || !strings.Contains(s, c.want) {
			t.Errorf("%s\n got %s\nwant %s in %d rows", c.at, s, c.want, c.n)
		}
	}
	// Days are not limited in a table.
	if got := rows("/search/overview?q=harbour&by=day&format=csv"); len(got) < 700 {
		t.Errorf("a table of days has %d rows, want each day from 1953 to 1955", len(got))
	}
}

func TestValuesPage(t *testing.T) {
	srv := serve(t, shores(t))
	_, doc := fetch(t, srv.Client(), srv.URL+"/search/people?q=harbour")
	if got := texts(doc.Find(".all ul")); got != "=cmd Rae 9 − Thomas Keir 6 −" {
		t.Errorf("people of the harbour are %q", got)
	}
	_, doc = fetch(t, srv.Client(), srv.URL+"/search/people?q=harbour&order=name&find=KEIR&person=-cmd-rae")
	if got := texts(doc.Find(".all")); !strings.HasPrefix(got, "=cmd Rae") || strings.Contains(got, "Thomas Keir") {
		t.Errorf("without Rae no article of the harbour is left, and the page shows %q", got)
	}
	_, doc = fetch(t, srv.Client(), srv.URL+"/search/outlets?q=storm&outlet=harbour-post&order=name")
	if got := texts(doc.Find(".all")); got != "Harbour Post 6 − Northern Courier 20 −" {
		t.Errorf("outlets of the storm are %q", got)
	}
	for _, sel := range []string{".chosen .pick", ".all ul:not(.chosen) .drop", ".asked .off"} {
		if at := doc.Find(sel).First().AttrOr("href", ""); !strings.HasPrefix(at, "/search/outlets?") || !strings.Contains(at, "order=name") {
			t.Errorf("%s leads to %q, want the same page", sel, at)
		}
	}
	res, _ := fetch(t, srv.Client(), srv.URL+"/search/nonsense?q=storm")
	if res.StatusCode != http.StatusNotFound {
		t.Errorf("a facet that is none answers %d, want 404", res.StatusCode)
	}
}

// TestBaseLanguages counts a language with its countries, as a search for it does.
func TestBaseLanguages(t *testing.T) {
	got := baseLanguages([]search.Count{{Value: "en-gb", N: 129}, {Value: "de", N: 5}, {Value: "en", N: 4}, {Value: "en-us", N: 1}})
	if want := []search.Count{{Value: "en", N: 134}, {Value: "de", N: 5}}; !slices.Equal(got, want) {
		t.Errorf("baseLanguages = %v, want %v", got, want)
	}
}

// TestValuesFind looks values through by the beginnings of their names' words.
func TestValuesFind(t *testing.T) {
	srv := serve(t, shores(t))
	for find, want := range map[string]string{"KEI": "Thomas Keir 6 −", "thom": "Thomas Keir 6 −", "omas": "", "mas k": "", "nobody": ""} {
		_, doc := fetch(t, srv.Client(), srv.URL+"/search/people?q=harbour&find="+url.QueryEscape(find))
		if got := texts(doc.Find(".all ul")); got != want {
			t.Errorf("find %q shows %q, want %q", find, got, want)
		}
	}
}
