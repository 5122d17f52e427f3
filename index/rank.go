package index

import (
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

// standing is a place in an order of results: what two hits are compared by. A result's Next
// is one, encoded.
type standing struct {
	sort      language.Sort
	score     float32
	dated     bool
	published int64
	id        news.ArticleID
	doc       uint32
}

// compare puts what comes first in the results first. Equal scores are ordered
// newest first, undated articles come last, and the id breaks every tie.
func (a *standing) compare(b *standing) int {
	if a.sort == language.Relevance {
		if c := cmp.Compare(b.score, a.score); c != 0 {
			return c
		}
	}
	if a.dated != b.dated {
		if a.dated {
			return -1
		}
		return 1
	}
	c := cmp.Compare(b.published, a.published)
	if a.sort == language.Oldest {
		c = -c
	}
	if c != 0 {
		return c
	}
	return cmp.Compare(a.id, b.id)
}

// standing is the place of a document.
func (s *search) standing(order language.Sort, seg *viewSegment, d uint32) standing {
	n := &seg.numbers[d-seg.base]
	out := standing{sort: order, dated: n.dated, published: n.published, id: seg.ids[d-seg.base], doc: d}
	if order == language.Relevance && s.scores != nil {
		out.score = s.scores[d]
	}
	return out
}

// top finds the k first of the n hits in order, behind after where that is given;
// rest is the number of hits behind them.
func (s *search) top(hits bitset, n int, order language.Sort, after *standing, k int) (out []standing, rest int, err error) {
	scored := order == language.Relevance && len(s.leaves) > 0
	if l := s.word(); scored && l != nil && after == nil && n > wordAlone {
		out, err = s.byWord(hits, n, l, k)
		return out, n - len(out), err
	}
	if after == nil && !scored {
		out, err = s.byDate(hits, n, order, k)
		return out, n - len(out), err
	}
	if scored {
		s.score(hits, n)
	}
	return s.choose(hits, order, after, k)
}

// wordAlone is the number of hits up to which scoring each is quicker than going by
// levels. Tests change it.
var wordAlone = 1024

// word is the word that alone decides what hits score; nil where more does, or nothing.
func (s *search) word() *leaf {
	if len(s.leaves) == 1 && s.leaves[0].postings != nil {
		return &s.leaves[0]
	}
	return nil
}

// byWord finds the k first of the hits where one word alone decides: those that score as
// others of their family do are put in between.
func (s *search) byWord(hits bitset, n int, l *leaf, k int) (out []standing, err error) {
	if s.raised == nil {
		return s.byLevel(hits, n, l, k)
	}
	raised := s.copyOf(s.raised)
	raised.and(hits)
	others := s.copyOf(hits)
	others.andNot(raised)
	if out, err = s.byLevel(others, n-raised.count(), l, k); err != nil {
		return nil, err
	}
	more, _, err := s.choose(raised, language.Relevance, nil, k)
	if err != nil {
		return nil, err
	}
	out = append(out, more...)
	slices.SortFunc(out, func(a, b standing) int { return a.compare(&b) })
	return out[:min(k, len(out))], nil
}

// choose finds the k first of the hits by looking at each.
func (s *search) choose(hits bitset, order language.Sort, after *standing, k int) (out []standing, rest int, err error) {
	b := best{k: k}
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
				if scored && b.last != nil && after == nil && s.scores[d] < b.last.score {
					n++
					continue
				}
				x := s.standing(order, seg, d)
				if after != nil && x.compare(after) <= 0 {
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
	k    int
	all  []standing
	last *standing // the last of the k first, once there are as many
}

func (b *best) add(x standing) {
	if b.last != nil && x.compare(b.last) >= 0 {
		return
	}
	b.all = append(b.all, x)
	if len(b.all) >= 2*b.k+16 {
		b.cut()
	}
}

// cut leaves the k first, in order.
func (b *best) cut() {
	slices.SortFunc(b.all, func(x, y standing) int { return x.compare(&y) })
	if len(b.all) >= b.k && b.k > 0 {
		b.all = b.all[:b.k]
		last := b.all[b.k-1]
		b.last = &last
	} else if b.k == 0 {
		b.all = nil
	}
}

// cursorBytes is the length of a cursor without the id: order, whether dated,
// score, published.
const cursorBytes = 1 + 1 + 4 + 8

func (a *standing) encode() string {
	b := make([]byte, cursorBytes, cursorBytes+len(a.id))
	b[0] = a.sort[0]
	b[1] = byte(flag(a.dated))
	binary.BigEndian.PutUint32(b[2:], math.Float32bits(a.score))
	binary.BigEndian.PutUint64(b[6:], uint64(a.published))
	return base64.RawURLEncoding.EncodeToString(append(b, a.id...))
}

// decodeStanding reads a cursor of the given order. Its error wraps
// news.ErrInvalid.
func decodeStanding(s string, order language.Sort) (*standing, error) {
	b, err := base64.RawURLEncoding.DecodeString(s)
	if err != nil || len(b) <= cursorBytes || b[0] != order[0] || b[1] > 1 {
		return nil, fmt.Errorf("after %q of order %s: %w", s, order, news.ErrInvalid)
	}
	return &standing{sort: order, dated: b[1] == 1, score: math.Float32frombits(binary.BigEndian.Uint32(b[2:])),
		published: int64(binary.BigEndian.Uint64(b[6:])), id: news.ArticleID(b[cursorBytes:])}, nil
}
