package watch

import (
	"encoding/json"
	"io"
	"time"

	"backfile/internal/news"
)

type jsonFeed struct {
	Version string     `json:"version"`
	Title   string     `json:"title"`
	Home    string     `json:"home_page_url"`
	Self    string     `json:"feed_url"`
	Next    string     `json:"next_url,omitempty"`
	Items   []jsonItem `json:"items"`
}

type jsonItem struct {
	ID        string       `json:"id"`
	URL       string       `json:"url"`
	External  string       `json:"external_url,omitempty"`
	Title     string       `json:"title"`
	Text      string       `json:"content_text"`
	Published string       `json:"date_published,omitempty"`
	Modified  string       `json:"date_modified"`
	Authors   []jsonAuthor `json:"authors,omitempty"`
	Tags      []string     `json:"tags,omitempty"`
	Language  string       `json:"language,omitempty"`
	Own       jsonOwn      `json:"_backfile"`
}

type jsonAuthor struct {
	Name string `json:"name"`
}

// jsonOwn is what the format has no field for.
type jsonOwn struct {
	Outlet    string         `json:"outlet,omitempty"`
	Agency    string         `json:"agency,omitempty"`
	Published string         `json:"published,omitempty"`
	Precision news.Precision `json:"published_precision,omitempty"`
}

// MediaTypeJSON is the Content-Type of WriteJSON.
const MediaTypeJSON = "application/feed+json"

// WriteJSON writes the feed as JSON Feed 1.1. An item's date is in _backfile as far as
// it is known, and date_published where that is an instant.
func (f *Feed) WriteJSON(w io.Writer) error {
	out := jsonFeed{Version: "https://jsonfeed.org/version/1.1", Title: f.Title, Home: f.Home, Self: f.First, Next: f.Next, Items: []jsonItem{}}
	for _, it := range f.Items {
		a := it.Article
		j := jsonItem{ID: it.ID, URL: it.Address, External: a.URL, Title: it.Title, Text: it.Summary, Modified: it.Taken.UTC().Format(time.RFC3339), Tags: termsOf(it), Language: a.Language}
		j.Published, _ = instant(a.Published)
		if a.Outlet != nil {
			j.Own.Outlet = a.Outlet.Name
		}
		if j.Own.Agency, j.Own.Published = a.Agency, known(a.Published); j.Own.Published != "" {
			j.Own.Precision = a.Published.Precision
		}
		for _, x := range a.Authors {
			j.Authors = append(j.Authors, jsonAuthor{x.Name})
		}
		out.Items = append(out.Items, j)
	}
	enc := json.NewEncoder(w)
	enc.SetEscapeHTML(false)
	return enc.Encode(out)
}
