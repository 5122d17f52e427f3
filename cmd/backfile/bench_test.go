package main

import (
	"bytes"
	"encoding/json"
	"io"
	"slices"
	"strings"
	"testing"

	"backfile/internal/news"
	"backfile/internal/newsgen"
	"backfile/store"
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

// BenchmarkIngestFamilies is BenchmarkIngest where two in five articles are another
// outlet's copies of a report, cut: sketches, families, and the index that learns them
// are in it. It says how many articles came to be in families.
func BenchmarkIngestFamilies(b *testing.B) {
	const n = 2000
	var in bytes.Buffer
	enc := json.NewEncoder(&in)
	g := newsgen.New(1)
	for i := range n {
		a := g.Article(i)
		if i%5 > 2 {
			of := g.Article(i - i%5)
			a.Body = of.Body[:strings.LastIndexByte(of.Body[:len(of.Body)*(5+i%5)/10], ' ')]
			u := of.Understanding()
			u.Quotes, u.Dates = nil, nil
			u.Mentions = slices.DeleteFunc(u.Mentions, func(m news.Mention) bool { return m.Field != "" || m.End > len(a.Body) })
			a.SetUnderstanding(u)
		}
		if err := enc.Encode(a); err != nil {
			b.Fatal(err)
		}
	}
	b.SetBytes(int64(in.Len()))
	grouped := 0
	for b.Loop() {
		dir := b.TempDir()
		if err := run(b.Context(), []string{"ingest", "--data", dir, "-"}, stdio{bytes.NewReader(in.Bytes()), io.Discard, io.Discard}); err != nil {
			b.Fatal(err)
		}
		st, err := store.Open(dir, store.Options{ReadOnly: true})
		if err != nil {
			b.Fatal(err)
		}
		ms, err := st.Memberships(b.Context(), "", 0)
		if err != nil {
			b.Fatal(err)
		}
		grouped = len(ms)
		if err := st.Close(); err != nil {
			b.Fatal(err)
		}
	}
	if grouped < n/2 {
		b.Errorf("%d articles of %d are in families", grouped, n)
	}
	b.ReportMetric(float64(n*b.N)/b.Elapsed().Seconds(), "articles/s")
	b.ReportMetric(float64(grouped), "in-families")
}
