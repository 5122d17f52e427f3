package search

import (
	"strings"
	"testing"
)

func TestSpellings(t *testing.T) {
	for _, tc := range []struct{ in, want string }{
		{"re-election", "re-election reelection"}, {"Reelection", "Reelection re-election"}, {"co‑operate", "co‑operate cooperate"},
		{"cooperate", "cooperate co-operate"}, {"COVID-19", "COVID-19 covid19"}, {"MH17", "MH17 mh-17"}, {"email", "email e-mail"}, {"e-mails", "e-mails emails"},
		{"flood", "flood"}, {"reef", "reef"}, {"cook", "cook"}, {"1980s", "1980s"}, {"1950-51", "1950-51"}, {"state-of-the-art", "state-of-the-art"},
		{"16:17", "16:17"}, {"a.b-c", "a.b-c"}, {"O’Brien", "O’Brien"}, {"東京", "東京"}, {"l’état", "l’état"}, {"", ""},
	} {
		if got := strings.Join(spellings(tc.in), " "); got != tc.want {
			t.Errorf("spellings(%q) = %q, want %q", tc.in, got, tc.want)
		}
	}
}
