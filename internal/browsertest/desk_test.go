package browsertest

import (
	"fmt"
	"io"
	"net/http"
	"strings"
	"testing"

	"github.com/chromedp/chromedp"
)

// TestDesk settles two articles at the desk as a person does, on a phone and without a
// script's help, and takes one correction back on the article's page.
func TestDesk(t *testing.T) {
	tab, addr := open(t)
	r := reader{t, tab}
	words := "The ferry to the outer islands did not sail on Monday, and those who had waited since the morning were sent home with a promise. "
	for i := range 2 {
		line := fmt.Sprintf(`{"headline":"Ferry stopped by fog, part %d","body":%q,"source":"ferry-box/%d.txt"}`, i, fmt.Sprint("Part ", i, ". ", words, words), i)
		res, err := http.Post(addr+"/api/v1/articles", "application/json", strings.NewReader(line))
		if err != nil {
			t.Fatal(err)
		}
		_, _ = io.Copy(io.Discard, res.Body)
		if res.Body.Close(); res.StatusCode != http.StatusCreated {
			t.Fatalf("POST = %d", res.StatusCode)
		}
	}
	if err := Screen(tab, 360, 800, true); err != nil {
		t.Fatal(err)
	}
	const box = "/desk/date?from=ferry-box"
	for r.do("open the desk", chromedp.Navigate(addr+box)); !strings.Contains(r.text("main"), "part 1"); {
		r.do("wait for the index", chromedp.Navigate(addr+box))
	}
	for _, at := range []string{"/desk", box, "/desk/outlet", "/desk/text", "/desk/refused", "/desk/alike", "/desk/damaged", "/undated"} {
		r.do("open "+at, chromedp.Navigate(addr+at))
		n, err := chromedp.Run(tab, chromedp.Evaluate[int]("document.documentElement.scrollWidth"))
		if err != nil {
			t.Fatal(err)
		}
		if n > 360 {
			t.Errorf("%s is %d px wide on a screen of 360", at, n)
		}
	}
	r.do("say when all of the box were published", chromedp.Navigate(addr+box), chromedp.SendKeys(chromedp.CSS(`input[name="all"]`), "May 1987"),
		chromedp.SendKeys(chromedp.CSS(`form.row input[name="reason"]`), "the box says so"))
	r.follow("set it for all", "form.row button")
	if s := r.text("main"); !strings.Contains(s, "2 articles were corrected") || !strings.Contains(s, "Nothing of this kind is left") {
		t.Errorf("after the form: %q", s)
	}
	r.do("look one up", chromedp.Navigate(addr+"/search?q=%22ferry+stopped+by+fog%22"))
	r.follow("open the article", "article h2 a")
	if s := r.text("#corrected"); !strings.Contains(s, "Published set to May 1987") || !strings.Contains(s, "the box says so") {
		t.Errorf("the article says %q", s)
	}
	r.do("open the margin", chromedp.Evaluate[chromedp.Void](`document.querySelectorAll("details").forEach(d => d.open = true); undefined`))
	r.follow("undo", "#corrected button")
	if s := r.text(".dateline"); !strings.Contains(s, "undated") {
		t.Errorf("undone, the article says %q", s)
	}
}
