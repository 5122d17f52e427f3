package keep

import (
	"time"
	"unicode/utf8"

	"backfile/internal/news"
)

// MediaTypeAnnotations is the Content-Type of a Collection.
const MediaTypeAnnotations = `application/ld+json; profile="http://www.w3.org/ns/anno.jsonld"`

// Collection is annotations in the W3C's Web Annotation Data Model, as JSON-LD.
type Collection struct {
	Context []any  `json:"@context"`
	ID      string `json:"id"`
	Type    string `json:"type"`
	Label   string `json:"label,omitempty"`
	Total   int    `json:"total"`
	First   page   `json:"first"`
}

type page struct {
	ID    string          `json:"id"`
	Type  string          `json:"type"`
	Start int             `json:"startIndex"`
	Items []webAnnotation `json:"items"`
}

type webAnnotation struct {
	ID         string    `json:"id"`
	Type       string    `json:"type"`
	Motivation string    `json:"motivation"`
	Created    string    `json:"created"`
	Modified   string    `json:"modified,omitempty"`
	Body       []webBody `json:"body,omitempty"`
	Target     webTarget `json:"target"`
}

type webBody struct {
	Type    string `json:"type"`
	Value   string `json:"value"`
	Format  string `json:"format"`
	Purpose string `json:"purpose"`
}

type webTarget struct {
	Source   string        `json:"source"`
	Field    string        `json:"backfile:field,omitempty"`
	Selector []webSelector `json:"selector,omitempty"`
}

type webSelector struct {
	Type   string `json:"type"`
	Exact  string `json:"exact,omitempty"`
	Prefix string `json:"prefix,omitempty"`
	Suffix string `json:"suffix,omitempty"`
	Start  *int   `json:"start,omitempty"`
	End    *int   `json:"end,omitempty"`
}

// Addresses are those that a Collection names, absolute.
type Addresses struct {
	// Collection is its own.
	Collection string
	// Version is that of one version of an article, Annotation that of an annotation.
	Version    func(id news.ArticleID, n int) string
	Annotation func(a *news.Annotation) string
}

// NewCollection is annotations as a Collection. texts gives the text of the field that a
// highlight stands in, "" where it is not known: positions are counted in characters
// there, and left out where it does not have the words.
func NewCollection(label string, as []news.Annotation, at Addresses, texts func(a *news.Annotation) string) Collection {
	c := Collection{
		Context: []any{"http://www.w3.org/ns/anno.jsonld", map[string]string{"backfile": "urn:backfile:"}}, ID: at.Collection, Type: "AnnotationCollection", Label: label, Total: len(as),
		First: page{ID: at.Collection + "#all", Type: "AnnotationPage", Items: []webAnnotation{}},
	}
	for i := range as {
		c.First.Items = append(c.First.Items, webOf(&as[i], at, texts))
	}
	return c
}

func webOf(a *news.Annotation, at Addresses, texts func(a *news.Annotation) string) webAnnotation {
	w := webAnnotation{
		ID: at.Annotation(a), Type: "Annotation", Motivation: "commenting", Created: a.Created.UTC().Format(time.RFC3339),
		Target: webTarget{Source: at.Version(a.Article, a.Version)},
	}
	if !a.Changed.Equal(a.Created) {
		w.Modified = a.Changed.UTC().Format(time.RFC3339)
	}
	switch {
	case a.Passage != nil && a.Note == "":
		w.Motivation = "highlighting"
	case a.Note == "":
		w.Motivation = "tagging"
	}
	if a.Note != "" {
		w.Body = append(w.Body, webBody{"TextualBody", a.Note, "text/plain", "commenting"})
	}
	for _, t := range a.Tags {
		w.Body = append(w.Body, webBody{"TextualBody", t, "text/plain", "tagging"})
	}
	p := a.Passage
	if p == nil || p.Erased() {
		return w
	}
	w.Target.Field = p.Field
	w.Target.Selector = []webSelector{{Type: "TextQuoteSelector", Exact: p.Exact, Prefix: p.Prefix, Suffix: p.Suffix}}
	if t := texts(a); p.Stands(t) {
		start := utf8.RuneCountInString(t[:p.Start])
		end := start + utf8.RuneCountInString(p.Exact)
		w.Target.Selector = append(w.Target.Selector, webSelector{Type: "TextPositionSelector", Start: &start, End: &end})
	}
	return w
}
