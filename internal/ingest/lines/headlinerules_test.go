package lines

import (
	"strings"
	"testing"
)

const (
	stormText = "The worst storm for thirty years hit the coast of Skerrymore on Sunday night and tore the roofs from forty houses in the harbour.\n" +
		"Nobody was hurt, but two hundred people slept in the school hall, and the railway along the coast is shut until Thursday at least.\n" +
		"“It came out of nowhere,” said Iona Teale, whose boat was thrown over the harbour wall and lies in the garden of the manse now."
	menu = "Home\nNews\nSport\nSign in\nSubscribe\nNews\nIslands\n"
)

func TestChoosePrintedHeadline(t *testing.T) {
	for name, c := range map[string]struct{ text, want string }{
		"title repeated": {"Storm hits coast of Skerrymore | The Courier\n" + menu + "Storm hits coast of Skerrymore\nBy Ann Lee\n" + stormText, "Storm hits coast of Skerrymore"},
		"printed otherwise below a path": {"Skerrymore storm: which roads and railways are shut?\n" + menu + "Skerrymore storm: which roads and railways are shut?\nWeather\n" +
			"Forty roofs are gone after the storm on the coast of Skerrymore\nBy Ann Lee\n3 May 2024\n" + stormText, "Forty roofs are gone after the storm on the coast of Skerrymore"},
		"kicker with a dash": {"Weather: Storm hits coast of Skerrymore | The Courier\n" + menu + "Weather – Storm hits coast of Skerrymore\nBy Ann Lee\n" + stormText, "Storm hits coast of Skerrymore"},
	} {
		m := Default()
		p := NewPage(Split(c.text))
		chances := m.Chances(p)
		first := First(chances)
		cands := p.Candidates(first)
		got := ""
		if k, _ := m.Choose(p, cands, first, chances); k >= 0 {
			got = cands[k].Text
		}
		if got != c.want {
			t.Errorf("%s: Choose = %q, want %q (body from %d)", name, got, c.want, first)
		}
	}
}

// A text that begins with its headline has a standfirst below it, which often says the same.
func TestOtherwiseLeavesStandfirst(t *testing.T) {
	const top = "Storm hits coast of Skerrymore\n"
	const standfirst = "Coast of Skerrymore counts the cost of the storm\nBy Ann Lee\n"
	for text, want := range map[string]bool{top + standfirst + stormText: false, top + menu + standfirst + stormText: true} {
		p := NewPage(Split(text))
		first := len(p.Lines) - 3
		if got := p.otherwise(p.Candidates(first), 0, first) >= 0; got != want {
			t.Errorf("otherwise takes the standfirst: %v, want %v, of %q", got, want, text)
		}
	}
}

func TestCandidatesAreBounded(t *testing.T) {
	p := NewPage(Split(strings.Repeat("Kicker: a title that is said again and again\n", 5000)))
	if n := len(p.Candidates(4000)); n > 3*(reach+behind+5) {
		t.Errorf("%d candidates", n)
	}
}
