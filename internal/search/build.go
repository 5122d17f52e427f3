package search

import (
	"slices"
	"strings"
)

// All is the tree that matches what every part matches; nil parts match
// everything.
func All(parts ...Node) Node { return Simplify(join(parts...)) }

// NewField is the field name (or one of its other spellings) with that value,
// as Parse reads it; for date it is a DateRange, for as-of an AsOf. ok is false for an unknown
// field, an empty value, or a value that the field does not take.
func NewField(name, value string) (n Node, ok bool) {
	name, ok = FieldName(name)
	value = trimValue(name, strings.ToValidUTF8(value, " "))
	if !ok || value == "" {
		return nil, false
	}
	value = strings.Trim(quote(value), `"`)
	n, _ = fieldNode(name, value, needsQuotes(name, value))
	return n, n != nil
}

// Values turns a repeated parameter into a tree: of people, places and
// organisations all values must match, of every other field any of them; one
// with a leading "-" must not. Values that mean nothing are left out and
// returned, so that a page can say so. It is nil where there are none.
func Values(field string, values []string) (n Node, bad []string) {
	var all, some []Node
	for _, v := range values {
		if strings.TrimSpace(v) == "" {
			continue
		}
		bare, negative := strings.CutPrefix(strings.TrimSpace(v), "-")
		f, ok := NewField(field, bare)
		switch {
		case !ok:
			bad = append(bad, v)
		case negative:
			all = append(all, Not{f})
		case field == FieldPerson || field == FieldPlace || field == FieldWithin || field == FieldOrganisation:
			all = append(all, f)
		default:
			some = append(some, f)
		}
	}
	if len(some) > 0 {
		all = append([]Node{Or{some}}, all...)
	}
	return All(all...), bad
}

// Conjuncts are the parts that must all match, each of which a page can show as
// a filter to take away.
func Conjuncts(n Node) []Node {
	switch n := n.(type) {
	case nil:
		return nil
	case And:
		return slices.Clone(n.Parts)
	}
	return []Node{n}
}

// Without is n without the conjuncts that print as part does.
func Without(n, part Node) Node {
	s := String(part)
	return All(slices.DeleteFunc(Conjuncts(n), func(p Node) bool { return p.String() == s })...)
}

// Walk calls f for n and then for every node inside it. It does not descend where f
// returns false.
func Walk(n Node, f func(Node) bool) {
	if n == nil || !f(n) {
		return
	}
	switch n := n.(type) {
	case And:
		for _, p := range n.Parts {
			Walk(p, f)
		}
	case Or:
		for _, p := range n.Parts {
			Walk(p, f)
		}
	case Not:
		Walk(n.Part, f)
	case Near:
		Walk(n.A, f)
		Walk(n.B, f)
	case In:
		Walk(n.Part, f)
	}
}

// inside is n with what f makes of each node right inside it; a leaf is itself.
func inside(n Node, f func(Node) Node) Node {
	all := func(parts []Node) []Node {
		out := make([]Node, len(parts))
		for i, p := range parts {
			out[i] = f(p)
		}
		return out
	}
	switch n := n.(type) {
	case And:
		return And{all(n.Parts)}
	case Or:
		return Or{all(n.Parts)}
	case Not:
		return Not{f(n.Part)}
	case Near:
		n.A, n.B = f(n.A), f(n.B)
		return n
	case In:
		n.Part = f(n.Part)
		return n
	}
	return n
}

// Edits are the words that n asks versions to have taken out and put in, as a tree each
// that finds them in a text; nil where it asks for none. What must not be is left out.
func Edits(n Node) (removed, added Node) {
	var out, in []Node
	Walk(n, func(n Node) bool {
		f, ok := n.(Field)
		switch {
		case !ok:
			_, not := n.(Not)
			return !not
		case f.Name == FieldRemoved:
			out = append(out, words(f))
		case f.Name == FieldAdded:
			in = append(in, words(f))
		}
		return true
	})
	either := func(ns []Node) Node {
		if len(ns) == 0 {
			return nil
		}
		return Simplify(Or{ns})
	}
	return either(out), either(in)
}

// words is a field's value as words of any text.
func words(f Field) Node {
	if f.Phrase {
		return Phrase{f.Value}
	}
	return Word{f.Value}
}
