package browsertest

import (
	"archive/zip"
	"bytes"
	"encoding/json"
	"io"
	"net/http"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/chromedp"

	"backfile/internal/keep"
)

// send takes an article in and returns its address here.
func send(t *testing.T, addr string, article map[string]string) (path string) {
	t.Helper()
	line, err := json.Marshal(article)
	if err != nil {
		t.Fatal(err)
	}
	res, err := http.Post(addr+"/api/v1/articles", "application/json", bytes.NewReader(line))
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = res.Body.Close() }()
	var taken struct{ Path string }
	if err := json.NewDecoder(res.Body).Decode(&taken); err != nil || taken.Path == "" {
		t.Fatalf("POST = %d, %v", res.StatusCode, err)
	}
	return taken.Path
}

// TestKeepArticle keeps an article in a list with a highlight and a note; the article
// changes, and the list says so and shows how; the list is taken out as a bundle, which is
// checked and read without the archive.
func TestKeepArticle(t *testing.T) {
	for _, scripts := range []bool{true, false} {
		name := map[bool]string{true: "with scripts", false: "without scripts"}[scripts]
		t.Run(name, func(t *testing.T) {
			tab, addr := open(t)
			r := reader{t, tab}
			if err := Screen(tab, 1300, 1000, false); err != nil {
				t.Fatal(err)
			}
			if _, err := chromedp.Call(tab, emulation.SetScriptExecutionDisabled, emulation.SetScriptExecutionDisabledParams{Value: !scripts}); err != nil {
				t.Fatal(err)
			}
			keepArticle(r, addr, name, scripts)
		})
	}
}

func keepArticle(r reader, addr, name string, scripts bool) {
	const first, second = "The lighthouse lamp was lit again on Friday, after nine years of darkness.", "The keeper’s daughter, Isla Mowat, turned the key before two hundred people."
	article := map[string]string{
		"url": "https://islesgazette.example/lamp/" + url.PathEscape(name), "headline": "Lamp lit again, " + name, "published": "2026-11-20",
		"body": first + "\n\n" + second + "\n\nIt will be seen for eighteen miles.",
	}
	path := send(r.T, addr, article)
	r.do("open the article", chromedp.Navigate(addr+path))

	// A highlight, and a note on the whole.
	if scripts {
		r.do("select the words", chromedp.WaitVisible(chromedp.CSS(".text p")), chromedp.Evaluate[chromedp.Void](`{
			const p = document.querySelectorAll(".text p")[1], at = document.createRange();
			at.selectNodeContents(p);
			getSelection().removeAllRanges();
			getSelection().addRange(at);
			undefined;
		}`))
		r.do("press h", chromedp.KeyEvent("h"), chromedp.WaitVisible(chromedp.CSS("mark.hl")))
		r.do("star it with s", chromedp.KeyEvent("s"), chromedp.WaitVisible(chromedp.CSS(`[data-key="s"][aria-pressed="true"]`)))
	} else {
		r.do("open the form", chromedp.Click(chromedp.CSS("#mark summary")), chromedp.WaitVisible(chromedp.CSS("#mark textarea")),
			chromedp.SendKeys(chromedp.CSS(`#mark [name="quote"]`), second))
		r.follow("highlight the words", "#mark button.solid")
		r.do("open the article again, for a page that scrolls is hard to hit", chromedp.Navigate(addr+path))
		r.follow("star it", `[data-key="s"]`)
	}
	r.wantText(".text mark.hl a", "Isla Mowat")
	r.wantText(`[data-key="s"]`, "Starred")
	r.do("open the form", chromedp.Click(chromedp.CSS("#mark summary")), chromedp.WaitVisible(chromedp.CSS("#mark textarea")),
		chromedp.SendKeys(chromedp.CSS(`#mark [name="note"]`), "Ask about the cost of the lamp."), chromedp.SendKeys(chromedp.CSS(`#mark [name="tags"]`), "lamp, cost"))
	r.follow("keep the note", "#mark button.solid")
	r.wantText("#notes", "Ask about the cost of the lamp.")
	r.do("open the article again, for a page that scrolls is hard to hit", chromedp.Navigate(addr+path))
	r.do("open the form", chromedp.Click(chromedp.CSS(".acts details.box summary")), chromedp.WaitVisible(chromedp.CSS("#newlist")), chromedp.SendKeys(chromedp.CSS("#newlist"), "Lamp file "+name))
	r.follow("save it to a list", `.acts details.box form[action="/bookmarks"] button`)

	// The article changes.
	article["headline"] = "Lamp lit again, at a cost, " + name
	article["body"] = first + "\n\n" + strings.Replace(second, "two hundred", "three hundred", 1) + "\n\nThe lamp cost £90,000, the trust now says."
	send(r.T, addr, article)
	r.follow("open the list", ".inlist a")
	r.wantText("[data-standing]", "1 changed since you saved it")
	r.wantText(".change", "Changed since version 1, which you saved.")
	r.do("see what changed", chromedp.Click(chromedp.CSS(".change summary")), chromedp.WaitVisible(chromedp.CSS(".change .diff ins")))
	r.wantText(".change .diff ins", "at a cost,")
	r.wantText(".change .diff", "£90,000")
	r.wantText("ol.hits", "1 highlight and 1 note")
	list := r.at()
	r.follow("open the article", "ol.hits h2 a")
	r.wantText("#notes .quoted.reworded ins", "three")
	r.wantText(".text mark.hl:last-of-type", "three hundred")

	// The list is taken out, checked, and read from a folder.
	u, err := url.Parse(list)
	if err != nil {
		r.Fatal(err)
	}
	b := download(r.T, addr+strings.Join(strings.Split(u.Path, "/")[:3], "/")+"/list.zip")
	rep, err := keep.CheckBundle(bytes.NewReader(b), int64(len(b)))
	if err != nil || len(rep.Problems) > 0 || rep.Texts != 1 || rep.Passages != 1 {
		r.Fatalf("the bundle: %+v, %v", rep, err)
	}
	r.do("open the bundle's first page", chromedp.Navigate("file://"+unpack(r.T, b)+"/index.html"))
	r.wantText("body", "Changed since: this is version 1")
	r.do("open the article in it", chromedp.Click(chromedp.CSS(".list a")), chromedp.WaitVisible(chromedp.CSS("article")))
	r.wantText("mark.hl", "two hundred people")
	r.wantText("h1", "Lamp lit again, "+name)
	r.wantText("body", "Ask about the cost of the lamp.")
	r.wantText(".diff", "£90,000")

	// It takes the new text, and nothing is changed any more.
	r.do("open the list", chromedp.Navigate(list))
	r.follow("hold the new version", ".change form button")
	if s := r.text("[data-standing]"); strings.Contains(s, "changed") {
		r.Errorf("with the new version held, the list says %q", s)
	}
	const find = "/search?q=note%3A%22cost+of+the+lamp%22"
	for r.do("find the note", chromedp.Navigate(addr+find)); !strings.Contains(r.text("main"), "at a cost, "+name); {
		r.do("find the note", chromedp.Navigate(addr+find))
	}
}

func download(t *testing.T, at string) []byte {
	t.Helper()
	res, err := http.Get(at)
	if err != nil {
		t.Fatal(err)
	}
	b, err := io.ReadAll(res.Body)
	if res.Body.Close(); err != nil || res.StatusCode != http.StatusOK {
		t.Fatalf("GET %s = %d, %v", at, res.StatusCode, err)
	}
	return b
}

// unpack lays a bundle's files into a folder.
func unpack(t *testing.T, b []byte) (dir string) {
	t.Helper()
	dir = t.TempDir()
	z, err := zip.NewReader(bytes.NewReader(b), int64(len(b)))
	if err != nil {
		t.Fatal(err)
	}
	if err := os.CopyFS(dir, z); err != nil {
		t.Fatal(err)
	}
	if _, err := os.Stat(filepath.Join(dir, keep.BundleSums)); err != nil {
		t.Fatal(err)
	}
	return dir
}
