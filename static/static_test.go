package static

import (
	"bytes"
	"compress/gzip"
	"io"
	"net/http"
	"net/http/httptest"
	"regexp"
	"strings"
	"testing"
)

func TestHandler(t *testing.T) {
	for _, name := range Names() {
		r := httptest.NewRequest(http.MethodGet, Path(name), nil)
		w := httptest.NewRecorder()
		Handler().ServeHTTP(w, r)
		if w.Code != http.StatusOK || w.Body.Len() == 0 {
			t.Errorf("GET %s = %d with %d bytes, want 200 with content", Path(name), w.Code, w.Body.Len())
		}
		if got := w.Header().Get("Cache-Control"); !strings.Contains(got, "immutable") {
			t.Errorf("GET %s: Cache-Control = %q, want immutable", Path(name), got)
		}
	}
	for _, path := range []string{"/static/style.css", "/static/style.0000000000.css", "/static/", "/static/../static.go", "/static/css/10-tokens.css"} {
		w := httptest.NewRecorder()
		r := httptest.NewRequest(http.MethodGet, "/", nil)
		r.URL.Path = path
		Handler().ServeHTTP(w, r)
		if w.Code != http.StatusNotFound {
			t.Errorf("GET %s = %d, want 404", path, w.Code)
		}
	}
}

// TestPacked asks for an asset as browsers do.
func TestPacked(t *testing.T) {
	tests := []struct {
		accept, span string
		packed       bool
	}{
		{"", "", false}, {"gzip, deflate, br", "", true}, {"br;q=1, GZIP;q=.5", "", true}, {"gzip;q=0", "", false}, {"gzip; q=0.000", "", false},
		{"br", "", false}, {"gzip", "bytes=0-9", false},
	}
	for _, tt := range tests {
		r := httptest.NewRequest(http.MethodGet, Path(Style), nil)
		r.Header.Set("Accept-Encoding", tt.accept)
		if tt.span != "" {
			r.Header.Set("Range", tt.span)
		}
		w := httptest.NewRecorder()
		Handler().ServeHTTP(w, r)
		if got := w.Header().Get("Content-Encoding") == "gzip"; got != tt.packed || w.Header().Get("Vary") != "Accept-Encoding" {
			t.Errorf("Accept-Encoding %q, Range %q: packed %v, want %v; Vary %q", tt.accept, tt.span, got, tt.packed, w.Header().Get("Vary"))
		}
		if !tt.packed {
			continue
		}
		z, err := gzip.NewReader(w.Body)
		if err != nil {
			t.Fatal(err)
		}
		if b, err := io.ReadAll(z); err != nil || !bytes.Equal(b, byName[Style].body) {
			t.Errorf("unpacked it has %d bytes, %v, want the %d of the stylesheet", len(b), err, len(byName[Style].body))
		}
	}
}

// TestStylesheet keeps what the stylesheet loads on this archive, and its weight
// in bounds.
func TestStylesheet(t *testing.T) {
	css := string(stylesheet())
	if m := regexp.MustCompile(`url\(|@import|https?:`).FindString(css); m != "" {
		t.Errorf("the stylesheet has %q: nothing may be loaded from elsewhere", m)
	}
	for i, part := range parts {
		if n := len(squeeze(read(part))); n > 8000 {
			t.Errorf("%s, which some pages have beside, has %d bytes, want at most 8,000", parts[i], n)
		}
	}
	if n := len(byName[KeepScript].body); n > 4000 {
		t.Errorf("the script of the archive's own reader has %d bytes, want at most 4,000", n)
	}
	if open, shut := strings.Count(css, "{"), strings.Count(css, "}"); open != shut {
		t.Errorf("the stylesheet opens %d braces and shuts %d", open, shut)
	}
	if n := len(css) + len(byName[Script].body); n > 43_000 {
		t.Errorf("stylesheet and script have %d bytes, want at most 43,000", n)
	}
}
