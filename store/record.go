package store

import (
	"crypto/sha256"
	"encoding/binary"
	"encoding/json"
	"errors"
	"fmt"
	"unicode/utf8"

	"github.com/klauspost/compress/zstd"

	"backfile/internal/news"
)

// A record is what every value of archive.db holds:
//
//	byte 0      version of the form, recordVersion
//	byte 1      how the payload is kept, codecRaw or codecZstd
//	bytes 2–17  checksum: SHA-256 of bucket, key, the two bytes above and the
//	            payload as kept, cut to 16 bytes
//	bytes 18–   payload
//
// Bucket and key are part of the sum, so that a record that ends up under
// another key is found out too.
const (
	recordVersion = 1
	recordHeader  = 18
	sumLength     = 16

	codecRaw  = 0
	codecZstd = 1

	// compressFrom is the size in bytes from which compression pays.
	compressFrom = 512
	// maxPayload bounds what a record may grow to when it is decompressed.
	maxPayload = 256 << 20
)

// The coders are safe for concurrent use in EncodeAll and DecodeAll.
var (
	encoder = must(zstd.NewWriter(nil, zstd.WithEncoderLevel(zstd.SpeedFastest), zstd.WithEncoderConcurrency(1), zstd.WithEncoderCRC(false)))
	decoder = must(zstd.NewReader(nil, zstd.WithDecoderConcurrency(0), zstd.WithDecoderMaxMemory(maxPayload)))
)

func must[T any](v T, err error) T {
	if err != nil {
		panic(err) // only ever an option out of range
	}
	return v
}

// encodeRecord returns payload as the value to put under key in bucket.
func encodeRecord(bucket string, key, payload []byte) []byte {
	codec := byte(codecRaw)
	rec := make([]byte, recordHeader, recordHeader+len(payload))
	if len(payload) >= compressFrom {
		if rec = encoder.EncodeAll(payload, rec); len(rec) < recordHeader+len(payload) {
			codec = codecZstd
		} else {
			rec = rec[:recordHeader]
		}
	}
	if codec == codecRaw {
		rec = append(rec, payload...)
	}
	rec[0], rec[1] = recordVersion, codec
	sum := recordSum(bucket, key, rec)
	copy(rec[2:recordHeader], sum[:sumLength])
	return rec
}

// decodeRecord checks rec and returns its payload, which never shares memory
// with rec.
func decodeRecord(bucket string, key, rec []byte) ([]byte, error) {
	return decodeRecordTo(nil, bucket, key, rec)
}

// decodeRecordTo is decodeRecord with the payload behind to, in its memory where that is enough.
func decodeRecordTo(to []byte, bucket string, key, rec []byte) ([]byte, error) {
	if len(rec) < recordHeader {
		return nil, damaged(bucket, key, "it is cut short")
	}
	if sum := recordSum(bucket, key, rec); string(sum[:sumLength]) != string(rec[2:recordHeader]) {
		return nil, damaged(bucket, key, "its checksum does not fit")
	}
	if rec[0] != recordVersion {
		return nil, damaged(bucket, key, fmt.Sprintf("it is of form %d, which this program does not know", rec[0]))
	}
	switch rec[1] {
	case codecRaw:
		return append(to, rec[recordHeader:]...), nil
	case codecZstd:
		out, err := decoder.DecodeAll(rec[recordHeader:], to)
		if err != nil {
			return nil, damaged(bucket, key, err.Error())
		}
		return out, nil
	}
	return nil, damaged(bucket, key, fmt.Sprintf("its codec %d is unknown", rec[1]))
}

func recordSum(bucket string, key, rec []byte) (sum [sha256.Size]byte) {
	h := sha256.New()
	var n [8]byte
	binary.BigEndian.PutUint32(n[:4], uint32(len(bucket)))
	binary.BigEndian.PutUint32(n[4:], uint32(len(key)))
	h.Write(n[:])
	h.Write([]byte(bucket))
	h.Write(key)
	h.Write(rec[:2])
	h.Write(rec[recordHeader:])
	h.Sum(sum[:0])
	return sum
}

// damaged is the error of a record that must not be believed.
func damaged(bucket string, key []byte, why string) error {
	return fmt.Errorf("record %q of bucket %s: %s: %w", printable(key), bucket, why, news.ErrDamaged)
}

// printable is a key for a message: text as it is, with the zero bytes that
// part its fields as slashes; anything else in hexadecimal.
func printable(key []byte) string {
	out := make([]byte, 0, len(key))
	for _, c := range key {
		switch {
		case c == 0:
			out = append(out, '/')
		case c < ' ' || c == 0x7f:
			return fmt.Sprintf("%x", key)
		default:
			out = append(out, c)
		}
	}
	if !utf8.Valid(out) {
		return fmt.Sprintf("%x", key)
	}
	return string(out)
}

// isDamage reports whether err says that a record is damaged.
func isDamage(err error) bool { return errors.Is(err, news.ErrDamaged) }

// decodeJSON checks the record v under key and reads its payload into into.
func decodeJSON(bucket string, key, v []byte, into any) error {
	payload, err := decodeRecord(bucket, key, v)
	if err != nil {
		return err
	}
	return unmarshal(bucket, key, payload, into)
}

func unmarshal(bucket string, key, payload []byte, into any) error {
	decode := func(b []byte) error { return json.Unmarshal(b, into) }
	if v, ok := into.(interface{ Decode([]byte) error }); ok {
		decode = v.Decode // what knows a quicker way
	}
	if err := decode(payload); err != nil {
		return damaged(bucket, key, err.Error())
	}
	return nil
}
