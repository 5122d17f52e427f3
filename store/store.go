package store

import (
	"context"
	"encoding/json"
	"fmt"
	"path/filepath"
	"runtime"
	"runtime/debug"
	"slices"
	"sync"
	"sync/atomic"
	"time"

	bolt "go.etcd.io/bbolt"

	"backfile/internal/news"
)

// The names in the data directory.
const (
	dbName   = "archive.db"
	packsDir = "originals"
)

// defaultTimeout is how long Open waits for another process to let go.
const defaultTimeout = 2 * time.Second

// Options are for Open. The zero Options are good for use.
type Options struct {
	// Timeout is how long to wait for another process that holds the archive;
	// 2 seconds where it is 0.
	Timeout time.Duration
	// ReadOnly opens without the right to write. Several processes may read at
	// a time, but none beside one that writes.
	ReadOnly bool
	// Now is the clock; time.Now where it is nil.
	Now func() time.Time
	// NoCache has InBrief read every record anew, so that what reading costs can be measured.
	NoCache bool
}

// Store is an open archive. All its methods are safe for concurrent use, and
// what they return is the caller's own.
type Store struct {
	dir   string
	db    *bolt.DB
	now   func() time.Time
	ident identity

	// gate is held for reading by every read and closed only while erased
	// pages are overwritten.
	gate sync.RWMutex

	// corrections are what the events say by now; see Correct.
	corrections atomic.Pointer[news.Corrections]

	backups backups
	briefs  briefs

	// write is held by the one writer, and guards what follows.
	write sync.Mutex
	packs *packs
	// written says that a transaction was committed since Open.
	written bool
	// known caches entity records for the writer; see batch.entity.
	known map[news.EntityID]*entityRecord
	// vouching, where a run is being undone, is what runs took in meanwhile.
	vouching map[taken]bool

	// undoing is held while a run is undone, before write.
	undoing sync.Mutex

	// doubted says that archive.db could not be written or read as it should: it is
	// walked when it is opened next. See leave.go.
	doubted atomic.Bool
}

// Open opens the archive in the directory dir, which it makes where there is
// none. It returns news.ErrLocked where another process holds the archive, and
// an error that wraps news.ErrDamaged, naming file and reason, where archive.db
// is cut short, foreign or damaged in its structure.
func Open(dir string, o Options) (*Store, error) {
	s, err := open(dir, o)
	if err != nil {
		return nil, fmt.Errorf("open store %s: %w", filepath.Join(dir, dbName), err)
	}
	return s, nil
}

func open(dir string, o Options) (_ *Store, err error) {
	if o.Now == nil {
		o.Now = time.Now
	}
	if o.Timeout <= 0 {
		o.Timeout = defaultTimeout
	}
	path := filepath.Join(dir, dbName)
	if !o.ReadOnly {
		if err := create(dir, o.Now()); err != nil {
			return nil, err
		}
	}
	db, err := openCurrent(path, o)
	if err != nil {
		return nil, err
	}
	s := &Store{dir: dir, db: db, now: o.Now, briefs: briefs{off: o.NoCache}, known: map[news.EntityID]*entityRecord{}}
	defer func() {
		if err != nil {
			_ = db.Close()
		}
	}()
	var kept extent
	if err := s.identify(); err != nil {
		return nil, err
	}
	if !o.ReadOnly {
		if err := s.migrate(); err != nil {
			return nil, err
		}
	}
	if err := s.view(context.Background(), func(t *tx) error {
		_, err := t.get(bucketMeta, []byte(metaPacks), &kept)
		return err
	}); err != nil {
		return nil, err
	}
	if err := s.replay(context.Background()); err != nil {
		return nil, err
	}
	if s.packs, err = openPacks(filepath.Join(dir, packsDir), kept, o.ReadOnly); err != nil {
		return nil, err
	}
	if !o.ReadOnly {
		removeLeftovers(dir)
		if err := s.finishErasures(context.Background()); err != nil {
			s.packs.close()
			return nil, err
		}
	}
	return s, nil
}

func openBolt(path string, o Options) (db *bolt.DB, err error) {
	defer func(old bool) {
		debug.SetPanicOnFault(old)
		if r := recover(); r != nil {
			err = caught(r)
		}
	}(debug.SetPanicOnFault(true))
	opts := &bolt.Options{
		Timeout:        o.Timeout,
		ReadOnly:       o.ReadOnly,
		FreelistType:   bolt.FreelistMapType,
		NoFreelistSync: true,
	}
	if mapsAhead {
		// Growing the map waits for every reader; a map this large never grows.
		opts.InitialMmapSize = 64 << 30
	}
	db, err = bolt.Open(path, 0o600, opts)
	return db, plain(err)
}

// mapsAhead says that address space costs nothing and a file stays as small as
// its content: 64 bits, and not Windows, where the file would grow to the map.
const mapsAhead = ^uint(0)>>63 == 1 && runtime.GOOS != "windows"

// Close lets go of the archive, after the reads and writes under way.
func (s *Store) Close() error {
	s.write.Lock()
	defer s.write.Unlock()
	write := !s.db.IsReadOnly()
	if s.written {
		s.leave()
	}
	err := s.db.Close()
	s.packs.close()
	if err != nil {
		return fmt.Errorf("close store: %w", err)
	}
	if write && !s.doubted.Load() {
		noteLeft(s.dir)
	}
	return nil
}

// ID is the store's random id, given when the archive was made. What is derived
// from the store keeps it beside its cursor.
func (s *Store) ID() string { return s.ident.ID }

// Dir is the data directory.
func (s *Store) Dir() string { return s.dir }

// tx is one transaction, with values as records.
type tx struct {
	*bolt.Tx
	now time.Time // as of which articles are shown or not
	// tallies are carried on by a write transaction; see tally. recount are the
	// buckets of which that cannot be done.
	tallies tallies
	recount map[string]bool
}

// getRaw returns the checked payload under key; ok is false where there is none.
func (t *tx) getRaw(bucket string, key []byte) (payload []byte, ok bool, err error) {
	b := t.Bucket([]byte(bucket))
	if b == nil {
		return nil, false, t.missing(bucket)
	}
	v := b.Get(key)
	if v == nil {
		return nil, false, nil
	}
	payload, err = decodeRecord(bucket, key, v)
	return payload, err == nil, err
}

// get reads the JSON payload under key into v.
func (t *tx) get(bucket string, key []byte, v any) (ok bool, err error) {
	payload, ok, err := t.getRaw(bucket, key)
	if !ok || err != nil {
		return false, err
	}
	if err := unmarshal(bucket, key, payload, v); err != nil {
		return false, err
	}
	return true, nil
}

// missing is nil for a bucket that this archive may lack, see laterBuckets.
func (t *tx) missing(bucket string) error {
	if slices.Contains(laterBuckets, bucket) {
		return nil
	}
	return damaged(bucket, nil, "the bucket is missing")
}

// has reports whether there is a record under key, without reading it.
func (t *tx) has(bucket string, key []byte) bool {
	b := t.Bucket([]byte(bucket))
	return b != nil && b.Get(key) != nil
}

func (t *tx) putRaw(bucket string, key, payload []byte) error {
	b, rec := t.Bucket([]byte(bucket)), encodeRecord(bucket, key, payload)
	if b == nil {
		return damaged(bucket, nil, "the bucket is missing") // Open made it
	}
	t.replaced(b, bucket, key, rec)
	return b.Put(key, rec)
}

func (t *tx) put(bucket string, key []byte, v any) error {
	encode := func() ([]byte, error) { return json.Marshal(v) }
	if v, ok := v.(interface{ Encode() ([]byte, error) }); ok {
		encode = v.Encode // what knows a quicker way
	}
	payload, err := encode()
	if err != nil {
		return err
	}
	return t.putRaw(bucket, key, payload)
}

func (t *tx) delete(bucket string, key []byte) error {
	b := t.Bucket([]byte(bucket))
	if b == nil {
		return t.missing(bucket)
	}
	t.replaced(b, bucket, key, nil)
	return b.Delete(key)
}

// view runs fn in a read transaction. fn must be short, and must not start
// another.
func (s *Store) view(ctx context.Context, fn func(*tx) error) (err error) {
	if err := ctx.Err(); err != nil {
		return err
	}
	s.gate.RLock()
	defer s.gate.RUnlock()
	defer func(old bool) {
		debug.SetPanicOnFault(old)
		if r := recover(); r != nil {
			err = s.caught(r)
		}
	}(debug.SetPanicOnFault(true))
	var inner error
	err = s.db.View(func(t *bolt.Tx) error {
		inner = fn(&tx{Tx: t, now: stamp(s.now())})
		return inner
	})
	if inner != nil {
		return inner
	}
	return plain(err)
}
