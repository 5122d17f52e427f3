package ingest

import (
	"regexp"
	"strings"
	"unicode/utf8"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// origin says where on a page a wording of the headline stands.
type origin uint16

const (
	byHeading     origin = 1 << iota // an h1 prints it as the headline
	byLower                          // a lower heading does, where no h1 is one
	byBreadcrumb                     // an h1 of a breadcrumb or a logo
	byOG                             // og:title, or what stands for it
	byLD                             // headline of the JSON-LD
	byTwitter                        // twitter:title
	byAlternative                    // alternativeHeadline of the JSON-LD
	byTitle                          // the title element
	byMinor                          // other meta tags
)

// title is one wording of the headline.
type title struct {
	text string
	from origin
	// glued: the page prints it in parts, a kicker and a headline, whose
	// punctuation between them only the metadata have.
	glued bool
}

// What speaks for a wording where og:title does not settle it.
var titleWeights = []struct {
	from   origin
	weight float64
}{{byHeading, 2}, {byLower, 2}, {byLD, 1.1}, {byTwitter, 0.5}, {byAlternative, 0.5}, {byBreadcrumb, 0.5}, {byTitle, 0.4}, {byMinor, 0.3}}

// findHeadline chooses among the wordings that the page gives of its headline.
// Outlets write one for the page, one for other sites and one for search engines.
// What they tell other sites is their headline most often, for a printed one that
// differs is made longer for searchers, or has a kicker. But where the printed one and the
// JSON-LD agree and og:title sides with the title of the window, or twitter:title
// with them, og:title is the one that was made for something else.
func (p *page) findHeadline() string {
	titles := p.titles()
	var told, settled *title
	others := origin(0)
	for i := range titles {
		t := &titles[i]
		printed := t.from&(byHeading|byLower) != 0
		if printed {
			p.printed = append(p.printed, letterKey(t.text))
		}
		switch {
		case t.from&byOG != 0:
			told = t
		case printed && t.from&byLD != 0:
			settled = t
		}
		if t.from&byOG == 0 && (printed || t.from&byLD != 0) {
			others |= t.from
		}
	}
	switch {
	case told == nil:
		return cleanLine(heaviest(titles))
	case settled != nil && told.from&(byHeading|byLower|byLD) == 0 && (told.from&byTitle != 0 || others&byTwitter != 0):
		return cleanLine(settled.text)
	}
	return cleanLine(told.text)
}

// heaviest is the wording with most behind it, the first of those or "".
func heaviest(titles []title) string {
	best, top := "", 0.0
	for _, t := range titles {
		w := 0.0
		for _, o := range titleWeights {
			if t.from&o.from != 0 {
				w += o.weight
			}
		}
		if w > top {
			best, top = t.text, w
		}
	}
	return best
}

// minorTitles are meta tags that few outlets fill, and most of those for the
// software of others.
var minorTitles = []string{"title", "dc.title", "dcterms.title", "citation_title", "parsely-title", "sailthru.title", "cxenseparse:title", "headline"}

// titles are the wordings of the headline, each once, without the outlet's name.
func (p *page) titles() []title {
	og, ld := p.meta.first("og:title"), p.ld.headline
	if isBroken(og, p.meta.title) {
		og = ""
	}
	tw, alt, doc := p.meta.first("twitter:title"), p.ld.alternative, p.meta.title
	known := map[string]bool{}
	og, ld, tw, doc = p.cutSuffix(og), p.cutSuffix(ld), p.cutSuffix(tw), p.cutSuffix(doc)
	og, tw, doc = cutTail(og, ld), cutTail(tw, ld), cutTail(doc, ld)
	ld = cutTail(ld, og)
	var minor []string
	for _, name := range minorTitles {
		if s := p.meta.first(name); s != "" {
			minor = append(minor, cutTail(p.cutSuffix(s), ld))
		}
	}
	for _, s := range append([]string{og, ld, tw, alt, doc}, minor...) {
		if k := letterKey(s); k != "" {
			known[k] = true
		}
	}
	out := p.printedTitles(known)
	add := func(s string, from origin) {
		s = strings.TrimSpace(s)
		k := letterKey(s)
		if k == "" || utf8.RuneCountInString(s) > maxTitle {
			return
		}
		for i := range out {
			if letterKey(out[i].text) == k {
				if out[i].glued {
					out[i].text, out[i].glued = s, false
				}
				out[i].from |= from
				return
			}
		}
		out = append(out, title{text: s, from: from})
	}
	add(og, byOG)
	add(ld, byLD)
	add(tw, byTwitter)
	add(alt, byAlternative)
	add(doc, byTitle)
	for _, s := range minor {
		add(s, byMinor)
	}
	return out
}

// isBroken reports whether og ends where title goes on with a quotation mark: the mark
// closed the attribute.
func isBroken(og, title string) bool {
	rest, ok := strings.CutPrefix(title, og)
	return ok && og != "" && strings.HasPrefix(strings.TrimSpace(rest), `"`)
}

// maxTitle is the longest headline, in characters.
const maxTitle = 400

var seoNames = regexp.MustCompile(`(?i)seo|breadcrumb|visually-?hidden|sr-only|screen-?reader|(^|[\s_-])(logo|brand|site-?title|nav)($|[\s_-])`)

// printedTitles are the headings that can be the article's headline: the first
// h1 that is no logo, breadcrumb or site's name, and every heading, or part of
// a heading, that says what the metadata say.
func (p *page) printedTitles(known map[string]bool) []title {
	var out []title
	seen := map[string]bool{}
	first := true
	for _, h := range p.meta.headings {
		s := nodeText(h)
		k := letterKey(s)
		if k == "" || seen[k] || p.isHouse(s) {
			continue
		}
		seen[k] = true
		switch {
		case isSEOHeading(h):
			out = append(out, title{s, byBreadcrumb, isGlued(h)})
		case known[k]:
			if part := knownPart(h, known, k); part != "" {
				s = part
			}
			out = append(out, title{s, byHeading, isGlued(h)})
			first = false
		default:
			if part := knownPart(h, known, ""); part != "" {
				out = append(out, title{part, byHeading, false})
				first = false
			} else if first && !inTeaserBox(h) {
				out = append(out, title{s, byHeading, isGlued(h)})
				first = false
			}
		}
	}
	if len(out) > 0 && !first {
		return out
	}
	// No h1 is the printed headline: a lower heading that the metadata know is.
	n := 0
	for h := range findBody(p.doc).Descendants() {
		if h.DataAtom != atom.H2 && h.DataAtom != atom.H3 && !(h.Type == html.ElementNode && headlineNames.MatchString(attr(h, "class"))) {
			continue
		}
		if n++; n > 60 {
			break
		}
		if inTeaserBox(h) {
			continue
		}
		s := nodeText(h)
		if k := letterKey(s); known[k] {
			if part := knownPart(h, known, k); part != "" {
				s = part
			}
			return append(out, title{s, byLower, isGlued(h)})
		}
		if part := knownPart(h, known, ""); part != "" {
			return append(out, title{part, byLower, false})
		}
	}
	return out
}

var headlineNames = regexp.MustCompile(`(?i)(^|[\s_-])(headline|title)($|[\s_-])`)

// knownPart is the text of the element within h that says what the metadata
// say, where h prints a kicker before it. whole is what h says as a whole.
func knownPart(h *html.Node, known map[string]bool, whole string) string {
	n := 0
	for d := range h.Descendants() {
		if n++; n > 40 {
			break
		}
		if d.Type != html.ElementNode {
			continue
		}
		if s := nodeText(d); known[letterKey(s)] && letterKey(s) != whole {
			return s
		}
	}
	return ""
}

// isGlued reports whether h is put together from elements.
func isGlued(h *html.Node) bool {
	for c := range h.ChildNodes() {
		if c.Type == html.ElementNode && c.DataAtom != atom.Br && nodeText(c) != "" {
			return true
		}
	}
	return false
}

func isSEOHeading(h *html.Node) bool {
	n := h
	for range 4 {
		if n == nil {
			break
		}
		if n.DataAtom == atom.Li || n.DataAtom == atom.Nav || seoNames.MatchString(attr(n, "class")+" "+attr(n, "id")) {
			return true
		}
		n = n.Parent
	}
	return false
}

// inTeaserBox reports whether a heading stands in a link, a list or an aside.
func inTeaserBox(h *html.Node) bool {
	for n := h; n != nil; n = n.Parent {
		switch n.DataAtom {
		case atom.A, atom.Li, atom.Aside, atom.Footer, atom.Nav:
			return true
		}
		if n != h && teaserNames.MatchString(attr(n, "class")) {
			return true
		}
	}
	return false
}
