package wire

import (
	"regexp"
	"strings"

	"backfile/internal/ingest/item"
	"backfile/internal/news"
)

// secondANPA is the second line of a heading: priority and category, the codes of
// the format, the cycle and the keyword, what the take is, month and day, words.
var secondANPA = regexp.MustCompile(`^([a-zA-Z])[ \t]?([a-zA-Z])[\x11-\x14 ]*(?:(?i:am|pm|bc|ap)-)?([^ \x1f\r\n]*)([^\r\n]*?)\s*(?:(\d{1,2})-(\d{1,2}))?\s*(\d*)\s*$`)

// readANPA reads a message of ANPA 1312. Lines of its text that begin with "^" and
// end in "<" or "=" are the keyword, the headline and the byline; those that begin
// with a tab are paragraphs.
func readANPA(rec *item.Record, heading, text, ending string) {
	a := &rec.Article
	first, rest, _ := strings.Cut(strings.ReplaceAll(heading, "\r\n", "\n"), "\n")
	id := headerANPA.FindStringSubmatch(first)
	if m := secondANPA.FindStringSubmatch(strings.Split(rest, "\n")[0]); m != nil {
		a.Section = categories[strings.ToLower(m[2])]
		a.Tags = item.Tags(strings.Trim(m[3], "-_. "))
	}
	if m := endedANPA.FindStringSubmatch(printable(ending)); m != nil {
		s := dateANPA(m)
		a.Published = exactDate(s)
		rec.Dated(news.FieldPublished, a.Published, s)
		rec.Sources = append(rec.Sources, m[1])
	}
	if day := a.Published.Day(); day != "" {
		rec.GUID = "anpa:" + strings.ToLower(id[1]+id[2]) + ":" + day
	}
	var heads, body []string
	open := false
	for l := range strings.Lines(strings.ReplaceAll(text, "\r", "")) {
		l = strings.TrimRight(l, "\n")
		switch t := strings.TrimSpace(l); {
		case t == "":
			open = false
		case strings.HasPrefix(t, "^"):
			heads = append(heads, printable(strings.Trim(t, "^<>= ")))
			open = false
		case strings.HasPrefix(l, "\t"), strings.HasPrefix(l, "  "), strings.HasPrefix(l, "\b"), !open:
			body, open = append(body, printable(strings.TrimLeft(l, "\b\t "))), true
		default:
			body[len(body)-1] += " " + printable(l)
		}
	}
	headsANPA(rec, heads)
	var w item.Writer
	for _, p := range body {
		p = strings.ReplaceAll(p, " _ ", " — ") // of a code without dashes
		if p = strings.TrimRight(p, " <^"); p != "" {
			w.Add(p, "")
		}
	}
	t := w.Done()
	a.Body, a.Spans = t.Body, t.Spans
}

// slugANPA is the first of the lines, the keyword between agency and take.
var slugANPA = regexp.MustCompile(`^[A-Z]{2,3}-?[A-Z-]*--?`)

// headsANPA reads the lines above the text.
func headsANPA(rec *item.Record, heads []string) {
	a := &rec.Article
	for i, h := range heads {
		switch {
		case h == "" || i == 0 && slugANPA.MatchString(h):
		case strings.HasPrefix(strings.ToUpper(h), "EDITOR'S NOTE"), strings.HasPrefix(strings.ToUpper(h), "EDS:"):
		case bylineOf.MatchString(h):
			a.Byline = h
		case a.Byline != "" && len(h) < 80:
			if !strings.Contains(a.Byline, ", ") {
				a.Byline += ", " + h
			}
			rec.Sources = append(rec.Sources, strings.TrimSuffix(h, " Writer"))
		case a.Headline == "":
			a.Headline = h
		case a.Standfirst == "" && len(h) > 20:
			a.Standfirst = h
		}
	}
}

// endedANPA is the line behind the text: the agency and its office, the date as
// month-day-year, the time and its zone.
var endedANPA = regexp.MustCompile(`^([A-Z]{2,4})(?:-[A-Z0-9-]*?)?-(\d\d)-(\d\d)-(\d\d)\s+(\d\d)(\d\d)([A-Z]{2,4})?`)

// exactDate is a date to the minute; the zero Date where there is none such.
func exactDate(s string) news.Date {
	d, err := news.ParseDate(s, news.FromMetadata)
	if err != nil {
		return news.Date{}
	}
	return d
}

func dateANPA(m []string) string {
	year := "20" + m[4]
	if m[4] >= "70" {
		year = "19" + m[4]
	}
	return year + "-" + m[2] + "-" + m[3] + "T" + m[5] + ":" + m[6] + item.Zone(m[7])
}
