package index

import (
	"testing"

	language "backfile/internal/search"
)

// BenchmarkStream takes every hit of everything, and of a frequent word, in each order.
func BenchmarkStream(b *testing.B) {
	x := openBench(b)
	for _, tc := range []struct {
		name string
		q    language.Request
	}{
		{"newest", language.Request{Sort: language.Newest}},
		{"relevance", language.Request{Query: language.Word{Text: "the"}}},
	} {
		b.Run(tc.name, func(b *testing.B) {
			b.ReportAllocs()
			n := 0
			for b.Loop() {
				if _, err := x.Stream(b.Context(), tc.q, func(language.Hit) error { n++; return nil }); err != nil {
					b.Fatal(err)
				}
			}
			b.ReportMetric(float64(n)/b.Elapsed().Seconds(), "hits/s")
		})
	}
}
