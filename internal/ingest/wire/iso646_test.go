package wire

import "testing"

func TestUnvaried(t *testing.T) {
	for in, want := range map[string]string{
		"Die Hafengeb}hren f}r Schiffe und die F{hren steigen am [rmel, sagte der B}rgermeister": "Die Hafengebühren für Schiffe und die Fähren steigen am Ärmel, sagte der Bürgermeister",
		"Fiskarna {r inte n|jda och s{ger att det {r f|r dyrt p} Gotland":                        "Fiskarna är inte nöjda och säger att det är för dyrt på Gotland",
		"Fiskerne er ikke forn|yde og vil til m|te p} mandag, det sier de p} Sm|la":              "Fiskerne er ikke fornøyde og vil til møte på mandag, det sier de på Smøla",
		"Schon Umlaute: ü und a{b c}d e|f":                                                       "Schon Umlaute: ü und a{b c}d e|f",
		"The set {a, b} and the pipe x | y":                                                      "The set {a, b} and the pipe x | y",
	} {
		if got := unvaried(in); got != want {
			t.Errorf("unvaried(%q) = %q, want %q", in, got, want)
		}
	}
}
