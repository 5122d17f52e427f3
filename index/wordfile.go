package index

import (
	"bufio"
	"encoding/binary"
	"errors"
	"fmt"
	"hash/crc32"
	"io"
	"os"

	"backfile/internal/news"
)

// wordFile is a file of strings that only grows: a block for each time that some were added,
// which is its length and CRC-32, and each string behind its length. What refers to a string by
// its place is written after it.
type wordFile struct {
	file *os.File
	size int64 // of the file
	end  int64 // of what was read
}

// maxBlock bounds a block: a batch of articles has fewer bytes of words.
const maxBlock = 1 << 30

// openWordFile opens the file at path, which is made where it does not exist.
func openWordFile(path string) (*wordFile, error) {
	f, size, err := openGrowing(path)
	if err != nil {
		return nil, err
	}
	return &wordFile{file: f, size: size}, nil
}

// openGrowing opens a file that is appended to, and is made where it does not exist; size is how many bytes
// it has.
func openGrowing(path string) (f *os.File, size int64, err error) {
	if f, err = os.OpenFile(path, os.O_RDWR|os.O_CREATE, 0o600); err != nil {
		return nil, 0, err
	}
	info, err := f.Stat()
	if err != nil {
		return nil, 0, errors.Join(err, f.Close())
	}
	return f, info.Size(), nil
}

// read calls f with all strings in their order, without those of a last block that is cut short: nothing
// refers to it. The error wraps news.ErrDamaged for a file that is not as it was written.
func (w *wordFile) read(f func(s string)) error {
	r := bufio.NewReaderSize(w.file, 1<<20)
	var head [8]byte
	for {
		if _, err := io.ReadFull(r, head[:]); err != nil {
			return endOf(err)
		}
		n := int(binary.LittleEndian.Uint32(head[:]))
		if n > maxBlock {
			return fmt.Errorf("a block of %d bytes: %w", n, news.ErrDamaged)
		}
		if int64(n) > w.size-w.end-int64(len(head)) {
			return nil
		}
		block := make([]byte, n)
		if _, err := io.ReadFull(r, block); err != nil {
			return endOf(err)
		}
		if crc32.ChecksumIEEE(block) != binary.LittleEndian.Uint32(head[4:]) {
			return fmt.Errorf("the block at %d: %w", w.end, news.ErrDamaged)
		}
		all := string(block)
		for len(block) > 0 {
			size, k := binary.Uvarint(block)
			if k <= 0 || size > uint64(len(block)-k) {
				return fmt.Errorf("a string of the block at %d: %w", w.end, news.ErrDamaged)
			}
			at := len(all) - len(block) + k
			f(all[at : at+int(size)])
			block = block[k+int(size):]
		}
		w.end += int64(len(head) + n)
	}
}

func endOf(err error) error {
	if errors.Is(err, io.EOF) || errors.Is(err, io.ErrUnexpectedEOF) {
		return nil
	}
	return err
}

// add puts the strings on disk, and nothing stays behind them. Only one caller at a time may add.
func (w *wordFile) add(all []string) error {
	block := make([]byte, 8, 8+16*len(all))
	for _, s := range all {
		block = append(binary.AppendUvarint(block, uint64(len(s))), s...)
	}
	binary.LittleEndian.PutUint32(block, uint32(len(block)-8))
	binary.LittleEndian.PutUint32(block[4:], crc32.ChecksumIEEE(block[8:]))
	if w.size > w.end {
		if err := w.file.Truncate(w.end); err != nil {
			return err
		}
	}
	w.size = w.end + int64(len(block)) // at most: a block that fails may be there in part
	if _, err := w.file.WriteAt(block, w.end); err != nil {
		return err
	}
	if err := w.file.Sync(); err != nil {
		return err
	}
	w.end = w.size
	return nil
}

// empty forgets all strings.
func (w *wordFile) empty() error {
	w.end, w.size = 0, 0
	return w.file.Truncate(0)
}
