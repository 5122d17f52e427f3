package main

import (
	"io"
	"strings"
	"testing"
)

// BenchmarkIngest takes ready JSON Lines in through the whole program: socket,
// reader, store and index. cmd/bench measures the same at size.
func BenchmarkIngest(b *testing.B) {
	const n = 2000
	in := generated(b, 1, n)
	b.SetBytes(int64(len(in)))
	for b.Loop() {
		dir := b.TempDir()
		if err := run(b.Context(), []string{"ingest", "--data", dir, "-"}, stdio{strings.NewReader(in), io.Discard, io.Discard}); err != nil {
			b.Fatal(err)
		}
	}
	b.ReportMetric(float64(n*b.N)/b.Elapsed().Seconds(), "articles/s")
}
