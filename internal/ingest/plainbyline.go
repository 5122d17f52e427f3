package ingest

import (
	"strings"
	"unicode/utf8"

	"backfile/internal/ingest/lines"
	"backfile/internal/news"
	"backfile/internal/text"
)

// byline finds the line that says who wrote the article: near the headline, in
// the first gaps of the body, or right behind its end.
func (t *plainText) byline() (byline string, authors []news.Author, agency string) {
	best := 0.0
	var at []int
	for _, i := range t.around() {
		s := t.line(i)
		if t.own[i] && i != t.first || t.used[i] || i == t.head || utf8.RuneCountInString(s) > 160 {
			continue
		}
		if t.own[i] && lines.EndsSentence(s) {
			continue
		}
		taken := []int{i}
		words := hasByWord(s)
		if bareByWord(s) && i+1 < len(t.own) && !t.own[i+1] {
			s, words = s+" "+t.line(i+1), true
			taken = append(taken, i+1)
			// The names of several authors may follow on lines of their own.
			for k := i + 2; k < min(i+6, len(t.own)) && !t.own[k]; k++ {
				w := strings.ToLower(strings.Trim(t.line(k), " ,&"))
				if w != "" && !andWords[w] && t.line(k) != "," && t.line(k) != "&" {
					break
				}
				if k+1 >= len(t.own) || !nameAlone(t.line(k+1)) {
					break
				}
				s += " " + t.line(k) + " " + t.line(k+1)
				taken = append(taken, k, k+1)
				k++
			}
		}
		line, who, from := parseByline(cutDate(s))
		if len(who) == 0 && from == "" || len(who) > 8 {
			continue
		}
		if v := t.bylineScore(i, s, words, who, from); v > best {
			best, at = v, taken
			byline, authors, agency = line, who, from
		}
	}
	for _, i := range at {
		t.used[i] = true
		if t.own[i] {
			t.disown(i)
		}
	}
	return byline, authors, agency
}

// around are the lines where an article's byline and dates stand, best first:
// below the headline, then above it, in the body's gaps, behind its end.
func (t *plainText) around() []int {
	from := t.head
	if from < 0 || from > t.first || t.first-from > 60 {
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
			body++
			continue
		}
		add(i)
	}
	for i := t.last + 1; i < t.last+7; i++ {
		add(i)
	}
	return out
}

// bylineScore weighs a line that parses as a byline.
func (t *plainText) bylineScore(i int, s string, words bool, who []news.Author, agency string) float64 {
	v := 0.0
	switch {
	case words && (len(who) > 0 || agency != ""):
		v = 4
	case len(who) > 0 && everyName(who) && text.Words(s) <= 4*len(who)+6:
		v = 2
	case agency != "" && text.Words(s) <= 4:
		v = 1.5
	default:
		return 0
	}
	if len(who) > 0 && !everyName(who) {
		v -= 1.5
	}
	near := false
	for k := max(0, i-2); k <= min(i+2, len(t.own)-1); k++ {
		if _, ok := parsePrintedDate(t.line(k)); ok && utf8.RuneCountInString(t.line(k)) < 120 {
			near = true
		}
	}
	if near {
		v++
	}
	switch {
	case i > t.last:
		v -= 1.5 + 0.2*float64(i-t.last)
	case t.head >= 0 && i > t.head && i < t.first:
		v += 0.8
		if i-t.head <= 3 {
			v += 0.4
		}
	case t.head >= 0 && i < t.head:
		v -= 1
	}
	if !words && !near && (t.head < 0 || i < t.head || i-t.head > 3) {
		return 0 // a name in a menu or a list of topics
	}
	return v
}

// everyName reports whether each author has at least two names, as nearly all
// bylines print them.
func everyName(who []news.Author) bool {
	for _, a := range who {
		if text.Words(a.Name) < 2 {
			return false
		}
	}
	return true
}

func nameAlone(s string) bool {
	_, who, _ := parseByline(s)
	return len(who) == 1 && everyName(who) && text.Words(s) <= 5
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

// cutDate takes off the date and what follows it of a line that holds names
// before it ("Ann Lee | 2 May 2024 | 3 min read").
func cutDate(s string) string {
	for _, sep := range []string{" | ", " • ", " · ", " – ", " — ", ", "} {
		for from := 0; ; {
			i := strings.Index(s[from:], sep)
			if i < 0 {
				break
			}
			i += from
			if _, ok := parsePrintedDate(s[i:]); ok && i > 0 {
				if _, ok := parsePrintedDate(s[:i]); !ok {
					return s[:i]
				}
			}
			from = i + len(sep)
		}
	}
	return s
}
