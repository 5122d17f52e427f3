package ingest

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// maxDateline is the longest dateline, in bytes.
const maxDateline = 90

// readDateline reads what a report opens with before its first dash: a place,
// perhaps a date, perhaps an agency in brackets ("KATHMANDU, April 25 (Reuters)
// -", "ABERDEEN, Tuesday.—", "Berlin (dpa) –"). dateline leaves the agency and
// the dash out; both are "" where p opens with none.
func readDateline(p string) (dateline, agency string) {
	end, dash := -1, 0
	for i, r := range p {
		if i > maxDateline {
			break
		}
		if r == '—' || r == '–' || r == '-' && i+1 < len(p) && (p[i+1] == ' ' || p[i+1] == '-') && i > 0 && (p[i-1] == ' ' || p[i-1] == '.') {
			end, dash = i, utf8.RuneLen(r)
			break
		}
	}
	if end <= 0 || dash == 0 {
		return readColonDateline(p)
	}
	s := strings.TrimSpace(p[:end])
	if i, j := strings.LastIndexByte(s, '('), strings.LastIndexByte(s, ')'); i > 0 && j > i {
		if name, ok := agencyIn(s[i+1 : j]); ok {
			agency = name
			s = strings.TrimSpace(s[:i] + s[j+1:])
		}
	}
	s = strings.TrimRight(s, " .,:")
	if !placeLike(s, agency != "") {
		return "", ""
	}
	return s, agency
}

// readColonDateline reads the form "Berlin (dpa): ".
func readColonDateline(p string) (dateline, agency string) {
	i := strings.Index(p, "): ")
	if i < 0 || i > maxDateline {
		return "", ""
	}
	j := strings.LastIndexByte(p[:i], '(')
	if j <= 0 {
		return "", ""
	}
	name, ok := agencyIn(p[j+1 : i])
	place := strings.TrimSpace(p[:j])
	if !ok || !placeLike(place, true) {
		return "", ""
	}
	return place, name
}

// placeLike reports whether s can be a dateline's place and date. Without an
// agency behind it, only a place in capitals is sure to be no subject of a
// sentence.
func placeLike(s string, agency bool) bool {
	place, _, _ := strings.Cut(s, ",")
	words := strings.Fields(place)
	if len(words) == 0 || len(words) > 4 || len(strings.Fields(s)) > 8 {
		return false
	}
	letters := 0
	for _, w := range words {
		r, _ := utf8.DecodeRuneInString(w)
		if !unicode.IsUpper(r) && !(agency && len(w) <= 3) {
			return false
		}
		for _, r := range w {
			if unicode.IsLetter(r) {
				letters++
			}
			if unicode.IsDigit(r) {
				return false
			}
		}
	}
	return letters >= 2 && (agency || strings.ToUpper(place) == place)
}
