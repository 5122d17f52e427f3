package story

import (
	"slices"
	"testing"
	"time"

	"backfile/internal/fuzztime"
)

func TestKnown(t *testing.T) {
	var k Known
	for i, tc := range []struct {
		body string
		want []string
	}{
		{"The river burst its banks at Cockermouth on Saturday. Two people are missing near Broughton.",
			[]string{"The river burst its banks at Cockermouth on Saturday.", "Two people are missing near Broughton."}},
		// The same in other words, and something new.
		{"On Saturday the river at Cockermouth had burst its banks. The army sent lorries to fill sandbags.",
			[]string{"The army sent lorries to fill sandbags."}},
		// Another figure is something new, and what says nothing is not.
		{"Three people are missing near Broughton. He said so.",
			[]string{"Three people are missing near Broughton."}},
		{"Three people are missing near Broughton.", nil},
		{"Wind silenced lighthouse bells everywhere. Wind silenced lighthouse bells everywhere.",
			[]string{"Wind silenced lighthouse bells everywhere."}},
		{"", nil},
	} {
		var got []string
		for _, r := range k.Add(tc.body) {
			got = append(got, tc.body[r.Start:r.End])
		}
		if !slices.Equal(got, tc.want) {
			t.Errorf("report %d is new with %q, want %q", i, got, tc.want)
		}
	}
}

func FuzzKnown(f *testing.F) {
	f.Add("A river rose.", "The river rose 3 feet. It was so.")
	f.Fuzz(func(t *testing.T, a, b string) {
		defer fuzztime.Check(t, time.Now())
		var k Known
		k.Add(a)
		for _, r := range k.Add(b) {
			if r.Start < 0 || r.End > len(b) || r.Start >= r.End {
				t.Errorf("sentence %v of %q", r, b)
			}
		}
		if again := k.Add(b); len(again) > 0 && len(b) < 5000 {
			t.Errorf("%q is new twice: %v", b, again)
		}
	})
}
