package store

import (
	"bytes"
	"context"
	"encoding/hex"
	"fmt"
	"os"
	"path/filepath"
	"runtime/debug"
	"strings"
	"time"
)

// erasePages is the work of overwriting the free pages of archive.db, where
// bbolt leaves what was deleted until it needs the room.
const erasePages = "pages"

// gateWait is how long the erasing of pages waits for the reads under way.
const gateWait = 30 * time.Second

// finishErasures does what the bucket erasures asks for. A crash in the middle
// leaves the rest of it for the next Open. The caller holds s.write, or is Open.
func (s *Store) finishErasures(ctx context.Context) error {
	hashes, pages := map[[hashLength]byte]bool{}, false
	var done [][]byte
	err := s.view(ctx, func(t *tx) error {
		for _, k := range t.keysOf(bucketErasures, nil) {
			if string(k) == erasePages {
				pages = true
				continue
			}
			done = append(done, k)
			name, _ := strings.CutPrefix(string(k), "original:")
			if b, err := hex.DecodeString(name); err == nil && len(b) == hashLength {
				hashes[[hashLength]byte(b)] = true
			}
		}
		return nil
	})
	if err != nil {
		return err
	}
	if len(done) > 0 || pages {
		defer s.briefs.forget() // behind the reads that were under way
		s.backups.breakOff()
	}
	if len(hashes) > 0 {
		if err := s.packs.erase(hashes); err != nil {
			return fmt.Errorf("erase originals: %w", plain(err))
		}
	}
	if len(done) > 0 || pages {
		// One more transaction, also so that the older of the two meta pages no
		// longer refers to what is erased.
		if err := s.updateLocked(ctx, func(b *batch) error {
			for _, k := range done {
				if err := b.delete(bucketErasures, k); err != nil {
					return err
				}
			}
			return nil
		}); err != nil {
			return err
		}
	}
	if !pages {
		return nil
	}
	if err := s.wipeFreePages(); err != nil {
		s.doubted.Store(true)
		return fmt.Errorf("erase free pages of %s: %w", dbName, plain(err))
	}
	return s.updateLocked(ctx, func(b *batch) error { return b.delete(bucketErasures, []byte(erasePages)) })
}

// erase makes holes of all records with those hashes in all packs: also of
// copies that a crash left without anything that refers to them.
func (p *packs) erase(hashes map[[hashLength]byte]bool) error {
	ns, err := p.numbers()
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
		holes := 0
		_, err = walkPack(f, 0, fi.Size(), func(offset int64, h packHead) error {
			if h.codec == packHole || !hashes[h.content] {
				return nil
			}
			holes++
			return punch(f, offset, h.stored)
		})
		// A pack that is damaged further on is erased as far as it can be read.
		if err != nil && !isDamage(err) {
			return err
		}
		if holes > 0 {
			if err := f.Sync(); err != nil {
				return err
			}
		}
	}
	return nil
}

// punch overwrites the record at offset: what it kept first, so that a crash
// leaves a record that is found again by its hash.
func punch(f *os.File, offset, stored int64) error {
	zero := make([]byte, min(stored, 1<<20))
	for at := int64(0); at < stored; at += int64(len(zero)) {
		if _, err := f.WriteAt(zero[:min(int64(len(zero)), stored-at)], offset+packHeadSize+at); err != nil {
			return err
		}
	}
	if err := f.Sync(); err != nil {
		return err
	}
	_, err := f.WriteAt(packHead{codec: packHole, stored: stored}.encode(), offset)
	return err
}

// wipeFreePages overwrites with zeros what archive.db keeps in pages that are not
// in use. No read may be under way: an older one may still need such a page.
func (s *Store) wipeFreePages() (err error) {
	for end := time.Now().Add(gateWait); !s.gate.TryLock(); time.Sleep(5 * time.Millisecond) {
		if time.Now().After(end) {
			return fmt.Errorf("reads are under way for more than %s; it is done when the archive is opened next", gateWait)
		}
	}
	defer s.gate.Unlock()
	defer func(old bool) {
		debug.SetPanicOnFault(old)
		if r := recover(); r != nil {
			err = s.caught(r)
		}
	}(debug.SetPanicOnFault(true))
	t, err := s.db.Begin(true)
	if err != nil {
		return err
	}
	defer func() { _ = t.Rollback() }()
	f, err := os.OpenFile(filepath.Join(s.dir, dbName), os.O_RDWR, 0)
	if err != nil {
		return err
	}
	defer f.Close()
	size := int64(s.db.Info().PageSize)
	zero, buf := make([]byte, size), make([]byte, size)
	wipe := func(at int64) error {
		n, err := f.ReadAt(buf, at)
		if err != nil && n == 0 {
			return err
		}
		if bytes.Equal(buf[:n], zero[:n]) {
			return nil
		}
		_, err = f.WriteAt(zero[:n], at)
		return err
	}
	for id := int64(2); id < t.Size()/size; id++ {
		info, err := t.Page(int(id))
		if err != nil {
			return err
		}
		if info != nil && info.Type == "free" {
			if err := wipe(id * size); err != nil {
				return err
			}
		}
	}
	// Behind the last page in use, a commit that failed may have left something.
	fi, err := f.Stat()
	if err != nil {
		return err
	}
	for at := t.Size(); at < fi.Size(); at += size {
		if err := wipe(at); err != nil {
			return err
		}
	}
	return f.Sync()
}
