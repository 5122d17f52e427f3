package web

import (
	"testing"

	"backfile/templates"
)

func TestAtWords(t *testing.T) {
	for _, tc := range []struct{ words, want string }{
		{"", "/a"},
		{"Tea & cake, now", "/a#:~:text=Tea%20%26%20cake%2C%20now"},
		{"one two three four five six seven eight nine ten, twenty-one", "/a#:~:text=one%20two%20three%20four%20five,seven%20eight%20nine%20ten%2C%20twenty%2Done"},
	} {
		if got := atWords(templates.Hit{Href: "/a"}, tc.words).Href; got != tc.want {
			t.Errorf("atWords(%q) leads to %s, want %s", tc.words, got, tc.want)
		}
	}
}
