package watch

import (
	"context"
	"fmt"
	"io"
	"io/fs"
	"iter"
	"log/slog"
	"os"
	"path/filepath"
	"strings"
	"time"

	"backfile/internal/ingest"
)

// Options say how a folder is watched. A zero field takes its default.
type Options struct {
	// Every is how often the folder is looked at: a second.
	Every time.Duration
	// Settle is how long a file must not change before it is taken in: a second and
	// a half.
	Settle time.Duration
	// Take takes inputs in, and tells their observers. An error is one that stopped
	// it: what it did not come to is tried again.
	Take func(ctx context.Context, inputs iter.Seq[ingest.Input]) error
	// Resume says how a file is gone on with that was broken off; may be nil.
	Resume func(ctx context.Context, f fs.File) *ingest.Resume
	Log    *slog.Logger
}

const (
	// bigFile is the size from which on files are taken in one by one, so that what
	// is new is looked for in between.
	bigFile = 64 << 20
	// maxPause is the longest pause behind what failed.
	maxPause = time.Minute
)

// folder is a folder that is watched.
type folder struct {
	dir  string
	root *os.Root
	o    Options
	// seen are the files as they were at the last look, hidden those that are passed
	// over for their names.
	seen   map[string]seen
	hidden []fs.FileInfo
	// stuck are files that were taken in and cannot be moved, by path.
	stuck map[string]stuck
	// said are complaints that were logged, so that each is once.
	said map[string]string
}

// stuck is a file that stays though it was taken in: until it changes, or until the
// time has come to try again.
type stuck struct {
	info  fs.FileInfo
	until time.Time
	pause time.Duration
}

// Run watches the folder dir until ctx ends, and returns nil then. Its error is that
// the folder cannot be opened; whatever else goes wrong is logged and tried again.
func Run(ctx context.Context, dir string, o Options) error {
	if o.Every <= 0 {
		o.Every = time.Second
	}
	if o.Settle <= 0 {
		o.Settle = 1500 * time.Millisecond
	}
	root, err := os.OpenRoot(dir)
	if err != nil {
		return fmt.Errorf("watch folder: %w", err)
	}
	defer root.Close()
	f := &folder{dir: dir, root: root, o: o, stuck: map[string]stuck{}, said: map[string]string{}}
	pause := o.Every
	for {
		err := f.round(ctx)
		switch {
		case ctx.Err() != nil:
			return nil
		case err != nil:
			pause = min(2*pause, maxPause)
			f.complain(".", fmt.Errorf("%w; the files stay, and it is tried again", err))
		default:
			pause = o.Every
			delete(f.said, ".")
		}
		select {
		case <-ctx.Done():
			return nil
		case <-time.After(pause):
		}
	}
}

// round takes in what is ready: all small files, or one large one.
func (f *folder) round(ctx context.Context) error {
	ready, err := f.look(ctx, time.Now())
	if err != nil || len(ready) == 0 {
		return err
	}
	n := 1
	for n < len(ready) && ready[n].info.Size() <= bigFile {
		n++
	}
	err = f.o.Take(ctx, func(yield func(ingest.Input) bool) {
		for _, file := range ready[:n] {
			if in, ok := f.input(ctx, file); ok && !yield(in) {
				return
			}
		}
	})
	if err != nil && ctx.Err() == nil {
		return fmt.Errorf("take in what is in %s: %w", f.dir, err)
	}
	return nil
}

// input is a file of the folder as an input. It is opened at once, so that what is moved
// later is known to be what was read.
func (f *folder) input(ctx context.Context, file found) (in ingest.Input, ok bool) {
	one := &one{folder: f, path: file.path, info: file.info}
	in = ingest.Input{Source: f.source(file.path), Observer: one}
	r, err := f.root.Open(file.path)
	if err == nil {
		one.info, err = r.Stat()
		if err == nil && !(seen{info: file.info}).same(one.info) {
			_ = r.Close()
			return in, false // it has changed since it was looked at
		}
	}
	if err != nil {
		if _, gone := f.root.Lstat(file.path); gone != nil {
			return in, false
		}
		in.Open = func() (io.ReadCloser, error) { return nil, err }
		return in, true
	}
	if f.o.Resume != nil {
		in.Resume = f.o.Resume(ctx, r)
	}
	in.Open = func() (io.ReadCloser, error) { return r, nil }
	return in, true
}

// source names a file of the folder.
func (f *folder) source(p string) string { return filepath.Join(f.dir, filepath.FromSlash(p)) }

// waits reports whether a file is one that was taken in and could not be moved.
func (f *folder) waits(p string, info fs.FileInfo) bool {
	s, ok := f.stuck[p]
	if ok && !(seen{info: s.info}).same(info) {
		delete(f.stuck, p)
		return false
	}
	return ok && time.Now().Before(s.until)
}

// complain logs what is wrong with a file, once until it is something else.
func (f *folder) complain(p string, err error) {
	if what := err.Error(); f.said[p] != what {
		f.said[p] = what
		f.o.Log.Error("watched folder", "folder", f.dir, "file", p, "err", strings.TrimSpace(what))
	}
}
