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
