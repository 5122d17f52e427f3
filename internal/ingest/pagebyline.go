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
	read := func(b block, words bool) bool {
		if len(b.text) > 120 || b.kind == news.SpanHeading || !words && (b.strong < len(b.text)*8/10 || endsSentence(b.text) || b.linked > 0) {
			return false
		}
		l, who, ag := parseByline(b.text)
		if len(who) == 0 || len(who) > 4 || !everyName(who) || len(fullNames(who, nil)) != len(who) || !words && wordCount(b.text) > 4*len(who) {
			return false
		}
		for _, a := range who {
			if p.isHouse(a.Name) || strings.Contains(p.headline, a.Name) {
				return false
			}
		}
		line, authors, agency = l, who, ag
		return true
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
