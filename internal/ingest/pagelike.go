package ingest

import (
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"backfile/internal/news"
)

// dropContents drops a list of the article's own subheadings, each a link to one.
// It comes before the headings themselves, which would else be taken for the copies.
func dropContents(blocks []block, take []bool) {
	headings := map[string]int{}
	for i, b := range blocks {
		if b.kind == news.SpanHeading && take[i] && b.linked == 0 {
			headings[b.key] = i
		}
	}
	if len(headings) < 2 {
		return
	}
	lists := map[*html.Node][]int{}
	for i, b := range blocks {
		if at, ok := headings[b.key]; ok && i < at && b.linked > 0 && b.linked >= len(b.text)*8/10 {
			lists[container(b.at)] = append(lists[container(b.at)], i)
		}
	}
	for at, found := range lists {
		if len(found) < 2 {
			continue
		}
		for i, b := range blocks {
			if container(b.at) == at && b.linked >= len(b.text)*8/10 {
				take[i] = false
			}
		}
		for _, i := range found {
			take[i] = false
		}
	}
}

// kin counts the running text that was taken, by the elements that hold it and by
// what these are called.
type kin struct {
	parents  map[*html.Node]int
	makes    map[string]int
	siblings map[sibling]bool
	shown    int        // taken blocks that do not stand in noise
	article  *html.Node // the article element that holds most of what was taken
}

// makeOf is the tag and the class of an element, or "" where it has no class.
func makeOf(n *html.Node) string {
	class := strings.TrimSpace(attr(n, "class"))
	if class == "" {
		return ""
	}
	return n.Data + "." + class
}

// sibling is what the children of one element have in common.
type sibling struct {
	parent *html.Node
	name   string
}

func kinOf(blocks []block, fs []features, take []bool) kin {
	k := kin{parents: map[*html.Node]int{}, makes: map[string]int{}, siblings: map[sibling]bool{}}
	held := map[*html.Node]int{}
	for i, b := range blocks {
		if !take[i] {
			continue
		}
		at := articleOf(b.at)
		if held[at] += len(b.text); held[at] > held[k.article] {
			k.article = at
		}
		if fs[i][fNoise] == 0 {
			k.shown++
		}
		if b.kind == "" && wordCount(b.text) >= 12 {
			k.parents[b.at.Parent]++
		}
		name := makeOf(b.at)
		k.makes[name]++
		k.siblings[sibling{b.at.Parent, b.at.Data + name}] = true
	}
	delete(k.makes, "")
	return k
}

// minKin is how many blocks of a make must have been taken before a further one is
// taken for being like them.
const minKin = 3

// settleLike makes the blocks of one make go one way. The extractors choose
// between elements, and where a text is cut up into several (for an advertisement,
// or by a box) they choose but one of them: text that is made like what was taken,
// and subheadings beside it, are taken too. And what neither extractor has, in an element
// of another name than the text's, is another article's, whatever it looks like.
func settleLike(blocks []block, fs []features, take []bool) {
	first, _ := bounds(take)
	if first < 0 {
		return
	}
	k := kinOf(blocks, fs, take)
	seen := map[string]bool{}
	for i, b := range blocks {
		f := fs[i]
		switch {
		case take[i]:
			take[i] = k.shown < minKin || f[fNoise] == 0 || f[fTrafilatura]+f[fReadability] > 0
		case i > first && isOpen(f) && !seen[b.key] && b.kind == "" && f[fProse] == 1 && articleOf(b.at) == k.article:
			take[i] = k.parents[b.at.Parent] >= minKin && k.siblings[sibling{b.at.Parent, b.at.Data + makeOf(b.at)}] || k.makes[makeOf(b.at)] >= minKin && f[fMarked] == 1
		}
		seen[b.key] = seen[b.key] || take[i]
	}
	k = kinOf(blocks, fs, take)
	for i, b := range blocks {
		switch {
		case b.kind != news.SpanHeading:
		case take[i]:
			take[i] = !isForeignHeading(blocks, fs, take, i)
		case i > first && isOpen(fs[i]) && !seen[b.key] && articleOf(b.at) == k.article && i+1 < len(blocks):
			next := take[i+1] && blocks[i+1].kind == ""
			take[i] = k.parents[b.at.Parent] >= 2 || next && blocks[i+1].at.Parent == b.at.Parent || next && k.makes[makeOf(b.at)] >= 2
		}
	}
}

// isOpen reports whether nothing but its votes speaks against a block.
func isOpen(f features) bool {
	return f[fBeforeTitle]+f[fNoise]+f[fAside]+f[fGiveaway]+f[fNotLD] == 0 && f[fLinked] <= 0.5
}

// articleOf is the article element that n stands in, or nil: a page may print
// another article behind the first, made in the same way.
func articleOf(n *html.Node) *html.Node {
	for ; n != nil; n = n.Parent {
		if n.DataAtom == atom.Article {
			return n
		}
	}
	return nil
}

// isForeignHeading reports whether a heading is a teaser's or a form's: one link that an extractor
// left out, or the head of a box none of whose other text was taken.
func isForeignHeading(blocks []block, fs []features, take []bool, i int) bool {
	if fs[i][fLinked] > 0.8 && fs[i][fBoth] == 0 && fs[i][fLD] == 0 {
		return true
	}
	p := blocks[i].at.Parent
	other := 0
	for j := i + 1; j < len(blocks) && j < i+12; j++ {
		if blocks[j].at.Parent != p {
			continue
		}
		if take[j] {
			return false
		}
		if blocks[j].kind != news.SpanHeading && fs[j][fName] == 0 {
			other++
		}
	}
	return other > 0
}

// dropTeasers drops the leads of teasers: blocks behind a link that was left out, in a box
// that holds nothing else of what was taken. Where they are much of all, the page is a
// list, of which others judge.
func dropTeasers(blocks []block, take []bool) {
	first, last := bounds(take)
	prev, all := first, 1
	var leads []int
	for i := first + 1; i <= last; i++ {
		if !take[i] {
			continue
		}
		all++
		if title := blocks[i-1]; !take[i-1] && title.linked >= len(title.text)*8/10 && wordCount(title.text) >= 3 {
			next := i + 1
			for next < len(blocks) && !take[next] {
				next++
			}
			if box := commonBox(title.at, blocks[i].at); box != nil && !holds(box, blocks[prev].at) && next < len(blocks) && !holds(box, blocks[next].at) {
				leads = append(leads, i)
				continue
			}
		}
		prev = i
	}
	if len(leads)*3 > all {
		return
	}
	for _, i := range leads {
		take[i] = false
	}
}

// maxBox is how many elements a teaser's title stands in at most within its box.
const maxBox = 8

// commonBox is the innermost element that holds both, or nil where that is far out.
func commonBox(a, b *html.Node) *html.Node {
	for range maxBox {
		if a == nil || holds(a, b) {
			return a
		}
		a = a.Parent
	}
	return nil
}

// holds reports whether n is box or stands in it.
func holds(box, n *html.Node) bool {
	for ; n != nil; n = n.Parent {
		if n == box {
			return true
		}
	}
	return false
}
