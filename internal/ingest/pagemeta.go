package ingest

import (
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// pageMeta is what the markup of a page says beside its text.
type pageMeta struct {
	// meta holds the contents of the meta tags by name, property or itemprop in
	// lower case, in the order of the page.
	meta     map[string][]string
	links    map[string]string // rel -> href, the first
	ldBlocks []string
	title    string
	language string       // of the html element
	headings []*html.Node // h1
	times    []*html.Node // time, and what is marked as a date
	bylines  []*html.Node // what is marked as byline or author
	// descriptions and authors hold the letters of what metadata say about the
	// article in a sentence, and of the names of its authors.
	descriptions, authors map[string]bool
	standfirsts           nameMemo // of standfirstNames
}

// readMeta walks the page once.
func readMeta(doc *html.Node) *pageMeta {
	m := &pageMeta{meta: map[string][]string{}, links: map[string]string{}, standfirsts: nameMemo{}}
	for n := range doc.Descendants() {
		if n.Type != html.ElementNode {
			continue
		}
		switch n.DataAtom {
		case atom.Html:
			m.language = attr(n, "lang")
			if m.language == "" {
				m.language = attr(n, "xml:lang")
			}
			continue
		case atom.Meta:
			m.addMeta(n)
			continue
		case atom.Link:
			for rel := range strings.FieldsSeq(strings.ToLower(attr(n, "rel"))) {
				if href := strings.TrimSpace(attr(n, "href")); href != "" && m.links[rel] == "" {
					m.links[rel] = href
				}
			}
			continue
		case atom.Title:
			if m.title == "" && (n.Parent == nil || n.Parent.DataAtom != atom.Svg) && n.Namespace == "" {
				m.title = nodeText(n)
			}
			continue
		case atom.Script:
			if strings.Contains(strings.ToLower(attr(n, "type")), "ld+json") && n.FirstChild != nil {
				m.ldBlocks = append(m.ldBlocks, n.FirstChild.Data)
			}
			continue
		case atom.H1:
			m.headings = append(m.headings, n)
		}
		m.addMarked(n)
	}
	return m
}

func (m *pageMeta) addMeta(n *html.Node) {
	content := attr(n, "content")
	if strings.TrimSpace(content) == "" {
		return
	}
	for _, key := range []string{"name", "property", "itemprop", "http-equiv"} {
		if k := strings.ToLower(strings.TrimSpace(attr(n, key))); k != "" {
			m.meta[k] = append(m.meta[k], content)
		}
	}
}

// addMarked keeps the elements whose names say that they hold a date or a byline.
func (m *pageMeta) addMarked(n *html.Node) {
	if n.DataAtom == atom.Time && len(m.times) < 200 {
		m.times = append(m.times, n)
	}
	prop := strings.ToLower(attr(n, "itemprop"))
	if strings.HasPrefix(prop, "date") && n.DataAtom != atom.Time && len(m.times) < 200 {
		m.times = append(m.times, n)
	}
	if len(m.bylines) > 60 {
		return
	}
	rel := strings.ToLower(attr(n, "rel"))
	if prop == "author" || strings.Contains(rel, "author") || namesByline(attr(n, "class")) || namesByline(attr(n, "data-testid")) || namesByline(attr(n, "id")) {
		m.bylines = append(m.bylines, n)
	}
}

// namesByline reports whether a class or id says that its element is a byline.
func namesByline(s string) bool {
	if s == "" || len(s) > 300 {
		return false
	}
	for w := range strings.FieldsFuncSeq(strings.ToLower(s), func(r rune) bool { return r == ' ' || r == '-' || r == '_' || r == ':' || r == '/' }) {
		switch w {
		case "byline", "bylines", "author", "authors", "autor", "autoren", "autore", "autores", "auteur", "auteurs", "writer", "contributor",
			"journalist", "reporter", "firma", "forfatter", "skribent", "verfasser", "authorname", "articleauthor", "penulis", "yazar":
			return true
		}
	}
	return false
}

// first is the first content of the meta tags of those names, cleaned.
func (m *pageMeta) first(names ...string) string {
	for _, name := range names {
		for _, v := range m.meta[name] {
			if s := cleanText(v); s != "" {
				return s
			}
		}
	}
	return ""
}

// all are the contents of the meta tags of those names, cleaned: those of the
// first name that has any.
func (m *pageMeta) all(names ...string) []string {
	for _, name := range names {
		var out []string
		for _, v := range m.meta[name] {
			if s := cleanText(v); s != "" {
				out = append(out, s)
			}
		}
		if len(out) > 0 {
			return out
		}
	}
	return nil
}

// learn keeps what the metadata say that the page may print too.
func (m *pageMeta) learn(ld ldArticle) {
	m.descriptions, m.authors = map[string]bool{}, map[string]bool{}
	for _, s := range []string{ld.description, ld.alternative, m.first("og:description"), m.first("description"), m.first("twitter:description"), m.first("dc.description", "dcterms.abstract")} {
		if k := letterKey(s); len(k) >= minStandfirst {
			m.descriptions[k] = true
		}
	}
	for _, n := range ld.authors {
		m.authors[letterKey(n.name)] = true
	}
	for _, s := range m.all(authorNames...) {
		m.authors[letterKey(s)] = true
	}
	delete(m.authors, "")
}

// described reports whether a text of these letters is the page's description;
// descriptions are often cut short.
func (m *pageMeta) described(key string) bool {
	if m.descriptions[key] {
		return true
	}
	for d := range m.descriptions {
		if len(d) >= 60 && len(key) < 3*len(d) && strings.HasPrefix(key, d[:len(d)-min(len(d)/10, 6)]) {
			return true
		}
	}
	return false
}

// isAuthor reports whether a text of these letters is an author's name, with or
// without "by".
func (m *pageMeta) isAuthor(key string) bool {
	for _, by := range []string{"", "by", "von", "par", "por", "di", "av", "text", "autor"} {
		if rest, ok := strings.CutPrefix(key, by); ok && m.authors[rest] {
			return true
		}
	}
	return false
}
