package web

import (
	"fmt"
	"slices"
	"strings"
	"testing"
)

func TestTails(t *testing.T) {
	for _, c := range []struct {
		q    string
		want []string // before|field|typed
	}{
		{"", nil},
		{"   ", nil},
		{"tru", []string{"||tru"}},
		{"flood ab", []string{"||flood ab", "flood ||ab"}},
		{"flood in united ki", []string{"||flood in united ki", "flood ||in united ki", "flood in ||united ki", "flood in united ||ki"}},
		{"a b c d e", []string{"a ||b c d e", "a b ||c d e", "a b c ||d e", "a b c d ||e"}},
		{"person:tru", []string{"|person|tru"}},
		{"person:liz tru", []string{"|person|liz tru", "person:liz ||tru"}},
		{"flood -person:tru", []string{"flood -|person|tru"}},
		{"(flood OR ab", []string{"(flood OR ||ab"}},
		{"flood -ab", []string{"flood -||ab"}},
		{"flood (ab er", []string{"flood (||ab er", "flood (ab ||er"}},
		{"(a b) ab", []string{"(a b) ||ab"}},
		{`"bank of e`, []string{"||bank of e"}},
		{`flood person:"liz t`, []string{"flood |person|liz t"}},
		{`flood -place:“uni`, []string{"flood -|place|uni"}},
		{`"bank of england" ab`, []string{`"bank of england" ||ab`}},
		{`person:"liz truss" ab`, []string{`person:"liz truss" ||ab`}},
		{`person:`, nil},
		{`"`, nil},
		{"people:tru", []string{"|person|tru"}},
		{"weather:rain", nil},
		{"https://example.com/a", nil},
		{"weather:rain ab", []string{"weather:rain ||ab"}},
		{" flood ", []string{"||flood"}},
		{"łódź", []string{"||łódź"}},
	} {
		var got []string
		for _, tl := range tails(c.q) {
			got = append(got, fmt.Sprintf("%s|%s|%s", tl.Before, tl.Field, tl.Typed))
		}
		if !slices.Equal(got, c.want) {
			t.Errorf("tails(%q) = %q, want %q", c.q, got, c.want)
		}
	}
}

// FuzzTails checks that a tail never loses what stands before it.
func FuzzTails(f *testing.F) {
	for _, s := range []string{`flood -person:"liz t`, "(a OR b) c", "\xff", "“", ":"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, q string) {
		for _, tl := range tails(q) {
			if !strings.HasPrefix(strings.TrimLeft(q, " \t\n\v\f\r\u0085\u00a0"), tl.Before) && !strings.Contains(q, tl.Before) {
				t.Errorf("tails(%q) begins with %q, which is not there", q, tl.Before)
			}
			if tl.Typed == "" || !strings.Contains(q, tl.Typed) {
				t.Errorf("tails(%q) has %q typed", q, tl.Typed)
			}
		}
	})
}
