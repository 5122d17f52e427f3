package ingest

import (
	"regexp"
	"strings"

	"backfile/internal/ingest/item"
	"backfile/internal/news"
	"backfile/internal/text"
)

// fromRecord makes an item of what a reader of package item's formats gave.
func (r *Reader) fromRecord(u unit) Item {
	rec := u.rec
	refuse := func(format string, args ...any) Item {
		return Item{Source: u.source, Refusal: news.Refuse(u.source, format, args...)}
	}
	if rec.Skip != "" {
		return Item{Source: u.source, Skipped: rec.Skip}
	}
	a := rec.Article
	a.Source, a.GUID, a.Usage = u.in.Source, rec.GUID, usageOf(rec, u.public)
	bare := a.Headline == "" && a.Body == ""
	if st := rec.Status; st == item.Canceled || st == item.Withdrawn || st == item.Withheld && bare {
		it := refuse("%s", noticeReasons[a.Usage.Status])
		it.Note = r.notice(u, &a)
		return it
	}
	if reason := printedDates(&a, rec.Printed); reason != "" && rec.Must {
		return refuse("%s", reason)
	}
	credit(&a, rec, u.public)
	r.name(&a)
	if a.Outlet == nil && a.Agency == "" {
		a.Outlet = news.NewOutlet(hostName(a.URL))
	}
	speak(&a)
	r.o.Recogniser.Recognise(&a)
	a.Understood = r.o.Recogniser.Version()
	it := r.item(u, a, rec.GUID, u.data)
	if it.Write != nil {
		it.Write.OriginalType = rec.RawType
		for _, guid := range rec.Also {
			it.Write.Keys = append(it.Write.Keys, news.GUIDKey(guid))
		}
	}
	return it
}

// printedDates reads the dates that a record has as printed. It returns what is wrong
// where one cannot be read.
func printedDates(a *news.Article, printed map[string]string) (reason string) {
	for _, of := range []struct {
		field string
		to    *news.Date
	}{{news.FieldPublished, &a.Published}, {news.FieldUpdated, &a.Updated}, {news.FieldCaptured, &a.Captured}} {
		field, to := of.field, of.to
		s := printed[field]
		if s == "" || !to.IsZero() {
			continue
		}
		d, ok := parsePrintedDate(s)
		if !ok && doubtedText(a, field, s, news.FromMetadata) {
			continue
		}
		if !ok {
			reason = "the date " + quoted(s) + " of the field " + field + " cannot be read"
			continue
		}
		d.From = news.FromMetadata
		*to = d
	}
	return reason
}

func quoted(s string) string {
	const most = 60
	if len(s) > most {
		s = strings.ToValidUTF8(s[:most], "") + "…"
	}
	return "“" + s + "”"
}

// credit says who published the article, who supplied it and who wrote it, by what
// a record tells of all those who had a hand in it.
func credit(a *news.Article, rec *item.Record, public bool) {
	agency := ""
	found := func(name string) {
		if agency == "" {
			agency = name
		}
	}
	provider := rec.Provider
	if strings.Contains(provider, "://") {
		provider = hostName(provider)
	}
	provider = outletName(provider)
	name, known := agencyIn(provider)
	if !known && !public {
		name, known = agencyAt(provider)
	}
	switch {
	case known && !public:
		found(name)
	default:
		a.Outlet = news.NewOutlet(provider)
	}
	if a.Agency != "" {
		if name, ok := agencyIn(a.Agency); ok {
			a.Agency = name
		}
		found(a.Agency)
	}
	byline, parsed, by := parseByline(a.Byline)
	a.Byline = byline
	found(by)
	var given []news.Author
	for _, g := range a.Authors {
		persons, name := parseNames(g.Name)
		found(name)
		if name, ok := agencyIn(g.Role); ok {
			found(name)
			g.Role = "" // a byline title is often the house
		}
		if len(persons) == 1 && persons[0].Role == "" {
			persons[0].Role = g.Role
		}
		for _, p := range persons {
			if !sameName(p.Name, a.Outlet) {
				given = addAuthor(given, p)
			}
		}
	}
	a.Authors = given
	if len(parsed) >= len(given) {
		a.Authors = parsed
		for _, g := range given {
			if g.Role != "" {
				a.Authors = addRole(a.Authors, g)
			}
		}
	}
	var printed string
	if d, name := readDateline(firstParagraph(a.Body)); d != "" {
		a.Dateline = d
		printed = name
		if i := strings.LastIndexByte(d, ' '); i > 0 && printed == "" {
			if name, ok := knownAgency(d[i+1:]); ok { // "ABERDEEN, March 11 AAP -"
				a.Dateline, printed = strings.TrimRight(d[:i], " ,"), name
			}
		}
	} else if i, j := strings.LastIndexByte(a.Dateline, '('), strings.LastIndexByte(a.Dateline, ')'); i >= 0 && j > i {
		if name, ok := agencyIn(a.Dateline[i+1 : j]); ok {
			printed = name
			a.Dateline = strings.TrimRight(strings.TrimSpace(a.Dateline[:i]+a.Dateline[j+1:]), " -–—,")
		}
	}
	found(printed)
	for _, s := range rec.Sources {
		if name, ok := agencyIn(s); ok && !public {
			found(name)
		}
	}
	if m := idHost.FindStringSubmatch(rec.GUID); m != nil && !public && a.Outlet == nil {
		if name, ok := agencyAt(m[1]); ok {
			found(name)
		}
	}
	a.Agency = agency
	if a.Outlet != nil && agency != "" && !public && sameName(agency, a.Outlet) {
		a.Outlet = nil
	}
}

// idHost is the host in an id that agencies make of theirs.
var idHost = regexp.MustCompile(`^(?:urn:newsml:|tag:|https?://)(?:www\.|api\.|newsml\.)?([A-Za-z0-9-]+(?:\.[A-Za-z]{2,})+)[:,/]`)

// agencyAt is the agency whose host that is ("reuters.com", "www.dpa.de").
func agencyAt(host string) (name string, ok bool) {
	host = strings.TrimPrefix(strings.ToLower(host), "www.")
	label, domain, dotted := strings.Cut(host, ".")
	if !dotted || strings.ContainsAny(domain, " /") {
		return "", false
	}
	if name, ok = knownAgency(strings.ToUpper(label)); ok {
		return name, true
	}
	return knownAgency(label)
}

// sameName reports whether a name is the outlet's.
func sameName(name string, o *news.Outlet) bool {
	return o != nil && text.Fold(name) == text.Fold(o.Name)
}

// addRole gives the author of g's name g's role, where none is known.
func addRole(authors []news.Author, g news.Author) []news.Author {
	for i := range authors {
		if authors[i].Role == "" && text.Fold(authors[i].Name) == text.Fold(g.Name) {
			authors[i].Role = g.Role
		}
	}
	return authors
}
