package index

import (
	"bytes"
	"cmp"
	"encoding/base64"
	"encoding/binary"
	"fmt"
	"math"
	"math/bits"
	"slices"

	"backfile/internal/news"
	language "backfile/internal/search"
)

// place is a hit's place in an order of results: what comes first has the higher score, and of
// equal ones the lower when; the id of the article decides the rest.
type place struct {
	score float32
	doc   uint32
	when  int64
}

// undatedWhen is behind all that is dated, in either order.
const undatedWhen = math.MaxInt64

// when is what a document is ordered by within one score: newest first, but in the order of the oldest.
func (n *record) when(order language.Sort) int64 {
	switch {
	case !n.dated:
		return undatedWhen
	case order == language.Oldest:
		return n.published
	}
	return -n.published
}

// place is the place of a document.
func (s *search) place(order language.Sort, seg *viewSegment, d uint32) place {
	if order == language.Oldest {
		return place{doc: d, when: seg.numbers[d-seg.base].when(order)}
	}
	out := place{doc: d, when: seg.whens[d-seg.base]}
	if order == language.Relevance && s.scores != nil {
		out.score = s.scores[d]
	}
	return out
}

// compare puts what comes first in the results first.
func (v *view) compare(a, b *place) int {
	switch {
	case a.score != b.score:
		return cmp.Compare(b.score, a.score)
	case a.when != b.when:
		return cmp.Compare(a.when, b.when)
	}
	return bytes.Compare(v.id(a.doc), v.id(b.doc))
}

// id is the article of document d, which is not to be changed.
func (v *view) id(d uint32) []byte {
	seg := v.segmentOf(d)
	return seg.ids.At(d - seg.base)
}

// top finds those of the k first of the n hits in order, behind after where that is given, that
// are not skipped; rest is the number of hits behind them.
func (s *search) top(hits bitset, n int, order language.Sort, after *standing, k int) (out []place, rest int, err error) {
	scored := order == language.Relevance && len(s.leaves) > 0
	if scored && s.leveled() && after == nil {
		out, err = s.byLeaves(hits, n, k)
		return s.page(out), n - len(out), err
	}
	if alike := s.alike(hits); after == nil && (!scored || alike > 0) {
		out, err = s.byDate(hits, n, order, k)
		for i := range out {
			out[i].score = alike
		}
		return out[min(s.skip, len(out)):], n - len(out), err
	}
	if scored {
		s.score(hits, n)
	}
	out, rest, err = s.choose(hits, order, after, k)
	return s.page(out), rest, err
}

// page puts those of the k first in order that are not skipped.
func (s *search) page(all []place) []place {
	if s.skip >= len(all) {
		return nil
	}
	s.view.split(all, s.skip)
	all = all[s.skip:]
	slices.SortFunc(all, func(a, b place) int { return s.view.compare(&a, &b) })
	return all
}

// alike is what all hits score; 0 where they do not all score the same.
func (s *search) alike(hits bitset) float32 {
	if len(s.leaves) != 1 || s.leaves[0].flat == nil || s.raised != nil {
		return 0
	}
	l := &s.leaves[0]
	for i, w := range hits {
		if w&^l.flat[i] != 0 {
			return 0
		}
	}
	return l.rarity
}

// wordAlone is the number of hits up to which looking each up is quicker than going by
// levels. Tests change it.
var wordAlone = 256

// leveled reports whether words alone decide what hits score: one, or several of which the best counts, or several
// that are added up.
func (s *search) leveled() bool {
	for i := range s.leaves {
		if l := &s.leaves[i]; l.postings == nil || l.overlap && len(s.leaves) > 1 {
			return false
		}
	}
	return len(s.leaves) > 0
}

// byLeaves finds the k first of the hits, in no order, where words alone decide: those that score as
// others of their family do are put in between.
func (s *search) byLeaves(hits bitset, n, k int) (out []place, err error) {
	by := func(hits bitset, n int) ([]place, error) {
		if n <= wordAlone {
			return s.byDocument(hits, k), nil
		}
		if len(s.leaves) == 1 {
			return s.byLevel(hits, n, &s.leaves[0], k)
		}
		return s.byLevels(hits, n, k)
	}
	if s.raised == nil {
		return by(hits, n)
	}
	raised := s.copyOf(s.raised)
	raised.and(hits)
	others := s.copyOf(hits)
	others.andNot(raised)
	if out, err = by(others, n-raised.count()); err != nil {
		return nil, err
	}
	more, _, err := s.choose(raised, language.Relevance, nil, k)
	if err != nil {
		return nil, err
	}
	b := best{view: s.view, k: k, all: append(out, more...)}
	b.cut()
	return b.all, nil
}

// choose finds the k first of the hits by looking at each, in no order.
func (s *search) choose(hits bitset, order language.Sort, after *standing, k int) (out []place, rest int, err error) {
	b := best{view: s.view, k: k}
	scored := order == language.Relevance && s.scores != nil
	n := 0
	for i := range s.view.segments {
		seg := &s.view.segments[i]
		for j, w := range seg.of(hits) {
			if w != 0 {
				if err := s.tick(); err != nil {
					return nil, 0, err
				}
			}
			for ; w != 0; w &= w - 1 {
				d := seg.base + uint32(j*wordBits+bits.TrailingZeros64(w))
				if scored && b.full && after == nil && s.scores[d] < b.last.score {
					n++
					continue
				}
				x := s.place(order, seg, d)
				if after != nil && !after.before(s.view, &x) {
					continue
				}
				n++
				b.add(x)
			}
		}
	}
	b.cut()
	return b.all, n - len(b.all), nil
}

// best keeps the k first of what is added: twice as many are gathered, and then cut.
type best struct {
	view *view
	k    int
	all  []place
	full bool  // there are k
	last place // the last of the k first
}

func (b *best) add(x place) {
	if b.full && (x.score < b.last.score || b.view.compare(&x, &b.last) >= 0) {
		return
	}
	b.all = append(b.all, x)
	if len(b.all) >= 2*b.k+16 {
		b.cut()
	}
}

// cut leaves the k first, in no order.
func (b *best) cut() {
	if len(b.all) < b.k || b.k == 0 {
		b.all = b.all[:min(b.k, len(b.all))]
		return
	}
	b.view.split(b.all, b.k)
	b.all = b.all[:b.k]
	b.full, b.last = true, b.all[0]
	for i := range b.all {
		if b.view.compare(&b.last, &b.all[i]) < 0 {
			b.last = b.all[i]
		}
	}
}

// split puts the k first in front, in no order, and the others behind them (Hoare's "Find",
// CACM 1961).
func (v *view) split(all []place, k int) {
	for lo, hi := 0, len(all)-1; lo < hi && k > lo && k <= hi; {
		pivot := all[(lo+hi)/2]
		i, j := lo, hi
		for i <= j {
			for v.compare(&all[i], &pivot) < 0 {
				i++
			}
			for v.compare(&pivot, &all[j]) < 0 {
				j--
			}
			if i <= j {
				all[i], all[j] = all[j], all[i]
				i++
				j--
			}
		}
		switch {
		case k <= j:
			hi = j
		case k > i:
			lo = i
		default:
			return
		}
	}
}

// standing is a place that holds for another state of the index too. A result's Next is one,
// encoded.
type standing struct {
	place
	sort language.Sort
	id   news.ArticleID
}

// before reports whether x comes behind a.
func (a *standing) before(v *view, x *place) bool {
	switch {
	case x.score != a.score:
		return x.score < a.score
	case x.when != a.when:
		return x.when > a.when
	}
	return string(v.id(x.doc)) > string(a.id)
}

// standing is what a place is in any state of the index.
func (s *search) standing(order language.Sort, at place) standing {
	return standing{at, order, news.ArticleID(s.view.id(at.doc))}
}

// cursorBytes is the length of a cursor without the id: order, score, and what it is ordered
// by within one score.
const cursorBytes = 1 + 4 + 8

func (a *standing) encode() string {
	b := make([]byte, cursorBytes, cursorBytes+len(a.id))
	b[0] = a.sort[0]
	binary.BigEndian.PutUint32(b[1:], math.Float32bits(a.score))
	binary.BigEndian.PutUint64(b[5:], uint64(a.when))
	return base64.RawURLEncoding.EncodeToString(append(b, a.id...))
}

// decodeStanding reads a cursor of the given order. Its error wraps
// news.ErrInvalid.
func decodeStanding(s string, order language.Sort) (*standing, error) {
	b, err := base64.RawURLEncoding.DecodeString(s)
	if err != nil || len(b) <= cursorBytes || b[0] != order[0] {
		return nil, fmt.Errorf("after %q of order %s: %w", s, order, news.ErrInvalid)
	}
	at := place{score: math.Float32frombits(binary.BigEndian.Uint32(b[1:])), when: int64(binary.BigEndian.Uint64(b[5:]))}
	return &standing{at, order, news.ArticleID(b[cursorBytes:])}, nil
}
