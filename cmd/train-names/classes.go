package main

import (
	"fmt"
	"io"
	"os"

	"backfile/internal/entity/tagger"
)

// commonest is of how many words classes are kept.
const commonest = 150_000

// makeClasses parts the commonest words with vectors into classes at four grains
// and writes them.
func makeClasses(from, to string, out io.Writer) error {
	v, err := readVectors(from, commonest)
	if err != nil {
		return err
	}
	v.level()
	rows := make([][4]uint16, len(v.words))
	for g, k := range []struct{ classes, sample, passes int }{{64, 60_000, 15}, {256, 60_000, 15}, {1024, 60_000, 12}, {4096, 50_000, 8}} {
		for i, c := range v.kmeans(k.classes, k.sample, k.passes, 1) {
			rows[i][g] = c + 1
		}
	}
	b := tagger.PackClasses(v.words, rows)
	if err := os.WriteFile(to, b, 0o644); err != nil {
		return fmt.Errorf("write classes: %w", err)
	}
	fmt.Fprintf(out, "%d words, %d bytes\n", len(v.words), len(b))
	return nil
}
