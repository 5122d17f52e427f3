package main

import (
	"context"
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

// checkWatched makes the folders to watch absolute, and refuses those that cannot be:
// that are none, lie in one another, or hold the archive or lie in it.
func checkWatched(dirs []string, data string) ([]string, error) {
	var out []string
	for _, dir := range dirs {
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
			if within(real, other) || within(other, real) {
				return nil, usagef("--watch %s and %s lie in one another; name the outer one", other, real)
			}
		}
		out = append(out, real)
	}
	return out, nil
}

// within reports whether path is dir or lies below it.
func within(path, dir string) bool {
	rel, err := filepath.Rel(dir, path)
	return err == nil && rel != ".." && !strings.HasPrefix(rel, ".."+string(filepath.Separator))
}

// watchFolders takes in what is put into folders, until ctx ends.
func watchFolders(ctx context.Context, lg *slog.Logger, a *archive, dirs []string) {
	var wg sync.WaitGroup
	for _, dir := range dirs {
		wg.Go(func() {
			err := watch.Run(ctx, dir, watch.Options{
				Take: func(ctx context.Context, inputs iter.Seq[ingest.Input]) error {
					return a.take(ctx, inputs, web.IntakeOptions{How: news.RunWatch, Name: dir}, func(web.Taken) {})
				},
				Resume: func(ctx context.Context, f fs.File) *ingest.Resume { return resumeFile(ctx, a, f, "") },
				Log:    lg,
			})
			if err != nil {
				lg.Error("watch folder", "folder", dir, "err", err)
			}
		})
	}
	wg.Wait()
}
