package search

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"backfile/internal/news"
	"backfile/internal/text"

	"golang.org/x/text/unicode/norm"
)

// Pieces are the texts of an article that a search looks into, each by itself: no phrase
// reaches from one into the next. The body is the last; "" are left out.
func Pieces(a *news.Article) []string {
	var out []string
	add := func(s string) {
		if s != "" {
			out = append(out, s)
		}
	}
	add(a.Headline)
	add(a.Standfirst)
	for _, i := range a.Images {
		add(i.Caption)
	}
	add(a.Byline)
	add(a.Dateline)
	add(a.Body)
	return out
}

// In reports whether s has the text as written. Its words must be words of s; a
// possessive ending may follow the last. White space of any kind and length is one space,
// and what a keyboard has one key for is one sign: straight and curly apostrophes, the
// hyphens. Everything else counts.
func (v Verbatim) In(s string) bool {
	w := v.written()
	if len(w.folds) == 0 {
		return false
	}
	var toks []text.Token
	for t := range text.Terms(s) {
		toks = append(toks, t)
	}
	for i := range toks {
		if w.at(s, toks, i) {
			return true
		}
	}
	return false
}

// Matches reports whether a text of the article has v as written.
func (v Verbatim) Matches(a *news.Article) bool {
	for _, s := range Pieces(a) {
		if v.In(s) {
			return true
		}
	}
	return false
}

// written is a Verbatim taken apart: its words, and the text from the first to the last
// of them with the signs in front and behind.
type written struct {
	folds            []string
	lead, core, tail string
}

func (v Verbatim) written() written {
	first, last := wordBounds(v.Text)
	return written{Terms(v.Text), plainSigns(v.Text[:first]), plainSigns(v.Text[first:last]), plainSigns(v.Text[last:])}
}

// at reports whether it stands at the token i of s.
func (w written) at(s string, toks []text.Token, i int) bool {
	if i+len(w.folds) > len(toks) || !matches(toks[i:i+len(w.folds)], w.folds) {
		return false
	}
	start, end := toks[i].Start, toks[i+len(w.folds)-1].End
	core := plainSigns(s[start:end])
	if core != w.core {
		rest, ok := strings.CutPrefix(core, w.core)
		if !ok || rest != "'s" && rest != "'S" || w.tail != "" {
			return false
		}
	}
	// Enough of what stands around: white space there is squeezed too.
	const most = 4
	before, behind := s[max(0, start-most*len(w.lead)-utf8.UTFMax):start], s[end:min(len(s), end+most*len(w.tail)+utf8.UTFMax)]
	return strings.HasSuffix(plainSigns(before), w.lead) && strings.HasPrefix(plainSigns(behind), w.tail)
}

// plainSigns is s with composed letters, single spaces, and one sign for each kind of
// apostrophe and hyphen.
func plainSigns(s string) string {
	space := false
	return strings.Map(func(r rune) rune {
		if unicode.IsSpace(r) {
			if space {
				return -1
			}
			space = true
			return ' '
		}
		space = false
		switch r {
		case '’', '‘', 'ʼ', '＇', '`', '´':
			return '\''
		case '‐', '‑':
			return '-'
		case '\u00ad', '\u200b', '\u200c', '\u200d', '\ufeff':
			return -1
		}
		return r
	}, norm.NFC.String(strings.ToValidUTF8(s, " ")))
}
