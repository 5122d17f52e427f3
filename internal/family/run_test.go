package family

import (
	"math/rand/v2"
	"slices"
	"testing"
)

// The postings answer like a plain map, whatever is fresh, sorted or merged.
func TestPostings(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 2))
	const number = 3
	for _, spread := range []uint32{50, 5000, 1 << 28} {
		var s shard
		want := map[uint32][]uint32{}
		dead := map[uint32]bool{}
		keep := func(d uint32) bool { return !dead[d] }
		for d := range uint32(30_000) {
			p := number<<(32-shardBits) | r.Uint32N(spread)
			s.add(posting{p, d})
			want[p] = append(want[p], d)
			if r.IntN(10) == 0 {
				dead[d] = true
			}
			s.settle(number, keep)
		}
		check := func(when string) {
			t.Helper()
			for p, ds := range want {
				var got []uint32
				s.each(p, func(d uint32) bool {
					if keep(d) {
						got = append(got, d)
					}
					return true
				})
				slices.Sort(got)
				ds = slices.DeleteFunc(slices.Clone(ds), func(d uint32) bool { return dead[d] })
				if !slices.Equal(got, ds) {
					t.Fatalf("%s: spread %d: print %x is of %v, want %v", when, spread, p, got, ds)
				}
			}
		}
		check("in runs")
		if n := len(s.runs); n > 6 {
			t.Errorf("%d runs of 30,000 postings", n)
		}
		s.gather(number, keep)
		check("gathered")
		if len(s.runs) != 1 || len(s.fresh) > 0 {
			t.Errorf("gathered to %d runs", len(s.runs))
		}
	}
}
