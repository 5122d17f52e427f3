package web

import (
	"context"
	"strings"

	"backfile/internal/news"
	"backfile/templates"
)

// citation is the article as a footnote cites it: who, what, where, when, and
// the address that lasts.
func citation(ctx context.Context, a *news.Article, permanent string, captured news.Date) string {
	var who []string
	for _, x := range a.Authors {
		who = append(who, x.Name)
	}
	var parts []string
	if s := templates.And(ctx, who); s != "" {
		parts = append(parts, s)
	} else if a.Agency != "" {
		parts = append(parts, a.Agency)
	}
	parts = append(parts, "“"+strings.Trim(headline(a), "“”")+"”")
	if a.Outlet != nil {
		parts = append(parts, a.Outlet.Name)
	}
	parts = append(parts, templates.ShowDate(ctx, a.Published))
	s := strings.Join(parts, ", ")
	if !captured.IsZero() {
		s += " (" + templates.Say(ctx, "cite.captured", templates.ShowDate(ctx, captured)) + ")"
	}
	return s + ". " + permanent
}

// socialOf is the article's card on other sites.
func socialOf(a *news.Article, permanent string) *templates.Social {
	c := &templates.Social{
		Type: "article", Title: headline(a), Description: opening(a), URL: permanent, Section: a.Section,
		Published: a.Published.Text, Modified: a.Updated.Text,
	}
	for _, x := range a.Authors {
		c.Authors = append(c.Authors, x.Name)
	}
	return c
}

// ldArticle is schema.org's NewsArticle, as much of it as is known.
type ldArticle struct {
	Context     string     `json:"@context"`
	Type        string     `json:"@type"`
	ID          string     `json:"@id"`
	URL         string     `json:"url"`
	Headline    string     `json:"headline"`
	Description string     `json:"description,omitempty"`
	Published   string     `json:"datePublished,omitempty"`
	Modified    string     `json:"dateModified,omitempty"`
	Authors     []ldNamed  `json:"author,omitempty"`
	Publisher   *ldNamed   `json:"publisher,omitempty"`
	Source      *ldNamed   `json:"sourceOrganization,omitempty"`
	Section     string     `json:"articleSection,omitempty"`
	Language    string     `json:"inLanguage,omitempty"`
	Keywords    []string   `json:"keywords,omitempty"`
	Original    string     `json:"isBasedOn,omitempty"`
	Dateline    string     `json:"dateline,omitempty"`
	Mentions    []ldNamed  `json:"mentions,omitempty"`
	Archive     *ldArchive `json:"archivedAt,omitempty"`
}

type ldNamed struct {
	Type string `json:"@type"`
	Name string `json:"name"`
}

type ldArchive struct {
	Type string `json:"@type"`
	URL  string `json:"url"`
	Name string `json:"name"`
}

// ldMentions is the most entities that JSON-LD names.
const ldMentions = 20

func linkedData(a *news.Article, permanent, archive string) ldArticle {
	d := ldArticle{
		Context: "https://schema.org", Type: "NewsArticle", ID: permanent, URL: permanent,
		Headline: headline(a), Description: a.Standfirst, Published: a.Published.Text, Modified: a.Updated.Text,
		Section: a.Section, Language: a.Language, Keywords: a.Tags, Original: outside(a.URL), Dateline: a.Dateline,
		Archive: &ldArchive{Type: "WebPage", URL: permanent, Name: archive},
	}
	if a.ArticleKind == news.Opinion {
		d.Type = "OpinionNewsArticle"
	}
	for _, x := range a.Authors {
		d.Authors = append(d.Authors, ldNamed{"Person", x.Name})
	}
	if a.Outlet != nil {
		d.Publisher = &ldNamed{"NewsMediaOrganization", a.Outlet.Name}
	}
	if a.Agency != "" {
		d.Source = &ldNamed{"Organization", a.Agency}
	}
	types := map[news.Kind]string{news.Person: "Person", news.Place: "Place", news.Organisation: "Organization"}
	for _, k := range news.Kinds {
		for _, e := range a.Entities(k) {
			if len(d.Mentions) < ldMentions {
				d.Mentions = append(d.Mentions, ldNamed{types[k], e.Name})
			}
		}
	}
	return d
}
