package story

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"backfile/internal/fuzztime"
)

func TestFigures(t *testing.T) {
	for _, tc := range []struct{ body, want string }{
		{"At least two people were killed, the fire service said.", "dead At least two=2"},
		{"Five people were killed and thirty injured when an earthquake struck.", "dead Five=5; injured thirty=30"},
		{"The number of dead in the earthquake on Lefkada rose to seven on Sunday.", "dead seven=7"},
		{"The number of dead rose to seven on Sunday.", "dead seven=7"},
		{"It brings to eight the number of people known to have died.", "dead eight=8"},
		{"An earthquake that killed eight.", "dead eight=8"},
		{"Five dead and 30 hurt as quake hits island.", "dead Five=5; injured 30=30"},
		{"Some 210 people have now left their homes.", "evacuated Some 210=210"},
		{"NIE Networks said 50,000 homes were without power.", "power 50,000=50000"},
		{"About 340 homes are without power.", "power About 340=340"},
		{"He put the damage at £12m.", "damage £12m=12000000 £"},
		{"The bill is now put at £9.5 million.", "cost £9.5 million=9500000 £"},
		{"The firm was fined £42m for it.", "fine £42m=42000000 £"},
		{"Kestrel has raised its offer to £345m, or 245p a share.", "offer £345m=345000000 £"},
		{"Turnout was 34 per cent.", "turnout 34 per cent=34 %"},
		{"Turnout was 34%.", "turnout 34%=34 %"},
		{"He beat her by 24,310 votes to 23,877 on the second count.", "votes 24,310=24310"},
		{"Twenty-three were hurt, one with a broken back.", "injured Twenty-three=23"},
		{"Four fire engines were sent.", "engines Four=4"},
		{"Nine of the cables are cracked.", ""},
		{"In 2018 pupils came by bus on 4 March at 7am, 24 hours late.", ""},
		{"Lily Marden, 9, is out of intensive care.", ""},
		{"They lost 3-0 at home.", ""},
		{"Two hundred and fifty protesters were arrested.", "arrested Two hundred and fifty=250"},
		{"The number of children who are ill after a chicken pie has risen to 112, with nine in hospital.", "ill 112=112"},
		{"", ""},
	} {
		var got []string
		for _, f := range Figures(tc.body, "en-GB") {
			got = append(got, strings.TrimSpace(fmt.Sprintf("%s %s=%.0f %s", f.What, f.Text, f.Value, f.Unit)))
		}
		if g := strings.Join(got, "; "); g != tc.want {
			t.Errorf("Figures(%q) = %s, want %s", tc.body, g, tc.want)
		}
	}
}

func TestFiguresAbroad(t *testing.T) {
	for _, tc := range []struct{ language, body, want string }{
		{"de", "Bei dem Unglück kamen mindestens zwölf Menschen ums Leben.", "dead mindestens zwölf=12"},
		{"de", "Es gab drei Tote und 30 Verletzte.", "dead drei=3; injured 30=30"},
		{"de", "Die Zahl der Toten stieg auf 19.", "dead 19=19"},
		{"de", "Rund 1.200 Personen wurden evakuiert.", "evacuated Rund 1.200=1200"},
		{"de", "Der Schaden wird auf 1,2 Millionen Euro geschätzt.", "damage 1,2 Millionen Euro=1200000 €"},
		{"de", "Die Wahlbeteiligung lag bei 34,5 Prozent.", "turnout 34,5 Prozent=34 %"},
		{"de", "Etwa 340 Haushalte sind ohne Strom.", "power Etwa 340=340"},
		{"de", "Am 4. März 2018 dauerte es 24 Stunden.", ""},
		{"fr", "L’incendie a fait au moins deux morts et 14 blessés.", "dead au moins deux=2; injured 14=14"},
		{"fr", "Quelque 3 000 personnes ont été évacuées.", "evacuated Quelque 3 000=3000"},
		{"fr", "Les dégâts sont estimés à 2,5 millions d’euros.", "damage 2,5 millions d’euros=2500000 €"},
		{"fr", "Le taux de participation atteint 41 %.", "turnout 41 %=41 %"},
		{"fr", "Près de 800 foyers sont privés d’électricité depuis trois jours.", "power Près de 800=800"},
		{"es", "Al menos cinco personas murieron y 20 resultaron heridas.", "dead Al menos cinco=5; injured 20=20"},
		{"es", "El número de muertos subió a 19.", "dead 19=19"},
		{"es", "Unas 1.500 personas han sido evacuadas.", "evacuated Unas 1.500=1500"},
		{"es", "La multa asciende a 12 millones de euros.", "fine 12 millones de euros=12000000 €"},
		{"es", "Hay 17 desaparecidos.", "missing 17=17"},
		{"pt", "Cinco pessoas morreram.", ""},
	} {
		var got []string
		for _, f := range Figures(tc.body, tc.language) {
			got = append(got, strings.TrimSpace(fmt.Sprintf("%s %s=%.0f %s", f.What, f.Text, f.Value, f.Unit)))
		}
		if g := strings.Join(got, "; "); g != tc.want {
			t.Errorf("%s: Figures(%q) = %s, want %s", tc.language, tc.body, g, tc.want)
		}
	}
}

func FuzzFigures(f *testing.F) {
	f.Add("At least £1.2m of 3,000 people were killed, 12% of 4-0.")
	f.Add("two hundred and and thousand million 9. £ % $5")
	f.Fuzz(func(t *testing.T, body string) {
		defer fuzztime.Check(t, time.Now())
		language := []string{"en", "de", "fr", "es", "ar"}[len(body)%5]
		for _, x := range Figures(body, language) {
			if x.What == "" || x.Text == "" || x.Sentence.End > len(body) || !strings.Contains(body[x.Sentence.Start:x.Sentence.End], x.Text) {
				t.Errorf("figure %+v of %q", x, body)
			}
		}
	})
}
