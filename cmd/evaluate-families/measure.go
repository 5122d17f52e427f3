package main

import (
	"cmp"
	"context"
	"fmt"
	"io"
	"maps"
	"runtime"
	"slices"
	"strings"
	"sync"
	"time"

	"backfile/internal/family"
	"backfile/internal/measured"
	"backfile/internal/news"
)

// evaluate finds the families of the articles and says how right they are.
func evaluate(out io.Writer, articles []made, shown int) error {
	start, cpu := time.Now(), measured.ProcessorTime()
	x := take(articles)
	took := time.Since(start)
	cpu = measured.ProcessorTime() - cpu
	report := map[news.ArticleID]*made{}
	truth := map[int]int{}
	for i := range articles {
		report[articles[i].entry.ID] = &articles[i]
		truth[articles[i].report]++
	}
	families, pairs := 0, 0
	for _, n := range truth {
		pairs += n * (n - 1) / 2
		if n > 1 {
			families++
		}
	}
	found, right := 0, 0
	var wrong []string
	for f := range x.Families() {
		for i, a := range f.Members {
			for _, b := range f.Members[:i] {
				found++
				p, q := report[a.ID], report[b.ID]
				if p.report == q.report {
					right++
				} else if l, _ := x.Likeness(a.ID, b.ID); l.Copies(p.entry.Outlet == q.entry.Outlet) {
					wrong = append(wrong, told(p, q, l))
				}
			}
		}
	}
	fmt.Fprintf(out, "articles   %d, of which %d families with %d pairs\n", len(articles), families, pairs)
	fmt.Fprintf(out, "pairwise   precision %.4f  recall %.4f  (%d pairs found, %d of them right)\n",
		float64(right)/float64(max(found, 1)), float64(right)/float64(max(pairs, 1)), found, right)
	fmt.Fprintf(out, "speed      %.0f articles a second on %d processors, sketches included; %.0f µs of one processor an article\n",
		float64(len(articles))/took.Seconds(), runtime.GOMAXPROCS(0), float64(cpu.Microseconds())/float64(len(articles)))
	slices.SortFunc(articles, func(a, b made) int { return cmp.Compare(a.entry.ID, b.entry.ID) })
	fmt.Fprintf(out, "order      by Add in another order: %s; by Load: %s\n", same(x, take(articles)), same(x, load(articles)))
	agreement(out, x, articles)
	printErrors(out, "joined", wrong, shown)
	printErrors(out, "missed", missed(x, articles), shown)
	return nil
}

// batch is how many articles are taken in at once, as the pipeline does.
const batch = 250

// take adds the articles in batches: while one is added, the next is sketched.
func take(articles []made) *family.Index {
	x := family.New()
	sketched := make(chan []family.Entry, 1)
	go func() {
		defer close(sketched)
		for part := range slices.Chunk(articles, batch) {
			sketched <- sketch(part)
		}
	}()
	for es := range sketched {
		x.Add(es...)
	}
	return x
}

// sketch sketches the articles, and returns their entries.
func sketch(articles []made) []family.Entry {
	es := make([]family.Entry, len(articles))
	parallel(len(articles), func(i int) {
		articles[i].entry.Sketch = family.Make(articles[i].body)
		es[i] = articles[i].entry
	})
	return es
}

// parallel calls f with 0 to n-1, on all processors.
func parallel(n int, f func(i int)) {
	var wg sync.WaitGroup
	step := runtime.GOMAXPROCS(0)
	for w := range step {
		wg.Go(func() {
			for i := w; i < n; i += step {
				f(i)
			}
		})
	}
	wg.Wait()
}

func load(articles []made) *family.Index {
	x, err := family.Load(context.Background(), func(yield func(family.Entry) bool) {
		for _, a := range articles {
			if !yield(a.entry) {
				return
			}
		}
	})
	if err != nil {
		panic(err) // it is the context's alone
	}
	return x
}

func same(a, b *family.Index) string {
	leads := func(x *family.Index) map[news.ArticleID]news.ArticleID {
		m := map[news.ArticleID]news.ArticleID{}
		for f := range x.Families() {
			for _, k := range f.Members {
				m[k.ID] = f.Lead
			}
		}
		return m
	}
	if maps.Equal(leads(a), leads(b)) {
		return "the same"
	}
	return "NOT the same"
}

func told(p, q *made, l family.Likeness) string {
	kinds := []string{p.kind, q.kind}
	slices.Sort(kinds)
	return fmt.Sprintf("%s\t%s %s contained %.2f rare %.2f held %.2f shared %d figures %d changed %d\n\t\t%.140q\n\t\t%.140q",
		strings.Join(kinds, " + "), p.entry.ID, q.entry.ID, l.Contained, l.Rare, l.Held, l.Shared, l.Figures, l.Changed, p.body, q.body)
}

// missed are the pairs of one report that are in different families.
func missed(x *family.Index, articles []made) []string {
	of := map[int][]*made{}
	for i := range articles {
		of[articles[i].report] = append(of[articles[i].report], &articles[i])
	}
	var out []string
	for _, ms := range of {
		for i, p := range ms {
			f, _ := x.Family(p.entry.ID)
			for _, q := range ms[:i] {
				if g, _ := x.Family(q.entry.ID); f.Lead != g.Lead {
					l, _ := x.Likeness(p.entry.ID, q.entry.ID)
					out = append(out, told(p, q, l))
				}
			}
		}
	}
	return out
}

func printErrors(out io.Writer, what string, errors []string, shown int) {
	kinds := map[string]int{}
	for _, e := range errors {
		kind, _, _ := strings.Cut(e, "\t")
		kinds[kind]++
	}
	for _, kind := range slices.SortedFunc(maps.Keys(kinds), func(a, b string) int {
		return cmp.Or(cmp.Compare(kinds[b], kinds[a]), cmp.Compare(a, b))
	}) {
		fmt.Fprintf(out, "%-10s %5d  %s\n", what, kinds[kind], kind)
	}
	slices.Sort(errors)
	for _, e := range errors[:min(shown, len(errors))] {
		fmt.Fprintf(out, "\t%s\n", e)
	}
}
