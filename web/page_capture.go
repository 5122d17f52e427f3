package web

import (
	"encoding/json"
	"net/http"
	"strings"

	"backfile/templates"
)

// bookmarkletCode is what a bookmark runs on a page that somebody reads: it opens
// /capture, and when that window says that it is there, hands it the page as it is
// now. ORIGIN and BLOCKED are put in as strings.
const bookmarkletCode = `javascript:(()=>{const o=ORIGIN,w=open(o+"/capture","_blank","width=720,height=760"),` +
	`f=e=>{if(e.origin===o&&e.source===w&&e.data==="backfile"){removeEventListener("message",f);` +
	`w.postMessage({url:location.href,title:document.title,text:(document.body.innerText||"").slice(0,4000),html:"<!DOCTYPE html>"+document.documentElement.outerHTML},o)}};` +
	`w?addEventListener("message",f):alert(BLOCKED)})()`

// bookmarklet is the bookmark's address for the archive as this request reached
// it: only that address may take pages in.
func bookmarklet(r *http.Request) string {
	origin := "http://" + r.Host
	if r.TLS != nil {
		origin = "https://" + r.Host
	}
	return strings.NewReplacer("ORIGIN", quoteJS(origin), "BLOCKED", quoteJS(say(r, "capture.blocked"))).Replace(bookmarkletCode)
}

// quoteJS is s as a string of JavaScript.
func quoteJS(s string) string {
	b, err := json.Marshal(s)
	if err != nil { // strings have a JSON form
		return `""`
	}
	return string(b)
}

// serveCapture is the window that the bookmark opens. It alone lets the page that
// opened it keep hold of it, so that the two can speak; what it is given it shows,
// and sends on when the person says so, for any site could open it.
func (p *pages) serveCapture(w http.ResponseWriter, r *http.Request) error {
	if err := p.mayAdd(r); err != nil {
		return err
	}
	v := templates.CaptureView{Page: p.page(r, say(r, "capture.title"))}
	v.Section, v.NoIndex, v.Intake = templates.SectionAdd, true, true
	w.Header().Set("Cross-Origin-Opener-Policy", "unsafe-none")
	return p.render(w, r, http.StatusOK, templates.CapturePage(v))
}
