package browsertest

import (
	"bytes"
	"compress/gzip"
	"fmt"
	"io"
	"net/http"
	"regexp"
	"slices"
	"testing"
)

// mostSent is the most that a page may weigh as it is sent, with its stylesheet and its
// scripts; mostUnpacked, before it was packed.
const (
	mostSent     = 60_000
	mostUnpacked = 220_000
)

var (
	sheetOf  = regexp.MustCompile(`<link rel="stylesheet" href="([^"]+)"`)
	scriptOf = regexp.MustCompile(`<script[^>]*>`)
	sourceOf = regexp.MustCompile(` src="([^"]+)"`)
)

// TestSizes weighs every type of page as it is sent, and sees that nothing but its stylesheet
// stands between a page and its paint. With -v it prints what each weighs.
func TestSizes(t *testing.T) {
	if testing.Short() {
		t.Skip("the sample archive takes long: not with -short")
	}
	addr, err := sampleArchive()
	if err != nil {
		t.Fatal(err)
	}
	pages, err := everyPage()
	if err != nil {
		t.Fatal(err)
	}
	type weight struct{ sent, unpacked int }
	assets := map[string]weight{}
	asset := func(at string) weight {
		if _, ok := assets[at]; !ok {
			sent, body := fetch(t, addr+at)
			assets[at] = weight{sent, len(body)}
		}
		return assets[at]
	}
	lines := []string{}
	for _, p := range pages {
		sent, body := fetch(t, addr+p.Path)
		sum := weight{sent, len(body)}
		sheets := sheetOf.FindAllSubmatch(body, -1)
		if len(sheets) != 1 {
			t.Errorf("%s has %d stylesheets, want one: it paints after two requests", p.Name, len(sheets))
			continue
		}
		css := asset(string(sheets[0][1]))
		sum = weight{sum.sent + css.sent, sum.unpacked + css.unpacked}
		for _, s := range scriptOf.FindAll(body, -1) {
			switch {
			case bytes.Contains(s, []byte("application/ld+json")):
				continue
			case !bytes.Contains(s, []byte(`type="module"`)):
				t.Errorf("%s waits for %s", p.Name, s)
			}
			if src := sourceOf.FindSubmatch(s); src != nil {
				js := asset(string(src[1]))
				sum = weight{sum.sent + js.sent, sum.unpacked + js.unpacked}
			}
		}
		if sum.sent > mostSent || sum.unpacked > mostUnpacked {
			t.Errorf("%s has %d bytes as it is sent and %d unpacked, want at most %d and %d", p.Name, sum.sent, sum.unpacked, mostSent, mostUnpacked)
		}
		lines = append(lines, fmt.Sprintf("%6.1f kB sent, %5.1f unpacked (page %5.1f and %5.1f, stylesheet %4.1f and %4.1f)  %s",
			kB(sum.sent), kB(sum.unpacked), kB(sent), kB(len(body)), kB(css.sent), kB(css.unpacked), p.Name))
	}
	slices.Sort(lines)
	slices.Reverse(lines)
	for _, l := range lines {
		t.Log(l)
	}
}

func kB(n int) float64 { return float64(n) / 1000 }

// fetch is how many bytes an address sends, packed, and what they are.
func fetch(t *testing.T, at string) (sent int, body []byte) {
	t.Helper()
	req, err := http.NewRequestWithContext(t.Context(), http.MethodGet, at, nil)
	if err != nil {
		t.Fatal(err)
	}
	req.Header.Set("Accept-Encoding", "gzip")
	res, err := http.DefaultClient.Do(req)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = res.Body.Close() }()
	packed, err := io.ReadAll(res.Body)
	if err != nil {
		t.Fatal(err)
	}
	if res.Header.Get("Content-Encoding") != "gzip" {
		return len(packed), packed
	}
	z, err := gzip.NewReader(bytes.NewReader(packed))
	if err != nil {
		t.Fatal(err)
	}
	if body, err = io.ReadAll(z); err != nil {
		t.Fatal(err)
	}
	return len(packed), body
}
