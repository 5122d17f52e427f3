package index

import (
	"bufio"
	"context"
	"encoding/binary"
	"errors"
	"fmt"
	"hash/crc32"
	"io"
	"os"
	"path/filepath"
	"runtime"
	"sync"

	"backfile/internal/news"

	segment "github.com/blevesearch/scorch_segment_api/v2"
)

// Verify reads every file of the index through and reports each that is not what
// was written, by the checksum that Bleve puts at a segment's end and does not
// check itself; and each article that more than one current version is found
// for. It takes as long as reading the index from disk. The error says that
// checking was not possible.
func (x *Index) Verify(ctx context.Context, report func(problem string)) error {
	v, release, err := x.hold()
	if err != nil {
		return fmt.Errorf("verify index: %w", err)
	}
	defer release()
	if err := v.checkFiles(ctx, report); err != nil {
		return fmt.Errorf("verify index: %w", err)
	}
	seen := make(map[string]bool, v.found)
	for _, s := range v.segments {
		v.current.between(s.base, s.base+uint32(s.n), func(d uint32) bool {
			id := string(s.ids.at(d - s.base))
			if seen[id] {
				report("index: article " + id + " is there twice")
			}
			seen[id] = true
			return true
		})
	}
	return nil
}

// checkFiles reads the files of all segments, as many at a time as there are
// processors, and the documents' texts, and reports what is not as it was written.
func (v *view) checkFiles(ctx context.Context, report func(problem string)) error {
	var wg sync.WaitGroup
	var mu sync.Mutex
	free := make(chan struct{}, runtime.GOMAXPROCS(0))
	for _, s := range v.segments {
		p, ok := s.Segment().(segment.PersistedSegment)
		if !ok {
			continue // still in memory only; the batch that wrote it waits for the disk
		}
		free <- struct{}{}
		wg.Go(func() {
			defer func() { <-free }()
			if ctx.Err() != nil {
				return
			}
			if err := checkFile(p.Path()); err != nil {
				mu.Lock()
				defer mu.Unlock()
				report(fmt.Sprintf("index file %s: %v", filepath.Base(p.Path()), err))
			}
		})
	}
	wg.Wait()
	for i := range v.segments {
		seg := &v.segments[i]
		if err := errors.Join(seg.impacts.check(), seg.columns.check()); err != nil {
			report(fmt.Sprintf("index file of segment %x: %v", seg.Id(), err))
		}
		for d := range seg.n {
			if d&0xfff == 0 && ctx.Err() != nil {
				return ctx.Err()
			}
			if err := v.texts.check(seg.texts[d]); err != nil {
				report(fmt.Sprintf("index file %s: %v", textsFile, err))
				break // the rest is found by whoever makes it anew
			}
		}
	}
	return ctx.Err()
}

// checkAtOnce is the most bytes of files that Open reads through before it takes an
// index for whole; of a larger one Scrub does.
const checkAtOnce = 1 << 30

// size is how many bytes the files of all segments have.
func (v *view) size() (n int64) {
	for _, s := range v.segments {
		if p, ok := s.Segment().(segment.PersistedSegment); ok {
			if fi, err := os.Stat(p.Path()); err == nil {
				n += fi.Size()
			}
		}
	}
	return n + v.texts.end.Load()
}

// Scrub reads the files of an index that is too large to be read by Open, and takes it
// for damaged where one is not what was written: see Damaged.
func (x *Index) Scrub(ctx context.Context) error {
	v, release, err := x.hold()
	if err != nil {
		return fmt.Errorf("scrub index: %w", err)
	}
	defer release()
	if v.size() <= checkAtOnce {
		return nil
	}
	return v.checkFiles(ctx, x.suspect)
}

// Documents calls fn with each version that the index has, in no order, and whether
// it is the one that searches find. fn must not call the index.
func (x *Index) Documents(ctx context.Context, fn func(id news.ArticleID, n int, current bool)) error {
	v, release, err := x.hold()
	if err != nil {
		return fmt.Errorf("read documents: %w", err)
	}
	defer release()
	for _, s := range v.segments {
		if err := ctx.Err(); err != nil {
			return fmt.Errorf("read documents: %w", err)
		}
		deleted := s.Deleted()
		for d := range s.n {
			if deleted == nil || !deleted.Contains(uint32(d)) {
				fn(s.ids.at(uint32(d)), int(s.numbers[d].version), s.numbers[d].current)
			}
		}
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
