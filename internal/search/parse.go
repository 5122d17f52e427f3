package search

import (
	"slices"
	"strings"
)

// Parse reads a query. It never fails: what it cannot understand is searched as
// words, and listed. Nil is everything: "", "*", or a query without any word.
//
// Parse(n.String()) gives n again for every n that Parse gives, and takes time
// in proportion to len(q).
func Parse(q string) (Node, []Problem) {
	l := &lexer{q: strings.ToValidUTF8(q, " ")}
	l.run()
	l.balance()
	p := &parser{toks: l.out, problems: l.problems}
	n := p.onceAsOf(Simplify(p.or()))
	isLeaf := func(t token) bool { return t.kind == tokLeaf } // "*" is one
	if n == nil && len(p.problems) == 0 && !slices.ContainsFunc(l.out, isLeaf) && strings.TrimSpace(l.q) != "" {
		l.problem(NoWords, strings.TrimSpace(l.q))
		p.problems = l.problems
	}
	return n, p.problems
}

// balance takes out parentheses without a partner, and pairs too deep inside
// others.
func (l *lexer) balance() {
	var open []int
	deep := false
	for i := range l.out {
		switch l.out[i].kind {
		case tokOpen:
			open = append(open, i)
		case tokClose:
			if len(open) == 0 {
				l.problem(LooseParenthesis, ")")
				l.out[i].kind = tokDropped
				continue
			}
			if len(open) > MaxDepth {
				deep = true
				l.out[i].kind, l.out[open[len(open)-1]].kind = tokDropped, tokDropped
			}
			open = open[:len(open)-1]
		}
	}
	for _, i := range open {
		l.problem(LooseParenthesis, "(")
		l.out[i].kind = tokDropped
	}
	if deep {
		l.problem(TooDeep, "(")
	}
	kept := l.out[:0]
	for _, t := range l.out {
		if t.kind != tokDropped {
			kept = append(kept, t)
		}
	}
	l.out = kept
}

// parser is a recursive descent over balanced tokens. Its methods return nil for
// an empty piece.
type parser struct {
	toks     []token
	at       int
	any      bool // inside a list of values of which an article has one at most
	problems []Problem
}

func (p *parser) peek() (token, bool) {
	if p.at < len(p.toks) {
		return p.toks[p.at], true
	}
	return token{}, false
}

// or reads alternatives up to a closing parenthesis or the end.
func (p *parser) or() Node {
	var alts []Node
	cur := p.and()
	for {
		t, ok := p.peek()
		if !ok || t.kind != tokOr {
			break
		}
		p.at++
		next := p.and()
		if cur == nil || next == nil {
			p.problems = noted(p.problems, LooseOr, t.text)
			cur = join(cur, Word{"or"}, next)
			continue
		}
		alts = append(alts, cur)
		cur = next
	}
	if cur != nil {
		alts = append(alts, cur)
	}
	switch len(alts) {
	case 0:
		return nil
	case 1:
		return alts[0]
	}
	return Or{alts}
}

func join(parts ...Node) Node {
	var out []Node
	for _, n := range parts {
		if n != nil {
			out = append(out, n)
		}
	}
	return And{out}
}

// and reads what stands side by side. A capital AND between two parts says
// nothing new; anywhere else it is a word.
func (p *parser) and() Node {
	var parts []Node
	said := false // AND
	for {
		t, ok := p.peek()
		if !ok || t.kind == tokOr || t.kind == tokClose {
			break
		}
		if t.kind == tokAnd {
			p.at++
			if next, ok := p.peek(); len(parts) == 0 || !ok || (next.kind != tokLeaf && next.kind != tokOpen && next.kind != tokMinus) {
				parts = append(parts, Word{"and"})
			} else {
				said = true
			}
			continue
		}
		if n := p.not(); n != nil {
			parts = append(parts, n)
		}
	}
	switch {
	case len(parts) == 0:
		return nil
	case p.any && !said:
		return alternatives(parts)
	}
	return And{parts}
}

// alternatives matches any of the parts, and none of those behind a minus sign.
func alternatives(parts []Node) Node {
	var any, all []Node
	for _, n := range parts {
		if _, not := n.(Not); not {
			all = append(all, n)
		} else {
			any = append(any, n)
		}
	}
	if len(any) > 0 {
		all = append([]Node{Or{any}}, all...)
	}
	return And{all}
}

func (p *parser) not() Node {
	t, _ := p.peek()
	if t.kind != tokMinus {
		return p.near()
	}
	p.at++
	next, ok := p.peek()
	for ok && next.kind == tokMinus && t.text == "-" && next.text == "-" { // parted by something that fell out
		p.at++
		next, ok = p.peek()
	}
	switch {
	case !ok || next.kind == tokClose:
		if t.text == "NOT" {
			p.problems = noted(p.problems, LooseOr, t.text)
			return Word{"not"}
		}
		return nil
	case next.kind == tokOr || next.kind == tokAnd:
		p.at++
		return Not{Word{strings.ToLower(next.text)}}
	}
	if n := p.not(); n != nil {
		return Not{n}
	}
	return nil
}

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

// one reads a word, field or parenthesis. It is nil for a NEAR with nothing in front.
func (p *parser) one() Node {
	t, _ := p.peek()
	switch t.kind {
	case tokNear:
		return nil
	case tokOpen:
		p.at++
		outer := p.any
		p.any = t.any
		n := p.or()
		p.any = outer
		p.at++ // balance has seen to it that a ) follows
		return n
	}
	p.at++
	return t.node
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
