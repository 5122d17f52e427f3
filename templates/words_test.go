package templates

import (
	"context"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"

	"backfile/internal/news"
)

// TestCatalogue finds keys that the pages use and the catalogue lacks, and the
// reverse. A key put together in code counts by its beginning.
func TestCatalogue(t *testing.T) {
	used, begun := usedKeys(t)
	has := func(key string) bool {
		_, plain := english[key]
		_, plural := english[key+".other"]
		return plain || plural
	}
	for key := range used {
		if !has(key) {
			t.Errorf("the catalogue has no %q", key)
		}
	}
	for key := range english {
		base := strings.TrimSuffix(strings.TrimSuffix(key, ".one"), ".other")
		if used[key] || used[base] {
			continue
		}
		ok := strings.HasPrefix(key, "reason.") // see TestReasons of package web
		for b := range begun {
			ok = ok || strings.HasPrefix(key, b)
		}
		if !ok {
			t.Errorf("nothing uses %q", key)
		}
	}
	for key, s := range english {
		if s == "" || strings.Contains(s, "!") {
			t.Errorf("%q is %q: the voice is plain and calm", key, s)
		}
	}
}

var (
	literalKey = regexp.MustCompile(`"([a-z]+(?:[.-][a-z0-9-]+)*)"`)
	begunKey   = regexp.MustCompile(`"([a-z]+(?:\.[a-z0-9-]+)*\.)"\s*\+`)
)

func usedKeys(t *testing.T) (used, begun map[string]bool) {
	t.Helper()
	used, begun = map[string]bool{}, map[string]bool{}
	for _, pattern := range []string{"*.templ", "*.go", "../web/*.go"} {
		names, err := filepath.Glob(pattern)
		if err != nil {
			t.Fatal(err)
		}
		for _, name := range names {
			if strings.HasPrefix(filepath.Base(name), "words_") || strings.HasSuffix(name, "_templ.go") || strings.HasSuffix(name, "_test.go") {
				continue
			}
			b, err := os.ReadFile(name)
			if err != nil {
				t.Fatal(err)
			}
			for _, m := range regexp.MustCompile(`(?:Say|Count|say)\((?:ctx|r|wctx), "([^"]+)"[,)]`).FindAllStringSubmatch(string(b), -1) {
				used[m[1]] = true
			}
			for _, m := range literalKey.FindAllStringSubmatch(string(b), -1) {
				if _, ok := english[m[1]]; ok {
					used[m[1]] = true
				}
			}
			for _, m := range begunKey.FindAllStringSubmatch(string(b), -1) {
				begun[m[1]] = true
			}
		}
	}
	return used, begun
}

func TestShowMoment(t *testing.T) {
	for _, tc := range []struct{ in, want string }{
		{"2021-12-02T16:17", "2 December 2021, 16:17, no time zone given"},
		{"2021-12-02T16:17:00Z", "2 December 2021, 16:17 UTC"},
		{"2021-12-02T16:17:00+01:00", "2 December 2021, 16:17 UTC+1"},
		{"2021-12-02T16:17:00-03:30", "2 December 2021, 16:17 UTC−3:30"},
		{"2021-12-02", "2 December 2021"},
		{"2021-12", "December 2021"},
		{"2021", "2021"},
		{"", "undated"},
	} {
		var d news.Date
		if tc.in != "" {
			var err error
			if d, err = news.ParseDate(tc.in, ""); err != nil {
				t.Fatal(err)
			}
		}
		if got := ShowMoment(context.Background(), d); got != tc.want {
			t.Errorf("ShowMoment(%q) = %q, want %q", tc.in, got, tc.want)
		}
	}
}

func TestShowFresh(t *testing.T) {
	now := time.Date(2026, 11, 22, 12, 0, 0, 0, time.UTC)
	for _, tc := range []struct{ in, want string }{
		{"2026-11-22", "today"},
		{"2026-11-22T08:05:00Z", "today, 08:05"},
		{"2026-11-22T08:05", "today, 08:05"},
		{"2026-11-21", "yesterday"},
		{"2026-11-20T23:00:00Z", "20 November 2026"},
		{"2026-11", "November 2026"},
		// The day is the one in the article's own offset.
		{"2026-11-23T00:30:00+13:00", "today, 00:30"},
	} {
		d, err := news.ParseDate(tc.in, "")
		if err != nil {
			t.Fatal(err)
		}
		if got := ShowFresh(context.Background(), now, d); got != tc.want {
			t.Errorf("ShowFresh(%q) = %q, want %q", tc.in, got, tc.want)
		}
	}
}

func TestCountAndNumber(t *testing.T) {
	ctx := context.Background()
	for n, want := range map[int]string{0: "0 articles", 1: "1 article", 2: "2 articles", 48214: "48,214 articles", 1000000: "1,000,000 articles"} {
		if got := Count(ctx, "articles", n); got != want {
			t.Errorf("Count(articles, %d) = %q, want %q", n, got, want)
		}
	}
	if got := And(ctx, []string{"A", "B", "C"}); got != "A, B and C" {
		t.Errorf("And = %q", got)
	}
	if got := Say(ctx, "no.such.key"); got != "no.such.key" {
		t.Errorf("Say of an unknown key = %q, want the key", got)
	}
}
