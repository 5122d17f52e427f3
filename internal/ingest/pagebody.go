package ingest

import (
	"regexp"
	"slices"
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"backfile/internal/news"
)

func dot(w, f features) float64 {
	s := 0.0
	for i := range f {
		s += w[i] * f[i]
	}
	return s
}

// scoredBlocks cuts the page into blocks and computes their features.
func (p *page) scoredBlocks() ([]block, []features) {
	body := findBody(p.doc)
	blocks := cutBlocks(body, p.base)
	putBack := thin(p.doc)
	vs := votes(p.doc, p.base)
	putBack()
	return blocks, score(blocks, vs, letterKey(cleanText(p.ld.body)), p.meta, p.titleKeys())
}

func findBody(doc *html.Node) *html.Node {
	for n := range doc.Descendants() {
		if n.DataAtom == atom.Body {
			return n
		}
	}
	return doc
}

// pageText is the text of a page, taken apart.
type pageText struct {
	standfirst string
	body       []block
	// around are the lines between the headline and the body, tail the last
	// lines of the body and those behind it.
	around, tail []block
	words        int     // of the body
	linked       float64 // the share of links in the body
	teasers      int     // how many article elements the body is from
}

// readText finds the article's text.
func (p *page) readText(authors []news.Author, captions map[string]bool) pageText {
	blocks, fs := p.scoredBlocks()
	take := make([]bool, len(blocks))
	for i := range blocks {
		take[i] = dot(blockWeights, fs[i]) > 0
	}
	title := p.titleBlock(blocks, take)
	dropContents(blocks, take)
	settleLike(blocks, fs, take)
	dropTeasers(blocks, take)
	p.clean(blocks, take, title, authors, captions)
	p.dropTop(blocks, take)
	dropLeft(blocks, take)
	settleHeadings(blocks, take)
	first, last := bounds(take)
	t := pageText{}
	if s := p.standfirstBlock(blocks, take, title, first); s >= 0 {
		t.standfirst = blocks[s].text
		for i, b := range blocks {
			if b.key == blocks[s].key {
				take[i] = false
			}
		}
		settleHeadings(blocks, take)
		first, last = bounds(take)
	}
	linked, all := 0, 0
	for i, b := range blocks {
		if take[i] {
			t.body = append(t.body, b)
			t.words += wordCount(b.text)
			linked += min(b.linked, len(b.text))
			all += len(b.text)
		}
	}
	if ld := p.ldBody(t); ld != nil {
		t.body, t.words, linked, all = ld, 0, 0, 1
		for _, b := range ld {
			t.words += wordCount(b.text)
		}
	}
	if all > 0 {
		t.linked = float64(linked) / float64(all)
	}
	t.teasers = articlesAround(t.body)
	if first < 0 {
		first, last = 0, -1
	}
	t.around = blocks[max(0, title-4):max(0, title-4, first)]
	t.tail = blocks[max(0, last-1):min(len(blocks), last+6)]
	return t
}

// bounds are the first and the last block taken, or -1.
func bounds(take []bool) (first, last int) {
	first, last = -1, -1
	for i, ok := range take {
		if ok {
			if first < 0 {
				first = i
			}
			last = i
		}
	}
	return first, last
}

// titleBlock is the block that prints the headline, or -1. Of several, it is the
// last before the body.
func (p *page) titleBlock(blocks []block, take []bool) int {
	keys := p.titleKeys()
	at := -1
	seen := 0
	for i, b := range blocks {
		if keys.has(b.key) || b.kind == news.SpanHeading && keys.end(b.key) {
			at = i
			take[i] = false
		} else if take[i] && wordCount(b.text) > 12 {
			if seen++; seen > 1 {
				break
			}
		}
	}
	return at
}

// titleKeys are the letters of the wordings of a headline that a page may print.
type titleKeys []string

// titleKeys are those of the headline, and of what is printed in its place.
func (p *page) titleKeys() titleKeys {
	var keys titleKeys
	for _, k := range append(p.printed, letterKey(p.headline)) {
		if k != "" {
			keys = append(keys, k)
		}
	}
	return keys
}

func (t titleKeys) has(key string) bool { return slices.Contains(t, key) }

// end reports whether a wording stands at the end of a little more.
func (t titleKeys) end(key string) bool {
	for _, k := range t {
		if len(key) < len(k)+60 && strings.HasSuffix(key, k) {
			return true
		}
	}
	return false
}

// clean drops from what was taken the lines that are never part of the text: the
// byline, captions, repeated blocks, a lone credit.
func (p *page) clean(blocks []block, take []bool, title int, authors []news.Author, captions map[string]bool) {
	names := map[string]bool{letterKey(joinNames(authors)): true}
	for _, k := range p.titleKeys() {
		names[k] = true
	}
	for _, a := range authors {
		names[letterKey(a.Name)] = true
		names["by"+letterKey(a.Name)] = true
		names["von"+letterKey(a.Name)] = true
	}
	seen := map[string]int{}
	for i, b := range blocks {
		if !take[i] {
			continue
		}
		switch {
		case names[b.key], captions[b.key]:
			take[i] = false
		case len(b.key) > 60 && seen[b.key] > 0:
			take[i] = false
		}
		if take[i] {
			seen[b.key]++
		}
	}
}

// settleHeadings drops subheadings that no text follows.
func settleHeadings(blocks []block, take []bool) {
	text := false
	for i := len(blocks) - 1; i >= 0; i-- {
		if !take[i] {
			continue
		}
		if blocks[i].kind == news.SpanHeading && !text {
			take[i] = false
			continue
		}
		if blocks[i].kind != news.SpanHeading {
			text = true
		}
	}
}

// ldBody is the body that the JSON-LD gives, where the page itself prints much
// less of it; nil otherwise.
func (p *page) ldBody(t pageText) []block {
	if len(p.ld.body) < 400 || len(p.ld.body) > maxLDBody {
		return nil
	}
	s := ldBreaks.ReplaceAllString(html.UnescapeString(p.ld.body), "\n")
	var blocks []block
	words := 0
	for line := range strings.SplitSeq(s, "\n") {
		if line = cleanText(line); line != "" && letterKey(line) != "" {
			blocks = append(blocks, block{text: line, key: letterKey(line)})
			words += wordCount(line)
		}
	}
	if words > 2*t.words && words > 80 {
		return blocks
	}
	return nil
}

// maxLDBody is the longest articleBody that is taken for the body, in bytes.
const maxLDBody = 2 << 20

var ldBreaks = regexp.MustCompile(`(?i)<(br|p|/p|div|/div|li|/li|h[1-6]|/h[1-6])\b[^>]{0,200}>|\r`)

// joinBlocks makes the body and its spans.
func joinBlocks(blocks []block) (string, []news.Span) {
	var b strings.Builder
	var spans []news.Span
	for _, bl := range blocks {
		if b.Len() > 0 {
			b.WriteString("\n\n")
		}
		start := b.Len()
		b.WriteString(bl.text)
		if bl.kind != "" {
			spans = append(spans, news.Span{Start: start, End: b.Len(), Kind: bl.kind})
		}
		if bl.quoted && bl.kind != news.SpanHeading {
			spans = append(spans, news.Span{Start: start, End: b.Len(), Kind: news.SpanQuote})
		}
		for _, l := range bl.links {
			l.Start += start
			l.End += start
			spans = append(spans, l)
		}
	}
	return b.String(), spans
}
