package main

import (
	"context"
	"errors"
	"fmt"
	"path/filepath"

	"backfile/internal/news"
	"backfile/store"
)

// compact gives back the room of what was removed and replaced. It needs the archive
// for itself: readers of the old file would keep it, and its room.
func compact(ctx context.Context, args []string, std stdio) error {
	fs := newFlags("compact", std)
	var p place
	p.flags(fs)
	if err := parseAlone(fs, args); err != nil {
		return err
	}
	if err := p.resolve(); err != nil {
		return err
	}
	if !p.exists() {
		return fmt.Errorf("there is no archive in %s: backfile ingest makes one, or say --data", p.dir)
	}
	st, err := store.Open(p.dir, store.Options{Timeout: lockWait})
	if errors.Is(err, news.ErrLocked) {
		return fmt.Errorf("the archive in %s is held by %s; stop it first, for compact needs the archive for itself", p.dir, holder(p.dir))
	}
	if err != nil {
		return err
	}
	if err := errors.Join(roomFor(p.dir), noteHolder(p.dir, "compact")); err != nil {
		return errors.Join(err, st.Close())
	}
	defer forgetHolder(p.dir)
	c, err := st.Compact(ctx)
	switch {
	case errors.Is(err, news.ErrDamaged):
		return fmt.Errorf("%w; backfile verify says what is damaged", err)
	case err != nil:
		return err
	}
	fmt.Fprintf(std.out, "archive.db has %s MB and had %s, the originals have %s MB and had %s: %s MB saved\n",
		megabytes(c.Archive), megabytes(c.ArchiveBefore), megabytes(c.Originals), megabytes(c.OriginalsBefore), megabytes(max(c.Saved(), 0)))
	return nil
}

// megabytes is a number of bytes for people.
func megabytes(n int64) string {
	if n < 10e6 {
		return fmt.Sprintf("%.1f", float64(n)/1e6)
	}
	return grouped(int(n / 1e6))
}

// roomFor returns an error where the disk has less room than compacting may need.
func roomFor(dir string) error {
	free, _, ok := diskSpace(dir)
	need := uint64(sizeOf(filepath.Join(dir, "archive.db")))
	if packs, err := filepath.Glob(filepath.Join(dir, "originals", "*.pack")); err == nil {
		for _, name := range packs {
			need = max(need, uint64(sizeOf(name)))
		}
	}
	if ok && free < need {
		return fmt.Errorf("compact needs %d MiB beside the archive, and %d MiB are free: %w", need>>20, free>>20, news.ErrFull)
	}
	return nil
}
