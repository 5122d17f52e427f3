package item

import (
	"archive/zip"
	"bufio"
	"bytes"
	"encoding/binary"
	"errors"
	"io"
)

// MaxZipFiles is the most files that a zip archive may have: its table of contents is
// held in memory.
const MaxZipFiles = 200_000

// ErrZipFiles says that a zip archive has more files than that.
var ErrZipFiles = errors.New("the zip archive has too many files")

// OpenZip opens a zip archive that may be anybody's. The standard library reads the
// table of contents of any length: here its files are counted first, whatever number
// it states.
func OpenZip(r io.ReaderAt, size int64) (*zip.Reader, error) {
	for _, at := range zipTables(r, size) {
		if n := countFiles(io.NewSectionReader(r, at, size-at)); n > MaxZipFiles {
			return nil, ErrZipFiles
		}
	}
	return zip.NewReader(r, size)
}

// zipTables are where the table of contents may begin: where the archive's end says,
// and as far before that end as it says to be long.
func zipTables(r io.ReaderAt, size int64) (out []int64) {
	tail := make([]byte, min(size, 22+1<<16))
	if _, err := r.ReadAt(tail, size-int64(len(tail))); err != nil && err != io.EOF {
		return nil
	}
	at := bytes.LastIndex(tail, []byte("PK\x05\x06"))
	if at < 0 || at+22 > len(tail) {
		return nil
	}
	le := binary.LittleEndian
	end := size - int64(len(tail)) + int64(at)
	length, offset := int64(le.Uint32(tail[at+12:])), int64(le.Uint32(tail[at+16:]))
	add := func(end, length, offset int64) {
		for _, at := range []int64{offset, end - length} {
			if at >= 0 && at < size {
				out = append(out, at)
			}
		}
	}
	add(end, length, offset)
	if at >= 20 && bytes.HasPrefix(tail[at-20:], []byte("PK\x06\x07")) {
		far := make([]byte, 56)
		if where := int64(le.Uint64(tail[at-12:])); where >= 0 && where < size {
			if _, err := r.ReadAt(far, where); err == nil && bytes.HasPrefix(far, []byte("PK\x06\x06")) {
				add(where, int64(le.Uint64(far[40:])), int64(le.Uint64(far[48:])))
			}
		}
	}
	return out
}

// countFiles counts the entries of a table of contents, up to one more than may be.
func countFiles(r io.Reader) (n int) {
	br := bufio.NewReaderSize(r, 64<<10)
	for ; n <= MaxZipFiles; n++ {
		head, err := br.Peek(46)
		if err != nil || !bytes.HasPrefix(head, []byte("PK\x01\x02")) {
			return n
		}
		le := binary.LittleEndian
		skip := 46 + int(le.Uint16(head[28:])) + int(le.Uint16(head[30:])) + int(le.Uint16(head[32:]))
		if _, err := br.Discard(skip); err != nil {
			return n
		}
	}
	return n
}
