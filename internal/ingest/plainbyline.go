package ingest

import (
	"regexp"
	"strings"
	"unicode"
	"unicode/utf8"

	"backfile/internal/ingest/lines"
	"backfile/internal/news"
	"backfile/internal/text"
)

// byline finds the line that says who wrote the article: near the headline, in
// the first gaps of the body, or right behind its end.
func (t *scraped) byline() (byline string, authors []news.Author, agency string) {
	best := 0.0
	var at []int
	for _, i := range t.around() {
		s := withoutEditors(t.line(i))
		if t.used[i] && !t.signed[i] || i == t.head || utf8.RuneCountInString(s) > 160 || t.own[i] && lines.EndsSentence(s) {
			continue
		}
		if _, ok := captionOf(s); ok || creditFirst(s) {
			continue
		}
		if first, _, _ := strings.Cut(s, " "); hasWord(first, updatedWords) {
			continue
		}
		taken := []int{i}
		words := hasByWord(s) || hasReporterWord(s)
		s = t.nameLine(s, words)
		if bareByWord(s) && i+1 < len(t.own) && t.signs(i+1) {
			taken = append(taken, i+1)
			s, words = s+" "+t.nameLine(t.line(i+1), true), true
		}
		line, who, from := parseByline(cutDate(s))
		if len(who) == 0 && from == "" || len(who) > 8 {
			continue
		}
		v := t.bylineScore(i, s, words, who, from)
		if v <= best {
			continue
		}
		best, at = v, taken
		byline, authors, agency = line, who, from
		// The other authors stand on lines of their own.
		for k := taken[len(taken)-1] + 1; k < len(t.own) && len(authors) > 0 && len(authors) < 8; k++ {
			joint := strings.ToLower(strings.Trim(t.line(k), " ,&|/"))
			if joint == "" || andWords[joint] {
				continue
			}
			if !t.signs(k) {
				break
			}
			name, who, _ := parseByline(cutDate(t.nameLine(t.line(k), words)))
			if n := len(authors); n < len(addAuthor(authors, who[0])) {
				byline += ", " + name
				authors = addAuthor(authors, who[0])
			}
			at = append(at, k)
		}
	}
	for _, i := range at {
		t.used[i], t.signed[i] = true, true
		if t.own[i] {
			t.disown(i)
		}
	}
	return byline, authors, agency
}

// withoutEditors is a byline without its brackets and without who edited: an
// agency's report ends in "(Reporting by A; Editing by B)".
func withoutEditors(s string) string {
	if strings.HasPrefix(s, "(") && strings.HasSuffix(s, ")") {
		s = s[1 : len(s)-1]
	}
	if m := editing.FindStringIndex(s); m != nil && m[0] > 0 {
		s = s[:m[0]]
	}
	return s
}

var editing = regexp.MustCompile(`(?i)[;,.]?\s*\b(?:editing|edited) by\b`)

// titleAlone is how many lines may stand between the page's title and the body
// for them to be the article's top, where the headline stands nowhere but in the title.
const titleAlone = 10

// around are the lines where an article's byline and dates stand, best first:
// below the headline, then above it, in the body's gaps, behind its end.
func (t *scraped) around() []int {
	from := t.head
	if from < 0 || from > t.first || t.first-from > 60 || from == 0 && t.first > titleAlone {
		from = max(-1, t.first-6)
	}
	var out []int
	seen := map[int]bool{}
	add := func(i int) {
		if i >= 0 && i < len(t.own) && !seen[i] {
			seen[i] = true
			out = append(out, i)
		}
	}
	for i := from + 1; i <= t.first; i++ {
		add(i)
	}
	for i := from - 1; i >= max(0, from-6); i-- {
		add(i)
	}
	body := 0
	for i := t.first; i <= t.last && body < 3; i++ {
		if t.own[i] {
			if body++; body == 1 && utf8.RuneCountInString(t.line(i)) < 80 {
				body = 0 // a kicker or a dateline that was taken for text
			}
			continue
		}
		add(i)
	}
	for i := t.last; i < t.last+7; i++ {
		add(i)
	}
	return out
}

// bylineScore weighs a line that parses as a byline.
func (t *scraped) bylineScore(i int, s string, words bool, who []news.Author, agency string) float64 {
	v := 0.0
	switch {
	case words && (len(who) > 0 || agency != ""):
		v = 4
		if !everyName(who) {
			v = 2
		}
	case len(who) > 0 && text.Words(s) <= 4*len(who)+6 && t.names(i, s, who):
		v = 2
	case agency != "" && text.Words(s) <= 4:
		v = 1.5
	default:
		return 0
	}
	near := agoTail.MatchString(t.line(i))
	for k := max(0, i-4); k <= min(i+4, len(t.own)-1); k++ {
		if _, ok := parsePrintedDate(t.line(k)); ok && utf8.RuneCountInString(t.line(k)) < 120 {
			near = true
		}
	}
	if near {
		v++
	}
	for k := i + 1; k <= min(i+2, len(t.own)-1) && !near; k++ {
		near = roleAlone(t.line(k))
	}
	opens := !words && t.own[i] && i > t.first && i <= t.first+3
	switch {
	case opens:
		v--
	case t.own[i] && i != t.first && (i != t.last || !words):
		return 0
	case i > t.last:
		v -= 1.5 + 0.2*float64(i-t.last)
	case t.head >= 0 && i > t.head && i < t.first:
		v += 0.8
		if i-t.head <= 3 {
			v += 0.4
		}
	case t.head >= 0 && i < t.head:
		v--
	}
	if !words && !opens && (i < t.head || !near && (t.head < 0 || i-t.head > 10 || i > t.first)) {
		return 0 // a name in a menu or a list of topics
	}
	return v
}

// signs reports whether line k is the name of an author alone.
func (t *scraped) signs(k int) bool {
	s := t.nameLine(t.line(k), false)
	if t.used[k] && !t.signed[k] || lines.EndsSentence(s) || text.Words(s) > 6 {
		return false
	}
	_, who, _ := parseByline(cutDate(s))
	return len(who) == 1 && t.names(k, s, who)
}

// menuWords are the words of the short lines above the headline, among which no
// author is named.
func (t *scraped) menuWords() map[string]bool {
	if t.menu != nil {
		return t.menu
	}
	t.menu = map[string]bool{}
	top := t.first
	if t.head > 0 && t.head < top {
		top = t.head
	}
	for i := 1; i < top-8; i++ {
		if s := t.line(i); utf8.RuneCountInString(s) < 30 {
			for tok := range text.Tokens(s) {
				t.menu[tok.Fold] = true
			}
		}
	}
	return t.menu
}

var pictureHouses = wordSet(`playlist images getty shutterstock imago alamy unsplash istock pixabay pictures download pdf menu share teilen print listen watch`)

func isCased(r rune) bool { return unicode.IsUpper(r) || unicode.IsLower(r) }

// everyName reports whether each author has at least two names, as nearly all
// bylines print them.
func everyName(who []news.Author) bool {
	for _, a := range who {
		if len(strings.Fields(a.Name)) < 2 {
			return false
		}
	}
	return true
}

// creditFirst reports whether s begins as a credit does.
func creditFirst(s string) bool {
	m := creditMark.FindStringSubmatchIndex(s)
	return m != nil && m[2] == 0
}

// hasByWord reports whether s begins with a word for by, and more.
func hasByWord(s string) bool {
	t := strings.TrimLeft(s, " ,;:|/–—-•·*")
	return len(trimByWords(t)) < len(strings.TrimRight(t, " ,;:|/–—-•·*"))
}

// bareByWord reports whether s is a word for by alone.
func bareByWord(s string) bool {
	return utf8.RuneCountInString(s) <= 16 && trimByWords(strings.TrimRight(s, " :")+" X") == "X"
}

// cutDate takes off the date that stands behind the names of a line, with all
// that follows it ("Ann Lee | 2 May 2024 | 3 min read"). A line that begins with
// a date stays whole.
func cutDate(s string) string {
	whole, ok := printedDay(s, false)
	if !ok {
		return s
	}
	at := -1
	for i := 1; i < len(s); i++ {
		if s[i-1] != ' ' && s[i-1] != '(' {
			continue
		}
		d, ok := printedDay(s[i:], false)
		if !ok || d.Day() != whole.Day() {
			break
		}
		at = i
	}
	if at < 0 {
		return s
	}
	return strings.TrimRight(s[:at], " |•·–—-,;(")
}
