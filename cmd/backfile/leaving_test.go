package main

import (
	"encoding/xml"
	"io"
	"net/http"
	"path/filepath"
	"strings"
	"testing"
)

// TestLeaving has the real store and index answer crawlers and Memento: every article is
// in one sitemap, however much of its date is known, and an address leads to its past.
func TestLeaving(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "data")
	in := millFire(t)
	for url, published := range map[string]string{"year": "1953", "january": "1953-01-01", "month": "1953-12", "day": "1953-12-31", "west": "1952-12-31T23:30:00-05:00", "undated": ""} {
		in += `{"url":"https://post.example/` + url + `","headline":"Known by ` + url + `","body":"The sea wall was mended.","published":"` + published + `"}` + "\n"
	}
	mustCLI(t, strings.ReplaceAll(in, `,"published":""`, ""), "ingest", "--data", dir, "-")
	base, _ := startServe(t, "--data", dir, "--public-url", "https://archive.example")
	type answer struct {
		Sitemaps []string `xml:"sitemap>loc"`
		URLs     []string `xml:"url>loc"`
	}
	read := func(path string) (a answer) {
		t.Helper()
		res, err := http.Get(base + path)
		if err != nil {
			t.Fatal(err)
		}
		defer res.Body.Close()
		b, err := io.ReadAll(res.Body)
		if err == nil {
			err = xml.Unmarshal(b, &a)
		}
		if err != nil || res.StatusCode != http.StatusOK {
			t.Fatalf("%s: %s, %v\n%s", path, res.Status, err, b)
		}
		return a
	}
	in1, n := map[string]string{}, 0
	for _, s := range read("/sitemap.xml").Sitemaps {
		path := strings.TrimPrefix(s, "https://archive.example")
		for _, u := range read(path).URLs {
			if strings.Contains(u, "/articles/") {
				n++
				in1[u[strings.LastIndex(u, "/")+1:]] = path
			}
		}
	}
	if n != 8 || len(in1) != 8 {
		t.Errorf("%d addresses of %d articles, want 8 of 8: %v", n, len(in1), in1)
	}
	for slug, want := range map[string]string{
		"known-by-year": "1953", "known-by-january": "1953-01", "known-by-month": "1953-12", "known-by-day": "1953-12", "known-by-west": "1952-12", "known-by-undated": "undated", "arsonist-hunted-after-mill-fire": "2026-02",
	} {
		if got := in1[slug]; got != "/sitemap/"+want+".xml" {
			t.Errorf("%s is in %q, want %s", slug, got, want)
		}
	}

	req, err := http.NewRequestWithContext(t.Context(), http.MethodGet, base+"/timegate/https://post.example/mill?utm_source=letter", nil)
	if err != nil {
		t.Fatal(err)
	}
	req.Header.Set("Accept-Datetime", "Sun, 15 Mar 2026 00:00:00 GMT")
	res, err := http.DefaultTransport.RoundTrip(req)
	if err != nil {
		t.Fatal(err)
	}
	_ = res.Body.Close()
	if got := res.Header.Get("Location"); res.StatusCode != http.StatusFound || !strings.HasSuffix(got, "/versions/2?whole=1") {
		t.Fatalf("TimeGate: %s to %q", res.Status, got)
	}
	if res, err = http.Get(base + strings.TrimPrefix(res.Header.Get("Location"), "https://archive.example")); err != nil {
		t.Fatal(err)
	}
	_ = res.Body.Close()
	if got := res.Header.Get("Memento-Datetime"); got != "Sun, 01 Mar 2026 12:00:00 GMT" {
		t.Errorf("Memento-Datetime = %q", got)
	}
}
