package ingest

import (
	"net/url"
	"regexp"
	"strconv"
	"strings"
	"time"

	"backfile/internal/news"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// maxMetaDate is the longest date of metadata, in bytes.
const maxMetaDate = 100

// parseMetaDate reads a date as metadata writes it: ISO 8601 in all its usual
// breadth, RFC 1123, seconds since 1970, or a printed date. A time of exactly
// midnight is most often a day without its time, and is given day precision;
// its text stays as the source has it.
func parseMetaDate(s string) (news.Date, bool) {
	s = cleanText(s)
	if s == "" || len(s) > maxMetaDate {
		return news.Date{}, false
	}
	var d news.Date
	if n, err := strconv.ParseInt(s, 10, 64); err == nil && (len(s) == 10 || len(s) == 13) {
		if len(s) == 13 {
			n /= 1000
		}
		d = news.DateOf(time.Unix(n, 0).UTC(), news.FromMetadata)
	} else if len(s) == 8 && err == nil {
		d, err = news.ParseDate(s[:4]+"-"+s[4:6]+"-"+s[6:], news.FromMetadata)
		if err != nil {
			return news.Date{}, false
		}
	} else if g, err := news.ParseDate(s, news.FromMetadata); err == nil && len(s) <= 10 && len(s) >= 7 {
		d = g
	} else {
		var ok bool
		if d, ok = parsePrintedDate(compactTime.ReplaceAllString(s, "$1:$2")); !ok {
			return news.Date{}, false
		}
		d.From = news.FromMetadata
	}
	if i := strings.IndexByte(d.Text, 'T'); i > 0 && strings.HasPrefix(d.Text[i:], "T00:00") && !strings.HasPrefix(d.Text[i:], "T00:00:00.") {
		if sec := d.Text[i+6:]; !strings.HasPrefix(sec, ":") || strings.HasPrefix(sec, ":00") {
			d.Precision = news.Day
		}
	}
	if year, err := strconv.Atoi(d.Year()); err != nil || year < 1600 || year == 1970 && d.Month() == "1970-01" {
		return news.Date{}, false // the beginning of a computer's time is no date
	}
	return d, true
}

// compactTime is a time of day without its colon: T1547.
var compactTime = regexp.MustCompile(`(T\d\d)(\d\d)`)

var (
	publishedNames = []string{"article:published_time", "article:published", "og:article:published_time", "og:published_time", "citation_publication_date",
		"citation_online_date", "citation_date", "dc.date.issued", "dcterms.issued", "dc.date", "dcterms.date", "dcterms.created", "dc.date.created",
		"dcterms.available", "datepublished", "parsely-pub-date", "sailthru.date", "publish-date", "publish_date", "publishdate", "published-date", "publication_date",
		"pubdate", "pub_date", "published", "article.published", "article_date_original", "originalpublicationdate", "cxenseparse:recs:publishtime",
		"cxenseparse:publishtime", "date", "date.issued", "datecreated", "rnews:datepublished", "created", "timestamp"}
	updatedNames = []string{"article:modified_time", "article:modified", "og:updated_time", "article:updated_time", "dcterms.modified", "dc.date.modified",
		"datemodified", "last-modified", "lastmod", "article.updated", "revised", "updated"}
)

// dates finds when the article was published and updated, in the order of
// trust: JSON-LD, meta tags, elements marked as dates, the address, the line
// under the headline.
func (p *page) dates(lines []block) (published, updated news.Date) {
	candidates := []string{p.ld.published}
	for _, name := range publishedNames {
		candidates = append(candidates, p.meta.meta[name]...)
	}
	for _, s := range candidates {
		d, ok := parseMetaDate(s)
		switch {
		case p.doubted(news.FieldPublished, s):
		case !ok:
		case published.IsZero():
			published = d
		case finer(d, published):
			published = d
		}
	}
	for _, s := range append([]string{p.ld.updated}, p.meta.all(updatedNames...)...) {
		if d, ok := parseMetaDate(s); ok && !p.doubted(news.FieldUpdated, s) {
			updated = d
			break
		}
	}
	marked, markedUpdate := p.markedDates()
	if published.IsZero() || finer(marked, published) {
		published = marked
	}
	if updated.IsZero() {
		updated = markedUpdate
	}
	if published.IsZero() {
		if d := dateInURL(p.url); !p.impossible(news.FieldPublished, d) {
			published = d
		}
	}
	if printed := printedDate(lines, p.hint.Now); published.IsZero() || (published.From == news.FromURL && finer(printed, published)) {
		published = printed
	}
	if sameOrEarlier(updated, published) {
		updated = news.Date{}
	}
	return published, updated
}

// finer reports whether d says of the same day what e leaves open: the time of
// day, or its offset.
func finer(d, e news.Date) bool {
	if d.IsZero() || d.Day() == "" || d.Day() != e.Day() && e.Day() != "" {
		return false
	}
	if e.Day() == "" {
		return strings.HasPrefix(d.Text, e.Text)
	}
	if e.Precision == news.Day {
		return d.Precision == news.Minute || d.Precision == news.Second
	}
	const clock = len("2006-01-02T15:04")
	return !e.HasZone() && d.HasZone() && len(d.Text) >= clock && len(e.Text) >= clock && d.Text[:clock] == e.Text[:clock]
}

// sameOrEarlier reports whether d is not later than e, as far as can be told.
func sameOrEarlier(d, e news.Date) bool {
	a, ok := d.Time()
	const clock = len("2006-01-02T15:04:05")
	if !ok || d.HasZone() != e.HasZone() && len(d.Text) >= clock && strings.HasPrefix(e.Text, d.Text[:clock]) {
		return true
	}
	b, ok := e.Time()
	return ok && !a.After(b)
}

// markedDates are the dates of the elements that are marked as such, outside
// teasers and lists.
func (p *page) markedDates() (published, updated news.Date) {
	for _, n := range p.meta.times {
		if inTeaser(n) {
			continue
		}
		s := attr(n, "datetime")
		if s == "" {
			s = attr(n, "content")
		}
		d, ok := parseMetaDate(s)
		if !ok {
			if d, ok = parsePrintedDate(nodeText(n)); !ok {
				continue
			}
			d.From = news.FromByline
		}
		if d.Doubt(p.hint.Now) != "" {
			continue // it is marked as a date, and not as this article's
		}
		names := strings.ToLower(attr(n, "itemprop") + " " + attr(n, "class") + " " + attr(n, "id") + " " + attr(n, "data-testid"))
		if strings.Contains(names, "modified") || strings.Contains(names, "update") {
			if updated.IsZero() {
				updated = d
			}
			continue
		}
		if published.IsZero() || strings.Contains(names, "datepublished") {
			published = d
		}
	}
	return published, updated
}

// inTeaser reports whether n stands in a link, a list, an aside, a comment or
// a footer, where a date is another article's.
func inTeaser(n *html.Node) bool {
	for a := n.Parent; a != nil; a = a.Parent {
		switch a.DataAtom {
		case atom.A, atom.Li, atom.Aside, atom.Footer, atom.Nav:
			return true
		}
		if c := attr(a, "class") + " " + attr(a, "id"); len(c) > 1 && len(c) < 300 && teaserNames.MatchString(c) {
			return true
		}
	}
	return false
}

var teaserNames = regexp.MustCompile(`(?i)(^|[\s_-])(comments?|kommentare?|related|teasers?|recommend(ed|ations?)|most-?read|latest|trending|sidebar|card|promo|listing)($|[\s_-])`)

var urlDay = regexp.MustCompile(`(?:^|[/_-])((?:19|20)\d\d)[/_-]?(0[1-9]|1[0-2])[/_-]?(0[1-9]|[12]\d|3[01])(?:$|[/_.-])`)

// dateInURL is the day that an address carries (/2024/05/03/, /20240503-), or
// the unknown date.
func dateInURL(address string) news.Date {
	u, err := url.Parse(address)
	if err != nil {
		return news.Date{}
	}
	m := urlDay.FindStringSubmatch(u.Path)
	if m == nil {
		return news.Date{}
	}
	d, err := news.ParseDate(m[1]+"-"+m[2]+"-"+m[3], news.FromURL)
	if err != nil {
		return news.Date{}
	}
	return d
}

// printedDate is the first date printed in the lines around the headline.
func printedDate(lines []block, now time.Time) news.Date {
	for _, b := range lines {
		if len(b.text) > 200 {
			continue
		}
		if d, ok := parsePrintedDate(b.text); ok && d.Doubt(now) == "" {
			d.From = news.FromByline
			return d
		}
	}
	return news.Date{}
}
