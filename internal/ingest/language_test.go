package ingest

import (
	"strings"
	"testing"
)

const (
	germanText  = "Der Rat hat am Freitag beschlossen, das Bad nicht zu schließen, und will es im Sommer mit neuen Becken wieder öffnen. Die Kosten sind noch nicht bekannt. "
	englishText = "The council decided on Friday that it would not close the pool, and that it would be open again in the summer with new basins. The cost is not yet known. "
)

func TestLanguage(t *testing.T) {
	tests := []struct{ name, text, want string }{
		{"short", "The council said it would not close the pool.", "en"},
		{"too short", "Council", ""},
		{"names only", strings.Repeat("Oslo Bergen ", 2), ""},
		{"by letters alone", strings.Repeat("東京で会議が開かれた。首相が演説した。", 10), "ja"},
		{"German", germanText, "de"},
	}
	for _, tt := range tests {
		if got := language(tt.text); got != tt.want {
			t.Errorf("%s: language = %q, want %q", tt.name, got, tt.want)
		}
	}
}

func TestSpoken(t *testing.T) {
	tests := []struct{ name, said, body, want string }{
		{"says nothing", "", germanText, "de"},
		{"right", "de-AT", strings.Repeat(germanText, 3), "de-AT"},
		{"wrong, the software's", "en-US", strings.Repeat(germanText, 3), "de"},
		{"wrong, the site's", "de", strings.Repeat(englishText, 3), "en"},
		{"too short to know better", "de", "The pool is open.", "de"},
		{"no tag", "??", strings.Repeat(englishText, 3), "en"},
		{"a neighbour's", "no", strings.Repeat("Kommunestyret sa fredag at svømmehallen ikke blir stengt av hensyn til barna nå. ", 4), "no"},
		{"unknown words", "zu", strings.Repeat("Abafundi bathi isikole sabo asinawo amanzi. ", 8), "zu"},
	}
	for _, tt := range tests {
		if got := spoken(tt.said, tt.body); got != tt.want {
			t.Errorf("%s: spoken(%q) = %q, want %q", tt.name, tt.said, got, tt.want)
		}
	}
}
