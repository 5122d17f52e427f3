package main

import (
	"compress/gzip"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
)

// gold is what a person says that a page holds.
type gold struct {
	Name      string   `json:"-"`
	Title     string   `json:"title"`
	Authors   []string `json:"authors"`
	Published string   `json:"published"`
	Body      string   `json:"body"`
}

// loadGold returns the gold of the pages whose names contain match, by name.
func loadGold(dir, match string) ([]gold, error) {
	path := filepath.Join(dir, "gold.json")
	b, err := os.ReadFile(path)
	if err != nil {
		return nil, fmt.Errorf("read gold: %w", err)
	}
	var byName map[string]gold
	if err := json.Unmarshal(b, &byName); err != nil {
		return nil, fmt.Errorf("read gold %s: %w", path, err)
	}
	var pages []gold
	for name, g := range byName {
		if strings.Contains(name, match) {
			g.Name = name
			pages = append(pages, g)
		}
	}
	if len(pages) == 0 {
		return nil, fmt.Errorf("no page of %s is called %q", path, match)
	}
	slices.SortFunc(pages, func(a, b gold) int { return strings.Compare(a.Name, b.Name) })
	return pages, nil
}

// maxInput is the largest page that is read, in bytes.
const maxInput = 32 << 20

// load returns the bytes of dir/name, or of dir/name.gz decompressed. The error
// is fs.ErrNotExist where neither is there.
func load(dir, name string) ([]byte, error) {
	path := filepath.Join(dir, name)
	b, err := os.ReadFile(path)
	if err == nil || !errors.Is(err, fs.ErrNotExist) {
		return b, err
	}
	f, err := os.Open(path + ".gz")
	if err != nil {
		return nil, err
	}
	defer f.Close()
	z, err := gzip.NewReader(f)
	if err != nil {
		return nil, fmt.Errorf("read %s.gz: %w", path, err)
	}
	if b, err = io.ReadAll(io.LimitReader(z, maxInput)); err != nil {
		return nil, fmt.Errorf("read %s.gz: %w", path, err)
	}
	return b, nil
}
