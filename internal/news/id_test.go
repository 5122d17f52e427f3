package news

import (
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"backfile/internal/fuzztime"
)

// Addresses are for ever: these values must never change.
func TestIDsAreForEver(t *testing.T) {
	for _, tc := range []struct{ got, want string }{
		{string(NewArticleID(URLKey("https://example.com/a"))), "pnw7e6r73vz4v"},
		{string(NewArticleID(TupleKey("post", "1936-11-22", "gale", "the sea rose"))), "d61jjz8gf8n99"},
		{string(NewEntityID(Person, "agnes lorimer")), "9tbx5j483jvqp"},
		{string(NewEntityID(Place, "gaz:GB")), "p1p4cn26brcvh"},
	} {
		if tc.got != tc.want {
			t.Errorf("id = %s, want %s", tc.got, tc.want)
		}
		if !ValidID(tc.got) {
			t.Errorf("ValidID(%q) = false", tc.got)
		}
	}
	for _, s := range []string{"", "abc", "il0000000000u", "0123456789ABC", "0123456789abcd"} {
		if ValidID(s) {
			t.Errorf("ValidID(%q) = true", s)
		}
	}
}

func TestSlug(t *testing.T) {
	long := strings.Repeat("harbour ", 20)
	for _, tc := range []struct{ in, want string }{
		{"UK and US urge Russia", "uk-and-us-urge-russia"},
		{"  O’Brien’s “last” stand! ", "obriens-last-stand"},
		{"Łódź wita gości", "łódź-wita-gości"},
		{"مرفأ بيروت", "مرفأ-بيروت"},
		{"—", ""},
		{long, strings.TrimSuffix(strings.Repeat("harbour-", 10), "-")},
	} {
		if got := Slug(tc.in); got != tc.want {
			t.Errorf("Slug(%q) = %q, want %q", tc.in, got, tc.want)
		}
	}
}

func FuzzSlug(f *testing.F) {
	f.Add("Łódź — O’Brien")
	f.Add(strings.Repeat("東京", 60))
	f.Fuzz(func(t *testing.T, s string) {
		defer fuzztime.Check(t, time.Now())
		got := Slug(s)
		if len(got) > slugLength || !utf8.ValidString(got) || strings.Contains(got, "--") ||
			strings.HasPrefix(got, "-") || strings.HasSuffix(got, "-") || strings.ContainsAny(got, "/?#% .\x00") {
			t.Errorf("Slug(%q) = %q", s, got)
		}
	})
}
