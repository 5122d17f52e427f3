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

// mapFile is what a file has, in memory until unmap is called.
func mapFile(path string) (data []byte, unmap func() error, err error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, nil, err
	}
	defer f.Close()
	info, err := f.Stat()
	if err != nil {
		return nil, nil, err
	}
	if info.Size() == 0 {
		return nil, func() error { return nil }, nil
	}
	data, err = syscall.Mmap(int(f.Fd()), 0, int(info.Size()), syscall.PROT_READ, syscall.MAP_SHARED)
	return data, func() error { return syscall.Munmap(data) }, err
}
