package main

import (
	"archive/zip"
	"bytes"
	"encoding/json"
	"io"
	"net/url"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

// keptLines are the lines of an export about what a reader keeps.
func keptLines(export string) string {
	var out []string
	for line := range strings.Lines(export) {
		for _, kind := range []string{"list", "annotation", "mark"} {
			if strings.HasPrefix(line, `{"type":"`+kind+`"`) {
				out = append(out, line)
			}
		}
	}
	return strings.Join(out, "")
}

// TestKeep keeps articles with notes, highlights and marks, takes the list out as a bundle
// that verify-bundle checks, and finds everything again in an archive made of an export, in
// one restored from a backup, and in one made of the bundle.
func TestKeep(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "data")
	mustCLI(t, generated(t, 5, 20), "ingest", "--data", dir, "-")
	base, stop := startServe(t, "--data", dir)
	var found struct {
		Hits []struct{ ID, Path, Headline string }
	}
	getJSON(t, base+"/api/v1/search?per_page=3&facets=0&sort=newest", &found)
	if len(found.Hits) != 3 {
		t.Fatalf("found %+v", found)
	}
	a := found.Hits[0]
	sendForm(t, base+"/bookmarks", url.Values{"name": {"The “file”"}, "article": {a.ID, found.Hits[1].ID}, "note": {"Why\n\nand how"}, "tags": {"one, two"}})
	sendForm(t, base+"/notes", url.Values{"article": {a.ID}, "quote": {a.Headline}, "note": {"A headline to remember."}})
	sendForm(t, base+"/notes", url.Values{"article": {a.ID}, "note": {"A note on the whole."}, "tags": {"later"}})
	sendForm(t, base+"/marks", url.Values{"article": {a.ID}, "star": {"1"}, "read": {"1"}})
	_, page := get(t, base+"/lists")
	list := regexp.MustCompile(`/lists/[a-z0-9]{13}`).FindString(page)
	sendForm(t, base+list+"/describe", url.Values{"about": {"About it."}, "public": {"1"}})

	_, b := get(t, base+list+"/list.zip")
	file := filepath.Join(t.TempDir(), "file.zip")
	write := func(content []byte) {
		t.Helper()
		if err := os.WriteFile(file, content, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	write([]byte(b))
	said := mustCLI(t, "", "verify-bundle", file)
	seal := regexp.MustCompile(`seal ([0-9a-f]{64})`).FindStringSubmatch(said)
	if seal == nil || !strings.Contains(said, "The “file”") || !strings.Contains(said, "texts 2, highlights 1") {
		t.Fatalf("verify-bundle says %q", said)
	}
	mustCLI(t, "", "verify-bundle", "--seal", seal[1], file)
	mustCLI(t, b, "verify-bundle", "-")
	if out, _, err := cli(t, "", "verify-bundle", "--seal", strings.Repeat("0", 64), file); err == nil || !strings.Contains(out, "another bundle") {
		t.Errorf("with another seal: %v, %q", err, out)
	}
	write([]byte(strings.Replace(b, "articles/0001", "articles/0003", 1)))
	if out, _, err := cli(t, "", "verify-bundle", file); err == nil {
		t.Errorf("a bundle that was tampered with: %q", out)
	}
	write([]byte("no bundle"))
	if _, _, err := cli(t, "", "verify-bundle", file); err == nil || !strings.Contains(err.Error(), "this is no bundle") {
		t.Errorf("what is no bundle: %v", err)
	}
	for _, line := range [][]string{{"verify-bundle"}, {"verify-bundle", "a", "b"}, {"verify-bundle", filepath.Join(t.TempDir(), "none")}} {
		if _, _, err := cli(t, "", line...); err == nil {
			t.Errorf("%v has no error", line)
		}
	}
	stop()

	export := mustCLI(t, "", "export", "--data", dir)
	kept := keptLines(export)
	if n := strings.Count(kept, "\n"); n != 5 {
		t.Errorf("the export has %d lines of what is kept, want 5:\n%s", n, kept)
	}
	other := filepath.Join(t.TempDir(), "other")
	mustCLI(t, export, "ingest", "--data", other, "-")
	backup := filepath.Join(t.TempDir(), "backup")
	mustCLI(t, "", "backup", "--data", dir, backup)
	restored := filepath.Join(t.TempDir(), "restored")
	mustCLI(t, "", "restore", "--data", restored, backup)
	for name, dir := range map[string]string{"exported": other, "restored": restored} {
		mustCLI(t, "", "verify", "--data", dir)
		if got := keptLines(mustCLI(t, "", "export", "--data", dir)); got != kept {
			t.Errorf("%s, what is kept is\n%s\ninstead of\n%s", name, got, kept)
		}
	}
	if out := mustCLI(t, kept, "ingest", "--data", other, "-"); !strings.Contains(out, "that changed nothing: 4") {
		t.Errorf("what is kept, taken back twice: %s", out)
	}

	// The bundle is an archive of its own.
	bundled := filepath.Join(t.TempDir(), "bundled")
	mustCLI(t, string(inZip(t, b, "backfile.jsonl")), "ingest", "--data", bundled, "-")
	got := keptLines(mustCLI(t, "", "export", "--data", bundled))
	for line := range strings.Lines(kept) {
		if !strings.HasPrefix(line, `{"type":"mark"`) && !strings.Contains(got, line) {
			t.Errorf("an archive made of the bundle lacks\n%s\nit has\n%s", line, got)
		}
	}
}

func inZip(t *testing.T, b, name string) []byte {
	t.Helper()
	z, err := zip.NewReader(strings.NewReader(b), int64(len(b)))
	if err != nil {
		t.Fatal(err)
	}
	f, err := z.Open(name)
	if err != nil {
		t.Fatal(err)
	}
	content, err := io.ReadAll(f)
	if err != nil {
		t.Fatal(err)
	}
	for line := range bytes.Lines(content) {
		if !json.Valid(line) {
			t.Fatalf("%s has the line %.80q", name, line)
		}
	}
	return content
}
