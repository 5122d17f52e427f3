package browsertest

import (
	"testing"

	"backfile/internal/search"
)

// TestExamples searches the sample archive for every example of the page on the language:
// each finds something.
func TestExamples(t *testing.T) {
	if testing.Short() {
		t.Skip("the sample archive takes long: not with -short")
	}
	addr, err := sampleArchive()
	if err != nil {
		t.Fatal(err)
	}
	// What a reader keeps is found where a reader keeps it.
	if _, err := everyPage(); err != nil {
		t.Fatal(err)
	}
	for _, q := range search.Examples() {
		if n := found(t, addr, q); n == 0 {
			t.Errorf("%s finds nothing", q)
		}
	}
}
