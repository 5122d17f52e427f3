package item

import (
	"iter"
	"strings"
)

// Node is an element of XML or HTML, or a piece of text, which has no name.
type Node struct {
	// Name is the local name in lower case, Space the namespace of XML.
	Name, Space string
	Attrs       []Attr
	Text        string
	Kids        []*Node
}

// Attr is an attribute: its local name in lower case, as Node.Name.
type Attr struct{ Name, Value string }

// Attr is the value of the first attribute of that name, "" where there is none.
func (n *Node) Attr(name string) string {
	if n == nil {
		return ""
	}
	for _, a := range n.Attrs {
		if a.Name == name {
			return a.Value
		}
	}
	return ""
}

// Kid is the first child element of that name, or nil, from which every method
// answers as from an empty element. More names go further down.
func (n *Node) Kid(path ...string) *Node {
	for _, name := range path {
		if n == nil {
			return nil
		}
		var next *Node
		for _, k := range n.Kids {
			if k.Name == name {
				next = k
				break
			}
		}
		n = next
	}
	return n
}

// All yields the child elements of these names; of any name where none is given.
func (n *Node) All(names ...string) iter.Seq[*Node] {
	return func(yield func(*Node) bool) {
		if n == nil {
			return
		}
		for _, k := range n.Kids {
			if k.Name != "" && (len(names) == 0 || isOne(k.Name, names)) && !yield(k) {
				return
			}
		}
	}
}

// Under yields the elements below n of these names, in reading order.
func (n *Node) Under(names ...string) iter.Seq[*Node] {
	return func(yield func(*Node) bool) { n.under(names, yield) }
}

func (n *Node) under(names []string, yield func(*Node) bool) bool {
	if n == nil {
		return true
	}
	for _, k := range n.Kids {
		if k.Name != "" && isOne(k.Name, names) && !yield(k) {
			return false
		}
		if !k.under(names, yield) {
			return false
		}
	}
	return true
}

// First is the first element below n of one of these names, or nil.
func (n *Node) First(names ...string) *Node {
	for k := range n.Under(names...) {
		return k
	}
	return nil
}

func isOne(s string, names []string) bool {
	for _, n := range names {
		if s == n {
			return true
		}
	}
	return false
}

// Plain is all text under n on one line. Elements that part words on a page part
// them here.
func (n *Node) Plain() string {
	if n == nil {
		return ""
	}
	var b strings.Builder
	b.WriteString(n.Text)
	for _, k := range n.Kids {
		k.plain(&b) // n itself is asked for, whatever it is
	}
	return Clean(b.String())
}

func (n *Node) plain(b *strings.Builder) {
	if n.Name == "" {
		b.WriteString(n.Text)
		return
	}
	if neverText[n.Name] {
		return
	}
	parts := blocks[n.Name] || n.Name == "br"
	if parts {
		b.WriteByte(' ')
	}
	for _, k := range n.Kids {
		k.plain(b)
	}
	if parts {
		b.WriteByte(' ')
	}
}

// Raw is the text under n as it stands, with its line ends.
func (n *Node) Raw() string {
	var b strings.Builder
	n.raw(&b)
	return b.String()
}

func (n *Node) raw(b *strings.Builder) {
	if n == nil {
		return
	}
	b.WriteString(n.Text)
	for _, k := range n.Kids {
		k.raw(b)
	}
}
