package tagger

import (
	"encoding/binary"
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/klauspost/compress/zstd"
)

// grains is how many classes a word has, from rough to fine.
const grains = 4

// Classes are classes of words whose vectors point the same way, at several
// grains. They are of folded words.
//
// A word is known by its hash of 64 bits: a map of the words themselves takes
// longer to fill, and more to keep.
type Classes struct {
	hashes []uint64
	rows   [][grains]uint16
	table  []uint32 // a word's index and 1, 0 for empty
}

func (c *Classes) find(fold string) (int, bool) {
	if len(c.table) == 0 {
		return 0, false
	}
	h := hashString(fold)
	for at := int(h) & (len(c.table) - 1); c.table[at] != 0; at = (at + 1) & (len(c.table) - 1) {
		if i := c.table[at] - 1; c.hashes[i] == h {
			return int(i), true
		}
	}
	return 0, false
}

// add takes the next word.
func (c *Classes) add(h uint64) {
	c.hashes = append(c.hashes, h)
	at := int(h) & (len(c.table) - 1)
	for c.table[at] != 0 {
		at = (at + 1) & (len(c.table) - 1)
	}
	c.table[at] = uint32(len(c.hashes))
}

// classesMagic opens the classes' bytes before they are packed.
const classesMagic = "classes\x01"

// ErrClasses is what LoadClasses's errors wrap.
var ErrClasses = errors.New("no classes of words")

// of are a folded word's classes, from 1; 0 where it has none.
func (c *Classes) of(fold string) (out [grains]uint16) {
	if c == nil {
		return out
	}
	i, ok := c.find(fold)
	if !ok && strings.IndexByte(fold, '.') > 0 {
		i, ok = c.find(fold + ".") // "u.s" lost its last full stop to the sentence
	}
	if ok {
		return c.rows[i]
	}
	return out
}

// Len is the number of words.
func (c *Classes) Len() int { return len(c.rows) }

// PackClasses writes the classes of words, which LoadClasses reads. Each word has
// a class of each grain, from 1; words are ordered before they are written, so that
// equal classes give equal bytes.
func PackClasses(words []string, rows [][4]uint16) []byte {
	order := make([]int, len(words))
	for i := range order {
		order[i] = i
	}
	slices.SortFunc(order, func(a, b int) int {
		switch {
		case words[a] < words[b]:
			return -1
		case words[a] > words[b]:
			return 1
		}
		return 0
	})
	b := []byte(classesMagic)
	b = binary.AppendUvarint(b, uint64(len(words)))
	before := ""
	for _, i := range order {
		w := words[i]
		same := 0
		for same < min(len(w), len(before), 255) && w[same] == before[same] {
			same++
		}
		b = append(b, byte(same))
		b = binary.AppendUvarint(b, uint64(len(w)-same))
		b = append(b, w[same:]...)
		before = w
	}
	for g := range grains {
		for _, i := range order {
			b = append(b, byte(rows[i][g]>>8))
		}
		for _, i := range order {
			b = append(b, byte(rows[i][g]))
		}
	}
	w, err := zstd.NewWriter(nil, zstd.WithEncoderLevel(zstd.SpeedBestCompression), zstd.WithEncoderConcurrency(1))
	if err != nil {
		panic(err) // only for options that do not exist
	}
	return w.EncodeAll(b, nil)
}

// LoadClasses reads what PackClasses wrote. Its errors wrap ErrClasses.
func LoadClasses(packed []byte) (*Classes, error) {
	z, err := zstd.NewReader(nil, zstd.WithDecoderConcurrency(1), zstd.WithDecoderMaxMemory(most))
	if err != nil {
		return nil, fmt.Errorf("%w: %w", ErrClasses, err)
	}
	defer z.Close()
	b, err := z.DecodeAll(packed, nil)
	if err != nil {
		return nil, fmt.Errorf("%w: %w", ErrClasses, err)
	}
	if len(b) < len(classesMagic) || string(b[:len(classesMagic)]) != classesMagic {
		return nil, fmt.Errorf("%w: another format", ErrClasses)
	}
	r := &reader{b: b[len(classesMagic):]}
	n := r.count()
	size := 1
	for size < 2*n {
		size *= 2
	}
	c := &Classes{hashes: make([]uint64, 0, n), rows: make([][grains]uint16, n), table: make([]uint32, size)}
	var word []byte
	for range n {
		same := r.bytes(1)
		if r.bad || int(same[0]) > len(word) {
			return nil, fmt.Errorf("%w: cut short", ErrClasses)
		}
		word = append(word[:same[0]], r.bytes(r.count())...)
		c.add(hashBytes(word))
	}
	for g := range grains {
		high, low := r.bytes(n), r.bytes(n)
		if r.bad {
			return nil, fmt.Errorf("%w: cut short", ErrClasses)
		}
		for i := range n {
			c.rows[i][g] = uint16(high[i])<<8 | uint16(low[i])
		}
	}
	if len(r.b) > 0 {
		return nil, fmt.Errorf("%w: longer than it says", ErrClasses)
	}
	return c, nil
}
