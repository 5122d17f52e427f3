package browsertest

import (
	"context"
	"fmt"
	"os"
	"testing"

	"github.com/chromedp/cdproto/page"
	"github.com/chromedp/chromedp"

	"backfile/templates"
)

// cutOff are the buttons and links of which something cannot be seen, or that stand out
// over the side of the screen.
const cutOff = `[...document.querySelectorAll("button, a.act, summary, select, th")].filter((e) => {
	const r = e.getBoundingClientRect(), hides = getComputedStyle(e).overflowX !== "visible";
	return r.width > 1 && !e.closest(".hidden, .skip") && (hides && e.scrollWidth > e.clientWidth + 1 || !e.closest("table, .scroll") && (r.right > innerWidth + 1 || r.left < -1));
}).map((e) => e.textContent.trim()).join(" | ")`

// TestLanguages looks at pages in every language that is offered: three of them on a phone, or,
// where BACKFILE_EVERY_LANGUAGE is set, every type of page on three screens. German has the
// longest words, and Arabic turns the page round; axe-core looks at those.
func TestLanguages(t *testing.T) {
	tab, addr := open(t)
	pages, widths := []Page{{"front", "/"}, {"results", "/search?q=harbour"}, {"help", "/help/search"}}, []int64{360}
	if os.Getenv("BACKFILE_EVERY_LANGUAGE") != "" {
		var err error
		if pages, err = everyPage(); err != nil {
			t.Fatal(err)
		}
		widths = []int64{360, 768, 1440}
	}
	var axe []byte
	if path := os.Getenv("BACKFILE_AXE"); path != "" {
		var err error
		if axe, err = os.ReadFile(path); err != nil {
			t.Fatal(err)
		}
		if _, err := chromedp.Call(tab, page.SetBypassCSP, page.SetBypassCSPParams{Enabled: true}); err != nil {
			t.Fatal(err)
		}
	}
	for _, w := range templates.Offered() {
		t.Run(w.Lang, func(t *testing.T) {
			ctx, cancel := context.WithTimeout(tab, 10*startTime)
			defer cancel()
			if err := chromedp.Do(ctx, chromedp.Navigate(addr+"/language?back=/robots.txt&language="+w.Lang)); err != nil {
				t.Fatal(err)
			}
			for _, p := range pages {
				if err := chromedp.Do(ctx, chromedp.Navigate(addr+p.Path)); err != nil {
					t.Fatalf("%s: %v", p.Path, err)
				}
				got, err := chromedp.Run(ctx, chromedp.Evaluate[string](`document.documentElement.lang + " " + document.documentElement.dir`))
				if err != nil || got != w.Lang+" "+w.Dir {
					t.Errorf("%s is in %q, want %s %s (%v)", p.Name, got, w.Lang, w.Dir, err)
				}
				for _, width := range widths {
					how := fmt.Sprintf("%s in %s on %d px", p.Name, w.Lang, width)
					if err := Screen(ctx, width, 800, false); err != nil {
						t.Fatal(err)
					}
					if err := within(ctx, t, how, width); err != nil {
						t.Fatal(err)
					}
					cut, err := chromedp.Run(ctx, chromedp.Evaluate[string](cutOff))
					if err != nil {
						t.Fatal(err)
					}
					if cut != "" {
						t.Errorf("%s cuts off: %s", how, cut)
					}
				}
				if axe == nil || w.Lang != "de" && w.Lang != "ar" {
					continue
				}
				if err := chromedp.Do(ctx, chromedp.Evaluate[chromedp.Void](string(axe)+"\n;undefined")); err != nil {
					t.Fatal(err)
				}
				vs, err := violations(ctx, allRules)
				if err != nil {
					t.Fatal(err)
				}
				for _, v := range vs {
					for _, n := range v.Nodes {
						t.Errorf("%s in %s: %s: %s\n\t%s\n\t%s", p.Name, w.Lang, v.ID, v.Help, n.HTML, n.Summary)
					}
				}
			}
		})
	}
}
