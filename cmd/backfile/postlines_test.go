package main

import (
	"io"
	"net/http"
	"path/filepath"
	"strings"
	"testing"
)

// One article is asked for: any other line of an export is refused with the reason, and
// nothing of it stored.
func TestPostOtherLines(t *testing.T) {
	base, _ := startServe(t, "--data", filepath.Join(t.TempDir(), "a"))
	for _, line := range []string{
		`{"type":"version","n":1,"at":"2024-01-01T00:00:00Z","article":{"type":"article","headline":"Harbour wall","body":"The old text."}}`,
		`{"type":"notice","key":"00112233445566778899aabbccddeeff00112233","usage":{"status":"withdrawn"},"came":"2024-01-01T00:00:00Z"}`,
		`{"type":"list","name":"Harbours"}`,
		`{"type":"tombstone","id":"2kvx0hzmm5w7d","at":"2024-01-01T00:00:00Z","reason":"court order"}`,
	} {
		res, err := http.Post(base+"/api/v1/articles", "application/json", strings.NewReader(line))
		if err != nil {
			t.Fatal(err)
		}
		b, _ := io.ReadAll(res.Body)
		res.Body.Close()
		if res.StatusCode != http.StatusUnprocessableEntity || !strings.Contains(string(b), "is another line of an export, and no article") {
			t.Errorf("POST of %s = %d %s, want 422 with the reason", line, res.StatusCode, b)
		}
	}
	res, err := http.Get(base + "/api/v1/export")
	if err != nil {
		t.Fatal(err)
	}
	defer res.Body.Close()
	if b, err := io.ReadAll(res.Body); err != nil || len(b) > 0 {
		t.Errorf("the archive has %s, %v, want nothing", b, err)
	}
}
