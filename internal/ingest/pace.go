package ingest

import (
	"context"
	"sync/atomic"
	"time"
)

// Pace gives readers the machine: what works behind the scenes rests behind each piece of
// work, as long as that took, and much longer while somebody reads. Nobody is kept from
// a page by what could as well be done a minute later. A nil Pace never rests.
type Pace struct {
	asked atomic.Int64 // when somebody last asked for a page, in nanoseconds since 1970
}

const (
	// readFor is how long somebody who asked for a page counts as reading.
	readFor = 3 * time.Second
	// restOfReaders is how many times as long as it worked a loop rests meanwhile: each
	// has a tenth of one processor then.
	restOfReaders = 9
	// leastRested is the work behind which it is not worth the while.
	leastRested = 2 * time.Millisecond
)

// Asked notes that somebody asks for a page.
func (p *Pace) Asked() { p.asked.Store(time.Now().UnixNano()) }

// Read reports whether somebody reads.
func (p *Pace) Read() bool { return time.Since(time.Unix(0, p.asked.Load())) < readFor }

// Rest rests behind the work that was begun at from, or until ctx ends, and returns ctx's
// error.
func (p *Pace) Rest(ctx context.Context, from time.Time) error {
	d := p.rest(from)
	if d < leastRested {
		return ctx.Err()
	}
	return sleep(ctx, d, nil)
}

// rest is how long Rest would take.
func (p *Pace) rest(from time.Time) time.Duration {
	switch worked := time.Since(from); {
	case p == nil:
		return 0
	case p.Read():
		return restOfReaders * worked
	default:
		return worked
	}
}
