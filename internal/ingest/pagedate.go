package ingest

import (
	"strings"

	"backfile/internal/news"
)

// titleDate is the day that stands alone at the end of the page's title, behind the name of
// the outlet ("Harbour wall raised | Tarn Echo | 28.04.2023"). Nobody but the outlet's system writes
// one there.
func (p *page) titleDate() (news.Date, bool) {
	for _, s := range append([]string{p.meta.title}, p.meta.all("og:title")...) {
		i := strings.LastIndexAny(s, "|–—·")
		if i < 0 {
			continue
		}
		tail := strings.TrimLeft(s[i:], "|–—· ")
		if wordCount(tail) > 3 {
			continue
		}
		if d, ok := parsePrintedDate(tail); ok && len(d.Day()) == len("2006-01-02") && d.Doubt(p.hint.Now) == "" {
			d.From = news.FromByline
			return d, true
		}
	}
	return news.Date{}, false
}
