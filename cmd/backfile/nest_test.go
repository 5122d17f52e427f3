package main

import (
	"encoding/json"
	"net/url"
	"strings"
	"testing"

	"backfile/internal/news"
)

// A search for what lies in Scotland finds Aberdeen; one for Scotland does not.
func TestWithin(t *testing.T) {
	dir := t.TempDir()
	var in strings.Builder
	for _, body := range []string{
		"The harbour board met in Aberdeen on Monday, and the fleet stayed in port.",
		"Ministers in Scotland promised help for the fleet.",
		"The fleet of Bergen in Norway stayed in port.",
	} {
		b, err := json.Marshal(news.Article{Headline: "The fleet", Body: body, Language: "en-GB", Outlet: &news.Outlet{Name: "Aberdeen Courier"}})
		if err != nil {
			t.Fatal(err)
		}
		in.Write(append(b, '\n'))
	}
	base, stop := startServe(t, "--data", dir)
	defer stop()
	if out := mustCLI(t, in.String(), "ingest", "--data", dir, "-"); !strings.HasPrefix(out, "added 3,") {
		t.Fatalf("ingest: %s", out)
	}
	for _, tc := range []struct {
		query string
		want  int
	}{
		{"place=scotland", 1},
		{"within=scotland", 2},
		{"q=" + url.QueryEscape("within:Scotland"), 2},
		{"q=" + url.QueryEscape("fleet -within:Scotland"), 1},
		{"q=" + url.QueryEscape("within:Europe"), 3}, // which no article names
		{"q=" + url.QueryEscape("within:Scandinavia"), 1},
		{"within=bergen", 1},
		{"q=" + url.QueryEscape("within:Africa"), 0},
	} {
		var got struct{ Total int }
		getJSON(t, base+"/api/v1/search?"+tc.query, &got)
		if got.Total != tc.want {
			t.Errorf("%s finds %d, want %d", tc.query, got.Total, tc.want)
		}
	}
}
