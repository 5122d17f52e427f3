package ingest

import (
	"regexp"

	"backfile/internal/news"

	"golang.org/x/net/html"
)

var standfirstNames = regexp.MustCompile(`(?i)stand-?first|sub-?(title|head|headline|line)|(^|[\s_-])(dek|deck|lead|lede|intro|introduction|summary|excerpt|abstract|chapeau|chapo|sottotitolo|` +
	`ingress|vorspann|anrei(ss|ß)er|teaser-?text|bajada|entradilla|sumario|strap(line)?|manchet|preamble|perex|spot|lid|lead-?text|article-?description|description)($|[\s_-])|article__?(intro|lead|summary|excerpt|desc)`)

// namedStandfirst reports whether n, or the element around it, calls itself a
// standfirst.
func (m *pageMeta) namedStandfirst(n *html.Node) bool {
	if m.standfirsts.match(standfirstNames.MatchString, attr(n, "class")+" "+attr(n, "data-testid")+" "+attr(n, "itemprop")) {
		return true
	}
	return n.Parent != nil && m.standfirsts.match(standfirstNames.MatchString, attr(n.Parent, "class"))
}

// Bounds of a standfirst, in letters.
const (
	minStandfirst = 20
	maxStandfirst = 700
)

// standfirstBlock is the block printed as standfirst, or -1: between headline
// and body, or the body's first, and either named so or what the description of
// the page says. A first paragraph like those that follow is none.
func (p *page) standfirstBlock(blocks []block, take []bool, title, first int) int {
	if first < 0 {
		return -1
	}
	from := title + 1
	if title < 0 {
		from = max(0, first-6)
	}
	for i := min(from, first); i <= first; i++ {
		b := blocks[i]
		if len(b.key) < minStandfirst || len(b.key) > maxStandfirst || b.kind == news.SpanItem && !p.meta.described(b.key) || b.linked > len(b.text)/2 || isGiveaway(b.text) {
			continue
		}
		described := p.meta.described(b.key)
		named := p.meta.namedStandfirst(b.at)
		if !described && (!named || wordCount(b.text) < 5) {
			continue
		}
		if i == first && !named && likeNext(blocks, take, i) {
			continue
		}
		if _, isDate := parsePrintedDate(b.text); isDate && wordCount(b.text) < 12 {
			continue
		}
		return i
	}
	return -1
}

// likeNext reports whether the next block taken is of the same make as block i.
func likeNext(blocks []block, take []bool, i int) bool {
	for j := i + 1; j < len(blocks); j++ {
		if take[j] && blocks[j].kind == "" {
			return blocks[j].at.Parent == blocks[i].at.Parent && blocks[j].at.Data == blocks[i].at.Data && attr(blocks[j].at, "class") == attr(blocks[i].at, "class") &&
				blocks[i].strong < len(blocks[i].text)*8/10
		}
	}
	return false
}
