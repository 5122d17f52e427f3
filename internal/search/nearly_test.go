package search

import "testing"

func TestNearly(t *testing.T) {
	for _, c := range []struct {
		q     string
		less  int
		want  string
		words int
	}{
		{"a b", 1, "a OR b", 2},
		{"a b c", 1, "a b OR a c OR b c", 3},
		{"a b c", 2, "a OR b OR c", 3},
		{`a "b c" d*`, 1, `a "b c" OR a d* OR "b c" d*`, 3},
		{"a b date:1953 -c", 1, "date:1953 -c (a OR b)", 2},
		{"a b as-of:2020", 1, "as-of:2020 (a OR b)", 2},
		{"a b", 2, "", 2},
		{"a", 1, "", 1},
		{"date:1953", 1, "", 0},
		{"a b OR c d", 1, "", 0},
		{"a b c d e f g h", 4, "some", 8},
		{"a b c d e f g h i", 1, "", 9},
		{"", 1, "", 0},
	} {
		n, _ := Parse(c.q)
		got, words := Nearly(n, c.less)
		if words != c.words {
			t.Errorf("Nearly(%q) counts %d words, want %d", c.q, words, c.words)
		}
		s := ""
		if got != nil {
			s = got.String()
		}
		if c.want == "some" {
			if o, ok := got.(Or); !ok || len(o.Parts) != maxNearlyWays {
				t.Errorf("Nearly(%q, %d) = %q, want %d ways", c.q, c.less, s, maxNearlyWays)
			}
			continue
		}
		want := c.want
		if n, _ := Parse(want); n != nil && want != "" {
			want = n.String()
		}
		if s != want {
			t.Errorf("Nearly(%q, %d) = %q, want %q", c.q, c.less, s, want)
		}
	}
}
