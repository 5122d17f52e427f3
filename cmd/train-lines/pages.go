package main

import (
	"compress/gzip"
	"encoding/json"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"backfile/internal/ingest/lines"
)

// page is a page with its gold.
type page struct {
	name, publisher string
	title, body     string
	published, text string
	page            *lines.Page
	states          []lines.State
}

func load(dir string) ([]page, error) {
	path := filepath.Join(dir, "gold.json")
	b, err := os.ReadFile(path)
	if err != nil {
		return nil, fmt.Errorf("read gold: %w", err)
	}
	var gold map[string]struct{ Title, Body, Published string }
	if err := json.Unmarshal(b, &gold); err != nil {
		return nil, fmt.Errorf("read gold %s: %w", path, err)
	}
	var pages []page
	for name, g := range gold {
		text, err := loadText(filepath.Join(dir, name+".txt"))
		if err != nil {
			return nil, fmt.Errorf("read page: %w", err)
		}
		publisher, _, _ := strings.Cut(name, "_")
		p := lines.NewPage(lines.Split(text))
		pages = append(pages, page{name: name, publisher: publisher, title: g.Title, body: g.Body, published: g.Published, text: text, page: p, states: lines.Label(p, g.Body)})
	}
	slices.SortFunc(pages, func(a, b page) int { return strings.Compare(a.name, b.name) })
	return pages, nil
}

func loadText(path string) (string, error) {
	if b, err := os.ReadFile(path); err == nil {
		return string(b), nil
	}
	f, err := os.Open(path + ".gz")
	if err != nil {
		return "", err
	}
	defer f.Close()
	z, err := gzip.NewReader(f)
	if err != nil {
		return "", err
	}
	b, err := io.ReadAll(io.LimitReader(z, 32<<20))
	return string(b), err
}
