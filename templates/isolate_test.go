package templates

import (
	"context"
	"testing"
)

// TestIsolates is what a sentence from right to left does with what has an order of its own.
func TestIsolates(t *testing.T) {
	for _, c := range []struct{ in, want string }{
		{"", ""},
		{"1,234", "1,234"},
		{"0.4", "0.4"},
		{"2 ديسمبر 2021", "2 ديسمبر 2021"},
		{"ليز تراس", "ليز تراس"},
		{"Liz Truss", "\u2068Liz Truss\u2069"},
		{"место", "\u2068место\u2069"},
		{"2021-12-02", "\u20682021-12-02\u2069"},
		{"−5", "\u2068−5\u2069"},
		{"BBC عربي", "\u2068BBC عربي\u2069"},
		{"في «\u2068Crimea file\u2069»", "في «\u2068Crimea file\u2069»"},
	} {
		if got := keptApart(c.in, true); got != c.want {
			t.Errorf("keptApart(%q) = %q, want %q", c.in, got, c.want)
		}
	}
	ar, en := WithWords(t.Context(), Arabic), context.Background()
	for what, pair := range map[string][2]string{
		"a list":         {And(ar, []string{"A", "ب", "C"}), "\u2068A\u2069، ب و\u2068C\u2069"},
		"a quotation":    {Quoted(ar, "yes"), "«\u2068yes\u2069»"},
		"a sentence":     {Say(ar, "inlist", "Crimea file"), "في «\u2068Crimea file\u2069»"},
		"a count":        {Count(ar, "chart.bar", 3, "London"), "\u2068London\u2069: 3 مقالات"},
		"one":            {Count(ar, "chart.bar", 1, "London"), "\u2068London\u2069: مقال واحد"},
		"left to right":  {Say(en, "inlist", "ملف"), "in “\u2068ملف\u2069”"},
		"an English one": {Say(en, "inlist", "Crimea file"), "in “Crimea file”"},
	} {
		if pair[0] != pair[1] {
			t.Errorf("%s is %q, want %q", what, pair[0], pair[1])
		}
	}
}
