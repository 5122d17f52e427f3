package search

import (
	"slices"
	"strings"

	"backfile/internal/news"
)

// The values that FieldHas takes.
const (
	// HasPhoto is an article with a picture, HasCaption one with words under a picture.
	HasPhoto   = "photo"
	HasCaption = "caption"
	// HasQuote is an article in which somebody is quoted, whether or not it is known
	// who.
	HasQuote = "quote"
	// HasPlace is an article that names a place.
	HasPlace      = "place"
	HasStandfirst = "standfirst"
	HasByline     = "byline"
	HasDateline   = "dateline"
	HasSection    = "section"
	HasTag        = "tag"
)

// HasValues are what FieldHas takes. Not to be changed.
func HasValues() []string { return hasValues }

var hasValues = []string{HasPhoto, HasCaption, HasQuote, HasPlace, HasStandfirst, HasByline, HasDateline, HasSection, HasTag}

// hasValue is the value of FieldHas that a reader calls s, "" where there is none.
func hasValue(s string) string {
	s = strings.ToLower(s)
	for _, v := range []string{s, strings.TrimSuffix(s, "s")} {
		switch v {
		case "picture", "image", "photograph":
			return HasPhoto
		}
		if slices.Contains(hasValues, v) || slices.Contains(keptValues[FieldHas], v) {
			return v
		}
	}
	return ""
}

// Has are the values of FieldHas that find an article, in the order of HasValues.
func Has(a *news.Article) []string {
	caption := false
	for _, i := range a.Images {
		caption = caption || i.Caption != ""
	}
	var out []string
	for _, v := range []struct {
		value string
		ok    bool
	}{
		{HasPhoto, len(a.Images) > 0},
		{HasCaption, caption},
		{HasQuote, len(a.Quotes) > 0},
		{HasPlace, len(a.Places) > 0},
		{HasStandfirst, a.Standfirst != ""},
		{HasByline, a.Byline != ""},
		{HasDateline, a.Dateline != ""},
		{HasSection, a.Section != ""},
		{HasTag, len(a.Tags) > 0},
	} {
		if v.ok {
			out = append(out, v.value)
		}
	}
	return out
}

// Speakers are the persons that an article quotes, each once, as first met.
func Speakers(a *news.Article) []news.EntityID {
	var out []news.EntityID
	seen := map[news.EntityID]bool{}
	for _, q := range a.Quotes {
		if q.Speaker != nil && q.Speaker.ID != "" && !seen[q.Speaker.ID] {
			seen[q.Speaker.ID] = true
			out = append(out, q.Speaker.ID)
		}
	}
	return out
}
