//go:build linux || darwin || freebsd

package main

import "golang.org/x/sys/unix"

// diskSpace is the room on dir's disk, in bytes: what this user may still fill,
// and all of it.
func diskSpace(dir string) (free, total uint64, ok bool) {
	var st unix.Statfs_t
	if err := unix.Statfs(dir, &st); err != nil {
		return 0, 0, false
	}
	block := uint64(st.Bsize)
	return uint64(st.Bavail) * block, st.Blocks * block, true
}
