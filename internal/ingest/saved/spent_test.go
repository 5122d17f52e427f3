package saved

import (
	"bytes"
	"strings"
	"testing"

	"backfile/internal/ingest/item"
)

// An archive that inflates without measure is given up, whatever its files are.
func TestSpent(t *testing.T) {
	spaces := strings.Repeat(" ", 8<<20)
	for _, name := range []string{"metadata_%.json", "bookmarks/%/info.json"} {
		var files []string
		for i := range 12 {
			files = append(files, strings.Replace(name, "%", strings.Repeat("a", i+1), 1), spaces)
		}
		b := zipped(t, files...)
		records, known := Zip(bytes.NewReader(b), int64(len(b)), item.Limits{})
		if !known {
			t.Fatalf("%s is not known", name)
		}
		n, last := 0, ""
		for _, err := range records {
			if n++; err != nil {
				last = err.Error()
			}
		}
		if n > 11 || !strings.Contains(last, "inflates to more than 50 times its size") {
			t.Errorf("%s: %d records, the last %q", name, n, last)
		}
	}
}
