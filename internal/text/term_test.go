package text

import (
	"slices"
	"strings"
	"testing"
	"unicode/utf8"
)

func TestTerms(t *testing.T) {
	for _, tc := range []struct{ in, want string }{
		{"O’Brien O'Brien OBrien O’Brien's", "obrien obrien obrien obrien"},
		{"Łódź Lodz", "lodz lodz"},
		{"Straße STRASSE", "strasse strasse"},
		{"Æsop Aesop", "aesop aesop"},
		{"re-election", "re election"},
		{"U.S. US U.S.A.", "us us usa"},
		{"boys’ boy's", "boys boy"},
		{"1,000 1000 1.000 1,234,567.89 1,00,000", "1000 1000 1000 1234567.89 100000"},
		{"3.14 0.125 1.2345 31.12 £2.5m £1,200bn 1,2", "3.14 0.125 1.2345 31.12 2.5m 1200bn 1,2"},
		{"1980s 1980’s '80s 80's 2021’s 1980’sx", "1980s 1980s 80s 80s 2021 s 1980 sx"},
		{"١٩٨٠ १९८० １９８０", "1980 1980 1980"},
		{"l’État d'Ivoire L'Aquila dell’Etna Qu’il aujourd’hui", "l etat d ivoire l aquila dell etna qu il aujourdhui"},
		{"O'Hara don't I'll ma'am rock’n’roll l'x c’hoar d'", "ohara dont ill maam rocknroll lx choar d"},
		{"مُحَمَّد محمد أحمد احمد کتاب كتاب", "محمد محمد احمد احمد كتاب كتاب"},
		{"שָׁלוֹם שלום", "שלום שלום"},
		{"_foo_ foo_bar __", "foo foo_bar"},
		{"हिन्दी й", "हिन्दी й"},
		{"東京タワー", "東 京 タワー"},
	} {
		var got []string
		for tok := range Terms(tc.in) {
			got = append(got, tok.Fold)
		}
		if s := strings.Join(got, " "); s != tc.want {
			t.Errorf("Terms(%q) = %q, want %q", tc.in, s, tc.want)
		}
	}
}

// FuzzTerms holds that terms are stretches of the text, one behind the other, and that
// what stands behind a text changes none of them.
func FuzzTerms(f *testing.F) {
	for _, s := range []string{"l’État 1980’s 1,000,000", "مُحَمَّد ١٩٨٠", "_d'_a_", "\xffd'\u0301a", "1.000.1,22", "qu'l'a 10's 00’sé"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		if got, want := AppendTerms(nil, s), slices.Collect(Terms(s)); !slices.Equal(got, want) {
			t.Fatalf("AppendTerms(%q) = %v, Terms %v", s, got, want)
		}
		end := 0
		for tok := range Terms(s) {
			if tok.Start < end || tok.End <= tok.Start || tok.End > len(s) || tok.Fold == "" {
				t.Fatalf("Terms(%q) gives %v behind %d", s, tok, end)
			}
			end = tok.End
		}
		folds := func(s string) (out []string) {
			for tok := range Terms(s) {
				out = append(out, tok.Fold)
			}
			return out
		}
		if a, b := folds(s), folds(s+" "); utf8.ValidString(s) && !slices.Equal(a, b) {
			t.Fatalf("Terms(%q) = %q, with a space behind %q", s, a, b)
		}
	})
}
