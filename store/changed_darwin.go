package store

import (
	"io/fs"
	"syscall"
)

// changed is when the content of a file or what is said of it changed last, in
// nanoseconds since 1970.
func changed(fi fs.FileInfo) int64 {
	st, ok := fi.Sys().(*syscall.Stat_t)
	if !ok {
		return 0
	}
	return st.Ctimespec.Nano()
}
