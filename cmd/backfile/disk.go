package main

import (
	"context"
	"fmt"
	"sync"
	"time"

	"backfile/internal/news"
)

// defaultFloor is how much of a disk is left free, or a twentieth of it where
// that is less.
const defaultFloor = 2 << 30

// floor refuses writes while the disk has too little room, so that the archive
// stops in good order before the disk does.
type floor struct {
	dir string
	min size

	mu   sync.Mutex
	at   time.Time
	last error
}

// check returns an error that wraps news.ErrFull where too little is free. It
// asks the system at most twice a second.
func (f *floor) check(_ context.Context) error {
	f.mu.Lock()
	defer f.mu.Unlock()
	if time.Since(f.at) < 500*time.Millisecond {
		return f.last
	}
	f.at, f.last = time.Now(), nil
	free, total, ok := diskSpace(f.dir)
	if !ok {
		return nil
	}
	min := uint64(max(f.min, 0))
	if f.min == unsetSize {
		min = defaultFloor
		if total/20 < min {
			min = total / 20
		}
	}
	if free < min {
		f.last = fmt.Errorf("%d MiB are free in %s, less than the %d MiB to be left: %w", free>>20, f.dir, min>>20, news.ErrFull)
	}
	return f.last
}
