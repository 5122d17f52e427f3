package entity

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"backfile/internal/news"
)

// worldFloor is what share of the names in testdata/places must be placed right.
const worldFloor = 0.965

type framed struct {
	outlet, language, dateline string
}

// worldCase is one sentence with the places that it names.
type worldCase struct {
	a     news.Article
	names []news.Mention
	codes []string
}

func readWorld(t *testing.T, path string) []worldCase {
	b, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	var out []worldCase
	var f framed
	for line := range strings.Lines(string(b)) {
		line = strings.TrimSpace(line)
		if line == "" || line[0] == '#' {
			continue
		}
		if rest, ok := strings.CutPrefix(line, "@"); ok {
			p := strings.Split(rest, "|")
			if len(p) != 3 {
				t.Fatalf("%s: %q: want outlet | language | dateline", path, line)
			}
			f = framed{strings.TrimSpace(p[0]), strings.TrimSpace(p[1]), strings.TrimSpace(p[2])}
			continue
		}
		c := worldCase{a: news.Article{Language: f.language, Dateline: f.dateline}}
		if f.outlet != "" {
			c.a.Outlet = &news.Outlet{Name: f.outlet}
		}
		var body strings.Builder
		for line != "" {
			head, rest, ok := strings.Cut(line, "[")
			body.WriteString(head)
			if !ok {
				break
			}
			mark, tail, _ := strings.Cut(rest, "]")
			name, code, ok := strings.Cut(mark, "=")
			if !ok {
				t.Fatalf("%s: %q has no code", path, mark)
			}
			start := body.Len()
			body.WriteString(name)
			if town, _, ok := strings.Cut(name, ", "); ok {
				name = town
			}
			c.names = append(c.names, news.Mention{Kind: news.Place, Text: name, Start: start, End: start + len(name)})
			c.codes = append(c.codes, code)
			line = tail
		}
		c.a.Body = body.String()
		out = append(out, c)
	}
	return out
}

// lies reports whether the place is, or lies in, what the code says.
func lies(e news.Entity, code string) bool {
	is := func(c string) bool { return e.ID == news.NewEntityID(news.Place, "gaz:"+c) }
	if is(code) || e.Country == code {
		return true
	}
	for _, up := range Within(e.ID) {
		if up.ID == news.NewEntityID(news.Place, "gaz:"+code) {
			return true
		}
	}
	return false
}

// TestWorldPlaces puts names in sentences of our own on the map: capitals and their
// namesakes, former countries, nature, and what the outlet and the dateline tell.
func TestWorldPlaces(t *testing.T) {
	files, _ := filepath.Glob("testdata/places/*.txt")
	if len(files) == 0 {
		t.Fatal("no testdata/places/*.txt")
	}
	right, all, found := 0, 0, 0
	for _, path := range files {
		for _, c := range readWorld(t, path) {
			for k, e := range New().Locate(&c.a, c.names) {
				all++
				if lies(e, c.codes[k]) {
					right++
				} else {
					t.Logf("%s in %q: %s (%s), want %s", c.names[k].Text, c.a.Body, e.Name, where(e), c.codes[k])
				}
			}
			a := c.a
			New().Recognise(&a)
			for k, m := range c.names {
				for _, r := range a.Mentions {
					if r.Start == m.Start && r.End == m.End && r.Field == "" && r.Kind == news.Place && lies(Located(r.Entity), c.codes[k]) {
						found++
						break
					}
				}
			}
		}
	}
	t.Logf("given %d names: %.3f right; found and right by ourselves: %.3f", all, float64(right)/float64(all), float64(found)/float64(all))
	if got := float64(right) / float64(all); got < worldFloor {
		t.Errorf("%.3f of %d names are placed right, want %.3f", got, all, worldFloor)
	}
}

func where(e news.Entity) string {
	var up []string
	for _, u := range Within(e.ID) {
		up = append(up, u.Name)
	}
	return fmt.Sprint(strings.Join(up, " < "))
}
