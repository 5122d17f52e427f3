package main

import (
	"encoding/csv"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"
)

func get(t *testing.T, at string) (int, string) {
	t.Helper()
	res, err := http.Get(at)
	if err != nil {
		t.Fatal(err)
	}
	b, err := io.ReadAll(res.Body)
	_ = res.Body.Close()
	if err != nil {
		t.Fatalf("GET %s: %v", at, err)
	}
	return res.StatusCode, string(b)
}

// sendForm posts a form and returns where it led, without going there.
func sendForm(t *testing.T, at string, form url.Values) string {
	t.Helper()
	c := &http.Client{CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}
	res, err := c.PostForm(at, form)
	if err != nil {
		t.Fatal(err)
	}
	_ = res.Body.Close()
	if res.StatusCode != http.StatusSeeOther {
		t.Fatalf("POST %s = %d", at, res.StatusCode)
	}
	return res.Header.Get("Location")
}

// TestTakeOut takes more out of a real archive than pages show, keeps searches and
// receipts, and finds them again in an archive made of an export, and in one restored
// from a backup.
func TestTakeOut(t *testing.T) {
	const n = 300
	dir := filepath.Join(t.TempDir(), "data")
	mustCLI(t, generated(t, 3, n), "ingest", "--data", dir, "-")
	base, stop := startServe(t, "--data", dir)

	_, table := get(t, base+"/search.csv")
	rows, err := csv.NewReader(strings.NewReader(strings.TrimPrefix(table, "\uFEFF"))).ReadAll()
	if err != nil || len(rows) != n+1 {
		t.Fatalf("the table has %d rows, %v, want %d", len(rows), err, n+1)
	}
	last, undated := "9999", 0
	for _, r := range rows[1:] {
		day := r[10]
		if day == "" {
			undated++
			continue
		}
		if day[:4] > last[:4] || undated > 0 {
			t.Fatalf("%s comes behind %s, and %d undated: want the newest first", day, last, undated)
		}
		last = day
	}
	// What is taken out as JSON Lines is an archive of its own.
	_, lines := get(t, base+"/search.jsonl?sort=oldest")
	copied := filepath.Join(t.TempDir(), "copy")
	if out := mustCLI(t, lines, "ingest", "--data", copied, "-"); !strings.Contains(out, "added 300") {
		t.Errorf("taken back: %s", out)
	}

	word := url.Values{"search": {"q=the&sort=oldest"}, "name": {"The “whole”"}}
	sendForm(t, base+"/searches", word)
	receipt := sendForm(t, base+"/receipts", url.Values{"search": {"q=the&sort=oldest"}})
	_, listed := get(t, base+receipt+"/list.txt")
	_, again := get(t, base+"/search.jsonl?q=the&sort=oldest")
	var ids []string
	for sc := range strings.Lines(again) {
		var a struct{ ID string }
		if err := json.Unmarshal([]byte(sc), &a); err != nil {
			t.Fatal(err)
		}
		ids = append(ids, a.ID+" 1\n")
	}
	if strings.Join(ids, "") != listed || len(ids) == 0 {
		t.Errorf("the receipt lists %d articles, the file %d, or others", strings.Count(listed, "\n"), len(ids))
	}
	saved := regexp.MustCompile(`/searches/[a-z0-9]{13}`)
	_, page := get(t, base+"/searches")
	if !strings.Contains(page, "nothing new since") {
		t.Errorf("at once: %s", page)
	}
	search := saved.FindString(page)
	for i := range 3 {
		postArticle(t, base, fmt.Sprintf(`{"headline":"The new one %d","body":"It came of the sea that day, number %d of them.","published":"1987-03-0%d"}`, i, i, i+1))
	}
	for deadline := time.Now().Add(20 * time.Second); ; time.Sleep(50 * time.Millisecond) {
		var a struct{ Total, Behind int }
		if getJSON(t, base+"/api/v1/search?per_page=1&facets=0", &a); a.Total == n+3 && a.Behind == 0 {
			break
		}
		if time.Now().After(deadline) {
			t.Fatalf("%+v are found, want %d", a, n+3)
		}
	}
	if _, page = get(t, base+"/searches"); !strings.Contains(page, "3 new since") {
		t.Errorf("with three more: %s", page)
	}
	if _, page = get(t, base+search); strings.Count(page, "The new one") < 3 && strings.Count(page, "new one") < 3 {
		t.Errorf("the saved search shows %s", page)
	}
	var api struct {
		Since struct {
			New int `json:"new_count"`
		}
	}
	if code := getJSON(t, base+"/api/v1"+receipt, &api); code != http.StatusOK || api.Since.New != 3 {
		t.Errorf("the receipt: %d, %+v, want 3 new", code, api)
	}
	stop()

	export := mustCLI(t, "", "export", "--data", dir)
	other := filepath.Join(t.TempDir(), "other")
	if out := mustCLI(t, export, "ingest", "--data", other, "-"); !strings.Contains(out, "taken back: ") {
		t.Errorf("ingest of an export: %s", out)
	}
	backup := filepath.Join(t.TempDir(), "backup")
	mustCLI(t, "", "backup", "--data", dir, backup)
	restored := filepath.Join(t.TempDir(), "restored")
	mustCLI(t, "", "restore", "--data", restored, backup)
	for name, dir := range map[string]string{"exported": other, "restored": restored} {
		mustCLI(t, "", "verify", "--data", dir)
		base, stop := startServe(t, "--data", dir)
		if _, again := get(t, base+receipt+"/list.txt"); again != listed {
			t.Errorf("%s, the receipt lists\n%.100s… instead of\n%.100s…", name, again, listed)
		}
		if code := getJSON(t, base+"/api/v1"+receipt, &api); code != http.StatusOK || api.Since.New != 3 {
			t.Errorf("%s, the receipt: %d, %+v, want 3 new", name, code, api)
		}
		if code, page := get(t, base+search); code != http.StatusOK || !strings.Contains(page, "The “whole”") || name == "exported" && !strings.Contains(page, "not looked at yet") {
			t.Errorf("%s, the saved search: %d, %s", name, code, page)
		}
		stop()
	}
}

// postArticle takes one article in.
func postArticle(t *testing.T, base, line string) {
	t.Helper()
	res, err := http.Post(base+"/api/v1/articles", "application/json", strings.NewReader(line))
	if err != nil {
		t.Fatal(err)
	}
	b, _ := io.ReadAll(res.Body)
	_ = res.Body.Close()
	if res.StatusCode != http.StatusCreated {
		t.Fatalf("POST = %d, %s", res.StatusCode, b)
	}
}
