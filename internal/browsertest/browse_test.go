package browsertest

import (
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/chromedp"
)

// TestFollowPerson goes from a result to a person, to what they said, to its article and
// its author, from article to article among results, and around the archive without a
// question, all of it without scripts.
func TestFollowPerson(t *testing.T) {
	tab, addr := open(t)
	r := reader{t, tab}
	if err := Screen(tab, 1300, 1000, false); err != nil {
		t.Fatal(err)
	}
	if _, err := chromedp.Call(tab, emulation.SetScriptExecutionDisabled, emulation.SetScriptExecutionDisabledParams{Value: true}); err != nil {
		t.Fatal(err)
	}
	// Who wrote what is known a moment after the articles came in.
	for end := time.Now().Add(20 * time.Second); ; time.Sleep(50 * time.Millisecond) {
		res, err := http.Get(addr + "/authors/catriona-leask")
		if err != nil {
			t.Fatal(err)
		}
		_ = res.Body.Close()
		if res.StatusCode == http.StatusOK {
			break
		}
		if time.Now().After(end) {
			t.Fatal("the sample has no author")
		}
	}
	r.do("search", chromedp.Navigate(addr+"/search?q=ferry&sort=newest"))
	r.follow("open the first", ".hit h2 a")
	r.wantText(".around", "1 of")
	first := r.text("h1")
	r.follow("go on", ".around a[rel~=next]")
	r.wantText(".around", "2 of")
	if r.text("h1") == first {
		t.Error("the next article is the same")
	}
	r.follow("go back to the results", ".around .tiny")
	r.wantText(".asked", "ferry")

	r.do("search for a person", chromedp.Navigate(addr+"/search?q=Helga+Isbister"))
	r.follow("open the person", ".hit .ents a[href='/people/helga-isbister']")
	r.wantText("h1", "Helga Isbister")
	r.wantText("section:has(#seen) table", "articles")
	r.wantText("section:has(#names)", "The name that it is listed under.")
	r.follow("open what they said", "section:has(#said) .dateline a")
	r.follow("open its author", ".byline a[href^='/authors/']")
	r.wantText("#wrote", "Articles")
	r.follow("see all authors", ".crumbs a")
	r.follow("see places", ".tabs a[href='/places']")
	r.follow("see the map", "a[href='/map']")
	r.follow("choose a country", ".bars a[href='/map?country=NO']")
	r.wantText("h1", "Norway")
	r.follow("open a place", ".bars a")
	if at := r.at(); !strings.Contains(at, "/places/") {
		t.Errorf("the country's first place leads to %s", at)
	}
}
