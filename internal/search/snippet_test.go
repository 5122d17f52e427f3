package search

import (
	"strings"
	"testing"
	"time"

	"backfile/internal/fuzztime"
	"backfile/internal/news"
	"backfile/internal/text"
)

// bare takes an s off: enough of a stemmer to see that one is asked.
func bare(_, w string) string { return strings.TrimSuffix(w, "s") }

func marked(fs []Fragment) string {
	var b strings.Builder
	for _, f := range fs {
		b.WriteString(f.Pre)
		if f.Match != "" {
			b.WriteString("[" + f.Match + "]")
		}
		b.WriteString(f.Post)
	}
	return b.String()
}

func TestMark(t *testing.T) {
	for _, tc := range []struct{ q, in, want string }{
		{"flood", "Floods in Zürich’s old town", "[Floods] in Zürich’s old town"},
		{"zurich", "Floods in Zürich’s old town", "Floods in [Zürich’s] old town"},
		{`"in zurich" flood`, "Floods in Zürich’s old town", "[Floods] [in Zürich’s] old town"},
		{"-flood town", "Floods in Zürich’s old town", "Floods in Zürich’s old [town]"},
		{"headline:town body:old", "Floods in Zürich’s old town", "Floods in Zürich’s old [town]"},
		{"COVID-19", "After COVID-19: what now", "After [COVID-19]: what now"},
		{"none", "Nothing  to\tsee", "Nothing to see"},
		{"", "Nothing to see", "Nothing to see"},
	} {
		q, _ := Parse(tc.q)
		if got := marked(Mark(q, tc.in, "en", bare)); got != tc.want {
			t.Errorf("Mark(%q, %q) = %s, want %s", tc.q, tc.in, got, tc.want)
		}
	}
}

func TestCut(t *testing.T) {
	filler := strings.Repeat("The meeting went on for hours and nobody spoke of anything new. ", 8)
	a := news.Article{
		Language:   "en",
		Headline:   "Town flooded by the sea",
		Byline:     "By Ken Oxtoby",
		Dateline:   "SKEGNESS, Monday",
		Standfirst: "A night of rain on the coast.",
		Body: "“The river rose,” she said, and then the bridges closed.\n\n" + filler +
			"Engineers from Utrecht looked at the dam. " + filler + "The dam at Norby was the last to hold the river.",
		Images: []news.Image{{Caption: "Sandbags at the harbour"}},
	}
	i := strings.Index(a.Body, "Norby")
	a.Mentions = []news.Mention{{Kind: news.Place, Text: "Norby", Start: i, End: i + 5, Entity: "id-of-norby"}}
	for _, tc := range []struct {
		name string
		q    Node
		want []string // what each snippet must contain
	}{
		{"both words in one place", parsed("dam river"), []string{"The [dam] at Norby was the last to hold the [river]."}},
		{"two places", parsed("bridge engineers"), []string{"“The river rose,” she said, and then the [bridges] closed. The meeting", "[Engineers] from Utrecht"}},
		{"phrase", parsed(`"nobody spoke of"`), []string{"and [nobody spoke of] anything"}},
		{"entity by another name", Entities{Kind: news.Place, Name: "Old Norby Town", IDs: []news.EntityID{"id-of-norby"}}, []string{"at [Norby] was"}},
		{"caption", parsed("sandbag"), []string{"[Sandbags] at the harbour"}},
		{"standfirst", parsed("coast"), []string{"rain on the [coast]."}},
		{"field elsewhere", parsed("byline:river"), []string{"A night of rain on the coast."}},
		{"byline", parsed("byline:oxtoby"), []string{"By Ken [Oxtoby]"}},
		{"byline by a word", parsed("oxtoby"), []string{"By Ken [Oxtoby]"}},
		{"body and byline", parsed("dam oxtoby"), []string{"at the [dam]", "By Ken [Oxtoby]"}},
		{"body and caption", parsed("dam sandbag"), []string{"at the [dam]", "[Sandbags] at"}},
		{"the same word in body and standfirst", parsed("river night coast"), []string{"“The [river] rose", "A [night] of rain on the [coast]."}},
		{"dateline", parsed("dateline:skegness"), []string{"[SKEGNESS], Monday"}},
		{"what the headline shows", parsed("dam flooded"), []string{"at the [dam]"}},
		{"nothing", nil, []string{"A night of rain on the coast."}},
	} {
		got := Cut(tc.q, a, bare)
		if len(got) != len(tc.want) {
			t.Errorf("%s: %d snippets, want %d: %v", tc.name, len(got), len(tc.want), got)
			continue
		}
		for i, s := range got {
			if !strings.Contains(marked(s), tc.want[i]) {
				t.Errorf("%s: snippet %d = %q, want it to contain %q", tc.name, i, marked(s), tc.want[i])
			}
		}
	}
	if got := Cut(nil, news.Article{}, bare); got != nil {
		t.Errorf("Cut of an empty article = %v, want nil", got)
	}
}

// A headline that calls a place by another name shows it none the less.
func TestMarkHeadline(t *testing.T) {
	a := news.Article{Language: "en", Headline: "In Gdańsk, they sign", Mentions: []news.Mention{{Kind: news.Place, Text: "Gdańsk", Start: 3, End: 10, Entity: "id", Field: news.FieldHeadline}}}
	q := And{[]Node{Entities{Kind: news.Place, Name: "Danzig", IDs: []news.EntityID{"id"}}, Field{Name: FieldHeadline, Value: "sign"}}}
	if got, want := marked(MarkHeadline(q, a, bare)), "In [Gdańsk], they [sign]"; got != want {
		t.Errorf("MarkHeadline = %s, want %s", got, want)
	}
	if got := MarkHeadline(q, news.Article{}, bare); got != nil {
		t.Errorf("MarkHeadline without a headline = %v, want nil", got)
	}
}

func parsed(q string) Node { n, _ := Parse(q); return n }

// FuzzCut holds that snippets are stretches of the text, whatever it is.
func FuzzCut(f *testing.F) {
	f.Add("river dam", "The dam at Łódź. “The river rose,” she said.", "")
	f.Add(`"a b" c`, "a b\n\nc a b", "x")
	f.Add("x", "\xff x \n\n\t東京x", "東")
	f.Fuzz(func(t *testing.T, q, body, standfirst string) {
		defer fuzztime.Check(t, time.Now())
		a := news.Article{Body: body, Standfirst: standfirst}
		for _, s := range Cut(parsed(q), a, bare) {
			var b strings.Builder
			for _, x := range s {
				b.WriteString(x.Pre + x.Match + x.Post)
			}
			flat := func(s string) string { return strings.Join(strings.Fields(s), " ") }
			if got := flat(b.String()); !strings.Contains(flat(body), got) && !strings.Contains(flat(standfirst), got) {
				t.Fatalf("snippet %q is not of %q", got, body)
			}
			if n := text.Words(b.String()); n > 2*snippetWords && standfirst == "" {
				t.Fatalf("snippet of %d words", n)
			}
		}
	})
}
