package story

import (
	"encoding/binary"
	"fmt"
	"math"
)

// Rarity tells how rare a term is in an archive: what makes it worth something when two
// articles share it. It is counted over all articles at one time and stands until it is
// counted again, so that stories do not shift with each article that comes.
//
// It is a table of counts by hash: two terms that share a place there count as one.
type Rarity struct {
	// Articles is how many were counted.
	Articles int
	level    []uint8
	counts   []uint32 // while it is counted
}

const (
	raritySlots = 1 << 20
	// levelsPerDoubling is how finely counts are kept.
	levelsPerDoubling = 8
	// priorArticles is how many articles the priors below are worth: of a small archive
	// little can be learnt about what is rare.
	priorArticles = 3000
)

// prior is the share of articles that have a term of that kind, as far as nothing is
// counted.
func prior(k kind) float64 {
	switch k {
	case kindWord:
		return .012
	case kindCapital:
		return .006
	case kindPerson:
		return .004
	case kindOrganisation:
		return .006
	case kindPlace:
		return .01
	case kindPair:
		return .002
	case kindName:
		return .001
	case kindNumber:
		return .02
	case kindCountry:
		return .04
	case kindArea:
		return .005
	case kindSubject:
		return .1
	}
	return .02
}

// Count takes an article into a Rarity that is being made. The zero Rarity is one.
func (r *Rarity) Count(t Trace) {
	if r.counts == nil {
		r.counts = make([]uint32, raritySlots)
	}
	r.Articles++
	for _, x := range t.subjects(t.Terms[:len(t.Terms):len(t.Terms)]) {
		r.counts[slotOf(x.same())]++
	}
}

// Done ends the counting. A Rarity that nothing was counted for is one too.
func (r *Rarity) Done() {
	if r.level == nil {
		r.level = make([]uint8, raritySlots)
	}
	for i, n := range r.counts {
		r.level[i] = levelOf(n)
	}
	r.counts = nil
}

// slotOf is a term's place in the table: half of it is for words, a quarter for pairs, of
// which there are so many that each shares its place with others.
func slotOf(h uint32) uint32 {
	k := kind(h & kindMask)
	x := (h>>kindBits)*0x9e3779b1 ^ uint32(k)*0x85ebca6b
	switch k {
	case kindWord:
		return x >> 13
	case kindPair:
		return raritySlots/2 + x>>14
	}
	return raritySlots*3/4 + x>>14
}

func levelOf(n uint32) uint8 {
	return uint8(min(math.Round(levelsPerDoubling*math.Log2(1+float64(n))), 255))
}

// of is the worth of sharing a term: the higher the rarer, 0 for what half of the
// archive has.
//
// of takes what is known of the term's kind where nothing is counted.
func (r *Rarity) of(x Term) float64 { return r.worth(x, prior(x.kind())) }

// worth is that of a term which a share p of articles has as far as nothing is counted.
func (r *Rarity) worth(x Term, p float64) float64 {
	n := math.Exp2(float64(r.level[slotOf(x.same())])/levelsPerDoubling) - 1
	return max(0, math.Log((float64(r.Articles)+priorArticles)/(n+p*priorArticles+.5))-.7)
}

// RarityVersion is the first byte of a Rarity's binary form.
const RarityVersion = 3

// MarshalBinary is the version, the number of articles as a uvarint, and one byte for
// each place of the table; most are 0.
func (r *Rarity) MarshalBinary() ([]byte, error) {
	b := binary.AppendUvarint([]byte{RarityVersion}, uint64(r.Articles))
	return append(b, r.level...), nil
}

// UnmarshalBinary reads what MarshalBinary wrote.
func (r *Rarity) UnmarshalBinary(b []byte) error {
	if len(b) == 0 || b[0] != RarityVersion {
		return fmt.Errorf("story: no rarity of version %d", RarityVersion)
	}
	n, k := binary.Uvarint(b[1:])
	if k <= 0 || n > math.MaxInt32 || len(b)-1-k != raritySlots {
		return fmt.Errorf("story: a rarity of another size")
	}
	r.Articles, r.level, r.counts = int(n), append([]uint8(nil), b[1+k:]...), nil
	return nil
}
