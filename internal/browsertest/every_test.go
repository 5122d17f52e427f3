package browsertest

import (
	"context"
	"encoding/json"
	"fmt"
	"os"
	"regexp"
	"strings"
	"sync"
	"testing"

	"github.com/chromedp/cdproto/network"
	"github.com/chromedp/cdproto/page"
	"github.com/chromedp/chromedp"
)

// everyPage is one page of every type of the sample archive, as somebody worked with it.
var everyPage = sync.OnceValues(func() ([]Page, error) {
	addr, err := sampleArchive()
	if err != nil {
		return nil, err
	}
	made, err := Furnish(context.Background(), addr)
	if err != nil {
		return nil, err
	}
	feed, err := followed(context.Background(), addr)
	if err != nil {
		return nil, err
	}
	pages, err := Pages(context.Background(), addr)
	return append(append(pages, made...), feed), err
})

// followed is the page of a feed that nobody answers for.
func followed(ctx context.Context, addr string) (Page, error) {
	const list = `<opml version="2.0"><body><outline type="rss" text="The Nobody" xmlUrl="https://nobody.example/feed.xml" htmlUrl="https://nobody.example/"/></body></opml>`
	if _, body, err := post(ctx, addr+"/api/v1/subscriptions.opml", "text/x-opml", list); err != nil {
		return Page{}, fmt.Errorf("subscribe: %w: %s", err, body)
	}
	id, err := find(ctx, addr+"/api/v1/subscriptions", regexp.MustCompile(`"id":"([0-9a-z]+)"`))
	return Page{"feed", "/feeds/" + id}, err
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

// What axe-core is asked. What depends on colours and on where things stand is asked in both
// themes, widths and directions; the rest, which reads the tree, at both widths.
const (
	allRules    = `{runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"], rules: {"target-size": {enabled: true}, "color-contrast-enhanced": {enabled: true}}, resultTypes: ["violations"]}`
	lookedRules = `{runOnly: {type: "rule", values: ["color-contrast-enhanced", "target-size", "link-in-text-block"]}, resultTypes: ["violations"]}`
)

// looks are how each page is looked at. From the right, it is in Arabic.
var looks = []struct {
	lang  string
	width int64
	dark  bool
	rules string
}{{"ar", 1280, true, lookedRules}, {"ar", 360, false, lookedRules}, {"en", 1280, false, allRules}, {"en", 360, true, allRules}}

// spaced are the spaces that readers must be able to set (WCAG 2.2, 1.4.12).
const spaced = `{
	const s = new CSSStyleSheet();
	s.replaceSync("* { line-height: 1.5 !important; letter-spacing: .12em !important; word-spacing: .16em !important } p { margin-bottom: 2em !important }");
	document.adoptedStyleSheets = [s];
	undefined;
}`

// TestEveryPage looks at every type of page: with axe-core in light and dark, on a wide screen
// and a narrow one, from the left and from the right; and whether it holds on a phone, at 400
// per cent and with text spaced out, without going over its side.
func TestEveryPage(t *testing.T) {
	tab, addr := open(t)
	var axe []byte
	if path := os.Getenv("BACKFILE_AXE"); path != "" {
		var err error
		if axe, err = os.ReadFile(path); err != nil {
			t.Fatal(err)
		}
	} else {
		t.Log("without axe-core: BACKFILE_AXE does not name axe.min.js (npm pack axe-core)")
	}
	pages, err := everyPage()
	if err != nil {
		t.Fatal(err)
	}
	second, stop, err := Another(tab)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(stop)
	tabs := make(chan context.Context, 2)
	for _, tab := range []context.Context{tab, second} {
		if _, err := chromedp.Call(tab, page.SetBypassCSP, page.SetBypassCSPParams{Enabled: true}); err != nil {
			t.Fatal(err)
		}
		tabs <- tab
	}
	for _, p := range pages {
		t.Run(strings.ReplaceAll(p.Name, " ", "-"), func(t *testing.T) {
			t.Parallel()
			tab := <-tabs
			defer func() { tabs <- tab }()
			if err := lookAt(t, tab, addr, p, string(axe)); err != nil {
				t.Errorf("%s: %v", p.Path, err)
			}
		})
	}
}

// lookAt looks at one page in every way.
func lookAt(t *testing.T, tab context.Context, addr string, p Page, axe string) error {
	ctx, cancel := context.WithTimeout(tab, 2*startTime)
	defer cancel()
	lang := ""
	for _, l := range looks {
		if axe == "" && l.width > 360 {
			continue // there is nothing to see but what goes over the side
		}
		if err := Screen(ctx, l.width, 1000, l.dark); err != nil {
			return err
		}
		if l.lang != lang {
			if err := openIn(ctx, l.lang, addr+p.Path, axe); err != nil {
				return err
			}
			lang = l.lang
		}
		how := fmt.Sprintf("%s (%d px, dark %v, %s)", p.Name, l.width, l.dark, l.lang)
		if err := within(ctx, t, how, l.width); err != nil {
			return err
		}
		if axe == "" {
			continue
		}
		vs, err := violations(ctx, l.rules)
		if err != nil {
			return fmt.Errorf("%s: %w", how, err)
		}
		for _, v := range vs {
			for _, n := range v.Nodes {
				t.Errorf("%s: %s: %s\n\t%s\n\t%s", how, v.ID, v.Help, n.HTML, n.Summary)
			}
		}
	}
	if err := chromedp.Do(ctx, chromedp.Evaluate[chromedp.Void](spaced)); err != nil {
		return err
	}
	for _, width := range []int64{320, 640} {
		if err := Screen(ctx, width, 800, false); err != nil {
			return err
		}
		if err := within(ctx, t, fmt.Sprintf("%s with text spaced out on %d px", p.Name, width), width); err != nil {
			return err
		}
	}
	return nil
}

// openIn opens a page in a language, with axe-core where there is one.
func openIn(ctx context.Context, lang, address, axe string) error {
	if _, err := chromedp.Call(ctx, network.SetExtraHTTPHeaders, network.SetExtraHTTPHeadersParams{Headers: network.Headers{"Accept-Language": lang}}); err != nil {
		return err
	}
	if err := chromedp.Do(ctx, chromedp.Navigate(address)); err != nil {
		return err
	}
	if axe == "" {
		return nil
	}
	if err := chromedp.Do(ctx, chromedp.Evaluate[chromedp.Void](axe+"\n;undefined")); err != nil {
		return fmt.Errorf("load axe-core: %w", err)
	}
	return nil
}

// within fails where the page is wider than the screen.
func within(ctx context.Context, t *testing.T, how string, width int64) error {
	n, err := chromedp.Run(ctx, chromedp.Evaluate[int64]("document.documentElement.scrollWidth"))
	if err == nil && n > width {
		t.Errorf("%s is %d px wide", how, n)
	}
	return err
}

// violations returns what axe-core finds on the page that is open, by those rules.
func violations(ctx context.Context, rules string) ([]violation, error) {
	s, err := chromedp.Run(ctx, chromedp.Evaluate[string]("axe.run(document, "+rules+").then(r => JSON.stringify(r.violations))", chromedp.EvalAwaitPromise))
	if err != nil {
		return nil, err
	}
	var vs []violation
	err = json.Unmarshal([]byte(s), &vs)
	return vs, err
}
