package feed

import (
	"encoding/json"
	"io"
	"iter"
	"strconv"

	"backfile/internal/ingest/item"
	"backfile/internal/news"
)

// jsonEntry is an item of JSON Feed 1 and 1.1.
type jsonEntry struct {
	ID            any    `json:"id"`
	URL           string `json:"url"`
	ExternalURL   string `json:"external_url"`
	Title         string `json:"title"`
	ContentHTML   string `json:"content_html"`
	ContentText   string `json:"content_text"`
	Summary       string `json:"summary"`
	Image         string `json:"image"`
	DatePublished string `json:"date_published"`
	DateModified  string `json:"date_modified"`
	Language      string `json:"language"`
	Author        struct{ Name string }
	Authors       []struct{ Name string }
	Tags          []string
}

// JSON reads the items of a JSON Feed.
func JSON(r io.Reader, l item.Limits) iter.Seq2[item.Record, error] {
	return func(yield func(item.Record, error) bool) {
		for v, err := range item.Values(r, l, "items") {
			rec := item.Record{}
			var j jsonEntry
			if err == nil {
				err = item.Decode(v.Raw, &j)
			}
			if err == nil {
				var c channel
				if len(v.In) > 0 {
					c = channel{title: v.In[0]["title"], link: v.In[0]["home_page_url"], language: v.In[0]["language"]}
				}
				rec, err = j.entry(v.Raw).record(c)
			}
			rec.Place = strconv.Itoa(v.N)
			if !yield(rec, err) {
				return
			}
		}
	}
}

func (j jsonEntry) entry(raw []byte) entry {
	e := entry{url: first(j.URL, j.ExternalURL), title: j.Title, published: j.DatePublished, updated: j.DateModified, language: j.Language,
		summary: j.Summary, content: j.ContentHTML, tags: j.Tags, raw: raw, rawType: "application/json"}
	switch id := j.ID.(type) {
	case string:
		e.id = id
	case float64:
		b, _ := json.Marshal(id)
		e.id = string(b)
	}
	if e.content == "" {
		e.content, e.plain = j.ContentText, true
	}
	if j.Author.Name != "" {
		e.authors = append(e.authors, j.Author.Name)
	}
	for _, a := range j.Authors {
		if a.Name != j.Author.Name {
			e.authors = append(e.authors, a.Name)
		}
	}
	if u := item.Web(j.Image); u != "" {
		e.images = append(e.images, news.Image{URL: u})
	}
	return e
}
