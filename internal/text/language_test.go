package text

import (
	"testing"
	"time"

	"backfile/internal/fuzztime"
)

func TestLanguage(t *testing.T) {
	tests := []struct{ text, want string }{
		{"The council said on Friday that it would not close the pool.", "en"},
		{"Der Rat hat am Freitag beschlossen, das Bad nicht zu schließen.", "de"},
		{"Le conseil a décidé vendredi que la piscine ne fermera pas.", "fr"},
		{"El consejo decidió el viernes que la piscina no se cerrará.", "es"},
		{"Il consiglio ha deciso venerdì che la piscina non chiuderà.", "it"},
		{"De raad besloot vrijdag dat het zwembad niet dicht gaat.", "nl"},
		{"O conselho decidiu na sexta-feira que a piscina não fecha.", "pt"},
		{"Byrådet sagde fredag, at svømmehallen ikke bliver lukket af hensyn til børnene.", "da"},
		{"Kommunestyret sa fredag at svømmehallen ikke blir stengt av hensyn til barna nå.", "nb"},
		{"Kommunen sade på fredagen att badhuset inte ska stängas.", "sv"},
		{"", ""},
		{"Oslo Berlin Paris 2021", ""},
		{"東京で会議が開かれた", ""},
	}
	for _, tt := range tests {
		if got, sure := Language(tt.text); got != tt.want || sure < 0 || sure > 1 {
			t.Errorf("Language(%q) = %q, %.2f; want %q", tt.text, got, sure, tt.want)
		}
	}
}

func FuzzLanguage(f *testing.F) {
	f.Add("Der Rat hat am Freitag beschlossen")
	f.Add("the\x00 of")
	f.Fuzz(func(t *testing.T, s string) {
		defer fuzztime.Check(t, time.Now())
		if code, sure := Language(s); sure < 0 || sure > 1 || code == "" && sure != 0 {
			t.Errorf("Language(%q) = %q, %v", s, code, sure)
		}
	})
}
