// Package browsertest drives a real browser, Chromium, for the tests of what a
// reader sees and for the pictures in the documentation.
//
// # Caveats
//
// It runs Chromium without its sandbox, as containers need; it must be led to
// this machine's own pages only.
package browsertest

import (
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"time"

	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/chromedp"
)

// ErrNoBrowser says that no Chromium is installed.
var ErrNoBrowser = errors.New("no Chromium is installed; set BACKFILE_CHROMIUM to its path")

// Find is the path of Chromium: BACKFILE_CHROMIUM, or one of the names it is
// installed under. Its error is ErrNoBrowser.
func Find() (string, error) {
	if p := os.Getenv("BACKFILE_CHROMIUM"); p != "" {
		return p, nil
	}
	for _, name := range []string{"chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome"} {
		if p, err := exec.LookPath(name); err == nil {
			return p, nil
		}
	}
	return "", ErrNoBrowser
}

// startTime is how long Chromium may take to start: a busy machine needs it.
const startTime = 60 * time.Second

// Open starts a browser with a profile of its own, which ends with ctx or when
// stop is called. Every tab opened from the context it returns is in it.
func Open(ctx context.Context) (browser context.Context, stop func(), err error) {
	path, err := Find()
	if err != nil {
		return nil, nil, err
	}
	dir, err := os.MkdirTemp("", "backfile-chromium-")
	if err != nil {
		return nil, nil, fmt.Errorf("make a profile: %w", err)
	}
	opts := append(chromedp.DefaultExecAllocatorOptions[:],
		chromedp.ExecPath(path), chromedp.UserDataDir(dir), chromedp.NoSandbox, chromedp.DisableGPU,
		chromedp.Flag("disable-dev-shm-usage", true),
		// A page from the cache of the back button fires no load event to wait for.
		chromedp.Flag("disable-features", "BackForwardCache,Translate,MediaRouter,OptimizationHints"), chromedp.WSURLReadTimeout(startTime),
	)
	alloc, stopAlloc := chromedp.NewExecAllocator(ctx, opts...)
	tab, stopTab := chromedp.NewContext(alloc)
	stop = func() {
		stopTab()
		stopAlloc()
		_ = os.RemoveAll(dir) // what is left of a profile is in the system's temporary folder
	}
	if err := chromedp.Do(tab); err != nil {
		stop()
		return nil, nil, fmt.Errorf("start %s: %w", path, err)
	}
	return tab, stop, nil
}

// Another opens one more tab of the browser that tab is in, until stop is called.
func Another(tab context.Context) (another context.Context, stop func(), err error) {
	another, stop = chromedp.NewContext(tab)
	if err := chromedp.Do(another); err != nil {
		stop()
		return nil, nil, fmt.Errorf("open another tab: %w", err)
	}
	return another, stop, nil
}

// Screen makes the tab that wide and high, in CSS pixels, with the system's
// colours dark or light, for a reader who wants nothing to move: then nothing is on its
// way while one looks.
func Screen(tab context.Context, width, height int64, dark bool) error {
	scheme := "light"
	if dark {
		scheme = "dark"
	}
	_, err := chromedp.Call(tab, emulation.SetDeviceMetricsOverride, emulation.SetDeviceMetricsOverrideParams{
		Width: width, Height: height, DeviceScaleFactor: 1, Mobile: width < 600,
	})
	if err != nil {
		return fmt.Errorf("set the screen: %w", err)
	}
	_, err = chromedp.Call(tab, emulation.SetEmulatedMedia, emulation.SetEmulatedMediaParams{
		Features: []*emulation.MediaFeature{{Name: "prefers-color-scheme", Value: scheme}, {Name: "prefers-reduced-motion", Value: "reduce"}},
	})
	if err != nil {
		return fmt.Errorf("set the colours: %w", err)
	}
	return nil
}
