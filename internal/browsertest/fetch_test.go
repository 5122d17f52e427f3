package browsertest

import (
	"archive/zip"
	"bytes"
	"io"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"backfile/internal/keep"
)

// untilFound waits until a page holds some words.
func untilFound(t *testing.T, at, words string) {
	t.Helper()
	for end := time.Now().Add(startTime); ; time.Sleep(50 * time.Millisecond) {
		res, err := http.Get(at)
		if err != nil {
			t.Fatal(err)
		}
		b, err := io.ReadAll(res.Body)
		if res.Body.Close(); err == nil && res.StatusCode == http.StatusOK && strings.Contains(string(b), words) {
			return
		}
		if time.Now().After(end) {
			t.Fatalf("GET %s = %d, without %q", at, res.StatusCode, words)
		}
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
