package main

import (
	"bufio"
	"context"
	"encoding/json"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"runtime"
	"strconv"
	"testing"
	"time"

	"backfile/internal/cite"
	"backfile/internal/newsgen"
	"backfile/store"
	"backfile/web"
)

// BenchmarkTakeOut sends everything that an archive has as one file of each format over
// HTTP, and prints how many articles a second that is, and how much memory was in use at
// most. The archive has 60,000 articles, or BACKFILE_BENCH_ARTICLES; BACKFILE_BENCH_DIR
// keeps it for the next run.
func BenchmarkTakeOut(b *testing.B) {
	n := 60_000
	if s, err := strconv.Atoi(os.Getenv("BACKFILE_BENCH_ARTICLES")); err == nil && s > 0 {
		n = s
	}
	dir := os.Getenv("BACKFILE_BENCH_DIR")
	if dir == "" {
		dir = b.TempDir()
	}
	dir = filepath.Join(dir, "take-"+strconv.Itoa(n))
	if _, err := os.Stat(dir); err != nil {
		in, w := io.Pipe()
		go func() {
			bw := bufio.NewWriterSize(w, 1<<20)
			enc := json.NewEncoder(bw)
			for a := range newsgen.New(1).Articles(n) {
				if err := enc.Encode(a); err != nil {
					w.CloseWithError(err)
					return
				}
			}
			w.CloseWithError(bw.Flush())
		}()
		if err := run(b.Context(), []string{"ingest", "--data", dir, "-"}, stdio{in, io.Discard, io.Discard}); err != nil {
			b.Fatal(err)
		}
	}
	st, err := store.Open(dir, store.Options{})
	if err != nil {
		b.Fatal(err)
	}
	a, err := openArchive(context.Background(), place{dir: dir}, st, slog.New(slog.DiscardHandler))
	if err != nil {
		b.Fatal(err)
	}
	defer a.Close()
	if err := a.index.WaitIndexed(b.Context()); err != nil {
		b.Fatal(err)
	}
	srv := httptest.NewServer(a.server(web.Config{}).Handler())
	defer srv.Close()
	for _, f := range cite.Formats {
		b.Run(f.Name, func(b *testing.B) {
			runtime.GC()
			var most uint64
			stop, stopped := make(chan struct{}), make(chan struct{})
			go func() {
				defer close(stopped)
				for {
					var m runtime.MemStats
					runtime.ReadMemStats(&m)
					most = max(most, m.HeapInuse)
					select {
					case <-stop:
						return
					case <-time.After(100 * time.Millisecond):
					}
				}
			}()
			bytes := int64(0)
			for b.Loop() {
				res, err := http.Get(srv.URL + "/search." + f.Name + "?sort=newest")
				if err != nil || res.StatusCode != http.StatusOK {
					b.Fatal(res, err)
				}
				if bytes, err = io.Copy(io.Discard, res.Body); err != nil {
					b.Fatal(err)
				}
				_ = res.Body.Close()
			}
			close(stop)
			<-stopped
			b.ReportMetric(float64(n*b.N)/b.Elapsed().Seconds(), "articles/s")
			b.ReportMetric(float64(bytes)/float64(n), "B/article")
			b.ReportMetric(float64(most)/(1<<20), "MB-heap")
		})
	}
}
