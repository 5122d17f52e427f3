package browsertest

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"
)

// js evaluates an expression on the page that is open.
func js[T any](r reader, expr string) T {
	r.Helper()
	v, err := chromedp.Run(r.tab, chromedp.Evaluate[T](expr))
	if err != nil {
		r.Fatalf("evaluate %s: %v (at %s)", expr, err, r.at())
	}
	return v
}

// until waits for an expression to be true.
func (r reader) until(what, expr string) {
	r.Helper()
	for end := time.Now().Add(20 * time.Second); ; time.Sleep(50 * time.Millisecond) {
		// A page that gives way to the next as it is asked answers with an error.
		is, err := chromedp.Run(r.tab, chromedp.Evaluate[bool](expr))
		if err == nil && is {
			return
		}
		if time.Now().After(end) {
			r.Fatalf("%s: %s never came true, %v (at %s)", what, expr, err, r.at())
		}
	}
}

// shoot keeps a picture of what is seen, where BACKFILE_SHOTS names a folder.
func (r reader) shoot(name string) {
	r.Helper()
	dir := os.Getenv("BACKFILE_SHOTS")
	if dir == "" {
		return
	}
	b, err := chromedp.Run(r.tab, chromedp.CaptureScreenshot())
	if err == nil {
		err = os.WriteFile(filepath.Join(dir, name+".png"), b, 0o600)
	}
	if err != nil {
		r.Fatal(err)
	}
}

// TestSuggestions types into the search box: it offers, the arrow keys choose, Escape
// puts the offer away, Enter takes the choice or searches for what was typed.
func TestSuggestions(t *testing.T) {
	tab, addr := open(t)
	r := reader{t, tab}
	if err := Screen(tab, 1300, 1000, false); err != nil {
		t.Fatal(err)
	}
	const (
		shown  = `document.querySelectorAll("#q-list:not([hidden]) [role=option]").length > 0`
		hidden = `document.querySelector("#q-list").hidden && document.querySelector("#q").getAttribute("aria-expanded") === "false"`
		chosen = `(document.querySelector("#q-list [aria-selected=true]") || {}).id || ""`
		active = `document.querySelector("#q").getAttribute("aria-activedescendant") || ""`
	)
	box := chromedp.CSS("#q")
	typed := func(on, text string) {
		t.Helper()
		r.do("open "+on, chromedp.Navigate(addr+on))
		r.do("clear the box", chromedp.Evaluate[chromedp.Void](`document.querySelector("#q").value = ""`))
		r.do("type "+text, chromedp.SendKeys(box, text))
		r.until("an offer for "+text, shown)
	}
	// The names are gathered a moment after the articles are.
	for end := time.Now().Add(30 * time.Second); ; time.Sleep(500 * time.Millisecond) {
		typed("/", "stoneh")
		if js[bool](r, `document.querySelector("#q-list").textContent.includes("Place")`) {
			break
		}
		if time.Now().After(end) {
			t.Fatal("no place is offered for stoneh")
		}
	}
	r.shoot("front")
	if got := js[string](r, `document.querySelector("[role=status]").textContent`); !strings.HasPrefix(got, "Suggestions: ") {
		t.Errorf("it is announced as %q", got)
	}
	if got := js[string](r, active); got != "" {
		t.Errorf("%q is chosen before anybody did", got)
	}
	r.do("go down", chromedp.KeyEvent(kb.ArrowDown))
	if a, c := js[string](r, active), js[string](r, chosen); a != "q-0" || c != "q-0" {
		t.Errorf("after one arrow down %q is active and %q chosen, want q-0", a, c)
	}
	r.do("go up twice", chromedp.KeyEvent(kb.ArrowUp), chromedp.KeyEvent(kb.ArrowUp))
	last := js[string](r, `[...document.querySelectorAll("#q-list li")].at(-1).id`)
	if got := js[string](r, active); got != last {
		t.Errorf("up from the box is %q, want the last, %q", got, last)
	}
	r.do("put it away", chromedp.KeyEvent(kb.Escape))
	r.until("it is put away", hidden)
	if got := js[string](r, `document.querySelector("#q").value`); got != "stoneh" {
		t.Errorf("Escape left %q in the box, want what was typed", got)
	}
	r.do("ask again, and choose", chromedp.KeyEvent(kb.ArrowDown))
	r.until("it is there again", shown)
	r.do("choose the first", chromedp.KeyEvent(kb.ArrowDown))
	r.do("take it", chromedp.KeyEvent(kb.Enter))
	r.until("the page of the name", `location.pathname.startsWith("/places/") || location.pathname.startsWith("/organisations/")`)

	typed("/people", "weather stoneh")
	r.do("choose", chromedp.KeyEvent(kb.ArrowDown), chromedp.KeyEvent(kb.Enter))
	r.until("the completed query", `location.pathname === "/search" && (document.querySelector("#q")?.value || "").startsWith("weather ") && document.querySelector("#q").value.includes(":")`)

	typed("/people", "weather stoneh")
	r.do("click a choice", chromedp.Click(chromedp.CSS("#q-list li:first-child")))
	r.until("the completed query", `location.pathname === "/search" && (document.querySelector("#q")?.value || "").includes(":")`)

	typed("/people", "harbo")
	r.do("search for what was typed", chromedp.KeyEvent(kb.Enter))
	r.until("its results", `location.pathname === "/search" && new URLSearchParams(location.search).get("q") === "harbo"`)
	// Past searches are written together, a moment after they were asked.
	for end := time.Now().Add(10 * time.Second); ; {
		time.Sleep(300 * time.Millisecond)
		r.do("click into the empty box", chromedp.Navigate(addr+"/dates"), chromedp.Click(box))
		r.until("past searches", shown)
		if js[bool](r, `document.querySelector("#q-list").textContent.includes("harbo")`) || time.Now().After(end) {
			break
		}
	}
	r.wantText("#q-list li", "harbo")
	r.shoot("past")
	r.do("leave the box", chromedp.KeyEvent(kb.Tab))
	r.until("it is put away", hidden)
	if got := js[string](r, `document.activeElement.tagName`); got != "BUTTON" {
		t.Errorf("Tab leads from the box to %s, want the button", got)
	}
	for _, width := range []int64{1280, 360} {
		for _, dark := range []bool{false, true} {
			if err := Screen(tab, width, 800, dark); err != nil {
				t.Fatal(err)
			}
			typed("/search?q=survey", "harb")
			r.do("choose", chromedp.KeyEvent(kb.ArrowDown))
			r.shoot("results-" + map[bool]string{true: "dark", false: "light"}[dark] + map[int64]string{1280: "", 360: "-phone"}[width])
			if n := js[int](r, "document.documentElement.scrollWidth"); n > int(width) {
				t.Errorf("with the offer open the page is %d px wide on a screen of %d", n, width)
			}
			if path := os.Getenv("BACKFILE_AXE"); path != "" {
				checkAxe(r, path)
			}
		}
	}
}

// checkAxe runs axe-core over the page as it is.
func checkAxe(r reader, path string) {
	r.Helper()
	axe, err := os.ReadFile(path)
	if err != nil {
		r.Fatal(err)
	}
	r.do("load axe-core", chromedp.Evaluate[chromedp.Void](string(axe)+"\n;undefined"))
	vs, err := violations(r.tab, allRules)
	if err != nil {
		r.Fatal(err)
	}
	for _, v := range vs {
		for _, n := range v.Nodes {
			r.Errorf("%s: %s\n\t%s\n\t%s", v.ID, v.Help, n.HTML, n.Summary)
		}
	}
}
