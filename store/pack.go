package store

import (
	"crypto/sha256"
	"encoding/binary"
	"errors"
	"fmt"
	"io"

	"backfile/internal/news"
)

// A pack file begins with packMagic. Records follow without gaps:
//
//	bytes 0–3    recordMagic
//	byte 4       how the content is kept: packRaw, packZstd or packHole
//	bytes 5–7    zero
//	bytes 8–15   length of the content, big-endian
//	bytes 16–23  length of what is kept, big-endian
//	bytes 24–55  SHA-256 of the content
//	bytes 56–71  SHA-256 of what is kept, cut to 16 bytes
//	bytes 72–79  SHA-256 of bytes 0–71, cut to 8 bytes
//	bytes 80–    what is kept
//
// A hole is a record whose content was erased: its length stays, what it kept is
// zero bytes, and so are both hashes. So packs can be read from front to back
// without archive.db, and every byte of them is under some checksum.
const (
	packMagic    = "backfile pack 1\n"
	recordMagic  = "bfo1"
	packHeadSize = 80

	packRaw  = 0
	packZstd = 1
	packHole = 2

	// maxOriginal is the most bytes that one original may have.
	maxOriginal = maxPayload
)

// packHead is the head of a record.
type packHead struct {
	codec   byte
	size    int64 // of the content
	stored  int64 // of what is kept
	content [sha256.Size]byte
	sum     [sumLength]byte
}

func (h packHead) encode() []byte {
	b := make([]byte, packHeadSize)
	copy(b, recordMagic)
	b[4] = h.codec
	binary.BigEndian.PutUint64(b[8:], uint64(h.size))
	binary.BigEndian.PutUint64(b[16:], uint64(h.stored))
	copy(b[24:], h.content[:])
	copy(b[56:], h.sum[:])
	sum := sha256.Sum256(b[:72])
	copy(b[72:], sum[:8])
	return b
}

// errPack is wrapped by everything that is wrong inside a pack.
var errPack = fmt.Errorf("pack: %w", news.ErrDamaged)

func decodeHead(b []byte) (h packHead, err error) {
	if len(b) < packHeadSize || string(b[:4]) != recordMagic {
		return h, fmt.Errorf("no record begins here: %w", errPack)
	}
	if sum := sha256.Sum256(b[:72]); string(sum[:8]) != string(b[72:packHeadSize]) {
		return h, fmt.Errorf("head does not fit its checksum: %w", errPack)
	}
	h.codec = b[4]
	h.size, h.stored = int64(binary.BigEndian.Uint64(b[8:])), int64(binary.BigEndian.Uint64(b[16:]))
	copy(h.content[:], b[24:])
	copy(h.sum[:], b[56:])
	if h.codec > packHole || b[5]|b[6]|b[7] != 0 || h.size < 0 || h.size > maxOriginal || h.stored < 0 || h.stored > maxOriginal+packHeadSize {
		return h, fmt.Errorf("head is of an unknown form: %w", errPack)
	}
	return h, nil
}

// packed is an original ready to be appended.
type packed struct {
	hash [sha256.Size]byte // of the content
	rec  []byte            // head and all
	size int64             // of the content
}

// pack compresses an original.
func pack(content []byte) packed {
	h := packHead{codec: packZstd, size: int64(len(content)), content: sha256.Sum256(content)}
	kept := encoder.EncodeAll(content, nil)
	if len(kept) >= len(content) {
		h.codec, kept = packRaw, content
	}
	h.stored = int64(len(kept))
	sum := sha256.Sum256(kept)
	copy(h.sum[:], sum[:])
	return packed{hash: h.content, rec: append(h.encode(), kept...), size: h.size}
}

// readPacked reads the record at offset of r, which must not reach beyond end,
// and checks all of it. A hole has no content.
func readPacked(r io.ReaderAt, offset, end int64) (h packHead, content []byte, err error) {
	if h, err = readHead(r, offset, end); err != nil {
		return h, nil, err
	}
	kept := make([]byte, h.stored)
	if _, err := r.ReadAt(kept, offset+packHeadSize); err != nil {
		return h, nil, torn(err)
	}
	if h.codec == packHole {
		for _, c := range kept {
			if c != 0 {
				return h, nil, fmt.Errorf("hole is not empty: %w", errPack)
			}
		}
		return h, nil, nil
	}
	if sum := sha256.Sum256(kept); string(sum[:sumLength]) != string(h.sum[:]) {
		return h, nil, fmt.Errorf("record does not fit its checksum: %w", errPack)
	}
	content = kept
	if h.codec == packZstd {
		if content, err = decoder.DecodeAll(kept, nil); err != nil {
			return h, nil, fmt.Errorf("%w: %w", err, errPack)
		}
	}
	if int64(len(content)) != h.size || sha256.Sum256(content) != h.content {
		return h, nil, fmt.Errorf("content does not fit its hash: %w", errPack)
	}
	return h, content, nil
}

func readHead(r io.ReaderAt, offset, end int64) (h packHead, err error) {
	var b [packHeadSize]byte
	if offset+packHeadSize > end {
		return h, fmt.Errorf("record is cut short: %w", errPack)
	}
	if _, err := r.ReadAt(b[:], offset); err != nil {
		return h, torn(err)
	}
	if h, err = decodeHead(b[:]); err != nil {
		return h, err
	}
	if offset+packHeadSize+h.stored > end {
		return h, fmt.Errorf("record is cut short: %w", errPack)
	}
	return h, nil
}

func torn(err error) error {
	if errors.Is(err, io.EOF) {
		return fmt.Errorf("record is cut short: %w", errPack)
	}
	return err
}
