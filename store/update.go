package store

import (
	"context"
	"fmt"
	"runtime/debug"
	"time"

	"backfile/internal/news"
)

// batch is one write transaction: the records, the packs that it appends to, and
// what it adds to the feed.
type batch struct {
	*tx
	s      *Store
	now    time.Time
	counts counts
	head   position
	packs  extent
	// ledger is what the transaction adds to the ledger.
	ledger map[ledgerKey]news.LedgerDay
	runs   map[news.RunID]*openRun
	// vouched is what runs took in by this transaction.
	vouched []taken
}

// update runs fn in the one write transaction that there may be at a time. When
// it returns nil, everything is durable; else nothing was written.
func (s *Store) update(ctx context.Context, fn func(*batch) error) error {
	s.write.Lock()
	defer s.write.Unlock()
	return s.updateLocked(ctx, fn)
}

func (s *Store) updateLocked(ctx context.Context, fn func(*batch) error) (err error) {
	if err := ctx.Err(); err != nil {
		return err
	}
	defer func(old bool) {
		debug.SetPanicOnFault(old)
		if r := recover(); r != nil {
			err = s.caught(r)
		}
		if err != nil {
			clear(s.known)
		}
	}(debug.SetPanicOnFault(true))
	bt, err := s.db.Begin(true)
	if err != nil {
		return plain(err)
	}
	now := stamp(s.now())
	b := &batch{tx: &tx{Tx: bt, now: now}, s: s, now: now, packs: s.packs.extent()}
	committing := false
	defer func() {
		if committing {
			return
		}
		// Where the commit itself failed, archive.db may refer to what was
		// appended: then it stays.
		_ = bt.Rollback()
		s.packs.undo(b.packs)
	}()
	// Feed rows and texts come one behind the other: their pages may be full.
	for _, name := range []string{bucketFeed, bucketVersions, bucketEvents, bucketSketches, bucketRunRows} {
		if bucket := bt.Bucket([]byte(name)); bucket != nil {
			bucket.FillPercent = 0.95
		}
	}
	if err := b.start(); err != nil {
		return err
	}
	if err := fn(b); err != nil {
		return plain(err)
	}
	if err := b.finish(); err != nil {
		return plain(err)
	}
	if err := ctx.Err(); err != nil {
		return err
	}
	committing, s.written = true, true
	if err := bt.Commit(); err != nil {
		s.doubted.Store(true)
		return fmt.Errorf("commit: %w", plain(err))
	}
	if s.vouching != nil {
		for _, v := range b.vouched {
			s.vouching[v] = true
		}
	}
	return nil
}

func (b *batch) start() error {
	if ok, err := b.get(bucketMeta, []byte(metaCounts), &b.counts); err != nil {
		return err
	} else if !ok {
		return damaged(bucketMeta, []byte(metaCounts), "it is missing")
	}
	var err error
	if b.tallies, err = b.readTallies(); err != nil {
		return err
	}
	b.head, err = b.lastPosition()
	return err
}

// finish syncs the originals that the transaction refers to and saves the
// counters and tallies.
func (b *batch) finish() error {
	if e := b.s.packs.extent(); e != b.packs {
		if err := b.s.packs.sync(); err != nil {
			return err
		}
		if err := b.put(bucketMeta, []byte(metaPacks), e); err != nil {
			return err
		}
	}
	if err := b.saveLedger(); err != nil {
		return err
	}
	if err := b.put(bucketMeta, []byte(metaCounts), b.counts); err != nil {
		return err
	}
	return b.saveTallies()
}

// stamp is t as it is stored: in UTC, without a monotonic part, so that what is
// read back is equal to it.
func stamp(t time.Time) time.Time { return t.UTC().Round(0) }

// counts are the counters that Stats answers from.
type counts struct {
	Articles      int               `json:"articles"`
	Hidden        int               `json:"hidden,omitempty"` // of Articles
	Versions      int               `json:"versions"`
	Tombstones    int               `json:"tombstones"`
	Outlets       int               `json:"outlets"`
	Entities      map[news.Kind]int `json:"entities,omitempty"`
	Originals     int               `json:"originals"`
	OriginalBytes int64             `json:"original_bytes"`
	Lists         int               `json:"lists"`
	// Refusals are all refused inputs, RefusalsOpen those that nobody dismissed,
	// RefusalBytes the length of their contents that are kept.
	Refusals     int   `json:"refusals,omitempty"`
	RefusalsOpen int   `json:"refusals_open,omitempty"`
	RefusalBytes int64 `json:"refusal_bytes,omitempty"`
}

func (c *counts) entity(k news.Kind, n int) {
	if c.Entities == nil {
		c.Entities = map[news.Kind]int{}
	}
	c.Entities[k] += n
}
