package main

import (
	"bytes"
	"errors"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// TestFloors asks both suites and holds their figures to the floors. The archive of the
// second is made of pages that need not be here.
func TestFloors(t *testing.T) {
	if testing.Short() {
		t.Skip("building the program and taking in articles is more than -short allows")
	}
	for _, suite := range []string{"sample", "cases"} {
		t.Run(suite, func(t *testing.T) {
			t.Parallel()
			var out bytes.Buffer
			err := run(t.Context(), []string{"-quiet", "-suite", filepath.Join("suites", suite+".txt"), "-floors", "floors.txt"}, &out, t.Output())
			t.Log(out.String())
			if err != nil {
				t.Fatal(err)
			}
			if strings.Contains(out.String(), "is passed over") {
				t.Skip("the articles of this suite are not beside this checkout")
			}
		})
	}
}

// TestSuites holds that the suites can be read, ask each thing once, and are as many as
// they are said to be.
func TestSuites(t *testing.T) {
	all, sample := 0, 0
	paths, err := suites("suites")
	if err != nil {
		t.Fatal(err)
	}
	for _, path := range paths {
		s, err := read(path)
		if err != nil {
			t.Fatalf("%s: %v", path, err)
		}
		var asked []string
		for _, q := range s.Queries {
			if slices.Contains(asked, q.Text) {
				t.Errorf("%s:%d: %q is asked twice", path, q.Line, q.Text)
			}
			asked = append(asked, q.Text)
			if q.Kind == "" {
				t.Errorf("%s:%d: %q is of no kind", path, q.Line, q.Text)
			}
		}
		all += len(s.Queries)
		if s.Archive == "sample" {
			sample += len(s.Queries)
		}
	}
	if all < 150 || sample < 100 {
		t.Errorf("%d queries, %d of them of the sample; want at least 150 and 100", all, sample)
	}
}

func TestFind(t *testing.T) {
	a := archive{articles: []article{
		{ID: "1", Source: "intake/one-page.html", Slug: "the-wall-holds"},
		{ID: "2", Source: "all.jsonl:2", Slug: "the-wall"},
		{ID: "3", Source: "all.jsonl:3", Slug: "a-wedding-in-may"},
		{ID: "4", Source: "all.jsonl:4", Slug: "a-wedding-in-june"},
	}}
	for _, c := range []struct{ key, want string }{
		{"one-page", "1"}, {"the-wall-holds", "1"}, {"the-wall", "2"}, {"a-wedding-in-may", "3"},
		{"a-wedding", ""}, {"the", ""}, {"a-wed", ""}, {"nothing", ""},
	} {
		if got, err := a.find(c.key); got != c.want || (err == nil) != (c.want != "") {
			t.Errorf("find(%q) = %q, %v, want %q", c.key, got, err, c.want)
		}
	}
}

func TestMarks(t *testing.T) {
	for _, c := range []struct {
		query string
		want  bool
	}{
		{"flood", true}, {"person:duff", true}, {"flood date:1953", true}, {`"the wall"`, true}, {"flood OR storm", true},
		{"date:1953", false}, {"outlet:courier", false}, {"-flood", false}, {"flood OR date:1953", false}, {"*", false}, {"is:wire", false},
	} {
		if got := marks(c.query); got != c.want {
			t.Errorf("marks(%q) = %v, want %v", c.query, got, c.want)
		}
	}
}

func TestPassesOverWhatIsNotThere(t *testing.T) {
	b := &builder{root: t.TempDir()}
	if _, err := b.files("../none/*.html"); !errors.Is(err, errAbsent) || !strings.Contains(err.Error(), "there is no ../none/*.html") {
		t.Errorf("files that are not there give %v, want errAbsent and which", err)
	}
}
