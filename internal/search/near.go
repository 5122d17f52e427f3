package search

// near reads one part, or several with NEAR between them: each with the next.
func (p *parser) near() Node {
	left := p.one()
	var pairs []Node
	paired := false // left is part of the last of them
	for {
		t, ok := p.peek()
		if !ok || t.kind != tokNear {
			break
		}
		p.at++
		next, ok := p.peek()
		if left == nil || !ok || next.kind != tokLeaf && next.kind != tokOpen {
			p.problems = noted(p.problems, BadNear, t.text)
			continue
		}
		right := p.one()
		pair := closeBy(left, right, *t.near)
		if pair == nil {
			p.problems = noted(p.problems, BadNear, t.text)
			if !paired {
				pairs = append(pairs, left)
			}
			left, paired = right, false
			continue
		}
		pairs = append(pairs, pair)
		left, paired = right, true
	}
	if !paired {
		pairs = append(pairs, left)
	}
	if len(pairs) == 1 {
		return pairs[0]
	}
	return join(pairs...)
}

// closeBy is near with a and b, nil where it cannot stand between them.
func closeBy(a, b Node, near Near) Node {
	a, b = Simplify(a), Simplify(b)
	field, ok := "", false
	if field, ok = textField(a); ok {
		other, _ := textField(b)
		if other != field {
			return nil
		}
		a, b = withoutField(a), withoutField(b)
	}
	if !canBeNear(a) || !canBeNear(b) {
		return nil
	}
	near.A, near.B = a, b
	if field != "" {
		return In{field, near}
	}
	return near
}

// canBeNear reports whether n may stand beside NEAR.
func canBeNear(n Node) bool {
	switch n := n.(type) {
	case Word, Phrase, Prefix, Pattern, Fuzzy:
		return true
	case Or:
		for _, p := range n.Parts {
			if _, nested := p.(Or); nested || !canBeNear(p) {
				return false
			}
		}
		return len(n.Parts) > 0
	}
	return false
}

// textField is the one field of text that all of n is in.
func textField(n Node) (name string, ok bool) {
	switch n := n.(type) {
	case Field:
		return n.Name, isText(n.Name)
	case In:
		return n.Name, true
	case Or:
		for i, p := range n.Parts {
			f, ok := textField(p)
			if !ok || i > 0 && f != name {
				return "", false
			}
			name = f
		}
		return name, len(n.Parts) > 0
	}
	return "", false
}

// withoutField is what n asks of its field.
func withoutField(n Node) Node {
	switch n := n.(type) {
	case Field:
		return words(n)
	case In:
		return n.Part
	case Or:
		out := make([]Node, len(n.Parts))
		for i, p := range n.Parts {
			out[i] = withoutField(p)
		}
		return Or{out}
	}
	return n
}
