package when

import (
	"fmt"
	"math/bits"
	"strings"

	"backfile/internal/text"
)

// expression is one way to write a date, read from a line of a language's list:
//
//	in|since [ {F} {Y}? ] -> date
//
// Blanks part its elements: words to choose from, {x} a slot (language.classify), * any
// word that is counted by no number. The brackets enclose what is reported. Behind an
// element ? makes it optional; a !a|b in front shuts out those words before it; an = in front of an
// element asks for small letters. A sign
// , - . / ( ) stands for itself between two elements; else a space does.
type expression struct {
	lead, core, after []element
	unless            set
	closes            bool // a closing parenthesis must follow
	meaning           string
	order             int // its place in the list
	args              []string
}

// element matches one token.
type element struct {
	words    set
	slot     byte
	any      bool
	small    bool // only in small letters
	optional bool
	// gaps are the signs that may stand before it.
	gaps string
}

// expression adds what a line says, with all ways to leave out what is optional.
func (l *language) expression(left string, right []string) error {
	if len(right) == 0 || meanings[right[0]] == nil {
		return fmt.Errorf("%q means nothing", right)
	}
	e := expression{meaning: right[0], args: right[1:], unless: set{}}
	const before, inside, behind = 0, 1, 2
	where, gaps := before, ""
	var parts [3][]element
	for part := range strings.FieldsSeq(left) {
		switch part {
		case "[":
			where = inside
			continue
		case "]":
			where = behind
			continue
		case ")":
			e.closes = true
			continue
		case ",", "-", ".", "/", "(", "'":
			gaps = part
			continue
		case ",?":
			gaps = ", "
			continue
		}
		if list, ok := strings.CutPrefix(part, "!"); ok {
			e.unless.add(strings.ReplaceAll(list, "|", " "))
			continue
		}
		el := element{gaps: gaps}
		if gaps == "" {
			el.gaps = " "
			if where == inside && len(parts[inside]) == 0 {
				el.gaps = " -'" // "mid-May", "the ’80s"
			}
		}
		gaps = ""
		part, el.optional = strings.CutSuffix(part, "?")
		if rest, ok := strings.CutPrefix(part, "="); ok {
			part, el.small = rest, true
		}
		switch {
		case part == "*":
			el.any = true
		case len(part) == 3 && part[0] == '{' && part[2] == '}' && slot(part[1]) != 0:
			el.slot = part[1]
		case strings.ContainsAny(part, "{}[]!*"):
			return fmt.Errorf("%q is no element", part)
		default:
			el.words = set{}
			for w := range strings.SplitSeq(part, "|") {
				if w = text.Fold(w); w == "" || strings.Contains(w, " ") {
					return fmt.Errorf("%q has what is not one word", part)
				}
				el.words[w] = true
			}
		}
		parts[where] = append(parts[where], el)
	}
	if where != behind || len(parts[inside]) == 0 {
		return fmt.Errorf("an expression needs brackets around what is reported")
	}
	for _, lead := range choices(parts[before]) {
		for _, core := range choices(parts[inside]) {
			for _, after := range choices(parts[behind]) {
				x := e
				x.lead, x.core, x.after = lead, core, after
				l.file(&x)
			}
		}
	}
	return nil
}

// choices are the elements with and without each that is optional.
func choices(es []element) [][]element {
	out := [][]element{nil}
	for _, e := range es {
		var next [][]element
		for _, o := range out {
			if e.optional {
				next = append(next, o)
			}
			next = append(next, append(o[:len(o):len(o)], e))
		}
		out = next
	}
	return out
}

// file puts an expression where its first reported word finds it.
func (l *language) file(e *expression) {
	if len(e.core) == 0 {
		return
	}
	l.expressions++
	e.order = l.expressions
	first := e.core[0]
	if first.slot != 0 {
		bit := bits.TrailingZeros64(uint64(slot(first.slot)))
		l.bySlot[bit] = append(l.bySlot[bit], e)
		return
	}
	for w := range first.words {
		l.byFirst[w] = append(l.byFirst[w], e)
	}
}

// capture is a value that a slot took.
type capture struct {
	slot  byte
	value values
	at    int
}

// match is an expression at a place in a text.
type match struct {
	e        *expression
	at, end  int // tokens, half open
	captures []capture
}

// all returns the captures of those slots, in the order of the text.
func (m *match) all(slots string) (out []capture) {
	for _, c := range m.captures {
		if strings.IndexByte(slots, c.slot) >= 0 {
			out = append(out, c)
		}
	}
	return out
}

// match tries e with its first reported word at token i.
func (e *expression) match(l *language, toks []token, i int, buf []capture) (match, bool) {
	m := match{e: e, at: i, end: i + len(e.core), captures: buf[:0]}
	if m.end > len(toks) {
		return m, false
	}
	for k := range e.core {
		if k > 0 && !joins(toks, i+k, e.core[k].gaps) || !e.core[k].fits(l, &toks[i+k]) {
			return m, false
		}
		if s := e.core[k].slot; s != 0 {
			m.captures = append(m.captures, capture{s, toks[i+k].value, i + k})
		}
	}
	j, gaps := i, e.core[0].gaps
	for k := len(e.lead) - 1; k >= 0; k-- {
		if j == 0 || !joins(toks, j, gaps) || !e.lead[k].fits(l, &toks[j-1]) {
			return m, false
		}
		gaps = e.lead[k].gaps
		j--
	}
	if len(e.unless) > 0 && j > 0 && toks[j].gap == ' ' && e.unless[toks[j-1].fold] {
		return m, false
	}
	for k := range e.after {
		if m.end+k >= len(toks) || !joins(toks, m.end+k, e.after[k].gaps) || !e.after[k].fits(l, &toks[m.end+k]) {
			return m, false
		}
	}
	return m, true
}

// joins reports whether one of the signs stands before token i.
func joins(toks []token, i int, gaps string) bool {
	if strings.IndexByte(gaps, toks[i].gap) >= 0 {
		return true
	}
	return toks[i].gap == '.' && toks[i-1].abbr && strings.IndexByte(gaps, ' ') >= 0
}

func (e *element) fits(l *language, t *token) bool {
	switch {
	case e.small && t.capital:
		return false
	case e.any:
		return !l.counts[t.fold] && t.is&slot('n') == 0
	case e.slot != 0:
		return t.is&slot(e.slot) != 0
	}
	return e.words[t.fold]
}
