package main

import (
	"fmt"
	"io"
	"runtime"
	"slices"
	"time"

	"backfile/internal/newsgen"
	"backfile/internal/story"
)

// grow measures how long it takes to go through archives of those sizes, and what is held
// in memory: articles of newsgen, of a hundred and ten a day.
func grow(out io.Writer, seed uint64, sizes []int) error {
	for _, n := range sizes {
		g := newsgen.NewArchive(seed).Short()
		units := make([]story.Unit, 0, n)
		var making time.Duration
		var rarity story.Rarity
		days := max(30, n/110)
		for i := range n {
			a := g.Article(i)
			start := time.Now()
			t := story.Make(&a)
			making += time.Since(start)
			rarity.Count(t)
			day := time.Date(2020, 1, 1, 0, 0, 0, 0, time.UTC).AddDate(0, 0, i*7919%days)
			units = append(units, story.Unit{ID: a.ID, Day: int(day.Unix() / (24 * 60 * 60)), At: day.Unix(), Trace: t})
		}
		rarity.Done()
		slices.SortFunc(units, story.Unit.Compare)
		var before, after runtime.MemStats
		runtime.GC()
		runtime.ReadMemStats(&before)
		start := time.Now()
		sw := story.NewSweep(&rarity)
		for _, u := range units {
			sw.Next(u)
		}
		took := time.Since(start)
		runtime.GC()
		runtime.ReadMemStats(&after)
		fmt.Fprintf(out, "%7d articles over %d days: %.1f s, %.0f µs an article, traces %.0f µs each; %.0f MB held at the end\n", n, days, took.Seconds(),
			float64(took.Microseconds())/float64(n), float64(making.Microseconds())/float64(n), float64(int64(after.HeapAlloc)-int64(before.HeapAlloc))/1e6)
		runtime.KeepAlive(sw)
		runtime.KeepAlive(units)
	}
	return nil
}
