package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// Originals that are exported, while the archive is served and without, are taken back
// into another archive as the same articles.
func TestExportOriginals(t *testing.T) {
	from, to := t.TempDir(), t.TempDir()
	pages := t.TempDir()
	for name, text := range map[string]string{
		"wall.html": `<html lang="en"><head><title>Wall</title><link rel="canonical" href="https://ledger.example/wall"></head><body><article><h1>Harbour wall to be mended</h1><p>` + strings.Repeat("The harbour wall will be mended, the council said. ", 12) + `</p></article></body></html>`,
		"tide.html": `<html lang="en"><head><title>Tide</title></head><body><article><h1>Tide turns at noon</h1><p>` + strings.Repeat("The tide will turn at noon, the harbour master said. ", 12) + `</p></article></body></html>`,
	} {
		if err := os.WriteFile(filepath.Join(pages, name), []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	mustCLI(t, "", "ingest", "--data", from, pages)
	want := mustCLI(t, "", "export", "--data", from)
	file := filepath.Join(t.TempDir(), "originals.warc.gz")
	_, stop := startServe(t, "--data", from)
	for range 2 { // the second time in the place of the first
		if out := mustCLI(t, "", "export", "--originals", file, "--data", from); !strings.HasPrefix(out, "wrote the originals to "+file) {
			t.Errorf("export printed %q", out)
		}
	}
	stop()
	piped := mustCLI(t, "", "export", "--originals", "-", "--data", from)
	mustCLI(t, "", "ingest", "--data", to, file)
	mustCLI(t, piped, "ingest", "--data", to, "-")
	if got := mustCLI(t, "", "export", "--data", to); got != want || strings.Count(got, "\n") < 2 {
		t.Errorf("the exports differ: %s", diffAt(got, want))
	}
	if out := mustCLI(t, "", "verify", "--data", to); !strings.HasSuffix(out, "all is well\n") {
		t.Errorf("verify printed %q", out)
	}
	other := filepath.Join(pages, "wall.html")
	if _, _, err := cli(t, "", "export", "--originals", other, "--data", from); err == nil || !strings.Contains(err.Error(), "is no WARC file") {
		t.Errorf("export over a page: %v", err)
	}
	if es, err := os.ReadDir(filepath.Dir(file)); err != nil || len(es) != 1 {
		t.Errorf("beside the file there is %v, %v", es, err)
	}
}
