package browsertest

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/chromedp"
)

// What is started once for all tests ends after the last of them, what came last first.
var atEnd []func()

func TestMain(m *testing.M) {
	code := m.Run()
	for _, end := range slices.Backward(atEnd) {
		end()
	}
	os.Exit(code)
}

// program is the path of the program, which is built once for all tests.
var program = sync.OnceValues(func() (string, error) {
	path, remove, err := Build(context.Background(), filepath.Join("..", ".."), os.Stderr)
	if err == nil {
		atEnd = append(atEnd, remove)
	}
	return path, err
})

// sampleArchive is served once for all tests: each keeps to the articles, lists and searches
// that it made itself.
var sampleArchive = sync.OnceValues(func() (string, error) {
	path, err := program()
	if err != nil {
		return "", err
	}
	addr, stop, err := Serve(context.Background(), path, os.Stderr)
	if err == nil {
		atEnd = append(atEnd, stop)
	}
	return addr, err
})

// browser is started once for all tests, which have a profile each.
var browser = sync.OnceValues(func() (context.Context, error) {
	tab, stop, err := Open(context.Background())
	if err == nil {
		atEnd = append(atEnd, stop)
	}
	return tab, err
})

// open returns a tab, of a profile of the test's own, and the address of the sample archive.
func open(t *testing.T) (tab context.Context, addr string) {
	t.Helper()
	if testing.Short() {
		t.Skip("a browser takes long: not with -short")
	}
	if _, err := Find(); errors.Is(err, ErrNoBrowser) {
		t.Skip("skipped: ", err)
	}
	addr, err := sampleArchive()
	if err != nil {
		t.Fatal(err)
	}
	all, err := browser()
	if err != nil {
		t.Fatal(err)
	}
	tab, stop := chromedp.NewContext(all, chromedp.WithNewBrowserContext())
	t.Cleanup(stop)
	if err := chromedp.Do(tab); err != nil {
		t.Fatal(err)
	}
	return tab, addr
}

// bothWays runs a test with a reader whose browser runs scripts and with one whose browser
// runs none, on a wide screen.
func bothWays(t *testing.T, walk func(r reader, addr string, scripts bool)) {
	for _, scripts := range []bool{true, false} {
		t.Run(map[bool]string{true: "with scripts", false: "without scripts"}[scripts], func(t *testing.T) {
			tab, addr := open(t)
			if err := Screen(tab, 1300, 1000, false); err != nil {
				t.Fatal(err)
			}
			if _, err := chromedp.Call(tab, emulation.SetScriptExecutionDisabled, emulation.SetScriptExecutionDisabledParams{Value: !scripts}); err != nil {
				t.Fatal(err)
			}
			walk(reader{t, tab}, addr, scripts)
		})
	}
}

// reader is somebody at a browser, who says on which step the test failed.
type reader struct {
	*testing.T
	tab context.Context
}

func (r reader) do(what string, steps ...chromedp.Action[chromedp.Void]) {
	r.Helper()
	ctx, cancel := context.WithTimeout(r.tab, 30*time.Second)
	defer cancel()
	if err := chromedp.Do(ctx, steps...); err != nil {
		r.Fatalf("%s: %v (at %s)", what, err, r.at())
	}
}

// follow clicks what leads to another page and waits for it.
func (r reader) follow(what, sel string) {
	r.Helper()
	ctx, cancel := context.WithTimeout(r.tab, 30*time.Second)
	defer cancel()
	res, err := chromedp.RunResponse(ctx, chromedp.Click(chromedp.CSS(sel)))
	if err != nil {
		r.Fatalf("%s: click %q: %v (at %s)", what, sel, err, r.at())
	}
	if res != nil && res.Status >= 400 {
		r.Fatalf("%s: %s answers %d", what, res.URL, res.Status)
	}
}

func (r reader) text(sel string) string {
	r.Helper()
	ctx, cancel := context.WithTimeout(r.tab, 30*time.Second)
	defer cancel()
	s, err := chromedp.Run(ctx, chromedp.TextContent(chromedp.CSS(sel)))
	if err != nil {
		r.Fatalf("read %q: %v (at %s)", sel, err, r.at())
	}
	return strings.Join(strings.Fields(s), " ")
}

func (r reader) at() string {
	ctx, cancel := context.WithTimeout(r.tab, 5*time.Second)
	defer cancel()
	s, err := chromedp.Run(ctx, chromedp.Location())
	if err != nil {
		return err.Error()
	}
	return s
}

func (r reader) wantText(sel, want string) {
	r.Helper()
	if got := r.text(sel); !strings.Contains(got, want) {
		r.Fatalf("%q reads %q, want %q in it (at %s)", sel, got, want, r.at())
	}
}

// TestVersions steps through the versions of an article without a script.
func TestVersions(t *testing.T) {
	tab, addr := open(t)
	if err := Screen(tab, 1300, 1000, false); err != nil {
		t.Fatal(err)
	}
	if _, err := chromedp.Call(tab, emulation.SetScriptExecutionDisabled, emulation.SetScriptExecutionDisabledParams{Value: true}); err != nil {
		t.Fatal(err)
	}
	r := reader{t, tab}
	r.do("look for an article that changed", chromedp.Navigate(addr+"/search?q=survey+block"))
	r.follow("open it", ".hit h2 a")
	r.follow("see what changed", ".left dl a.act")
	r.wantText(".past", "Version 2, captured 2 December 2024")
	r.wantText(".past .sum", "2 paragraphs added, 1 cut, 2 reworded.")
	r.wantText(".part.reworded del", "yesterday,")
	r.do("unfold what is unchanged", chromedp.Click(chromedp.CSS(".kept summary")), chromedp.WaitVisible(chromedp.CSS(".kept[open] p")))
	r.follow("step back", ".turn a[rel=prev]")
	r.wantText(".past", "This is version 1 of 2")
	r.follow("step on", ".turn a[rel=next]")
	r.wantText(".past", "Version 2, captured")

	r.do("look for what was taken out", chromedp.Navigate(addr+"/search?q=removed:yesterday"))
	r.wantText(".asked", "Articles that no longer say “yesterday”")
	r.wantText(".hit .snip del mark", "yesterday")
	r.follow("see the change", ".hit .also a")
	r.wantText(".past .sum", "2 reworded")
	r.do("look back", chromedp.Navigate(addr+"/search?q=survey+block+as-of:2024-12-01"))
	r.wantText(".asked", "in the archive as it was known on 1 December 2024")
	r.follow("open what it held", ".hit h2 a")
	r.wantText(".past", "This is version 1 of 2")
	r.do("look back again", chromedp.Navigate(addr+"/search?q=survey+block+as-of:2024-12-01"))
	r.follow("come back to now", ".notice a")
	r.wantText(".asked", "Articles that mention survey block")
}

// TestFamily goes from a result to who printed it, by keyboard alone to two of them side
// by side, and looks whether they stand one under the other on the narrowest phones.
func TestFamily(t *testing.T) {
	tab, addr := open(t)
	r := reader{t, tab}
	if err := Screen(tab, 1300, 1000, false); err != nil {
		t.Fatal(err)
	}
	r.do("look for agency copy", chromedp.Navigate(addr+"/search?q=is:wire"))
	r.follow("see who printed it", ".hit .also a[href^='/families/']")
	r.wantText(".pagehead .label", "printed by")
	r.wantText("#pair h2", "beside")
	at := r.at()
	r.do("focus a comparison", chromedp.Focus(chromedp.CSS("tbody .act")), chromedp.KeyEvent("\r"), chromedp.WaitVisible(chromedp.CSS("#pair:target")))
	columns := func() bool {
		t.Helper()
		same, err := chromedp.Run(tab, chromedp.Evaluate[bool](`(() => { const [a, b] = document.querySelectorAll("#pair > .pair:first-of-type > *"); return a.getBoundingClientRect().top === b.getBoundingClientRect().top })()`))
		if err != nil {
			t.Fatal(err)
		}
		return same
	}
	if !columns() {
		t.Error("two articles do not stand side by side on a wide screen")
	}
	if err := Screen(tab, 320, 800, false); err != nil {
		t.Fatal(err)
	}
	r.do("look at it on a phone", chromedp.Navigate(at))
	if columns() {
		t.Error("two articles stand side by side on a phone")
	}
	if n, err := chromedp.Run(tab, chromedp.Evaluate[int]("document.documentElement.scrollWidth")); err != nil || n > 320 {
		t.Errorf("the page is %d px wide on a screen of 320, %v", n, err)
	}
}
