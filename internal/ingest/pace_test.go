package ingest

import (
	"testing"
	"time"
)

func TestPace(t *testing.T) {
	var p Pace
	from := time.Now().Add(-100 * time.Millisecond)
	if d := p.rest(from); d < 100*time.Millisecond || d > 400*time.Millisecond {
		t.Errorf("with nobody reading, it rests %v behind 100ms of work, want as much", d)
	}
	p.Asked()
	if d := p.rest(from); d < 900*time.Millisecond || d > 4*time.Second {
		t.Errorf("with somebody reading, it rests %v behind 100ms of work, want nine times as much", d)
	}
	if d := (*Pace)(nil).rest(from); d != 0 {
		t.Errorf("no pace rests %v", d)
	}
}
