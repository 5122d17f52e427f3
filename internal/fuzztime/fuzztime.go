// Package fuzztime is the clock of the fuzz targets: an input that takes a reader too
// long is as much a fault as one that makes it fail.
package fuzztime

import (
	"testing"
	"time"
)

// Most is how long one input may take, on a machine that does other things too.
const Most = 2 * time.Second

// Check fails t where more than Most has passed since start. Targets defer it:
//
//	defer fuzztime.Check(t, time.Now())
func Check(t testing.TB, start time.Time) {
	t.Helper()
	if took := time.Since(start); took > Most {
		t.Errorf("took %v, more than %v", took, Most)
	}
}
