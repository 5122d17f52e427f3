package store

import (
	"context"
	"fmt"
	"os"
	"path/filepath"

	"backfile/internal/news"
)

// Stats is how much the archive holds.
type Stats struct {
	// Articles are those that are shown; Versions are all their texts, and those
	// of articles removed without being erased.
	Articles, Versions int
	// Hidden are articles that are kept and not shown: withdrawn, withheld, under
	// embargo, expired, or set aside with the run that they came by.
	Hidden int
	// Removed counts tombstones.
	Removed                        int
	Outlets                        int
	Persons, Places, Organisations int
	Lists                          int
	Originals                      int
	// Changes is the number of rows of the feed.
	Changes int
	// Bytes is the size of archive.db, OriginalBytes what the originals take in
	// the packs.
	Bytes, OriginalBytes int64
}

// Stats returns how much the archive holds, from counters: it costs the same
// for any size.
func (s *Store) Stats(ctx context.Context) (Stats, error) {
	var c counts
	var last position
	err := s.view(ctx, func(t *tx) (err error) {
		if _, err = t.get(bucketMeta, []byte(metaCounts), &c); err != nil {
			return err
		}
		// What was joined to another is no article of its own.
		for _, id := range s.Corrections().JoinedArticles() {
			if _, err := t.readHead(id); err == nil {
				c.Articles--
			}
		}
		last, err = t.lastPosition()
		return err
	})
	if err != nil {
		return Stats{}, fmt.Errorf("read counters: %w", err)
	}
	out := Stats{
		Articles: c.Articles - c.Hidden, Hidden: c.Hidden, Versions: c.Versions, Removed: c.Tombstones, Outlets: c.Outlets,
		Persons: c.Entities[news.Person], Places: c.Entities[news.Place], Organisations: c.Entities[news.Organisation],
		Lists: c.Lists, Originals: c.Originals, OriginalBytes: c.OriginalBytes, Changes: int(last.seq),
	}
	if fi, err := os.Stat(filepath.Join(s.dir, dbName)); err == nil {
		out.Bytes = fi.Size()
	}
	return out, nil
}
