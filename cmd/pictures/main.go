// Command pictures takes pictures of every type of page of the sample archive, at three
// widths, and writes the page that shows them:
//
//	go run ./cmd/pictures
//
// It needs Chromium. With -only, -width, -dark or -whole it takes some alone, of all pages that
// are tested, for whoever works on them; then it writes no page.
package main

import (
	"context"
	"flag"
	"fmt"
	"io"
	"os"
	"os/signal"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"time"

	"github.com/chromedp/cdproto/page"
	"github.com/chromedp/chromedp"

	"backfile/internal/browsertest"
)

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	defer stop()
	if err := run(ctx, os.Args[1:], os.Stderr); err != nil {
		fmt.Fprintln(os.Stderr, "pictures:", err)
		os.Exit(1)
	}
}

// screens are what pictures are taken on, in CSS pixels.
var screens = []struct{ width, height int64 }{{1440, 1000}, {768, 1000}, {360, 780}}

// run takes the pictures that args ask for.
func run(ctx context.Context, args []string, log io.Writer) error {
	fs := flag.NewFlagSet("pictures", flag.ContinueOnError)
	fs.SetOutput(log)
	base := fs.String("url", "", "`address` of a sample archive that already runs; one is started where there is none")
	dir := fs.String("o", filepath.Join("docs", "pictures"), "`folder` to write the pictures to")
	only := fs.String("only", "", "take the pages alone whose names match the `expression`")
	whole := fs.Bool("whole", false, "take pages to their ends")
	dark := fs.Bool("dark", false, "take them on dark paper")
	width := fs.Int64("width", 0, "take them at that width alone, in CSS `pixels`")
	if err := fs.Parse(args); err != nil {
		return err
	}
	match, err := regexp.Compile(*only)
	if err != nil {
		return err
	}
	ctx, cancel := context.WithTimeout(ctx, 15*time.Minute)
	defer cancel()
	if *base == "" {
		addr, stop, err := browsertest.Sample(ctx, ".", log)
		if err != nil {
			return err
		}
		defer stop()
		*base = addr
	}
	made, err := browsertest.Furnish(ctx, *base)
	if err != nil {
		return err
	}
	pages, err := browsertest.Pages(ctx, *base)
	if err != nil {
		return err
	}
	tab, stop, err := browsertest.Open(ctx)
	if err != nil {
		return err
	}
	defer stop()
	if err := os.MkdirAll(*dir, 0o755); err != nil {
		return err
	}
	all := *only == "" && *width == 0 && !*dark && !*whole
	sum := 0
	for _, p := range append(pages, made...) {
		name := strings.ReplaceAll(p.Name, " ", "-")
		if !match.MatchString(p.Name) || all && !isShown(name) {
			continue
		}
		for _, s := range screens {
			if *width != 0 && *width != s.width {
				continue
			}
			papers := []bool{*dark}
			if all && s.width == screens[0].width && slices.Contains(inTheDark, name) {
				papers = []bool{false, true}
			}
			for _, dark := range papers {
				if err := browsertest.Screen(tab, s.width, s.height, dark); err != nil {
					return err
				}
				n, err := take(tab, *base+p.Path, *whole, filepath.Join(*dir, file(name, s.width, dark)))
				if err != nil {
					return fmt.Errorf("%s: %w", p.Name, err)
				}
				sum += n
			}
		}
	}
	fmt.Fprintf(log, "%d kB\n", sum>>10)
	if !all {
		return nil
	}
	return os.WriteFile(filepath.Join(filepath.Dir(*dir), "pictures.md"), []byte(document()), 0o644)
}

func isShown(name string) bool {
	for _, s := range shown {
		if s.name == name {
			return true
		}
	}
	return false
}

// take writes a picture of the page at that address.
func take(tab context.Context, at string, whole bool, file string) (int, error) {
	if err := chromedp.Do(tab, chromedp.Navigate(at)); err != nil {
		return 0, err
	}
	args := page.CaptureScreenshotParams{}
	if whole {
		h, err := chromedp.Run(tab, chromedp.Evaluate[float64]("Math.min(9000, document.documentElement.scrollHeight)"))
		if err != nil {
			return 0, err
		}
		w, err := chromedp.Run(tab, chromedp.Evaluate[float64]("innerWidth"))
		if err != nil {
			return 0, err
		}
		beyond := true
		args.CaptureBeyondViewport, args.Clip = &beyond, &page.Viewport{Width: w, Height: h, Scale: 1}
	}
	got, err := chromedp.Call(tab, page.CaptureScreenshot, args)
	if err != nil {
		return 0, err
	}
	png, err := fewer(got.Data)
	if err != nil {
		return 0, err
	}
	return len(png), os.WriteFile(file, png, 0o644)
}
