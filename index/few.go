package index

import (
	"slices"

	language "backfile/internal/search"
)

// Sets of bits are as long as the archive, and each step of a search passes over them. Where one part of
// a query has few documents, these are looked at one by one instead.

// fewShare and fewLeast say what few documents are: one in so many, or so many. Tests change them.
var (
	fewShare = 128
	fewLeast = 64
)

// few is how many documents are few.
func (s *search) few() int { return max(s.view.docs/fewShare, fewLeast) }

// oneByOne are the documents that n matches, in order, and what they score by is noted; ok is false where these are
// many, or where n cannot be looked at document by document.
func (s *search) oneByOne(n language.Node) (docs []uint32, ok bool, err error) {
	parts := []language.Node{n}
	if and, is := n.(language.And); is {
		parts = s.inOrder(and)
	}
	limit := s.few()
	all := make([]condition, len(parts))
	begin, phrases := 0, 0
	for i, p := range parts {
		if all[i], ok = s.condition(p); !ok {
			return nil, false, nil
		}
		if all[i].kind == hasPhrase {
			phrases++
		}
		if all[i].most < all[begin].most {
			begin = i
		}
	}
	// How rare a phrase is is known from all that the parts before it leave.
	if phrases > 1 {
		return nil, false, nil
	}
	c := &all[begin]
	if c.kind == hasKey && c.most == mayBeFew {
		if c.most, err = s.frequencyOfKeys(c); err != nil {
			return nil, false, err
		}
	}
	if c.most > limit {
		// A phrase of frequent words may have few candidates: if not, they are wanted later.
		phrase := slices.IndexFunc(all, func(c condition) bool { return c.kind == hasPhrase })
		if phrase < 0 {
			return nil, false, nil
		}
		c = &all[phrase]
	}
	if docs, err = s.begin(c); err != nil {
		return nil, false, err
	}
	if len(docs) > limit {
		s.begun, s.rows = c.words, docs
		return nil, false, nil
	}
	for i := range all {
		if &all[i] != c && all[i].kind != hasPhrase && len(docs) > 0 {
			docs = s.keep(&all[i], docs)
		}
	}
	for i := range all {
		switch c := &all[i]; c.kind {
		case hasPhrase:
			if docs, err = s.inRow(c.words, anyText, docs, some); err != nil {
				return nil, false, err
			}
		case hasWord:
			if s.scoring() {
				s.leaves = append(s.leaves, leaf{rarity: float32(rarity(s.frequency(c.lists, anyClass, false, nil), s.view.found)), postings: c.lists})
			}
		case hasKey:
			if e, is := c.node.(language.Entities); is && s.scoring() {
				if err := s.about(e, 1); err != nil {
					return nil, false, err
				}
			}
		}
	}
	return docs, true, nil
}

// sums are what documents score, which are in order: the sums over the leaves.
func (s *search) sums(docs []uint32) []float32 {
	scores := make([]float32, len(docs))
	var most []float32
	for i := range s.leaves {
		l := &s.leaves[i]
		if l.docs != nil {
			j := 0
			for i, d := range docs {
				for j < len(l.docs) && l.docs[j] < d {
					j++
				}
				if j < len(l.docs) && l.docs[j] == d {
					scores[i] += l.rarity * l.weights[j]
				}
			}
			continue
		}
		to := scores
		if l.overlap {
			most = slices.Grow(most[:0], len(docs))[:len(docs)]
			clear(most)
			to = most
		}
		v := l.values()
		for j := range l.postings {
			p := &l.postings[j]
			seg := &s.view.segments[p.segment]
			from, _ := slices.BinarySearch(docs, seg.base)
			p.list.among(docsOf(docs, seg), seg.base, func(i, at int) {
				if score := v[p.list.classes[at]]; l.overlap {
					to[from+i] = max(to[from+i], score)
				} else {
					to[from+i] += score
				}
			})
		}
		if l.overlap {
			for i, score := range most {
				scores[i] += score
			}
		}
	}
	return scores
}

// answerFew answers with few documents, which are in order.
func (s *search) answerFew(q language.Request, after *standing, docs []uint32) (r language.Result, err error) {
	r.Total, r.Results = len(docs), len(docs)
	parts := make([]part, 0, len(s.view.segments))
	if len(q.Facets) > 0 {
		for i := range s.view.segments {
			seg := &s.view.segments[i]
			here := docsOf(docs, seg)
			p := part{seg: seg, n: len(here), docs: make([]uint32, len(here))}
			for i, d := range here {
				p.docs[i] = d - seg.base
			}
			parts = append(parts, p)
		}
	}
	if r.Facets, err = s.facetsOf(q.Facets, parts); err != nil {
		return r, err
	}
	var scores []float32
	if q.Sort == language.Relevance && len(s.leaves) > 0 {
		scores = s.sums(docs)
	}
	var of func(family uint32) *group
	if q.Group {
		docs, scores, of = s.groupFew(docs, scores, q.Sort)
		r.Results = len(docs)
	}
	if q.PerPage == 0 {
		return r, nil
	}
	s.skip = (q.Page - 1) * q.PerPage
	b, rest := best{view: s.view, k: s.skip + q.PerPage}, 0
	for i := range s.view.segments {
		seg := &s.view.segments[i]
		from, _ := slices.BinarySearch(docs, seg.base)
		for j, d := range docsOf(docs, seg) {
			x := s.place(q.Sort, seg, d)
			if scores != nil {
				x.score = scores[from+j]
			}
			if after == nil || after.before(s.view, &x) {
				rest++
				b.add(x)
			}
		}
	}
	b.cut()
	rest -= len(b.all)
	s.fill(&r, q.Sort, s.page(b.all), rest, of)
	return r, nil
}

// groupFew is group for few documents, which are in order.
func (s *search) groupFew(docs []uint32, scores []float32, order language.Sort) ([]uint32, []float32, func(family uint32) *group) {
	found := map[uint32]*group{}
	of := func(family uint32) *group { return found[family] }
	gone := make([]bool, len(docs))
	score := func(i int) float32 {
		if scores == nil {
			return 0
		}
		return scores[i]
	}
	at := map[uint32]int{} // of each family's best, among the documents
	for i := range s.view.segments {
		seg := &s.view.segments[i]
		from, _ := slices.BinarySearch(docs, seg.base)
		for j, d := range docsOf(docs, seg) {
			n, j := seg.single[tagFamily][d-seg.base], from+j
			if n == 0 {
				continue
			}
			g := found[n]
			if g == nil {
				g = &group{}
				found[n] = g
			}
			lead := seg.leads[d-seg.base]
			g.found, g.most = g.found+1, max(g.most, score(j))
			if g.best > 0 && !lead && (g.lead || !s.precedes(order, seg, d, score(j), g)) {
				gone[j] = true
				continue
			}
			if g.best > 0 {
				gone[at[n]] = true
			}
			of := &seg.numbers[d-seg.base]
			at[n] = j
			g.best, g.score, g.published, g.dated, g.lead = d+1, score(j), of.published, of.dated, lead
		}
	}
	if len(found) == 0 {
		return docs, scores, of
	}
	for n, i := range at {
		if scores != nil {
			scores[i] = found[n].most
		}
	}
	kept := 0
	for i := range docs {
		if gone[i] {
			continue
		}
		docs[kept] = docs[i]
		if scores != nil {
			scores[kept] = scores[i]
		}
		kept++
	}
	if scores != nil {
		scores = scores[:kept]
	}
	return docs[:kept], scores, of
}
