package wire

import (
	"encoding/base64"
	"io"
	"iter"
	"strings"

	"backfile/internal/ingest/item"
	"backfile/internal/news"
)

// narItems are the items of the IPTC's News Architecture, with what those that are
// no article are called.
var narItems = map[string]string{
	"newsitem": "", "packageitem": "a package item", "conceptitem": "a concept item", "knowledgeitem": "a knowledge item",
	"planningitem": "a planning item", "catalogitem": "a catalogue item",
	"contentset": "", // by itself, where a system stored no more
}

// IsNewsMLG2 knows an item of NewsML-G2, or a message of them, by its root.
func IsNewsMLG2(head []byte) bool {
	name, space := item.RootOf(head)
	_, known := narItems[name]
	return known || name == "newsmessage" || strings.HasPrefix(space, "http://iptc.org/std/nar/")
}

// NewsMLG2 reads the items of an input: one, or those of a message. Items that hold
// no article of their own (packages, concepts, knowledge, plans) are skipped, each
// with a record that says so.
func NewsMLG2(r io.Reader, l item.Limits) iter.Seq2[item.Record, error] {
	wanted := func(name string) bool { _, ok := narItems[name]; return ok }
	return elements(r, l, wanted, func(n *item.Node) (item.Record, error) {
		if what := narItems[n.Name]; what != "" {
			return item.Record{GUID: n.Attr("guid"), Skip: what}, nil
		}
		if n.Name == "contentset" {
			n = &item.Node{Name: "newsitem", Kids: []*item.Node{n}}
		}
		rec, err := readNewsItem(n)
		if err == nil {
			err = item.Settle(&rec)
		}
		return rec, err
	}, "no item of NewsML-G2 is in it")
}

// newsItem is an item being read.
type newsItem struct {
	rec   item.Record
	names map[string]string // of codes, where the item asserts them
	class string            // text, picture, …
	lang  string
	// captionText and creditLine are a picture's words.
	captionText, creditLine string
}

func readNewsItem(n *item.Node) (item.Record, error) {
	it := newsItem{rec: item.Record{GUID: strings.TrimSpace(n.Attr("guid")), Version: n.Attr("version"), RawType: "application/vnd.iptc.g2.newsitem+xml"}, names: map[string]string{}, class: "text"}
	for a := range n.All("assert") {
		if name := a.Kid("name").Plain(); name != "" {
			for _, key := range []string{"qcode", "literal", "uri"} {
				if code := a.Attr(key); code != "" {
					it.names[code] = name
				}
			}
		}
	}
	meta := n.Kid("contentmeta")
	it.lang = firstOf(meta.Kid("language").Attr("tag"), n.Attr("lang"))
	it.item(n.Kid("itemmeta"))
	it.content(meta)
	it.dates(n.Kid("itemmeta"), meta)
	it.rights(n)
	if err := it.body(n.Kid("contentset")); err != nil {
		return it.rec, err
	}
	it.rec.Article.Language = firstOf(meta.Kid("language").Attr("tag"), it.rec.Article.Language, it.lang)
	return it.rec, nil
}

// item reads the metadata of the item itself.
func (it *newsItem) item(m *item.Node) {
	if code := firstOf(m.Kid("itemclass").Attr("qcode"), m.Kid("itemclass").Attr("uri")); code != "" {
		it.class = strings.ToLower(suffix(code))
	}
	it.rec.Provider = firstOf(it.nameOf(m.Kid("provider")), m.Kid("provider").Attr("uri"))
	it.rec.Status = statusOf(firstOf(m.Kid("pubstatus").Attr("qcode"), m.Kid("pubstatus").Attr("uri")))
	it.rec.Note = item.Line(m.Kid("ednote").Plain())
	if e := m.Kid("embargoed"); e != nil {
		// Without a time it holds until a later version lifts it.
		it.rec.EmbargoedUntil = item.ParseDate(e.Plain())
		if it.rec.EmbargoedUntil.IsZero() && (it.rec.Status == "" || it.rec.Status == item.Usable) {
			it.rec.Status = item.Withheld
		}
	}
	it.rec.Expires = item.ParseDate(m.Kid("expires").Plain())
	for link := range m.All("link") {
		// The same text where the public reads it.
		if rel := suffix(link.Attr("rel")); rel == "permalink" || rel == "canonical" {
			it.rec.Article.URL = item.Web(link.Attr("href"))
		}
	}
}

// content reads what is said of the content.
func (it *newsItem) content(m *item.Node) {
	a := &it.rec.Article
	var subheads []string
	for h := range m.All("headline") {
		role := strings.ToLower(suffix(h.Attr("role")))
		s := h.Plain()
		switch {
		case strings.Contains(role, "sub") || strings.Contains(role, "secondary"):
			subheads = append(subheads, s)
		case s != "" && (a.Headline == "" || it.ownLanguage(h) && role == "main"):
			a.Headline = s
		}
	}
	summary, other := "", ""
	for d := range m.All("description") {
		s := d.Plain()
		switch strings.ToLower(suffix(d.Attr("role"))) {
		case "caption":
			if it.captionText == "" || it.ownLanguage(d) {
				it.captionText = s
			}
		case "summary", "intro", "lead", "standfirst":
			if summary == "" || it.ownLanguage(d) {
				summary = s
			}
		default:
			other = firstOf(other, s)
		}
	}
	a.Standfirst = firstOf(strings.Join(subheads, " "), summary, other)
	a.Byline = m.Kid("by").Plain()
	a.Dateline = strings.Trim(m.Kid("dateline").Plain(), " -–—_")
	if a.Dateline == "" {
		a.Dateline = it.nameOf(m.Kid("located"))
	}
	it.creators(m)
	var tags []string
	for s := range m.All("subject") {
		name := it.nameOf(s)
		if s.Kid("name") == nil && it.names[firstOf(s.Attr("qcode"), s.Attr("uri"), s.Attr("literal"))] == "" {
			name = s.Attr("literal") // a code without its words says nothing to a reader
		}
		tags = append(tags, name)
		if a.Section == "" {
			a.Section = topicSection(firstOf(s.Attr("qcode"), s.Attr("uri")), name)
		}
	}
	for k := range m.All("keyword") {
		tags = append(tags, k.Plain())
	}
	a.Tags = item.Tags(tags...)
	for g := range m.All("genre") {
		if isOpinion(firstOf(g.Attr("qcode"), g.Attr("uri"))) || isOpinion(g.Kid("name").Plain()) {
			a.ArticleKind = news.Opinion
		}
	}
	it.creditLine = m.Kid("creditline").Plain()
	it.rec.Sources = append(it.rec.Sources, it.creditLine)
}

// creators sorts who made the content into authors and sources.
func (it *newsItem) creators(m *item.Node) {
	a := &it.rec.Article
	for c := range m.All("creator") {
		name := it.nameOf(c)
		if c.Kid("name") == nil && name == suffix(firstOf(c.Attr("qcode"), c.Attr("uri"))) {
			continue // a code only
		}
		code := strings.ToLower(c.Attr("type") + " " + c.Attr("qcode") + " " + c.Attr("uri"))
		switch {
		case strings.Contains(code, "organisation") || strings.Contains(code, "organization"):
			it.rec.Sources = append(it.rec.Sources, name)
		default:
			a.Authors = append(a.Authors, news.Author{Name: name, Role: roleOf(c)})
		}
	}
	for s := range m.All("infosource") {
		it.rec.Sources = append(it.rec.Sources, it.nameOf(s))
	}
}

// roleOf is the job title of a creator, where it is in words.
func roleOf(c *item.Node) string {
	if d := c.Kid("definition").Plain(); d != "" && len(d) < 80 {
		return d
	}
	return ""
}

// dates reads when the item was published and updated.
func (it *newsItem) dates(m, c *item.Node) {
	version := item.ParseDate(m.Kid("versioncreated").Plain())
	given := []string{m.Kid("firstcreated").Plain(), c.Kid("contentcreated").Plain(), m.Kid("versioncreated").Plain()}
	for _, s := range given {
		if it.rec.Article.Published.IsZero() {
			it.rec.Article.Published = item.ParseDate(s)
		}
	}
	it.rec.Article.Updated, it.rec.Sent = version, version
	it.rec.Dated(news.FieldPublished, it.rec.Article.Published, given...)
}

func (it *newsItem) rights(n *item.Node) {
	for r := range n.All("rightsinfo") {
		it.rec.Sources = append(it.rec.Sources, it.nameOf(r.Kid("copyrightholder")))
	}
}

// body reads the content itself: marked-up text before plain, and pictures.
func (it *newsItem) body(set *item.Node) error {
	a := &it.rec.Article
	best, rank := item.BodyText{}, 0
	for x := range set.All("inlinexml") {
		if nitf := x.First("nitf"); nitf != nil && rank < 3 {
			inner := it.rec
			inner.Article.Images = nil
			nitfBody(nitf, &inner)
			it.merge(inner)
			best, rank = item.BodyText{Body: inner.Article.Body, Spans: inner.Article.Spans, Images: inner.Article.Images}, 3
			continue
		}
		if t := item.BodyOf(x, a.URL, notPublic); rank < 2 && t.Body != "" {
			best, rank = t, 2
			a.Language = x.First("html").Attr("lang")
		}
	}
	for d := range set.All("inlinedata") {
		s := d.Raw()
		if enc := strings.ToLower(d.Attr("encoding")); strings.Contains(enc, "base64") {
			b, err := base64.StdEncoding.DecodeString(strings.Join(strings.Fields(s), ""))
			if err != nil || !strings.HasPrefix(d.Attr("contenttype"), "text") {
				continue
			}
			s = string(b)
		}
		body := item.AnyBody
		if strings.Contains(d.Attr("contenttype"), "html") {
			body = item.HTMLBody
		}
		t, err := body(s, a.URL, notPublic)
		if err != nil {
			return err
		}
		if rank < 1 && t.Body != "" {
			best, rank = t, 1
		}
	}
	a.Body, a.Spans = best.Body, best.Spans
	for _, im := range best.Images {
		a.Images = item.AddImage(a.Images, im)
	}
	it.pictures(set)
	return nil
}

// merge takes from an NITF inside the item what the item's own metadata leave out.
func (it *newsItem) merge(in item.Record) {
	a, b := &it.rec.Article, &in.Article
	if a.Headline == "" {
		a.Headline = b.Headline
	}
	if a.Standfirst == "" {
		a.Standfirst = b.Standfirst
	}
	if b.Byline != "" {
		if a.Byline == "" {
			a.Byline = b.Byline
		}
		if len(b.Authors) > 0 || len(a.Authors) == 0 {
			a.Authors = b.Authors
		}
	}
	a.Dateline, a.Agency, a.Language = b.Dateline, b.Agency, b.Language
	it.rec.Sources = in.Sources
}

// notPublic says which sections of an agency's page are notes for its customers.
func notPublic(n *item.Node) bool {
	class := strings.ToLower(n.Attr("class"))
	return class != "" && (strings.Contains(class, "notepad") || strings.Contains(class, "nonpublic") || strings.Contains(class, "ednote") || class == "dat")
}

func (it *newsItem) ownLanguage(n *item.Node) bool {
	l := n.Attr("lang")
	return l == "" || it.lang == "" || strings.EqualFold(l[:min(2, len(l))], it.lang[:min(2, len(it.lang))])
}

// nameOf is the name of a concept in the item's language, else the one it asserts
// for the code, else the code's last part.
func (it *newsItem) nameOf(n *item.Node) string {
	if n == nil {
		return ""
	}
	name := ""
	for k := range n.All("name") {
		if s := k.Plain(); s != "" && (name == "" || k.Attr("lang") != "" && it.ownLanguage(k)) {
			name = s
		}
	}
	code := firstOf(n.Attr("qcode"), n.Attr("literal"), n.Attr("uri"))
	switch {
	case name != "":
		return name
	case it.names[code] != "":
		return it.names[code]
	case n.Attr("literal") != "":
		return n.Attr("literal")
	case n.Attr("qcode") != "":
		return suffix(n.Attr("qcode"))
	}
	return item.Clean(n.Raw())
}

// suffix is a code without its scheme.
func suffix(code string) string {
	code = strings.TrimRight(code, "/")
	return code[strings.LastIndexAny(code, ":/#")+1:]
}
