package ingest

import (
	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// thin takes out of a page what no extractor takes for an article: what the head
// says, which has been read, and menus, footers and asides. They are half of many
// pages, and the extractors copy the tree several times and search it dozens of times.
// The function returned puts everything back in its place.
func thin(doc *html.Node) (putBack func()) {
	type place struct{ node, parent, next *html.Node }
	var gone []place
	var walk func(n *html.Node)
	walk = func(n *html.Node) {
		for c := n.FirstChild; c != nil; {
			next := c.NextSibling
			switch c.DataAtom {
			case atom.Meta, atom.Link, atom.Script, atom.Template, atom.Nav, atom.Svg, atom.Footer, atom.Aside, atom.Dialog, atom.Select:
				gone = append(gone, place{c, n, next})
				n.RemoveChild(c)
			default:
				walk(c)
			}
			c = next
		}
	}
	walk(doc)
	return func() {
		for i := len(gone) - 1; i >= 0; i-- {
			gone[i].parent.InsertBefore(gone[i].node, gone[i].next)
		}
	}
}
