package store

import (
	"encoding/binary"
	"fmt"
	"hash/fnv"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"time"

	bolt "go.etcd.io/bbolt"

	"backfile/internal/news"
)

// bbolt trusts its file: a page that is missing or does not hold what it should
// ends the whole process, in a goroutine where nothing can catch it. So the file
// is checked before bbolt reads it, by the layout that bbolt documents in its
// sources: pages of one size; the first two are meta pages, of which the valid
// one with the higher transaction number counts.
const (
	boltMagic   = 0xED0CDAED
	boltVersion = 2
	pageHeader  = 16
	metaLength  = 64
	minPageSize = 512
	maxPageSize = 64 << 10
)

// metaPage is what bbolt's meta page says.
type metaPage struct {
	pageSize int64
	root     uint64
	freelist uint64 // its page, or noFreelist
	pages    uint64 // how many pages are in use, in front
	txid     uint64
}

// checkFile returns an error where the file at path cannot be an archive in
// good order. It holds bbolt's lock for sharing while it looks. The pages are walked
// unless the archive's note says that this is the file as it was left.
func checkFile(path string, o Options) error {
	f, err := os.Open(path)
	if err != nil {
		return plain(err)
	}
	defer f.Close()
	// The size and the meta pages before bbolt maps the file. A writer elsewhere
	// may be half way through a meta page, so a doubt waits for the lock's sake.
	for range 3 {
		if _, _, err = readMetas(f); err == nil {
			break
		}
		time.Sleep(20 * time.Millisecond)
	}
	if err != nil {
		return err
	}
	db, err := bolt.Open(path, 0o600, &bolt.Options{Timeout: o.Timeout, ReadOnly: true, NoStatistics: true})
	if err != nil {
		return plain(err)
	}
	defer db.Close()
	meta, _, err := readMetas(f)
	if err != nil || trusted(filepath.Dir(path), o.ReadOnly) {
		return err
	}
	if err := walkPages(f, meta); err != nil || o.ReadOnly {
		return err
	}
	if (&Store{db: db, now: time.Now}).identify() != nil {
		return nil // another program's, or a later one's: nothing is written to it
	}
	return dropFreelist(path)
}

// readMetas returns the meta page that counts, and how many of the two are
// whole.
func readMetas(f *os.File) (best metaPage, whole int, err error) {
	fi, err := f.Stat()
	if err != nil {
		return best, 0, err
	}
	if !fi.Mode().IsRegular() {
		return best, 0, fmt.Errorf("it is no regular file: %w", fs.ErrInvalid)
	}
	if fi.Size() == 0 {
		return best, 0, fmt.Errorf("it is empty (0 bytes); restore it from a backup, or move it away: %w", news.ErrDamaged)
	}
	seen := false
	try := func(offset int64) {
		m, magic, ok := readMeta(f, offset)
		seen = seen || magic
		if !ok {
			return
		}
		whole++
		if whole == 1 || m.txid > best.txid {
			best = m
		}
	}
	try(0)
	if whole == 1 {
		try(best.pageSize)
	} else {
		for size := int64(minPageSize); size <= maxPageSize && whole == 0; size *= 2 {
			try(size)
		}
	}
	switch {
	case whole == 0 && !seen:
		return best, 0, fmt.Errorf("it is no archive of Backfile (its first page is foreign): %w", news.ErrDamaged)
	case whole == 0:
		return best, 0, fmt.Errorf("its two meta pages are damaged; restore it from a backup: %w", news.ErrDamaged)
	case uint64(fi.Size()) < best.pages*uint64(best.pageSize):
		return best, whole, fmt.Errorf("it is cut short: %d bytes of at least %d; restore it from a backup: %w",
			fi.Size(), best.pages*uint64(best.pageSize), news.ErrDamaged)
	}
	return best, whole, nil
}

func readMeta(f io.ReaderAt, offset int64) (m metaPage, magic, ok bool) {
	var b [pageHeader + metaLength]byte
	if _, err := f.ReadAt(b[:], offset); err != nil {
		return m, false, false
	}
	p, ne := b[pageHeader:], binary.NativeEndian
	if ne.Uint32(p) != boltMagic {
		return m, false, false
	}
	h := fnv.New64a()
	h.Write(p[:56])
	if ne.Uint32(p[4:]) != boltVersion || ne.Uint64(p[56:]) != h.Sum64() {
		return m, true, false
	}
	m = metaPage{pageSize: int64(ne.Uint32(p[8:])), root: ne.Uint64(p[16:]), freelist: ne.Uint64(p[32:]), pages: ne.Uint64(p[40:]), txid: ne.Uint64(p[48:])}
	return m, true, m.pageSize >= minPageSize && m.pageSize <= maxPageSize && m.pageSize&(m.pageSize-1) == 0
}

// structure is a finding of walkPages.
func structure(page uint64, format string, args ...any) error {
	return fmt.Errorf("page %d %s; restore it from a backup: %w", page, fmt.Sprintf(format, args...), news.ErrDamaged)
}

// walkPages follows the tree of pages from the root and returns the first thing
// that bbolt would stumble over.
func walkPages(f io.ReaderAt, m metaPage) error {
	return newWalker(f, m).page(m.root, nil, nil, 0)
}

type walker struct {
	f    io.ReaderAt
	meta metaPage
	seen []uint64 // a bit a page
	free [][]byte // buffers to use again
}

func newWalker(f io.ReaderAt, m metaPage) *walker {
	return &walker{f: f, meta: m, seen: make([]uint64, m.pages/64+1)}
}

// used reports whether the walk came to the page id.
func (w *walker) used(id uint64) bool { return w.seen[id/64]&(1<<(id%64)) != 0 }

// page checks the page and those below it. Its keys must lie from lo on and
// before hi; nil is no bound.
func (w *walker) page(id uint64, lo, hi []byte, depth int) error {
	if id < 2 || id >= w.meta.pages {
		return structure(id, "is referred to and lies outside the %d pages in use", w.meta.pages)
	}
	if depth > 64 {
		return structure(id, "is too deep in the tree")
	}
	var head [pageHeader]byte
	if _, err := w.f.ReadAt(head[:], int64(id)*w.meta.pageSize); err != nil {
		return fmt.Errorf("page %d: %w", id, err)
	}
	ne := binary.NativeEndian
	overflow := uint64(ne.Uint32(head[12:]))
	if got := ne.Uint64(head[:]); got != id {
		return structure(id, "calls itself page %d", got)
	}
	if id+overflow >= w.meta.pages {
		return structure(id, "reaches beyond the pages in use")
	}
	for p := id; p <= id+overflow; p++ {
		if w.used(p) {
			return structure(p, "is in the tree twice")
		}
		w.seen[p/64] |= 1 << (p % 64)
	}
	b := w.buffer(int(overflow+1) * int(w.meta.pageSize))
	if _, err := w.f.ReadAt(b, int64(id)*w.meta.pageSize); err != nil {
		return fmt.Errorf("page %d: %w", id, err)
	}
	defer func() { w.free = append(w.free, b) }()
	return w.elements(id, b, lo, hi, depth)
}

func (w *walker) buffer(n int) []byte {
	if i := len(w.free) - 1; i >= 0 && cap(w.free[i]) >= n {
		b := w.free[i]
		w.free = w.free[:i]
		return b[:n]
	}
	return make([]byte, n)
}

// The flags of pages and of their elements.
const (
	branchPage    = 0x01
	leafPage      = 0x02
	bucketElement = 0x01
	elementLength = 16
)

// elements checks what a page in b holds; b is the page with all its overflow,
// or the page that an inline bucket is.
func (w *walker) elements(id uint64, b, lo, hi []byte, depth int) error {
	ne := binary.NativeEndian
	flags, count := ne.Uint16(b[8:]), int(ne.Uint16(b[10:]))
	if flags != branchPage && flags != leafPage || flags == branchPage && count == 0 {
		return structure(id, "is of no known kind (flags %#x, %d elements)", flags, count)
	}
	if pageHeader+count*elementLength > len(b) {
		return structure(id, "claims %d elements and has no room for them", count)
	}
	// bbolt writes what elements hold one behind the other. Where there is a gap, an
	// element was lost, or is not the one that was written.
	end := int64(pageHeader + count*elementLength)
	key := func(i int) ([]byte, error) {
		e := pageHeader + i*elementLength
		// A branch's element: position, key's size, page. A leaf's: flags,
		// position, key's size, value's size. Positions count from the element.
		at, size, value := int64(e), int64(0), int64(0)
		if flags == branchPage {
			at, size = at+int64(ne.Uint32(b[e:])), int64(ne.Uint32(b[e+4:]))
		} else {
			at, size, value = at+int64(ne.Uint32(b[e+4:])), int64(ne.Uint32(b[e+8:])), int64(ne.Uint32(b[e+12:]))
		}
		if at < int64(pageHeader+count*elementLength) && size+value > 0 || at+size+value > int64(len(b)) {
			return nil, structure(id, "has an element %d that lies outside it", i)
		}
		if at != end {
			return nil, structure(id, "has a gap in front of its element %d", i)
		}
		end += size + value
		return b[at : at+size], nil
	}
	last := lo
	var k []byte
	for i, next := 0, []byte(nil); i < count; i, k = i+1, next {
		if i == 0 || flags == leafPage {
			var err error
			if k, err = key(i); err != nil {
				return err
			}
		}
		if last != nil && string(k) < string(last) || i > 0 && string(k) == string(last) || hi != nil && string(k) >= string(hi) {
			return structure(id, "has its element %d out of order", i)
		}
		last = k
		if flags == leafPage {
			if ne.Uint32(b[pageHeader+i*elementLength:])&bucketElement != 0 {
				if err := w.bucket(id, b, i, k, depth); err != nil {
					return err
				}
			}
			continue
		}
		below := hi
		if i+1 < count {
			var err error
			if next, err = key(i + 1); err != nil {
				return err
			}
			below = next
		}
		if err := w.page(ne.Uint64(b[pageHeader+i*elementLength+8:]), k, below, depth+1); err != nil {
			return err
		}
	}
	return nil
}

// bucket checks the bucket that is element i of the leaf page in b. Its value is
// the number of its root page, a counter, and the page itself where it is small
// enough to live inside the value.
func (w *walker) bucket(id uint64, b []byte, i int, name []byte, depth int) error {
	ne := binary.NativeEndian
	e := pageHeader + i*elementLength
	at := e + int(ne.Uint32(b[e+4:])) + int(ne.Uint32(b[e+8:]))
	v := b[at : at+int(ne.Uint32(b[e+12:]))]
	if len(v) < 16 {
		return structure(id, "holds the bucket %q cut short", name)
	}
	if root := ne.Uint64(v); root != 0 {
		return w.page(root, nil, nil, depth+1)
	}
	if len(v) < 16+pageHeader || ne.Uint16(v[16+8:]) != leafPage {
		return structure(id, "holds the bucket %q cut short", name)
	}
	return w.elements(id, v[16:], nil, nil, depth+1)
}
