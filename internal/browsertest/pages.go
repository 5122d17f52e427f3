package browsertest

import (
	"context"
	"fmt"
	"html"
	"io"
	"net/http"
	"regexp"
	"strings"
	"time"
)

// Page is one type of page: a name for it, and the path and query of one such page.
type Page struct{ Name, Path string }

// fixed are the types of page whose addresses are known beforehand. What is looked at first
// stands first.
var fixed = []Page{
	{"front", "/"}, {"results", "/search?q=harbour"}, {"narrowed", "/search?q=harbour&year=1953"}, {"one result", "/search?q=%22seventh+block%22+outlet%3Amearns"},
	{"nothing found", "/search?q=xyzzy+harbour"}, {"edits", "/search?q=removed:yesterday+OR+added:said"}, {"archive of then", "/search?q=survey+as-of:2024-12-01+-is:wire"},
	{"before the archive", "/search?q=as-of:1990"}, {"not understood", "/search?q=%22harbour+colour%3Ared"},
	{"overview", "/search/overview?q=harbour"}, {"overview of a year", "/search/overview?q=harbour&year=1975&map=all"}, {"overview of nothing", "/search/overview?q=xyzzy"},
	{"two sets", "/search/overview?q=harbour&outlet=fairway-review&with=fishing"}, {"overview of all", "/search/overview?by=decade"},
	{"values", "/search/people?q=harbour&person=-jens-kragh"}, {"values found", "/search/places?find=stone&order=name"},
	{"people", "/people"}, {"people of a year", "/people?year=2025"}, {"places", "/places"}, {"organisations", "/organisations"}, {"outlets", "/outlets"},
	{"authors", "/authors"}, {"authors of an outlet", "/authors?outlet=orkney-lantern"}, {"author", "/authors/catriona-leask"},
	{"author of a year", "/authors/catriona-leask?from=2025&to=2025&outlet=orkney-lantern"},
	{"map", "/map"}, {"country", "/map?country=GB"}, {"on this day", "/dates/on/11-22"}, {"on no day", "/dates/on/02-29"},
	{"dates", "/dates"}, {"year", "/dates/2025"}, {"month", "/dates/2025/01"}, {"day", "/dates/2025/01/14"}, {"day without news", "/dates/1901/01/01"}, {"undated", "/undated"},
	{"stories", "/stories"}, {"lists", "/lists"}, {"notes", "/notes"}, {"starred", "/search?q=is:starred"}, {"saved searches", "/searches"}, {"history", "/history"},
	{"desk", "/desk"}, {"desk without dates", "/desk/date"}, {"runs", "/runs"}, {"coverage", "/coverage"}, {"about", "/about"}, {"feeds", "/feeds"}, {"corrections", "/corrections?by=program"}, {"repair", "/places/kirkwall/repair"},
	{"add", "/add"}, {"capture", "/capture"}, {"look-up", "/lookup?url=https://nobody.example/"}, {"help", "/help/search"}, {"style", "/style"}, {"not found", "/nothing"},
}

// linked are those whose addresses other pages hold: Path is where, and link what finds it there.
var linked = []struct {
	Page
	link *regexp.Regexp
}{
	{Page{"article", "/search?q=harbour"}, firstArticle}, {Page{"article that changed", "/search?q=survey+block"}, firstArticle},
	{Page{"person", "/people"}, regexp.MustCompile(`href="(/people/[^"?]+)"`)}, {Page{"place", "/places"}, regexp.MustCompile(`href="(/places/[^"?]+)"`)},
	{Page{"organisation", "/organisations"}, regexp.MustCompile(`href="(/organisations/[^"?]+)"`)}, {Page{"outlet", "/outlets"}, regexp.MustCompile(`href="(/outlets/[^"?]+)"`)},
	{Page{"family", "/search?q=is:wire"}, regexp.MustCompile(`href="(/families/[^"]+)"`)}, {Page{"story", "/stories"}, regexp.MustCompile(`href="(/stories/[^".?]+)"`)},
	{Page{"run", "/runs"}, regexp.MustCompile(`href="(/runs/[^"]+)"`)},
}

var firstArticle = regexp.MustCompile(`href="(/articles/[^"]+)" data-head`)

// Pages is one page of every type of an archive that Furnish was called on: the sample's.
func Pages(ctx context.Context, addr string) ([]Page, error) {
	out := append([]Page(nil), fixed...)
	if _, err := wait(ctx, addr+"/authors", regexp.MustCompile(`href="(/authors/catriona-leask)"`)); err != nil {
		return nil, fmt.Errorf("the sample has no author: %w", err)
	}
	for _, f := range linked {
		m, err := wait(ctx, addr+f.Path, f.link)
		if err != nil {
			return nil, fmt.Errorf("%s leads to no %s: %w", f.Path, f.Name, err)
		}
		at, _, _ := strings.Cut(html.UnescapeString(m), "#")
		out = append(out, Page{f.Name, at})
		switch f.Name {
		case "article":
			path, _, _ := strings.Cut(at, "?")
			out[len(out)-1].Path = path
			out = append(out, Page{"article among results", path + "?in=q%3Dharbour&n=2"})
		case "article that changed":
			id := strings.Split(at, "/")[2]
			out = append(out, Page{"past version", "/articles/" + id + "/versions/1"}, Page{"diff", "/articles/" + id + "/versions/2"})
		}
	}
	return out, nil
}

// wait is what a pattern finds on a page, once it does: wire families, stories and authors are
// told a moment after their articles came in.
func wait(ctx context.Context, at string, pattern *regexp.Regexp) (string, error) {
	ctx, cancel := context.WithTimeout(ctx, startTime)
	defer cancel()
	for {
		body, err := get(ctx, at)
		if err != nil {
			return "", err
		}
		if m := pattern.FindStringSubmatch(body); m != nil {
			return m[1], nil
		}
		select {
		case <-ctx.Done():
			return "", ctx.Err()
		case <-time.After(200 * time.Millisecond):
		}
	}
}

// get is the body of the page at that address.
func get(ctx context.Context, at string) (string, error) {
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, at, nil)
	if err != nil {
		return "", err
	}
	_, body, err := ask(req)
	return body, err
}

// post sends a form or an article, and returns the path that it led to and what that answers.
func post(ctx context.Context, at, kind, form string) (path, body string, err error) {
	req, err := http.NewRequestWithContext(ctx, http.MethodPost, at, strings.NewReader(form))
	if err != nil {
		return "", "", err
	}
	req.Header.Set("Content-Type", kind)
	return ask(req)
}

// ask takes any answer but the 200s for an error, with its words.
func ask(req *http.Request) (path, body string, err error) {
	res, err := http.DefaultClient.Do(req)
	if err != nil {
		return "", "", err
	}
	defer func() { _ = res.Body.Close() }()
	b, err := io.ReadAll(res.Body)
	if err != nil {
		return "", "", fmt.Errorf("read %s: %w", req.URL.Path, err)
	}
	if res.StatusCode >= 300 {
		return "", "", fmt.Errorf("%s %s answers %s: %.200s", req.Method, req.URL.Path, res.Status, b)
	}
	return res.Request.URL.RequestURI(), string(b), nil
}
