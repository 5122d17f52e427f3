package main

import (
	"strings"

	"backfile/internal/ingest/lines"
)

// variant is a page made of parts of another, so that the model learns texts of
// other shapes than a crawler's: what a person saves has less around it, or
// nothing, or its whole menu on one line.
type variant struct {
	lines.Example
	// bare says that it has no headline.
	bare bool
}

// builder puts a page together.
type builder struct {
	lines  []lines.Line
	states []lines.State
}

func (b *builder) add(l lines.Line, s lines.State) {
	b.lines, b.states = append(b.lines, l), append(b.states, s)
}

func (b *builder) variant(weight float64, bare bool) variant {
	return variant{lines.Example{Page: lines.NewPage(b.lines), States: b.states, Weight: weight}, bare}
}

// variants are the page's article alone without and with its headline, in two
// shorter forms with some of the page around it, and under a menu that stands on
// one line.
func variants(p page) []variant {
	first, last := -1, -1
	for i, s := range p.states {
		if s == lines.Body {
			if first < 0 {
				first = i
			}
			last = i
		}
	}
	if first < 0 {
		return nil
	}
	var alone, titled, menu builder
	titled.add(lines.Line{Text: p.title}, lines.Before)
	menu.add(lines.Line{Text: oneLine(p, first)}, lines.Before)
	menu.add(lines.Line{Text: p.title}, lines.Before)
	for i := max(1, first-3); i < first; i++ {
		menu.add(gap(p, i, i == first-3), lines.Before)
	}
	for i := first; i <= last; i++ {
		if p.states[i] == lines.Body {
			alone.add(gap(p, i, len(p.name)%2 == 0), lines.Body)
			titled.add(gap(p, i, true), lines.Body)
			menu.add(gap(p, i, true), lines.Body)
		}
	}
	return []variant{
		alone.variant(0.05, true), titled.variant(0.1, false), menu.variant(0.1, false),
		excerpt(p, first, last, 8, 5, 10), excerpt(p, first, last, 16, 9, 25),
	}
}

// excerpt is the page's first line, the last before its article, the first
// lines of that, and the first behind it.
func excerpt(p page, first, last, before, own, after int) variant {
	var b builder
	for i := range p.page.Lines[:first] {
		if i == 0 || i >= first-before {
			b.add(p.page.Lines[i], lines.Before)
		}
	}
	n, end := 0, first
	for i := first; i <= last && n < own; i++ {
		if p.states[i] == lines.Body {
			n++
			end = i
		}
	}
	for i := first; i <= end; i++ {
		b.add(p.page.Lines[i], p.states[i])
	}
	for i := last + 1; i < min(last+1+after, len(p.states)); i++ {
		b.add(p.page.Lines[i], lines.After)
	}
	return b.variant(0.2, false)
}

// oneLine is the menu above the article as one line.
func oneLine(p page, first int) string {
	var b strings.Builder
	for _, l := range p.page.Lines[min(1, first):first] {
		if b.Len() > 1500 {
			break
		}
		if len(l.Text) < 60 {
			b.WriteString(l.Text)
			b.WriteByte(' ')
		}
	}
	if b.Len() == 0 {
		return "–"
	}
	return strings.TrimSpace(b.String())
}

// gap is line i with a blank line before it, or without.
func gap(p page, i int, blank bool) lines.Line {
	l := p.page.Lines[i]
	l.Gap = blank
	return l
}
