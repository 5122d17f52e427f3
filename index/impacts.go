package index

import (
	"encoding/binary"
	"fmt"
	"hash/crc32"

	"backfile/internal/news"
)

// impacts has, for each stem of the texts of a segment, the documents with it and its class in
// each: what Anh and Moffat call impacts ("Simplified similarity scoring using term ranks",
// SIGIR 2005), in the documents' order. They are made of the segment's texts when it is first
// met (see invert), and never change.
//
// They are one string of bytes, little-endian: a list for each stem, by the stem's hash; an
// entry for each, of that hash (8 bytes) and of the list's offset (5); padding; the number of
// the first entry of each of 2^n ranges of hashes, and of the end (4 each); and a trailer.
//
// A list begins with its length as an unsigned varint. A short one goes on with the classes,
// one byte a document, and the documents' numbers, each as a varint of what it is above the one
// before. A long one goes on with how many different classes it has and each of these with its
// count, a varint; the classes; where the stem is frequent, what stands beside it in each document, a byte (see
// neighbours); and for each 65,536 documents of the segment how many it has there (4 bytes) and these, as 2
// bytes each or, where that is shorter, as a bit for each document behind the ranks of every 512 (2 bytes each).
type impacts struct {
	data    []byte
	entries []byte
	ranges  []byte
	shift   int // of a hash, to its range
	docs    int // of the segment
}

const (
	impactsForm    = 2
	entryBytes     = 8 + 5
	offsetMask     = 1<<40 - 1
	entryPadding   = 8 // an offset is read with what follows it
	impactsTrailer = 4 + 4 + 4 + 4 + 8 + 8 + 4
	longList       = 64
	blockDocs      = 1 << 16
)

// trailer is what impacts end with.
type trailer struct {
	form, docs, stems, bits uint32
	lists                   uint64 // their bytes
	of                      uint64 // what they were made of: see columns.fingerprint
	sum                     uint32 // CRC-32 of all in front
}

func (t *trailer) append(out []byte) []byte {
	for _, n := range []uint32{t.form, t.docs, t.stems, t.bits} {
		out = binary.LittleEndian.AppendUint32(out, n)
	}
	out = binary.LittleEndian.AppendUint64(out, t.lists)
	out = binary.LittleEndian.AppendUint64(out, t.of)
	return binary.LittleEndian.AppendUint32(out, t.sum)
}

// readImpacts takes what invert wrote of the segment of that fingerprint. The error wraps
// news.ErrDamaged for anything else. Whether every byte is what was written is not looked at:
// see check.
func readImpacts(data []byte, of uint64) (*impacts, error) {
	if len(data) < impactsTrailer {
		return nil, fmt.Errorf("%d bytes of impacts: %w", len(data), news.ErrDamaged)
	}
	end := data[len(data)-impactsTrailer:]
	t := trailer{
		form: binary.LittleEndian.Uint32(end), docs: binary.LittleEndian.Uint32(end[4:]), stems: binary.LittleEndian.Uint32(end[8:]), bits: binary.LittleEndian.Uint32(end[12:]),
		lists: binary.LittleEndian.Uint64(end[16:]), of: binary.LittleEndian.Uint64(end[24:]),
	}
	if t.form != impactsForm || t.of != of || t.bits > 32 {
		return nil, fmt.Errorf("impacts of another segment: %w", news.ErrDamaged)
	}
	entries := uint64(t.stems)*entryBytes + entryPadding
	ranges := (uint64(1)<<t.bits + 1) * 4
	if t.lists+entries+ranges+impactsTrailer != uint64(len(data)) {
		return nil, fmt.Errorf("impacts of %d bytes: %w", len(data), news.ErrDamaged)
	}
	return &impacts{
		data: data, entries: data[t.lists : t.lists+entries], ranges: data[t.lists+entries : t.lists+entries+ranges],
		shift: 64 - int(t.bits), docs: int(t.docs),
	}, nil
}

// check compares impacts with their checksum.
func (m *impacts) check() error {
	at := len(m.data) - crc32.Size
	if crc32.ChecksumIEEE(m.data[:at]) != binary.LittleEndian.Uint32(m.data[at:]) {
		return fmt.Errorf("impacts are not what was written: %w", news.ErrDamaged)
	}
	return nil
}

// find is the list of the stem with that hash.
func (m *impacts) find(hash uint64) (l postingsList, ok bool) {
	r := m.ranges[hash>>m.shift*4:]
	at, end := binary.LittleEndian.Uint32(r), binary.LittleEndian.Uint32(r[4:])
	for ; at < end; at++ {
		e := m.entries[at*entryBytes:]
		if binary.LittleEndian.Uint64(e) == hash {
			return readList(m.data[binary.LittleEndian.Uint64(e[8:])&offsetMask:], m.docs), true
		}
	}
	return postingsList{}, false
}

// hashOf is the hash that a stem of a language is found by: 64 bits of FNV-1a, mixed, for its
// highest bits say the range. That two of some million different ones are the same happens to one archive in a million.
func hashOf(stem, language string) uint64 {
	const offset, prime = 14695981039346656037, 1099511628211
	h := uint64(offset)
	for i := range len(language) {
		h = (h ^ uint64(language[i])) * prime
	}
	h *= prime // as a zero byte
	for i := range len(stem) {
		h = (h ^ uint64(stem[i])) * prime
	}
	return max(mix(h), 1)
}

// mix is the finaliser of MurmurHash3 (Appleby): each bit of h changes half of the result's.
func mix(h uint64) uint64 {
	h = (h ^ h>>33) * 0xff51afd7ed558ccd
	h = (h ^ h>>33) * 0xc4ceb9fe1a85ec53
	return h ^ h>>33
}
