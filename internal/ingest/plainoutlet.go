package ingest

import (
	"strings"

	"backfile/internal/ingest/lines"
	"backfile/internal/news"
	"backfile/internal/text"
)

// outlet is who the text says published it, else whom the caller named. The
// text says it where the name that its title ends in ("Headline | The Outlet")
// stands on a line that claims its rights too.
func (t *scraped) outlet(hint Hint) *news.Outlet {
	if o := news.NewOutlet(hint.OutletOverride); o != nil {
		return o
	}
	if o := news.NewOutlet(t.outletInTitle()); o != nil {
		return o
	}
	return news.NewOutlet(hint.Outlet)
}

func (t *scraped) outletInTitle() string {
	head, name := lines.CutSuffix(t.line(0))
	if name == "" || head == "" || t.first <= 0 {
		return ""
	}
	if _, isDate := parsePrintedDate(name); isDate {
		return ""
	}
	fold := text.Fold(name)
	if len(fold) < 3 {
		return ""
	}
	for i := max(t.last+1, 1); i < len(t.own); i++ {
		s := t.line(i)
		if len(s) > 300 || !claimsRights(s) {
			continue
		}
		if strings.Contains(" "+text.Fold(s)+" ", " "+fold+" ") {
			return name
		}
	}
	return ""
}

func claimsRights(s string) bool {
	l := strings.ToLower(s)
	return strings.Contains(s, "©") || strings.Contains(s, "(c)") || strings.Contains(s, "ⓒ") || strings.Contains(l, "copyright") || strings.Contains(l, "all rights")
}
