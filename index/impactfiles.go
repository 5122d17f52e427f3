package index

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"runtime"
	"strconv"
)

// smallSegment is up to how many documents the impacts of a segment stay in memory: they are
// made anew, in some milliseconds, when the index is opened.
const smallSegment = 2000

// impactsOf are the impacts of a segment: those in its file, or made of the texts where there is
// none, or one of another segment that had its number before a crash.
func (e *engine) impactsOf(segment uint64, c *columns) (*impacts, error) {
	if c.docs() <= smallSegment {
		var out bytes.Buffer
		if err := e.invert(c, &out); err != nil {
			return nil, err
		}
		return readImpacts(out.Bytes(), c.fingerprint(e.tables.byTag[tagLanguage].all()))
	}
	path := filepath.Join(e.path, impactsDir, fileOf(segment))
	if m, err := e.openImpacts(path, c); err == nil {
		return m, nil
	}
	if err := e.writeImpacts(path, c); err != nil {
		return nil, full(fmt.Errorf("write %s: %w", path, err))
	}
	return e.openImpacts(path, c)
}

func (e *engine) openImpacts(path string, c *columns) (*impacts, error) {
	data, unmap, err := mapFile(path)
	if err != nil {
		return nil, err
	}
	m, err := readImpacts(data, c.fingerprint(e.tables.byTag[tagLanguage].all()))
	if err != nil {
		return nil, errors.Join(err, unmap())
	}
	// Views share them, and the last to go is not known here.
	runtime.AddCleanup(m, func(unmap func() error) { _ = unmap() }, unmap)
	return m, nil
}

// writeImpacts writes the impacts of a segment's columns.
func (e *engine) writeImpacts(path string, c *columns) error {
	return writeWhole(path, func(w io.Writer) error { return e.invert(c, w) })
}

// writeWhole puts what write writes on disk before it gets its name.
func writeWhole(path string, write func(io.Writer) error) error {
	if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
		return err
	}
	temp := path + ".new"
	f, err := os.OpenFile(temp, os.O_WRONLY|os.O_CREATE|os.O_TRUNC, 0o600)
	if err != nil {
		return err
	}
	if err := errors.Join(write(f), f.Sync(), f.Close()); err != nil {
		return errors.Join(err, os.Remove(temp))
	}
	return os.Rename(temp, path)
}

// fileOf is the name of the files that are kept of a segment.
func fileOf(segment uint64) string { return strconv.FormatUint(segment, 16) }

// removeFiles removes the files of segments that are gone. What cannot be removed only takes
// space.
func (e *engine) removeFiles(kept map[uint64]*columns) {
	for _, dir := range []string{impactsDir, columnsDir} {
		entries, err := os.ReadDir(filepath.Join(e.path, dir))
		if err != nil {
			continue
		}
		for _, entry := range entries {
			if n, err := strconv.ParseUint(entry.Name(), 16, 64); err != nil || kept[n] == nil {
				_ = os.Remove(filepath.Join(e.path, dir, entry.Name()))
			}
		}
	}
}
