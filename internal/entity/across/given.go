package across

import (
	_ "embed"
	"strings"
	"sync"

	"backfile/internal/text"
)

//go:embed lists/short-given.txt
var shortGiven string

// givenForm says of which full name a given name is a form.
type givenForm struct {
	line int  // of the table
	full bool // a spelling of the full name, not a short form
}

var givenForms = sync.OnceValue(func() map[string][]givenForm {
	m := map[string][]givenForm{}
	line := 0
	for l := range strings.Lines(shortGiven) {
		full, short, ok := strings.Cut(strings.TrimSpace(l), "|")
		if !ok || strings.HasPrefix(l, "#") {
			continue
		}
		line++
		for w := range strings.FieldsSeq(full) {
			m[text.Fold(w)] = append(m[text.Fold(w)], givenForm{line, true})
		}
		for w := range strings.FieldsSeq(short) {
			m[text.Fold(w)] = append(m[text.Fold(w)], givenForm{line, false})
		}
	}
	return m
})

// sameGiven reports how two given names may be one: exactly, as forms of one full
// name (nickname), or as two short forms of it (distant). Spellings of a full name
// count as nicknames.
func sameGiven(a, b string) (kin kinship) {
	if a == b {
		return exact
	}
	for _, f := range givenForms()[a] {
		for _, g := range givenForms()[b] {
			switch {
			case f.line != g.line:
			case f.full || g.full:
				return nickname
			default:
				kin = distant
			}
		}
	}
	return kin
}

// kinship of two given names.
type kinship int

const (
	none     kinship = iota
	distant          // Bob and Rob: nothing contradicts, nothing joins
	nickname         // Bob and Robert
	exact
)
