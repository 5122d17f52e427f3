package watch

import (
	"encoding/xml"
	"io"
	"time"
)

type atomFeed struct {
	XMLName xml.Name    `xml:"http://www.w3.org/2005/Atom feed"`
	DC      string      `xml:"xmlns:dc,attr"`
	ID      string      `xml:"id"`
	Title   string      `xml:"title"`
	Updated string      `xml:"updated"`
	Author  atomPerson  `xml:"author"`
	Tool    string      `xml:"generator"`
	Links   []atomLink  `xml:"link"`
	Entries []atomEntry `xml:"entry"`
}

type atomPerson struct {
	Name string `xml:"name"`
}

type atomLink struct {
	Rel  string `xml:"rel,attr"`
	Type string `xml:"type,attr,omitempty"`
	Href string `xml:"href,attr"`
}

type atomEntry struct {
	Lang       string         `xml:"xml:lang,attr,omitempty"`
	ID         string         `xml:"id"`
	Title      string         `xml:"title"`
	Updated    string         `xml:"updated"`
	Published  string         `xml:"published,omitempty"`
	Date       string         `xml:"dc:date,omitempty"`
	Publisher  string         `xml:"dc:publisher,omitempty"`
	Authors    []atomPerson   `xml:"author"`
	Categories []atomCategory `xml:"category"`
	Links      []atomLink     `xml:"link"`
	Summary    string         `xml:"summary,omitempty"`
}

type atomCategory struct {
	Term string `xml:"term,attr"`
}

// MediaTypeAtom is the Content-Type of WriteAtom.
const MediaTypeAtom = "application/atom+xml"

// WriteAtom writes the feed as Atom (RFC 4287), its pages linked as RFC 5005 has it. An
// entry's date is dc:date as far as it is known, and published where that is an instant.
func (f *Feed) WriteAtom(w io.Writer) error {
	out := atomFeed{
		DC: "http://purl.org/dc/elements/1.1/", ID: f.First, Title: f.Title, Updated: f.Updated().Format(time.RFC3339), Author: atomPerson{f.Archive}, Tool: "Backfile",
		Links: []atomLink{{"self", MediaTypeAtom, f.Self}, {"alternate", "text/html", f.Home}},
	}
	if f.Self != f.First {
		out.Links = append(out.Links, atomLink{"first", MediaTypeAtom, f.First})
	}
	if f.Next != "" {
		out.Links = append(out.Links, atomLink{"next", MediaTypeAtom, f.Next})
	}
	for _, it := range f.Items {
		a := it.Article
		e := atomEntry{
			Lang: a.Language, ID: it.ID, Title: it.Title, Updated: it.Taken.UTC().Format(time.RFC3339), Date: known(a.Published), Summary: it.Summary,
			Links: []atomLink{{"alternate", "text/html", it.Address}},
		}
		e.Published, _ = instant(a.Published)
		if a.Outlet != nil {
			e.Publisher = a.Outlet.Name
		}
		for _, x := range a.Authors {
			e.Authors = append(e.Authors, atomPerson{x.Name})
		}
		for _, t := range termsOf(it) {
			e.Categories = append(e.Categories, atomCategory{t})
		}
		out.Entries = append(out.Entries, e)
	}
	if _, err := io.WriteString(w, xml.Header); err != nil {
		return err
	}
	enc := xml.NewEncoder(w)
	enc.Indent("", " ")
	if err := enc.Encode(out); err != nil {
		return err
	}
	_, err := io.WriteString(w, "\n")
	return err
}

// termsOf are the section and the tags, each once.
func termsOf(it Item) []string {
	var out []string
	seen := map[string]bool{"": true}
	for _, t := range append([]string{it.Article.Section}, it.Article.Tags...) {
		if !seen[t] {
			seen[t] = true
			out = append(out, t)
		}
	}
	return out
}
