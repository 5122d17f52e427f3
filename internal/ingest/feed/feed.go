// Package feed reads what feeds carry: RSS 0.9 to 2.0, Atom and JSON Feed, entry by
// entry. It fetches nothing.
//
// An entry with its text becomes an article; one with a teaser alone becomes a stub,
// whose standfirst is the teaser.
package feed

import (
	"cmp"
	"regexp"
	"strings"

	"backfile/internal/ingest/item"
	"backfile/internal/news"
)

// IsXML knows RSS and Atom by their root.
func IsXML(head []byte) bool {
	name, space := item.RootOf(head)
	switch name {
	case "rss":
		return true
	case "feed":
		return space == "" || strings.Contains(space, "atom")
	case "rdf":
		return strings.Contains(string(head), "purl.org/rss/") || strings.Contains(string(head), "my.netscape.com/rdf")
	}
	return false
}

// IsJSON knows JSON Feed by its version.
func IsJSON(head []byte) bool {
	k := item.TopKeys(head)
	_, url := k["url"]
	return strings.Contains(k["version"], "jsonfeed.org/version") && !url
}

// channel is what a feed says of itself, as far as it stands before the entries.
type channel struct {
	title, link, language string
}

// entry is an entry of any of the formats.
type entry struct {
	id, url, title     string
	published, updated string
	authors            []string
	tags               []string
	language, outlet   string
	// content is the text, summary the teaser, both HTML where isHTML.
	content, summary string
	tree             *item.Node // the content of Atom's XHTML
	plain            bool       // the content is plain text
	images           []news.Image
	raw              []byte
	rawType          string
}

// fullSummary is how long a teaser is that is the text itself, in bytes.
const fullSummary = 1000

// record makes an article of an entry.
func (e entry) record(c channel) (item.Record, error) {
	rec := item.Record{GUID: e.id, Raw: e.raw, RawType: e.rawType, Provider: e.outlet}
	if rec.Provider == "" {
		rec.Provider = c.title
	}
	if of := cmp.Or(c.link, c.title); rec.GUID != "" && !strings.Contains(rec.GUID, ":") && of != "" {
		rec.GUID = of + "#" + rec.GUID // such an id is the feed's own
	}
	a := &rec.Article
	if a.URL = item.Web(e.url); a.URL == "" {
		a.URL = item.Web(e.id)
	}
	a.Headline = item.Line(e.title)
	a.Published, a.Updated = item.ParseDate(e.published), item.ParseDate(e.updated)
	if a.Published.IsZero() {
		a.Published = a.Updated
	}
	rec.Dated(news.FieldPublished, a.Published, e.published, e.updated)
	for _, name := range e.authors {
		if name = personIn(name); name != "" {
			a.Authors = append(a.Authors, news.Author{Name: name})
		}
	}
	a.Tags = item.Tags(e.tags...)
	if a.Language = e.language; a.Language == "" {
		a.Language = c.language
	}
	base := a.URL
	if base == "" {
		base = c.link
	}
	text, err := e.text(base)
	if err != nil {
		return rec, err
	}
	teaser, err := item.AnyBody(e.summary, base, nil)
	if err != nil {
		return rec, err
	}
	if text.Body == "" && len(teaser.Body) >= fullSummary && strings.Count(teaser.Body, "\n\n") >= 2 {
		text = teaser
	}
	a.Body, a.Spans = text.Body, text.Spans
	for _, im := range append(append(e.images, text.Images...), teaser.Images...) {
		a.Images = item.AddImage(a.Images, im)
	}
	if teaser.Body != text.Body {
		a.Standfirst = continued.ReplaceAllString(strings.ReplaceAll(teaser.Body, "\n\n", " "), "")
	}
	switch {
	case a.Body == "":
		a.ArticleKind = news.Stub
	case goesOn(a.Body):
		a.ArticleKind = news.Stub
	}
	if a.ArticleKind == news.Stub && a.Headline == "" && a.Standfirst == "" && a.URL != "" {
		a.Headline = a.URL
	}
	return rec, item.Settle(&rec)
}

func (e entry) text(base string) (item.BodyText, error) {
	switch {
	case e.tree != nil:
		return item.BodyOf(e.tree, base, nil), nil
	case e.plain:
		return item.PlainBody(e.content), nil
	}
	return item.AnyBody(e.content, base, nil)
}

// continued is the end of a text that goes on elsewhere.
var continued = regexp.MustCompile(`(?i)\s*(\[(…|\.\.\.|&hellip;)\]|(…|\.\.\.)\s*(read more|continue reading|weiterlesen|lire la suite|leer más|read on)?|(read more|continue reading|weiterlesen|lire la suite|leer más|läs mer|les mer))\W*$`)

// goesOn reports whether a text ends so.
func goesOn(s string) bool {
	const tail = 200
	return continued.MatchString(s[max(0, len(s)-tail):])
}

// addressed are an author's forms in RSS: a mail address, with a name behind it in
// brackets or before it.
var (
	bracketName = regexp.MustCompile(`^\S+@\S+\s*\(([^)]+)\)$`)
	beforeName  = regexp.MustCompile(`^([^<@]+)<[^>]*>$`)
)

// personIn is the name in an author's field, "" where there is only an address.
func personIn(s string) string {
	s = item.Line(s)
	if m := bracketName.FindStringSubmatch(s); m != nil {
		return strings.TrimSpace(m[1])
	}
	if m := beforeName.FindStringSubmatch(s); m != nil {
		return strings.TrimSpace(m[1])
	}
	if strings.Contains(s, "@") && !strings.Contains(s, " ") || item.Web(s) != "" {
		return ""
	}
	return s
}
