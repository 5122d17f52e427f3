package item

import (
	"strings"

	"golang.org/x/net/html"
)

// ParseHTML reads a page or a piece of one. Its error is a refusal: of markup
// that nests beyond all measure.
func ParseHTML(s string) (*Node, error) {
	doc, err := html.Parse(strings.NewReader(s))
	if err != nil {
		return nil, Refuse("has HTML that nests too deep")
	}
	root := &Node{Name: "#document"}
	if !fromHTML(root, doc, 0) {
		return nil, Refuse("has HTML that nests too deep")
	}
	return root, nil
}

// fromHTML copies n's children to those of to.
func fromHTML(to *Node, n *html.Node, depth int) bool {
	const most = 600 // the parser stops at 512
	if depth > most {
		return false
	}
	for c := range n.ChildNodes() {
		switch c.Type {
		case html.TextNode:
			to.Kids = append(to.Kids, &Node{Text: c.Data})
		case html.ElementNode:
			k := &Node{Name: c.Data}
			for _, a := range c.Attr {
				k.Attrs = append(k.Attrs, Attr{Name: a.Key, Value: a.Val})
			}
			if !fromHTML(k, c, depth+1) {
				return false
			}
			to.Kids = append(to.Kids, k)
		}
	}
	return true
}
