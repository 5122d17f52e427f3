package browsertest

import (
	"strings"
	"testing"

	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/chromedp"
)

// TestOverview goes from results to what they are as a whole, into a year and back,
// narrows and shuts out there, and lays a second search beside the first; all without
// a script.
func TestOverview(t *testing.T) {
	tab, addr := open(t)
	r := reader{t, tab}
	if err := Screen(tab, 1300, 1000, false); err != nil {
		t.Fatal(err)
	}
	if _, err := chromedp.Call(tab, emulation.SetScriptExecutionDisabled, emulation.SetScriptExecutionDisabledParams{Value: true}); err != nil {
		t.Fatal(err)
	}
	r.do("search", chromedp.Navigate(addr+"/search?q=harbour"))
	r.follow("see it as a whole", ".tabs a:nth-child(2)")
	r.wantText("#when", "When")
	r.wantText("#particular", "Named more here")
	r.wantText("#where", "Where")
	r.do("see the figures", chromedp.Click(chromedp.CSS(".chart details summary")), chromedp.WaitVisible(chromedp.CSS(".chart .figures")))
	year := r.text(".chart .figures tbody th")
	r.follow("go into a year", ".chart .figures tbody th a")
	r.wantText("h1", "of "+year)
	r.wantText(".over nav", "All years")
	r.follow("come back", ".over nav a")
	if got := r.text("h1"); strings.Contains(got, "of "+year) {
		t.Errorf("all years again reads %q", got)
	}
	person := r.text("[data-facet=person] .pick span")
	r.follow("leave a person out", "[data-facet=person] .drop")
	r.wantText("h1", "not about "+person)
	r.wantText("[data-facet=person] li.not", person)
	r.follow("take all people", "[data-facet=person] ~ p a, [data-facet=person] p a")
	r.wantText(".chosen", person)
	r.do("look for one", chromedp.SendKeys(chromedp.CSS("input[name=find]"), "rennie"))
	r.follow("find", ".over form button")
	r.wantText(".all ul:last-of-type", "Rennie")
	r.follow("choose one", ".all ul:last-of-type .pick")
	r.wantText("h1", "Rennie")
	r.follow("see it as a whole again", ".tabs a:nth-child(2)")
	r.do("name a second search", chromedp.SendKeys(chromedp.CSS("input[name=with]"), "ferry"))
	r.follow("compare", "#when ~ form button")
	r.wantText(".pairkey", "Line: ferry")
	r.follow("swap", ".pairkey li:last-child a")
	r.wantText(".pairkey", "Bars: ferry")
	r.follow("see the articles", ".tabs a:first-child")
	r.wantText("h1", "ferry")
}
