package ingest

import (
	"net/url"
	"regexp"
	"strings"

	"backfile/internal/news"

	"golang.org/x/net/html"
)

// page is one page while it is read.
type page struct {
	source   string
	hint     Hint
	doc      *html.Node
	meta     *pageMeta
	ld       ldArticle
	ldTypes  []string // of everything that the page says it is about
	base     *url.URL // against which its links are read; may be nil
	url      string   // the article's own address, or ""
	outlet   *news.Outlet
	headline string
	doubts   []news.Doubt
	printed  []string // letterKey of the wordings that the page prints as its headline
}

// openPage parses a page and reads what its markup says.
func openPage(src string, b []byte, contentType string, hint Hint) (*page, error) {
	if len(b) > maxPage {
		return nil, news.Refuse(src, "the page is larger than %s", size(maxPage))
	}
	s := decodePage(b, contentType)
	if strings.TrimSpace(s) == "" {
		return nil, news.Refuse(src, "the page is empty")
	}
	if strings.Count(s, "\x00") > len(s)/100 {
		return nil, news.Refuse(src, "this is no text but binary data")
	}
	doc, err := parsePage(s)
	if err != nil {
		return nil, news.Refuse(src, "%v", err)
	}
	p := &page{source: src, hint: hint, doc: doc, meta: readMeta(doc)}
	prune(doc)
	graph := parseJSONLD(p.meta.ldBlocks)
	p.ld = graph.article()
	p.meta.learn(p.ld)
	for _, n := range graph.nodes {
		p.ldTypes = append(p.ldTypes, ldTypes(n)...)
	}
	if u, err := url.Parse(hint.URL); err == nil && u.Host != "" {
		p.base = u
	}
	p.url = p.canonical()
	if u, err := url.Parse(p.url); p.base == nil && err == nil && u.Host != "" {
		p.base = u
	}
	p.outlet = p.findOutlet()
	p.headline = p.findHeadline()
	return p, nil
}

// isHouse reports whether s names the outlet rather than anybody.
func (p *page) isHouse(s string) bool {
	name := ""
	if p.outlet != nil {
		name = p.outlet.Name
	}
	return isHouseName(s, name, hostName(p.url)) || (p.ld.publisher != "" && isHouseName(s, p.ld.publisher, ""))
}

// ReadPage reads the article of an HTML page. src names the page in refusals
// and becomes the article's Source; contentType is the Content-Type that it came
// with, or "". A page that is no article is refused with a *news.Refusal: a front
// page, a list, an error page, a page without text, one that is larger than 16 MiB
// or built to exhaust its reader; the URL alone of what is returned then says which
// page it was, where that is known. Captured, mentions and entities are left to
// the caller.
func ReadPage(src string, b []byte, contentType string, hint Hint) (a news.Article, err error) {
	defer func() {
		if r := recover(); r != nil {
			a, err = news.Article{}, news.Refuse(src, "the page could not be read: %v", r)
		}
	}()
	p, err := openPage(src, b, contentType, hint)
	if err != nil {
		return news.Article{}, err
	}
	a = news.Article{Source: src, URL: p.url, Outlet: p.outlet, Headline: p.headline}
	a.Byline, a.Authors, a.Agency = p.authors()

	images, captions := p.images()
	t := p.readText(a.Authors, captions)
	if len(a.Authors) == 0 {
		if line, who, agency := p.plainByline(&t); len(who) > 0 {
			a.Byline, a.Authors = line, who
			if a.Agency == "" {
				a.Agency = agency
			}
		}
	}
	if reason := p.noArticle(t); reason != "" {
		return news.Article{URL: p.url}, noArticle(src, reason)
	}
	t.dropWall()
	a.Standfirst = t.standfirst
	a.Body, a.Spans = joinBlocks(t.body)
	if a.Headline == "" {
		a.Headline = firstLine(a.Body)
	}
	a.Images = images
	a.Published, a.Updated = p.dates(t.around)
	if d, ok := p.titleDate(); ok && (a.Published.IsZero() || a.Published.From == news.FromByline && a.Published.Day() != d.Day()) {
		a.Published = d // a caption may have a date too
	}
	p.noteDoubts(&a)
	var agency string
	a.Dateline, agency = readDateline(firstParagraphOf(t.body))
	if a.Agency == "" {
		a.Agency = agency
	}
	if a.Agency == "" {
		a.Agency = p.agency(t)
	}
	a.Language = p.language(a.Body)
	a.Section, a.Tags = p.section(), p.tags()
	a.ArticleKind = p.kind(t, a.Byline)
	return a, nil
}

// firstParagraphOf is the first running text of the body, where a dateline stands.
func firstParagraphOf(blocks []block) string {
	for _, b := range blocks {
		if b.kind == "" {
			return b.text
		}
	}
	return ""
}

// firstLine is the beginning of a text, as a headline for want of one.
func firstLine(s string) string {
	s, _, _ = strings.Cut(s, "\n")
	words := strings.Fields(s)
	if len(words) > 14 {
		return strings.Join(words[:14], " ") + " …"
	}
	return s
}

var (
	copyrightLine = regexp.MustCompile(`(?i)(?:©|\(c\)|copyright|quelle:|source:|fuente:)\s*(?:copyright\s*)?(?:©\s*)?(?:(?:19|20)\d\d(?:-\d+)?\s*)?(.{2,40}?)(?:\s*(?:19|20)\d\d|[.,;]|$| all rights)`)
	lastBracket   = regexp.MustCompile(`[(\[]([^()\[\]]{2,40})[)\]]\s*$`)
)

// agency finds who supplied the article where byline and dateline do not say:
// in JSON-LD, or in the last lines ("© 2024 AFP", "(dpa)").
func (p *page) agency(t pageText) string {
	for _, s := range p.ld.suppliers {
		if name, ok := knownAgency(s); ok {
			return name
		}
	}
	for _, b := range t.tail {
		if len(b.text) > 300 {
			if m := lastBracket.FindStringSubmatch(b.text); m != nil {
				if name, ok := knownAgency(m[1]); ok {
					return name
				}
			}
			continue
		}
		for _, re := range []*regexp.Regexp{copyrightLine, lastBracket} {
			if m := re.FindStringSubmatch(b.text); m != nil {
				if name, ok := agencyIn(m[1]); ok {
					return name
				}
			}
		}
		if name, ok := agencyIn(b.text); ok && len(b.text) < 60 {
			return name
		}
	}
	return ""
}
