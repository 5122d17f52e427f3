package ingest

import (
	"regexp"
	"strconv"
	"time"

	"backfile/internal/news"
)

// doubtedText notes a text that claims to be the article's date of that field, in
// figures or printed, and cannot be. It reports whether it is such a one.
func doubtedText(a *news.Article, field, s, from string) bool {
	if a.DoubtedText(field, s, from) {
		return true
	}
	reason := doubtPrinted(s)
	if reason != "" {
		a.Doubted(news.Doubt{Field: field, Text: cleanText(s), From: from, Reason: reason})
	}
	return reason != ""
}

var (
	bareYear = regexp.MustCompile(`\b\d{4}\b`)
	lateDay  = regexp.MustCompile(`(^|[^\d:.])(?:29|3\d)($|[^\d:])`)
)

// doubtPrinted says why a text is no printed date though it has the form of one: a
// news.Doubt constant. "" for any other text, and for a date. It is read with a year of
// the same calendar in place of one that parsePrintedDate does not know, and then with
// a day that every month has.
func doubtPrinted(s string) string {
	if len(s) > maxDateLine {
		return ""
	}
	if _, ok := parsePrintedDate(s); ok {
		return ""
	}
	reason := ""
	// A calendar comes round in 400 years.
	moved := bareYear.ReplaceAllStringFunc(s, func(y string) string {
		n, _ := strconv.Atoi(y)
		switch {
		case n >= 1000 && n < 1600:
			reason = news.DoubtEarly
			for n < 1800 {
				n += 400
			}
		case n > 2199 && n < 4000:
			reason = news.DoubtFuture
			for n > 2199 {
				n -= 400
			}
		}
		return strconv.Itoa(n)
	})
	if reason != "" {
		if _, ok := parsePrintedDate(moved); ok {
			return reason
		}
	}
	if fixed := lateDay.ReplaceAllString(s, "${1}28$2"); fixed != s {
		if d, ok := parsePrintedDate(fixed); ok && d.Day() != "" {
			return news.DoubtImpossible
		}
	}
	return ""
}

// doubtMeta says why a page's metadata cannot mean the date that it gives: a news.Doubt
// constant, "" where it can, or gives none.
func doubtMeta(s string, now time.Time) string {
	s = cleanText(s)
	if s == "" || len(s) > maxMetaDate {
		return ""
	}
	if d, ok := parseMetaDate(s); ok {
		return d.Doubt(now)
	}
	if reason := news.DoubtText(s); reason != "" {
		return reason
	}
	if d, ok := parsePrintedDate(s); ok { // what parseMetaDate takes for the beginning of a computer's time
		if reason := d.Doubt(now); reason != "" {
			return reason
		}
		return news.DoubtUnset
	}
	return doubtPrinted(s)
}

// doubted notes the date that a page gives in its metadata, where it cannot be meant.
func (p *page) doubted(field, s string) bool {
	reason := doubtMeta(s, p.hint.Now)
	if reason != "" {
		p.doubts = append(p.doubts, news.Doubt{Field: field, Text: cleanText(s), From: news.FromMetadata, Reason: reason})
	}
	return reason != ""
}

// impossible reports whether a page's own date cannot be, and notes it.
func (p *page) impossible(field string, d news.Date) bool {
	reason := d.Doubt(p.hint.Now)
	if reason != "" {
		p.doubts = append(p.doubts, news.Doubt{Field: field, Text: d.Text, From: d.From, Reason: reason})
	}
	return reason != ""
}

// noteDoubts keeps with the article what the page says of its dates that cannot be.
// What a program writes where nobody set a date is worth a note only where no other
// date was found.
func (p *page) noteDoubts(a *news.Article) {
	for _, d := range p.doubts {
		found := d.Field == news.FieldPublished && !a.Published.IsZero() || d.Field == news.FieldUpdated
		if d.Reason != news.DoubtUnset || !found {
			a.Doubted(d)
		}
	}
}
