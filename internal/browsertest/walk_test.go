package browsertest

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/chromedp/cdproto/network"
	"github.com/chromedp/chromedp"
)

// TestWalk goes the way that the archive is for: from a search, narrowed by person, place,
// outlet and year, to a result, to a person in it, to what they said and to its article, which
// is kept in a list with a highlight and a note. The article changes, and the list says so and
// shows how. It is taken out as a bundle, which the program finds whole without an archive and
// not whole once a byte is another, and which is read without a network.
func TestWalk(t *testing.T) {
	bothWays(t, func(r reader, addr string, scripts bool) {
		// Each way has an article of its own, which changes.
		w := walk{reader: r, addr: addr, scripts: scripts, since: "I could swim"}
		if scripts {
			w.since = "I was a girl"
		}
		w.headline = "Lamp lit again, remembered since " + w.since
		w.file = "Lamp file, " + w.since
		w.article = map[string]any{
			"url": "https://islesgazette.example/lamp/" + url.PathEscape(w.since), "outlet": map[string]string{"name": "Isles Gazette"},
			"headline": w.headline, "published": "2026-11-22", "dateline": "KIRKWALL", "language": "en-GB",
			"body": lampFirst + "\n\n" + w.said() + "\n\nIt will be seen for eighteen miles.",
		}
		w.send()
		w.search()
		w.follow("open the person", ".hit .ents a[href='/people/helga-isbister']")
		w.person()
		path := w.at()
		path, _, _ = strings.Cut(path, "#")
		w.mark(path)
		w.save(path)
		w.change()
		w.standing()
		list := w.at()
		w.reworded()
		w.do("open the list", chromedp.Navigate(list))
		w.takeOut()
		w.do("open the list", chromedp.Navigate(list))
		w.follow("hold the new version", ".change form button")
		if s := w.text("[data-standing]"); strings.Contains(s, "changed") {
			w.Errorf("with the new version held, the list says %q", s)
		}
		w.find()
	})
}

const lampFirst = "KIRKWALL — The lighthouse lamp was lit again on Friday, after nine years of darkness."

// walk is a reader with the article that they keep.
type walk struct {
	reader
	addr    string
	scripts bool
	// since are words of the article that no other has, headline is what it is called at
	// first, file the list that it is kept in.
	since, headline, file string
	article               map[string]any
}

// said is the paragraph of the article that has the quote.
func (w walk) said() string {
	return "“I have steered by that lamp since " + w.since + ",” said Captain Helga Isbister, who turned the key before two hundred people."
}

// send takes the article in as it is now, and returns once it can be found.
func (w walk) send() {
	w.Helper()
	line, err := json.Marshal(w.article)
	if err != nil {
		w.Fatal(err)
	}
	res, err := http.Post(w.addr+"/api/v1/articles", "application/json", bytes.NewReader(line))
	if err != nil {
		w.Fatal(err)
	}
	if res.Body.Close(); res.StatusCode >= 300 {
		w.Fatalf("POST = %s", res.Status)
	}
	untilFound(w.T, w.addr+"/api/v1/search?per_page=1&facets=0&snippets=0&q="+url.QueryEscape(`headline:"`+fmt.Sprint(w.article["headline"])+`"`), `"path"`)
}

// search looks for the article from the front page, narrows what is found, opens it and comes
// back.
func (w walk) search() {
	w.do("open the front page", chromedp.Navigate(w.addr+"/"))
	w.do("type a query", chromedp.SendKeys(chromedp.CSS(".masthead input[name=q]"), "steered lamp since "+w.since))
	w.follow("search", ".masthead .find button")
	w.wantText("h1", "steered lamp")
	for _, facet := range []string{"person", "place", "outlet", "year"} {
		sel := fmt.Sprintf(".rail section[data-facet=%s] li:not(.on) .pick", facet)
		name := w.text(sel + " span:first-child")
		w.follow("narrow by "+facet, sel)
		w.wantText("h1", name)
		w.wantText(fmt.Sprintf(".rail section[data-facet=%s] li.on", facet), name)
	}
	w.follow("drop a filter", ".asked .off")
	w.wantText(".hit h2", w.headline)
}

// person goes from the person to what they said in the article, and to the article.
func (w walk) person() {
	w.wantText("h1", "Helga Isbister")
	w.wantText("section:has(#seen) table", "articles")
	w.wantText("section:has(#names)", "The name that it is listed under.")
	w.follow("find all that they said", "section:has(#said) .more a")
	if first := w.text(".hit .snip"); !strings.HasPrefix(first, "“") {
		w.Errorf("what Helga Isbister said is shown as %q", first)
	}
	w.do("go back", chromedp.NavigateBack())
	w.wantText("h1", "Helga Isbister")
	quote := fmt.Sprintf("section:has(#said) li:has(a[href*=%q])", strings.ToLower(strings.ReplaceAll(w.since, " ", "-")))
	w.wantText(quote+" blockquote", "since "+w.since)
	w.follow("open what they said", quote+" .dateline a")
	w.wantText("h1", w.headline)
	w.wantText(".text", "since "+w.since)
}

// mark highlights the quote and stars the article at path.
func (w walk) mark(path string) {
	w.do("open the article again, for a page that scrolls is hard to hit", chromedp.Navigate(path))
	if w.scripts {
		w.do("select the words", chromedp.WaitVisible(chromedp.CSS(".text p")), chromedp.Evaluate[chromedp.Void](`{
			const p = document.querySelectorAll(".text p")[1], at = document.createRange();
			at.selectNodeContents(p);
			getSelection().removeAllRanges();
			getSelection().addRange(at);
			undefined;
		}`))
		w.do("press h", chromedp.KeyEvent("h"), chromedp.WaitVisible(chromedp.CSS("mark.hl")))
		w.do("star it with s", chromedp.KeyEvent("s"), chromedp.WaitVisible(chromedp.CSS(`[data-key="s"][aria-pressed="true"]`)))
	} else {
		w.do("open the form", chromedp.Click(chromedp.CSS("#mark summary")), chromedp.WaitVisible(chromedp.CSS("#mark textarea")),
			chromedp.SendKeys(chromedp.CSS(`#mark [name="quote"]`), w.said()))
		w.follow("highlight the words", "#mark button.solid")
		w.do("open the article again", chromedp.Navigate(path))
		w.follow("star it", `[data-key="s"]`)
	}
	w.wantText(".text mark.hl", "since "+w.since)
	w.wantText(`[data-key="s"]`, "Starred")
}

// save notes something on the article at path and keeps it in a list.
func (w walk) save(path string) {
	w.do("open the form", chromedp.Click(chromedp.CSS("#mark summary")), chromedp.WaitVisible(chromedp.CSS("#mark textarea")),
		chromedp.SendKeys(chromedp.CSS(`#mark [name="note"]`), "Ask about the cost of the lamp."), chromedp.SendKeys(chromedp.CSS(`#mark [name="tags"]`), "lamp, cost"))
	w.follow("keep the note", "#mark button.solid")
	w.wantText("#notes", "Ask about the cost of the lamp.")
	w.do("open the note", chromedp.Click(chromedp.CSS("#notes ol li:last-child .edits summary")), chromedp.WaitVisible(chromedp.CSS("#notes ol li:last-child .edits button.bare")))
	w.follow("delete the note", "#notes ol li:last-child .edits button.bare")
	w.wantText("#deleted", "“Ask about the cost of the lamp.” was deleted.")
	w.follow("put it back", "#deleted button")
	w.wantText("#notes ol", "Ask about the cost of the lamp.")
	w.do("open the article again", chromedp.Navigate(path))
	w.do("open the form", chromedp.Click(chromedp.CSS(".acts details.box summary")), chromedp.WaitVisible(chromedp.CSS("#newlist")), chromedp.SendKeys(chromedp.CSS("#newlist"), w.file))
	w.follow("save it to a list", `.acts details.box form[action="/bookmarks"] button`)
	w.wantText(".margin.left", "in “"+w.file+"”")
	w.do("look for it again", chromedp.Navigate(w.addr+"/search?q="+url.QueryEscape("steered lamp since "+w.since)))
	w.wantText(".hit .ents", "in “"+w.file+"”")
}

// change is a new version of the article.
func (w walk) change() {
	w.article["headline"] = strings.Replace(w.headline, "again,", "again at a cost,", 1)
	w.article["body"] = lampFirst + "\n\n" + strings.Replace(w.said(), "two hundred", "three hundred", 1) + "\n\nThe lamp cost £90,000, the trust now says."
	w.send()
}

// standing is what the list says of the article that changed.
func (w walk) standing() {
	w.follow("open the lists", "nav a[href='/lists']")
	w.follow("open the list", ".shelf li:last-child h2 a")
	w.wantText("h1", w.file)
	w.wantText("[data-standing]", "1 changed since you saved it")
	w.wantText(".change", "Changed since version 1, which you saved.")
	w.do("see what changed", chromedp.Click(chromedp.CSS(".change summary")), chromedp.WaitVisible(chromedp.CSS(".change .diff ins")))
	w.wantText(".change .diff ins", "at a cost")
	w.wantText(".change .diff", "£90,000")
	w.wantText("ol.hits", "1 highlight and 1 note")
}

// reworded is what became of the highlight where the article is read now.
func (w walk) reworded() {
	w.follow("open the article", "ol.hits h2 a")
	w.wantText("#notes .quoted.reworded ins", "three")
	w.wantText(".text mark.hl:last-of-type", "three hundred")
}

// takeOut takes the list out as a bundle, which the program checks and which is read, both
// with nothing but the file.
func (w walk) takeOut() {
	href, err := chromedp.Run(w.tab, chromedp.Evaluate[string](`document.querySelector('a[href$="/list.zip"]').href`))
	if err != nil {
		w.Fatal(err)
	}
	bundle := download(w.T, href)
	if said, err := verifyBundle(w.T, bundle); err != nil || !strings.Contains(said, "texts 1, highlights 1: all as they were") {
		w.Fatalf("verify-bundle says %q, %v", said, err)
	}
	damaged := bytes.Clone(bundle)
	damaged[len(damaged)/2] ^= 1
	var failed *exec.ExitError
	if said, err := verifyBundle(w.T, damaged); !errors.As(err, &failed) || failed.ExitCode() != 1 || said == "" {
		w.Errorf("with a byte changed, verify-bundle says %q, %v, want exit status 1 and what is wrong", said, err)
	}
	offline := func(off bool) {
		if _, err := chromedp.Call(w.tab, network.OverrideNetworkState, network.OverrideNetworkStateParams{Offline: off, DownloadThroughput: -1, UploadThroughput: -1}); err != nil {
			w.Fatal(err)
		}
	}
	offline(true)
	defer offline(false)
	w.do("open the bundle's first page", chromedp.Navigate("file://"+unpack(w.T, bundle)+"/index.html"))
	w.wantText("body", "Changed since: this is version 1")
	w.follow("open the article in it", ".list a")
	w.wantText("mark.hl", "two hundred people")
	w.wantText("h1", w.headline)
	w.wantText("body", "Ask about the cost of the lamp.")
	w.wantText(".diff", "£90,000")
}

// find finds the note, with the article as it is now.
func (w walk) find() {
	at := w.addr + "/search?q=" + url.QueryEscape(`note:"cost of the lamp" headline:`+w.since[strings.LastIndex(w.since, " ")+1:])
	untilFound(w.T, at, "data-head")
	w.do("find the note", chromedp.Navigate(at))
	w.wantText(".hit h2", "at a cost")
}

// verifyBundle is what the program says of a bundle, in a folder with nothing else in it and
// with nobody's settings.
func verifyBundle(t *testing.T, bundle []byte) (said string, err error) {
	t.Helper()
	path, err := program()
	if err != nil {
		t.Fatal(err)
	}
	dir := t.TempDir()
	if err := os.WriteFile(filepath.Join(dir, "list.zip"), bundle, 0o600); err != nil {
		t.Fatal(err)
	}
	cmd := exec.CommandContext(t.Context(), path, "verify-bundle", "list.zip")
	cmd.Dir, cmd.Env = dir, []string{}
	out, err := cmd.CombinedOutput()
	return string(out), err
}
