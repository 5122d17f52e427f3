package index

import (
	"cmp"
	"context"
	"fmt"
	"math"
	"slices"
	"sync"

	"backfile/internal/news"
	language "backfile/internal/search"
)

// search is one search under way.
type search struct {
	ctx      context.Context
	view     *view
	merged   *language.Merged
	base     bitset            // the documents that stand for articles: of the versions asked for
	until    int64             // what was captured in this second or later is not known
	edits    map[uint32]uint32 // by document of base, that of the latest version with an edit asked for
	families []printed         // of a search of the past: see printed
	ticks    int
	quiet    int  // above 0 inside what adds nothing to a score
	ranked   bool // scores are asked for
	skip     int  // how many hits the pages in front have
	leaves   []leaf
	scores   []float32 // by document; nil where they were not worked out one by one
	scored   bitset    // the documents that have one
	raised   bitset    // those that score as the best of their family; nil for none
	spare    bitset    // see room
	article  func(context.Context, news.ArticleID, int) (*news.Article, error)
	sets     []bitset // to be given back
	lists    []*[]uint32
	known    []known
	begun    []string // the words of a phrase whose candidates
	rows     []uint32 // these are
}

// sets are given from one search to the next.
var sets sync.Pool

// empty is a set without members, good until the search is done.
func (s *search) empty() bitset {
	out, used := s.set()
	if used {
		clear(out)
	}
	return out
}

// set is one that may have any members where it was used before.
func (s *search) set() (out bitset, used bool) {
	n := s.view.docs / wordBits
	if p, _ := sets.Get().(*bitset); p != nil && cap(*p) >= n {
		out, used = (*p)[:n], true
	} else {
		out = make(bitset, n, n+n/8)
	}
	s.sets = append(s.sets, out)
	return out, used
}

// room is as long as a segment's part of a set, and holds anything.
func (s *search) room(seg *viewSegment) bitset {
	if s.spare == nil {
		s.spare = s.empty()
	}
	return s.spare[:seg.words()]
}

// copyOf is a set of the same members, good until the search is done.
func (s *search) copyOf(b bitset) bitset {
	out, _ := s.set()
	copy(out, b)
	return out
}

// done gives back what is for the next search.
func (s *search) done() {
	s.unscore()
	for _, b := range s.sets {
		sets.Put(&b)
	}
	for _, l := range s.lists {
		docsRoom.Put(l)
	}
	s.sets, s.lists = nil, nil
}

// tick ends a search whose time is up. Loops over documents call it at every step, check
// over what there is less of.
func (s *search) tick() error {
	if s.ticks++; s.ticks&0x3ff == 0 {
		return s.ctx.Err()
	}
	return nil
}

func (s *search) check() error { return s.ctx.Err() }

func (s *search) scoring() bool { return s.ranked && s.quiet == 0 }

// match returns the members of within that n matches, and notes what they score by. What it
// returns may be within itself.
func (s *search) match(n language.Node, within bitset) (bitset, error) {
	if err := s.check(); err != nil {
		return nil, err
	}
	switch n := n.(type) {
	case nil:
		return within, nil
	case language.And:
		return s.and(n, within)
	case language.Or:
		out := s.empty()
		for _, p := range n.Parts {
			b, err := s.match(p, within)
			if err != nil {
				return nil, err
			}
			out.or(b)
		}
		return out, nil
	case language.Not:
		s.quiet++
		b, err := s.match(n.Part, within)
		s.quiet--
		if err != nil {
			return nil, err
		}
		out := s.copyOf(within)
		out.andNot(b)
		return out, nil
	case language.Word:
		return s.words(n.Text, anyClass, anyText, within)
	case language.Phrase:
		return s.phrase(language.Terms(n.Text), anyText, within)
	case language.Field:
		return s.field(n, within)
	case language.DateRange:
		return s.dates(n, within)
	case language.Verbatim:
		return s.verbatim(n, anyText, within)
	case language.Near:
		return s.near(n, anyText, within)
	case language.In:
		return s.in(n, within)
	case language.OnDay:
		return s.onDay(n, within)
	case language.Entities:
		if n.Said {
			return s.keys(tagSaid, strs(n.IDs), within)
		}
		return s.entities(n, within)
	case language.CameFrom:
		return s.keys(tagOrigin, []string{n.Origin}, within)
	case language.Articles:
		return s.keys(tagArticle, strs(n.IDs), within)
	}
	if e, ok := expansionOf(n); ok {
		return s.expanded(e, within)
	}
	return nil, fmt.Errorf("search for a %T: %w", n, news.ErrInvalid)
}

func strs[T ~string](all []T) []string {
	out := make([]string, len(all))
	for i, s := range all {
		out[i] = string(s)
	}
	return out
}

// and takes the parts that are cheap and leave least first.
func (s *search) and(n language.And, within bitset) (bitset, error) {
	for _, p := range s.inOrder(n) {
		var err error
		if within, err = s.match(p, within); err != nil {
			return nil, err
		}
	}
	return within, nil
}

// inOrder are the parts in the order in which they are taken.
func (s *search) inOrder(n language.And) []language.Node {
	type costed struct {
		part language.Node
		cost int64
	}
	parts := make([]costed, len(n.Parts))
	for i, p := range n.Parts {
		parts[i] = costed{p, rank(p)}
		if w, ok := p.(language.Word); ok && len(n.Parts) > 2 {
			parts[i].cost += s.frequencyOf(w.Text)
		}
	}
	slices.SortStableFunc(parts, func(a, b costed) int { return cmp.Compare(a.cost, b.cost) })
	out := make([]language.Node, len(parts))
	for i, p := range parts {
		out[i] = p.part
	}
	return out
}

// costOfPhrase is more than any word costs.
const costOfPhrase = math.MaxInt32

// rank orders kinds of parts: filters, words (by how frequent they are),
// phrases, alternatives, and what must not be.
func rank(n language.Node) int64 {
	const step = math.MaxInt32
	switch n := n.(type) {
	case language.Entities, language.Articles:
		return 0
	case language.DateRange, language.OnDay:
		return 1
	case language.Field:
		switch n.Name {
		case language.FieldHeadline, language.FieldBody, language.FieldByline, language.FieldDateline, language.FieldURL,
			language.FieldRemoved, language.FieldAdded:
			return 3 * step
		}
		return 1
	case language.Word:
		return step
	case language.Phrase, language.Verbatim, language.Near, language.In:
		return 3 * step
	case language.Not:
		return 5 * step
	}
	return 4 * step
}
