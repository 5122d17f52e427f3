package index

import (
	"path/filepath"
	"testing"
)

func TestPlanOf(t *testing.T) {
	for _, tc := range []struct {
		segments []int
		ok       bool
		limit    int64 // 0 for all
	}{
		{nil, false, 0}, {[]int{1000}, false, 0}, {[]int{1000, 900}, true, 0}, {[]int{100, 8000, 100}, false, 0},
		{[]int{10, 8000, 100, 5}, true, 232}, {[]int{8000, 500, 500, 500}, true, 0},
	} {
		o, ok := planOf(tc.segments)
		if ok != tc.ok || ok && tc.limit > 0 && o.MaxSegmentSize != tc.limit {
			t.Errorf("planOf(%v) = %d, %t, want %d, %t", tc.segments, o.MaxSegmentSize, ok, tc.limit, tc.ok)
		}
	}
}

// TestCompact joins segments with deletions in them: the same is found before, behind and after
// another start.
func TestCompact(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "index")
	x := mustOpen(t, dir, "store")
	feed(t, x, 0, 600)
	feed(t, x, 200, 300)
	before := total(t, x, "council")
	if err := x.Compact(t.Context()); err != nil {
		t.Fatal(err)
	}
	v, err := x.now.acquire()
	if err != nil {
		t.Fatal(err)
	}
	n := len(v.segments)
	v.release()
	if after := total(t, x, "council"); n != 1 || after != before || before == 0 {
		t.Errorf("%d segments find %d, want 1 and %d", n, after, before)
	}
	if err := x.Close(); err != nil {
		t.Fatal(err)
	}
	if x = mustOpen(t, dir, "store"); x.Fresh() || total(t, x, "council") != before || total(t, x, "*") != 600 {
		t.Errorf("opened again: fresh %t, %d of %d found", x.Fresh(), total(t, x, "council"), before)
	}
}
