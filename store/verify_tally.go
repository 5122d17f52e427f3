package store

import (
	"context"
	"encoding/binary"
	"fmt"
	"slices"
)

// tallies compares, as of one moment, what the tallies say of each bucket with its
// records: none may be missing, be there too much, or be an older state of itself. It
// reads every record's stored checksum and no more.
func (v *verifier) tallies(ctx context.Context) error {
	return v.s.view(ctx, func(t *tx) error {
		kept, err := t.readTallies()
		switch {
		case isDamage(err):
			v.problem("%v", err)
			return nil
		case err != nil:
			return err
		case kept == nil && v.s.ident.Format < 2:
			return nil // opened for reading only, and not yet brought up to date
		}
		for _, name := range buckets {
			if err := ctx.Err(); err != nil {
				return err
			}
			got, err := t.count(name)
			if err != nil {
				return err
			}
			switch want := kept[name]; {
			case want == nil && t.Bucket([]byte(name)) == nil: // opened for reading only
			case want == nil:
				v.problem("the bucket %s has no tally", name)
			case got.N != want.N:
				v.problem("the bucket %s has %d records and should have %d", name, got.N, want.N)
			case got != *want:
				v.problem("the bucket %s has a record that is damaged, or of an older state", name)
			}
		}
		return v.roots(t, kept)
	})
}

// roots checks what stands beside the records: the names of the buckets, and the
// counter that texts are filed by.
func (v *verifier) roots(t *tx, kept tallies) error {
	c := t.Cursor()
	for k, val := c.First(); k != nil; k, val = c.Next() {
		if name := string(k); val != nil || !slices.Contains(buckets, name) && kept[name] == nil {
			v.problem("%s has a bucket %s that nobody made", dbName, printable(k))
		}
	}
	texts := t.Bucket([]byte(bucketVersions))
	if texts == nil {
		return nil
	}
	if k, _ := texts.Cursor().Last(); len(k) >= 8 && binary.BigEndian.Uint64(k) > texts.Sequence() {
		v.problem("%v", damaged(bucketVersions, k, fmt.Sprintf("the counter of texts is at %d", texts.Sequence())))
	}
	return nil
}
