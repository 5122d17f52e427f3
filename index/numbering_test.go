package index

import (
	"strconv"
	"testing"
)

func TestNumbering(t *testing.T) {
	x, all := newNumbering(0), []string(nil)
	const n = 10_000 // so that the table grows several times
	for i := range n {
		w := strconv.Itoa(i * 7)
		if at, ok := x.find(w, all); ok {
			t.Fatalf("%s stands at %d before it was added", w, at)
		}
		x.add(w, uint32(len(all)))
		all = append(all, w)
	}
	for i, w := range all {
		if at, ok := x.find(w, all); !ok || int(at) != i {
			t.Errorf("%s stands at %d, %t; want %d", w, at, ok, i)
		}
	}
	for _, w := range []string{"", "1", "harbour", strconv.Itoa(n * 7)} {
		if at, ok := x.find(w, all); ok {
			t.Errorf("%q stands at %d", w, at)
		}
	}
}
