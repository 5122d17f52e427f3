package store

import (
	"bytes"
	"context"
	"encoding/binary"
	"fmt"
	"runtime/debug"
	"slices"

	bolt "go.etcd.io/bbolt"

	"backfile/internal/news"
)

// identify reads what archive it is, and refuses what this program cannot read.
func (s *Store) identify() error {
	return s.view(context.Background(), func(t *tx) error {
		ok, err := false, error(nil)
		if t.Bucket([]byte(bucketMeta)) != nil {
			ok, err = t.get(bucketMeta, []byte(metaIdentity), &s.ident)
		}
		switch {
		case err != nil:
			return err
		case !ok:
			return fmt.Errorf("it is a bbolt file, but no archive of Backfile: %w", news.ErrInvalid)
		case s.ident.Format > format:
			return fmt.Errorf("it has format %d, and this program knows formats up to %d: a later backfile wrote it, so use that one: %w",
				s.ident.Format, format, news.ErrInvalid)
		case s.ident.Format < 1:
			return fmt.Errorf("it has format %d, which never was: %w", s.ident.Format, news.ErrDamaged)
		}
		return t.lost()
	})
}

// lost returns an error where a bucket is gone that was there: it has a tally, or
// every archive has it.
func (t *tx) lost() error {
	kept, err := t.readTallies()
	for _, name := range buckets {
		if err == nil && t.Bucket([]byte(name)) == nil && (kept[name] != nil || t.missing(name) != nil) {
			err = fmt.Errorf("its bucket %s is missing; restore it from a backup: %w", name, news.ErrDamaged)
		}
	}
	return err
}

// migrate brings the archive up to the present format and makes the buckets that
// it has not yet, all in one transaction: a crash leaves the old state or the new.
// What it costs is reading archive.db once, where the format is an older one.
func (s *Store) migrate() (err error) {
	defer func(old bool) {
		debug.SetPanicOnFault(old)
		if r := recover(); r != nil {
			err = caught(r)
		}
	}(debug.SetPanicOnFault(true))
	wanted := false
	if err := s.view(context.Background(), func(t *tx) error {
		wanted = s.ident.Format < format
		for _, name := range buckets {
			wanted = wanted || t.Bucket([]byte(name)) == nil
		}
		return nil
	}); err != nil || !wanted {
		return err
	}
	ident := s.ident
	err = s.db.Update(func(bt *bolt.Tx) error {
		t := &tx{Tx: bt}
		for _, name := range buckets {
			if _, err := bt.CreateBucketIfNotExists([]byte(name)); err != nil {
				return err
			}
		}
		if ident.Format == 1 {
			if err := t.refileTexts(); err != nil {
				return err
			}
		} else if t.tallies, err = t.readTallies(); err != nil {
			return err
		}
		ident.Format = format
		if err := t.put(bucketMeta, []byte(metaIdentity), ident); err != nil {
			return err
		}
		return t.tallyUp()
	})
	if err != nil {
		return fmt.Errorf("bring it up to format %d: %w", format, plain(err))
	}
	s.ident = ident
	return nil
}

// tallyUp counts the buckets that have no tally: all of them before format 2.
func (t *tx) tallyUp() error {
	if t.tallies == nil {
		t.tallies = tallies{}
	}
	for _, name := range buckets {
		if t.tallies[name] != nil {
			continue
		}
		y, err := t.count(name)
		if err != nil {
			return err
		}
		t.tallies[name] = &y
	}
	return t.saveTallies()
}

// refileTexts files texts under numbers that the first programs of format 1 filed
// under their article's id: with each article's in the order of their versions.
func (t *tx) refileTexts() error {
	texts := t.Bucket([]byte(bucketVersions))
	const early = idLength + 4
	if k, _ := texts.Cursor().First(); len(k) != early {
		return nil
	}
	move := func(id []byte, h *head) error {
		for _, i := range h.inOrder() {
			v := &h.Versions[i]
			old := binary.BigEndian.AppendUint32(bytes.Clone(id), uint32(v.N))
			payload, ok, err := t.getRaw(bucketVersions, old)
			if err == nil && !ok {
				err = damaged(bucketVersions, old, "it is missing")
			}
			if err == nil {
				v.Seq, err = texts.NextSequence()
			}
			if err == nil {
				err = t.putRaw(bucketVersions, versionKey(v.Seq, news.ArticleID(id)), payload)
			}
			if err == nil {
				err = texts.Delete(old)
			}
			if err != nil {
				return err
			}
		}
		return nil
	}
	for _, k := range t.keysOf(bucketArticles, nil) {
		var h head
		_, err := t.get(bucketArticles, k, &h)
		if err == nil {
			err = move(k, &h)
		}
		if err == nil {
			err = t.put(bucketArticles, k, h)
		}
		if err != nil {
			return err
		}
	}
	for _, k := range t.keysOf(bucketTombstones, nil) {
		var g tombstone
		_, err := t.get(bucketTombstones, k, &g)
		if err == nil && g.Head != nil {
			if err = move(k, g.Head); err == nil {
				err = t.put(bucketTombstones, k, g)
			}
		}
		if err != nil {
			return err
		}
	}
	// Numbers begin with zero bytes, and so come in front of ids.
	if k, _ := texts.Cursor().Last(); len(k) == early {
		return damaged(bucketVersions, k, "its article does not know of it")
	}
	return nil
}

// inOrder are the indexes of the versions in the order of their numbers.
func (h *head) inOrder() []int {
	out := make([]int, len(h.Versions))
	for i := range out {
		out[i] = i
	}
	slices.SortFunc(out, func(a, b int) int { return h.Versions[a].N - h.Versions[b].N })
	return out
}
