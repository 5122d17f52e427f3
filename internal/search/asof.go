package search

import (
	"strings"
	"time"

	"backfile/internal/news"
)

// asOf reads the value of an as-of field: a day, a month, a year, or an instant of
// a day. It counts to the end of what it names; what states no zone is UTC, and a
// second is the least that it tells apart.
func asOf(s string) (AsOf, bool) {
	d, err := news.ParseDate(strings.ToUpper(s), "")
	t, ok := d.Time()
	if err != nil || !ok || t.Year() == 0 {
		return AsOf{}, false
	}
	switch d.Precision {
	case news.Year:
		t = t.AddDate(1, 0, 0)
	case news.Month:
		t = t.AddDate(0, 1, 0)
	case news.Day:
		t = t.AddDate(0, 0, 1)
	case news.Minute:
		t = t.Add(time.Minute)
	default:
		t = t.Truncate(time.Second).Add(time.Second)
	}
	return AsOf{Text: d.Text, Until: t.UTC()}, true
}

// Shown reports whether a version captured at at, which another took the place of at
// superseded (zero where none has), is the one that was shown then.
func (a AsOf) Shown(at, superseded time.Time) bool {
	return at.Before(a.Until) && (superseded.IsZero() || !superseded.Before(a.Until))
}

// Past is what n asks of the archive, and as of when. ok is false, and asked n,
// where it asks of the archive as it is now.
func Past(n Node) (asked Node, at AsOf, ok bool) {
	for _, p := range Conjuncts(n) {
		if a, is := p.(AsOf); is {
			return Without(n, a), a, true
		}
	}
	return n, AsOf{}, false
}

// onceAsOf takes out each AsOf that does not stand at the top of n, or behind another
// there, and says so.
func (p *parser) onceAsOf(n Node) Node {
	seen := false
	var parts []Node
	for _, part := range Conjuncts(n) {
		a, is := part.(AsOf)
		switch {
		case !is:
			if part = p.withoutAsOf(part); part == nil {
				continue
			}
		case seen:
			p.problems = noted(p.problems, SecondAsOf, a.String())
			continue
		}
		seen = seen || is
		parts = append(parts, part)
	}
	return Simplify(And{parts})
}

// withoutAsOf is n without any AsOf inside, nil where nothing is left of it.
func (p *parser) withoutAsOf(n Node) Node {
	some := func(parts []Node) []Node {
		var out []Node
		for _, part := range parts {
			if part = p.withoutAsOf(part); part != nil {
				out = append(out, part)
			}
		}
		return out
	}
	switch n := n.(type) {
	case AsOf:
		p.problems = noted(p.problems, InnerAsOf, n.String())
		return nil
	case And:
		if kept := some(n.Parts); len(kept) > 0 {
			return And{kept}
		}
		return nil
	case Or:
		if kept := some(n.Parts); len(kept) > 0 || len(n.Parts) == 0 {
			return Or{kept}
		}
		return nil
	case Not:
		if kept := p.withoutAsOf(n.Part); kept != nil {
			return Not{kept}
		}
		return nil
	}
	return n
}
