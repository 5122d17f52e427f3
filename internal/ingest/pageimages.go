package ingest

import (
	"regexp"
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"backfile/internal/news"
)

// maxImages bounds the pictures that are kept of one article.
const maxImages = 60

// images are the article's photos with captions as printed: the figures that
// stand among the blocks of the article, and the JSON-LD's where they have a
// caption of their own. captions holds the letters of all
// captions, for taking them out of the body.
func (p *page) images() (images []news.Image, captions map[string]bool) {
	captions = map[string]bool{}
	add := func(im news.Image) {
		im.URL = p.absolute(im.URL)
		im.Caption, im.Credit = splitCredit(cleanText(im.Caption), cleanText(im.Credit))
		if im.Caption == "" && im.Credit == "" || len(im.Caption) > 2000 || p.isPortrait(im.Caption) {
			return // a picture without words says nothing here
		}
		for i := range images {
			same := im.Caption != "" && letterKey(images[i].Caption) == letterKey(im.Caption)
			if same || im.URL != "" && images[i].URL == im.URL {
				if images[i].Credit == "" {
					images[i].Credit = im.Credit
				}
				if images[i].Caption == "" {
					images[i].Caption = im.Caption
				}
				return
			}
		}
		if len(images) < maxImages {
			images = append(images, im)
		}
	}
	for n := range findBody(p.doc).Descendants() {
		var im news.Image
		switch {
		case n.DataAtom == atom.Figure && !inTeaser(n):
			im = readFigure(n)
		case n.DataAtom == atom.P:
			im = readPictureParagraph(n)
		}
		if im.Caption == "" || noCaption.MatchString(im.Caption) {
			continue
		}
		captions[letterKey(im.Caption)] = true
		add(im)
	}
	for _, im := range p.ld.images {
		if k := letterKey(im.Caption); k != "" && k != letterKey(p.headline) && k != letterKey(p.ld.headline) && !p.meta.described(k) {
			add(im)
		}
	}
	for _, im := range images {
		captions[letterKey(im.Caption)] = true
	}
	delete(captions, "")
	return images, captions
}

// creditGoesOn is what stands behind the element of a credit and belongs to it.
var creditGoesOn = regexp.MustCompile(`^\s*[/|]\s*\p{L}[^.!?]{1,50}$`)

var creditNames = regexp.MustCompile(`(?i)credit|copyright|photographer|(^|[\s_-])(source|autor|author|by|quelle|rights)($|[\s_-])`)

// noCaption begins what stands under a picture that is not the article's.
var noCaption = regexp.MustCompile(`(?i)^(related|watch( now)?|read more|see also|powered by|sponsored( by)?|advertisement)(:|$)`)

// isPortrait reports whether a caption is the byline beside an author's portrait,
// or a date.
func (p *page) isPortrait(caption string) bool {
	if wordCount(caption) > 16 {
		return false
	}
	if _, ok := parsePrintedDate(caption); ok && wordCount(caption) <= 4 {
		return true
	}
	names, _ := parseNames(trimByline(caption))
	return len(names) > 0 && trimByWords(caption) != caption && p.meta.isAuthor(letterKey(names[0].Name))
}

// readFigure reads a figure's picture, caption and credit.
func readFigure(n *html.Node) news.Image {
	var im news.Image
	pictures := 0
	for d := range n.Descendants() {
		switch {
		case d.DataAtom == atom.Img:
			pictures++
			if im.URL == "" {
				im.URL = imageURL(d)
			}
		case d.DataAtom == atom.Figcaption && im.Caption == "":
			var credit *html.Node
			for c := range d.Descendants() {
				if c.Type == html.ElementNode && (c.DataAtom == atom.Cite || c.DataAtom == atom.Small || creditNames.MatchString(attr(c, "class"))) && nodeText(c) != "" {
					credit = c
					break
				}
			}
			im.Caption = nodeText(d)
			if credit != nil {
				im.Credit = nodeText(credit)
				if rest, ok := strings.CutSuffix(im.Caption, im.Credit); ok {
					im.Caption = strings.TrimSpace(rest)
				} else if rest, ok := strings.CutPrefix(im.Caption, im.Credit); ok {
					im.Caption = strings.TrimSpace(rest)
				} else if head, tail, ok := strings.Cut(im.Caption, im.Credit); ok && creditGoesOn.MatchString(tail) {
					im.Caption, im.Credit = strings.TrimSpace(head), im.Credit+"/"+strings.Trim(tail, " /|")
				}
			}
		}
	}
	if pictures > 3 && im.Caption == "" {
		return news.Image{}
	}
	return im
}

// readPictureParagraph reads a paragraph that is a picture and, in italics or small, what it shows.
func readPictureParagraph(n *html.Node) news.Image {
	var img *html.Node
	for c := range n.ChildNodes() {
		switch c.DataAtom {
		case atom.Img:
			img = c
		case atom.A:
			if d := c.FirstChild; d != nil && d.DataAtom == atom.Img && d.NextSibling == nil {
				img = d
			} else {
				return news.Image{}
			}
		case atom.Em, atom.I, atom.Small, atom.Br:
		default:
			if c.Type != html.TextNode || strings.TrimSpace(c.Data) != "" {
				return news.Image{}
			}
		}
	}
	if img == nil {
		return news.Image{}
	}
	s := nodeText(n)
	if wordCount(s) > maxPictureWords {
		return news.Image{}
	}
	return news.Image{URL: imageURL(img), Caption: s}
}

// maxPictureWords is the longest text of a paragraph with a picture that is a caption, in words.
const maxPictureWords = 60

func imageURL(n *html.Node) string {
	for _, name := range []string{"src", "data-src", "data-original", "data-lazy-src"} {
		if s := strings.TrimSpace(attr(n, name)); s != "" && !strings.HasPrefix(s, "data:") {
			return s
		}
	}
	s, _, _ := strings.Cut(strings.TrimSpace(attr(n, "srcset")), " ")
	return s
}

// absolute is an address on the web, or "".
func (p *page) absolute(s string) string {
	w := blockWriter{base: p.base}
	return w.href(s)
}
