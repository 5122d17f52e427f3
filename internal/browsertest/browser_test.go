package browsertest

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/chromedp"
)

// sampleArchive is served once for all tests: its lists are the only thing that
// they change, and each makes its own.
var sampleArchive = sync.OnceValues(func() (string, error) {
	addr, stop, err := Sample(context.Background(), filepath.Join("..", ".."), os.Stderr)
	stopSample = stop
	return addr, err
})

var stopSample func()

func TestMain(m *testing.M) {
	code := m.Run()
	if stopSample != nil {
		stopSample()
	}
	os.Exit(code)
}

// open returns a tab and the address of the sample archive.
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
	tab, stop, err := Open(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(stop)
	return tab, addr
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

// TestMainPath walks the way that the archive is for: search, narrow by person,
// place, outlet and date, open, save, find it in the list, and back.
func TestMainPath(t *testing.T) {
	for _, scripts := range []bool{true, false} {
		name := map[bool]string{true: "with scripts", false: "without scripts"}[scripts]
		t.Run(name, func(t *testing.T) {
			tab, addr := open(t)
			if err := Screen(tab, 1300, 1000, false); err != nil {
				t.Fatal(err)
			}
			if _, err := chromedp.Call(tab, emulation.SetScriptExecutionDisabled, emulation.SetScriptExecutionDisabledParams{Value: !scripts}); err != nil {
				t.Fatal(err)
			}
			walk(reader{t, tab}, addr, "Harbour file "+name)
		})
	}
}

func walk(r reader, addr, list string) {
	r.do("open the front page", chromedp.Navigate(addr+"/"))
	r.do("type a query", chromedp.SendKeys(chromedp.CSS(".masthead input[name=q]"), "harbour"))
	r.follow("search", ".masthead .find button")
	r.wantText("h1", "harbour")
	for _, facet := range []struct{ name, title string }{{"person", "People"}, {"place", "Places"}, {"outlet", "Outlets"}, {"year", "Years"}} {
		sel := fmt.Sprintf(".rail section[data-facet=%s] li:not(.on) .pick", facet.name)
		name := r.text(sel + " span:first-child")
		r.follow("narrow by "+facet.name, sel)
		r.wantText("h1", name)
		r.wantText(fmt.Sprintf(".rail section[data-facet=%s] li.on", facet.name), name)
	}
	headline := r.text(".hit h2")
	results := r.at()
	r.follow("open the article", ".hit h2 a")
	r.wantText("h1", headline)
	r.do("open the form", chromedp.Click(chromedp.CSS(".acts details.box summary")), chromedp.WaitVisible(chromedp.CSS("#newlist")),
		chromedp.SendKeys(chromedp.CSS("#newlist"), list))
	r.follow("save to a list", ".acts details.box form button")
	r.wantText("h1", headline)
	r.wantText(".margin.left", "in “"+list+"”")
	r.follow("open the lists", "nav a[href='/lists']")
	r.wantText("main", list)
	r.follow("open the list", ".shelf li:last-child h2 a")
	r.wantText("h1", list)
	r.wantText(".hit h2", headline)
	r.follow("open the article again", ".hit h2 a")
	r.wantText("h1", headline)
	r.do("go back to the list", chromedp.NavigateBack())
	r.wantText("h1", list)
	r.do("open the results again", chromedp.Navigate(results))
	r.wantText(".hit .ents", "in “"+list+"”")
	r.follow("drop a filter", ".asked .off")
	r.wantText("h1", "harbour")
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
