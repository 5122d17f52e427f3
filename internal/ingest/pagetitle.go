package ingest

import (
	"strings"
	"unicode/utf8"

	"backfile/internal/text"
)

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
