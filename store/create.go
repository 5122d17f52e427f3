package store

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"time"

	"github.com/google/uuid"
	bolt "go.etcd.io/bbolt"
)

// format is the number of the layout of the whole archive. Buckets added by a
// later version do not change it; migrate brings older archives up to it.
const format = 2

// The keys of the bucket meta.
const (
	metaIdentity = "identity"
	metaCounts   = "counts"
	metaPacks    = "packs"

	metaRefusalsDropped = "refusals_dropped"
)

// identity is what tells one archive from another.
type identity struct {
	ID      string    `json:"id"`
	Format  int       `json:"format"`
	Created time.Time `json:"created"`
}

// temporary is the start of the names under which archives are made.
const temporary = dbName + ".new-"

// create makes an empty archive in dir where there is none: whole under a
// temporary name first, so that a crash leaves no half of one.
func create(dir string, now time.Time) error {
	path := filepath.Join(dir, dbName)
	if _, err := os.Lstat(path); err == nil || !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	if err := os.MkdirAll(filepath.Join(dir, packsDir), 0o700); err != nil {
		return plain(err)
	}
	f, err := os.CreateTemp(dir, temporary+"*")
	if err != nil {
		return plain(err)
	}
	name := f.Name()
	defer os.Remove(name)
	if err := f.Close(); err != nil {
		return plain(err)
	}
	if err := fill(name, now); err != nil {
		return fmt.Errorf("make an empty archive: %w", plain(err))
	}
	// A link never replaces the archive that another process made meanwhile.
	if err := placeNew(name, path); errors.Is(err, fs.ErrExist) {
		return nil
	} else if err != nil {
		return plain(err)
	}
	return plain(syncDir(dir))
}

// fill writes the first transaction of a new archive. bbolt syncs it.
func fill(name string, now time.Time) error {
	id, err := uuid.NewRandom()
	if err != nil {
		return err
	}
	db, err := bolt.Open(name, 0o600, &bolt.Options{
		Timeout: defaultTimeout, FreelistType: bolt.FreelistMapType, NoFreelistSync: true,
	})
	if err != nil {
		return err
	}
	err = db.Update(func(bt *bolt.Tx) error {
		for _, b := range buckets {
			if _, err := bt.CreateBucket([]byte(b)); err != nil {
				return err
			}
		}
		t := &tx{Tx: bt, tallies: tallies{}}
		for _, b := range buckets {
			t.tallies[b] = &tally{}
		}
		if err := t.put(bucketMeta, []byte(metaCounts), counts{}); err != nil {
			return err
		}
		if err := t.put(bucketMeta, []byte(metaIdentity), identity{ID: id.String(), Format: format, Created: now.UTC()}); err != nil {
			return err
		}
		return t.saveTallies()
	})
	if err == nil {
		// Both of bbolt's meta pages then stand for a whole archive.
		err = db.Update(func(*bolt.Tx) error { return nil })
	}
	return errors.Join(err, db.Sync(), db.Close())
}

// removeLeftovers deletes what a crash in create left. A young file may be
// another process's that is about to find the archive taken.
func removeLeftovers(dir string) {
	names, _ := filepath.Glob(filepath.Join(dir, temporary+"*"))
	for _, name := range names {
		if fi, err := os.Stat(name); err == nil && time.Since(fi.ModTime()) > time.Hour {
			_ = os.Remove(name)
		}
	}
}

// syncDir makes the names in dir durable, where the system can.
func syncDir(dir string) error {
	d, err := os.Open(dir)
	if err != nil {
		return err
	}
	defer d.Close()
	if err := d.Sync(); err != nil && !errors.Is(err, errors.ErrUnsupported) && !errors.Is(err, fs.ErrInvalid) && !errors.Is(err, fs.ErrPermission) {
		return err
	}
	return nil
}
