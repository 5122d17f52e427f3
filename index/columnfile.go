package index

import (
	"encoding/binary"
	"errors"
	"fmt"
	"hash/crc32"
	"io"
	"os"
	"path/filepath"
	"runtime"
	"unsafe"

	"backfile/internal/news"

	segment "github.com/blevesearch/scorch_segment_api/v2"
)

// The columns of a large segment are kept in a file beside Bleve's, array by array as they are in
// memory, so that opening an index reads none of them, and the system may take their memory
// back. It is a copy of what the segment's keys say: a file of another machine's kind of memory, of
// other tables or of another segment that had its number before a crash is made anew.
//
// A file is the head, the length of each array in bytes, the arrays, each padded to columnAlign bytes, and a
// CRC-32 of all that.
type columnHead struct {
	form    uint32
	docs    uint32
	segment uint64 // segmentMark
	tables  uint64 // tables.mark
	values  uint64 // how many values these had on disk
	machine uint64 // machineMark
}

const (
	columnsForm = 1
	columnAlign = 8
	columnsDir  = "columns"
)

func (e *engine) columnHead(docs int, segment uint64) columnHead {
	return columnHead{columnsForm, uint32(docs), segment, e.tables.mark, e.tables.onDisk(), machineMark()}
}

// machineMark is another number on a machine whose memory has another order or layout.
func machineMark() uint64 {
	order := binary.NativeEndian.Uint32([]byte{1, 2, 3, 4})
	return uint64(order)<<32 | uint64(unsafe.Sizeof(record{}))<<16 | uint64(unsafe.Offsetof(record{}.version))
}

// array is one array of the columns, as the bytes that it is in memory.
type array interface {
	bytes() []byte
	// take makes the array that of those bytes, for n documents; false where that cannot be.
	take(b []byte, n int) bool
}

// arrayOf is an array of one element for each document, or of as many as there are where n is false.
type arrayOf[T any] struct {
	at *[]T
	n  bool
}

func (a arrayOf[T]) bytes() []byte {
	var one T
	return unsafe.Slice((*byte)(unsafe.Pointer(unsafe.SliceData(*a.at))), len(*a.at)*int(unsafe.Sizeof(one)))
}

func (a arrayOf[T]) take(b []byte, n int) bool {
	var one T
	size := int(unsafe.Sizeof(one))
	if len(b)%size != 0 || a.n && len(b)/size != n {
		return false
	}
	*a.at = unsafe.Slice((*T)(unsafe.Pointer(unsafe.SliceData(b))), len(b)/size)
	return true
}

// arrayIn is an array of one element for each document in a map.
type arrayIn struct {
	of  map[byte][]uint32
	tag byte
}

func (a arrayIn) bytes() []byte {
	s := a.of[a.tag]
	return each(&s).bytes()
}

func (a arrayIn) take(b []byte, n int) bool {
	var s []uint32
	ok := each(&s).take(b, n)
	a.of[a.tag] = s
	return ok
}

func each[T any](at *[]T) array   { return arrayOf[T]{at, true} }
func others[T any](at *[]T) array { return arrayOf[T]{at, false} }

// arrays are all arrays of the columns, in the order of their file.
func (c *columns) arrays() []array {
	out := []array{
		each(&c.ids.Ends), others(&c.ids.All), each(&c.numbers), each(&c.whens), each(&c.texts), each(&c.months), each(&c.leads), each(&c.twins), each(&c.first), each(&c.last),
		others((*[]uint64)(&c.shown)), others((*[]uint64)(&c.inFamily)), others(&c.kin),
	}
	for _, tag := range singleTags {
		out = append(out, arrayIn{c.single, tag})
	}
	for _, tag := range multiTags {
		out = append(out, others(&c.multi[tag].at), others(&c.multi[tag].values))
	}
	return out
}

// columnsOf are the columns of a segment: those in its file, where it has one.
func (e *engine) columnsOf(id uint64, s segment.Segment) (*columns, error) {
	mark, ok := segmentMark(s)
	if !ok || s.Count() <= smallSegment {
		return readColumns(s, e.tables)
	}
	path := filepath.Join(e.path, columnsDir, fileOf(id))
	if c, err := e.openColumns(path, mark, int(s.Count())); err == nil {
		return c, nil
	}
	c, err := readColumns(s, e.tables)
	if err != nil {
		return nil, err
	}
	// What cannot be kept, on a full disk, stays in memory.
	if e.writeColumns(path, mark, c) == nil {
		if kept, err := e.openColumns(path, mark, c.docs()); err == nil {
			return kept, nil
		}
	}
	return c, nil
}

// segmentMark is what tells the file of a segment from others: its length, and the checksum that it ends with.
// ok is false for one that is in memory only.
func segmentMark(s segment.Segment) (mark uint64, ok bool) {
	p, ok := s.(segment.PersistedSegment)
	if !ok {
		return 0, false
	}
	f, err := os.Open(p.Path())
	if err != nil {
		return 0, false
	}
	defer f.Close()
	info, err := f.Stat()
	var sum [crc32.Size]byte
	if err == nil {
		_, err = f.ReadAt(sum[:], info.Size()-crc32.Size)
	}
	if err != nil {
		return 0, false
	}
	return mix(uint64(info.Size())) ^ uint64(binary.BigEndian.Uint32(sum[:])), true
}

var errOtherColumns = fmt.Errorf("columns of another segment: %w", news.ErrDamaged)

// openColumns reads the columns of a segment of n documents. Whether every byte is what was written is not looked
// at: see check.
func (e *engine) openColumns(path string, mark uint64, n int) (c *columns, err error) {
	data, unmap, err := mapFile(path)
	if err != nil {
		return nil, err
	}
	if c, err = takeColumns(data, e.columnHead(n, mark)); err != nil {
		return nil, errors.Join(err, unmap())
	}
	// Views share them, and the last to go is not known here.
	runtime.AddCleanup(c, func(unmap func() error) { _ = unmap() }, unmap)
	return c, nil
}

// takeColumns are the columns whose file has that head, or that of when there were fewer values.
func takeColumns(data []byte, want columnHead) (*columns, error) {
	const head = int(unsafe.Sizeof(columnHead{}))
	c := emptyColumns()
	arrays := c.arrays()
	at := head + 8*len(arrays)
	var have columnHead
	if copy(headBytes(&have), data) < head || len(data) < at+crc32.Size || have.values > want.values {
		return nil, errOtherColumns
	}
	have.values = want.values
	if have != want {
		return nil, errOtherColumns
	}
	for i, a := range arrays {
		size := binary.NativeEndian.Uint64(data[head+8*i:])
		if at > len(data) || size > uint64(len(data)-at) || !a.take(data[at:at+int(size)], int(want.docs)) {
			return nil, errOtherColumns
		}
		at += padded(int(size))
	}
	if at+crc32.Size != len(data) || !c.consistent(int(want.docs)) {
		return nil, errOtherColumns
	}
	c.file = data
	c.count()
	return c, nil
}

// consistent reports whether what says how long other arrays are is right.
func (c *columns) consistent(n int) bool {
	words := len(newBitset(n))
	if n == 0 || int(c.ids.Ends[n-1]) != len(c.ids.All) {
		return false
	}
	for _, tag := range multiTags {
		if l := c.multi[tag]; len(l.at) != n+1 || int(l.at[n]) != len(l.values) {
			return false
		}
	}
	return len(c.shown) == words && len(c.inFamily) == words
}

func headBytes(h *columnHead) []byte {
	return unsafe.Slice((*byte)(unsafe.Pointer(h)), int(unsafe.Sizeof(*h)))
}

func padded(n int) int { return (n + columnAlign - 1) / columnAlign * columnAlign }

// writeColumns puts the columns on disk before their file gets its name, and what they refer to
// before both.
func (e *engine) writeColumns(path string, mark uint64, c *columns) error {
	if err := e.tables.save(); err != nil {
		return err
	}
	head := e.columnHead(c.docs(), mark)
	return writeWhole(path, func(w io.Writer) error {
		sum := crc32.NewIEEE()
		w = io.MultiWriter(w, sum)
		arrays := c.arrays()
		lengths := make([]byte, 0, 8*len(arrays))
		for _, a := range arrays {
			lengths = binary.NativeEndian.AppendUint64(lengths, uint64(len(a.bytes())))
		}
		_, err := w.Write(append(headBytes(&head), lengths...))
		for _, a := range arrays {
			b := a.bytes()
			if err == nil {
				_, err = w.Write(b)
			}
			if err == nil {
				_, err = w.Write(make([]byte, padded(len(b))-len(b)))
			}
		}
		if err != nil {
			return err
		}
		return binary.Write(w, binary.LittleEndian, sum.Sum32())
	})
}

// check compares columns that have a file with their checksum.
func (c *columns) check() error {
	if c.file == nil {
		return nil
	}
	at := len(c.file) - crc32.Size
	if crc32.ChecksumIEEE(c.file[:at]) != binary.LittleEndian.Uint32(c.file[at:]) {
		return fmt.Errorf("columns are not what was written: %w", news.ErrDamaged)
	}
	return nil
}
