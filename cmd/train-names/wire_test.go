package main

import (
	"fmt"
	"strings"
	"testing"

	"backfile/internal/marked"
)

// TestWire holds that what is made has its marks where its names are, and is the
// same each time.
func TestWire(t *testing.T) {
	docs := marked.ReadBlocks("own", "[P Ana Ruiz] of the [O Harbour Board] left [L Quito] for [L Santa Elena] on Monday .\nMinisters met in [L Quito] .\n\n[P Morag Ann Tulloch] left the ferry at [L Kirkwall] .\n")
	made := wire(docs, 90, 3)
	if len(made) != 90 || fmt.Sprint(made) != fmt.Sprint(wire(docs, 90, 3)) {
		t.Fatalf("wire made %d documents, want 90, the same each time", len(made))
	}
	names := strings.Join([]string{"ana ruiz", "ruiz", "morag ann tulloch", "tulloch", "harbour board", "quito", "santa elena", "kirkwall"}, "|")
	for _, d := range made {
		end := 0
		for _, m := range d.Marks {
			if m.Start < end || m.End > len(d.Body) {
				t.Fatalf("mark %v behind %d in %q", m, end, d.Body)
			}
			end = m.End
			s := strings.ToLower(d.Body[m.Start:m.End])
			for _, team := range []string{" united", " city", " rovers", " town", " wanderers", " athletic", " lions", " giants"} {
				s = strings.TrimSuffix(s, team)
			}
			if !strings.Contains("|"+names+"|", "|"+s+"|") {
				t.Errorf("%q is marked in %q", s, d.Body)
			}
		}
	}
	if got := wire(nil, 5, 1); got != nil {
		t.Errorf("wire of nothing = %v", got)
	}
}
