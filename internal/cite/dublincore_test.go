package cite

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"backfile/internal/news"
)

func TestAsDublinCore(t *testing.T) {
	d, err := news.ParseDate("1953-03", news.FromMetadata)
	if err != nil {
		t.Fatal(err)
	}
	a := news.Article{
		Headline: "Council votes\nto rebuild", Standfirst: "A second winter", Authors: []news.Author{{Name: "Margaret Innes"}}, Agency: "Coast Press", Outlet: news.NewOutlet("Harbour Post"), Section: "Town",
		Tags: []string{"pier", "Town"}, Persons: []news.Entity{{Name: "Thomas Keir"}}, Organisations: []news.Entity{{Name: "Harbour Trust"}}, Places: []news.Entity{{Name: "Aberdeen"}}, Published: d, URL: "https://post.example/1", Language: "en",
	}
	want := []DublinCore{
		{"title", "Council votes to rebuild"}, {"creator", "Margaret Innes"}, {"subject", "Town"}, {"subject", "pier"}, {"subject", "Thomas Keir"}, {"subject", "Harbour Trust"},
		{"description", "A second winter"}, {"publisher", "Harbour Post"}, {"contributor", "Coast Press"}, {"date", "1953-03"}, {"type", "Text"}, {"type", "news article"}, {"format", "text/html"},
		{"identifier", "https://archive.example/articles/1"}, {"source", "https://post.example/1"}, {"language", "en"}, {"coverage", "Aberdeen"},
	}
	if diff := cmp.Diff(want, AsDublinCore(Entry{Article: &a, Address: "https://archive.example/articles/1"})); diff != "" {
		t.Error(diff)
	}
	bare := AsDublinCore(Entry{Article: &news.Article{Body: "First words of it. And more."}, Address: "x"})
	if diff := cmp.Diff([]DublinCore{{"title", "[First words of it. And more.]"}, {"type", "Text"}, {"type", "news article"}, {"format", "text/html"}, {"identifier", "x"}}, bare); diff != "" {
		t.Error(diff)
	}
}
