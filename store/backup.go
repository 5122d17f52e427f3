package store

import (
	"bufio"
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"sync"

	"backfile/internal/news"
)

// Backup writes the whole archive to w as one file, as it was at one moment while
// reads and writes go on; see CheckBackup and Restore. Pages of archive.db that
// are not in use, in which bbolt leaves what was deleted, are written as zeros.
//
// An erasing under way is waited for, and one that comes before all is written ends
// Backup with an error, as does damage that does not let it follow the pages of
// archive.db. Damage inside a record is copied as it is; Verify finds it. Where Backup
// returns an error, what it wrote is no backup, and is refused as one.
//
// A w that takes nothing more for half a minute holds up an erasing, which is then
// finished at the next Open.
func (s *Store) Backup(ctx context.Context, w io.Writer) error {
	ctx, done, err := s.beginBackup(ctx)
	if err == nil {
		defer done()
		bw := bufio.NewWriterSize(w, 256<<10)
		if err = s.backup(ctx, bw); err == nil {
			err = bw.Flush()
		}
	}
	if cause := context.Cause(ctx); err != nil && cause != nil {
		err = cause
	}
	if err != nil {
		return fmt.Errorf("back up: %w", err)
	}
	return nil
}

func (s *Store) backup(ctx context.Context, w *bufio.Writer) error {
	b := &backupWriter{w: w, at: stamp(s.now())}
	var kept extent
	if err := s.view(ctx, func(t *tx) error {
		var c counts
		if _, err := t.get(bucketMeta, []byte(metaCounts), &c); err != nil {
			return err
		}
		if _, err := t.get(bucketMeta, []byte(metaPacks), &kept); err != nil {
			return err
		}
		head, err := json.Marshal(backupHead{backupFormat, s.ident.ID, b.at, c.Articles, c.Originals})
		if err != nil {
			return err
		}
		if err := b.member(backupHeadName, int64(len(head))+1, func(w io.Writer) error {
			_, err := w.Write(append(head, '\n'))
			return err
		}); err != nil {
			return err
		}
		return b.member(dbName, t.Size(), func(w io.Writer) error { return s.copyPages(ctx, t, w) })
	}); err != nil {
		return err
	}
	for n := 1; n <= kept.Pack; n++ {
		if err := s.copyPack(ctx, b, n, kept); err != nil {
			return err
		}
	}
	if err := w.Flush(); err != nil {
		return err
	}
	// Without the end that follows it is no backup.
	if err := ctx.Err(); err != nil {
		return err
	}
	return b.end()
}

// copyChunk is how many bytes are copied at a time, between looks at the context.
const copyChunk = 1 << 20

// copyPages writes archive.db as of the transaction t, with zeros for the pages
// that are not in use in it.
func (s *Store) copyPages(ctx context.Context, t *tx, w io.Writer) error {
	metas, meta, err := metasOf(t)
	if err != nil {
		return err
	}
	f, err := os.Open(filepath.Join(s.dir, dbName))
	if err != nil {
		return err
	}
	defer f.Close()
	walk := newWalker(f, meta)
	if err := walk.page(meta.root, nil, nil, 0); err != nil {
		return fmt.Errorf("%s: %w", dbName, err)
	}
	if _, err := w.Write(metas); err != nil {
		return err
	}
	chunk := make([]byte, copyChunk)
	for id := uint64(2); id < meta.pages; {
		if err := ctx.Err(); err != nil {
			return err
		}
		n := min(uint64(len(chunk))/uint64(meta.pageSize), meta.pages-id)
		b := chunk[:n*uint64(meta.pageSize)]
		if _, err := f.ReadAt(b, int64(id)*meta.pageSize); err != nil {
			return fmt.Errorf("%s: page %d: %w", dbName, id, err)
		}
		for p := range n {
			if !walk.used(id + p) {
				clear(b[p*uint64(meta.pageSize):][:meta.pageSize])
			}
		}
		if _, err := w.Write(b); err != nil {
			return err
		}
		id += n
	}
	return nil
}

// metasOf returns the two meta pages of a copy of archive.db as of t, and what they
// say. Those in the file may be of a later write.
func metasOf(t *tx) ([]byte, metaPage, error) {
	c := &firstBytes{want: 2 * t.DB().Info().PageSize}
	if _, err := t.WriteTo(c); err != nil && len(c.b) < c.want {
		return nil, metaPage{}, err
	}
	m, _, ok := readMeta(bytes.NewReader(c.b), 0)
	if !ok || m.pages*uint64(m.pageSize) != uint64(t.Size()) {
		return nil, m, fmt.Errorf("%s: its meta page makes no sense: %w", dbName, news.ErrDamaged)
	}
	// The list of free pages is not copied.
	for at := int64(0); at < int64(len(c.b)); at += m.pageSize {
		withoutFreelist(c.b[at+pageHeader:][:metaLength])
	}
	return c.b, m, nil
}

// firstBytes keeps the first want bytes written to it and takes no more.
type firstBytes struct {
	b    []byte
	want int
}

func (c *firstBytes) Write(p []byte) (int, error) {
	n := min(len(p), c.want-len(c.b))
	c.b = append(c.b, p[:n]...)
	if n < len(p) {
		return n, io.ErrShortWrite
	}
	return n, nil
}

// copyPack writes pack n, as far as an archive.db refers to it that knows the packs
// up to kept. Packs only grow, except for what is erased, which ends ctx.
func (s *Store) copyPack(ctx context.Context, b *backupWriter, n int, kept extent) error {
	f, err := s.packs.file(n)
	if errors.Is(err, fs.ErrNotExist) {
		return fmt.Errorf("%s is missing: %w", packName(n), news.ErrDamaged)
	}
	if err != nil {
		return err
	}
	fi, err := f.Stat()
	if err != nil {
		return err
	}
	size := fi.Size()
	if n == kept.Pack {
		// Where it is shorter, records are lost; Verify names them.
		size = min(size, kept.End)
	}
	return b.member(packMember(n), size, func(w io.Writer) error {
		_, err := io.CopyBuffer(w, &withContext{ctx, io.NewSectionReader(f, 0, size)}, make([]byte, copyChunk))
		return err
	})
}

// withContext reads until ctx ends.
type withContext struct {
	ctx context.Context
	r   io.Reader
}

func (r *withContext) Read(p []byte) (int, error) {
	if err := r.ctx.Err(); err != nil {
		return 0, err
	}
	return r.r.Read(p)
}

// backups are the backups under way.
type backups struct {
	mu      sync.Mutex
	running map[*context.CancelCauseFunc]bool
}

// beginBackup finishes what is left of an erasing, and returns a context that ends
// with the next one.
func (s *Store) beginBackup(ctx context.Context) (context.Context, func(), error) {
	// Erasing holds the lock from first to last.
	s.write.Lock()
	defer s.write.Unlock()
	if !s.db.IsReadOnly() {
		if err := s.finishErasures(ctx); err != nil {
			return ctx, nil, err
		}
	}
	ctx, cancel := context.WithCancelCause(ctx)
	s.backups.mu.Lock()
	defer s.backups.mu.Unlock()
	if s.backups.running == nil {
		s.backups.running = map[*context.CancelCauseFunc]bool{}
	}
	s.backups.running[&cancel] = true
	return ctx, func() {
		s.backups.mu.Lock()
		defer s.backups.mu.Unlock()
		delete(s.backups.running, &cancel)
		cancel(nil)
	}, nil
}

// breakOff ends the backups under way, so that they keep nothing that is erased.
func (b *backups) breakOff() {
	b.mu.Lock()
	defer b.mu.Unlock()
	for cancel := range b.running {
		(*cancel)(errErased)
	}
	clear(b.running)
}
