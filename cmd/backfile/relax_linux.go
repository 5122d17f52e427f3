package main

import (
	"os"
	"strconv"
	"strings"
	"sync"
	"syscall"
)

// ownPages are where the program's own file is mapped for reading: its code, and the
// tables, models and pictures that are built into it, most of which are read once.
var ownPages = sync.OnceValue(func() (out [][2]uintptr) {
	exe, err := os.Readlink("/proc/self/exe")
	if err != nil {
		return nil
	}
	maps, err := os.ReadFile("/proc/self/maps")
	if err != nil {
		return nil
	}
	for l := range strings.Lines(string(maps)) {
		f := strings.Fields(l)
		if len(f) < 6 || strings.Join(f[5:], " ") != exe || strings.Contains(f[1], "w") {
			continue
		}
		from, to, _ := strings.Cut(f[0], "-")
		a, err1 := strconv.ParseUint(from, 16, 64)
		b, err2 := strconv.ParseUint(to, 16, 64)
		if err1 == nil && err2 == nil && a < b {
			out = append(out, [2]uintptr{uintptr(a), uintptr(b - a)})
		}
	}
	return out
})

// relaxOwn gives up the pages of the program's own file. They are never written to and
// never unmapped: the system finds those that are wanted again in its cache.
func relaxOwn() {
	for _, p := range ownPages() {
		_, _, _ = syscall.Syscall(syscall.SYS_MADVISE, p[0], p[1], syscall.MADV_DONTNEED)
	}
}
