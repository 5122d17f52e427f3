package templates

import (
	"fmt"
	"math"
	"slices"
)

// Network is who appears with somebody, and who of them together: drawn around a middle.
type Network struct {
	// Centre is who they appear with, in Total articles.
	Centre string
	Total  int
	// Nodes are those around it; Count is the articles with both.
	Nodes []Node
	// Edges join nodes that appear together, the strongest first.
	Edges []Edge
}

// Node is one name around the middle.
type Node struct {
	Link
	// Kind is people or organisations; Both leads to the articles with both.
	Kind, Both string
}

// Edge joins two nodes, by their places among the nodes, with N articles.
type Edge struct{ From, To, N int }

const (
	netWidth, netHeight = 720.0, 400.0
	netRX, netRY        = 190.0, 150.0
	// netEdges is how many lines between those around the middle are drawn.
	netEdges = 16
	netLabel = 24 // characters
)

// drawnNode is a node with its place.
type drawnNode struct {
	Node
	X, Y, R, LX, LY, Anchor, Label string
	// SpokeX and SpokeY are where the line from the middle ends, W how thick it is.
	W string
}

// drawnEdge is an edge as a curve.
type drawnEdge struct{ Path, W string }

// around orders the nodes so that those who appear together stand beside each other: each
// place goes to the one who appears most with the one before.
func (n Network) around() []int {
	weight := map[[2]int]int{}
	for _, e := range n.Edges {
		weight[[2]int{e.From, e.To}], weight[[2]int{e.To, e.From}] = e.N, e.N
	}
	left := make([]int, len(n.Nodes))
	for i := range left {
		left[i] = i
	}
	var out []int
	for len(left) > 0 {
		best := 0
		if len(out) > 0 {
			last := out[len(out)-1]
			for i := range left {
				if weight[[2]int{last, left[i]}] > weight[[2]int{last, left[best]}] {
					best = i
				}
			}
		}
		out = append(out, left[best])
		left = slices.Delete(left, best, best+1)
	}
	return out
}

// draw lays the network out.
func (n Network) draw() (nodes []drawnNode, edges []drawnEdge) {
	order := n.around()
	most := 1
	for _, o := range n.Nodes {
		most = max(most, o.Count)
	}
	cx, cy := netWidth/2, netHeight/2
	type point struct{ x, y float64 }
	at := make([]point, len(n.Nodes))
	nodes = make([]drawnNode, len(n.Nodes))
	for i, k := range order {
		// From half a step off the top, so that no label stands above the middle.
		a := 2*math.Pi*(float64(i)+.5)/float64(len(order)) - math.Pi/2
		x, y := cx+netRX*math.Cos(a), cy+netRY*math.Sin(a)
		at[k] = point{x, y}
		share := math.Sqrt(float64(n.Nodes[k].Count) / float64(most))
		r := 4 + 7*share
		d := drawnNode{Node: n.Nodes[k], X: px(x), Y: px(y), R: px(r), W: px(.8 + 4*share*share), LY: px(y + 4.5), Anchor: "start", LX: px(x + r + 6), Label: short(n.Nodes[k].Name, netLabel)}
		if x < cx {
			d.Anchor, d.LX = "end", px(x-r-6)
		}
		nodes[k] = d
	}
	top := 1
	for _, e := range n.Edges {
		top = max(top, e.N)
	}
	for _, e := range n.Edges[:min(len(n.Edges), netEdges)] {
		p, q := at[e.From], at[e.To]
		// Bent halfway to the middle, so that lines between neighbours keep to the edge.
		mx, my := (p.x+q.x)/2, (p.y+q.y)/2
		mx, my = mx+(cx-mx)*.35, my+(cy-my)*.35
		edges = append(edges, drawnEdge{Path: fmt.Sprintf("M%s %sQ%s %s %s %s", px(p.x), px(p.y), px(mx), px(my), px(q.x), px(q.y)), W: px(.7 + 2.3*float64(e.N)/float64(top))})
	}
	return nodes, edges
}

// short is s in at most n characters.
func short(s string, n int) string {
	r := []rune(s)
	if len(r) <= n {
		return s
	}
	return string(r[:n-1]) + "…"
}

// of are the nodes of a kind.
func (n Network) of(kind string) []Node {
	var out []Node
	for _, o := range n.Nodes {
		if o.Kind == kind {
			out = append(out, o)
		}
	}
	return out
}
