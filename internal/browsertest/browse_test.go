package browsertest

import (
	"io"
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
	untilFound(t, addr+"/authors/catriona-leask", "Catriona Leask")
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

	personSaid(r, addr)
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
	followStory(r, addr)

	if _, err := chromedp.Call(tab, emulation.SetScriptExecutionDisabled, emulation.SetScriptExecutionDisabledParams{}); err != nil {
		t.Fatal(err)
	}
	personSaid(r, addr)
}

// untilFound waits until a page holds some words.
func untilFound(t *testing.T, at, words string) {
	t.Helper()
	for end := time.Now().Add(20 * time.Second); ; time.Sleep(50 * time.Millisecond) {
		res, err := http.Get(at)
		if err != nil {
			t.Fatal(err)
		}
		b, err := io.ReadAll(res.Body)
		if res.Body.Close(); err == nil && res.StatusCode == http.StatusOK && strings.Contains(string(b), words) {
			return
		}
		if time.Now().After(end) {
			t.Fatalf("GET %s = %d, without %q", at, res.StatusCode, words)
		}
	}
}

// personSaid goes from a result to a person, to the words that they said in their article,
// and finds these by who said what.
func personSaid(r reader, addr string) {
	r.Helper()
	r.do("search for a person", chromedp.Navigate(addr+"/search?q=Helga+Isbister"))
	r.follow("open the person", ".hit .ents a[href='/people/helga-isbister']")
	r.wantText("h1", "Helga Isbister")
	r.wantText("section:has(#seen) table", "articles")
	r.wantText("section:has(#names)", "The name that it is listed under.")
	words := strings.Trim(r.text("section:has(#said) blockquote"), "“”…")
	r.follow("find all that they said", "section:has(#said) .more a")
	if first := r.text(".hit .snip"); !strings.HasPrefix(first, "“") {
		r.Errorf("what Helga Isbister said is shown as %q", first)
	}
	r.do("go back", chromedp.Navigate(addr+"/people/helga-isbister"))
	r.follow("open what they said", "section:has(#said) .dateline a")
	r.wantText(".text", words)
}

// followStory goes from an article to the story that it is part of, where its figures
// stand, and on to another report.
func followStory(r reader, addr string) {
	r.Helper()
	r.do("search for a report", chromedp.Navigate(addr+"/search?q=headline%3Afourteen+headline%3Askerries"))
	r.follow("open it", ".hit h2 a")
	untilFound(r.T, r.at(), `href="/stories/`) // stories are looked for behind the articles
	r.do("open it again", chromedp.Navigate(r.at()))
	first := r.text("h1")
	r.follow("open its story", "section:has(> h2 a[href^='/stories/']) a.act")
	r.wantText(".pagehead .label", "reports")
	r.wantText("table.ledger", "Injured")
	r.wantText("table.ledger", "seventeen")
	r.wantText("ol.told", first)
	r.follow("open the report that counted anew", "table.ledger tr:nth-child(3) a")
	if r.text("h1") == first {
		r.Errorf("the figure's source is %q again", first)
	}
	r.wantText(".text", "seventeen")
}
