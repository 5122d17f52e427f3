package entity

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"backfile/internal/news"
	"backfile/internal/text"
)

// gap says what stands between a token and the one before it.
type gap uint8

const (
	gapNone  gap = iota // the first token, or behind a paragraph's end
	gapSpace            // one space, or several
	gapHyphen
	gapJoint // an apostrophe, or nothing
	gapDot   // a full stop and perhaps a space
	gapComma
	gapAnd   // "&"
	gapParen // an opening parenthesis
	gapOther
)

// token is a word of a field as the recogniser needs it.
type token struct {
	// start and end are byte offsets, without a possessive ending; full is the
	// end with it.
	start, end, full int32
	fold             string
	gap              gap
	// capital: it begins with a capital letter; upper: it has two letters or
	// more and all are capitals; initial: one letter; digit: it begins with one.
	capital, upper, initial, digit bool
	possessive                     bool
	// elided says that an article was taken off: "l’Ukraine".
	elided bool
	// opens says that it begins a sentence, a quotation or a paragraph, where a
	// capital tells nothing.
	opens bool
	signs nameSigns
}

// field is one text of an article.
type field struct {
	// name is what news.Mention.Field says, "" for the body.
	name string
	text string
	toks []token
	// flat says that capitals tell nothing throughout: a headline in capitals,
	// or with a capital on every word.
	flat bool
	// order is the field's place among the article's.
	order int
	cuts  []text.Range // sentences
	// cands are the field's candidates, and ends the one that ends at a token.
	cands []*candidate
	ends  []*candidate
}

func newField(name, s string, lex *lexicon) *field {
	f := &field{name: name, text: s, toks: make([]token, 0, len(s)/5)}
	last := 0
	for t := range text.Tokens(s) {
		tok := token{start: int32(t.Start), end: int32(t.End), full: int32(t.End), fold: t.Fold}
		w := s[t.Start:t.End]
		// "U.S." and "Jr." lose their last full stop to the sentence; it belongs to them.
		if t.End < len(s) && s[t.End] == '.' && (strings.IndexByte(w, '.') == 1 && len(w)%2 == 1 && len(w) <= 7 || dotted[t.Fold] && 'A' <= w[0] && w[0] <= 'Z') {
			tok.end++
			tok.full++
		}
		if n := possessive(w); n > 0 {
			tok.end -= int32(n)
			tok.possessive = true
		} else if t.End < len(s) && strings.HasSuffix(t.Fold, "s") && closesPossessive(s[t.End:]) {
			tok.possessive = true
			_, w := utf8.DecodeRuneInString(s[t.End:])
			tok.full += int32(w)
		}
		tok.shape(s[tok.start:tok.end])
		tok.gap = gapOf(s[last:t.Start], last == 0)
		tok.opens = tok.gap == gapNone
		last = int(tok.full)
		tok.signs = lex.words[t.Fold]
		f.toks = append(f.toks, tok)
	}
	f.markSentences()
	f.flat = f.isFlat()
	return f
}

// possessive is the length of w's ending 's, or 0.
func possessive(w string) int {
	if !strings.HasSuffix(w, "s") && !strings.HasSuffix(w, "S") {
		return 0
	}
	r, n := utf8.DecodeLastRuneInString(w[:len(w)-1])
	if (r == '’' || r == '\'' || r == '‘') && n+1 < len(w) {
		return n + 1
	}
	return 0
}

// closesPossessive reports whether rest, behind a word in s, begins with the
// apostrophe of a possessive: one that no letter follows.
func closesPossessive(rest string) bool {
	r, n := utf8.DecodeRuneInString(rest)
	if r != '’' && r != '\'' {
		return false
	}
	next, _ := utf8.DecodeRuneInString(rest[n:])
	return next == ' '
}

func (t *token) shape(w string) {
	letters, capitals := 0, 0
	for i, r := range w {
		switch {
		case unicode.IsUpper(r):
			if i == 0 {
				t.capital = true
			}
			letters++
			capitals++
		case unicode.IsLetter(r):
			letters++
		case i == 0 && unicode.IsDigit(r):
			t.digit = true
		}
	}
	t.initial = letters == 1 && capitals == 1 && utf8.RuneCountInString(strings.TrimSuffix(w, ".")) == 1
	t.upper = letters >= 2 && capitals == letters
}

func gapOf(s string, first bool) gap {
	if first {
		return gapNone
	}
	switch s {
	case " ":
		return gapSpace
	case "-":
		return gapHyphen
	case "":
		return gapJoint
	case ", ":
		return gapComma
	}
	if strings.Contains(s, "\n") {
		if strings.TrimSpace(s) == "" && strings.Count(s, "\n") < 2 {
			return gapSpace
		}
		return gapNone
	}
	switch t := strings.TrimSpace(s); t {
	case "":
		return gapSpace
	case ".":
		return gapDot
	case "-", "‐", "‑":
		if t == s {
			return gapHyphen
		}
		return gapOther
	case "'", "’", "‘":
		if t == s {
			return gapJoint
		}
		return gapOther
	case "&":
		return gapAnd
	case ",":
		return gapComma
	case "(":
		return gapParen
	}
	return gapOther
}

// markSentences finds the tokens at which a sentence or a quotation opens.
func (f *field) markSentences() {
	k := 0
	for r := range text.Sentences(f.text) {
		f.cuts = append(f.cuts, r)
		for k < len(f.toks) && int(f.toks[k].start) < r.Start {
			k++
		}
		if k < len(f.toks) && int(f.toks[k].start) < r.End {
			f.toks[k].opens = true
		}
	}
	for i := range f.toks {
		if t := &f.toks[i]; t.gap == gapOther && t.capital && i > 0 {
			between := f.text[f.toks[i-1].full:t.start]
			if strings.ContainsAny(between, "“\"„«:•–—|") {
				t.opens = true
			}
		}
	}
}

// isFlat reports whether nearly all longer words begin with a capital.
func (f *field) isFlat() bool {
	if f.name == "" {
		return false
	}
	n, capitals := 0, 0
	plain := false // a word of no name has a capital: "Has", "Hears"
	for _, t := range f.toks {
		if t.digit {
			continue
		}
		plain = plain || t.capital && !t.opens && !t.upper && t.signs == common && !titles[t.fold] && !titleWords[t.fold] && !heads[t.fold]
		if len(t.fold) < 4 {
			continue
		}
		n++
		if t.capital {
			capitals++
		}
	}
	return n >= 4 && capitals*10 >= n*8 || plain && n > 0 && capitals == n
}

// tokenAt is the index of the first token that starts at or behind the offset.
func (f *field) tokenAt(at int) int {
	lo, hi := 0, len(f.toks)
	for lo < hi {
		mid := (lo + hi) / 2
		if int(f.toks[mid].start) < at {
			lo = mid + 1
		} else {
			hi = mid
		}
	}
	return lo
}

// What is understood of an article: the first half megabyte of its body, some
// eighty thousand words, and the captions of its first images. No piece of news is
// longer; what is, is not news, or means to keep the archive busy.
const (
	longest      = 1 << 19
	mostCaptions = 500
)

// head is s cut between two words after at most n bytes.
func head(s string, n int) string {
	if len(s) <= n {
		return s
	}
	if i := strings.LastIndexAny(s[:n], " \n"); i > 0 {
		return s[:i]
	}
	return ""
}

// fieldsOf are the texts of an article that are recognised, in the order in which
// they are counted: the body first, since it decides about the others.
func fieldsOf(a *news.Article, lex *lexicon) []*field {
	fs := []*field{newField("", head(a.Body, longest), lex)}
	if a.Standfirst != "" {
		fs = append(fs, newField(news.FieldStandfirst, head(a.Standfirst, longest/8), lex))
	}
	for i, im := range a.Images {
		if im.Caption != "" && i < mostCaptions {
			fs = append(fs, newField(news.CaptionField(i), head(im.Caption, longest/64), lex))
		}
	}
	if a.Headline != "" {
		fs = append(fs, newField(news.FieldHeadline, head(a.Headline, longest/64), lex))
	}
	for i, f := range fs {
		f.order = i
	}
	return fs
}
