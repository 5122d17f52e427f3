package main

import (
	"context"
	"fmt"
	"io"
	"runtime"
	"time"

	"backfile/internal/family"
	"backfile/internal/newsgen"
)

// grow adds articles until each size is reached, and says what the last tenth
// before it took an article, in sketching and in adding.
func grow(out io.Writer, seed uint64, sizes []int) error {
	gen := newsgen.New(seed)
	x := family.New()
	fmt.Fprintf(out, "%10s %12s %12s %12s %14s %12s\n", "articles", "sketch µs", "add µs", "slowest batch", "bytes/article", "heap MB")
	w := &world{gen: gen}
	n := 0
	for _, size := range sizes {
		var sketching, adding, slowest time.Duration
		measured := 0
		for n < size {
			articles := w.batch(n, min(batch, size-n))
			start := time.Now()
			es := sketch(articles)
			took := time.Since(start)
			start = time.Now()
			x.Add(es...)
			if added := time.Since(start); n >= size-max(size/10, batch) {
				sketching += took
				adding += added
				slowest = max(slowest, added)
				measured += len(articles)
			}
			n += len(articles)
		}
		runtime.GC()
		var m runtime.MemStats
		runtime.ReadMemStats(&m)
		each := func(d time.Duration) float64 { return float64(d.Microseconds()) / float64(measured) }
		fmt.Fprintf(out, "%10d %12.1f %12.1f %12.1f %14d %12d\n", n, each(sketching), each(adding), float64(slowest.Microseconds())/1000, x.Bytes()/n, m.HeapAlloc>>20)
	}
	start := time.Now()
	y, err := family.Load(context.Background(), x.Entries())
	if err != nil {
		return err
	}
	fmt.Fprintf(out, "rebuilt from the sketches by Load in %.1f s; families %s\n", time.Since(start).Seconds(), same(x, y))
	return nil
}

// batch makes the articles numbered n to n+size: two of five are copies of an
// earlier one of the batch, cut.
func (w *world) batch(n, size int) []made {
	out := make([]made, size)
	parallel(size, func(i int) {
		a := w.gen.Article(n + i)
		body := a.Body
		if i%5 > 2 {
			of := w.gen.Article(n + i - i%5).Body
			body = of[:len(of)*(4+i%6)/10]
		}
		if o := len(a.Outlet.Slug) % 4; o > 0 {
			body += "\n\n" + footer(a.Outlet.Slug)
		}
		out[i] = made{body: body, entry: family.Entry{ID: a.ID, Outlet: a.Outlet.Slug, Published: a.Published}}
	})
	return out
}

// footer is what an outlet prints under every article.
func footer(outlet string) string {
	return "You have read an article of " + outlet + ", which is printed every morning. Letters to the editor of " + outlet +
		" are welcome and may be cut. The opinions of columnists are not those of " + outlet + " or of its owners."
}
