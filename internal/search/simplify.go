package search

// Simplify gives an equal tree in the shortest form: no And inside And nor Or
// inside Or, no And or Or of one part, no double negation, nothing that matches
// everything or nothing where it can be left out. It is nil for a tree that
// matches everything, and Or{} for one that matches nothing.
func Simplify(n Node) Node {
	n = simplify(n)
	if everything(n) {
		return nil
	}
	return n
}

func everything(n Node) bool {
	a, ok := n.(And)
	return n == nil || ok && len(a.Parts) == 0
}

func nothing(n Node) bool {
	o, ok := n.(Or)
	return ok && len(o.Parts) == 0
}

func simplify(n Node) Node {
	switch n := n.(type) {
	case And:
		var parts []Node
		for _, p := range n.Parts {
			p = simplify(p)
			switch a, isAnd := p.(And); {
			case nothing(p):
				return Or{}
			case p == nil:
			case isAnd:
				parts = append(parts, a.Parts...)
			default:
				parts = append(parts, p)
			}
		}
		if len(parts) == 1 {
			return parts[0]
		}
		return And{parts}
	case Or:
		var parts []Node
		for _, p := range n.Parts {
			p = simplify(p)
			switch o, isOr := p.(Or); {
			case everything(p):
				return And{}
			case isOr:
				parts = append(parts, o.Parts...)
			default:
				parts = append(parts, p)
			}
		}
		if len(parts) == 1 {
			return parts[0]
		}
		return Or{parts}
	case Not:
		p := simplify(n.Part)
		switch inner, isNot := p.(Not); {
		case everything(p):
			return Or{}
		case nothing(p):
			return And{}
		case isNot:
			return inner.Part
		}
		return Not{p}
	case Near:
		n.A, n.B = simplify(n.A), simplify(n.B)
		return n
	case In:
		n.Part = simplify(n.Part)
		return n
	}
	return n
}
