// Command screenshot takes a picture of a page, by default of the sample
// archive's front page for the README:
//
//	go run ./cmd/screenshot
//
// It needs Chromium. With -url it takes a page of an archive that already runs.
package main

import (
	"context"
	"flag"
	"fmt"
	"io"
	"os"
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
		addr, stop, err := browsertest.Sample(ctx, ".", log)
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
