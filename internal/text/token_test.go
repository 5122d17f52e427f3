package text

import (
	"slices"
	"testing"

	"github.com/clipperhouse/uax29/v2/words"
)

// segments are the words of s by the whole of UAX 29.
func segments(s string) (out []Token) {
	it := words.FromString(s)
	for it.Next() {
		if w := it.Value(); isWord(w) {
			if f := FoldWord(w); f != "" {
				out = append(out, Token{it.Start(), it.End(), f})
			}
		}
	}
	return out
}

// FuzzTokens holds that the quick way through ASCII finds the words that UAX 29 has.
func FuzzTokens(f *testing.F) {
	for _, s := range []string{
		"The council's meeting, on 3,000.50 matters: a.m. or p.m.?", "O’Brien a.b' 'c d'", "x  \u0301y \uff9e .\u0301a '\u200db", "a:b c;d 1:2 1;2 1'2 1. 2",
		"foo_bar _ a._b", "\r\n\ta\vb\fc\u0085d\u2028e", "東京 in タワー, ok", "a\"ש\"ת ש'א \xff\xfea \xe2\x80", "a.\u200db a\u00ad. 1,\u03012 \U0001f1e6\U0001f1e7c",
	} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		want := segments(s)
		if got := slices.Collect(Tokens(s)); !slices.Equal(got, want) {
			t.Fatalf("Tokens(%q) = %v, want %v", s, got, want)
		}
		all := 0
		it := words.FromString(s)
		for it.Next() {
			if isWord(it.Value()) {
				all++
			}
		}
		if got := Words(s); got != all {
			t.Fatalf("Words(%q) = %d, want %d", s, got, all)
		}
	})
}

func BenchmarkAppendTerms(b *testing.B) {
	s := ""
	for len(s) < 4000 {
		s += "The council met on Friday to hear of the dam’s state; nobody, it said, had been told of 1,200 homes below.\n\n"
	}
	b.SetBytes(int64(len(s)))
	var room []Token
	for b.Loop() {
		room = AppendTerms(room[:0], s)
	}
}
