package browsertest

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/cdproto/runtime"
	"github.com/chromedp/cdproto/target"
	"github.com/chromedp/chromedp"
)

// paragraphs are those of an article about a place.
func paragraphs(word string) string {
	var b strings.Builder
	for i := range 6 {
		fmt.Fprintf(&b, "<p>The %s commissioners heard witness number %d on Tuesday, and put off their answer until the lighthouse keeper had been asked about the fog signal once more.</p>", word, i)
	}
	return b.String()
}

// article is a page as a site sends it.
func article(headline, body string) string {
	return `<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><title>` + headline + `</title><meta property="og:type" content="article">
<meta property="og:site_name" content="Skerry Times"><meta property="article:published_time" content="2024-02-06T09:00:00Z"></head>
<body><article><h1>` + headline + `</h1>` + body + `</article></body></html>`
}

// walled is a page whose text a script puts there, as behind a subscription: only
// its reader's browser has it.
func walled(headline, word string) string {
	rest, _ := json.Marshal(paragraphs(word))
	return article(headline, `<p>For subscribers.</p><div id="rest"></div><script>document.getElementById("rest").innerHTML = `+string(rest)+`</script>`)
}

// TestBookmarklet hands a page of another site over through the bookmark, and
// finds what the reader saw in the archive.
func TestBookmarklet(t *testing.T) {
	tab, addr := open(t)
	r := reader{t, tab}
	if err := Screen(tab, 1300, 1000, false); err != nil {
		t.Fatal(err)
	}
	site := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Content-Type", "text/html; charset=utf-8")
		// A site's own policy does not bind a bookmark that its reader chooses.
		w.Header().Set("Content-Security-Policy", "default-src 'self' 'unsafe-inline'; connect-src 'none'")
		_, _ = io.WriteString(w, walled("Commissioners put off the fog signal", "Muckleflugga"))
	}))
	defer site.Close()

	r.do("open the page that adds", chromedp.Navigate(addr+"/add"), chromedp.WaitVisible(chromedp.CSS("[data-bookmarklet]")))
	got, err := chromedp.Run(tab, chromedp.Evaluate[string](`document.querySelector("[data-bookmarklet]").href`))
	if err != nil || !strings.HasPrefix(got, "javascript:") {
		t.Fatalf("the link to drag leads to %q, %v", got, err)
	}
	plain, err := chromedp.Run(tab, chromedp.Evaluate[string](`document.querySelector("textarea.code").value`))
	if err != nil || !strings.HasPrefix(plain, "javascript:") {
		t.Fatalf("the address to copy is %q, %v", plain, err)
	}
	r.do("click it", chromedp.Click(chromedp.CSS("[data-bookmarklet]")))
	r.wantText("[data-mark-said]", "Drag it")

	at := site.URL + "/behind/the/wall"
	r.do("read another site", chromedp.Navigate(at))
	window := handOver(r, strings.TrimPrefix(plain, "javascript:"))
	w := reader{t, window}
	w.do("wait for the page", chromedp.WaitVisible(chromedp.CSS("[data-got] button")))
	w.wantText("[data-title]", "Commissioners put off the fog signal")
	w.wantText("[data-url]", at)
	w.wantText("[data-words]", "witness number 0")
	if n := found(t, addr, "Muckleflugga"); n != 0 {
		t.Fatalf("%d articles are there before the person said so", n)
	}
	// By keyboard: the page may still be scrolling under a pointer.
	w.do("keep it", chromedp.SendKeys(chromedp.CSS("[data-got] button"), "\r"), chromedp.WaitVisible(chromedp.CSS("[data-open] a")))
	w.wantText("[data-said]", "It is in the archive.")
	deadline := time.Now().Add(2 * time.Second)
	for found(t, addr, "Muckleflugga") != 1 {
		if time.Now().After(deadline) {
			t.Fatal("the article is not found two seconds later")
		}
		time.Sleep(50 * time.Millisecond)
	}
	w.follow("read it there", "[data-open] a")
	w.wantText("h1", "Commissioners put off the fog signal")
	w.wantText("main", "witness number 5")
	w.wantText("main", "Skerry Times")

	// Only this window's tie to its opener is kept, and only the opener's own page
	// is taken.
	r.do("read another site again", chromedp.Navigate(at))
	lie := strings.Replace(strings.TrimPrefix(plain, "javascript:"), "url:location.href", `url:"https://bank.example/"`, 1)
	w = reader{t, handOver(r, lie)}
	w.do("wait for a word", chromedp.WaitVisible(chromedp.CSS("[data-said]")))
	waitFor(w, "[data-said]", "was dropped")
}

// handOver runs the bookmark's code on the page that is open, and returns the
// window that it opens.
func handOver(r reader, code string) context.Context {
	r.Helper()
	opened := chromedp.WaitNewTarget(r.tab, func(i *target.Info) bool { return strings.HasSuffix(i.URL, "/capture") })
	// A bookmark is chosen by hand, so that its window is none to be blocked.
	r.do("choose the bookmark", chromedp.Evaluate[chromedp.Void](code+";undefined", func(p *runtime.EvaluateParams) { p.UserGesture = new(true) }))
	select {
	case id := <-opened:
		tab, stop := chromedp.NewContext(r.tab, chromedp.WithTargetID(id))
		r.Cleanup(stop)
		if err := chromedp.Do(tab); err != nil { // attached for longer than any step's own time
			r.Fatal(err)
		}
		return tab
	case <-time.After(30 * time.Second):
		r.Fatal("no window opened")
		return nil
	}
}

// waitFor waits until what is selected reads so, on this page or on the next.
func waitFor(r reader, sel, want string) {
	r.Helper()
	deadline := time.Now().Add(30 * time.Second)
	for time.Now().Before(deadline) {
		ctx, cancel := context.WithTimeout(r.tab, 2*time.Second)
		got, err := chromedp.Run(ctx, chromedp.TextContent(chromedp.CSS(sel)))
		cancel()
		if err == nil && strings.Contains(got, want) {
			return
		}
		time.Sleep(50 * time.Millisecond)
	}
	r.wantText(sel, want)
}

func found(t *testing.T, addr, query string) int {
	t.Helper()
	res, err := http.Get(addr + "/api/v1/search?facets=0&q=" + url.QueryEscape(query))
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = res.Body.Close() }()
	var a struct{ Total int }
	if err := json.NewDecoder(res.Body).Decode(&a); err != nil {
		t.Fatal(err)
	}
	return a.Total
}

// TestAdd gives text and files to the page that adds, with scripts and without.
func TestAdd(t *testing.T) {
	for i, scripts := range []bool{true, false} {
		word := []string{"Whalsay", "Papastour"}[i]
		t.Run(map[bool]string{true: "with scripts", false: "without scripts"}[scripts], func(t *testing.T) {
			tab, addr := open(t)
			r := reader{t, tab}
			if _, err := chromedp.Call(tab, emulation.SetScriptExecutionDisabled, emulation.SetScriptExecutionDisabledParams{Value: !scripts}); err != nil {
				t.Fatal(err)
			}
			dir := t.TempDir()
			var paths []string
			for name, s := range map[string]string{
				"page.html": article("Commissioners of "+word+" meet", paragraphs(word)), "broken.jsonl": `{"headline": "Half`, "empty.txt": "",
				"two.jsonl": `{"headline":"First of two","body":"The ` + word + ` ferry ran late."}` + "\n" + `{"headline":"Second of two","body":"The ` + word + ` ferry ran early."}`,
			} {
				p := filepath.Join(dir, name)
				if err := os.WriteFile(p, []byte(s), 0o600); err != nil {
					t.Fatal(err)
				}
				paths = append(paths, p)
			}
			r.do("open the page that adds", chromedp.Navigate(addr+"/"))
			r.follow("choose it", "nav a[href='/add']")
			r.do("fill it in", chromedp.SendKeys(chromedp.CSS("#text"), word+" harbour opens\n\nThe "+word+" harbour was opened on Monday by the provost, who said that it had been worth the wait.\n\nThe first boat came in at noon."),
				chromedp.SendKeys(chromedp.CSS("#outlet"), "Isles Gazette "+word), chromedp.SetUploadFiles(chromedp.CSS("#file"), paths), chromedp.SendKeys(chromedp.CSS("[data-take] button"), "\r"))
			waitFor(r, "[data-sum=added]", "4")
			waitFor(r, "[data-sum=refused]", "2")
			r.wantText("[data-rows]", "First of two")
			r.wantText("[data-rows]", "Commissioners of "+word+" meet")
			r.wantText("[data-rows]", "broken.jsonl:1: the record ends in the middle")
			r.wantText("[data-rows]", "empty.txt: is empty")
			if scripts {
				r.do("give an address", chromedp.SendKeys(chromedp.CSS("#url"), "http://127.0.0.1:1/"), chromedp.SendKeys(chromedp.CSS("[data-take] button"), "\r"))
				waitFor(r, "[data-rows]", "not an address of the public internet")
				// An article of an agency, and then the message that takes it back.
				for i, status := range []string{"usable", "canceled"} {
					p := filepath.Join(dir, status+".json")
					item := fmt.Sprintf(`{"uri":"urn:wire:%s","type":"text","version":"%d","pubStatus":%q,"language":"en","headlines":[{"value":"%[1]s pier closes"}],"bodies":[{"contentType":"text/plain","value":"The pier of %[1]s is closed, the board said."}]}`, word, i+1, status)
					if err := os.WriteFile(p, []byte(item), 0o600); err != nil {
						t.Fatal(err)
					}
					r.do("give "+status, chromedp.SetUploadFiles(chromedp.CSS("#file"), []string{p}), chromedp.SendKeys(chromedp.CSS("[data-take] button"), "\r"))
					waitFor(r, "[data-sum="+[]string{"added", "withdrawn"}[i]+"]", "1")
				}
				waitFor(r, "[data-rows]", "Withdrawn")
				waitFor(r, "[data-rows]", "the agency withdrew it")
			}
			if !scripts {
				r.follow("open one", "[data-rows] a")
				r.wantText("main", word)
			}
		})
	}
}
