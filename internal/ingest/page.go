package ingest

import (
	"bytes"

	"backfile/internal/news"

	"github.com/markusmobius/go-trafilatura"
)

// ReadPage reads the article of an HTML page.
func ReadPage(src string, b []byte, contentType string, hint Hint) (news.Article, error) {
	res, err := trafilatura.Extract(bytes.NewReader(b), trafilatura.Options{ExcludeComments: true, HtmlDateMode: trafilatura.Disabled})
	if err != nil {
		return news.Article{}, news.Refuse(src, "no article text on the page")
	}
	a := news.Article{Source: src, Headline: res.Metadata.Title, Body: res.ContentText, Authors: []news.Author{{Name: res.Metadata.Author}}}
	a.Published = news.DateOf(res.Metadata.Date, news.FromMetadata)
	return a, nil
}
