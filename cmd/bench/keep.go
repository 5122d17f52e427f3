package main

import (
	"bufio"
	"context"
	"encoding/json"
	"errors"
	"io"
	"os"
	"path/filepath"

	"backfile/internal/news"
	"backfile/store"
)

// keep puts a corpus's articles into a store, as the program keeps them, unless they are there.
func keep(ctx context.Context, dir string) (err error) {
	done := filepath.Join(dir, storeDir)
	if _, err := os.Stat(done); err == nil {
		return nil
	}
	at := done + ".part"
	if err := os.RemoveAll(at); err != nil {
		return err
	}
	st, err := store.Open(at, store.Options{})
	if err != nil {
		return err
	}
	if err := errors.Join(keepAll(ctx, st, filepath.Join(dir, articlesFile)), st.Close()); err != nil {
		return err
	}
	return os.Rename(at, done)
}

func keepAll(ctx context.Context, st *store.Store, path string) error {
	f, err := os.Open(path)
	if err != nil {
		return err
	}
	defer f.Close()
	lines := bufio.NewReaderSize(f, 1<<20)
	var ws []news.Write
	put := func() error {
		_, err := st.Put(ctx, ws)
		ws = ws[:0:0]
		return err
	}
	for {
		line, err := lines.ReadBytes('\n')
		if errors.Is(err, io.EOF) {
			return put()
		}
		if err != nil {
			return err
		}
		var w news.Write
		if err := json.Unmarshal(line, &w.Article); err != nil {
			return err
		}
		w.Keys = []news.Key{news.URLKey(w.Article.URL)}
		if ws = append(ws, w); len(ws) == applied {
			if err := put(); err != nil {
				return err
			}
		}
	}
}
