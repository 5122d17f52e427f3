package ingest

import (
	"net/url"
	"regexp"
	"slices"
	"strings"

	"backfile/internal/news"
	"backfile/internal/text"

	bcp47 "golang.org/x/text/language"
)

// opinionWords are the sections that hold opinion, folded.
var opinionWords = foldSet(`opinion opinions oped comment commentary columnists columnist column columns editorial editorials leitartikel kommentar kommentare
	kolumne meinung meinungen debatte opinión opiniones columna tribuna opinione opinioni editoriale chronique tribune idées debatt kronikk ledare ledere leder
	opinie commentaar columnisten köşe yazarlar мнение мнения колонка felieton komentarz opinie kolumny`)

var (
	liveWords    = wordSet(`live liveblog live-blog liveticker live-ticker live-updates newsticker directo en-directo en-direct`)
	galleryWords = wordSet(`gallery galleries galeria galerias galería fotogaleria fotogalería galerie photo-gallery photogallery photos fotos fotostrecke fotostrecken bilderstrecke bildergalerie
		fotogalerie fotogallery in-pictures pictures slideshow diaporama fotogalerij bildspel`)
	// liveAddress is within the last part of an address, where single words say little.
	liveAddress  = regexp.MustCompile(`(^|-)(live-?(updates?|blog|ticker)|minuto-a-minuto|en-directo?)($|-)`)
	liveHeadline = regexp.MustCompile(`(^|\s)(LIVE|Live)( updates)?:|^LIVE\s|(?i:\b(live-?(blog|ticker)|live updates)\b)|^(En direct|EN DIRECT|En directo|DIRECTO|Directo)\b`)
)

var (
	opinionHeadline = regexp.MustCompile(`(?i)^(opinion|kommentar|meinung|leitartikel|kolumne|editorial|comment|commentary|op-?ed|opinión|columna|tribune|commento|commentaar|ledare|leder)\s?[:|]`)
	opinionLabels   = wordSet(`kommentar kolumne leitartikel gastkommentar glosse`)
	opinionLine     = regexp.MustCompile(`(?i)^(ein |eine )?(gast)?(kommentar|leitartikel|kolumne) von |^(a )?(comment|commentary|column|opinion|analysis and comment) by `)
)

// kind marks what is no plain report: by the types of its JSON-LD, its section
// and address, and last by its headline.
func (p *page) kind(t pageText, byline string) news.ArticleKind {
	parts, last := addressParts(p.url)
	ogType := strings.ToLower(p.meta.first("og:type"))
	switch {
	case hasType(p.ldTypes, "LiveBlogPosting") || hasAny(parts, liveWords) || liveAddress.MatchString(last) || liveHeadline.MatchString(p.headline):
		return news.Live
	case hasType(p.ld.types, "OpinionNewsArticle"):
		return news.Opinion
	case hasType(p.ldTypes, "ImageGallery", "MediaGallery") || strings.Contains(ogType, "gallery") || hasAny(parts, galleryWords) || galleryWords[beforeNumber(last)]:
		return news.Gallery
	}
	for _, section := range append(p.ld.sections, p.meta.all("article:section")...) {
		for w := range strings.FieldsSeq(text.Fold(section)) {
			if opinionWords[w] {
				return news.Opinion
			}
		}
	}
	if hasAny(parts, opinionWords) || opinionHeadline.MatchString(p.headline) || opinionLine.MatchString(byline) || t.namesOpinion() {
		return news.Opinion
	}
	if t.words < stubWords && p.paywalled() {
		return news.Stub
	}
	return ""
}

// namesOpinion reports whether a line around the headline, or the text's first,
// says that this is somebody's comment. A lone "Comment" is no such line, but a button.
func (t pageText) namesOpinion() bool {
	for _, b := range append(slices.Clone(t.around), t.body[:min(1, len(t.body))]...) {
		if len(b.text) < 80 && (opinionLabels[text.Fold(b.text)] || opinionLine.MatchString(b.text)) {
			return true
		}
	}
	return false
}

// addressParts are the folded parts of an address's path before the last, and
// the last, which is made of the headline.
func addressParts(address string) (parts []string, last string) {
	u, err := url.Parse(address)
	if err != nil {
		return nil, ""
	}
	parts = strings.Split(strings.Trim(strings.ToLower(u.Path), "/"), "/")
	n := len(parts) - 1
	return parts[:n], parts[n]
}

func hasAny(parts []string, words map[string]bool) bool {
	for _, s := range parts {
		if words[s] {
			return true
		}
	}
	return false
}

// beforeNumber is s without the number behind it ("fotostrecke-123").
func beforeNumber(s string) string { return strings.TrimRight(s, "0123456789-_.") }

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

// language is the body's; see spoken.
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
	return spoken(said, body)
}

// countryCodes are those of countries that pages give for their languages; each
// means no language, or one that news is hardly written in.
var countryCodes = map[string]string{"kr": "ko", "jp": "ja", "cz": "cs", "gr": "el", "ua": "uk", "dk": "da", "cn": "zh", "vn": "vi", "no-no": "nb-NO"}
