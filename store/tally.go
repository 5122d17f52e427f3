package store

import (
	"encoding/binary"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"math/bits"

	bolt "go.etcd.io/bbolt"
)

// A tally says how many records a bucket holds and what their checksums come to,
// added up as numbers of 128 bits. Each transaction carries it on by what it puts
// and deletes. A record's own checksum tells that it is altered; the tally tells
// that one is missing, or that an older state of one is back.
type tally struct {
	N      int
	hi, lo uint64
}

// tallies are those of all buckets, by name.
type tallies map[string]*tally

// metaTallies is the key of the tallies, which counts in none of them.
const metaTallies = "tallies"

func (y *tally) add(rec []byte) {
	y.N++
	hi, lo := tallyNumber(rec)
	var carry uint64
	y.lo, carry = bits.Add64(y.lo, lo, 0)
	y.hi, _ = bits.Add64(y.hi, hi, carry)
}

func (y *tally) subtract(rec []byte) {
	y.N--
	hi, lo := tallyNumber(rec)
	var borrow uint64
	y.lo, borrow = bits.Sub64(y.lo, lo, 0)
	y.hi, _ = bits.Sub64(y.hi, hi, borrow)
}

// tallyNumber is the checksum of a record as a number; 0 for what is no record.
func tallyNumber(rec []byte) (hi, lo uint64) {
	if len(rec) < recordHeader {
		return 0, 0
	}
	return binary.BigEndian.Uint64(rec[2:]), binary.BigEndian.Uint64(rec[10:])
}

type tallyJSON struct {
	N   int    `json:"n"`
	Sum string `json:"sum"`
}

func (y tally) MarshalJSON() ([]byte, error) {
	b := binary.BigEndian.AppendUint64(binary.BigEndian.AppendUint64(nil, y.hi), y.lo)
	return json.Marshal(tallyJSON{y.N, hex.EncodeToString(b)})
}

func (y *tally) UnmarshalJSON(b []byte) error {
	var j tallyJSON
	if err := json.Unmarshal(b, &j); err != nil {
		return err
	}
	sum, err := hex.DecodeString(j.Sum)
	if err != nil || len(sum) != sumLength {
		return fmt.Errorf("the sum %q is none", j.Sum)
	}
	y.N, y.hi, y.lo = j.N, binary.BigEndian.Uint64(sum), binary.BigEndian.Uint64(sum[8:])
	return nil
}

// count adds up the records of a bucket as they are. It does not check them.
func (t *tx) count(bucket string) (tally, error) {
	var y tally
	b := t.Bucket([]byte(bucket))
	if b == nil {
		return y, nil
	}
	err := b.ForEach(func(k, v []byte) error {
		if bucket != bucketMeta || string(k) != metaTallies {
			y.add(v)
		}
		return nil
	})
	return y, err
}

// readTallies returns the tallies as they are kept; nil where none are.
func (t *tx) readTallies() (tallies, error) {
	var y tallies
	_, err := t.get(bucketMeta, []byte(metaTallies), &y)
	return y, err
}

// saveTallies keeps the tallies that the transaction carried on.
func (t *tx) saveTallies() error {
	for bucket := range t.recount {
		y, err := t.count(bucket)
		if err != nil {
			return err
		}
		t.tallies[bucket] = &y
	}
	payload, err := json.Marshal(t.tallies)
	if err != nil {
		return err
	}
	key := []byte(metaTallies)
	return t.Bucket([]byte(bucketMeta)).Put(key, encodeRecord(bucketMeta, key, payload))
}

// replaced notes that rec takes the place of what is under key; nil rec deletes.
func (t *tx) replaced(b *bolt.Bucket, bucket string, key, rec []byte) {
	if t.tallies == nil {
		return
	}
	y := t.tallies[bucket]
	if y == nil {
		y = &tally{}
		t.tallies[bucket] = y
	}
	if old := b.Get(key); old != nil {
		if !intact(bucket, key, old) {
			// What it counted for cannot be known: the bucket is counted anew.
			if t.recount == nil {
				t.recount = map[string]bool{}
			}
			t.recount[bucket] = true
		}
		y.subtract(old)
	}
	if rec != nil {
		y.add(rec)
	}
}

// intact reports whether a record fits its checksum.
func intact(bucket string, key, rec []byte) bool {
	if len(rec) < recordHeader {
		return false
	}
	sum := recordSum(bucket, key, rec)
	return string(sum[:sumLength]) == string(rec[2:recordHeader])
}
