package main

import (
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"

	"backfile/internal/ingest/crawl"
)

// isWARC reports whether a file of originals begins there, or nothing.
func isWARC(r io.Reader) bool {
	head := make([]byte, 64<<10)
	n, _ := io.ReadFull(r, head)
	return n == 0 || crawl.IsWARC(head[:n])
}

// keepOriginals writes what comes to a file beside path, which gets its name when all
// of it came and is on disk: what was at path stays until then.
func keepOriginals(path string, r io.Reader, std stdio) (err error) {
	dir, name := filepath.Split(path)
	f, err := os.CreateTemp(filepath.Clean(dir), "."+name+".*.part") // mode 0600
	if err != nil {
		return err
	}
	defer func() {
		if err != nil {
			_ = f.Close()
			_ = os.Remove(f.Name())
			err = fmt.Errorf("no originals were written: %w", err)
		}
	}()
	n, err := io.Copy(f, r)
	if errors.Is(err, io.ErrUnexpectedEOF) {
		err = fmt.Errorf("the archive broke it off, and its log says why (backfile verify names a damaged original): %w", err)
	}
	if err == nil {
		err = f.Sync()
	}
	if err == nil {
		err = f.Close()
	}
	if err == nil {
		err = os.Rename(f.Name(), path)
	}
	if err != nil {
		return err
	}
	syncDir(filepath.Clean(dir))
	fmt.Fprintf(std.out, "wrote the originals to %s (%s MB)\n", path, grouped(int(n/1e6)))
	return nil
}
