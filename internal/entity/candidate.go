package entity

import (
	"strings"

	"backfile/internal/news"
)

// candidate is a stretch of tokens that may name something.
type candidate struct {
	f           *field
	first, last int // tokens, both included
	kind        news.Kind
	form        string
	// key is the name folded.
	key string
	// sex is what the honorific tells; honorific says that there is one.
	sex       nameSigns
	honorific bool
	// title is the folded title before the name ("foreign secretary"), courtesies
	// are the words of it and the honorifics, the nearest first.
	title      string
	courtesies []string
	// couple says that several people are meant: "Mr and Mrs Mair", "the Mairs".
	couple bool
	// given says that the name begins with a given name or an initial.
	given bool
	// places are the places of that name; org the known organisation, or -1.
	places []int32
	org    int32
	// body is the full name of one that the language's own list knows.
	body string
	// sure says that the rules need no other evidence.
	sure bool
	// dropped candidates name nothing.
	dropped bool

	person *person
	entity *entity
}

func (c *candidate) start() int { return int(c.f.toks[c.first].start) }
func (c *candidate) end() int   { return int(c.f.toks[c.last].end) }
func (c *candidate) text() string {
	return c.f.text[c.start():c.end()]
}
func (c *candidate) single() bool { return c.first == c.last }

// hyphened reports whether hyphens join all its words.
func (c *candidate) hyphened() bool {
	for i := c.first + 1; i <= c.last; i++ {
		if c.f.toks[i].gap != gapHyphen {
			return false
		}
	}
	return !c.single()
}

// name is the candidate's text in one line.
func (c *candidate) name() string { return strings.Join(strings.Fields(c.text()), " ") }

// key is the folds of toks[first:last+1] parted by spaces.
func key(toks []token, first, last int) string {
	if first == last {
		return toks[first].fold
	}
	var b strings.Builder
	for i := first; i <= last; i++ {
		if i > first {
			b.WriteByte(' ')
		}
		b.WriteString(toks[i].fold)
	}
	return b.String()
}

// prev and next are the tokens beside the candidate, in its sentence, with
// nothing but space, or a comma where comma is true, between; nil else.
func (c *candidate) prev() *token {
	if c.first == 0 || c.f.toks[c.first].opens {
		return nil
	}
	switch c.f.toks[c.first].gap {
	case gapSpace, gapHyphen, gapJoint:
		return &c.f.toks[c.first-1]
	}
	return nil
}

func (c *candidate) next() *token { return c.ahead(1) }

// ahead is the token n behind the last one if only spaces part them.
func (c *candidate) ahead(n int) *token {
	for i := c.last + 1; i <= c.last+n; i++ {
		if i >= len(c.f.toks) || c.f.toks[i].opens && !c.f.toks[i].digit || c.f.toks[i].gap != gapSpace {
			return nil
		}
	}
	return &c.f.toks[c.last+n]
}
