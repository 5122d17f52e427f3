package ingest

import (
	"strings"

	"backfile/internal/news"
)

// ldArticle is what the JSON-LD of a page says about its article, as text.
type ldArticle struct {
	types       []string
	headline    string
	alternative string
	description string
	body        string
	sections    []string
	tags        []string
	language    string
	url         string
	dateline    string
	published   string
	updated     string
	authors     []ldName
	publisher   string
	suppliers   []string // provider, sourceOrganization, creditText, copyrightHolder
	images      []news.Image
	found       bool
}

// ldName is one author: a person or an organisation.
type ldName struct {
	name, role   string
	organisation bool
}

// article merges the articles that the page is about: the first that carries
// most, and from the others what it lacks, where they have the same headline.
func (g *ldGraph) article() ldArticle {
	var best ldArticle
	var rest []ldArticle
	for _, n := range g.nodes {
		a := g.read(n)
		switch {
		case !isArticle(a.types):
			rest = append(rest, a)
		case !best.found || a.weight() > best.weight():
			if best.found {
				rest = append(rest, best)
			}
			best = a
			best.found = true
		default:
			rest = append(rest, a)
		}
	}
	for _, a := range rest {
		if isArticle(a.types) && (a.headline == "" || a.headline == best.headline) {
			best.fill(a)
		}
	}
	for _, a := range rest {
		if hasType(a.types, "WebPage", "NewsMediaOrganization", "WebSite", "ItemPage") {
			best.fillPage(a)
		}
	}
	return best
}

func (a ldArticle) weight() int {
	w := 0
	for _, s := range []string{a.headline, a.published, a.body, a.description} {
		if s != "" {
			w++
		}
	}
	if len(a.authors) > 0 {
		w++
	}
	if strings.Contains(strings.Join(a.types, " "), "News") {
		w++
	}
	return w
}

func (a *ldArticle) fill(b ldArticle) {
	for _, f := range []struct {
		to   *string
		from string
	}{
		{&a.headline, b.headline}, {&a.description, b.description}, {&a.body, b.body}, {&a.language, b.language},
		{&a.url, b.url}, {&a.dateline, b.dateline}, {&a.published, b.published}, {&a.updated, b.updated}, {&a.publisher, b.publisher},
		{&a.alternative, b.alternative},
	} {
		if *f.to == "" {
			*f.to = f.from
		}
	}
	if len(a.authors) == 0 {
		a.authors = b.authors
	}
	if len(a.sections) == 0 {
		a.sections = b.sections
	}
	if len(a.tags) == 0 {
		a.tags = b.tags
	}
	if len(a.images) == 0 {
		a.images = b.images
	}
}

// fillPage takes what a page says of itself for what no article says.
func (a *ldArticle) fillPage(b ldArticle) {
	if a.published == "" {
		a.published, a.updated = b.published, b.updated
	}
	if a.language == "" {
		a.language = b.language
	}
	if a.publisher == "" {
		a.publisher = b.publisher
	}
}

func (g *ldGraph) read(n map[string]any) ldArticle {
	a := ldArticle{
		types:       ldTypes(n),
		headline:    g.first(n, "headline"),
		alternative: g.first(n, "alternativeHeadline", "alternateName"),
		description: g.first(n, "description", "abstract"),
		sections:    g.all(n["articleSection"], 0),
		language:    g.first(n, "inLanguage"),
		dateline:    g.first(n, "dateline"),
		published:   g.first(n, "datePublished", "dateCreated", "uploadDate"),
		updated:     g.first(n, "dateModified"),
		authors:     g.people(n, "author"),
		publisher:   g.first(n, "publisher"),
	}
	if a.headline == "" && isArticle(a.types) {
		a.headline = g.first(n, "name", "title")
	}
	if len(a.authors) == 0 {
		a.authors = g.people(n, "creator")
	}
	if s, ok := n["articleBody"].(string); ok {
		a.body = s
	} else if parts, ok := n["articleBody"].([]any); ok {
		a.body = strings.Join(g.all(parts, 0), "\n\n")
	}
	if u, ok := n["url"].(string); ok {
		a.url = u
	} else if u, ok := n["mainEntityOfPage"].(string); ok {
		a.url = u
	} else if m, ok := n["mainEntityOfPage"].(map[string]any); ok {
		a.url, _ = m["@id"].(string)
	}
	for _, k := range g.all(n["keywords"], 0) {
		a.tags = append(a.tags, splitTags(k)...)
	}
	for _, k := range []string{"provider", "sourceOrganization", "contributor", "creditText", "copyrightHolder"} {
		a.suppliers = append(a.suppliers, g.all(n[k], 0)...)
	}
	a.images = g.images(n["image"])
	return a
}

// first is the first text among the keys of n.
func (g *ldGraph) first(n map[string]any, keys ...string) string {
	for _, k := range keys {
		if s := g.all(n[k], 0); len(s) > 0 {
			return s[0]
		}
	}
	return ""
}

// all are the texts of a value: strings as they are, things by their name.
func (g *ldGraph) all(v any, depth int) []string {
	if depth > 4 {
		return nil
	}
	switch v := v.(type) {
	case string:
		if s := cleanText(v); s != "" {
			return []string{s}
		}
	case []any:
		var out []string
		for _, e := range v {
			out = append(out, g.all(e, depth+1)...)
		}
		return out
	case map[string]any:
		for _, k := range []string{"name", "@value", "headline", "legalName", "alternateName"} {
			if s := g.all(v[k], depth+1); len(s) > 0 {
				return s[:1]
			}
		}
		if id, _ := v["@id"].(string); id != "" && len(v) <= 2 && g.byID[id] != nil {
			return g.all(g.byID[id], depth+1)
		}
	}
	return nil
}

func (g *ldGraph) people(n map[string]any, key string) []ldName {
	list, ok := n[key].([]any)
	if !ok {
		list = []any{n[key]}
	}
	var out []ldName
	for _, e := range list {
		m, _ := e.(map[string]any)
		if id, _ := m["@id"].(string); id != "" && g.byID[id] != nil && m["name"] == nil {
			m = g.byID[id]
			e = m
		}
		for _, name := range g.all(e, 0) {
			p := ldName{name: name}
			if m != nil {
				p.organisation = hasType(ldTypes(m), "Organization", "NewsMediaOrganization", "Corporation", "WebSite")
				p.role = g.first(m, "jobTitle")
			}
			out = append(out, p)
		}
	}
	return out
}

func (g *ldGraph) images(v any) []news.Image {
	list, ok := v.([]any)
	if !ok {
		list = []any{v}
	}
	var out []news.Image
	for _, e := range list {
		switch e := e.(type) {
		case string:
			out = append(out, news.Image{URL: e})
		case map[string]any:
			if id, _ := e["@id"].(string); id != "" && g.byID[id] != nil && e["url"] == nil {
				e = g.byID[id]
			}
			im := news.Image{Caption: g.first(e, "caption", "description"), Credit: g.first(e, "creditText", "credit", "copyrightHolder", "author", "creator")}
			if u, ok := e["url"].(string); ok {
				im.URL = u
			} else if u, ok := e["contentUrl"].(string); ok {
				im.URL = u
			}
			if im.URL != "" || im.Caption != "" {
				out = append(out, im)
			}
		}
	}
	return out
}

func hasType(types []string, any ...string) bool {
	for _, t := range types {
		for _, want := range any {
			if t == want {
				return true
			}
		}
	}
	return false
}

// isArticle reports whether one of the types is schema.org's Article or one of
// its kinds.
func isArticle(types []string) bool {
	for _, t := range types {
		if strings.HasSuffix(t, "Article") || t == "BlogPosting" || t == "LiveBlogPosting" || t == "Report" || t == "SocialMediaPosting" {
			return true
		}
	}
	return false
}

// splitTags parts a list of keywords written as one text.
func splitTags(s string) []string {
	var out []string
	for p := range strings.FieldsFuncSeq(s, func(r rune) bool { return strings.ContainsRune(",;|،、，", r) }) {
		if p = oneSpace(p); p != "" && len(p) <= 80 {
			out = append(out, p)
		}
	}
	return out
}
