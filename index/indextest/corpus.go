package indextest

import (
	_ "embed"
	"strings"
	"testing"

	"backfile/internal/news"
	"backfile/internal/text"
)

//go:embed corpus.txt
var corpusText string

// corpus reads the suite's articles. Each begins with a line "== id", goes on with
// lines "name: value" and, behind an empty line, the body. Entities are named
// with their aliases ("Liz Truss | Truss"), one a line, and are mentioned wherever
// an alias stands in the body, headline or standfirst.
func corpus(t *testing.T) []news.Article {
	t.Helper()
	var out []news.Article
	for _, piece := range strings.Split(corpusText, "\n== ")[1:] {
		head, body, _ := strings.Cut(piece, "\n\n")
		lines := strings.Split(head, "\n")
		a := news.Article{ID: news.ArticleID(lines[0]), Body: strings.TrimSpace(body), Language: "en"}
		for _, l := range lines[1:] {
			name, value, ok := strings.Cut(l, ": ")
			if !ok {
				t.Fatalf("corpus, article %s: line %q", a.ID, l)
			}
			switch name {
			case "headline":
				a.Headline = value
			case "standfirst":
				a.Standfirst = value
			case "byline":
				a.Byline = value
			case "dateline":
				a.Dateline = value
			case "agency":
				a.Agency = value
			case "outlet":
				a.Outlet = news.NewOutlet(value)
			case "published":
				a.Published = date(t, value)
			case "section":
				a.Section = value
			case "language":
				a.Language = value
			case "url":
				a.URL = value
			case "tag":
				a.Tags = append(a.Tags, value)
			case "caption":
				a.Images = append(a.Images, news.Image{Caption: value, Credit: "Kamera Nord"})
			case "person":
				a.Persons = append(a.Persons, entity(news.Person, value))
			case "place":
				a.Places = append(a.Places, entity(news.Place, value))
			case "organisation":
				a.Organisations = append(a.Organisations, entity(news.Organisation, value))
			default:
				t.Fatalf("corpus, article %s: line %q", a.ID, l)
			}
		}
		out = append(out, a)
	}
	return out
}

func entity(k news.Kind, names string) news.Entity {
	e := news.Entity{Kind: k, Count: 1}
	for n := range strings.SplitSeq(names, " | ") {
		e.Aliases = append(e.Aliases, news.Alias{Name: n, Fold: text.Fold(n)})
	}
	e.Name = e.Aliases[0].Name
	e.Slug, e.ID = news.Slug(e.Name), news.NewEntityID(k, text.Fold(e.Name))
	return e
}
