package ingest

import (
	"regexp"
	"strings"

	"backfile/internal/news"
	"backfile/internal/text"

	"github.com/RadhiFadlillah/whatlanggo"
	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
	bcp47 "golang.org/x/text/language"
)

// opinionWords are the sections that hold opinion, folded.
var opinionWords = foldSet(`opinion opinions oped comment commentary columnists columnist column columns editorial editorials leitartikel kommentar kommentare
	kolumne meinung meinungen debatte opinión opiniones columna tribuna opinione opinioni editoriale chronique tribune idées debatt kronikk ledare ledere leder
	opinie commentaar columnisten köşe yazarlar мнение мнения колонка felieton komentarz opinie kolumny`)

// kind marks what is no plain report.
func (p *page) kind(t pageText, section string) news.ArticleKind {
	path := strings.ToLower(p.url)
	switch {
	case hasType(p.ld.types, "LiveBlogPosting") || strings.Contains(path, "/live/") || strings.Contains(path, "/liveblog"):
		return news.Live
	case hasType(p.ld.types, "OpinionNewsArticle"):
		return news.Opinion
	case hasType(p.ldTypes, "ImageGallery", "MediaGallery") || strings.Contains(path, "/gallery/") || strings.Contains(path, "/fotostrecke") || strings.Contains(path, "/galeria/"):
		return news.Gallery
	}
	for w := range strings.FieldsSeq(text.Fold(section)) {
		if opinionWords[w] {
			return news.Opinion
		}
	}
	if t.words < stubWords && p.paywalled() {
		return news.Stub
	}
	return ""
}

// stubWords is how many words the free part of an article has at most, where
// the page says that the rest is for subscribers.
const stubWords = 150

var falseText = regexp.MustCompile(`(?i)"isAccessibleForFree"\s*:\s*"?(false|no)"?`)

func (p *page) paywalled() bool {
	for _, b := range p.meta.ldBlocks {
		if falseText.MatchString(b) {
			return true
		}
	}
	tier := p.meta.first("article:content_tier", "content_tier")
	return tier == "locked" || tier == "metered"
}

// section is the part of the outlet that the article stands in, the narrowest
// that is named first.
func (p *page) section() string {
	for _, s := range p.ld.sections {
		if len(s) <= 80 {
			return s
		}
	}
	if s := p.meta.first("article:section", "parsely-section", "sailthru.section", "section", "dc.subject.section", "cxenseparse:section", "citation_section"); len(s) <= 80 {
		return s
	}
	return ""
}

// maxKeywords bounds the tags that are kept of one article.
const maxKeywords = 40

func (p *page) tags() []string {
	list := p.ld.tags
	if len(list) == 0 {
		for _, s := range p.meta.all("article:tag", "news_keywords", "parsely-tags", "keywords", "citation_keywords", "dc.subject", "sailthru.tags") {
			list = append(list, splitTags(s)...)
		}
	}
	var out []string
	seen := map[string]bool{}
	for _, t := range list {
		f := text.Fold(t)
		if f == "" || seen[f] || len(out) >= maxKeywords || strings.Contains(t, "://") {
			continue
		}
		seen[f] = true
		out = append(out, t)
	}
	return out
}

// language is the body's: what the page says, unless that is English
// and the letters say clearly something else, for many pages keep the language of the
// software they run on. A page that says anything but the default means it.
func (p *page) language(body string) string {
	said := ""
	for _, s := range []string{p.ld.language, p.meta.language, p.meta.first("og:locale", "content-language", "dc.language", "dcterms.language", "citation_language", "language")} {
		s = strings.ReplaceAll(strings.TrimSpace(s), "_", "-")
		if code, ok := countryCodes[strings.ToLower(s)]; ok {
			s = code
		}
		if tag, err := bcp47.Parse(s); err == nil && tag != bcp47.Und {
			said = tag.String()
			break
		}
	}
	if tag, err := bcp47.Parse(said); said != "" && err == nil {
		// Most pages need no detection, which costs more than all of the above.
		if base, _ := tag.Base(); base.String() != "en" || looksEnglish(body[:min(len(body), 4000)]) {
			return said
		}
	}
	const most = 4000
	info := whatlanggo.Detect(strings.ToValidUTF8(body[:min(len(body), most)], ""))
	detected := info.Lang.Iso6391()
	if detected == "" || !info.IsReliable() || len(body) < 200 {
		return said
	}
	if said == "" {
		return detected
	}
	tag := bcp47.Make(said)
	base, _ := tag.Base()
	if base.String() == detected || near[base.String()+detected] || near[detected+base.String()] || info.Confidence < 0.95 {
		return said
	}
	return detected
}

// looksEnglish reports whether one word in ten, and of twenty at least, is one of
// the commonest of English.
func looksEnglish(s string) bool {
	all, common := 0, 0
	for w := range strings.FieldsSeq(s) {
		all++
		switch w {
		case "the", "of", "and", "to", "that", "with", "was", "is", "for", "The":
			common++
		}
	}
	return all >= 20 && common*10 >= all
}

// countryCodes are those of countries that pages give for their languages; each
// means no language, or one that news is hardly written in.
var countryCodes = map[string]string{"kr": "ko", "jp": "ja", "cz": "cs", "gr": "el", "ua": "uk", "dk": "da", "cn": "zh", "vn": "vi", "no-no": "nb-NO"}

// near are languages that the letters alone do not tell apart.
var near = map[string]bool{"nonb": true, "nbda": true, "noda": true, "nnnb": true, "nono": true, "svda": true, "idms": true, "hrsr": true, "hrbs": true, "srbs": true, "glpt": true,
	"gles": true, "csk": true, "cssk": true, "afnl": true, "ukru": true, "beru": true, "nnda": true, "nnno": true, "xhzu": true, "fatg": true}

var (
	errorTitle = regexp.MustCompile(`(?i)^(error )?(404|403|500|502|503)\b|page not found|not found$|seite nicht gefunden|page introuvable|página no encontrada|pagina non trovata|access denied|` +
		`attention required|just a moment|are you a robot|forbidden$|service unavailable|bad gateway|site maintenance|enable javascript`)
	listTypes = []string{"CollectionPage", "SearchResultsPage", "ErrorPage", "ProfilePage", "ContactPage", "AboutPage", "CheckoutPage"}
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
		return "this is an error page: " + oneSpace(heading[:min(len(heading), 80)])
	}
	if t.words == 0 {
		return "no article text on the page"
	}
	if !p.ld.found {
		switch {
		case hasType(p.ldTypes, listTypes...) && said < 2:
			return "this is a list of articles, not an article"
		case t.linked > 0.5 && said < 2:
			return "this is a page of links, not an article"
		case t.teasers >= 4 && said < 2:
			return "this is a page of teasers, not an article"
		}
		own := CleanURL(p.hint.URL)
		if own == "" {
			own = CleanURL(p.meta.links["canonical"])
		}
		if own != "" && isFrontPage(own) && said < 3 {
			return "this is a front page, not an article"
		}
	}
	if t.words < 8 || t.words < 40 && said == 0 {
		return "too little text for an article"
	}
	return ""
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
