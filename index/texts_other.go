//go:build !unix

package index

import "os"

// chunk is a stretch of the texts file, read anew each time: files cannot be mapped beyond
// their end everywhere.
type chunk struct {
	file *os.File
	at   int64
}

func mapChunk(f *os.File, at int64) (chunk, error) { return chunk{f, at}, nil }

func (c chunk) bytes(from, to int64) ([]byte, error) {
	out := make([]byte, to-from)
	_, err := c.file.ReadAt(out, c.at+from)
	return out, err
}

func (c chunk) touch(int64) {}

func (c chunk) unmap() error { return nil }

// mapFile is what a file has.
func mapFile(path string) (data []byte, unmap func() error, err error) {
	data, err = os.ReadFile(path)
	return data, func() error { return nil }, err
}
