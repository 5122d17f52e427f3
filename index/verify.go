package index

import (
	"bufio"
	"context"
	"encoding/binary"
	"fmt"
	"hash/crc32"
	"io"
	"os"
	"path/filepath"

	segment "github.com/blevesearch/scorch_segment_api/v2"
)

// Verify reads every file of the index through and reports each that is not what
// was written, by the checksum that Bleve puts at a segment's end and does not
// check itself; and each article that more than one current version is found
// for. It takes as long as reading the index from disk. The error says that
// checking was not possible.
func (x *Index) Verify(ctx context.Context, report func(problem string)) error {
	x.mu.RLock()
	defer x.mu.RUnlock()
	if x.closed {
		return errClosed
	}
	v, err := x.now.acquire()
	if err != nil {
		return fmt.Errorf("verify index: %w", err)
	}
	defer v.release()
	for _, s := range v.segments {
		p, ok := s.Segment().(segment.PersistedSegment)
		if !ok {
			continue // still in memory only; the batch that wrote it waits for the disk
		}
		if err := ctx.Err(); err != nil {
			return fmt.Errorf("verify index: %w", err)
		}
		if err := checkFile(p.Path()); err != nil {
			report(fmt.Sprintf("index file %s: %v", filepath.Base(p.Path()), err))
		}
	}
	seen := make(map[string]bool, v.found)
	for _, s := range v.segments {
		v.current.between(s.base, s.base+uint32(s.n), func(d uint32) bool {
			id := string(s.ids[d-s.base])
			if seen[id] {
				report("index: article " + id + " is there twice")
			}
			seen[id] = true
			return true
		})
	}
	return nil
}

// checkFile compares a segment file with the CRC-32 in its last four bytes.
func checkFile(path string) error {
	f, err := os.Open(path)
	if err != nil {
		return err
	}
	defer f.Close()
	info, err := f.Stat()
	if err != nil {
		return err
	}
	if info.Size() < crc32.Size {
		return fmt.Errorf("%d bytes are no segment", info.Size())
	}
	sum := crc32.NewIEEE()
	r := bufio.NewReaderSize(f, 1<<20)
	if _, err := io.CopyN(sum, r, info.Size()-crc32.Size); err != nil {
		return err
	}
	var want uint32
	if err := binary.Read(r, binary.BigEndian, &want); err != nil {
		return err
	}
	if got := sum.Sum32(); got != want {
		return fmt.Errorf("checksum %08x, want %08x", got, want)
	}
	return nil
}
