//go:build unix

package index

import (
	"os"
	"sync/atomic"
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

// touched takes what is read for no other reason, so that it is read.
var touched atomic.Uint32

func (c chunk) touch(from int64) {
	const line = 64 // of a processor's cache; it brings the next one by itself
	var sum byte
	for at := from; at < min(from+typicalText, chunkBytes); at += 2 * line {
		sum += c.mapped[at]
	}
	if sum == 1 && c.mapped == nil {
		touched.Add(1)
	}
}

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
