package index

import (
	"cmp"
	"context"
	"fmt"
	"math"
	"slices"

	"backfile/internal/news"
	language "backfile/internal/search"
)

// search is one search under way.
type search struct {
	ctx      context.Context
	view     *view
	merged   *language.Merged
	scores   []float32         // by document; nil where nothing is to be scored
	tf       []float32         // weights of one word; all 0 between words
	base     bitset            // the documents that stand for articles: of the versions asked for
	until    int64             // what was captured in this second or later is not known
	edits    map[uint32]uint32 // by document of base, that of the latest version with an edit asked for
	families []printed         // of a search of the past: see printed
	ticks    int
	quiet    int // above 0 inside what adds nothing to a score
}

// tick ends a search whose time is up. Loops call it at every step.
func (s *search) tick() error {
	if s.ticks++; s.ticks&0x3fff == 0 {
		return s.ctx.Err()
	}
	return nil
}

func (s *search) scoring() bool { return s.scores != nil && s.quiet == 0 }

// match returns the members of within that n matches, and adds to their scores.
func (s *search) match(n language.Node, within bitset) (bitset, error) {
	if err := s.ctx.Err(); err != nil {
		return nil, err
	}
	switch n := n.(type) {
	case nil:
		return within, nil
	case language.And:
		return s.and(n, within)
	case language.Or:
		out := newBitset(s.view.docs)
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
		out := within.clone()
		out.andNot(b)
		return out, nil
	case language.Word:
		return s.words(n.Text, anyText, within)
	case language.Phrase:
		return s.phrase(language.Terms(n.Text), anyText, within)
	case language.Field:
		return s.field(n, within)
	case language.DateRange:
		return s.dates(n, within)
	case language.OnDay:
		return s.onDay(n, within)
	case language.Prefix:
		return s.dictionary(n.Match, anyText, within)
	case language.Pattern:
		return s.dictionary(n.Match, anyText, within)
	case language.Fuzzy:
		return s.dictionary(n.Match, anyText, within)
	case language.Entities:
		if n.Said {
			break
		}
		ids := make([]string, len(n.IDs))
		for i, id := range n.IDs {
			ids[i] = string(id)
		}
		return s.keys(tagOf(n.Kind), ids, within)
	case language.CameFrom:
		return s.keys(tagOrigin, []string{n.Origin}, within)
	case language.Articles:
		ids := make([]string, len(n.IDs))
		for i, id := range n.IDs {
			ids[i] = string(id)
		}
		return s.keys(tagArticle, ids, within)
	}
	return nil, fmt.Errorf("search for a %T: %w", n, news.ErrInvalid)
}

// and takes the parts that are cheap and leave least first.
func (s *search) and(n language.And, within bitset) (bitset, error) {
	type costed struct {
		part language.Node
		cost int64
	}
	parts := make([]costed, len(n.Parts))
	for i, p := range n.Parts {
		parts[i] = costed{p, rank(p)}
		if w, ok := p.(language.Word); ok {
			n, err := s.frequency(w.Text)
			if err != nil {
				return nil, err
			}
			parts[i].cost += n
		}
	}
	slices.SortStableFunc(parts, func(a, b costed) int { return cmp.Compare(a.cost, b.cost) })
	for _, p := range parts {
		var err error
		if within, err = s.match(p.part, within); err != nil {
			return nil, err
		}
	}
	return within, nil
}

// rank orders kinds of parts: filters, words (by how frequent they are),
// phrases, alternatives, and what must not be.
func rank(n language.Node) int64 {
	const step = math.MaxInt32
	switch n := n.(type) {
	case language.Entities, language.Articles:
		return 0
	case language.DateRange:
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
	case language.Phrase:
		return 3 * step
	case language.Not:
		return 5 * step
	}
	return 4 * step
}
