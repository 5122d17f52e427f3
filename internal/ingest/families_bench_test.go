package ingest

import (
	"context"
	"fmt"
	"log/slog"
	"runtime"
	"strings"
	"testing"
	"time"

	"backfile/internal/family"
	"backfile/internal/news"
	"backfile/internal/newsgen"
	"backfile/store"
)

// countedStore is a store as Families needs it.
type countedStore struct{ *store.Store }

func (c countedStore) CountArticles(ctx context.Context) (int, error) {
	st, err := c.Stats(ctx)
	return st.Articles, err
}

// copied are articles, of which every fifth and the one behind it print the report of
// the one three before, cut.
func copied(g *newsgen.Generator, i int) news.Write {
	a := g.Article(i)
	if i%5 > 2 {
		body := g.Article(i - i%5).Body
		a.Body = body[:strings.LastIndexByte(body[:len(body)*(5+i%5)/10], ' ')]
	}
	a.SetUnderstanding(news.Understanding{})
	s, _ := family.Make(a.Body).MarshalBinary()
	return news.Write{Sketch: s, Keys: []news.Key{news.Key(fmt.Sprint("bench:", i))}, Article: a}
}

// BenchmarkFamiliesLoad is the start of an archive of 100,000 articles whose families
// the store knows: how long until they are known again, and the heap that they take.
func BenchmarkFamiliesLoad(b *testing.B) {
	const n = 100_000
	st, err := store.Open(b.TempDir(), store.Options{})
	if err != nil {
		b.Fatal(err)
	}
	defer func() { _ = st.Close() }()
	g := newsgen.New(1)
	for from := 0; from < n; from += 1000 {
		var ws []news.Write
		for i := from; i < from+1000; i++ {
			ws = append(ws, copied(g, i))
		}
		if _, err := st.Put(b.Context(), ws); err != nil {
			b.Fatal(err)
		}
	}
	load := func() (*Families, func()) {
		ctx, cancel := context.WithCancel(b.Context())
		f := NewFamilies(slog.New(slog.DiscardHandler), countedStore{st}, nil, func() {})
		done := make(chan struct{})
		go func() {
			defer close(done)
			_ = f.Run(ctx)
		}()
		for !f.Loaded() && b.Context().Err() == nil {
			time.Sleep(time.Millisecond)
		}
		return f, func() { cancel(); <-done }
	}
	f, stop := load() // and tell the store
	f.Settle(b.Context())
	stop()
	heap := func() uint64 {
		runtime.GC()
		var m runtime.MemStats
		runtime.ReadMemStats(&m)
		return m.HeapAlloc
	}
	before, after := heap(), uint64(0)
	for b.Loop() {
		f, stop := load()
		b.StopTimer()
		after = max(after, heap())
		stop()
		runtime.KeepAlive(f)
		b.StartTimer()
	}
	b.ReportMetric(float64(after-min(before, after))/1e6, "heap-MB")
}
