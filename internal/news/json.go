package news

import (
	"cmp"
	"encoding/json"
	"fmt"
)

// articleJSON is the article's JSON form, in the order in which it is printed.
type articleJSON struct {
	Type               string      `json:"type,omitempty"`
	Source             string      `json:"source,omitempty"`
	ID                 ArticleID   `json:"id,omitempty"`
	Slug               string      `json:"slug,omitempty"`
	URL                string      `json:"url,omitempty"`
	GUID               looseString `json:"guid,omitempty"`
	Outlet             *Outlet     `json:"outlet,omitempty"`
	Headline           string      `json:"headline,omitempty"`
	Standfirst         string      `json:"standfirst,omitempty"`
	Byline             string      `json:"byline,omitempty"`
	Authors            []Author    `json:"authors,omitempty"`
	Agency             string      `json:"agency,omitempty"`
	Published          string      `json:"published,omitempty"`
	PublishedPrecision Precision   `json:"published_precision,omitempty"`
	PublishedFrom      string      `json:"published_from,omitempty"`
	Updated            string      `json:"updated,omitempty"`
	UpdatedPrecision   Precision   `json:"updated_precision,omitempty"`
	UpdatedFrom        string      `json:"updated_from,omitempty"`
	Captured           string      `json:"captured,omitempty"`
	CapturedPrecision  Precision   `json:"captured_precision,omitempty"`
	CapturedFrom       string      `json:"captured_from,omitempty"`
	Doubts             []Doubt     `json:"doubts,omitempty"`
	Dateline           string      `json:"dateline,omitempty"`
	Section            string      `json:"section,omitempty"`
	Language           string      `json:"language,omitempty"`
	Tags               []string    `json:"tags,omitempty"`
	Kind               ArticleKind `json:"kind,omitempty"`
	Images             []Image     `json:"images,omitempty"`
	Body               string      `json:"body,omitempty"`
	Spans              []Span      `json:"spans,omitempty"`
	Mentions           []Mention   `json:"mentions,omitempty"`
	Persons            []Entity    `json:"persons,omitempty"`
	Places             []Entity    `json:"places,omitempty"`
	Organisations      []Entity    `json:"organisations,omitempty"`
	Quotes             []Quote     `json:"quotes,omitempty"`
	Dates              []When      `json:"dates,omitempty"`
	Understood         string      `json:"understood,omitempty"`
	Usage              *looseUsage `json:"usage,omitempty"`
}

// looseString is a string, or "" where somebody else's JSON has something else
// under the name.
type looseString string

func (s *looseString) UnmarshalJSON(b []byte) error {
	var v string
	if json.Unmarshal(b, &v) == nil {
		*s = looseString(v)
	}
	return nil
}

// looseUsage is a Usage; what is no object is somebody else's field of that name.
type looseUsage Usage

func (u *looseUsage) UnmarshalJSON(b []byte) error {
	if len(b) == 0 || b[0] != '{' {
		return nil
	}
	return json.Unmarshal(b, (*Usage)(u))
}

func (u *looseUsage) usage() *Usage {
	if u == nil || *u == (looseUsage{}) {
		return nil
	}
	return (*Usage)(u)
}

// typeArticle tells an article's line from a version's, an event's, a list's
// and a tombstone's in an export.
const typeArticle = "article"

// MarshalJSON gives the one-object form of docs/format.md. Absent means unknown.
func (a Article) MarshalJSON() ([]byte, error) {
	return json.Marshal(a.form())
}

// form is the article in the form in which it is printed.
func (a *Article) form() articleJSON {
	return articleJSON{
		Type: typeArticle, Source: a.Source, ID: a.ID, Slug: a.Slug, URL: a.URL, GUID: looseString(a.GUID), Outlet: a.Outlet,
		Headline: a.Headline, Standfirst: a.Standfirst, Byline: a.Byline, Authors: a.Authors, Agency: a.Agency,
		Published: a.Published.Text, PublishedPrecision: a.Published.Precision, PublishedFrom: a.Published.From,
		Updated: a.Updated.Text, UpdatedPrecision: a.Updated.Precision, UpdatedFrom: a.Updated.From,
		Captured: a.Captured.Text, CapturedPrecision: a.Captured.Precision, CapturedFrom: a.Captured.From,
		Doubts:   a.Doubts,
		Dateline: a.Dateline, Section: a.Section, Language: a.Language, Tags: a.Tags, Kind: a.ArticleKind,
		Images: a.Images, Body: a.Body, Spans: a.Spans, Mentions: a.Mentions,
		Persons: a.Persons, Places: a.Places, Organisations: a.Organisations, Quotes: a.Quotes, Dates: a.Dates,
		Understood: a.Understood, Usage: (*looseUsage)(a.Usage),
	}
}

// UnmarshalJSON takes the form that MarshalJSON gives. An unknown field is
// ignored, a date of unknown form is an error that wraps ErrInvalid, and so is
// an offset outside its text. A date of the right form that there is none of (30
// February) is unknown, and stands in Doubts.
func (a *Article) UnmarshalJSON(b []byte) error {
	var j articleJSON
	if err := json.Unmarshal(b, &j); err != nil {
		return err
	}
	return a.take(&j)
}

// take is what a becomes by what it was given as; on an error it stays as it is.
func (a *Article) take(j *articleJSON) error {
	if j.Type != "" && j.Type != typeArticle {
		return fmt.Errorf("type %q is no article: %w", j.Type, ErrInvalid)
	}
	out := Article{
		Source: j.Source, ID: j.ID, Slug: j.Slug, URL: j.URL, GUID: string(j.GUID), Outlet: j.Outlet,
		Headline: j.Headline, Standfirst: j.Standfirst, Byline: j.Byline, Authors: j.Authors, Agency: j.Agency,
		Dateline: j.Dateline, Section: j.Section, Language: j.Language, Tags: j.Tags, ArticleKind: j.Kind,
		Images: j.Images, Body: j.Body, Spans: j.Spans, Mentions: j.Mentions,
		Persons: withKind(j.Persons, Person), Places: withKind(j.Places, Place),
		Organisations: withKind(j.Organisations, Organisation), Quotes: j.Quotes, Dates: j.Dates, Understood: j.Understood, Usage: j.Usage.usage(),
	}
	for _, d := range j.Doubts {
		out.Doubted(d)
	}
	for _, d := range []struct {
		field     string
		to        *Date
		text      string
		precision Precision
		from      string
	}{
		{FieldPublished, &out.Published, j.Published, j.PublishedPrecision, j.PublishedFrom},
		{FieldUpdated, &out.Updated, j.Updated, j.UpdatedPrecision, j.UpdatedFrom},
		{FieldCaptured, &out.Captured, j.Captured, j.CapturedPrecision, j.CapturedFrom},
	} {
		var err error
		if *d.to, err = givenDate(d.text, d.precision, d.from); err != nil {
			*d.to = Date{}
			if !out.DoubtedText(d.field, d.text, cmp.Or(d.from, FromGiven)) {
				return fmt.Errorf("%s: %w", d.field, err)
			}
		}
	}
	if err := out.checkOffsets(); err != nil {
		return err
	}
	*a = out
	return nil
}

func withKind(es []Entity, k Kind) []Entity {
	for i := range es {
		es[i].Kind = k
	}
	return es
}

// givenDate keeps a given precision only where the text carries that much.
func givenDate(s string, p Precision, from string) (Date, error) {
	if s == "" {
		return Date{}, nil
	}
	if from == "" {
		from = FromGiven
	}
	d, err := ParseDate(s, from)
	if err != nil {
		return d, err
	}
	if p != "" && fineness(p) < fineness(d.Precision) {
		d.Precision = p
		// Of a month or a year the rest is filling: no page, feed or footnote shows it.
		switch p {
		case Month:
			d.Text = d.Month()
		case Year:
			d.Text = d.Year()
		}
	}
	return d, nil
}

func fineness(p Precision) int {
	switch p {
	case Year:
		return 1
	case Month:
		return 2
	case Day:
		return 3
	case Minute:
		return 4
	case Second:
		return 5
	}
	return 6
}

func (a *Article) checkOffsets() error {
	in := func(text string, start, end int) bool { return 0 <= start && start <= end && end <= len(text) }
	for _, m := range a.Mentions {
		if !m.Kind.Valid() {
			return fmt.Errorf("mention %q of kind %q: %w", m.Text, m.Kind, ErrInvalid)
		}
		if t := a.Field(m.Field); !in(t, m.Start, m.End) || t[m.Start:m.End] != m.Text {
			return fmt.Errorf("mention %q is not at %d–%d of the %s: %w", m.Text, m.Start, m.End, fieldName(m.Field), ErrInvalid)
		}
	}
	for _, q := range a.Quotes {
		if !in(a.Body, q.Start, q.End) {
			return fmt.Errorf("quote at %d–%d is outside the body: %w", q.Start, q.End, ErrInvalid)
		}
	}
	for _, w := range a.Dates {
		if err := w.check(a.Field(w.Field)); err != nil {
			return err
		}
	}
	for _, s := range a.Spans {
		if !in(a.Body, s.Start, s.End) {
			return fmt.Errorf("span at %d–%d is outside the body: %w", s.Start, s.End, ErrInvalid)
		}
	}
	return nil
}

func fieldName(f string) string {
	if f == "" {
		return FieldBody
	}
	return f
}
