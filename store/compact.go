package store

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"runtime/debug"
	"slices"

	bolt "go.etcd.io/bbolt"

	"backfile/internal/news"
)

// Compacted is what Compact did, in bytes of files before and after.
type Compacted struct {
	Archive, ArchiveBefore     int64
	Originals, OriginalsBefore int64
}

// Saved is how many bytes the files lost.
func (c Compacted) Saved() int64 {
	return c.ArchiveBefore + c.OriginalsBefore - c.Archive - c.Originals
}

// compacting is the start of the names under which archive.db is written anew.
const compacting = temporary + "compact-"

// The steps of Compact, as a test that kills it knows them.
const (
	stepPackCopied  = "pack copied"
	stepPackMoved   = "pack moved"
	stepPackDropped = "pack dropped"
	stepCopied      = "archive copied"
	stepChecked     = "archive checked"
	stepSwapped     = "archive swapped"
)

// compactStep is called behind each step.
var compactStep = func(string) {}

// Compact writes archive.db anew without its free pages, and the packs without holes
// and without records that nothing refers to. Then it closes the store, whatever it
// returns. It needs room beside the archive for archive.db, or for the largest pack.
//
// A crash at any step leaves an archive that is whole: each pack's originals are copied
// behind the last pack and synced before one transaction moves them, and the new
// archive.db takes the old one's name when it is synced and was compared with it. What
// the old files held is overwritten when nothing leads to them any more.
//
// An archive in which something is damaged is refused with an error that wraps
// news.ErrDamaged and stays as it is.
func (s *Store) Compact(ctx context.Context) (c Compacted, err error) {
	defer func(old bool) {
		debug.SetPanicOnFault(old)
		if r := recover(); r != nil {
			err = fmt.Errorf("compact: %w", s.caught(r))
		}
		err = errors.Join(err, s.Close())
	}(debug.SetPanicOnFault(true))
	if err := s.compact(ctx, &c); err != nil {
		return c, fmt.Errorf("compact: %w", plain(err))
	}
	return c, nil
}

func (s *Store) compact(ctx context.Context, c *Compacted) error {
	s.write.Lock()
	defer s.write.Unlock()
	if s.db.IsReadOnly() {
		return errReadOnly
	}
	if old, err := filepath.Glob(filepath.Join(s.dir, compacting+"*")); err == nil {
		for _, name := range old { // a crash left them: this process has the lock
			_ = os.Remove(name)
		}
	}
	var err error
	if c.ArchiveBefore, err = fileSize(filepath.Join(s.dir, dbName)); err != nil {
		return err
	}
	if c.OriginalsBefore, err = s.packs.bytes(); err != nil {
		return err
	}
	if err := s.compactPacks(ctx); err != nil {
		return err
	}
	if c.Originals, err = s.packs.bytes(); err != nil {
		return err
	}
	if err := s.compactArchive(ctx); err != nil {
		return err
	}
	c.Archive, err = fileSize(filepath.Join(s.dir, dbName))
	return err
}

func fileSize(path string) (int64, error) {
	fi, err := os.Stat(path)
	if err != nil {
		return 0, err
	}
	return fi.Size(), nil
}

// bytes is the size of all packs.
func (p *packs) bytes() (n int64, err error) {
	ns, err := p.numbers()
	for _, i := range ns {
		size, err := fileSize(filepath.Join(p.dir, packName(i)))
		if err != nil {
			return 0, err
		}
		n += size
	}
	return n, err
}

// compactArchive writes archive.db anew and puts it in place.
func (s *Store) compactArchive(ctx context.Context) error {
	f, err := os.CreateTemp(s.dir, compacting+"*")
	if err != nil {
		return err
	}
	name := f.Name()
	defer os.Remove(name)
	if err := f.Close(); err != nil {
		return err
	}
	// Unsynced until it is whole: a crash before then leaves a file that is not used.
	fresh, err := bolt.Open(name, 0o600, &bolt.Options{
		Timeout: defaultTimeout, FreelistType: bolt.FreelistMapType, NoFreelistSync: true, NoSync: true, NoGrowSync: true,
		PageSize: s.db.Info().PageSize,
	})
	if err != nil {
		return err
	}
	defer func() { _ = fresh.Close() }() // its lock is held until the old file's is
	if err := bolt.Compact(fresh, s.db, 32<<20); err != nil {
		return err
	}
	if err := fresh.Update(func(*bolt.Tx) error { return nil }); err != nil {
		return err // both meta pages, as in create
	}
	if err := fresh.Sync(); err != nil {
		return err
	}
	compactStep(stepCopied)
	if err := s.sameRecords(ctx, fresh, name); err != nil {
		return err
	}
	compactStep(stepChecked)
	path := filepath.Join(s.dir, dbName)
	old, err := os.OpenFile(path, os.O_RDWR, 0)
	if err != nil {
		return err
	}
	defer old.Close()
	if err := os.Rename(name, path); err != nil {
		return err
	}
	if err := syncDir(s.dir); err != nil {
		return err
	}
	compactStep(stepSwapped)
	s.written = false // nothing more goes to the old file
	return shred(old)
}

// sameRecords makes sure that the copy in fresh has the structure that bbolt wants and
// every record of the archive, by the tallies.
func (s *Store) sameRecords(ctx context.Context, fresh *bolt.DB, name string) error {
	f, err := os.Open(name)
	if err != nil {
		return err
	}
	defer f.Close()
	meta, _, err := readMetas(f)
	if err == nil {
		err = walkPages(f, meta)
	}
	if err != nil {
		return fmt.Errorf("the copy: %w", err)
	}
	return fresh.View(func(bt *bolt.Tx) error {
		t := &tx{Tx: bt}
		kept, err := t.readTallies()
		if err != nil {
			return err
		}
		for _, bucket := range buckets {
			if err := ctx.Err(); err != nil {
				return err
			}
			got, err := t.count(bucket)
			if err != nil {
				return err
			}
			if want := kept[bucket]; want == nil || got != *want {
				return fmt.Errorf("the bucket %s has not the records that it should; see verify: %w", bucket, news.ErrDamaged)
			}
		}
		return nil
	})
}

// compactPacks moves the originals out of packs that hold anything else, and drops
// those packs.
func (s *Store) compactPacks(ctx context.Context) error {
	live, err := s.livePlaces(ctx)
	if err != nil {
		return err
	}
	ns, err := s.packs.numbers()
	if err != nil {
		return err
	}
	begun := false
	for _, n := range ns {
		if err := ctx.Err(); err != nil {
			return err
		}
		f, err := s.packs.file(n)
		if err != nil {
			return err
		}
		fi, err := f.Stat()
		if err != nil {
			return err
		}
		used := int64(len(packMagic))
		for _, m := range live[n] {
			used += m.at.Length
		}
		if used >= fi.Size() {
			continue
		}
		if !begun {
			// What moves never goes into a pack that is dropped after it.
			if err := s.packs.sync(); err != nil {
				return err
			}
			if err := s.packs.begin(); err != nil {
				return err
			}
			begun = true
		}
		if err := s.movePack(ctx, live[n]); err != nil {
			return fmt.Errorf("%s: %w", packName(n), err)
		}
		if err := s.packs.drop(n); err != nil {
			return fmt.Errorf("drop %s: %w", packName(n), err)
		}
		compactStep(stepPackDropped)
	}
	return nil
}

// living is an original that something refers to.
type living struct {
	hash []byte
	at   place
}

// livePlaces are the originals of each pack, in their order.
func (s *Store) livePlaces(ctx context.Context) (map[int][]living, error) {
	out := map[int][]living{}
	var after []byte
	for more := true; more; {
		more = false
		if err := s.view(ctx, func(t *tx) error {
			return t.page(bucketOriginals, nil, after, maxPage, func(k, payload []byte) error {
				var o original
				after, more = k, true
				err := unmarshal(bucketOriginals, k, payload, &o)
				out[o.Pack] = append(out[o.Pack], living{k, o.place})
				return err
			})
		}); err != nil {
			return nil, err
		}
	}
	for _, l := range out {
		slices.SortFunc(l, func(a, b living) int { return int(a.at.Offset - b.at.Offset) })
	}
	return out, nil
}

// movePack copies the originals of one pack behind the last pack, and has the archive
// find them there.
func (s *Store) movePack(ctx context.Context, live []living) error {
	if len(live) == 0 {
		return nil
	}
	to := make([]place, len(live))
	err := s.updateLocked(ctx, func(b *batch) error {
		for i, l := range live {
			if err := ctx.Err(); err != nil {
				return err
			}
			rec, err := s.packs.record(l)
			if err != nil {
				return err
			}
			if to[i], err = s.packs.append(rec); err != nil {
				return err
			}
		}
		if err := s.packs.sync(); err != nil {
			return err
		}
		compactStep(stepPackCopied)
		for i, l := range live {
			var o original
			if ok, err := b.get(bucketOriginals, l.hash, &o); err != nil || !ok || o.place != l.at {
				return errors.Join(damaged(bucketOriginals, l.hash, "it changed while it was moved"), err)
			}
			o.place = to[i]
			if err := b.put(bucketOriginals, l.hash, o); err != nil {
				return err
			}
		}
		return nil
	})
	if err == nil {
		compactStep(stepPackMoved)
	}
	return err
}

// record reads a whole record as it is kept, and checks all of it.
func (p *packs) record(l living) ([]byte, error) {
	f, err := p.file(l.at.Pack)
	if err != nil {
		return nil, err
	}
	h, _, err := readPacked(f, l.at.Offset, l.at.Offset+l.at.Length)
	if err == nil && (string(h.content[:]) != string(l.hash) || h.codec == packHole) {
		err = fmt.Errorf("it holds another: %w", errPack)
	}
	if err != nil {
		return nil, fmt.Errorf("at %d: %w", l.at.Offset, err)
	}
	rec := make([]byte, l.at.Length)
	_, err = f.ReadAt(rec, l.at.Offset)
	return rec, err
}

// drop puts an empty pack in the place of pack n, to which nothing refers: a number that
// is missing means that a pack was lost.
func (p *packs) drop(n int) error {
	name := filepath.Join(p.dir, packName(n))
	f, err := os.CreateTemp(p.dir, ".dropped-*")
	if err != nil {
		return err
	}
	defer os.Remove(f.Name())
	_, err = f.WriteString(packMagic)
	if err := errors.Join(err, f.Sync(), f.Close()); err != nil {
		return err
	}
	old, err := p.file(n)
	if err != nil {
		return err
	}
	if err := os.Rename(f.Name(), name); err != nil {
		return err
	}
	if err := syncDir(p.dir); err != nil {
		return err
	}
	p.mu.Lock()
	delete(p.files, n)
	p.mu.Unlock()
	return errors.Join(shred(old), old.Close())
}

// shred overwrites a file that has no name any more, so that what is erased later is
// not still on the disk in its former place.
func shred(f *os.File) error {
	fi, err := f.Stat()
	if err != nil {
		return err
	}
	zero := make([]byte, 1<<20)
	for at, size := int64(0), fi.Size(); at < size; at += int64(len(zero)) {
		if _, err := f.WriteAt(zero[:min(int64(len(zero)), size-at)], at); err != nil && !errors.Is(err, io.ErrShortWrite) {
			return err
		}
	}
	return f.Sync()
}

// reopen is how often Open looks again where Compact put another file in the place of
// the one that it was opening, or whose lock it waited for.
const reopen = 5

// openCurrent checks and opens the file that has the name when its lock is had.
func openCurrent(path string, o Options) (db *bolt.DB, err error) {
	for range reopen {
		before, _ := os.Stat(path)
		if err = checkFile(path, o); err == nil {
			db, err = openBolt(path, o)
		}
		if after, _ := os.Stat(path); before == nil || after == nil || os.SameFile(before, after) {
			return db, err
		}
		if err == nil {
			_ = db.Close()
			err = news.ErrLocked
		}
	}
	return nil, err
}
