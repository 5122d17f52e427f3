package ingest

import (
	"net/url"
	"regexp"
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

var (
	errorTitle = regexp.MustCompile(`(?i)^(error )?(404|403|410|500|502|503)($|\W+(page|not|error|forbidden|gone|internal|bad|service|seite|-|–|\|))|page not found|not found$|` +
		`seite (wurde )?nicht gefunden|page introuvable|página no encontrada|pagina non trovata|página não encontrada|pagina niet gevonden|sidan (kunde inte hittas|finns inte)|` +
		`(this|that|the|your) (page|article|content|story)( that you (are|were) looking for)? (isn.t|is not|is no longer|was not|could not be|cannot be|can.t be|doesn.t|does not) (available|found|exist)|` +
		`^(oops|sorry|uh-oh)\b.{0,40}\b(page|wrong|found)|something went wrong|access denied|attention required|just a moment|are you a robot|verify (that )?you are (a )?human|` +
		`forbidden$|service unavailable|bad gateway|site maintenance|enable javascript`)
	listTypes   = []string{"CollectionPage", "ErrorPage", "ProfilePage", "ContactPage", "AboutPage", "CheckoutPage"}
	searchWords = wordSet(`search suche suchen buscar busca buscador recherche ricerca cerca zoeken sok sök sog szukaj wyszukaj arama poisk cari`)
	searchKeys  = wordSet(`s q query search keyword keywords`)
)

// noArticle is why the page is no article, or "". A short article is one all
// the same where the page says that it is, so that what the page says counts
// more than its length.
func (p *page) noArticle(t pageText) string {
	said := 0
	if p.ld.found {
		said += 2
	}
	if strings.HasPrefix(strings.ToLower(p.meta.first("og:type")), "article") {
		said += 2
	}
	if p.ld.published != "" || len(p.meta.meta["article:published_time"]) > 0 {
		said++
	}
	heading := p.headline + " " + p.meta.title
	if t.words < 120 && (errorTitle.MatchString(p.headline) || errorTitle.MatchString(p.meta.title)) && !p.ld.found {
		return "this is an error page: " + strings.ToValidUTF8(oneSpace(heading[:min(len(heading), 80)]), "")
	}
	if reason := p.wall(t, said); reason != "" {
		return reason
	}
	if !p.ld.found {
		if reason := p.list(t, said); reason != "" {
			return reason
		}
	}
	if t.words == 0 {
		return "no article text on the page"
	}
	if t.words < 8 || t.words < 40 && said == 0 {
		return "too little text for an article"
	}
	return ""
}

// list is which kind of list a page without an article's JSON-LD is, or "". said
// is how loudly it calls itself an article.
func (p *page) list(t pageText, said int) string {
	own := CleanURL(p.hint.URL)
	if own == "" {
		own = CleanURL(p.meta.links["canonical"])
	}
	if own != "" && isFrontPage(own) && said < 3 && t.words > 0 {
		return "this is a front page, not an article"
	}
	if said >= 2 {
		return ""
	}
	many := t.linked > 0.5 || t.teasers >= 4 || t.words == 0
	switch {
	case hasType(p.ldTypes, "SearchResultsPage") || many && (isSearch(own) || isSearch(p.hint.URL)):
		return "this is a page of search results, not an article"
	case hasType(p.ldTypes, listTypes...):
		return "this is a list of articles, not an article"
	case t.linked > 0.5:
		return "this is a page of links, not an article"
	case t.teasers >= 4:
		return "this is a list of articles, not an article"
	}
	return ""
}

// isSearch reports whether an address is that of a search.
func isSearch(address string) bool {
	u, err := url.Parse(address)
	if err != nil || address == "" {
		return false
	}
	parts, last := addressParts(address)
	if searchWords[last] || hasAny(parts, searchWords) {
		return true
	}
	for k := range u.Query() {
		if searchKeys[strings.ToLower(k)] {
			return true
		}
	}
	return false
}

// articlesAround is in how many article elements, none within another, the
// blocks stand.
func articlesAround(blocks []block) int {
	seen := map[*html.Node]bool{}
	for _, b := range blocks {
		for n := b.at; n != nil; n = n.Parent {
			if n.DataAtom == atom.Article {
				seen[n] = true
				break
			}
		}
	}
	return len(seen)
}
