package search

import (
	"os"
	"strings"
	"testing"
)

// TestDocs holds docs/search.md to the table of fields.
func TestDocs(t *testing.T) {
	b, err := os.ReadFile("../../docs/search.md")
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range Fields {
		row := ""
		for line := range strings.Lines(string(b)) {
			if strings.HasPrefix(line, "| `"+f.Name+":`") {
				row = line
			}
		}
		if !strings.Contains(row, f.What) || !strings.Contains(row, "`"+f.Example+"`") {
			t.Errorf("docs/search.md says of %s: %q", f.Name, row)
		}
	}
	for _, o := range Operators {
		row := "| `" + strings.Join(o.Examples, "`, `") + "` | " + o.What + " |"
		if !strings.Contains(string(b), row) {
			t.Errorf("docs/search.md lacks %q", row)
		}
	}
}
