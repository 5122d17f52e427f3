package ingest

import (
	"errors"
	"fmt"
	"mime"
	"regexp"
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
	"golang.org/x/net/html/charset"
)

const (
	// maxPage is the largest page that is read, in bytes.
	maxPage = 16 << 20
	// maxTags bounds the tags of a page. News pages have a few thousand; the
	// extractors' cost grows faster than the number.
	maxTags = 120_000
	// maxAttributes bounds the attributes of one tag.
	maxAttributes = 400
	// maxAttribute is the longest value of an attribute that is kept, in bytes.
	maxAttribute = 4 << 10
	// maxText bounds the text of a page outside of scripts, in bytes.
	maxText = 4 << 20
)

var (
	errTooManyTags = fmt.Errorf("more than %d tags on the page", maxTags)
	errTooMuchText = errors.New("the page has more text than any article")
	errTooDeep     = errors.New("tags are nested too deep")
)

var metaCharset = regexp.MustCompile(`(?i)<meta[^>]{0,200}charset\s*=\s*["']?\s*([a-z0-9_:.\-]{2,40})`)

// decodePage is a page as UTF-8. A byte order mark is believed, then UTF-8 that
// is whole, then the charset of the content type, that of the page's own head,
// a guess from the letters, and last windows-1252.
func decodePage(b []byte, contentType string) string {
	label := ""
	if _, params, err := mime.ParseMediaType(contentType); err == nil {
		label = params["charset"]
	}
	if _, name := charset.Lookup(label); name == "" {
		if m := metaCharset.FindSubmatch(b[:min(len(b), 4096)]); m != nil {
			label = string(m[1])
		}
	}
	// This encoding's bytes are ASCII, and so look like UTF-8.
	if e, name := charset.Lookup(label); name == "iso-2022-jp" {
		if out, err := e.NewDecoder().Bytes(b); err == nil {
			return string(out)
		}
	}
	return decode(b, label)
}

// parsePage makes a tree of a page.
func parsePage(s string) (*html.Node, error) {
	if tooManyTags(s) {
		return nil, errTooManyTags
	}
	doc, err := html.Parse(strings.NewReader(s))
	if err != nil {
		return nil, errTooDeep
	}
	nodes, text := 0, 0
	for n := range doc.Descendants() {
		if nodes++; nodes > 4*maxTags {
			return nil, errTooManyTags // the parser repeats tags that are not closed
		}
		switch n.Type {
		case html.TextNode:
			if p := n.Parent.DataAtom; p != atom.Script && p != atom.Style {
				text += len(n.Data)
			}
		case html.ElementNode:
			trimAttributes(n)
		}
	}
	if text > maxText {
		return nil, errTooMuchText
	}
	return doc, nil
}

// prune takes out what no reader sees and nothing below looks at: comments,
// styles, drawings' lines, and scripts but JSON-LD, which an extractor may read.
// They are half of many pages, and the extractors copy the tree several times.
func prune(n *html.Node) {
	for c := n.FirstChild; c != nil; {
		next := c.NextSibling
		switch {
		case c.Type == html.CommentNode, c.DataAtom == atom.Style, c.Parent.DataAtom == atom.Svg,
			c.DataAtom == atom.Script && !strings.Contains(strings.ToLower(attr(c, "type")), "ld+json"):
			n.RemoveChild(c)
		case isUnseen(c):
			n.InsertBefore(&html.Node{Type: html.TextNode, Data: edgeSpace(c)}, c)
			n.RemoveChild(c)
		case c.Type == html.TextNode:
			if c.Data = joinSpace(c.Data); c.Data == " " && isBetweenBlocks(c) {
				n.RemoveChild(c)
			}
		default:
			prune(c)
		}
		c = next
	}
}

// isUnseen reports whether n is a word for those who hear the page ("opens new tab",
// "Article content"), which is printed nowhere.
func isUnseen(n *html.Node) bool {
	switch n.DataAtom {
	case atom.Span, atom.Div, atom.P, atom.H2, atom.H3, atom.H4:
	default:
		return false
	}
	unseen := false
	for _, a := range n.Attr {
		switch a.Key {
		case "class":
			unseen = unseen || namesUnseen(a.Val)
		case "style":
			unseen = unseen || strings.Contains(a.Val, "clip:rect(") || strings.Contains(a.Val, "clip: rect(")
		}
	}
	if !unseen {
		return false
	}
	for d := range n.Descendants() {
		if d.Type == html.ElementNode && d.DataAtom != atom.Span {
			return false // a heading, a date, a link to the author
		}
	}
	s := nodeText(n)
	return wordCount(s) <= maxUnseen && letterKey(s) != "" // a hyphen parts a kicker from its headline
}

// edgeSpace is a space where the text of n begins or ends with one, else "".
func edgeSpace(n *html.Node) string {
	var b strings.Builder
	writeText(&b, n, maxNodeText)
	if s := b.String(); s != strings.TrimSpace(s) && n.DataAtom == atom.Span {
		return " "
	}
	return ""
}

// maxUnseen is how many words isUnseen takes at most for a note; an outlet may
// hide its headline or its byline.
const maxUnseen = 4

// namesUnseen reports whether one of the classes is one of those that hide a text from the
// eye only.
func namesUnseen(classes string) bool {
	for class := range strings.FieldsSeq(classes) {
		switch class {
		case "sr-only", "visually-hidden", "visuallyhidden", "visuallyHidden", "screen-reader", "screen-reader-text", "screen-reader-only",
			"u-hidden-visually", "assistive-text", "a11y-hidden":
			return true
		}
	}
	return false
}

// joinSpace is s, or one space where it is nothing but white space.
func joinSpace(s string) string {
	for i := range len(s) {
		switch s[i] {
		case ' ', '\n', '\t', '\r', '\f':
		default:
			return s
		}
	}
	return " "
}

// isBetweenBlocks reports whether white space beside n parts nothing: a new line
// begins there anyway. Such is two fifths of the nodes of a page.
func isBetweenBlocks(n *html.Node) bool {
	for p := n.Parent; p != nil; p = p.Parent {
		if p.DataAtom == atom.Pre || p.DataAtom == atom.Textarea {
			return false
		}
		if p.DataAtom == atom.Div || p.DataAtom == atom.Body {
			break
		}
	}
	block := n.Parent != nil && (isBlockTag(n.Parent) || n.Parent.DataAtom == atom.Head || n.Parent.DataAtom == atom.Html)
	return n.PrevSibling == nil && block || n.NextSibling == nil && block ||
		n.PrevSibling != nil && isBlockTag(n.PrevSibling) || n.NextSibling != nil && isBlockTag(n.NextSibling)
}

// trimAttributes empties attributes that are longer than any that says something
// (pictures written into the page), for they cost every search through them.
func trimAttributes(n *html.Node) {
	for i, a := range n.Attr {
		if len(a.Val) > maxAttribute && (a.Key != "content" || len(a.Val) > 16*maxAttribute) {
			n.Attr[i].Val = ""
		}
	}
}

// attr is the value of the attribute of that name, or "".
func attr(n *html.Node, name string) string {
	for _, a := range n.Attr {
		if a.Key == name && a.Namespace == "" {
			return a.Val
		}
	}
	return ""
}

// nodeText is the text under n as one line.
func nodeText(n *html.Node) string {
	var b strings.Builder
	writeText(&b, n, maxNodeText)
	return cleanLine(b.String())
}

// maxNodeText is where nodeText stops, in bytes.
const maxNodeText = 64 << 10

func writeText(b *strings.Builder, n *html.Node, limit int) {
	if b.Len() > limit {
		return
	}
	switch n.Type {
	case html.TextNode:
		b.WriteString(n.Data)
		return
	case html.ElementNode:
		switch n.DataAtom {
		case atom.Script, atom.Style, atom.Noscript, atom.Template, atom.Svg, atom.Button, atom.Iframe:
			return
		case atom.Br:
			b.WriteByte(' ')
			return
		}
	}
	block := n.Type == html.ElementNode && isBlockTag(n)
	if block {
		b.WriteByte(' ')
	}
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		writeText(b, c, limit)
	}
	if block {
		b.WriteByte(' ')
	}
}

var blockTags = map[atom.Atom]bool{
	atom.P: true, atom.Div: true, atom.Section: true, atom.Article: true, atom.Main: true, atom.Ul: true, atom.Ol: true, atom.Li: true,
	atom.Dl: true, atom.Dt: true, atom.Dd: true, atom.Table: true, atom.Tr: true, atom.Td: true, atom.Th: true, atom.Caption: true,
	atom.Thead: true, atom.Tbody: true, atom.Tfoot: true, atom.H1: true, atom.H2: true, atom.H3: true, atom.H4: true, atom.H5: true, atom.H6: true,
	atom.Blockquote: true, atom.Pre: true, atom.Figure: true, atom.Figcaption: true, atom.Aside: true, atom.Header: true, atom.Footer: true,
	atom.Form: true, atom.Fieldset: true, atom.Address: true, atom.Hr: true, atom.Details: true, atom.Summary: true, atom.Center: true,
	atom.Nav: true, atom.Body: true, atom.Hgroup: true, atom.Picture: true,
}

// isBlockTag reports whether n begins a new line; elements of a page's own
// making are taken for such.
func isBlockTag(n *html.Node) bool {
	return n.Type == html.ElementNode && (blockTags[n.DataAtom] || n.DataAtom == 0 && strings.IndexByte(n.Data, '-') > 0)
}
