//go:build unix

package measured

import (
	"syscall"
	"time"
)

// ProcessorTime is what this process has used of all cores, its collector's
// share with it.
func ProcessorTime() time.Duration {
	var u syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &u); err != nil {
		return 0
	}
	return time.Duration(u.Utime.Nano() + u.Stime.Nano())
}
