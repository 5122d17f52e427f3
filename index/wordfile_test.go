package index

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// TestWordFileTorn cuts a long last block short and adds a shorter one: nothing of the first stays behind
// it. Reading alone changes nothing of the file.
func TestWordFileTorn(t *testing.T) {
	path := filepath.Join(t.TempDir(), "words")
	open := func() (w *wordFile, words []string) {
		t.Helper()
		w, err := openWordFile(path)
		if err != nil {
			t.Fatal(err)
		}
		t.Cleanup(func() { w.file.Close() })
		if err := w.read(func(s string) { words = append(words, s) }); err != nil {
			t.Fatal(err)
		}
		return w, words
	}
	w, _ := open()
	for _, block := range [][]string{{"harbour", "wall"}, {strings.Repeat("long", 100), "breakwater"}} {
		if err := w.add(block); err != nil {
			t.Fatal(err)
		}
	}
	if err := os.Truncate(path, w.end-5); err != nil {
		t.Fatal(err)
	}
	torn, words := open()
	if info, err := os.Stat(path); err != nil || info.Size() != w.end-5 || !slices.Equal(words, []string{"harbour", "wall"}) {
		t.Errorf("a torn file has %q, and %v, %v", words, info, err)
	}
	if err := torn.add([]string{"pier"}); err != nil {
		t.Fatal(err)
	}
	if _, words := open(); !slices.Equal(words, []string{"harbour", "wall", "pier"}) {
		t.Errorf("mended: %q", words)
	}
}
