package packed

import (
	"strconv"
	"testing"
)

func TestPlaces(t *testing.T) {
	x := NewPlaces(0)
	var all Strings
	find := func(w string) (uint32, bool) {
		return x.Find(w, func(at uint32) bool { return string(all.At(at)) == w })
	}
	const n = 10_000 // so that the table grows several times
	for i := range n {
		w := strconv.Itoa(i * 7)
		if at, ok := find(w); ok {
			t.Fatalf("%s stands at %d before it was added", w, at)
		}
		x.Add(w, uint32(len(all.Ends)))
		all.Add([]byte(w))
	}
	for i := range uint32(n) {
		w := string(all.At(i))
		if at, ok := find(w); !ok || at != i {
			t.Errorf("%s stands at %d, %t; want %d", w, at, ok, i)
		}
	}
	for _, w := range []string{"", "1", "harbour", strconv.Itoa(n * 7)} {
		if at, ok := find(w); ok {
			t.Errorf("%q stands at %d", w, at)
		}
	}
	before := x.n
	for place := n + 1; place < n+1000; place++ {
		x.Put("14", uint32(place), func(at uint32) bool { return at == 2 || at > n })
	}
	if at, ok := x.Find("14", func(uint32) bool { return true }); !ok || at != n+999 || x.n != before {
		t.Errorf("put again and again, 14 stands at %d, %t, among %d; want %d among %d", at, ok, x.n, n+999, before)
	}
	// One that stands at two places is found at the one that is right.
	x.Add("7", n)
	if at, ok := x.Find("7", func(at uint32) bool { return at == n }); !ok || at != n {
		t.Errorf("7 stands at %d, %t; want %d too", at, ok, n)
	}
}
