package browsertest

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/cdproto/page"
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

// pageTypes is one page of each kind. Those of articles and names are found by
// following a link.
func pageTypes(r reader, addr string) map[string]string {
	pages := map[string]string{
		"front": "/", "results": "/search?q=harbour", "narrowed": "/search?q=harbour&year=1953", "nothing": "/search?q=xyzzy+harbour",
		"edits": "/search?q=removed:yesterday+OR+added:said", "past": "/search?q=survey+as-of:2024-12-01+-is:wire", "before": "/search?q=as-of:1990",
		"problems": "/search?q=%22harbour+colour%3Ared", "people": "/people", "places": "/places", "organisations": "/organisations", "outlets": "/outlets",
		"dates": "/dates", "year": "/dates/2025", "month": "/dates/2025/01", "day": "/dates/2025/01/14", "no day": "/dates/1901/01/01", "undated": "/undated",
		"lists": "/lists", "feeds": "/feeds", "help": "/help/search", "look-up": "/lookup?url=https://nobody.example/", "not found": "/nothing",
		"add": "/add", "capture": "/capture",
		"overview": "/search/overview?q=harbour", "overview of a year": "/search/overview?q=harbour&year=1975&map=all", "overview of nothing": "/search/overview?q=xyzzy",
		"compared": "/search/overview?q=harbour&outlet=fairway-review&with=fishing", "overview of all": "/search/overview?by=decade", "values": "/search/people?q=harbour&person=-jens-kragh",
		"values found":     "/search/places?find=stone&order=name",
		"people of a year": "/people?year=2025", "authors": "/authors", "author": "/authors/catriona-leask", "author of a year": "/authors/catriona-leask?from=2025&to=2025&outlet=orkney-lantern",
		"map": "/map", "country": "/map?country=GB", "on a day": "/dates/on/11-22", "on no day": "/dates/on/02-29", "corrections": "/corrections?by=program", "repair": "/places/kirkwall/repair",
		"article among results": "/articles/none?in=q%3Dharbour&n=2",
	}
	for name, find := range map[string]struct{ on, sel string }{
		"article": {"/search?q=harbour", ".hit h2 a"}, "versions": {"/search?q=survey+block", ".hit h2 a"}, "person": {"/people", ".roll a"},
		"place": {"/places", ".roll a"}, "organisation": {"/organisations", ".roll a"}, "outlet": {"/outlets", ".outletlist a"},
		"family": {"/search?q=is:wire", ".hit .also a[href^='/families/']"},
	} {
		r.do("open "+find.on, chromedp.Navigate(addr+find.on))
		ctx, cancel := context.WithTimeout(r.tab, 20*time.Second)
		a, err := chromedp.Run(ctx, chromedp.AttributeValue(chromedp.CSS(find.sel), "href"))
		cancel()
		if err != nil {
			r.Fatalf("find %s on %s: %v", name, find.on, err)
		}
		pages[name] = a.Value
	}
	id := strings.Split(pages["versions"], "/")[2]
	pages["article among results"] = pages["article"] + "?in=q%3Dharbour&n=2"
	pages["versions"], pages["diff"] = "/articles/"+id+"/versions/1", "/articles/"+id+"/versions/2"
	pages["article kept"], pages["list"] = keepSome(r.T, addr)
	pages["notes"], pages["starred"] = "/notes", "/search?q=is:starred"
	return pages
}

// violation is one rule that axe-core found broken.
type violation struct {
	ID    string `json:"id"`
	Help  string `json:"help"`
	Nodes []struct {
		HTML    string `json:"html"`
		Summary string `json:"failureSummary"`
	} `json:"nodes"`
}

// TestAccessible runs axe-core over every type of page, in light and dark, on a
// wide screen and a narrow one.
func TestAccessible(t *testing.T) {
	path := os.Getenv("BACKFILE_AXE")
	if path == "" {
		t.Skip("skipped: BACKFILE_AXE does not name axe.min.js (npm pack axe-core)")
	}
	axe, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	tab, addr := open(t)
	if _, err := chromedp.Call(tab, page.SetBypassCSP, page.SetBypassCSPParams{Enabled: true}); err != nil {
		t.Fatal(err)
	}
	r := reader{t, tab}
	for name, at := range pageTypes(r, addr) {
		for _, dark := range []bool{false, true} {
			for _, width := range []int64{1280, 360} {
				if err := Screen(tab, width, 1000, dark); err != nil {
					t.Fatal(err)
				}
				r.do("open "+at, chromedp.Navigate(addr+at))
				for _, v := range run(r, string(axe)) {
					for _, n := range v.Nodes {
						t.Errorf("%s (dark %v, %d px): %s: %s\n\t%s\n\t%s", name, dark, width, v.ID, v.Help, n.HTML, n.Summary)
					}
				}
			}
		}
	}
}

// run returns what axe-core finds on the page that is open.
func run(r reader, axe string) []violation {
	r.Helper()
	ctx, cancel := context.WithTimeout(r.tab, 60*time.Second)
	defer cancel()
	if err := chromedp.Do(ctx, chromedp.Evaluate[chromedp.Void](axe+"\n;undefined")); err != nil {
		r.Fatalf("load axe-core: %v", err)
	}
	const js = `axe.run(document, {runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"], rules: {"target-size": {enabled: true}, "color-contrast-enhanced": {enabled: true}}})
		.then(r => JSON.stringify(r.violations))`
	s, err := chromedp.Run(ctx, chromedp.Evaluate[string](js, chromedp.EvalAwaitPromise))
	if err != nil {
		r.Fatalf("run axe-core: %v (at %s)", err, r.at())
	}
	var vs []violation
	if err := json.Unmarshal([]byte(s), &vs); err != nil {
		r.Fatal(err)
	}
	return vs
}

// TestNoOverflow checks that no page is wider than a phone.
func TestNoOverflow(t *testing.T) {
	tab, addr := open(t)
	r := reader{t, tab}
	if err := Screen(tab, 360, 800, false); err != nil {
		t.Fatal(err)
	}
	for name, at := range pageTypes(r, addr) {
		r.do("open "+at, chromedp.Navigate(addr+at))
		n, err := chromedp.Run(tab, chromedp.Evaluate[int]("document.documentElement.scrollWidth"))
		if err != nil {
			t.Fatal(err)
		}
		if n > 360 {
			t.Errorf("%s (%s) is %d px wide on a screen of 360", name, at, n)
		}
	}
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
