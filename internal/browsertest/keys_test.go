package browsertest

import (
	"testing"

	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"
)

// TestKeyList asks for the keys with "?", shuts them off and on again, and finds the list
// on the help page.
func TestKeyList(t *testing.T) {
	tab, addr := open(t)
	r := reader{t, tab}
	press := func(key string) {
		t.Helper()
		if _, err := chromedp.Run(tab, chromedp.KeyEvent(key)); err != nil {
			t.Fatal(err)
		}
	}
	const shown = `!!document.querySelector("dialog[open] #keys")`
	r.do("search", chromedp.Navigate(addr+"/search?q=harbour"))
	press("?")
	r.until("the list is shown", shown)
	r.shoot("keys")
	if got := js[int](r, `document.querySelectorAll("#keys tr").length`); got != 10 {
		t.Errorf("the list has %d keys, want 10", got)
	}
	if !js[bool](r, `document.activeElement.tagName === "DIALOG" && document.activeElement.scrollTop === 0`) {
		t.Error("the list is not read from its beginning")
	}
	press(kb.Escape)
	r.until("Escape puts it away", `!document.querySelector("dialog")`)
	press("?")
	r.until("it comes again", shown)
	js[bool](r, `document.querySelector("dialog input").click() || true`)
	js[bool](r, `document.querySelector("dialog button").click() || true`)
	r.until("its button puts it away", `!document.querySelector("dialog")`)
	press("/")
	if js[bool](r, `document.activeElement.type === "search"`) {
		t.Error("a key does something after keys were shut off")
	}
	r.do("help", chromedp.Navigate(addr+"/help/search"))
	r.until("the help page knows", `document.querySelector("#keys input").checked === false && !document.querySelector("#keys form").hidden && document.querySelector("#keys button").hidden`)
	r.shoot("keys-help")
	js[bool](r, `document.querySelector("#keys input").click() || true`)
	r.do("search", chromedp.Navigate(addr+"/search?q=harbour"))
	press("/")
	r.until("keys work again", `document.activeElement.type === "search"`)
}
