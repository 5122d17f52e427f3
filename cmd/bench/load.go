package main

import (
	"bufio"
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"math/rand/v2"
	"net/http"
	"net/url"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"sync"
	"sync/atomic"
	"time"

	"backfile/internal/newsgen"
)

// load asks an archive that is served for pages at a fixed rate, whether or not it keeps up, while
// articles come in.
func load(ctx context.Context, args []string, std stdio) (err error) {
	fs := flags("load", std)
	n := fs.Int("n", 60_000, "how `many` articles")
	seed := fs.Uint64("seed", 1, "the `seed` that articles and pages are drawn from")
	data := fs.String("data", "", "keep the archive in this `directory`; one that is there is not filled")
	program := fs.String("program", "", "measure this `file`, and do not build one")
	rate := fs.Float64("rate", 50, "`pages` a second")
	span := fs.Duration("for", time.Minute, "so `long`")
	warm := fs.Duration("warm", 10*time.Second, "so `long` before, without counting")
	added := fs.Float64("add", 10, "`articles` a second that come in meanwhile")
	apart := fs.Int("apart", 0, "ask instead for so `many` pages of each kind, one after the other")
	slow := fs.Duration("slow", 0, "tell of each page that takes this `long` when it was due")
	dear := fs.Bool("costly", false, "ask instead for searches that are costly, beside the others")
	if err := fs.Parse(args); err != nil {
		return err
	}
	if *n < 1 || *rate <= 0 || fs.NArg() > 0 {
		return errors.New("say how many articles and pages a second")
	}
	work, err := os.MkdirTemp("", "backfile-bench-")
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, os.RemoveAll(work)) }()
	if *program == "" {
		*program = filepath.Join(work, "backfile")
		if err := command(ctx, std.err, "go", "build", "-o", *program, "backfile/cmd/backfile").Run(); err != nil {
			return fmt.Errorf("build the program: %w", err)
		}
	}
	if *data == "" {
		*data = filepath.Join(work, "data")
	}
	gen := newsgen.NewArchive(*seed)
	if _, err := os.Stat(filepath.Join(*data, "archive.db")); err != nil {
		lines := filepath.Join(work, "articles.jsonl")
		if err := write(lines, gen, *n); err != nil {
			return err
		}
		if err := fill(ctx, *program, *data, lines, *n, std.out, std.err); err != nil {
			return err
		}
	}
	log, err := os.Create(filepath.Join(work, "serve.log")) // a page that failed is counted
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, log.Close()) }()
	begun := time.Now()
	s, err := start(ctx, *program, *data, log)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, s.stop()) }()
	if _, err := fetch(ctx, s.base+"/search?q=council"); err != nil {
		return err
	}
	fmt.Fprintf(std.out, "start to the first answer of a search: %.2f s\n", time.Since(begun).Seconds())
	l := &loader{base: s.base, pid: s.pid, m: &mix{gen, *n, rand.New(rand.NewPCG(*seed, 50))}, took: map[int][]time.Duration{}, failed: map[string]int{}}
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	var side sync.WaitGroup
	side.Go(func() { l.watch(ctx) })
	if *added > 0 {
		side.Go(func() { l.add(ctx, *added) })
	}
	if *dear {
		return l.costs(ctx, *rate, std.out)
	}
	if *apart > 0 {
		return l.apart(ctx, *apart, std.out)
	}
	l.run(ctx, *rate, *warm)
	clear(l.took)
	clear(l.failed)
	l.slow = *slow
	worked := processor(s.pid)
	l.run(ctx, *rate, *span)
	l.worked = processor(s.pid) - worked
	cancel()
	side.Wait()
	return l.print(std.out, *rate, *span)
}

// loader asks for pages and keeps how long they took.
type loader struct {
	base string
	pid  int
	m    *mix

	worked time.Duration // by the program's processors, for the pages that count
	mu     sync.Mutex
	took   map[int][]time.Duration // by kind, from when a page was due
	failed map[string]int
	most   int64 // anonymous memory, bytes
	last   int64
	came   atomic.Int64 // articles added
	refuse atomic.Int64
	slow   time.Duration
	late   []string // pages that took as long as slow, and when they were due
}

// run asks for pages for that long. Each is asked for when it is due, however many are still
// unanswered, and its time is counted from then: a reader does not wait to press
// the key until others have been served.
func (l *loader) run(ctx context.Context, rate float64, span time.Duration) {
	type page struct {
		kind int
		path string
	}
	pages := make([]page, int(rate*span.Seconds()))
	for i := range pages {
		pages[i].kind, pages[i].path = l.m.draw()
	}
	client := &http.Client{Transport: &http.Transport{MaxIdleConnsPerHost: 256}, Timeout: 30 * time.Second}
	defer client.CloseIdleConnections()
	var wg sync.WaitGroup
	begun := time.Now()
	for i, p := range pages {
		due := begun.Add(time.Duration(float64(i) / rate * float64(time.Second)))
		select {
		case <-time.After(time.Until(due)):
		case <-ctx.Done():
			return
		}
		wg.Go(func() {
			err := get(ctx, client, l.base+p.path)
			took := time.Since(due)
			l.mu.Lock()
			defer l.mu.Unlock()
			l.took[p.kind] = append(l.took[p.kind], took)
			if l.slow > 0 && took >= l.slow {
				l.late = append(l.late, fmt.Sprintf("%8.3f s: %6.1f ms %s", due.Sub(begun).Seconds(), ms1(took), p.path))
			}
			if err != nil {
				l.failed[loadKinds[p.kind].name+": "+brief(err)]++
			}
		})
	}
	wg.Wait()
}

// brief is an error without the address that it was for.
func brief(err error) string {
	var u *url.Error
	if errors.As(err, &u) {
		err = u.Err
	}
	return err.Error()
}

func get(ctx context.Context, client *http.Client, u string) error {
	r, err := http.NewRequestWithContext(ctx, http.MethodGet, u, nil)
	if err != nil {
		return err
	}
	res, err := client.Do(r)
	if err != nil {
		return err
	}
	defer res.Body.Close()
	if _, err := io.Copy(io.Discard, res.Body); err != nil {
		return err
	}
	if res.StatusCode != http.StatusOK {
		return errors.New(res.Status)
	}
	return nil
}

// apart asks for pages of each kind one after the other, and says what one takes: to find
// which are dear on a machine that others use too.
func (l *loader) apart(ctx context.Context, each int, w io.Writer) error {
	for begun := time.Now(); time.Since(begun) < 10*time.Minute; { // until what runs behind a start is done
		worked := processor(l.pid)
		time.Sleep(2 * time.Second)
		if processor(l.pid)-worked <= 20*time.Millisecond {
			break
		}
	}
	fmt.Fprintf(w, "| page | processor, ms | p50, ms |\n|---|---:|---:|\n")
	for _, k := range loadKinds {
		var took []time.Duration
		worked := processor(l.pid)
		for range each {
			begun := time.Now()
			if err := get(ctx, http.DefaultClient, l.base+k.path(l.m)); err != nil {
				l.failed[k.name+": "+brief(err)]++
			}
			took = append(took, time.Since(begun))
		}
		fmt.Fprintf(w, "| %s | %.1f | %.1f |\n", k.name, ms1(processor(l.pid)-worked)/float64(each), ms(took, 50))
	}
	for why, n := range l.failed {
		fmt.Fprintf(w, "failed %d times: %s\n", n, why)
	}
	return nil
}

func ms1(d time.Duration) float64 { return float64(d.Microseconds()) / 1000 }

// watch keeps the most anonymous memory that the program had.
func (l *loader) watch(ctx context.Context) {
	tick := time.NewTicker(200 * time.Millisecond)
	defer tick.Stop()
	for {
		l.mu.Lock()
		l.last = anonymous(l.pid)
		l.most = max(l.most, l.last)
		l.mu.Unlock()
		select {
		case <-tick.C:
		case <-ctx.Done():
			return
		}
	}
}

// add has articles come in at that rate, numbered behind those that are there; ones of an earlier
// run are taken as unchanged.
func (l *loader) add(ctx context.Context, rate float64) {
	tick := time.NewTicker(time.Duration(float64(time.Second) / rate))
	defer tick.Stop()
	first := l.m.n + int(time.Now().Unix()%1_000_000)*100 // others than those of an earlier run
	for i := first; ; i++ {
		select {
		case <-tick.C:
		case <-ctx.Done():
			return
		}
		b, err := json.Marshal(l.m.gen.Article(i))
		if err != nil {
			l.refuse.Add(1)
			continue
		}
		r, err := http.NewRequestWithContext(ctx, http.MethodPost, l.base+"/api/v1/articles", bytes.NewReader(b))
		if err != nil {
			return
		}
		r.Header.Set("Content-Type", "application/json")
		res, err := http.DefaultClient.Do(r)
		if err != nil {
			l.refuse.Add(1)
			continue
		}
		_, _ = io.Copy(io.Discard, res.Body) // so that the connection is used again
		res.Body.Close()
		if res.StatusCode == http.StatusCreated {
			l.came.Add(1)
		} else {
			l.refuse.Add(1)
		}
	}
}

// print writes the table.
func (l *loader) print(w io.Writer, rate float64, span time.Duration) error {
	b := bufio.NewWriter(w)
	fmt.Fprintf(b, "%g pages a second for %s; meanwhile %d articles came in (%d not)\n\n| page, ms | asked | p50 | p90 | p99 | longest |\n|---|---:|---:|---:|---:|---:|\n",
		rate, span, l.came.Load(), l.refuse.Load())
	row := func(name string, ds []time.Duration) {
		if len(ds) == 0 {
			return
		}
		slices.Sort(ds)
		at := func(share float64) float64 {
			return float64(ds[min(int(float64(len(ds))*share), len(ds)-1)].Microseconds()) / 1000
		}
		fmt.Fprintf(b, "| %s | %s | %.1f | %.1f | %.1f | %.1f |\n", name, strconv.Itoa(len(ds)), at(0.5), at(0.9), at(0.99), at(1))
	}
	var all []time.Duration
	for i, k := range loadKinds {
		all = append(all, l.took[i]...)
		row(k.name, l.took[i])
	}
	row("**all**", all)
	fmt.Fprintf(b, "\nanonymous resident memory: %.0f MB at most, %.0f MB at the end\n", float64(l.most)/1e6, float64(l.last)/1e6)
	fmt.Fprintf(b, "processor time a page, what came in included: %.1f ms\n", ms1(l.worked)/float64(max(len(all), 1)))
	slices.Sort(l.late)
	for _, s := range l.late {
		fmt.Fprintln(b, s)
	}
	failed := 0
	for why, n := range l.failed {
		failed += n
		fmt.Fprintf(b, "failed %d times: %s\n", n, why)
	}
	fmt.Fprintf(b, "%d of %d pages failed\n", failed, len(all))
	return b.Flush()
}
