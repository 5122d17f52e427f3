// Command screenshot takes a picture of a page, by default of the sample
// archive's front page for the README:
//
//	go run ./cmd/screenshot
//
// It needs Chromium. With -url it takes a page of an archive that already runs.
package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"net"
	"net/http"
	"os"
	"os/exec"
	"os/signal"
	"path/filepath"
	"strings"
	"time"

	"github.com/chromedp/chromedp"

	"backfile/internal/browsertest"
)

// maxSize is the most bytes of a picture: a README is read on slow lines too.
const maxSize = 300 << 10

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	defer stop()
	if err := run(ctx, os.Args[1:], os.Stderr); err != nil {
		fmt.Fprintln(os.Stderr, "screenshot:", err)
		os.Exit(1)
	}
}

// run takes the picture that args ask for.
func run(ctx context.Context, args []string, log io.Writer) error {
	fs := flag.NewFlagSet("screenshot", flag.ContinueOnError)
	fs.SetOutput(log)
	base := fs.String("url", "", "`address` of a running archive; the sample is started where there is none")
	path := fs.String("path", "/", "`path` of the page")
	out := fs.String("o", filepath.Join("docs", "screenshot.png"), "`file` to write")
	width := fs.Int64("width", 1200, "width in CSS `pixels`")
	height := fs.Int64("height", 900, "height in CSS `pixels`; 0 is the whole page")
	dark := fs.Bool("dark", false, "dark paper")
	if err := fs.Parse(args); err != nil {
		return err
	}
	ctx, cancel := context.WithTimeout(ctx, 5*time.Minute)
	defer cancel()
	if *base == "" {
		addr, stop, err := startSample(ctx, log)
		if err != nil {
			return err
		}
		defer stop()
		*base = addr
	}
	browser, stop, err := browsertest.Open(ctx)
	if err != nil {
		return err
	}
	defer stop()
	h := max(*height, 100)
	if err := browsertest.Screen(browser, *width, h, *dark); err != nil {
		return err
	}
	if err := chromedp.Do(browser, chromedp.Navigate(strings.TrimSuffix(*base, "/")+*path)); err != nil {
		return fmt.Errorf("open the page: %w", err)
	}
	shot := chromedp.CaptureScreenshot()
	if *height == 0 {
		shot = chromedp.FullScreenshot(100)
	}
	png, err := chromedp.Run(browser, shot)
	if err != nil {
		return fmt.Errorf("take the picture: %w", err)
	}
	if *height != 0 && len(png) > maxSize {
		return fmt.Errorf("the picture has %d kB, more than %d; make it smaller", len(png)>>10, maxSize>>10)
	}
	if err := os.WriteFile(*out, png, 0o644); err != nil {
		return err
	}
	fmt.Fprintf(log, "%s: %d kB\n", *out, len(png)>>10)
	return nil
}

// startSample serves the sample archive until stop is called.
func startSample(ctx context.Context, log io.Writer) (addr string, stop func(), err error) {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return "", nil, err
	}
	listen := l.Addr().String()
	if err := l.Close(); err != nil {
		return "", nil, err
	}
	dir, err := os.MkdirTemp("", "backfile-screenshot-")
	if err != nil {
		return "", nil, err
	}
	bin := filepath.Join(dir, "backfile")
	build := exec.CommandContext(ctx, "go", "build", "-o", bin, "./cmd/backfile")
	build.Stderr = log
	if err := build.Run(); err != nil {
		return "", nil, errors.Join(fmt.Errorf("build backfile: %w", err), os.RemoveAll(dir))
	}
	srv := exec.CommandContext(ctx, bin, "serve", "--sample", "--listen", listen)
	srv.Env = append(os.Environ(), "XDG_CACHE_HOME="+dir)
	srv.Cancel = func() error { return srv.Process.Signal(os.Interrupt) }
	srv.WaitDelay = 10 * time.Second
	if err := srv.Start(); err != nil {
		return "", nil, errors.Join(fmt.Errorf("start backfile: %w", err), os.RemoveAll(dir))
	}
	stop = func() {
		_ = srv.Process.Signal(os.Interrupt)
		_ = srv.Wait()
		_ = os.RemoveAll(dir)
	}
	addr = "http://" + listen
	if err := waitReady(ctx, addr); err != nil {
		stop()
		return "", nil, err
	}
	return addr, stop, nil
}

// waitReady waits until the archive answers and knows all its articles.
func waitReady(ctx context.Context, addr string) error {
	for {
		ctx, cancel := context.WithTimeout(ctx, 5*time.Second)
		req, err := http.NewRequestWithContext(ctx, http.MethodGet, addr+"/api/v1/search?per_page=1&facets=0", nil)
		if err != nil {
			cancel()
			return err
		}
		ok := false
		if res, err := http.DefaultClient.Do(req); err == nil {
			b, _ := io.ReadAll(res.Body)
			_ = res.Body.Close()
			ok = res.StatusCode == http.StatusOK && strings.Contains(string(b), `"behind":0`) && !strings.Contains(string(b), `"total":0,`)
		}
		cancel()
		if ok {
			return nil
		}
		select {
		case <-ctx.Done():
		case <-time.After(300 * time.Millisecond):
		}
		if err := context.Cause(ctx); err != nil && !errors.Is(err, context.Canceled) {
			return fmt.Errorf("wait for the sample: %w", err)
		}
	}
}
