package item

import (
	"net/url"
	"strings"

	"backfile/internal/news"
)

// neverText are elements whose content is no text of an article, in HTML and in
// NITF.
var neverText = setOf(`script style noscript template svg iframe object embed video audio canvas button select input textarea
	nav head dialog menu map progress meter datalist link meta form title alt-code media-object media-metadata nitf-table-metadata
	col colgroup rp`)

// blocks are elements that begin and end a paragraph.
var blocks = setOf(`p div section article aside header footer main h1 h2 h3 h4 h5 h6 hl1 hl2 ul ol dl li dt dd table caption thead tbody
	tfoot tr th td blockquote bq pre hr address figure figcaption body html block body.content body.head body.end nitf nitf-table
	custom-table abstract note fn media byline dateline tagline bibliography datasource credit copyrite details summary fieldset center`)

func setOf(words string) map[string]bool {
	m := map[string]bool{}
	for w := range strings.FieldsSeq(words) {
		m[w] = true
	}
	return m
}

// BodyText is what markup holds of an article.
type BodyText struct {
	Body   string
	Spans  []news.Span
	Images []news.Image
}

// BodyOf makes a body of the text under n: paragraphs, subheadings, list items
// and table rows. Pictures come apart, with their captions. Addresses are made
// absolute against base, "" where it is not known. skip, which may be nil, says
// which elements to pass over.
func BodyOf(n *Node, base string, skip func(*Node) bool) BodyText {
	w := &Writer{skip: skip}
	if u, err := url.Parse(base); err == nil && u.Host != "" {
		w.base = u
	}
	w.walk(n, "")
	return w.Done()
}

// Writer puts a body together.
type Writer struct {
	base  *url.URL
	skip  func(*Node) bool
	out   strings.Builder
	spans []news.Span
	pics  []news.Image

	par     strings.Builder
	links   []news.Span
	space   bool // white space waits to be written
	kind    string
	quoted  int
	breaks  int
	blocks  int
	capture bool // within a link
}

// maxBlocks bounds how many paragraphs a body has.
const maxBlocks = 50_000

// Add adds a paragraph of plain text, of a Span kind or "".
func (w *Writer) Add(s, kind string) {
	w.flush()
	w.kind = kind
	w.write(s)
	w.flush()
}

// Image adds a picture, unless it says nothing or is there.
func (w *Writer) Image(im news.Image) { w.pics = AddImage(w.pics, im) }

// Done returns what was written.
func (w *Writer) Done() BodyText {
	w.flush()
	return BodyText{Body: w.out.String(), Spans: w.spans, Images: w.pics}
}

// walk writes what is under n, of the kind of span that n's elders make it.
func (w *Writer) walk(n *Node, kind string) {
	if n == nil || w.blocks > maxBlocks {
		return
	}
	if n.Name == "" {
		if strings.TrimSpace(n.Text) != "" && w.par.Len() == 0 {
			w.kind = kind
		}
		w.write(n.Text)
		return
	}
	if neverText[n.Name] || w.skip != nil && w.skip(n) {
		return
	}
	switch n.Name {
	case "br":
		if w.breaks++; w.breaks >= 2 {
			w.flush()
		} else {
			w.space = true
		}
		return
	case "img":
		w.Image(news.Image{URL: w.href(firstOf(n.Attr("src"), n.Attr("data-src"))), Caption: ""})
		return
	case "figure":
		if w.figure(n) {
			return
		}
	case "media":
		w.flush()
		w.Image(mediaImage(n, w.href))
		return
	case "note":
		switch {
		case n.Attr("type") == "npa", n.Attr("noteclass") == "editorsnote", n.Attr("noteclass") == "cpyrt", n.Attr("noteclass") == "trademk":
			return
		}
	case "copyrite", "datasource", "byline", "dateline":
		// Of a block within the body: the article's own are read elsewhere.
		w.flush()
		return
	case "tr":
		if row := rowOf(n); row != "" {
			w.Add(row, news.SpanRow)
			return
		}
	case "pre":
		w.flush()
		for _, p := range Paragraphs(n.Raw()) {
			w.Add(p, kind)
		}
		return
	case "a":
		if !w.capture {
			w.link(n, kind)
			return
		}
	case "blockquote", "bq":
		w.quoted++
		defer func() { w.quoted-- }()
	}
	switch n.Name {
	case "h1", "h2", "h3", "h4", "h5", "h6", "hl1", "hl2":
		kind = news.SpanHeading
	case "li", "dt", "dd":
		kind = news.SpanItem
	case "td", "th", "table":
		kind = ""
	}
	if blocks[n.Name] {
		w.flush()
		defer w.flush()
	}
	for _, k := range n.Kids {
		w.walk(k, kind)
	}
}

// link writes an anchor's text and keeps where it leads.
func (w *Writer) link(n *Node, kind string) {
	w.capture = true
	before, start, pending := w.blocks, w.par.Len(), w.space
	for _, k := range n.Kids {
		w.walk(k, kind)
	}
	w.capture = false
	if w.blocks != before {
		return // the link holds whole paragraphs
	}
	if pending && start > 0 && w.par.Len() > start {
		start++
	}
	if h := w.href(n.Attr("href")); h != "" && w.par.Len() > start {
		s := w.par.String()[start:]
		trimmed := strings.TrimLeft(s, " ")
		start += len(s) - len(trimmed)
		if trimmed != "" {
			w.links = append(w.links, news.Span{Start: start, End: w.par.Len(), Kind: news.SpanLink, Href: h})
		}
	}
}

// write adds text to the paragraph, white space made single.
func (w *Writer) write(s string) {
	const most = 1 << 20
	if w.par.Len() > most {
		return
	}
	s = strings.ToValidUTF8(s, "\uFFFD")
	for _, r := range s {
		switch {
		case isSpace(r):
			w.space = true
		case isDropped(r):
		default:
			if w.space && w.par.Len() > 0 {
				w.par.WriteByte(' ')
			}
			w.space, w.breaks = false, 0
			w.par.WriteRune(r)
		}
	}
}

// flush ends the paragraph.
func (w *Writer) flush() {
	s := w.par.String()
	w.par.Reset()
	kind, links := w.kind, w.links
	w.kind, w.links, w.space, w.breaks = "", nil, false, 0
	if !hasLetter(s) {
		return
	}
	w.blocks++
	if w.out.Len() > 0 {
		w.out.WriteString("\n\n")
	}
	start := w.out.Len()
	w.out.WriteString(s)
	if w.quoted > 0 {
		w.spans = append(w.spans, news.Span{Start: start, End: w.out.Len(), Kind: news.SpanQuote})
	}
	if kind != "" {
		w.spans = append(w.spans, news.Span{Start: start, End: w.out.Len(), Kind: kind})
	}
	for _, l := range links {
		l.Start, l.End = l.Start+start, l.End+start
		w.spans = append(w.spans, l)
	}
}

// href is s as an absolute address of the web, or "".
func (w *Writer) href(s string) string {
	s = strings.TrimSpace(s)
	if s == "" || len(s) > 2000 || s[0] == '#' {
		return ""
	}
	u, err := url.Parse(s)
	if err != nil {
		return ""
	}
	if w.base != nil {
		u = w.base.ResolveReference(u)
	}
	if u.Scheme != "http" && u.Scheme != "https" || u.Host == "" || u.User != nil {
		return ""
	}
	return u.String()
}
