package entity

import (
	"slices"
	"strings"
	"testing"

	"backfile/internal/news"
)

// TestHeadlines reads headlines with a capital on every word, where what the body
// knows is surest to be a name.
func TestHeadlines(t *testing.T) {
	for _, tc := range []struct{ headline, body, want string }{
		{"Stonehaven Has Its Harbour", "The breakwater at Stonehaven was opened on Tuesday.", "Stonehaven place Stonehaven"},
		{"Stonehaven Has Its Harbour", "", "Stonehaven place Stonehaven"},
		{"Kirkwall Hears the Verdict", "Two hundred chairs were put out in Kirkwall.", "Kirkwall place Kirkwall"},
		{"Bank of England Holds Rates", "The Bank of England kept its rate at four per cent.", "Bank of England organisation Bank of England"},
		{"Bank of England Holds Rates", "", "Bank of England organisation Bank of England"},
		{"Foreign Secretary Liz Truss", "", "Liz Truss person Liz Truss"},
		{"Foreign Secretary Liz Truss", "Ms Truss flew to Stockholm. Liz Truss is Foreign Secretary.", "Liz Truss person Liz Truss"},
		{"Tulloch Report Clears Captain and Engineer", "The report by Robert Tulloch was published on Friday.", "Tulloch person Robert Tulloch"},
		{"Tulloch Report Clears Captain and Engineer", "The report by Lady Tulloch was published on Friday.", "Tulloch person Tulloch"},
		{"Antony Blinken Visits Kyiv", "Mr Blinken arrived in Kyiv on Monday. Secretary of State Antony Blinken brought no promises.", "Antony Blinken person Antony Blinken; Kyiv place Kyiv"},
		{"Antony Blinken Visits Kyiv", "Mr Blinken arrived in Kyiv on Monday.", "Antony Blinken person Antony Blinken; Kyiv place Kyiv"},
		{"Blinken Visits Kyiv After Talks", "Antony Blinken arrived in Kyiv on Monday.", "Blinken person Antony Blinken; Kyiv place Kyiv"},
		{"Mrs Rennie Heads the Poll", "Mrs Agnes Rennie was returned on Thursday.", "Rennie person Agnes Rennie"},
		{"Wilk Violin Comes Home", "The violin of Kazimierz Wilk went back on Sunday.", "Wilk person Kazimierz Wilk"},
		{"Agnes Rennie: She Counted", "Agnes Rennie has died.", "Agnes Rennie person Agnes Rennie"},
		{"MINISTER WARNS OF LONG WINTER", "Moira Groat, the minister, warned of a long winter.", ""},
		{"MOIRA GROAT WARNS OF LONG WINTER", "Moira Groat, the minister, warned of it.", "MOIRA GROAT person Moira Groat"},
		{"Duff, Who Built the Wall, Is Dead", "Robert Duff died in Aberdeen.", "Duff person Robert Duff"},
		{"Smart Money Moves to the Coast", "Derek Smart sold his house in Aberdeen.", ""},
		{"How Police Scotland Lost the Files", "Police Scotland said that the files were lost.", "Police Scotland organisation Police Scotland"},
		{"Harbour Trust Votes to Sell the Pier", "The Stonehaven Harbour Trust voted on Monday.", "Harbour Trust organisation Stonehaven Harbour Trust"},
	} {
		a := news.Article{Headline: tc.headline, Body: tc.body, Language: "en"}
		New().Recognise(&a)
		check(t, &a)
		var got []string
		for _, m := range a.Mentions {
			if m.Field == news.FieldHeadline && m.Form == "" {
				es := a.Entities(m.Kind)
				i := slices.IndexFunc(es, func(e news.Entity) bool { return e.ID == m.Entity })
				name := "?"
				if i >= 0 {
					name = es[i].Name
				}
				got = append(got, m.Text+" "+string(m.Kind)+" "+name)
			}
		}
		if g := strings.Join(got, "; "); g != tc.want {
			t.Errorf("%q over %q:\n\tgot  %s\n\twant %s", tc.headline, tc.body, g, tc.want)
		}
	}
}
