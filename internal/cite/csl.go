package cite

import (
	"bytes"
	"encoding/json"
	"io"
	"strings"
)

// csl writes CSL-JSON: one array, an item a line.
type csl struct {
	w io.Writer
	n int
}

func newCSL(w io.Writer) Writer { return &csl{w: w} }

// cslItem has the variables of CSL that an article has something for.
type cslItem struct {
	ID              string            `json:"id"`
	Type            string            `json:"type"`
	Title           string            `json:"title,omitempty"`
	Author          []cslName         `json:"author,omitempty"`
	Container       string            `json:"container-title,omitempty"`
	Section         string            `json:"section,omitempty"`
	Issued          *cslDate          `json:"issued,omitempty"`
	Accessed        *cslDate          `json:"accessed,omitempty"`
	Language        string            `json:"language,omitempty"`
	Abstract        string            `json:"abstract,omitempty"`
	Keyword         string            `json:"keyword,omitempty"`
	Archive         string            `json:"archive,omitempty"`
	ArchiveLocation string            `json:"archive_location,omitempty"`
	URL             string            `json:"URL,omitempty"`
	Note            string            `json:"note,omitempty"`
	Annote          string            `json:"annote,omitempty"`
	Custom          map[string]string `json:"custom,omitempty"`
}

type cslName struct {
	Family  string `json:"family,omitempty"`
	Given   string `json:"given,omitempty"`
	Suffix  string `json:"suffix,omitempty"`
	Literal string `json:"literal,omitempty"`
}

type cslDate struct {
	Parts [][]int `json:"date-parts"`
}

func (c *csl) Write(e Entry) error {
	a := e.Article
	title, _ := e.title()
	item := cslItem{
		ID: string(a.ID), Type: "article-newspaper", Title: title, Container: e.outlet(), Section: line(a.Section), Issued: dayOf(a.Published).csl(),
		Accessed: dayOf(a.Captured).csl(), Language: a.Language, Abstract: line(a.Standfirst), Archive: line(e.Archive), ArchiveLocation: string(a.ID),
		URL: e.Address, Note: e.agency(), Annote: e.note(),
	}
	var tags []string
	for _, t := range e.keywords() {
		if t = line(strings.ReplaceAll(t, ",", " ")); t != "" {
			tags = append(tags, t)
		}
	}
	item.Keyword = strings.Join(tags, ", ")
	for _, n := range e.authors() {
		if n.Family != "" {
			n.Literal = ""
		}
		item.Author = append(item.Author, cslName(n))
	}
	if o := e.original(); o != "" {
		item.Custom = map[string]string{"original-url": o}
	}
	b, err := plainJSON(item)
	if err != nil {
		return err
	}
	before := ",\n"
	if c.n == 0 {
		before = "[\n"
	}
	c.n++
	_, err = c.w.Write(append([]byte(before), b...))
	return err
}

func (c *csl) Close() error {
	end := "\n]\n"
	if c.n == 0 {
		end = "[]\n"
	}
	_, err := io.WriteString(c.w, end)
	return err
}

// Break leaves the array open: no reader of JSON takes it for whole.
func (c *csl) Break(string) error { return nil }

func (d day) csl() *cslDate {
	if d.year == 0 {
		return nil
	}
	parts := []int{d.year}
	if d.month > 0 {
		parts = append(parts, d.month)
	}
	if d.day > 0 {
		parts = append(parts, d.day)
	}
	return &cslDate{[][]int{parts}}
}

// plainJSON is v on one line, with <, > and & as they are.
func plainJSON(v any) ([]byte, error) {
	var b bytes.Buffer
	enc := json.NewEncoder(&b)
	enc.SetEscapeHTML(false)
	if err := enc.Encode(v); err != nil {
		return nil, err
	}
	return bytes.TrimSuffix(b.Bytes(), []byte("\n")), nil
}
