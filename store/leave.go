package store

import (
	"crypto/sha256"
	"encoding/binary"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"hash/fnv"
	"os"
	"path/filepath"

	bolt "go.etcd.io/bbolt"
)

// Before bbolt may read archive.db its pages are walked (check.go), and bbolt goes through
// them once more for those that are free: seconds in a large archive, and all of the file
// off the disk. An archive that was closed in good order says so beside itself, in leftName,
// and is opened without either while its file is the one that was closed: bbolt's list of
// free pages is written then, which has no checksum of its own and is in the sum of this
// note. The note is taken away by whoever opens the archive, so that one which was killed
// has none; and none is written behind a commit that failed, whose pages the disk may have
// lost, or a page that did not hold what it should.
const leftName = "archive.left"

// leftFrom is the size in bytes of archives that are worth it. A variable for tests.
var leftFrom int64 = 64 << 20

// left is the note of an archive that was closed in good order.
type left struct {
	Size     int64 `json:"size"`
	Modified int64 `json:"modified"` // nanoseconds since 1970
	// Changed is when the system saw the file change last. No program can set it: a copy
	// that was made while somebody wrote, and given the file's former time, is told by it.
	Changed int64  `json:"changed"` // nanoseconds since 1970, 0 where the system has none
	Sum     string `json:"sum"`     // SHA-256 of the meta pages and the list of free pages, in hex
}

// leave commits so that the file can be opened by its note. The archive is about to be
// closed; whatever fails here, it is whole.
func (s *Store) leave() {
	commit := func() {
		if s.db.Update(func(*bolt.Tx) error { return nil }) != nil {
			s.doubted.Store(true)
		}
	}
	if fi, err := os.Stat(filepath.Join(s.dir, dbName)); err == nil && fi.Size() >= leftFrom && !s.doubted.Load() {
		s.db.NoFreelistSync = false
		commit()
	}
	// One more, empty transaction: both of bbolt's meta pages then stand for the same
	// state, and damage to one of them costs nothing. Without it, because the disk is
	// full, the archive is whole too.
	commit()
}

// noteLeft writes the note of an archive that was closed; without one it is walked.
func noteLeft(dir string) {
	f, err := os.Open(filepath.Join(dir, dbName))
	if err != nil {
		return
	}
	defer f.Close()
	l, ok := leftOf(f)
	if !ok || l.Size < leftFrom {
		return
	}
	if b, err := json.Marshal(l); err == nil {
		_ = os.WriteFile(filepath.Join(dir, leftName), b, 0o600)
	}
}

// leftOf is the note that fits the file as it is; ok is false where it is not one that was
// closed in good order.
func leftOf(f *os.File) (l left, ok bool) {
	fi, err := f.Stat()
	if err != nil {
		return l, false
	}
	m, whole, err := readMetas(f)
	if err != nil || whole < 2 || m.freelist == noFreelist || m.freelist < 2 || m.freelist >= m.pages {
		return l, false
	}
	var head [pageHeader]byte
	if _, err := f.ReadAt(head[:], int64(m.freelist)*m.pageSize); err != nil {
		return l, false
	}
	n := 1 + uint64(binary.NativeEndian.Uint32(head[12:]))
	if binary.NativeEndian.Uint64(head[:]) != m.freelist || binary.NativeEndian.Uint16(head[8:]) != flagFreelist || n > m.pages-m.freelist {
		return l, false
	}
	h := sha256.New()
	for _, part := range [][2]int64{{0, 2}, {int64(m.freelist), int64(n)}} {
		b := make([]byte, part[1]*m.pageSize)
		if _, err := f.ReadAt(b, part[0]*m.pageSize); err != nil {
			return l, false
		}
		h.Write(b)
	}
	return left{Size: fi.Size(), Modified: fi.ModTime().UnixNano(), Changed: changed(fi), Sum: hex.EncodeToString(h.Sum(nil))}, true
}

// trusted reports whether the archive in dir is the one that its note was written for. The
// note is taken away where somebody may write.
func trusted(dir string, readOnly bool) bool {
	name := filepath.Join(dir, leftName)
	b, err := os.ReadFile(name)
	if err != nil {
		return false
	}
	if !readOnly && os.Remove(name) != nil {
		return false
	}
	var was left
	if json.Unmarshal(b, &was) != nil {
		return false
	}
	f, err := os.Open(filepath.Join(dir, dbName))
	if err != nil {
		return false
	}
	defer f.Close()
	is, ok := leftOf(f)
	return ok && is == was
}

// dropFreelist has bbolt look for the free pages itself: the list that the file at path has
// is not to be trusted without a note. Where there is none, nothing is written.
func dropFreelist(path string) error {
	f, err := os.OpenFile(path, os.O_RDWR, 0)
	if err != nil {
		return plain(err)
	}
	defer f.Close()
	m, _, err := readMetas(f)
	if err != nil {
		return err
	}
	for _, at := range []int64{0, m.pageSize} {
		one, _, ok := readMeta(f, at)
		if !ok || one.freelist == noFreelist {
			continue
		}
		b := make([]byte, metaLength)
		if _, err := f.ReadAt(b, at+pageHeader); err != nil {
			return fmt.Errorf("read its meta page: %w", err)
		}
		withoutFreelist(b)
		// Each lies in one sector, and the other is whole meanwhile.
		if _, err := f.WriteAt(b, at+pageHeader); err != nil {
			return fmt.Errorf("write its meta page: %w", err)
		}
		if err := f.Sync(); err != nil {
			return fmt.Errorf("write its meta page: %w", err)
		}
	}
	return nil
}

// noFreelist is bbolt's number for a list of free pages that is not in the file, and
// flagFreelist its mark of a page that holds one.
const (
	noFreelist   = ^uint64(0)
	flagFreelist = 0x10
)

// withoutFreelist has a meta page, which b is without the page's own header, say that there
// is no list of free pages.
func withoutFreelist(b []byte) {
	binary.NativeEndian.PutUint64(b[32:], noFreelist)
	h := fnv.New64a()
	h.Write(b[:56])
	binary.NativeEndian.PutUint64(b[56:], h.Sum64())
}
