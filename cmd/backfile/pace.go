package main

import (
	"context"
	"math"
	"os"
	"runtime/debug"
	"runtime/metrics"
	"sync/atomic"
	"time"

	"backfile/store"
)

// The pace of collecting garbage. An ingest makes much garbage and keeps little: at half
// the usual pace of collecting it takes a tenth less work. But what it keeps for
// a moment (a long page, a merge of the index) would then be paid for three times over, so
// the heap may only grow so far: to paceFloor, or half as much again as is in use, by
// paceMost at most: of what a large archive keeps, little has pointers to follow.
//
// Whoever reads pages makes garbage too, of a megabyte each, and waits: while the archive is served,
// the heap may grow by paceRoom at least. What is beside the heap comes out of that.
const (
	pacePercent = 200
	paceFloor   = 176 << 20
	paceRoom    = 128 << 20
	paceMost    = 320 << 20
	paceEvery   = time.Second
	// startPercent is how much the heap may grow while an archive is opened.
	startPercent = 400
)

// paced is the limit of memory that was set last, 0 for none.
var paced atomic.Int64

// opening is how many archives are being opened.
var opening atomic.Int32

// paceStart has garbage collected seldom until end is called: nearly all that opening an
// archive allocates stays, and looking for garbage in it again and again, while it grows,
// takes as long as a third of the start.
func paceStart() (end func()) {
	percent := debug.SetGCPercent(startPercent)
	opening.Add(1)
	if paced.Load() > 0 {
		paced.Store(math.MaxInt64)
		debug.SetMemoryLimit(math.MaxInt64)
	}
	return func() {
		debug.SetGCPercent(percent)
		if opening.Add(-1) == 0 && paced.Load() > 0 {
			repace("/memory/classes/heap/objects:bytes")
		}
	}
}

// repace sets the limit of memory by what is in use, as a metric has it.
func repace(metric string) {
	in := []metrics.Sample{{Name: metric}}
	metrics.Read(in)
	// In an archive that needs more than the floor, a limit that stood
	// would have it do nothing but collect.
	if limit := paceLimit(in[0].Value.Uint64(), readers.Load()); limit != paced.Swap(limit) {
		debug.SetMemoryLimit(limit)
	}
}

// readers says that the archive is served.
var readers atomic.Bool

// pace has memory kept within bounds while the program runs, unless the
// environment says how (GOGC, GOMEMLIMIT).
func pace() {
	if os.Getenv("GOGC") == "" {
		debug.SetGCPercent(pacePercent)
	}
	if os.Getenv("GOMEMLIMIT") != "" {
		return
	}
	paced.Store(paceFloor)
	debug.SetMemoryLimit(paceFloor)
	go func() {
		for range time.Tick(paceEvery) {
			if opening.Load() == 0 {
				repace("/gc/heap/live:bytes")
			}
		}
	}()
}

// paceLimit is how large all memory may grow where so many bytes are in use.
func paceLimit(live uint64, readers bool) int64 {
	room := min(live/2, paceMost)
	if readers {
		room = max(room, paceRoom)
	}
	return max(paceFloor, int64(live+room))
}

// relaxEvery is how often an archive gives up the pages of archive.db that it read, for as
// long as articles come in and relaxAfter behind that, while the index follows; and
// relaxOwnEvery how many times that is until it gives up those of the program too.
const (
	relaxEvery    = 250 * time.Millisecond
	relaxAfter    = 30 * time.Second
	relaxOwnEvery = 8
)

// relaxed says when articles came in last.
type relaxed struct{ put atomic.Int64 }

func (r *relaxed) note() { r.put.Store(time.Now().UnixNano()) }

// run gives pages up while articles come in, until ctx ends.
func (r *relaxed) run(ctx context.Context, st *store.Store) {
	tick := time.NewTicker(relaxEvery)
	defer tick.Stop()
	for n := 1; ; {
		select {
		case <-ctx.Done():
			return
		case <-tick.C:
		}
		if time.Now().UnixNano()-r.put.Load() > int64(relaxAfter) {
			continue
		}
		st.Relax()
		if n++; n%relaxOwnEvery == 0 {
			relaxOwn()
		}
	}
}
