package index

import (
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strconv"
	"strings"

	"backfile/internal/news"
)

// The directory holds meta.json, which names the generation in use, and a
// directory a generation with Bleve's files.
const (
	metaFile        = "meta.json"
	suspectFile     = "suspect"
	firstGeneration = 1
)

// mappingVersion counts the forms that documents have had here. Raise it with
// every change of what is indexed, and the index is made anew.
const mappingVersion = 12

// bleveVersion is the version of Bleve that writes the files: another's may not
// be readable. A test holds it to go.mod.
const bleveVersion = "v2.6.3"

type meta struct {
	Mapping    int    `json:"mapping"`
	Bleve      string `json:"bleve"`
	Store      string `json:"store"`
	Generation int    `json:"generation"`
}

func (x *Index) generationDir(n int) string { return filepath.Join(x.dir, "g"+strconv.Itoa(n)) }

// open opens what the directory holds, or says why not.
func (x *Index) open() (*engine, error) {
	if _, err := os.Stat(filepath.Join(x.dir, suspectFile)); err == nil {
		return nil, fmt.Errorf("index %s was found broken: %w", x.dir, news.ErrDamaged)
	}
	m, err := x.readMeta()
	if err != nil {
		return nil, err
	}
	e, err := openEngine(x.generationDir(m.Generation), x.storeID)
	if err != nil {
		return nil, err
	}
	x.removeOthers(m.Generation)
	e.article = x.article
	return e, nil
}

func (x *Index) readMeta() (m meta, err error) {
	b, err := os.ReadFile(filepath.Join(x.dir, metaFile))
	if err != nil {
		return m, fmt.Errorf("open index: %w", err)
	}
	if err := json.Unmarshal(b, &m); err != nil {
		return m, fmt.Errorf("read %s: %w", metaFile, err)
	}
	want := meta{mappingVersion, bleveVersion, x.storeID, m.Generation}
	if m != want || m.Generation < firstGeneration {
		return m, fmt.Errorf("index %s is of mapping %d, Bleve %s and store %s", x.dir, m.Mapping, m.Bleve, m.Store)
	}
	return m, nil
}

// writeMeta makes generation n the one in use, at one stroke.
func (x *Index) writeMeta(n int) error {
	b, err := json.Marshal(meta{mappingVersion, bleveVersion, x.storeID, n})
	if err != nil {
		return err
	}
	temp := filepath.Join(x.dir, metaFile+".new")
	f, err := os.OpenFile(temp, os.O_WRONLY|os.O_CREATE|os.O_TRUNC, 0o600)
	if err == nil {
		_, err = f.Write(b)
		err = errors.Join(err, f.Sync(), f.Close())
	}
	if err == nil {
		err = os.Rename(temp, filepath.Join(x.dir, metaFile))
	}
	if err != nil {
		return fmt.Errorf("write %s: %w", metaFile, err)
	}
	return nil
}

func (x *Index) create(generation int) (*engine, error) {
	if err := os.MkdirAll(x.dir, 0o700); err != nil {
		return nil, fmt.Errorf("create index: %w", err)
	}
	dir := x.generationDir(generation)
	if err := os.RemoveAll(dir); err != nil {
		return nil, fmt.Errorf("create index: %w", err)
	}
	e, err := createEngine(dir, x.storeID)
	if err == nil {
		e.article = x.article
	}
	return e, err
}

// removeOthers removes generations left behind by a crash. What cannot be
// removed only takes space.
func (x *Index) removeOthers(generation int) {
	names, err := filepath.Glob(filepath.Join(x.dir, "g[0-9]*"))
	if err != nil {
		return
	}
	for _, name := range names {
		if name != x.generationDir(generation) {
			_ = os.RemoveAll(name)
		}
	}
}

// moveAside renames the directory, so that somebody can look at it, and removes
// what was moved aside before.
func (x *Index) moveAside() error {
	old, err := filepath.Glob(globQuote(x.dir) + ".damaged-*")
	if err != nil {
		return err
	}
	for _, name := range old {
		if err := os.RemoveAll(name); err != nil {
			return err
		}
	}
	entries, err := os.ReadDir(x.dir)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return nil
	case err == nil && len(entries) == 0:
		return nil // nothing to keep: it is new
	}
	return os.Rename(x.dir, x.dir+".damaged-"+x.clock().UTC().Format("20060102T150405Z"))
}

func globQuote(s string) string {
	return strings.NewReplacer(`\`, `\\`, "*", `\*`, "?", `\?`, "[", `\[`).Replace(s)
}
