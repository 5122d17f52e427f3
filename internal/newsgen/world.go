package newsgen

import (
	"math/rand/v2"
	"strings"

	"backfile/internal/news"
	"backfile/internal/text"
)

// The commonest words come first, so that they are drawn most.
const common = `the of to and a in that is was for it on with as he be by at from his this have had not are but
	which they were has she her an said will one their or who been its when there would more we if all
	no so up out about what than into them can him some time could two other first new over only after
	year people government any most made many may last years now also before three against because
	our under between then world part day week city still while where since police state both those
	country such much war used day same four long right general set court found minister early five
	party report across public home council million work left end plan water town night children
	election health school members money south north later company road local house national market
	office service trade law second house river station price bridge hospital storm port vote strike
	match team farm harbour railway budget mayor flood fire club factory museum library`

const sectionNames = `news politics business sport culture world letters science travel obituaries`

var papers = []string{"Gazette", "Herald", "Courier", "Post", "Chronicle", "Mercury", "Echo", "Argus", "Observer", "Dispatch"}

var bodies = []string{"Council", "Railway", "Institute", "Trust", "Union", "Bank", "Party", "University", "Commission", "Works"}

const firstNames = `Ada Bram Cora Dov Elke Finn Greta Hugo Ines Jonas Kaisa Lars Mira Nils Olga Piet Rosa Sven Tilda Uwe
	Vera Wim Yara Zeno Alba Boris Clea Dario Edda Falk Gwen Henk Isla Jörg Kirsten Ludo Maud Ned Orla Pim`

const placeNames = `GB:London GB:Edinburgh GB:Cardiff GB:Belfast GB:Manchester GB:Liverpool GB:Leeds GB:Bristol GB:Aberdeen
	GB:Glasgow IE:Dublin IE:Cork FR:Paris FR:Lyon FR:Marseille FR:Lille DE:Berlin DE:Hamburg DE:Munich DE:Cologne
	DE:Leipzig NL:Amsterdam NL:Rotterdam NL:Utrecht BE:Brussels BE:Antwerp LU:Luxembourg ES:Madrid ES:Barcelona
	ES:Seville PT:Lisbon PT:Porto IT:Rome IT:Milan IT:Naples IT:Turin GR:Athens TR:Istanbul TR:Ankara PL:Warsaw
	PL:Kraków PL:Łódź CZ:Prague CZ:Brno SK:Bratislava HU:Budapest AT:Vienna AT:Graz CH:Zürich CH:Geneva CH:Bern
	SE:Stockholm SE:Malmö NO:Oslo NO:Bergen DK:Copenhagen DK:Aarhus FI:Helsinki FI:Tampere EE:Tallinn LV:Riga
	LT:Vilnius UA:Kyiv UA:Odesa UA:Lviv RO:Bucharest BG:Sofia RS:Belgrade HR:Zagreb SI:Ljubljana AL:Tirana
	RU:Moscow RU:Kazan US:Washington US:Boston US:Chicago US:Denver US:Seattle US:Houston CA:Toronto CA:Montréal
	CA:Ottawa MX:Puebla BR:Brasília BR:Recife AR:Rosario CL:Santiago PE:Lima CO:Bogotá EG:Cairo MA:Rabat TN:Tunis
	NG:Lagos NG:Abuja KE:Nairobi GH:Accra ZA:Durban ZA:Pretoria ET:Asmara IN:Delhi IN:Mumbai IN:Chennai PK:Lahore
	BD:Dhaka LK:Colombo CN:Beijing CN:Shanghai JP:Tokyo JP:Osaka KR:Seoul VN:Hanoi TH:Bangkok ID:Jakarta PH:Manila
	AU:Sydney AU:Perth NZ:Wellington NZ:Auckland`

func commonWords() []string { return strings.Fields(common) }

// makeWords gives a vocabulary of n words, the commonest first: the list above, and
// then words put together of syllables.
func makeWords(r *rand.Rand, n int) []string {
	out := commonWords()
	seen := map[string]bool{}
	for _, w := range out {
		seen[w] = true
	}
	starts := strings.Fields("b br c cl d dr f fl g gr h j k l m n p pl pr qu r s sh sl st t th tr v w")
	vowels := strings.Fields("a e i o u ai ea ou")
	ends := strings.Fields("n r s t l m ck nd rt st ng sh")
	suffixes := []string{"", "", "", "s", "ed", "ing", "ly", "er", "ment", "ness"}
	for len(out) < n {
		var b strings.Builder
		for range 1 + r.IntN(3) {
			b.WriteString(starts[r.IntN(len(starts))])
			b.WriteString(vowels[r.IntN(len(vowels))])
		}
		b.WriteString(ends[r.IntN(len(ends))])
		b.WriteString(suffixes[r.IntN(len(suffixes))])
		if w := b.String(); !seen[w] {
			seen[w] = true
			out = append(out, w)
		}
	}
	return out
}

func makePersons(r *rand.Rand, n int) []news.Entity {
	firsts := strings.Fields(firstNames)
	var out []news.Entity
	seen := map[string]bool{}
	starts := strings.Fields("Ash Bar Cal Dun Eld Fen Gar Hol Ist Jar Kel Lan Mor Nor Ost Pel Ran Sel Tor Und Var Wes Yel Zan")
	mids := strings.Fields("a e i o u ber den fer gar lin mar ner ros ter ver")
	ends := strings.Fields("by croft dale feld gate ham ley mann quist ridge sen ski stad ton wick worth")
	for len(out) < n {
		name := firsts[r.IntN(len(firsts))] + " " + starts[r.IntN(len(starts))] + mids[r.IntN(len(mids))] + ends[r.IntN(len(ends))]
		if seen[name] {
			continue
		}
		seen[name] = true
		e := entity(news.Person, name)
		_, last, _ := strings.Cut(name, " ")
		e.Aliases = append(e.Aliases, news.Alias{Name: last, Fold: text.Fold(last)})
		out = append(out, e)
	}
	return out
}

func makePlaces() []news.Entity {
	var out []news.Entity
	for p := range strings.FieldsSeq(placeNames) {
		country, name, _ := strings.Cut(p, ":")
		e := entity(news.Place, name)
		e.Country = country
		out = append(out, e)
	}
	return out
}
