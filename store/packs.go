package store

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"sync"

	"backfile/internal/news"
)

// packLimit is the size in bytes behind which a new pack file is begun.
const packLimit = 256 << 20

// place is where an original lies: a pack's number, and offset and length in
// bytes of its record, head and all.
type place struct {
	Pack   int   `json:"pack"`
	Offset int64 `json:"offset"`
	Length int64 `json:"length"`
}

// packs are the pack files of an archive. One goroutine at a time may append or
// erase (Store.write); any number may read.
type packs struct {
	dir      string
	readOnly bool
	limit    int64

	// What the writer appends to: pack number n, of which end bytes are used.
	n     int
	end   int64
	dirty bool
	// made says that a pack was begun whose name is not yet durable.
	made bool

	mu    sync.Mutex
	files map[int]*os.File
}

func packName(n int) string { return fmt.Sprintf("pack-%06d.pack", n) }

// openPacks finds the packs in dir and makes the last one good for appending.
// kept is how far archive.db refers to them.
func openPacks(dir string, kept extent, readOnly bool) (*packs, error) {
	p := &packs{dir: dir, readOnly: readOnly, limit: packLimit, files: map[int]*os.File{}}
	ns, err := p.numbers()
	if err != nil || len(ns) == 0 || readOnly {
		return p, err
	}
	p.n = ns[len(ns)-1]
	if err := p.recover(kept); err != nil {
		p.close()
		return nil, fmt.Errorf("%s: %w", filepath.Join(dir, packName(p.n)), plain(err))
	}
	return p, nil
}

// numbers are the numbers of the packs there are, in order.
func (p *packs) numbers() ([]int, error) {
	entries, err := os.ReadDir(p.dir)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	var out []int
	for _, e := range entries {
		s, ok := strings.CutPrefix(e.Name(), "pack-")
		s, ok2 := strings.CutSuffix(s, ".pack")
		if n, err := strconv.Atoi(s); ok && ok2 && err == nil && n > 0 && packName(n) == e.Name() {
			out = append(out, n)
		}
	}
	slices.Sort(out)
	return out, nil
}

// recover finds the end of the last pack. Whole records behind kept stay: they
// are of a write that was not finished, or of a time later than a restored
// archive.db. What a crash left half written behind them is cut off.
func (p *packs) recover(kept extent) error {
	f, err := p.file(p.n)
	if err != nil {
		return err
	}
	fi, err := f.Stat()
	if err != nil {
		return err
	}
	size, from := fi.Size(), int64(0)
	if kept.Pack == p.n {
		if from = kept.End; size < from {
			// Records that archive.db refers to are lost; Verify names them.
			// Nothing may be written where they should be.
			p.end = p.limit + 1
			return nil
		}
	}
	for {
		good, err := walkPack(f, from, size, func(at int64, _ packHead) error {
			_, _, err := readPacked(f, at, size)
			return err
		})
		if err == nil {
			p.end = size
			return nil
		}
		if !isDamage(err) {
			return err
		}
		next, ok := findRecord(f, good, size)
		if !ok {
			p.end = good // 0 where not even the file's first bytes were written
			return f.Truncate(good)
		}
		if from, err = bridge(f, good, next); err != nil {
			return err
		}
		if from < 0 {
			p.end = p.limit + 1 // nothing that we wrote looks so: leave all as it is
			return nil
		}
	}
}

// bridge makes a hole of what a write that was not finished left between good and the
// whole record at next, behind all that archive.db refers to, and returns where to go
// on; -1 where a hole has no room.
func bridge(f *os.File, good, next int64) (from int64, err error) {
	if good < int64(len(packMagic)) {
		if next != int64(len(packMagic)) {
			return -1, nil
		}
		_, err = f.WriteAt([]byte(packMagic), 0)
		return 0, errors.Join(err, f.Sync())
	}
	if next-good < packHeadSize {
		return -1, nil
	}
	return good, errors.Join(punch(f, good, next-good-packHeadSize), f.Sync())
}

// findRecord returns where the first whole record behind offset and before size
// begins, if one does.
func findRecord(f *os.File, offset, size int64) (at int64, ok bool) {
	const window = 1 << 20
	buf := make([]byte, window+packHeadSize)
	for at := offset; at < size; at += window {
		n, _ := f.ReadAt(buf[:min(int64(len(buf)), size-at)], at)
		for i := 0; ; {
			j := strings.Index(string(buf[i:n]), recordMagic)
			if j < 0 {
				break
			}
			i += j
			if at+int64(i) > offset {
				if _, _, err := readPacked(f, at+int64(i), size); err == nil {
					return at + int64(i), true
				}
			}
			i++
		}
	}
	return 0, false
}

// walkPack calls fn with the head of every record from the offset from on, where
// one must begin or which is 0, and returns where the last good record ends. It
// stops with an error that wraps news.ErrDamaged where no record begins, or with
// fn's.
func walkPack(f *os.File, from, size int64, fn func(offset int64, h packHead) error) (good int64, err error) {
	if from >= int64(len(packMagic)) {
		return walkRecords(f, from, size, fn)
	}
	magic := make([]byte, len(packMagic))
	if size < int64(len(magic)) {
		return 0, fmt.Errorf("pack is cut short: %w", errPack)
	}
	if _, err := f.ReadAt(magic, 0); err != nil {
		return 0, torn(err)
	}
	if string(magic) != packMagic {
		return 0, fmt.Errorf("file does not begin as a pack: %w", errPack)
	}
	return walkRecords(f, int64(len(magic)), size, fn)
}

func walkRecords(f *os.File, good, size int64, fn func(offset int64, h packHead) error) (int64, error) {
	for good < size {
		h, err := readHead(f, good, size)
		if err != nil {
			return good, err
		}
		if err := fn(good, h); err != nil {
			return good, err
		}
		good += packHeadSize + h.stored
	}
	return good, nil
}

// file returns the open pack n.
func (p *packs) file(n int) (*os.File, error) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if f := p.files[n]; f != nil {
		return f, nil
	}
	flag := os.O_RDWR
	if p.readOnly {
		flag = os.O_RDONLY
	}
	f, err := os.OpenFile(filepath.Join(p.dir, packName(n)), flag, 0)
	if err != nil {
		return nil, err
	}
	p.files[n] = f
	return f, nil
}

// begin makes the next pack and appends to it from now on.
func (p *packs) begin() error {
	if err := os.MkdirAll(p.dir, 0o700); err != nil {
		return err
	}
	n := p.n
	if p.end > 0 || n == 0 {
		n++
	}
	// O_EXCL is not asked for: a pack of no bytes that a crash left is used.
	f, err := os.OpenFile(filepath.Join(p.dir, packName(n)), os.O_RDWR|os.O_CREATE, 0o600)
	if err != nil {
		return err
	}
	if _, err := f.WriteAt([]byte(packMagic), 0); err != nil {
		f.Close()
		return err
	}
	p.mu.Lock()
	if old := p.files[n]; old != nil {
		old.Close()
	}
	p.files[n] = f
	p.mu.Unlock()
	p.n, p.end, p.made, p.dirty = n, int64(len(packMagic)), true, true
	return nil
}

// append writes a record behind the last one. It is durable after sync.
func (p *packs) append(rec []byte) (place, error) {
	if p.end == 0 || p.end > int64(len(packMagic)) && p.end+int64(len(rec)) > p.limit {
		if err := p.sync(); err != nil {
			return place{}, err
		}
		if err := p.begin(); err != nil {
			return place{}, fmt.Errorf("begin pack %d: %w", p.n+1, err)
		}
	}
	f, err := p.file(p.n)
	if err != nil {
		return place{}, err
	}
	p.dirty = true
	if _, err := f.WriteAt(rec, p.end); err != nil {
		return place{}, fmt.Errorf("write %s: %w", packName(p.n), err)
	}
	at := place{Pack: p.n, Offset: p.end, Length: int64(len(rec))}
	p.end += at.Length
	return at, nil
}

// sync makes everything appended durable.
func (p *packs) sync() error {
	if !p.dirty {
		return nil
	}
	f, err := p.file(p.n)
	if err != nil {
		return err
	}
	if err := f.Sync(); err != nil {
		return fmt.Errorf("sync %s: %w", packName(p.n), err)
	}
	if p.made {
		if err := syncDir(p.dir); err != nil {
			return err
		}
	}
	p.dirty, p.made = false, false
	return nil
}

// extent is how far the packs are written: the last pack's number, and the bytes
// of it in use.
type extent struct {
	Pack int   `json:"pack"`
	End  int64 `json:"end"`
}

func (p *packs) extent() extent { return extent{p.n, p.end} }

// undo takes back what was appended since e, to which nothing refers. Where
// the disk refuses, the next append overwrites it.
func (p *packs) undo(e extent) {
	if p.n != e.Pack {
		// A pack was begun meanwhile; the old one keeps its whole records.
		e = extent{p.n, int64(len(packMagic))}
	}
	if p.extent() == e && !p.dirty || e.End == 0 {
		return
	}
	if f, err := p.file(p.n); err == nil {
		_ = f.Truncate(e.End)
	}
	p.end = e.End
}

// read returns the content of the record at l.
func (p *packs) read(l place) ([]byte, error) {
	f, err := p.file(l.Pack)
	if err != nil {
		if errors.Is(err, fs.ErrNotExist) {
			return nil, fmt.Errorf("%s is missing: %w", packName(l.Pack), news.ErrDamaged)
		}
		return nil, err
	}
	h, content, err := readPacked(f, l.Offset, l.Offset+l.Length)
	if err == nil && h.codec == packHole {
		err = fmt.Errorf("record was erased: %w", errPack)
	}
	if err != nil {
		return nil, fmt.Errorf("%s at %d: %w", packName(l.Pack), l.Offset, err)
	}
	return content, nil
}

func (p *packs) close() {
	p.mu.Lock()
	defer p.mu.Unlock()
	for n, f := range p.files {
		f.Close()
		delete(p.files, n)
	}
}
