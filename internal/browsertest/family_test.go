package browsertest

import (
	"encoding/json"
	"net/http"
	"strings"
	"testing"

	"github.com/chromedp/chromedp"
)

// TestFamilyHeadlines looks at a report whose headlines are long, without a space, and
// written from right to left: all of its table stays on the screen.
func TestFamilyHeadlines(t *testing.T) {
	tab, addr := open(t)
	r := reader{t, tab}
	body := strings.Repeat("The ferry Skerryvore ran aground off Papa Stour at dawn, and forty passengers were taken off by the lifeboat of Aith. ", 4) +
		"\n\nNobody was hurt, the coastguard said, and the hull is whole. Divers will look at her keel when the wind drops, which may be on Friday or later in the week."
	for i, headline := range []string{strings.TrimSpace(strings.Repeat("Skerryvore aground off Papa Stour ", 9)), strings.Repeat("Skerryvore", 25), strings.Repeat("جنحت العبارة ", 20)} {
		b, _ := json.Marshal(map[string]any{"headline": headline, "body": body, "outlet": map[string]string{"name": []string{"Stour Wire", "Stour Advertiser and Northern Isles Intelligencer", "صحيفة"}[i]}, "published": "2019-05-0" + string(rune('1'+i))})
		res, err := http.Post(addr+"/api/v1/articles", "application/json", strings.NewReader(string(b)))
		if err != nil {
			t.Fatal(err)
		}
		res.Body.Close()
		if res.StatusCode != http.StatusCreated {
			t.Fatalf("POST = %d", res.StatusCode)
		}
	}
	for r.do("find them", chromedp.Navigate(addr+"/search?q=skerryvore")); !strings.Contains(r.text("main"), "3 outlets"); {
		r.do("wait for the index", chromedp.Navigate(addr+"/search?q=skerryvore"))
	}
	r.follow("see who printed it", ".hit .also a[href^='/families/']")
	at := r.at()
	for _, width := range []int64{360, 768, 1440} {
		if err := Screen(tab, width, 800, false); err != nil {
			t.Fatal(err)
		}
		r.do("look at it", chromedp.Navigate(at))
		out, err := chromedp.Run(tab, chromedp.Evaluate[float64](`Math.max(document.documentElement.scrollWidth, ...[...document.querySelectorAll(".family td a")].map((a) => a.getBoundingClientRect().right))`))
		if err != nil || int64(out) > width {
			t.Errorf("the table reaches to %.0f on a screen of %d, %v", out, width, err)
		}
		if n, err := chromedp.Run(tab, chromedp.Evaluate[int](`document.querySelectorAll(".family td.n a").length`)); err != nil || n != 2 {
			t.Errorf("%d articles can be compared with the first, %v, want 2", n, err)
		}
	}
}
