package marked

import (
	"encoding/json"
	"fmt"
	"os"
	"strings"

	"backfile/internal/news"
)

// Page is the text of an article as a page prints it.
type Page struct {
	Title string `json:"title"`
	Body  string `json:"body"`
}

// ReadPages reads an object of pages by their names.
func ReadPages(path string) (map[string]Page, error) {
	b, err := os.ReadFile(path)
	if err != nil {
		return nil, fmt.Errorf("read pages: %w", err)
	}
	var out map[string]Page
	if err := json.Unmarshal(b, &out); err != nil {
		return nil, fmt.Errorf("read pages %s: %w", path, err)
	}
	return out, nil
}

// Document is the page with its marks.
func (p Page) Document(set string, rd *Reading) (Document, error) {
	d := Document{Set: set, ID: rd.Page}
	oneLine := func(s string) string { return strings.Join(strings.Fields(s), " ") }
	add := func(field, s string, i, offset int) error {
		ms, err := find(s, rd.Lines[i])
		if err != nil {
			return fmt.Errorf("%s, paragraph %d: %w", rd.Page, i, err)
		}
		for _, m := range ms {
			d.Marks = append(d.Marks, Mark{Kind: m.Kind, Field: field, Start: m.Start + offset, End: m.End + offset})
		}
		if rd.Left[i] {
			d.Masked = append(d.Masked, Mark{Field: field, Start: offset, End: offset + len(s)})
		}
		return nil
	}
	d.Headline = oneLine(p.Title)
	if err := add(news.FieldHeadline, d.Headline, 0, 0); err != nil {
		return d, err
	}
	var b strings.Builder
	paragraphs := strings.Split(p.Body, "\n\n")
	for i, s := range paragraphs {
		s = oneLine(s)
		if b.Len() > 0 {
			b.WriteString("\n\n")
		}
		if err := add("", s, i+1, b.Len()); err != nil {
			return d, err
		}
		b.WriteString(s)
	}
	for i := range rd.Lines {
		if i > len(paragraphs) {
			return d, fmt.Errorf("%s has no paragraph %d", rd.Page, i)
		}
	}
	d.Body = b.String()
	return d, nil
}
