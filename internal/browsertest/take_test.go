package browsertest

import (
	"fmt"
	"io"
	"net/http"
	"strings"
	"testing"

	"github.com/chromedp/chromedp"
)

// TestKeepSearch saves a search and keeps a receipt of it as a person does, on a phone
// and without a script's help; an article comes in, and both tell.
func TestKeepSearch(t *testing.T) {
	tab, addr := open(t)
	r := reader{t, tab}
	if err := Screen(tab, 360, 800, false); err != nil {
		t.Fatal(err)
	}
	const at = "/search?q=breakwater+seventh"
	r.do("search", chromedp.Navigate(addr+at))
	r.do("name it", chromedp.SetValue(chromedp.CSS(`.take input[name="name"]`), "The seventh block"))
	r.follow("save it", `.take form[action="/searches"] button`)
	if s := r.text(".take"); !strings.Contains(s, "Saved as The seventh block") {
		t.Errorf("saved, the page says %q", s)
	}
	r.follow("keep a receipt", `.take form[action="/receipts"] button`)
	if s := r.text("main"); !strings.Contains(s, "The list of then") || !strings.Contains(s, "SHA-256") {
		t.Errorf("the receipt reads %q", s)
	}
	receipt := r.at()

	line := `{"headline":"Seventh block of the breakwater gives way","body":"The seventh block of the breakwater gave way on Sunday, the harbour master said.","published":"2026-11-22"}`
	res, err := http.Post(addr+"/api/v1/articles", "application/json", strings.NewReader(line))
	if err != nil {
		t.Fatal(err)
	}
	_, _ = io.Copy(io.Discard, res.Body)
	if res.Body.Close(); res.StatusCode != http.StatusCreated && res.StatusCode != http.StatusOK {
		t.Fatalf("POST = %d", res.StatusCode)
	}
	for r.do("open the saved searches", chromedp.Navigate(addr+"/searches")); !strings.Contains(r.text("main"), "1 new since"); {
		r.do("wait for the index", chromedp.Navigate(addr+"/searches"))
	}
	r.do("find it", chromedp.Evaluate[chromedp.Void](`[...document.querySelectorAll("[data-saved] h2 a")].find(a => a.textContent === "The seventh block").id = "seventh"; undefined`))
	r.follow("open the search", "#seventh")
	if s := r.text(".hits"); !strings.Contains(s, "Seventh block of the breakwater gives way") {
		t.Errorf("new is %q", s)
	}
	r.follow("have seen it", `form[action$="/looked"] button`)
	if s := r.text("main"); !strings.Contains(s, "nothing new since") {
		t.Errorf("seen, the page reads %q", s)
	}
	r.do("open the receipt", chromedp.Navigate(receipt))
	if s := r.text("main .sorts"); !strings.Contains(s, "1 new") || !strings.Contains(s, "0 no longer found") {
		t.Errorf("since then: %q", s)
	}
	if s := r.text(".hits"); strings.Contains(s, "gives way") {
		t.Errorf("the list of then has what came later: %q", s)
	}
	r.follow("see what is new", `.sorts a[href$="show=new"]`)
	if s := r.text(".hits"); !strings.Contains(s, "gives way") {
		t.Errorf("new is %q", s)
	}
	for _, page := range []string{receipt, addr + "/searches", addr + at} {
		r.do("open "+page, chromedp.Navigate(page))
		n, err := chromedp.Run(tab, chromedp.Evaluate[int]("document.documentElement.scrollWidth"))
		if err != nil {
			t.Fatal(err)
		}
		if n > 360 {
			t.Error(fmt.Sprint(page, " is ", n, " px wide on a screen of 360"))
		}
	}
	r.do("open the saved searches", chromedp.Navigate(addr+"/searches"))
	r.do("find it", chromedp.Evaluate[chromedp.Void](`[...document.querySelectorAll("[data-saved]")].find(li => li.textContent.includes("The seventh block")).id = "seventh"; undefined`))
	r.follow("delete it", "#seventh form button")
	if s := r.text(".shelf"); !strings.Contains(s, "was deleted") {
		t.Errorf("deleted, the page reads %q", s)
	}
	r.follow("put it back", `form[action$="/back"] button`)
	if s := r.text("main"); !strings.Contains(s, "The seventh block") || strings.Contains(s, "was deleted") {
		t.Errorf("put back, the page reads %q", s)
	}
}
