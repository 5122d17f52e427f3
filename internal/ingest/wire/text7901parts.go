package wire

import (
	"regexp"
	"strings"

	"backfile/internal/ingest/item"
	"backfile/internal/news"
)

// categories are the desks that headings name by a code: ANPA's letters and the
// German agencies' pairs.
var categories = map[string]string{
	"a": "Domestic news", "b": "Special events", "c": "Features", "d": "Food", "e": "Entertainment", "f": "Finance", "i": "International news",
	"k": "Commentary", "l": "Lifestyle", "n": "State and regional news", "p": "National politics", "q": "Sports results", "r": "Racing",
	"s": "Sport", "t": "Travel", "w": "Washington news",
	"pl": "Politik", "wi": "Wirtschaft", "ku": "Kultur", "sp": "Sport", "vm": "Vermischtes", "rs": "Redaktioneller Service",
	"pol": "Politics", "eco": "Economy", "fin": "Finance", "spo": "Sport", "spt": "Sport", "cul": "Culture",
}

// read7901 reads a message of IPTC 7901: below its heading the keywords, then in
// the text a headline that ends in "=" or a short first line, perhaps a byline, and
// paragraphs that are indented or parted by blank lines.
func read7901(rec *item.Record, heading, text, ending string) {
	a := &rec.Article
	first, rest, _ := strings.Cut(strings.ReplaceAll(heading, "\r\n", "\n"), "\n")
	m := header7901.FindStringSubmatch(first)
	a.Section = categories[strings.ToLower(m[4])]
	rec.Sources = append(rec.Sources, sources7901(m[6])...)
	if len(m[1]) >= 3 {
		rec.Sources = append(rec.Sources, strings.ToUpper(m[1]))
	}
	for l := range strings.Lines(rest) {
		l = strings.TrimSpace(strings.Trim(strings.TrimSpace(l), "="))
		if l != "" && !strings.HasPrefix(l, "(") && len(l) < 200 {
			a.Tags = append(a.Tags, strings.Split(strings.Trim(l, "/"), "/")...)
		}
	}
	if len(a.Tags) == 0 && len(m[6]) > 2 && !strings.ContainsAny(m[6], "0123456789#") {
		a.Tags = strings.Split(m[6], "/") // some have the keyword on the first line
	}
	a.Tags = item.Tags(a.Tags...)
	for l := range strings.Lines(ending) {
		if s := strings.TrimSpace(l); a.Published.IsZero() && s != "" {
			a.Published = exactDate(date7901(s))
			rec.Dated(news.FieldPublished, a.Published, date7901(s))
		}
	}
	if a.Published.IsZero() {
		a.Published = exactDate(date7901(m[6]))
	}
	if id := strings.TrimSpace(m[1] + m[2]); !a.Published.IsZero() && a.Published.Day() != "" {
		rec.GUID = "iptc7901:" + strings.ToLower(id) + ":" + a.Published.Day() // numbers begin anew each day
	}
	lines := strings.Split(strings.ReplaceAll(text, "\r", ""), "\n")
	for i, l := range lines {
		if notForPrint.MatchString(l) {
			lines = lines[:i]
			break
		}
	}
	lines = headlineLines(a, lines)
	killed7901(rec, m[1], lines)
	lines = bylineLines(a, lines)
	t := item.WiredBody(printable(strings.Join(lines, "\n")))
	a.Body, a.Spans = t.Body, t.Spans
}

// kill7901 opens the headline of a message that withdraws another: "KILL abc0123",
// "MANDATORY KILL: …", "(WITHDRAWAL) abc0123". number7901 is a message's number in its
// text.
var (
	kill7901   = regexp.MustCompile(`^[\s(*=+#-]*(?:(?:mandatory|advisory|urgent|bulletin|attention)[ :,-]+)*(?:kill|withdrawal|withdrawn)\b`)
	number7901 = regexp.MustCompile(`\b([A-Za-z]{1,7})-?(\d{2,6})\b`)
)

// killed7901 makes a message that withdraws another one of that other: of the same
// source, by the number that its headline or first lines name, and of the same day.
// Without such a number it is an article like any other, on a film perhaps.
func killed7901(rec *item.Record, source string, lines []string) {
	a := &rec.Article
	if day := a.Published.Day(); day != "" && kill7901.MatchString(strings.ToLower(a.Headline)) {
		for i := range min(len(lines)+1, 4) {
			l := a.Headline
			if i > 0 {
				l = lines[i-1]
			}
			for _, n := range number7901.FindAllStringSubmatch(l, -1) {
				id := "iptc7901:" + strings.ToLower(n[1]+n[2]) + ":" + day
				if strings.EqualFold(n[1], source) && id != rec.GUID {
					rec.GUID, rec.Status, rec.Note = id, item.Canceled, a.Headline
					return
				}
			}
		}
	}
}

// notForPrint opens what an agency tells its customers behind the text.
var notForPrint = regexp.MustCompile(`(?i)^[\s#*-]*((\p{L}+-)?notizblock\b|the following information is not (intended )?for publication|die folgenden informationen sind nicht zur veröffentlichung|redaktioneller hinweis\b|notes? to editors\b)`)

// headlineLines takes the headline off the beginning of a text.
func headlineLines(a *news.Article, lines []string) []string {
	i := 0
	for i < len(lines) && strings.TrimSpace(lines[i]) == "" {
		i++
	}
	// A headline may run on; "=" ends it.
	for n := 0; n < 4 && i+n < len(lines); n++ {
		l := strings.TrimSpace(lines[i+n])
		if l == "" || n > 0 && len(lines[i+n]) > 0 && (lines[i+n][0] == ' ' || lines[i+n][0] == '\t') {
			break
		}
		if strings.HasSuffix(l, "=") {
			a.Headline = printable(strings.TrimRight(strings.Join(trimAll(lines[i:i+n+1]), " "), "= "))
			return lines[i+n+1:]
		}
	}
	if i < len(lines) && len(strings.TrimSpace(lines[i])) <= 120 && !strings.HasSuffix(strings.TrimSpace(lines[i]), ".") && !datelined.MatchString(lines[i]) {
		next := ""
		if i+1 < len(lines) {
			next = lines[i+1]
		}
		if a.Headline = printable(strings.TrimSpace(lines[i])); a.Headline != "" && (strings.TrimSpace(next) == "" || len(a.Headline) < 64 || next[0] == ' ' || next[0] == '\t' || datelined.MatchString(next)) {
			return lines[i+1:]
		}
		a.Headline = ""
	}
	return lines[i:]
}

// datelined knows the beginning of a report: "Berlin (dpa) - ", "LONDON, Oct 18 -".
var datelined = regexp.MustCompile(`^\s*\p{Lu}[\pL .,'/-]{1,60}(\([\pL /.-]{2,30}\)|,\s+[\pL]+\.?\s+\d{1,2}\b)`)

// bylineOf knows a line that names who wrote the text.
var bylineOf = regexp.MustCompile(`^(?i:by|von|par|por|di|door|av|text:)\s+\p{Lu}[^.!?]{2,80}$`)

// bylineLines takes a byline off the beginning of a text.
func bylineLines(a *news.Article, lines []string) []string {
	for i, l := range lines {
		s := strings.Trim(strings.TrimSpace(l), "=<^ ")
		if s == "" {
			continue
		}
		if bylineOf.MatchString(s) {
			a.Byline = printable(s)
			return lines[i+1:]
		}
		break
	}
	return lines
}

func trimAll(ss []string) []string {
	out := make([]string, len(ss))
	for i, s := range ss {
		out[i] = strings.TrimSpace(s)
	}
	return out
}

// sources7901 are the words of a heading's rest that are an agency's name rather
// than a number.
func sources7901(rest string) []string {
	var out []string
	for _, w := range strings.Fields(rest) {
		if !strings.ContainsAny(w, "0123456789#") && len(w) >= 2 && len(w) <= 12 {
			out = append(out, w)
		}
	}
	return out
}

// ended7901 is the time of a message as its last line gives it: day, hour and
// minute, the zone perhaps, month and year.
var ended7901 = regexp.MustCompile(`\b(\d\d)(\d\d)(\d\d)\s*([A-Z]{1,4}(?:\s|$))?\s*([A-Za-z]{3})[a-z]*\.?\s+(\d{2,4})\b`)

// date7901 finds such a time in a line.
func date7901(s string) string {
	m := ended7901.FindStringSubmatch(s)
	if m == nil {
		return ""
	}
	month, ok := months7901[strings.ToLower(m[5])]
	if !ok {
		return ""
	}
	year := m[6]
	if len(year) == 2 {
		if year < "70" {
			year = "20" + year
		} else {
			year = "19" + year
		}
	}
	if len(year) != 4 {
		return ""
	}
	return year + "-" + month + "-" + m[1] + "T" + m[2] + ":" + m[3] + item.Zone(m[4])
}

// months7901 are the months as headings and endings write them, in the languages
// of the agencies that still use the format.
var months7901 = map[string]string{
	"jan": "01", "feb": "02", "mar": "03", "apr": "04", "may": "05", "jun": "06", "jul": "07", "aug": "08", "sep": "09", "oct": "10", "nov": "11", "dec": "12",
	"mrz": "03", "mai": "05", "okt": "10", "dez": "12", "fev": "02", "avr": "04", "aou": "08", "ene": "01", "abr": "04", "ago": "08", "dic": "12", "giu": "06", "lug": "07", "set": "09", "ott": "10",
}

// printable is s without the characters that steer a typesetter, and with the
// quotation marks of old wires as they were meant.
func printable(s string) string {
	s = strings.Map(func(r rune) rune {
		switch {
		case r == '\n' || r == '\t':
			return r
		case r == 0x10 || r == 0x08:
			return ' '
		case r < ' ' || r == 0x7f:
			return -1
		}
		return r
	}, s)
	s = strings.ReplaceAll(strings.ReplaceAll(s, "``", "\""), "''", "\"")
	return strings.TrimSpace(s)
}
