package ingest

import (
	"net/url"
	"regexp"
	"strings"
	"unicode/utf8"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
	"golang.org/x/text/unicode/norm"

	"backfile/internal/news"
)

// block is one paragraph, subheading, list item or table row of a page.
type block struct {
	// at is the innermost element that holds the whole block.
	at *html.Node
	// kind is "" for a paragraph, else one of the Span kinds.
	kind string
	text string
	// quoted: it stands in a blockquote.
	quoted bool
	links  []news.Span // offsets into text
	// linked is how many bytes of text are links; strong how many are bold.
	linked, strong int
	key            string
}

// maxBlocks bounds how many blocks of a page are looked at.
const maxBlocks = 20_000

// blockWriter cuts a tree into blocks.
type blockWriter struct {
	base   *url.URL
	blocks []block
	buf    strings.Builder
	cur    block
	breaks int // line breaks since the last text
	anchor *html.Node
	quote  int
	bold   int
}

// cutBlocks returns the blocks under n in reading order. Captions, forms,
// menus, scripts and what else is never text are left out.
func cutBlocks(n *html.Node, base *url.URL) []block {
	w := &blockWriter{base: base}
	w.walk(n, n)
	w.flush()
	return w.blocks
}

// neverText are elements whose content is no running text.
var neverText = map[atom.Atom]bool{
	atom.Script: true, atom.Style: true, atom.Noscript: true, atom.Template: true, atom.Svg: true, atom.Iframe: true, atom.Object: true,
	atom.Embed: true, atom.Video: true, atom.Audio: true, atom.Canvas: true, atom.Button: true, atom.Select: true, atom.Input: true,
	atom.Textarea: true, atom.Label: true, atom.Nav: true, atom.Head: true, atom.Dialog: true, atom.Figcaption: true, atom.Menu: true,
	atom.Img: true, atom.Picture: true, atom.Map: true, atom.Progress: true, atom.Meter: true, atom.Datalist: true, atom.Link: true, atom.Meta: true,
}

// embedNames are the classes that networks tell the pages to give to quoted posts.
var embedNames = regexp.MustCompile(`twitter-(tweet|video)|instagram-media|tiktok-embed|bluesky-embed|reddit-(embed|card)|imgur-embed|telegram-post|fb-(post|video)|mastodon-embed|text-post-media`)

// walk goes through n, whose nearest block element is at.
func (w *blockWriter) walk(n, at *html.Node) {
	if len(w.blocks) > maxBlocks {
		return
	}
	switch n.Type {
	case html.TextNode:
		w.write(n.Data, at)
		return
	case html.ElementNode:
	case html.DocumentNode:
	default:
		return
	}
	if neverText[n.DataAtom] {
		if n.DataAtom != atom.Svg && n.DataAtom != atom.Img && n.DataAtom != atom.Script && n.DataAtom != atom.Link && n.DataAtom != atom.Meta {
			w.flush()
		}
		return
	}
	if n.DataAtom == atom.Blockquote && embedNames.MatchString(attr(n, "class")) {
		w.flush()
		return
	}
	if n.DataAtom == atom.Figure && !isTextFigure(n) {
		w.flush()
		return
	}
	switch n.DataAtom {
	case atom.Br:
		if w.breaks++; w.breaks >= 2 {
			w.flush()
		} else {
			w.buf.WriteByte(' ')
		}
		return
	case atom.A:
		if w.anchor == nil {
			w.link(n, at)
			return
		}
	case atom.B, atom.Strong:
		w.bold++
		defer func() { w.bold-- }()
	case atom.Tr:
		if row, ok := rowText(n); ok {
			w.flush()
			w.add(block{at: n, kind: news.SpanRow, text: row, quoted: w.quote > 0})
			return
		}
	case atom.Blockquote:
		w.quote++
		defer func() { w.quote-- }()
	}
	isBlock := isBlockTag(n)
	if isBlock {
		w.flush()
		at = n
	}
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		w.walk(c, at)
	}
	if isBlock {
		w.flush()
	}
}

// write adds text to the block that is being gathered.
func (w *blockWriter) write(s string, at *html.Node) {
	if strings.TrimSpace(s) != "" {
		w.breaks = 0
		if w.cur.at == nil {
			w.cur.at = at
			w.cur.quoted = w.quote > 0
		}
		if w.bold > 0 {
			w.cur.strong += len(s)
		}
	}
	if w.buf.Len() > 1<<20 {
		return
	}
	w.buf.WriteString(s)
}

// link writes an anchor's text and keeps where it leads.
func (w *blockWriter) link(n, at *html.Node) {
	for d := range n.Descendants() {
		if isBlockTag(d) {
			w.flush()
			break
		}
	}
	w.anchor = n
	before := len(w.blocks)
	start := w.buf.Len()
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		w.walk(c, at)
	}
	w.anchor = nil
	if len(w.blocks) != before { // the link holds whole blocks: a teaser
		w.flush()
		for i := before; i < len(w.blocks); i++ {
			w.blocks[i].linked = len(w.blocks[i].text)
		}
		return
	}
	// Offsets count in the raw buffer until flush has made the white space single.
	w.cur.links = append(w.cur.links, news.Span{Start: start, End: w.buf.Len(), Kind: news.SpanLink, Href: w.href(attr(n, "href"))})
}

// href is the address that a link leads to, absolute, or "" where that is no
// address of the web.
func (w *blockWriter) href(s string) string {
	u, err := url.Parse(strings.TrimSpace(s))
	if err != nil || s == "" || len(s) > 2000 || strings.HasPrefix(s, "#") {
		return ""
	}
	if w.base != nil {
		u = w.base.ResolveReference(u)
	}
	if (u.Scheme != "http" && u.Scheme != "https") || u.Host == "" || u.User != nil {
		return ""
	}
	return u.String()
}

// flush ends the block that is being gathered.
func (w *blockWriter) flush() {
	raw, b := w.buf.String(), w.cur
	w.buf.Reset()
	w.cur = block{}
	w.breaks = 0
	if b.at == nil {
		return
	}
	b.text, b.links, b.linked = cleanLinked(raw, b.links)
	if w.anchor != nil {
		b.linked = len(b.text)
	}
	b.kind = blockKind(b.at)
	w.add(b)
}

// cleanLinked is cleanLine for a text with links at those offsets, in order. It
// returns the links at their places in the clean text, those without an address
// left out, and how many bytes all links take.
func cleanLinked(raw string, links []news.Span) (string, []news.Span, int) {
	if len(links) == 0 {
		return cleanLine(raw), nil, 0
	}
	var b strings.Builder
	var out []news.Span
	linked, at, space := 0, 0, false
	add := func(end int) (start int) {
		end = max(at, min(end, len(raw)))
		part := raw[at:end]
		at = end
		c := cleanLine(part)
		first, _ := utf8.DecodeRuneInString(part)
		last, _ := utf8.DecodeLastRuneInString(part)
		if c == "" {
			space = space || part != "" && isSpace(first)
			return b.Len()
		}
		if (space || isSpace(first)) && b.Len() > 0 {
			b.WriteByte(' ')
		}
		start = b.Len()
		b.WriteString(c)
		space = isSpace(last)
		return start
	}
	for _, l := range links {
		add(l.Start)
		start := add(l.End)
		if start == b.Len() {
			continue
		}
		linked += b.Len() - start
		if l.Href != "" {
			out = append(out, news.Span{Start: start, End: b.Len(), Kind: news.SpanLink, Href: l.Href})
		}
	}
	add(len(raw))
	s := b.String()
	if !norm.NFC.IsNormalString(s) { // a letter is put together across a link's border
		return cleanLine(raw), nil, linked
	}
	return s, out, linked
}

func (w *blockWriter) add(b block) {
	b.key = letterKey(b.text)
	if b.key == "" {
		return
	}
	w.blocks = append(w.blocks, b)
}

// blockKind is the span kind of text whose innermost block element is n.
func blockKind(n *html.Node) string {
	for i := 0; n != nil && i < 4; i++ {
		switch n.DataAtom {
		case atom.H1, atom.H2, atom.H3, atom.H4, atom.H5, atom.H6:
			return news.SpanHeading
		case atom.Li, atom.Dt, atom.Dd:
			return news.SpanItem
		case atom.Td, atom.Th, atom.Table, atom.Ul, atom.Ol, atom.Section, atom.Article, atom.Body:
			return ""
		}
		n = n.Parent
	}
	return ""
}

// isTextFigure reports whether a figure holds text or a table rather than a
// picture.
func isTextFigure(n *html.Node) bool {
	text := false
	for d := range n.Descendants() {
		switch d.DataAtom {
		case atom.Img, atom.Picture, atom.Video, atom.Iframe, atom.Svg, atom.Audio, atom.Button:
			return false
		case atom.Table, atom.P, atom.Blockquote, atom.Li:
			text = true
		}
	}
	return text
}

// maxCell is the longest text of a table's cell, in characters; a longer one is
// running text in a table that is there for the layout.
const maxCell = 300

// rowText is a table row as a line, its cells parted by " | ". ok is false
// where the cells hold running text.
func rowText(n *html.Node) (string, bool) {
	var cells []string
	for c := range n.ChildNodes() {
		if c.Type != html.ElementNode {
			continue
		}
		if c.DataAtom != atom.Td && c.DataAtom != atom.Th {
			return "", false
		}
		paragraphs := 0
		for d := range c.Descendants() {
			switch d.DataAtom {
			case atom.P:
				paragraphs++
			case atom.Table, atom.Figure, atom.Article:
				return "", false
			}
		}
		s := nodeText(c)
		if paragraphs > 2 || utf8.RuneCountInString(s) > maxCell {
			return "", false
		}
		if s != "" {
			cells = append(cells, s)
		}
	}
	return strings.Join(cells, " | "), len(cells) > 0
}
