package main

import (
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// Agencies' files and exports come in beside pages, a link's later capture fills
// its stub, and what is no article is counted.
func TestFormats(t *testing.T) {
	const readers = "../../internal/ingest/"
	dir, data := t.TempDir(), t.TempDir()
	write := func(name, content string) string {
		t.Helper()
		path := filepath.Join(dir, name)
		if err := os.WriteFile(path, []byte(content), 0o600); err != nil {
			t.Fatal(err)
		}
		return path
	}
	out, _, err := cli(t, "", "ingest", "--data", data, readers+"wire/testdata/g2-message.xml", readers+"wire/testdata/iptc7901.txt", readers+"saved/testdata/karakeep.json")
	if !errors.Is(err, errSaid) {
		t.Fatalf("ingest: %v", err)
	}
	for _, want := range []string{
		"refused: " + readers + "wire/testdata/g2-message.xml#4: the agency withdrew it\n",
		"refused: " + readers + "wire/testdata/g2-message.xml#5: has neither a headline nor a text\n",
		"added 5, new versions 0, unchanged 0, refused 2\n",
		"passed over as a knowledge item: 1\n", "passed over as a note or a file: 2\n", "passed over as a package item: 1\n",
	} {
		if !strings.Contains(out, want) {
			t.Errorf("%q does not say %q", out, want)
		}
	}

	// The stub of ledger.example/1, from Karakeep, is filled by a capture; the next
	// export does not empty it again.
	page := write("page.json", `{"url":"https://ledger.example/1","headline":"Harbour dues rise","body":"`+strings.Repeat("Ships that call here will pay more. ", 20)+`"}`)
	if out, _, err = cli(t, "", "ingest", "--data", data, page); err != nil || !strings.HasPrefix(out, "added 0, new versions 1, unchanged 0, refused 0\n") {
		t.Errorf("the capture of a stub: %v, %q", err, out)
	}
	if out, _, err = cli(t, "", "ingest", "--data", data, readers+"saved/testdata/pocket.html"); err != nil || !strings.HasPrefix(out, "added 1, new versions 0, unchanged 1, refused 0\n") {
		t.Errorf("the stub of an article: %v, %q", err, out)
	}
	if out, _, err = cli(t, "", "search", "--data", data, `"ships that call here"`); err != nil || !strings.Contains(out, "Harbour dues rise") {
		t.Errorf("search: %v, %q", err, out)
	}

	table := write("table", "kop,adres\nHavengeld stijgt,https://krant.example/1\n")
	if out, _, err = cli(t, "", "ingest", "--data", data, "--format", "csv", "--columns", "headline=kop,url=adres", table); err != nil || !strings.HasPrefix(out, "added 1, ") {
		t.Errorf("--columns: %v, %q", err, out)
	}
	if out, _, err = cli(t, "", "read", "--columns=headline=kop,url=adres", "--format=csv", table); err != nil || !strings.Contains(out, `"headline":"Havengeld stijgt"`) {
		t.Errorf("read --columns: %v, %q", err, out)
	}
	if _, errOut, err := cli(t, "", "read", readers+"wire/testdata/nitf-killed.xml", readers+"wire/testdata/g2-message.xml"); !errors.Is(err, errSaid) || !strings.Contains(errOut, "skipped: "+readers+"wire/testdata/g2-message.xml#1: is a package item\n") {
		t.Errorf("read: %v, %q", err, errOut)
	}
	for _, args := range [][]string{{"--format", "docx", table}, {"--columns", "headline", table}, {"--columns", "price=kop", table}} {
		if _, _, err := cli(t, "", append([]string{"read"}, args...)...); err == nil || errors.Is(err, errSaid) {
			t.Errorf("read %q: %v, want a usage error", args, err)
		}
	}
}
