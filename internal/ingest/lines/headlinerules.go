package lines

import (
	"strings"

	"backfile/internal/text"
)

// withoutKicker is what line i has behind its kicker, where it has the words of the
// title, but another sign between the two than the title's colon: the page prints
// them apart. It is "" for any other line.
func (p *Page) withoutKicker(i int) string {
	title := p.Lines[0].Text
	_, bare, ok := strings.Cut(title, ": ")
	line := p.Lines[i].Text
	if !ok || i == 0 || len(title) > 600 || len(line) > 600 || text.Words(bare) < 3 || strings.HasPrefix(title, line) || !p.hasTitle(i) {
		return ""
	}
	n := text.Words(bare)
	for {
		head, _ := CutSuffix(bare)
		if head == bare || strings.HasSuffix(line, bare) {
			break
		}
		bare = head
	}
	if text.Words(bare) < min(n, 3) || !strings.HasSuffix(line, bare) {
		return ""
	}
	return bare
}

// better is the candidate that other lines say is the headline rather than the
// one chosen: without the outlet behind it or the path before it; with the rest
// of its words, where it was cut at a comma; behind the kicker that was chosen.
func (p *Page) better(c []Candidate, best, first int) int {
	best = p.atLeastTitle(c, best)
	if k := p.otherwise(c, best, first); k >= 0 {
		return k
	}
	s := c[best].Text
	for k := range c {
		other := c[k].Text
		if text.Words(other) < 2 || other == s {
			continue
		}
		if rest, ok := strings.CutPrefix(s, other); ok && c[k].Line > 0 && text.Words(rest) <= 6 && text.Words(other) > 2 && parts(rest) {
			return k
		}
		if path, ok := strings.CutSuffix(s, other); ok && strings.ContainsAny(strings.TrimSpace(path[max(0, len(path)-4):]), "»›>") {
			return k
		}
		if strings.HasPrefix(other, s+",") && c[k].Line > 0 && c[best].Line == 0 {
			return k
		}
	}
	if best+1 < len(c) && strings.HasSuffix(s, ":") && c[best+1].Line == c[best].Line+1 && p.info[c[best+1].Line].runes > 15 {
		return best + 1
	}
	return best
}

// atLeastTitle is the page's title, without the outlet, where the chosen line has no word
// of it, though the article has many.
func (p *Page) atLeastTitle(c []Candidate, best int) int {
	if c[best].Line == 0 {
		return best
	}
	f := &p.info[c[best].Line]
	share, n := p.overlap(f.toks, func(t int32) bool { return p.title[t] })
	if topic, _ := p.overlap(f.toks, func(t int32) bool { return p.count[t] > 0 }); n > 1 || share >= 0.5 || topic > 0.3 && p.toStop(c[best].Line) == 1 {
		return best
	}
	topic, n := p.overlap(p.info[0].toks, func(t int32) bool { return p.count[t] > 1 })
	if n < 3 || topic < 0.4 {
		return best
	}
	for k := range c {
		if c[k].Line == 0 {
			return k // the shortest but for commas comes last, so this one is the first cut
		}
	}
	return best
}

// otherwise is the candidate that says in the headline's place what the chosen one
// says as the page's title, or -1. Titles are worded for searchers, and a path
// above the article repeats them.
func (p *Page) otherwise(c []Candidate, best, first int) int {
	fold := text.Fold(c[best].Text)
	if c[best].Line > 0 && fold != text.Fold(p.Lines[0].Text) && !p.isTitlePart(fold) {
		return -1
	}
	for i := range c {
		if c[i].bare && (text.Fold(c[i].Text) != fold && strings.HasSuffix(fold, text.Fold(c[i].Text))) {
			return i
		}
	}
	at := p.rival(first)
	if at == 0 || at <= c[best].Line {
		return -1
	}
	if head, _ := CutSuffix(p.Lines[0].Text); at < 5 && head == p.Lines[0].Text && p.info[0].same == 1 {
		return -1 // no menu stands between: a text that begins with its headline, and a standfirst
	}
	k := -1
	for i := range c {
		if c[i].Line == at {
			k = i // the last of a line is the one without what was joined to it
		}
	}
	return k
}

// rival is the line that stands where a headline does, above byline, date or text,
// and says otherwise what the page's title says; 0 if there is none.
func (p *Page) rival(first int) int {
	if len(p.Lines) == 0 {
		return 0
	}
	title := text.Fold(p.Lines[0].Text)
	best, at := 0.0, 0
	for i := max(1, first-25); i < min(first+behind, len(p.info)); i++ {
		f := &p.info[i]
		line := p.Lines[i].Text
		if len(f.toks) < 3 || f.runes > 200 || f.runes < 12 || f.give&^(giveBars|giveCredit) != 0 || f.same > 3 || strings.HasSuffix(strings.TrimRight(line, `"”“»'’)`), ".") || strings.HasSuffix(line, ")") {
			continue
		}
		near := p.toStop(i)
		share, n := p.overlap(f.toks, func(t int32) bool { return p.title[t] })
		low := 0.25
		if f.give&giveCredit != 0 {
			low = 0.5
		}
		// Under the path that ends in the title, and a kicker.
		below := near == 1 && i > 2 && p.info[i-1].runes <= 40 && p.info[i-1].give == 0 && p.info[i-1].digits == 0 && p.hasTitle(i-2)
		if !below && (near > 2 || n < 2 || share < low) {
			continue
		}
		fold := text.Fold(p.Lines[i].Text)
		if rest, ok := strings.CutPrefix(title, fold); ok && (rest == "" || p.isTitlePart(fold)) || strings.HasPrefix(fold, title) {
			return 0 // the title's words stand there themselves
		}
		if v := share / float64(near); v > best {
			best, at = v, i
		}
	}
	return at
}

// toStop is how many lines below line i the first stands that goes with an article's top
// or opens its text: a byline, a date, a sentence or a long line. It is 9 where none is near.
func (p *Page) toStop(i int) int {
	for n := 1; n < 9 && i+n < len(p.info); n++ {
		f := &p.info[i+n]
		if f.give&(giveByline|giveClock|giveYear) != 0 && f.runes < 80 || f.term && f.runes > 45 || len(f.toks) <= 2 && strings.HasSuffix(p.Lines[i+n].Text, ".") || f.runes > 85 {
			return n
		}
	}
	return 9
}

// hasTitle reports whether line i says what the page's title says, without the outlet.
func (p *Page) hasTitle(i int) bool {
	fold := text.Fold(p.Lines[i].Text)
	return fold == text.Fold(p.Lines[0].Text) || p.isTitlePart(fold)
}

// isTitlePart reports whether the title has these folded words, and behind them a
// sign that parts the outlet from them.
func (p *Page) isTitlePart(fold string) bool {
	s := p.Lines[0].Text
	for range 4 {
		head, _ := CutSuffix(s)
		if head == s {
			return false
		}
		if text.Fold(head) == fold {
			return true
		}
		s = head
	}
	return false
}

// confirmed reports whether a line near the body's first has just those words,
// or two lines in a row have: a kicker and a headline.
func (p *Page) confirmed(fold string, first int) bool {
	for i := max(1, first-reach); i < min(first+3, len(p.Lines)); i++ {
		f := text.Fold(p.Lines[i].Text)
		if f == fold || f != "" && strings.HasSuffix(fold, " "+f) && fold == text.Fold(p.Lines[i-1].Text)+" "+f {
			return true
		}
	}
	return false
}

// parts reports whether s begins with a parting sign.
func parts(s string) bool {
	for _, sep := range parting {
		if strings.HasPrefix(s, sep) {
			return true
		}
	}
	return false
}
