package ingest

import (
	"strings"
	"testing"

	"golang.org/x/net/html"
)

func TestThinPutsBack(t *testing.T) {
	doc, err := html.Parse(strings.NewReader(`<head><meta name=a><title>T</title><link rel=b></head><body><nav>1<svg></svg></nav><p>2<aside>3</aside>4</p><footer>5</footer><footer>6</footer></body>`))
	if err != nil {
		t.Fatal(err)
	}
	render := func() string {
		var b strings.Builder
		if err := html.Render(&b, doc); err != nil {
			t.Fatal(err)
		}
		return b.String()
	}
	before := render()
	putBack := thin(doc)
	if got, want := nodeText(doc), "T 2 4"; got != want {
		t.Errorf("thin leaves %q, want %q", got, want)
	}
	putBack()
	if got := render(); got != before {
		t.Errorf("put back: %s\nwant %s", got, before)
	}
}
