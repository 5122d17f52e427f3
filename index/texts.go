package index

import (
	"encoding/binary"
	"errors"
	"fmt"
	"hash/crc32"
	"os"
	"sync"
	"sync/atomic"

	"backfile/internal/news"
)

// textFile is the file of the documents' words in order, as codes of the vocabulary: what
// phrases and NEAR are looked up in. Each text is written once, when its document is
// indexed, and found by its offset, which is one of the document's numbers; so merging
// segments moves none. A text whose document is gone stays until the index is rebuilt.
//
// A record is the CRC-32 of the text, its length as an unsigned varint, and the text. The file is read
// through maps of chunkBytes each, made when they are first needed; no record lies in two.
type textFile struct {
	file   *os.File
	end    atomic.Int64
	mu     sync.Mutex
	chunks atomic.Pointer[[]chunk]
}

const chunkBytes = 64 << 20

// openTexts opens the file at path, which is made where it does not exist.
func openTexts(path string) (*textFile, error) {
	f, size, err := openGrowing(path)
	if err != nil {
		return nil, err
	}
	t := &textFile{file: f}
	t.end.Store(size)
	t.chunks.Store(new([]chunk))
	return t, nil
}

// write appends the texts and puts them on disk; at are their offsets. Only one caller at a
// time may write.
func (t *textFile) write(all [][]byte) (at []int64, err error) {
	if len(all) == 0 {
		return nil, nil
	}
	start := t.end.Load()
	end := start
	var out []byte
	for _, text := range all {
		head := binary.AppendUvarint(binary.LittleEndian.AppendUint32(nil, crc32.ChecksumIEEE(text)), uint64(len(text)))
		n := int64(len(head) + len(text))
		if n > chunkBytes {
			return nil, fmt.Errorf("a text of %d bytes: %w", len(text), news.ErrInvalid)
		}
		if left := chunkBytes - end%chunkBytes; left < n {
			out = append(out, make([]byte, left)...)
			end += left
		}
		at = append(at, end)
		out = append(append(out, head...), text...)
		end += n
	}
	if _, err := t.file.WriteAt(out, start); err != nil {
		return nil, err
	}
	if err := t.file.Sync(); err != nil {
		return nil, err
	}
	t.end.Store(end)
	return at, nil
}

// at is the text at that offset. It is good until the file is closed and not to be
// changed. The error wraps news.ErrDamaged where there is none.
func (t *textFile) at(offset int64) ([]byte, error) {
	const head = crc32.Size
	end := t.end.Load()
	if offset < 0 || offset+head >= end {
		return nil, fmt.Errorf("texts end at %d, before %d: %w", end, offset, news.ErrDamaged)
	}
	c, err := t.chunk(int(offset / chunkBytes))
	if err != nil {
		return nil, err
	}
	from := offset % chunkBytes
	start := from + head
	most := min(int64(chunkBytes), end-offset+from)
	length, err := c.bytes(start, min(start+binary.MaxVarintLen32, most))
	if err != nil {
		return nil, err
	}
	n, k := binary.Uvarint(length)
	start += int64(k)
	if k <= 0 || n > uint64(max(0, most-start)) {
		return nil, fmt.Errorf("the text at %d has no length: %w", offset, news.ErrDamaged)
	}
	return c.bytes(start, start+int64(n))
}

// touch has the processor fetch the text at that offset, without waiting for it.
func (t *textFile) touch(offset int64) {
	cs := *t.chunks.Load()
	if i := int(offset / chunkBytes); offset >= 0 && i < len(cs) && offset+typicalText < t.end.Load() {
		cs[i].touch(offset % chunkBytes)
	}
}

// typicalText is how many bytes of a text most searches for a phrase read.
const typicalText = 384

// check compares the text at that offset with its checksum.
func (t *textFile) check(offset int64) error {
	text, err := t.at(offset)
	if err != nil {
		return err
	}
	c, err := t.chunk(int(offset / chunkBytes))
	if err != nil {
		return err
	}
	sum, err := c.bytes(offset%chunkBytes, offset%chunkBytes+crc32.Size)
	if err != nil {
		return err
	}
	if crc32.ChecksumIEEE(text) != binary.LittleEndian.Uint32(sum) {
		return fmt.Errorf("the text at %d is not what was written: %w", offset, news.ErrDamaged)
	}
	return nil
}

func (t *textFile) chunk(i int) (chunk, error) {
	if cs := *t.chunks.Load(); i < len(cs) {
		return cs[i], nil
	}
	t.mu.Lock()
	defer t.mu.Unlock()
	cs := *t.chunks.Load()
	for len(cs) <= i {
		c, err := mapChunk(t.file, int64(len(cs))*chunkBytes)
		if err != nil {
			return chunk{}, fmt.Errorf("map texts: %w", err)
		}
		cs = append(cs[:len(cs):len(cs)], c)
	}
	t.chunks.Store(&cs)
	return cs[i], nil
}

// close ends all use of the texts, those that at returned too.
func (t *textFile) close() error {
	var err error
	for _, c := range *t.chunks.Load() {
		err = errors.Join(err, c.unmap())
	}
	return errors.Join(err, t.file.Close())
}
