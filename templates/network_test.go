package templates

import (
	"slices"
	"strings"
	"testing"
)

func TestNetwork(t *testing.T) {
	node := func(name string, n int) Node { return Node{Link: Link{Name: name, Href: "/" + name, Count: n}} }
	n := Network{Nodes: []Node{node("a", 9), node("b", 8), node("c", 7), node("d", 1)}, Edges: []Edge{{0, 3, 5}, {1, 3, 4}, {0, 1, 1}}}
	// a first, then whoever appears most with the one before.
	if got, want := n.around(), []int{0, 3, 1, 2}; !slices.Equal(got, want) {
		t.Errorf("around = %v, want %v", got, want)
	}
	nodes, edges := n.draw()
	if len(nodes) != 4 || len(edges) != 3 || nodes[0].Anchor != "start" || nodes[1].Anchor != "end" {
		t.Errorf("drawn %+v with %+v", nodes, edges)
	}
	for _, o := range nodes {
		for _, s := range []string{o.X, o.Y, o.R, o.W} {
			if strings.ContainsAny(s, "NaIe-") {
				t.Errorf("%s is drawn at %q", o.Name, s)
			}
		}
	}
	if nodes, edges := (Network{}).draw(); len(nodes)+len(edges) > 0 {
		t.Error("an empty network draws something")
	}
	if got := short("Northern Lighthouse Board of the Isles", 12); got != "Northern Li…" {
		t.Errorf("short = %q", got)
	}
}
