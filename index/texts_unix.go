//go:build unix

package index

import (
	"os"
	"syscall"
)

// chunk is a stretch of the texts file in memory. It may reach beyond the file's end,
// which moves: what is there by then can be read.
type chunk struct{ mapped []byte }

func mapChunk(f *os.File, at int64) (chunk, error) {
	m, err := syscall.Mmap(int(f.Fd()), at, chunkBytes, syscall.PROT_READ, syscall.MAP_SHARED)
	return chunk{m}, err
}

// bytes are those from up to but without to, which the file has.
func (c chunk) bytes(from, to int64) ([]byte, error) { return c.mapped[from:to:to], nil }

func (c chunk) unmap() error { return syscall.Munmap(c.mapped) }
