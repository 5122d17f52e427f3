package ingest

import (
	"regexp"
	"strings"
	"unicode/utf8"

	"backfile/internal/text"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// title is one wording of the headline and what speaks for it.
type title struct {
	text  string
	score float64
	// glued: the page prints it in parts, a kicker and a headline, whose
	// punctuation between them only the metadata have.
	glued bool
}

// What speaks for a wording: where it stands.
const (
	weightPrinted = 2.0 // the page prints it as its headline
	weightSEO     = 0.5 // it is the h1 of a breadcrumb, for search engines
	weightMeta    = 1.1 // JSON-LD's headline; og:title
	weightMinor   = 0.5 // twitter:title, alternativeHeadline
	weightTitle   = 0.4 // the title element
)

// findHeadline chooses among the wordings that the page gives of its headline:
// what it prints, and what its metadata agree on. Outlets write one wording for
// the page, one for other sites and one for search engines.
func (p *page) findHeadline() string {
	var titles []title
	add := func(s string, w float64) {
		s = strings.TrimSpace(s)
		k := letterKey(s)
		if k == "" || utf8.RuneCountInString(s) > 400 {
			return
		}
		for i := range titles {
			if letterKey(titles[i].text) == k {
				if titles[i].glued {
					titles[i].text, titles[i].glued = s, false
				}
				titles[i].score += w
				return
			}
		}
		titles = append(titles, title{text: s, score: w})
	}
	og, ld := p.meta.first("og:title", "citation_title", "dc.title", "dcterms.title", "title"), p.ld.headline
	tw, alt, doc := p.meta.first("twitter:title", "parsely-title", "sailthru.title"), p.ld.alternative, p.meta.title
	known := map[string]bool{}
	og, ld, tw, doc = p.cutSuffix(og), p.cutSuffix(ld), p.cutSuffix(tw), p.cutSuffix(doc)
	og, tw, doc = cutTail(og, ld), cutTail(tw, ld), cutTail(doc, ld)
	ld = cutTail(ld, og)
	for _, s := range []string{og, ld, tw, alt, doc} {
		if k := letterKey(s); k != "" {
			known[k] = true
		}
	}
	printed := p.printedTitles(known)
	titles = printed
	add(og, weightMeta)
	add(ld, weightMeta)
	add(tw, weightMinor)
	add(alt, weightMinor)
	add(doc, weightTitle)
	best := title{}
	for _, t := range titles {
		if t.score > best.score {
			best = t
		}
	}
	return cleanLine(best.text)
}

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
			out = append(out, title{s, weightSEO, isGlued(h)})
		case known[k]:
			if part := knownPart(h, known, k); part != "" {
				s = part
			}
			out = append(out, title{s, weightPrinted, isGlued(h)})
			first = false
		default:
			if part := knownPart(h, known, ""); part != "" {
				out = append(out, title{part, weightPrinted, false})
				first = false
			} else if first && !inTeaserBox(h) {
				out = append(out, title{s, weightPrinted, isGlued(h)})
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
			return append(out, title{s, weightPrinted, isGlued(h)})
		}
		if part := knownPart(h, known, ""); part != "" {
			return append(out, title{part, weightPrinted, false})
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

// separators stand between a headline and what a title adds to it.
var separators = []string{" | ", " - ", " – ", " — ", " • ", " · ", " :: ", " » ", " « ", "｜", "ㅣ", " ‹ ", " / "}

// cutSuffix cuts the outlet's name, and a section's before it, from the end of
// a title. A tail that is not known to be such is cut behind a bar only, and
// where the h1 ends before it.
func (p *page) cutSuffix(s string) string {
	s = cleanLine(s)
	for _, h := range p.meta.headings {
		t := nodeText(h)
		if len(t) >= 12 && len(s) > len(t) && strings.HasPrefix(s, t) && startsWithSeparator(s[len(t):]) && !isSEOHeading(h) {
			return t
		}
	}
	s = p.cutName(s)
	for range 3 {
		at, sepLen := -1, 0
		for _, sep := range separators {
			if i := strings.LastIndex(s, sep); i > at {
				at, sepLen = i, len(sep)
			}
		}
		if at <= 0 {
			return s
		}
		head, tail := strings.TrimSpace(s[:at]), strings.TrimSpace(s[at+sepLen:])
		bar := strings.ContainsAny(s[at:at+sepLen], "|｜ㅣ•:»‹")
		switch {
		case p.isHouse(tail) || p.isSection(tail):
		case bar && wordCount(tail) <= 4 && utf8.RuneCountInString(head) > 2*utf8.RuneCountInString(tail):
		default:
			return s
		}
		s = head
	}
	return s
}

// weakSeparators stand between a headline and the outlet's name too, but as
// often within a headline, so that the name must be the outlet's to the letter.
var weakSeparators = []string{" | ", " - ", " – ", ": ", "：", " * ", "_", "-", " @ ", " ~ ", " > ", "·"}

// cutName cuts the outlet's very name from either end of a title.
func (p *page) cutName(s string) string {
	for _, sep := range weakSeparators {
		if i := strings.LastIndex(s, sep); i > 0 && p.isName(s[i+len(sep):]) {
			return strings.TrimSpace(s[:i])
		}
		if head, rest, ok := strings.Cut(s, sep); ok && wordCount(rest) >= 3 && p.isName(head) {
			return strings.TrimSpace(rest)
		}
	}
	return s
}

// isName reports whether s is the outlet's name, its publisher's or its host,
// to the letter.
func (p *page) isName(s string) bool {
	k := letterKey(s)
	if utf8.RuneCountInString(k) < 3 {
		return false
	}
	if p.outlet != nil && k == letterKey(p.outlet.Name) {
		return true
	}
	return k == letterKey(p.ld.publisher) || k == letterKey(strings.TrimPrefix(hostName(p.url), "www."))
}

// cutTail is s without what stands behind the wording t and a sign
// ("The wording-Politics | The Echo").
func cutTail(s, t string) string {
	rest, ok := strings.CutPrefix(s, t)
	if !ok || utf8.RuneCountInString(t) < 12 || utf8.RuneCountInString(rest) > 60 {
		return s
	}
	if r, _ := utf8.DecodeRuneInString(strings.TrimSpace(rest)); strings.ContainsRune("-–—|｜ㅣ•·", r) {
		return t
	}
	return s
}

func startsWithSeparator(s string) bool {
	for _, sep := range separators {
		if strings.HasPrefix(s, sep) || strings.HasPrefix(s, strings.TrimSpace(sep)+" ") || strings.HasPrefix(" "+s, sep) {
			return true
		}
	}
	return false
}

func (p *page) isSection(s string) bool {
	k := letterKey(s)
	for _, sec := range append(p.ld.sections, p.meta.all("article:section")...) {
		if letterKey(sec) == k {
			return true
		}
	}
	return false
}

// isHouseName reports whether s is the outlet's name, its host, or a name that
// holds either ("Daily Echo Online", "echo.example").
func isHouseName(s, outlet, host string) bool {
	f := strings.ReplaceAll(text.Fold(s), " ", "")
	if f == "" {
		return false
	}
	for _, name := range []string{outlet, host} {
		n := strings.ReplaceAll(text.Fold(name), " ", "")
		n = strings.TrimPrefix(n, "www.")
		bare := strings.TrimPrefix(n, "the")
		if i := strings.LastIndexByte(bare, '.'); i > 0 {
			bare = bare[:i]
		}
		short := strings.TrimPrefix(f, "the")
		if len(bare) < 3 {
			if f == n {
				return true
			}
			continue
		}
		if f == n || short == bare {
			return true
		}
		if len(bare) >= 4 && strings.HasPrefix(short, bare) && len(short) <= len(bare)+10 && !strings.Contains(s, ":") ||
			len(short) >= 5 && strings.HasPrefix(bare, short) || len(short) >= 5 && strings.HasSuffix(bare, short) {
			return true
		}
	}
	return false
}
