package ingest

import (
	"regexp"
	"strings"
	"unicode"

	"backfile/internal/news"
	"backfile/internal/text"
)

// nameLine is a line with what a page printed without space behind a name parted
// from it ("Ann LeePolitical Editor", "Ann Lee3 hours ago"), and times such as the
// latter left out. words says that the line is sure to be a byline; in others a
// name is parted only where a role comes of it.
func (t *scraped) nameLine(s string, words bool) string {
	s = agoTail.ReplaceAllString(s, "$1")
	s = gluedMark.ReplaceAllString(s, "$1")
	u := unglued(s)
	if words || u == s {
		return u
	}
	_, who, _ := parseByline(u)
	for _, a := range who {
		if a.Role == "" {
			return s
		}
	}
	if len(who) == 0 {
		return s
	}
	return u
}

var agoTail = regexp.MustCompile(`(?i)(\pL)[\s|·•,–-]*(?:(?:\d{1,2}|an?|one) (?:second|sec|minute|min|hour|hr|day|week)s? ago|vor \d{1,2} (?:minuten?|stunden?|tagen?)|il y a \d{1,2} (?:minutes?|heures?|jours?)|hace \d{1,2} (?:minutos?|horas?|días?))$`)

// roleAlone reports whether s is an author's role: "Political editor", "– Journalist".
func roleAlone(s string) bool {
	words := strings.Fields(strings.Trim(s, " -–—,"))
	if len(words) == 0 || len(words) > 5 {
		return false
	}
	for _, w := range words {
		if roleWords[strings.ToLower(strings.Trim(w, ".,"))] {
			return true
		}
	}
	return false
}

// names reports whether all of who are whole names, written as names are, of
// people that the article itself does not speak of: those are its topics.
func (t *scraped) names(i int, s string, who []news.Author) bool {
	if !everyName(who) || !strings.ContainsFunc(s, isCased) {
		return hasReporterWord(s) || t.hanName(i, s)
	}
	if strings.ToUpper(s) == s || strings.HasSuffix(s, ":") {
		return false // so are the labels of sections and buttons written
	}
	if strings.Count(s, "/") >= len(who) {
		return false // a photographer behind an agency
	}
	for _, a := range who {
		for w := range strings.FieldsSeq(a.Name) {
			if t.menuWords()[text.FoldWord(w)] || pictureHouses[strings.ToLower(w)] {
				return false
			}
			if startsLower(w) && !nameParticles[w] {
				return false
			}
			if !strings.ContainsFunc(w, isCased) && !strings.ContainsAny(s, "記기") {
				return false // no names of a script without capitals are told from words
			}
		}
		if strings.Contains(t.headline, a.Name) {
			return false
		}
		for k := t.first; k <= t.last; k++ {
			about := k >= t.last-2 && strings.HasPrefix(t.line(k), a.Name) // a line on the author behind the text
			if t.own[k] && strings.Contains(t.line(k), a.Name) && t.line(k) != s && !about {
				return false
			}
		}
	}
	return true
}

// hasReporterWord reports whether s has the word that Japanese and Korean
// bylines put behind the name.
func hasReporterWord(s string) bool {
	return strings.Contains(s, "記者") || strings.Contains(s, "기자") || strings.Contains(s, "特派員")
}

// hanName reports whether s, at line i, stands below the headline and is three to five Chinese characters that stand there
// once, with a space between the names or none: a name in Japanese.
func (t *scraped) hanName(i int, s string) bool {
	if t.head < 0 || i <= t.head {
		return false
	}
	n := 0
	for _, r := range s {
		switch {
		case unicode.Is(unicode.Han, r):
			n++
		case r != ' ' && r != '\u3000':
			return false
		}
	}
	if n < 3 || n > 5 {
		return false
	}
	if strings.HasSuffix(s, "新聞") || strings.HasSuffix(s, "通信") || strings.HasSuffix(s, "放送") {
		return false
	}
	for k := range t.own[:t.head] {
		if t.line(k) == s {
			return false // a section, which the menu names too
		}
	}
	return true
}

// unglued parts words that a page printed without space ("Ann LeePolitical
// Editor"), at a capital behind three letters in lower case.
func unglued(s string) string { return gluedName.ReplaceAllString(s, "$1 $2") }

// A footnote's number or a count may stand right behind a name.
var gluedMark = regexp.MustCompile(`(\p{Ll})\d{1,2}$`)

var gluedName = regexp.MustCompile(`(\p{Ll}{3})(\p{Lu}\p{Ll}{2})`)
