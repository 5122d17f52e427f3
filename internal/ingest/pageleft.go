package ingest

import (
	"regexp"
	"strings"
	"unicode/utf8"

	"backfile/internal/news"
)

// Bounds of what dropLeft takes for a line about the page, in words.
const (
	maxPromo      = 60
	maxEnding     = 40
	maxPromoStart = 160 // bytes of it that are looked at
)

var (
	// promo opens a line about the outlet or the page within a text or behind it. Other
	// than giveaway it is sure enough to need no more evidence.
	promo = regexp.MustCompile(`(?i)^\W*(our (web)?site is (the|your) (place|destination|home)\b|stay (informed|up to date|connected|ahead) with\b|(the )?(\S+ ){1,5}is an invitation-only (community|network)\b|` +
		`get (the )?(daily|weekly|breaking) \S+ (news|headlines|updates)\b|(please )?bookmark (our|this) |click here (to|for) (read|watch|listen|see|view|sign|subscribe|join|more|the|download)|(article|story|text) continues (below|after)|continue reading below|scroll (down )?to continue|` +
		`(de )?(tekst|artikel|het artikel) (gaat|loopt) (verder|door)\b|(der )?(text|artikel|beitrag) geht (unten|nach|unter|weiter)|(artikkelen|saken|teksten|artiklen|historien) fortsetter\b|(artiklen|teksten|historien) fortsætter\b|(artikeln|texten) fortsätter\b|` +
		`(l.article|la suite|le texte) (continue|se poursuit) (après|ci-dessous|sous)|(el artículo|la noticia|el texto) (continúa|sigue) (después|debajo|tras)|(l.articolo|la notizia) (continua|prosegue) (dopo|sotto)|(o artigo|a notícia|o texto) continua (após|depois|abaixo)|` +
		`(ciąg )?dalsz\S+ (część )?(artykułu|tekstu) (pod|poniżej)|folgst du (schon|uns)\b|folgen sie uns (auf|bei)\b|abonnieren sie (jetzt )?(unseren|den) \S*newsletter|pictured (at|from|here|above|below|left|right|is|are|with)\b|` +
		`(lesen sie (auch|hierzu|dazu|mehr( zum thema)?)|mehr zum thema|(à )?lire (aussi|également)|lee también|te puede interesar|leggi anche|leia também|lees ook|läs (också|även)|les også|læs også|` +
		`czytaj (też|także|również)|zobacz (też|także)|читайте (также|ещё)|baca juga|read (also|more)|also read|see also|related|>> ?hier (finden|lesen) sie|mehr zum thema finden sie)\b\W{0,3}(:|：|[|>»])|` +
		`продолжение (после|под) |haberin devamı|yazının devamı|続きを読む)`)
	// ending opens the lines behind a text that say who worked on it, closing ends them.
	ending  = regexp.MustCompile(`(?i)^\W*((additional |with )?reporting (by|from)|(written|edited|writing|editing|compiled|translated|additional writing|additional editing|production|graphics|fact[- ]checking|copy[- ]editing) by|(redaktion|schlussredaktion|faktencheck|übersetzung|bildredaktion|mitarbeit|traduction|traducción|traduzione|vertaling|översättning): *\p{Lu}|(our standards|quellen|sources?|fuentes?|fonti|bronnen|kilder|källor|źródła):\W*$)`)
	closing = regexp.MustCompile(`(?i)\b(contributed to|assisted (in|with)|helped report) this (report|story|article|piece)\W*$`)
	// endMark is the sign or the abbreviation with which an outlet ends its texts.
	endMark = regexp.MustCompile(`^(.*[.!?…][”"’»)]?)\s+([■◼▪●•◆♦∎◾]|\p{Lu}{2,3})$`)
)

// dropLeft drops the lines about the page, not of the text, that its wording tells:
// appeals and notes anywhere, who worked on a text at its end, and quotations that are
// printed again in large letters.
func dropLeft(blocks []block, take []bool) {
	_, last := bounds(take)
	behind := 0
	for i := last; i >= 0; i-- {
		if !take[i] {
			continue
		}
		b := &blocks[i]
		words := wordCount(b.text)
		switch {
		case words <= maxPromo && promo.MatchString(b.text[:min(len(b.text), maxPromoStart)]) && !isQuoted(b.text):
			take[i] = false
		case behind < 3 && words <= maxEnding && (ending.MatchString(b.text) || closing.MatchString(b.text)):
			take[i] = false
		default:
			b.cutNote()
			if behind == 0 && words >= 8 && b.kind == "" {
				if m := endMark.FindStringSubmatchIndex(b.text); m != nil {
					b.cut(m[3])
				}
			}
			behind++
		}
	}
	dropPulled(blocks, take)
}

// cutNote cuts a note about the page off the end of a paragraph.
func (b *block) cutNote() {
	if !strings.HasSuffix(b.text, ")") && !strings.HasSuffix(b.text, "]") {
		return
	}
	open := strings.LastIndexAny(b.text, "([")
	if n := len(b.text) - open; open < 0 || n < 8 || n > 80 {
		return
	}
	if promo.MatchString(b.text[open+1:]) {
		b.cut(open)
	}
}

// isQuoted reports whether a text begins with a quotation mark: then somebody said it.
func isQuoted(s string) bool {
	r, _ := utf8.DecodeRuneInString(s)
	return strings.ContainsRune("\"“”„«»‘'「『", r)
}

// cut shortens the text of a block to n bytes.
func (b *block) cut(n int) {
	b.text = strings.TrimRight(b.text[:n], " ")
	b.key = letterKey(b.text)
	kept := b.links[:0]
	for _, l := range b.links {
		if l.End <= len(b.text) {
			kept = append(kept, l)
		}
	}
	b.links = kept
	b.linked = min(b.linked, len(b.text))
}

// Bounds of a quotation that is printed twice, in bytes of its letters, and of the texts
// that are searched for one.
const (
	minPulled      = 40
	maxPulled      = 400
	maxPulledText  = 200 << 10
	maxPulledParts = 2000
)

// dropPulled drops the paragraphs that stand word for word within a longer one: what
// is set in large letters beside the text.
func dropPulled(blocks []block, take []bool) {
	var all strings.Builder
	parts := 0
	for i, b := range blocks {
		if take[i] && b.kind != news.SpanHeading {
			all.WriteString("\n" + b.key + "\n")
			parts++
		}
	}
	text := all.String()
	if len(text) > maxPulledText || parts > maxPulledParts {
		return
	}
	for i, b := range blocks {
		if !take[i] || b.kind == news.SpanItem || b.kind == news.SpanRow || len(b.key) < minPulled || len(b.key) > maxPulled {
			continue
		}
		if n := strings.Count(text, b.key); n > 1 && n > strings.Count(text, "\n"+b.key+"\n") {
			take[i] = false
		}
	}
}
