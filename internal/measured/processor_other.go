//go:build !unix

package measured

import "time"

var began = time.Now()

// ProcessorTime is the time on the clock, where no better is to be had.
func ProcessorTime() time.Duration { return time.Since(began) }
