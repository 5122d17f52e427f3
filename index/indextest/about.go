package indextest

import (
	"slices"
	"strings"
	"testing"

	"backfile/internal/news"
	"backfile/internal/search"
)

// naming is an article whose texts name a person wherever they have name.
func naming(t *testing.T, id, day, headline, body, name string, who news.EntityID) news.Article {
	a := news.Article{ID: news.ArticleID(id), Language: "en", Headline: headline, Body: body, Published: date(t, day)}
	for field, s := range map[string]string{news.FieldHeadline: headline, "": body} {
		for at := 0; ; {
			i := strings.Index(s[at:], name)
			if i < 0 {
				break
			}
			a.Mentions = append(a.Mentions, news.Mention{Kind: news.Person, Text: name, Start: at + i, End: at + i + len(name), Entity: who, Field: field})
			at += i + len(name)
		}
	}
	return a
}

// testAbout holds that what is about somebody comes before what names them in passing, by
// field and by the words of a name.
func testAbout(t *testing.T, x Index) {
	ada, bob := news.NewEntityID(news.Person, "ada quay"), news.NewEntityID(news.Person, "bob quay")
	filler := strings.Repeat("the council met and nothing at all was said of it ", 12)
	passing := naming(t, "passing", "2022-05-03", "The council met", filler+"also there was Ada Quay", "Ada Quay", ada)
	often := naming(t, "often", "2022-05-02", "The harbour again", "Ada Quay spoke. "+filler+"Ada Quay left.", "Ada Quay", ada)
	headline := naming(t, "headline", "2022-05-01", "Ada Quay speaks", "It was Ada Quay who spoke. "+filler, "Ada Quay", ada)
	other := naming(t, "other", "2022-05-04", "A quay for Ada", "Ada who owns a quay and another quay, said Bob Quay. Ada the ship lay at the quay.", "Bob Quay", bob)
	german := news.Article{ID: "german", Language: "de", Headline: "Zum Hafen", Body: "Zum Hafen und zum Markt, zum Fluss.", Published: date(t, "2022-05-05")}
	italian := news.Article{ID: "italian", Language: "it", Headline: "Parla Zuma", Body: "Zuma parla.", Published: date(t, "2021-05-05")}
	long := news.Article{ID: "long", Language: "en", Headline: "Storm " + strings.Repeat("and a great many other things besides ", 8), Body: filler, Published: date(t, "2022-06-01")}
	short := news.Article{ID: "short", Language: "en", Headline: "Storm at sea", Body: filler, Published: date(t, "2022-01-01")}
	fill(t, x, passing, often, headline, other, german, italian, long, short)
	named := search.Entities{Kind: news.Person, Name: "ada quay", IDs: []news.EntityID{ada}}
	for _, tc := range []struct {
		what string
		req  search.Request
		want string
	}{
		{"by field", search.Request{Query: named}, "headline often passing"},
		{"by field, newest first", search.Request{Query: named, Sort: search.Newest}, "passing often headline"},
		{"the words alone", search.Request{Query: parse(t, "ada quay")}, "other headline often passing"},
		{"the words are a name", search.Request{Query: parse(t, "ada quay"), Prefer: []search.Entities{named}}, "headline often passing other"},
		{"in another order, it counts for nothing", search.Request{Query: parse(t, "ada quay"), Prefer: []search.Entities{named}, Sort: search.Oldest}, "headline often passing other"},
		{"what must not be scores nothing", search.Request{Query: search.All(parse(t, "quay"), search.Not{Part: named})}, "other"},
		{"a stem of its own language", search.Request{Query: parse(t, "zuma")}, "italian"},
		{"a long headline", search.Request{Query: parse(t, "storm")}, "short long"},
		{"a beginning, in the headline", search.Request{Query: parse(t, "stor*")}, "short long"},
	} {
		if got := ids(find(t, x, tc.req)); !slices.Equal(got, strings.Fields(tc.want)) {
			t.Errorf("%s: %q, want %s", tc.what, got, tc.want)
		}
	}
}
