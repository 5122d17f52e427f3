package search

import (
	"strings"
	"testing"

	"backfile/internal/news"
)

// TestCutSaid shows what somebody said where that is asked for: first what has the words.
func TestCutSaid(t *testing.T) {
	long := "We have dredged it and " + strings.Repeat("mended the wall and paid the men and ", 8) + "now the harbour is deep."
	a := news.Article{Language: "en", Headline: "Harbour vote",
		Body: "Mrs Agnes Rennie opened the harbour. “Good morning to all of you,” she said. “It rained,” said Ian Ferrier of the harbour. “" + long + "” Mrs Rennie sat down. “Tea now,” she said."}
	quote := func(s string, id news.EntityID) {
		i := strings.Index(a.Body, s)
		a.Quotes = append(a.Quotes, news.Quote{Text: s, Start: i, End: i + len(s), Speaker: &news.Speaker{ID: id}})
	}
	quote("Good morning to all of you,", "r")
	quote("It rained,", "f")
	quote(long, "r")
	quote("Tea now,", "r")
	i := strings.Index(a.Body, "Agnes")
	a.Mentions = []news.Mention{{Kind: news.Person, Text: "Agnes Rennie", Start: i, End: i + 12, Entity: "r"}}
	said := func(id news.EntityID) Node {
		return Entities{Kind: news.Person, Name: "rennie", IDs: []news.EntityID{id, "other"}, Said: true}
	}
	for _, tc := range []struct {
		name string
		q    Node
		want []string
	}{
		{"without words", said("r"), []string{"“Good morning to all of you,”", "“We have dredged it"}},
		{"with words", And{[]Node{said("r"), Word{"harbour"}}}, []string{"“Good morning", "now the [harbour] is deep."}},
		{"of another", said("f"), []string{"“It rained,”"}},
		{"not of her", And{[]Node{Not{said("r")}, Word{"rained"}}}, []string{"“It [rained],”"}},
		{"of nobody here", And{[]Node{said("x"), Word{"tea"}}}, []string{"“[Tea] now,”"}},
	} {
		got := Cut(tc.q, a, bare)
		if len(got) != len(tc.want) {
			t.Errorf("%s: snippets %v, want %d", tc.name, got, len(tc.want))
			continue
		}
		for i, s := range got {
			if !strings.Contains(marked(s), tc.want[i]) {
				t.Errorf("%s: snippet %d = %q, want it to contain %q", tc.name, i, marked(s), tc.want[i])
			}
		}
	}
	// Quotations that are not where they say they are show nothing, and harm nothing.
	a.Quotes = []news.Quote{{Start: -1, End: 4, Speaker: &news.Speaker{ID: "r"}}, {Start: 4, End: 1 << 20, Speaker: &news.Speaker{ID: "r"}}, {Start: 0, End: 1, Speaker: nil}}
	if got := Cut(said("r"), a, bare); len(got) == 0 {
		t.Error("Cut shows nothing of an article with damaged quotations")
	}
}
