package store

import (
	"bytes"
	"context"
	"encoding/binary"
	"fmt"
	"os"
	"path/filepath"
	"reflect"

	bolt "go.etcd.io/bbolt"
)

// verifyPage is how many records are checked in one read transaction.
const verifyPage = 256

// Verify reads the whole archive and calls report with a plain sentence for
// everything that is wrong: pages of archive.db, checksums of records, records
// that do not fit each other, packs. It returns an error only where it could not
// go on. Reads and writes go on meanwhile, except that writes wait while the pages
// are checked.
func (s *Store) Verify(ctx context.Context, report func(problem string)) error {
	v := &verifier{s: s, report: report}
	err := v.pages()
	if err == nil && !v.broken {
		err = v.tallies(ctx)
	}
	if err == nil && !v.broken {
		err = v.records(ctx)
	}
	if err == nil {
		err = v.packs(ctx)
	}
	if err != nil {
		return fmt.Errorf("verify: %w", err)
	}
	return nil
}

type verifier struct {
	s      *Store
	report func(string)
	// broken says that the pages do not hang together, so that nothing can be
	// read safely.
	broken bool
	seen   counts
	// strangers are entities that the feed names, by their row, and that are not
	// filed. Corrections from another archive may be about such.
	strangers map[string][]byte
	row       uint64 // of the feed, the last one seen
}

func (v *verifier) problem(format string, args ...any) { v.report(fmt.Sprintf(format, args...)) }

// pages checks the structure of archive.db: by our own walk first, which stands
// anything, then by bbolt's.
func (v *verifier) pages() error {
	s := v.s
	s.write.Lock()
	defer s.write.Unlock()
	f, err := os.Open(filepath.Join(s.dir, dbName))
	if err != nil {
		return err
	}
	defer f.Close()
	s.gate.RLock()
	defer s.gate.RUnlock()
	t, err := s.db.Begin(!s.db.IsReadOnly())
	if err != nil {
		return plain(err)
	}
	defer func() { _ = t.Rollback() }()
	meta, whole, err := readMetas(f)
	if err == nil {
		if whole < 2 {
			v.problem("%s: one of its two meta pages is damaged; the next write renews it", dbName)
		}
		err = walkPages(f, meta)
	}
	if err != nil {
		if !isDamage(err) {
			return err
		}
		v.broken = true
		s.doubted.Store(true)
		v.problem("%s: %v", dbName, err)
		return nil
	}
	if whole < 2 {
		return nil // bbolt's own check panics at such a page, and finds no more than the walk
	}
	for err := range t.Check() {
		s.doubted.Store(true)
		v.problem("%s: %v", dbName, err)
	}
	return nil
}

// records checks every record of every bucket, and the counters where nothing
// was written meanwhile.
func (v *verifier) records(ctx context.Context) error {
	before, err := v.state(ctx)
	if err != nil && !isDamage(err) {
		return err
	}
	for _, bucket := range buckets {
		if err := v.bucket(ctx, bucket); err != nil {
			return err
		}
	}
	for id, k := range v.strangers {
		v.problem("%v", damaged(bucketFeed, k, fmt.Sprintf("its entity %s is not there", id)))
	}
	after, err := v.state(ctx)
	if isDamage(err) {
		return nil // reported with its record
	}
	if err != nil {
		return err
	}
	if !reflect.DeepEqual(before, after) {
		return nil
	}
	v.seen.OriginalBytes = max(v.seen.OriginalBytes, 0)
	if got, want := fmt.Sprintf("%+v", after.counts), fmt.Sprintf("%+v", v.seen); got != want {
		v.problem("the counters say %s, and the records are %s", got, want)
	}
	if v.row != after.last.seq {
		v.problem("the feed ends at row %d, and %d rows were read", after.last.seq, v.row)
	}
	return nil
}

type verifyState struct {
	counts counts
	last   position
}

func (v *verifier) state(ctx context.Context) (st verifyState, err error) {
	err = v.s.view(ctx, func(t *tx) error {
		if _, err := t.get(bucketMeta, []byte(metaCounts), &st.counts); err != nil {
			return err
		}
		st.last, err = t.lastPosition()
		return err
	})
	return st, err
}

// bucket checks the records of one bucket, a page at a time.
func (v *verifier) bucket(ctx context.Context, bucket string) error {
	check := v.checks()[bucket]
	var after []byte
	for more := true; more; {
		err := v.s.view(ctx, func(t *tx) error {
			more = false
			b := t.Bucket([]byte(bucket))
			if b == nil {
				if t.missing(bucket) != nil {
					v.problem("the bucket %s is missing", bucket)
				}
				return nil
			}
			c := b.Cursor()
			k, val := first(c, after)
			for n := 0; k != nil; k, val = c.Next() {
				if n++; n > verifyPage {
					more = true
					return nil
				}
				after = bytes.Clone(k)
				if val == nil {
					v.problem("the bucket %s holds a bucket %q", bucket, printable(k))
					continue
				}
				payload, err := decodeRecord(bucket, k, val)
				if err == nil && check != nil {
					err = check(t, after, payload)
				} else if err != nil && bucket == bucketFeed {
					v.row = binary.BigEndian.Uint64(append(make([]byte, 8), k...)[len(k):])
				}
				if err != nil {
					v.problem("%v", err)
				}
			}
			return nil
		})
		if err != nil {
			return err
		}
	}
	return nil
}

// first is the first key behind after.
func first(c *bolt.Cursor, after []byte) (k, v []byte) {
	if after == nil {
		return c.First()
	}
	if k, v = c.Seek(after); k != nil && bytes.Equal(k, after) {
		return c.Next()
	}
	return k, v
}

// packs reads every record of every pack, whether something refers to it or not.
func (v *verifier) packs(ctx context.Context) error {
	p := v.s.packs
	v.s.write.Lock()
	ns, err := p.numbers()
	last := p.extent()
	v.s.write.Unlock()
	if err != nil {
		return err
	}
	for _, n := range ns {
		f, err := p.file(n)
		if err != nil {
			return err
		}
		fi, err := f.Stat()
		if err != nil {
			return err
		}
		size := fi.Size()
		if n == last.Pack && last.End <= size && last.End > 0 && !p.readOnly {
			size = last.End
		}
		_, err = walkPack(f, 0, size, func(offset int64, _ packHead) error {
			if err := ctx.Err(); err != nil {
				return err
			}
			if _, _, err := readPacked(f, offset, size); isDamage(err) {
				v.problem("%s/%s at %d: %v", packsDir, packName(n), offset, err)
			} else if err != nil {
				return err
			}
			return nil
		})
		if isDamage(err) {
			v.problem("%s/%s: %v", packsDir, packName(n), err)
		} else if err != nil {
			return err
		}
	}
	return nil
}
