package web

import (
	"strings"
	"testing"

	"backfile/internal/search"
	"backfile/templates"
)

// Each kind that is: takes has its words in the sentence, with and without a minus sign.
func TestAskedKinds(t *testing.T) {
	for _, v := range search.IsValues() {
		for _, q := range []string{"is:" + v, "-is:" + v} {
			got := askedWords(t.Context(), params{Q: q + " harbour"})
			if len(got) != 2 || got[0].Value != "harbour" || strings.Contains(got[1].Before+got[1].Value, "asked.") || got[1].Not != strings.HasPrefix(q, "-") {
				t.Errorf("%s: %+v", q, got)
			}
		}
	}
	for q, want := range map[string]string{
		"is:saved": "that you saved", "-is:starred": "that you have not starred", "is:read": "that you have read", "has:note": "with a note of yours", "-has:highlight": "without a highlight of yours",
		`list:"Harbour file"`: "on your list “Harbour file”", "-list:x": "not on your list “x”", "note:wall": "on which you wrote “wall”", "has:photo": "that mention has:photo",
	} {
		if got := askedWords(t.Context(), params{Q: q}); len(got) != 1 || got[0].Before+" "+got[0].Value != want {
			t.Errorf("%s: %+v, want %q", q, got, want)
		}
	}
	if got := askedTitle(t.Context(), askedWords(t.Context(), params{Q: `fire removed:"an accident" as-of:2026-03`})); got !=
		templates.Say(t.Context(), "asked.start")+" that mention fire that no longer say “an accident” in the archive as it was known at the end of March 2026" {
		t.Errorf("the title is %q", got)
	}
}
