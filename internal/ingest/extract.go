package ingest

import (
	"errors"
	"fmt"
	"net/url"

	readability "codeberg.org/readeck/go-readability/v2"
	"github.com/markusmobius/go-trafilatura"
	"golang.org/x/net/html"
)

// extractor finds the article's text in a page. It must leave doc as it is.
type extractor interface {
	// extract returns the tree of what it takes for the article.
	extract(doc *html.Node, page *url.URL) (*html.Node, error)
}

var errNothingFound = errors.New("no article text found")

// extractors are asked about every page, in this order; see votes.
var extractors = [...]extractor{trafilaturaExtractor{}, readabilityExtractor{}}

type trafilaturaExtractor struct{}

func (trafilaturaExtractor) extract(doc *html.Node, page *url.URL) (*html.Node, error) {
	res, err := trafilatura.ExtractDocument(doc, trafilatura.Options{
		OriginalURL:     page,
		ExcludeComments: true,
		HtmlDateMode:    trafilatura.Disabled,
	})
	if err != nil {
		return nil, err
	}
	if res.ContentNode == nil {
		return nil, errNothingFound
	}
	return res.ContentNode, nil
}

type readabilityExtractor struct{}

func (readabilityExtractor) extract(doc *html.Node, page *url.URL) (*html.Node, error) {
	p := readability.NewParser()
	p.DisableJSONLD = true
	a, err := p.ParseDocument(doc, page)
	if err != nil {
		return nil, err
	}
	if a.Node == nil {
		return nil, errNothingFound
	}
	return a.Node, nil
}

// runExtractor asks e, and takes a panic for an answer: other people's parsers
// meet pages that their authors never saw.
func runExtractor(e extractor, doc *html.Node, page *url.URL) (n *html.Node, err error) {
	defer func() {
		if p := recover(); p != nil {
			n, err = nil, fmt.Errorf("extractor: %v", p)
		}
	}()
	return e.extract(doc, page)
}
