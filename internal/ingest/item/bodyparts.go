package item

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"backfile/internal/news"
)

// figure takes a figure of HTML as a picture; it reports false for one that holds
// text or a table.
func (w *Writer) figure(n *Node) bool {
	img := n.First("img", "picture", "video", "iframe", "audio", "svg", "image")
	if img == nil && n.First("p", "table", "blockquote", "li") != nil {
		return false
	}
	w.flush()
	im := news.Image{Caption: n.First("figcaption").captionOf()}
	for k := range n.Under("span", "small", "cite", "em", "p", "footer", "div") {
		if im.Credit == "" && isCredit(k.Attr("class")+" "+k.Attr("itemprop")) {
			im.Credit = k.Plain()
		}
	}
	if img != nil && (img.Name == "img" || img.Name == "picture") {
		if img.Name == "picture" {
			if k := img.First("img"); k != nil {
				img = k
			}
		}
		im.URL = w.href(firstOf(img.Attr("src"), img.Attr("data-src")))
	} else {
		im = news.Image{} // a recording's words are no picture's
	}
	w.Image(im)
	return true
}

// captionOf is a caption without the credit inside it.
func (n *Node) captionOf() string {
	if n == nil {
		return ""
	}
	var b strings.Builder
	for _, k := range n.Kids {
		if isCredit(k.Attr("class") + " " + k.Attr("itemprop")) {
			continue
		}
		k.plain(&b)
	}
	return Clean(b.String())
}

func isCredit(class string) bool {
	class = strings.ToLower(class)
	return strings.Contains(class, "credit") || strings.Contains(class, "copyright") || strings.Contains(class, "byline")
}

// mediaImage is a media element of NITF as a picture; zero where it is a
// recording.
func mediaImage(n *Node, href func(string) string) news.Image {
	switch strings.ToLower(n.Attr("media-type")) {
	case "", "image", "photo", "picture", "graphic", "photograph":
	default:
		return news.Image{}
	}
	im := news.Image{Caption: n.Kid("media-caption").Plain(), Credit: n.Kid("media-producer").Plain()}
	refs, pictures := 0, 0
	for ref := range n.All("media-reference") {
		refs++
		if kind := ref.Attr("mime-type"); kind != "" && !strings.HasPrefix(strings.ToLower(kind), "image") && strings.Contains(kind, "/") {
			continue
		}
		pictures++
		if im.URL == "" {
			im.URL = href(firstOf(ref.Attr("source"), ref.Attr("data-location")))
		}
		if im.Credit == "" {
			im.Credit = Clean(ref.Attr("source-credit"))
		}
		if im.Caption == "" {
			im.Caption = Clean(ref.Attr("alternate-text"))
		}
	}
	if refs > 0 && pictures == 0 {
		return news.Image{}
	}
	return im
}

// maxCell is the longest text of a table's cell, in characters; a longer one is
// running text in a table that is there for the layout.
const maxCell = 300

// rowOf is a table row as a line, its cells parted by " | ", or "" where its cells
// hold running text.
func rowOf(n *Node) string {
	var cells []string
	for c := range n.All() {
		if c.Name != "td" && c.Name != "th" {
			return ""
		}
		if c.First("table", "figure", "article") != nil {
			return ""
		}
		paragraphs := 0
		for range c.Under("p") {
			paragraphs++
		}
		s := c.Plain()
		if paragraphs > 2 || utf8.RuneCountInString(s) > maxCell {
			return ""
		}
		if s != "" {
			cells = append(cells, s)
		}
	}
	return strings.Join(cells, " | ")
}

func firstOf(ss ...string) string {
	for _, s := range ss {
		if strings.TrimSpace(s) != "" {
			return s
		}
	}
	return ""
}

func hasLetter(s string) bool {
	for _, r := range s {
		if unicode.IsLetter(r) || unicode.IsNumber(r) {
			return true
		}
	}
	return false
}

// HTMLBody is BodyOf for a string of HTML.
func HTMLBody(s, base string, skip func(*Node) bool) (BodyText, error) {
	n, err := ParseHTML(s)
	if err != nil {
		return BodyText{}, err
	}
	return BodyOf(n, base, skip), nil
}

// AnyBody is HTMLBody, or PlainBody where the string has no tags.
func AnyBody(s, base string, skip func(*Node) bool) (BodyText, error) {
	if !looksHTML(s) {
		return PlainBody(s), nil
	}
	return HTMLBody(s, base, skip)
}

// PlainBody makes a body of plain text.
func PlainBody(s string) BodyText { return plainBody(s, false) }

// WiredBody makes a body of plain text whose lines were broken at a width, as wires
// do, unless they are too long for that.
func WiredBody(s string) BodyText { return plainBody(s, true) }

func plainBody(s string, wired bool) BodyText {
	var w Writer
	for _, p := range paragraphs(s, wired) {
		w.Add(p, "")
	}
	return w.Done()
}

// Paragraphs parts plain text. A blank line parts, and an indented one; where
// nothing is indented, each line is a paragraph unless the lines were filled to a
// width, as wires and mail do.
func Paragraphs(s string) []string { return paragraphs(s, false) }

func paragraphs(s string, wired bool) []string {
	s = strings.ReplaceAll(strings.ReplaceAll(s, "\r\n", "\n"), "\r", "\n")
	lines := strings.Split(s, "\n")
	indented, longest, full := 0, 0, 0
	for _, l := range lines {
		t := strings.TrimSpace(l)
		if t == "" {
			continue
		}
		if indentOf(l) >= 2 {
			indented++
		}
		n := utf8.RuneCountInString(t)
		longest = max(longest, n)
		if n > 45 {
			full++
		}
	}
	const width = 90
	blank := strings.Contains(strings.TrimSpace(squeezeLines(s)), "\n\n")
	filled := longest <= width && (wired || full >= 3 || full >= 2 && blank)
	each := indented == 0 && !filled
	var out, cur []string
	end := func() {
		if len(cur) > 0 {
			out = append(out, Clean(strings.Join(cur, " ")))
			cur = nil
		}
	}
	for _, l := range lines {
		t := strings.TrimSpace(l)
		switch {
		case t == "":
			end()
			continue
		case each, indented > 0 && indentOf(l) >= 2:
			end()
		}
		cur = append(cur, t)
		if !blank && indented == 0 && utf8.RuneCountInString(t)*10 < longest*6 && strings.ContainsAny(t[len(t)-1:], ".!?\"") {
			end() // a last line, shorter than the others
		}
	}
	end()
	return out
}

// squeezeLines is s without the white space at its lines' ends.
func squeezeLines(s string) string {
	lines := strings.Split(s, "\n")
	for i, l := range lines {
		lines[i] = strings.TrimRight(l, " \t\u00a0")
	}
	return strings.Join(lines, "\n")
}

// indentOf is how far a line is indented; a tab counts as much as it takes.
func indentOf(l string) int {
	n := 0
	for _, r := range l {
		switch r {
		case ' ', '\u00a0':
			n++
		case '\t':
			n += 4
		default:
			return n
		}
	}
	return n
}
