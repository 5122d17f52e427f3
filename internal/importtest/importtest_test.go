package importtest

import (
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
)

const (
	root   = "../.."
	module = "backfile"
)

// arrows reads the block of arrows in the documentation: a package to those of
// ours that it may import.
func arrows(t *testing.T) map[string][]string {
	t.Helper()
	b, err := os.ReadFile(filepath.Join(root, "docs", "architecture.md"))
	if err != nil {
		t.Fatal(err)
	}
	_, rest, ok := strings.Cut(string(b), "```arrows\n")
	block, _, closed := strings.Cut(rest, "```")
	if !ok || !closed {
		t.Fatal("docs/architecture.md has no block of arrows")
	}
	out := map[string][]string{}
	for _, line := range strings.Split(strings.TrimSpace(block), "\n") {
		from, to, ok := strings.Cut(line, "->")
		if !ok {
			t.Fatalf("docs/architecture.md: %q is no arrow", line)
		}
		out[strings.TrimSpace(from)] = strings.Fields(to)
	}
	return out
}

// imports maps each package's directory to what its files import, with the file
// that does. Test files are left out.
func imports(t *testing.T) map[string]map[string]string {
	t.Helper()
	out := map[string]map[string]string{}
	err := filepath.WalkDir(root, func(name string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		rel, err := filepath.Rel(root, name)
		if err != nil {
			return err
		}
		rel = filepath.ToSlash(rel)
		if d.IsDir() {
			if base := d.Name(); rel != "." && (strings.HasPrefix(base, ".") || base == "testdata") {
				return filepath.SkipDir
			}
			return nil
		}
		if !strings.HasSuffix(rel, ".go") || strings.HasSuffix(rel, "_test.go") {
			return nil
		}
		f, err := parser.ParseFile(token.NewFileSet(), name, nil, parser.ImportsOnly)
		if err != nil {
			return err
		}
		dir := path.Dir(rel)
		if out[dir] == nil {
			out[dir] = map[string]string{}
		}
		for _, im := range f.Imports {
			p, err := strconv.Unquote(im.Path.Value)
			if err != nil {
				return err
			}
			out[dir][p] = rel
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return out
}

func TestArrows(t *testing.T) {
	allowed := arrows(t)
	for dir, ims := range imports(t) {
		key := dir
		if strings.HasPrefix(dir, "cmd/") {
			key = "cmd"
		}
		may, known := allowed[key]
		if !known && len(ims) > 0 {
			t.Errorf("package %s has no line among the arrows of docs/architecture.md", dir)
			continue
		}
		if slices.Contains(may, "*") {
			continue
		}
		for im, file := range ims {
			ours, ok := strings.CutPrefix(im, module+"/")
			if ok && !slices.Contains(may, ours) {
				t.Errorf("%s imports %s; docs/architecture.md allows %s only [%s]", file, ours, dir, strings.Join(may, " "))
			}
		}
	}
}

// TestEngines holds that each engine is known to one package, and what the
// packages at the bottom may use.
func TestEngines(t *testing.T) {
	only := map[string]string{
		"go.etcd.io/bbolt":              "store",
		"github.com/blevesearch/bleve/": "index",
		"github.com/a-h/templ":          "templates",
	}
	also := map[string]string{
		"web":   "github.com/a-h/templ",    // hands components to the renderer, so it knows their type
		"index": "go.etcd.io/bbolt/errors", // tells a held lock from a damaged index, which is in such a file
	}
	anywhere := func(dir string) bool { return strings.HasPrefix(dir, "cmd/") || dir == "internal/browsertest" }
	bottom := map[string][]string{
		"internal/news":   nil,
		"internal/text":   {"golang.org/x/text/", "github.com/clipperhouse/uax29/"},
		"internal/sample": nil,
	}
	for dir, ims := range imports(t) {
		for im, file := range ims {
			for engine, where := range only {
				if strings.HasPrefix(im, engine) && dir != where && im != also[dir] && !anywhere(dir) {
					t.Errorf("%s imports %s, which is for %s alone", file, im, where)
				}
			}
			list, low := bottom[dir]
			first, _, _ := strings.Cut(im, "/")
			if low && strings.Contains(first, ".") && !slices.ContainsFunc(list, func(p string) bool { return strings.HasPrefix(im, p) }) {
				t.Errorf("%s imports %s; %s may use the standard library and %q", file, im, dir, list)
			}
		}
	}
}
