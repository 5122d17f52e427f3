package ingest

import (
	"slices"
	"strings"

	"backfile/internal/news"
)

// plainByline is a byline that no markup tells: a line around the headline, or
// among the first of the text, that begins with "By", or that is bold and holds
// nothing but whole names. It is taken out of the text.
func (p *page) plainByline(t *pageText) (line string, authors []news.Author, agency string) {
	read := func(b block, words bool) (ok bool) {
		line, authors, agency, ok = p.bylineBlock(b, words)
		return ok
	}
	for i, b := range t.around {
		// A bold name alone is a byline only right before the text.
		if by := hasByWord(b.text); (by || i == len(t.around)-1) && read(b, by) {
			return line, authors, agency
		}
	}
	for i, b := range t.body[:min(3, max(0, len(t.body)-1))] {
		if read(b, hasByWord(b.text)) {
			t.body = slices.Delete(t.body, i, i+1)
			return line, authors, agency
		}
	}
	return "", nil, ""
}

// bylineBlock reads a block as a byline; words says that it begins with a word for "by".
// ok is false where it is none.
func (p *page) bylineBlock(b block, words bool) (line string, who []news.Author, agency string, ok bool) {
	if len(b.text) > 120 || b.kind == news.SpanHeading || !words && (b.strong < len(b.text)*8/10 || endsSentence(b.text) || b.linked > 0) {
		return "", nil, "", false
	}
	line, who, agency = parseByline(b.text)
	if len(who) == 0 || len(who) > 4 || !everyName(who) || len(fullNames(who, nil)) != len(who) || !words && wordCount(b.text) > 4*len(who) {
		return "", nil, "", false
	}
	for _, a := range who {
		if p.isHouse(a.Name) || strings.Contains(p.headline, a.Name) {
			return "", nil, "", false
		}
	}
	return line, who, agency, true
}

// dropTop drops the byline and the date that stand among the first blocks taken, before
// any running text.
func (p *page) dropTop(blocks []block, take []bool) {
	seen := 0
	for i, b := range blocks {
		if !take[i] {
			continue
		}
		words := wordCount(b.text)
		if seen++; seen > 4 || words > 14 || b.kind != "" {
			return
		}
		if _, ok := parsePrintedDate(b.text); ok && words <= 9 && !endsSentence(b.text) {
			take[i] = false
		} else if _, _, _, ok := p.bylineBlock(b, true); ok && hasByWord(b.text) && !endsSentence(b.text) {
			take[i] = false
		}
	}
}
