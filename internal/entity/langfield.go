package entity

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"backfile/internal/text"
)

// landsAbroad are cases of countries' names that look like family names elsewhere:
// "Niemiec" is of Germany.
var landsAbroad = map[string]set{"pl": words("niemiec niemcy niemcom niemczech niemcami czech węgier włoch szwecji polski polska")}

// localise has the article's words seen as its language has them: articles taken off
// names, given names known.
func (d *document) localise() {
	if lands := landsAbroad[d.lang]; lands != nil {
		for _, f := range d.fields {
			for i := range f.toks {
				if k := &f.toks[i]; lands[k.fold] {
					k.signs = k.signs&^(male|female|family) | common
				}
			}
		}
	}
	t := theTongue(d.lang)
	if t == nil {
		return
	}
	d.tongue = t
	for _, f := range d.fields {
		for i := range f.toks {
			k := &f.toks[i]
			if len(t.elisions) > 0 {
				f.elide(t, i, d.lex)
			}
			if s := t.given[k.fold]; s != 0 && k.capital {
				k.signs = k.signs&^common | s
			}
			if k.signs&(common|family) == common|family && len(k.fold) > 3 && d.small[k.fold] == 0 && !t.openers[k.fold] {
				k.signs &^= common // a word of English, and here only a name: "Trump"
			}
			if t.plain[k.fold] {
				k.signs &^= male | female
				if t.code == "de" {
					k.signs &^= family // "Füchse Berlin"
				}
			}
		}
	}
}

// elide takes the article off "l’Ukraine" and "dell’Iran", where a capital follows.
func (f *field) elide(t *tongue, i int, lex *lexicon) {
	k := &f.toks[i]
	w := f.text[k.start:k.end]
	at := strings.IndexAny(w, "’'")
	if at <= 0 || at > 7 || !t.elisions[strings.ToLower(w[:at])] {
		return
	}
	_, n := utf8.DecodeRuneInString(w[at:])
	rest := w[at+n:]
	if r, _ := utf8.DecodeRuneInString(rest); !unicode.IsUpper(r) {
		return
	}
	k.start += int32(at + n)
	k.fold = text.FoldWord(rest)
	k.signs = lex.words[k.fold]
	k.capital, k.upper, k.initial, k.digit = false, false, false, false
	k.shape(rest)
	k.opens = false
	k.elided = true
	if k.gap == gapSpace && i > 0 && f.toks[i-1].capital {
		k.gap = gapOther
	}
}
