package news

import (
	"encoding/json"
	"fmt"
	"net/url"
	"slices"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"
)

// The types of events by which people correct articles. About is the id of the
// article.
const (
	// EventFixed says what fields of the article, and of others, are; Data is a Fix.
	EventFixed = "fixed"
	// EventJoined says that the article is another, captured twice; Data is a
	// Correction whose Into is the other.
	EventJoined = "joined"
	// EventDistinct says that the article is none of those that it is like; Data is a
	// Correction whose Articles are they.
	EventDistinct = "distinct"
)

// Fix is what a person says of an article's fields in place of what was read. A field
// that is "" (Outlet: nil) is left as it is.
type Fix struct {
	Outlet     *Outlet  `json:"outlet,omitempty"`
	Headline   string   `json:"headline,omitempty"`
	Standfirst string   `json:"standfirst,omitempty"`
	Byline     string   `json:"byline,omitempty"`
	Authors    []Author `json:"authors,omitempty"` // go with Byline
	Agency     string   `json:"agency,omitempty"`
	// Published is in one of the forms of Date.Text, no finer than it is known.
	Published          string      `json:"published,omitempty"`
	PublishedPrecision Precision   `json:"published_precision,omitempty"`
	Dateline           string      `json:"dateline,omitempty"`
	Section            string      `json:"section,omitempty"`
	Language           string      `json:"language,omitempty"`
	URL                string      `json:"url,omitempty"`
	Kind               ArticleKind `json:"kind,omitempty"`
	// Cleared are the names of fields that are unknown, whatever was read.
	Cleared []string `json:"cleared,omitempty"`
	// Articles are further ones that are fixed alike.
	Articles []ArticleID `json:"articles,omitempty"`
	// Keys are what the article is known by from then on, for its URL.
	Keys []Key `json:"keys,omitempty"`
	// Reason says why, for readers.
	Reason string `json:"reason,omitempty"`
}

// UnmarshalJSON takes the outlet as an object or as its name.
func (f *Fix) UnmarshalJSON(b []byte) error {
	type plain Fix
	var p struct {
		plain
		Outlet json.RawMessage `json:"outlet"`
	}
	if err := json.Unmarshal(b, &p); err != nil {
		return err
	}
	*f = Fix(p.plain)
	var name string
	switch {
	case len(p.Outlet) == 0 || string(p.Outlet) == "null":
	case json.Unmarshal(p.Outlet, &name) == nil:
		f.Outlet = &Outlet{Name: name}
	default:
		return json.Unmarshal(p.Outlet, &f.Outlet)
	}
	return nil
}

// FixFields are the names of the fields that a Fix sets, and may clear.
var FixFields = []string{"outlet", FieldHeadline, FieldStandfirst, "byline", "agency", FieldPublished, "dateline", "section", "language", "url", "kind"}

// The most that a fix may hold.
const (
	maxFixText     = 2000 // bytes of a field
	maxFixArticles = 10_000
	maxFixKeys     = 8
)

// Sets returns the names of the fields that the fix sets, in FixFields' order.
func (f *Fix) Sets() []string {
	var out []string
	for _, name := range FixFields {
		if name == "outlet" && f.Outlet != nil || name != "outlet" && f.Text(name) != "" {
			out = append(out, name)
		}
	}
	return out
}

// Text is what the fix says that a field is; "" where it says nothing.
func (f *Fix) Text(field string) string {
	switch field {
	case "outlet":
		if f.Outlet != nil {
			return f.Outlet.Name
		}
	case "kind":
		return string(f.Kind)
	default:
		if p := f.text(field); p != nil {
			return *p
		}
	}
	return ""
}

func (f *Fix) text(field string) *string {
	switch field {
	case FieldHeadline:
		return &f.Headline
	case FieldStandfirst:
		return &f.Standfirst
	case "byline":
		return &f.Byline
	case "agency":
		return &f.Agency
	case FieldPublished:
		return &f.Published
	case "dateline":
		return &f.Dateline
	case "section":
		return &f.Section
	case "language":
		return &f.Language
	case "url":
		return &f.URL
	}
	return nil
}

// Check brings the fix into the form in which it is kept, or says what is wrong with
// it: an error that wraps ErrInvalid. Now is when the person says it; no article was
// published later.
func (f *Fix) Check(now time.Time) error {
	bad := func(format string, args ...any) error { return fmt.Errorf(format+": %w", append(args, ErrInvalid)...) }
	for _, name := range FixFields {
		p := f.text(name)
		if p == nil {
			continue
		}
		if *p = oneLine(*p); len(*p) > maxFixText {
			return bad("the %s is longer than %d bytes", name, maxFixText)
		}
	}
	if f.Reason = oneLine(f.Reason); len(f.Reason) > maxFixText {
		return bad("the reason is longer than %d bytes", maxFixText)
	}
	if f.Outlet != nil {
		o := NewOutlet(oneLine(f.Outlet.Name))
		if o == nil || len(o.Name) > maxFixText {
			return bad("%q names no outlet", f.Outlet.Name)
		}
		f.Outlet = o
	}
	if f.Published != "" {
		d, err := f.published()
		if err != nil {
			return bad("%q is no date: write 1987-05-03, 1987-05 or 1987", f.Published)
		}
		switch d.Doubt(now) {
		case DoubtFuture:
			return bad("%s has not come yet", d.Text)
		case "":
		default:
			return bad("there were no newspapers in %s", d.Text)
		}
		f.Published, f.PublishedPrecision = d.Text, d.Precision
	} else {
		f.PublishedPrecision = ""
	}
	if u, err := url.Parse(f.URL); f.URL != "" && (err != nil || u.Host == "" || u.Scheme != "http" && u.Scheme != "https") {
		return bad("%q is no address of the web", f.URL)
	}
	switch f.Kind {
	case "", Live, Gallery, Stub, Opinion:
	default:
		return bad("%q is no kind of article", f.Kind)
	}
	return f.checkLists(bad)
}

func (f *Fix) checkLists(bad func(string, ...any) error) error {
	sets := f.Sets()
	for _, c := range f.Cleared {
		if !slices.Contains(FixFields, c) {
			return bad("%q is no field that can be cleared", c)
		}
		if slices.Contains(sets, c) {
			return bad("the %s is both set and cleared", c)
		}
	}
	slices.Sort(f.Cleared)
	f.Cleared = slices.Compact(f.Cleared)
	if len(sets)+len(f.Cleared) == 0 {
		return bad("nothing is corrected")
	}
	if f.Byline == "" {
		f.Authors = nil
	}
	if f.URL == "" {
		f.Keys = nil
	}
	for _, id := range f.Articles {
		if !ValidID(string(id)) {
			return bad("%q is no article's id", id)
		}
	}
	switch {
	case len(f.Articles) > maxFixArticles:
		return bad("more than %d articles at once", maxFixArticles)
	case len(f.Articles) > 0 && f.URL != "":
		return bad("several articles have no address in common")
	case len(f.Keys) > maxFixKeys:
		return bad("more than %d keys", maxFixKeys)
	}
	return nil
}

// published is the date that the fix gives.
func (f *Fix) published() (Date, error) {
	return givenDate(f.Published, f.PublishedPrecision, FromHand)
}

// oneLine is s in valid UTF-8, without control characters, its spaces made one each.
func oneLine(s string) string {
	if !utf8.ValidString(s) {
		s = strings.ToValidUTF8(s, "\uFFFD")
	}
	s = strings.Map(func(r rune) rune {
		if unicode.IsControl(r) {
			return ' '
		}
		return r
	}, s)
	return strings.Join(strings.Fields(s), " ")
}

// ReadFix reads the data of an EventFixed. Its error wraps ErrInvalid.
func ReadFix(e Event) (Fix, error) {
	var f Fix
	if !ValidID(e.About) {
		return f, fmt.Errorf("event %s of type %s: no article: %w", e.ID, e.Type, ErrInvalid)
	}
	if err := json.Unmarshal(e.Data, &f); err != nil {
		return f, fmt.Errorf("event %s: %w: %w", e.ID, err, ErrInvalid)
	}
	return f, f.Check(time.Time{})
}

// Apply makes of the article what the fix says. Mentions in a headline or standfirst
// that changed are looked for in the new one, and dropped where they are not in it.
func (f *Fix) Apply(a *Article) {
	for _, c := range f.Cleared {
		f.clear(a, c)
	}
	if f.Outlet != nil {
		o := *f.Outlet
		a.Outlet = &o
	}
	if f.Headline != "" {
		a.Headline = f.Headline
		a.remention(FieldHeadline)
	}
	if f.Standfirst != "" {
		a.Standfirst = f.Standfirst
		a.remention(FieldStandfirst)
	}
	if f.Byline != "" {
		a.Byline, a.Authors = f.Byline, slices.Clone(f.Authors)
	}
	if f.Published != "" {
		if d, err := f.published(); err == nil {
			a.Published = d
		}
	}
	for _, s := range []struct {
		to   *string
		from string
	}{{&a.Agency, f.Agency}, {&a.Dateline, f.Dateline}, {&a.Section, f.Section}, {&a.Language, f.Language}, {&a.URL, f.URL}} {
		if s.from != "" {
			*s.to = s.from
		}
	}
	if f.Kind != "" {
		a.ArticleKind = f.Kind
	}
}

func (f *Fix) clear(a *Article, field string) {
	switch field {
	case "outlet":
		a.Outlet = nil
	case FieldHeadline:
		a.Headline = ""
		a.remention(field)
	case FieldStandfirst:
		a.Standfirst = ""
		a.remention(field)
	case "byline":
		a.Byline, a.Authors = "", nil
	case "agency":
		a.Agency = ""
	case FieldPublished:
		a.Published = Date{}
	case "dateline":
		a.Dateline = ""
	case "section":
		a.Section = ""
	case "language":
		a.Language = ""
	case "url":
		a.URL = ""
	case "kind":
		a.ArticleKind = ""
	}
}

// remention puts the mentions and dates of a field that has another text where their
// words are now, and drops those whose words are gone.
func (a *Article) remention(field string) {
	text, at := a.Field(field), map[string]int{}
	find := func(words string) (start int, ok bool) {
		from := at[words]
		i := strings.Index(text[from:], words)
		if i < 0 || words == "" {
			return 0, false
		}
		at[words] = from + i + len(words)
		return from + i, true
	}
	lost := map[EntityID]int{}
	var ms []Mention
	for _, m := range a.Mentions {
		if m.Field == field {
			i, ok := find(m.Text)
			if !ok {
				if m.Counts() {
					lost[m.Entity]++
				}
				continue
			}
			m.Start, m.End = i, i+len(m.Text)
		}
		ms = append(ms, m)
	}
	a.Mentions = ms
	clear(at)
	var ws []When
	for _, w := range a.Dates {
		if w.Field == field {
			i, ok := find(w.Text)
			if !ok {
				continue
			}
			w.Start, w.End = i, i+len(w.Text)
		}
		ws = append(ws, w)
	}
	a.Dates = ws
	if len(lost) == 0 {
		return
	}
	for _, es := range []*[]Entity{&a.Persons, &a.Places, &a.Organisations} {
		var left []Entity
		for _, e := range *es {
			if n := lost[e.ID]; n > 0 {
				if e.Count -= n; e.Count <= 0 {
					continue
				}
			}
			left = append(left, e)
		}
		*es = left
	}
}

// Set has the fix say that a field is value, or that it is unknown where that is "".
// It reports false for a field that no fix sets.
func (f *Fix) Set(field, value string) bool {
	switch p := f.text(field); {
	case !slices.Contains(FixFields, field):
		return false
	case value == "":
		f.Cleared = append(f.Cleared, field)
	case field == "outlet":
		f.Outlet = &Outlet{Name: value}
	case field == "kind":
		f.Kind = ArticleKind(value)
	default:
		*p = value
	}
	return true
}

// FixText is what a field of FixFields is in the article, as a fix would say it.
func (a *Article) FixText(field string) string {
	f := Fix{
		Outlet: a.Outlet, Headline: a.Headline, Standfirst: a.Standfirst, Byline: a.Byline, Agency: a.Agency, Published: a.Published.Text,
		Dateline: a.Dateline, Section: a.Section, Language: a.Language, URL: a.URL, Kind: a.ArticleKind,
	}
	return f.Text(field)
}
