package browsertest

import (
	"strings"
	"testing"

	"github.com/chromedp/chromedp"
)

// TestBrowse goes around the archive without a question: from article to article among
// results, to an author, to a country on the map and a place in it, and through a story.
func TestBrowse(t *testing.T) {
	bothWays(t, func(r reader, addr string, _ bool) {
		// Who wrote what, and what follows what, is known a moment after the articles came in.
		untilFound(r.T, addr+"/authors/catriona-leask", "Catriona Leask")
		untilFound(r.T, addr+"/stories", `href="/stories/`)
		r.do("search", chromedp.Navigate(addr+"/search?q=ferry&sort=newest"))
		r.follow("open the first", ".hit h2 a")
		r.wantText(".around", "1 of")
		first := r.text("h1")
		r.follow("go on", ".around a[rel~=next]")
		r.wantText(".around", "2 of")
		if r.text("h1") == first {
			r.Error("the next article is the same")
		}
		r.follow("go back to the results", ".around .tiny")
		r.wantText(".asked", "ferry")

		r.do("open what an author wrote", chromedp.Navigate(addr+"/search?q=byline%3Acatriona"))
		r.follow("open an article", ".hit h2 a")
		r.follow("open its author", ".byline a[href^='/authors/']")
		r.wantText("#wrote", "Articles")
		r.follow("see all authors", ".crumbs a")
		r.follow("see places", ".tabs a[href='/places']")
		r.follow("see the map", "a[href='/map']")
		r.follow("choose a country", ".bars a[href='/map?country=NO']")
		r.wantText("h1", "Norway")
		r.follow("open a place", ".bars a")
		if at := r.at(); !strings.Contains(at, "/places/") {
			r.Errorf("the country's first place leads to %s", at)
		}
		followStory(r, addr)
	})
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
