package main

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"iter"
	"log/slog"
	"os"
	"path/filepath"
	"strings"
	"sync"

	"backfile/internal/ingest"
	"backfile/internal/ingest/watch"
	"backfile/internal/news"
	"backfile/web"
)

// watched is a folder that is watched, and the outlet of what is put into it, where
// that does not say; "" for none.
type watched struct{ dir, outlet string }

// watchFlags declares the flags for folders to watch.
func watchFlags(fs *flagSet, to *[]watched) {
	fs.Func("watch", "take in what is put into this `folder`, and move it to done/ or refused/ in there; may be said several times", func(dir string) error {
		*to = append(*to, watched{dir: dir})
		return nil
	})
	fs.Func("watch-outlet", "the outlet's `name`, where what is put into the folder does not say; of the --watch before it", func(name string) error {
		if len(*to) == 0 {
			return errors.New("no --watch stands before it")
		}
		(*to)[len(*to)-1].outlet = name
		return nil
	})
}

// checkWatched makes the folders to watch absolute, and refuses those that cannot be:
// that are none, lie in one another, or hold the archive or lie in it.
func checkWatched(folders []watched, data string) ([]watched, error) {
	var out []watched
	for _, w := range folders {
		dir := w.dir
		real, err := filepath.Abs(dir)
		if err == nil {
			real, err = filepath.EvalSymlinks(real)
		}
		if err != nil {
			return nil, fmt.Errorf("watch folder: %w", err)
		}
		if st, err := os.Stat(real); err != nil || !st.IsDir() {
			return nil, usagef("--watch %s is no folder", dir)
		}
		if d, err := filepath.EvalSymlinks(data); err == nil {
			data = d
		}
		if within(data, real) || within(real, data) {
			return nil, usagef("--watch %s holds the archive itself, or lies in it; watch another folder", dir)
		}
		for _, other := range out {
			if within(real, other.dir) || within(other.dir, real) {
				return nil, usagef("--watch %s and %s lie in one another; name the outer one", other.dir, real)
			}
		}
		out = append(out, watched{real, w.outlet})
	}
	return out, nil
}

// within reports whether path is dir or lies below it.
func within(path, dir string) bool {
	rel, err := filepath.Rel(dir, path)
	return err == nil && rel != ".." && !strings.HasPrefix(rel, ".."+string(filepath.Separator))
}

// watchFolders takes in what is put into folders, until ctx ends.
func watchFolders(ctx context.Context, lg *slog.Logger, a *archive, folders []watched) {
	var wg sync.WaitGroup
	for _, w := range folders {
		wg.Go(func() {
			steady(ctx, lg, "folder "+w.dir, func() {
				err := watch.Run(ctx, w.dir, watch.Options{
					Take: func(ctx context.Context, inputs iter.Seq[ingest.Input]) error {
						return a.take(ctx, inputs, web.IntakeOptions{How: news.RunWatch, Name: w.dir, Outlet: w.outlet}, func(web.Taken) {})
					},
					Resume: func(ctx context.Context, f fs.File) *ingest.Resume { return resumeFile(ctx, a, f, "") },
					Log:    lg,
				})
				if err != nil {
					lg.Error("watch folder", "folder", w.dir, "err", err)
				}
			})
		})
	}
	wg.Wait()
}
