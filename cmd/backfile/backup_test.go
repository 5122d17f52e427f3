package main

import (
	"errors"
	"io"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
)

// A backup made while the archive is served and written to makes the same archive
// again: its export is the same to the byte.
func TestBackupAndRestore(t *testing.T) {
	from, to := t.TempDir(), filepath.Join(t.TempDir(), "new", "archive")
	file := filepath.Join(t.TempDir(), "archive.tar")
	mustCLI(t, generated(t, 5, 40)+harbour+"\n", "ingest", "--data", from, "-")
	base, stop := startServe(t, "--data", from)
	// To a file, over HTTP from this machine, and to standard output, all of one
	// state: what is concluded of people is written in the background.
	var want, out, got, piped string
	for range 20 {
		want = mustCLI(t, "", "export", "--data", from)
		out, got, piped = mustCLI(t, "", "backup", "--data", from, file), backupOver(t, base), mustCLI(t, "", "backup", "--data", from, "-")
		if mustCLI(t, "", "export", "--data", from) == want {
			break
		}
	}
	if !strings.HasPrefix(out, "backed up 41 articles and ") || !strings.Contains(out, file) {
		t.Errorf("backup printed %q", out)
	}
	for i, in := range []string{got, piped} {
		dir := filepath.Join(t.TempDir(), "archive")
		mustCLI(t, in, "restore", "-", "--data", dir)
		if got := mustCLI(t, "", "export", "--data", dir); got != want {
			t.Errorf("%d: the exports differ: %s", i, diffAt(got, want))
		}
	}
	// The archive goes on; the backup has none of it.
	mustCLI(t, generated(t, 6, 10), "ingest", "--data", from, "-")
	out = mustCLI(t, "", "restore", file, "--data", to)
	if !strings.HasPrefix(out, "restored 41 articles and ") || !strings.Contains(out, to) {
		t.Errorf("restore printed %q", out)
	}
	if got := mustCLI(t, "", "export", "--data", to); got != want {
		t.Errorf("the exports differ: %s", diffAt(got, want))
	}
	if out := mustCLI(t, "", "verify", "--data", to); out != "all is well\n" {
		t.Errorf("verify printed %q", out)
	}
	if out := mustCLI(t, "", "search", "--data", to, "harbour wall"); !strings.HasSuffix(out, " found\n") || strings.HasSuffix(out, "\n0 found\n") {
		t.Errorf("search printed %q", out)
	}
	// The directory that is served, and any other that holds something, is refused.
	for _, dir := range []string{from, filepath.Dir(file)} {
		if _, _, err := cli(t, "", "restore", file, "--data", dir); err == nil || !strings.Contains(err.Error(), "not empty") || strings.Contains(err.Error(), "invalid") {
			t.Errorf("restore into %s: %v", dir, err)
		}
	}
	stop()
	// And without anybody serving, in the place of the older one.
	if out := mustCLI(t, "", "backup", "--data", from, file); !strings.HasPrefix(out, "backed up 51 articles") {
		t.Errorf("backup printed %q", out)
	}
	if es, err := os.ReadDir(filepath.Dir(file)); err != nil || len(es) != 1 {
		t.Errorf("beside the backup there is %v, %v", es, err)
	}
}

// backupOver is the backup that an address answers with.
func backupOver(t *testing.T, base string) string {
	t.Helper()
	res, err := http.Get(base + "/api/v1/backup")
	if err != nil {
		t.Fatal(err)
	}
	defer res.Body.Close()
	b, err := io.ReadAll(res.Body)
	if err != nil || res.StatusCode != 200 || res.Header.Get("Content-Type") != "application/x-tar" || !strings.Contains(res.Header.Get("Content-Disposition"), ".tar") {
		t.Fatalf("GET /api/v1/backup = %d %v, %v", res.StatusCode, res.Header, err)
	}
	return string(b)
}

// Backups while articles come in: each is whole.
func TestBackupWhileIngesting(t *testing.T) {
	dir := t.TempDir()
	startServe(t, "--data", dir)
	var wg sync.WaitGroup
	wg.Go(func() {
		if out, errOut, err := cli(t, generated(t, 9, 300), "ingest", "--data", dir, "-"); err != nil {
			t.Errorf("ingest: %v\n%s%s", err, out, errOut)
		}
	})
	for range 4 {
		file, to := filepath.Join(t.TempDir(), "b"), t.TempDir()
		mustCLI(t, "", "backup", "--data", dir, file)
		mustCLI(t, "", "restore", "--data", to, file)
		if out := mustCLI(t, "", "verify", "--data", to); out != "all is well\n" {
			t.Errorf("verify printed %q", out)
		}
	}
	wg.Wait()
}

// An index that is put beside a restored archive and knows more than it is made
// anew.
func TestRestoredIndex(t *testing.T) {
	from, to := t.TempDir(), t.TempDir()
	file := filepath.Join(t.TempDir(), "b")
	mustCLI(t, generated(t, 11, 20), "ingest", "--data", from, "-")
	mustCLI(t, "", "backup", "--data", from, file)
	mustCLI(t, harbour, "ingest", "--data", from, "-")
	mustCLI(t, "", "restore", "--data", to, file)
	if err := os.CopyFS(filepath.Join(to, "index"), os.DirFS(filepath.Join(from, "index"))); err != nil {
		t.Fatal(err)
	}
	base, _ := startServe(t, "--data", to)
	eventually(t, "the index has what the restored archive has", func() bool {
		var f found
		return getJSON(t, base+"/api/v1/search?q=*", &f) == 200 && f.Total == 20 && f.Behind == 0
	})
	var f found
	if getJSON(t, base+"/api/v1/search?q=harbour+wall+headline:harbour", &f); f.Total != 0 {
		t.Errorf("found what was not restored: %+v", f)
	}
}

// A search of a restored archive that nobody serves finds what is in it.
func TestSearchRestored(t *testing.T) {
	from, to := t.TempDir(), t.TempDir()
	file := filepath.Join(t.TempDir(), "b")
	mustCLI(t, generated(t, 11, 20), "ingest", "--data", from, "-")
	mustCLI(t, "", "backup", "--data", from, file)
	mustCLI(t, "", "restore", "--data", to, file)
	for _, want := range []string{"the index is made first: ", ""} {
		out, errOut, err := cli(t, "", "search", "--data", to, "*")
		if err != nil || !strings.Contains(out, "20 found\n") || !strings.HasPrefix(errOut, want) || want == "" && errOut != "" {
			t.Errorf("it prints %q and %q, %v, want 20 found and %q", out, errOut, err, want)
		}
	}
}

// What is wrong with a backup is said by the name of its member, and nothing is
// put in place.
func TestBadBackups(t *testing.T) {
	dir, file := t.TempDir(), filepath.Join(t.TempDir(), "b")
	page := "<!doctype html><title>Tide</title><article><h1>The tide came in</h1><p>" + strings.Repeat("The tide came in at Leith on Monday. ", 20) + "</p></article>"
	mustCLI(t, page, "ingest", "--data", dir, "-")
	mustCLI(t, "", "backup", "--data", dir, file)
	whole, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	at := func(s string, from int) int { return strings.Index(string(whole[from:]), s) + from }
	for _, tc := range []struct {
		name string
		flip int
		cut  int
		want string
	}{
		{"first member", at("articles", 0), 0, "backfile-backup.json: "},
		{"archive.db", 20_000, 0, "archive.db: it does not fit its checksum"},
		{"pack", at("bfo1", 0) + 90, 0, "originals/pack-000001.pack: it does not fit its checksum"},
		{"a head", at("originals/pack-000001.pack", 0) + 5, 0, "head is altered"},
		{"torn", -1, len(whole) / 2, "archive.db: the backup is cut short"},
		{"end is missing", -1, len(whole) - 1024, "SHA256SUMS: the backup is cut short"},
		{"empty", -1, 0, "the backup is cut short"},
	} {
		t.Run(tc.name, func(t *testing.T) {
			b := append([]byte(nil), whole...)
			if tc.flip >= 0 {
				b[tc.flip] ^= 4
			} else {
				b = b[:tc.cut]
			}
			to := filepath.Join(t.TempDir(), "archive")
			_, _, err := cli(t, string(b), "restore", "--data", to, "-")
			if err == nil || !strings.Contains(err.Error(), tc.want) {
				t.Errorf("restore: %v, want %q", err, tc.want)
			}
			if _, err := os.Stat(to); err == nil {
				t.Error("something was put in place")
			}
		})
	}
	if _, _, err := cli(t, "Dear editor", "restore", "--data", filepath.Join(t.TempDir(), "a"), "-"); err == nil {
		t.Error("restore took a letter")
	}
}

func TestBackupRefuses(t *testing.T) {
	dir, other := t.TempDir(), filepath.Join(t.TempDir(), "thesis.txt")
	mustCLI(t, harbour, "ingest", "--data", dir, "-")
	if err := os.WriteFile(other, []byte("years of work"), 0o600); err != nil {
		t.Fatal(err)
	}
	for _, tc := range []struct {
		args []string
		want string
	}{
		{[]string{"backup", "--data", dir, other}, "is no backup"},
		{[]string{"backup", "--data", dir, t.TempDir()}, "is no backup"},
		{[]string{"backup", "--data", dir, filepath.Join(dir, "none", "b")}, "no backup was made: "},
		{[]string{"backup", "--data", dir}, "name one file"},
		{[]string{"backup", "--data", t.TempDir(), "b"}, "there is no archive in"},
		{[]string{"restore", "--data", t.TempDir()}, "name one file"},
		{[]string{"restore", "--data", t.TempDir(), filepath.Join(dir, "none")}, "open backup: "},
	} {
		if _, _, err := cli(t, "", tc.args...); err == nil || !strings.Contains(err.Error(), tc.want) {
			t.Errorf("backfile %q: %v, want %q", tc.args, err, tc.want)
		}
	}
	if b, err := os.ReadFile(other); err != nil || string(b) != "years of work" {
		t.Errorf("the file is %q now, %v", b, err)
	}
	// Standard output that takes no more.
	full := errors.New("no space left on device")
	err := run(t.Context(), []string{"backup", "--data", dir, "-"}, stdio{nil, failing{full}, io.Discard})
	if !errors.Is(err, full) || !strings.Contains(err.Error(), "no backup") {
		t.Errorf("backup to a full disk: %v", err)
	}
}

type failing struct{ err error }

func (f failing) Write([]byte) (int, error) { return 0, f.err }
