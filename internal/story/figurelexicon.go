package story

import (
	"strings"

	"backfile/internal/text"
)

// lexicon has the words of one language by which it is told what a number counts.
type lexicon struct {
	outcomes, peopleCues, houseCues, moneyCues, shareCues map[string]string
	people, houses, measures, months, ages, clauseWords   map[string]bool
	rises, bridges, hedges                                map[string]bool
	numberWords, scales                                   map[string]float64
	// currencies lead from words to signs.
	currencies map[string]string
	// to stands between what rises and its number, and between hundreds and the rest.
	to, and, percent string
	// plurals says that an ending tells what can be counted; comma that a comma stands
	// before a fraction and a point between thousands.
	plurals, comma bool
	// elides says that an apostrophe joins small words to the next: "d’euros".
	elides bool
}

var lexicons = map[string]*lexicon{
	"en": {
		outcomes: outcomes, peopleCues: peopleCues, houseCues: houseCues, moneyCues: moneyCues, shareCues: shareCues, people: people, houses: houses,
		measures: measures, months: months, ages: ages, clauseWords: clauseWords, rises: rises, bridges: bridges, hedges: hedges, numberWords: numberWords, scales: scales,
		to: "to", and: "and", percent: "percent", plurals: true,
	},
	"de": {
		outcomes: meanings(map[string]string{
			CountedDead:      "tot tote toten toter getötet töteten tötete todesopfer ums gestorben starben starb verstorben verstarben umgekommen ertrunken",
			CountedInjured:   "verletzt verletzte verletzten verletzter schwerverletzte schwerverletzten leichtverletzte",
			CountedMissing:   "vermisst vermisste vermissten vermisster vermißt",
			CountedIll:       "erkrankt erkrankte erkrankten infiziert infizierte krank",
			CountedEvacuated: "evakuiert evakuierte obdachlos",
			CountedRescued:   "gerettet gerettete geretteten",
			CountedArrested:  "festgenommen festgenommene verhaftet festnahmen",
		}),
		people: folded(`menschen personen leute männer frauen kinder jungen mädchen arbeiter passagiere fahrgäste reisende bewohner anwohner einwohner touristen urlauber soldaten
			schüler zivilisten feuerwehrleute mitarbeiter beschäftigte patienten demonstranten gäste insassen opfer migranten polizisten`),
		houses:    folded(`häuser häusern wohnungen haushalte haushalten gebäude gebäuden`),
		houseCues: meanings(map[string]string{CountedPower: "strom", "flooded": "überflutet überschwemmt", "damaged": "beschädigt zerstört"}),
		moneyCues: meanings(map[string]string{CountedDamage: "schaden schäden sachschaden", CountedCost: "kosten kostet kostete", CountedFine: "geldstrafe bußgeld geldbuße",
			CountedOffer: "angebot bietet gebot", "loss": "verlust verluste", "compensate": "entschädigung"}),
		shareCues:   meanings(map[string]string{CountedTurnout: "wahlbeteiligung beteiligung", "pay": "lohn löhne gehalt"}),
		measures:    folded(`tag tage tagen stunde stunden minute minuten sekunden woche wochen monat monate monaten jahr jahre jahren meter metern kilometer kilometern grad uhr prozent mal tonnen liter punkte tore seiten`),
		months:      folded(`januar februar märz april mai juni juli august september oktober november dezember`),
		ages:        folded(`alter artikel nummer seite kapitel`),
		clauseWords: folded(`und oder aber ist war sind waren wurde wurden der die das den dem ein eine in im an auf aus bei mit nach von vor zu zum zur als wie`),
		rises:       folded(`stieg steigt gestiegen erhöhte erhöht kletterte`),
		bridges:     folded(`mindestens etwa rund mehr als fast über bis zu auf der die zahl ist stieg erhöhte sich`),
		hedges:      hedged(`mindestens etwa rund fast über knapp circa`, "mehr als", "bis zu"),
		numberWords: numbers("zwei 2 drei 3 vier 4 fünf 5 sechs 6 sieben 7 acht 8 neun 9 zehn 10 elf 11 zwölf 12 dreizehn 13 vierzehn 14 fünfzehn 15 zwanzig 20 dreißig 30 vierzig 40 fünfzig 50 hundert 100 tausend 1000"),
		scales:      numbers("hundert 100 tausend 1000 million 1000000 millionen 1000000 mio 1000000 milliarde 1000000000 milliarden 1000000000 mrd 1000000000"),
		currencies:  map[string]string{"euro": "€", "dollar": "$", "franken": "CHF", "pfund": "£"},
		to:          "auf", percent: "prozent", comma: true,
	},
	"fr": {
		outcomes: meanings(map[string]string{
			CountedDead:      "mort morts morte mortes tué tués tuée tuées décédé décédés décédée décédées décès noyés péri",
			CountedInjured:   "blessé blessés blessée blessées",
			CountedMissing:   "disparu disparus disparue disparues",
			CountedIll:       "malade malades contaminés contaminées intoxiqués intoxiquées",
			CountedEvacuated: "évacué évacués évacuée évacuées déplacés déplacées sinistrés",
			CountedRescued:   "secouru secourus secourues sauvés sauvées",
			CountedArrested:  "interpellé interpellés interpellées arrêtés arrêtées interpellations arrestations",
		}),
		people: folded(`personnes gens hommes femmes enfants habitants ouvriers passagers voyageurs touristes vacanciers soldats pompiers élèves manifestants civils salariés
			clients résidents migrants policiers gendarmes patients riverains`),
		houses:    folded(`maisons foyers logements habitations bâtiments`),
		houseCues: meanings(map[string]string{CountedPower: "électricité courant", "flooded": "inondées inondés", "damaged": "détruites détruits endommagées endommagés"}),
		moneyCues: meanings(map[string]string{CountedDamage: "dégâts dommages", CountedCost: "coût coûte coûtera coûter facture", CountedFine: "amende", CountedOffer: "offre",
			"loss": "perte pertes", "compensate": "indemnités indemnisation"}),
		shareCues: meanings(map[string]string{CountedTurnout: "participation", "pay": "salaires"}),
		measures: folded(`jour jours heure heures minute minutes secondes semaine semaines mois an ans année années mètre mètres kilomètre kilomètres km hectares degrés fois tonnes litres points
			buts pages siècle`),
		months:      folded(`janvier février mars avril mai juin juillet août septembre octobre novembre décembre`),
		ages:        folded(`âgé âgée article numéro page chapitre`),
		clauseWords: folded(`et ou mais est était sont étaient a ont le la les un une des du au aux en dans sur par pour avec après avant de qui que`),
		rises:       folded(`élève élevait passé passe monté monte porté`),
		bridges:     folded(`au moins environ près de plus quelque jusqu à le la les bilan est a ont fait`),
		hedges:      hedged(`environ quelque`, "au moins", "plus de", "près de"),
		numberWords: numbers("deux 2 trois 3 quatre 4 cinq 5 six 6 sept 7 huit 8 neuf 9 dix 10 onze 11 douze 12 treize 13 quatorze 14 quinze 15 vingt 20 trente 30 quarante 40 cinquante 50 cent 100 mille 1000"),
		scales:      numbers("cents 100 mille 1000 million 1000000 millions 1000000 milliard 1000000000 milliards 1000000000"),
		currencies:  map[string]string{"euro": "€", "euros": "€", "dollars": "$", "francs": "CHF", "livres": "£"},
		to:          "a", percent: "pourcent", comma: true, elides: true,
	},
	"es": {
		outcomes: meanings(map[string]string{
			CountedDead:      "muerto muertos muerta muertas fallecido fallecidos fallecida fallecidas murieron mueren fallecieron muertes ahogados",
			CountedInjured:   "herido heridos herida heridas lesionados lesionadas",
			CountedMissing:   "desaparecido desaparecidos desaparecida desaparecidas",
			CountedIll:       "enfermo enfermos enfermas intoxicados intoxicadas contagiados contagiadas infectados",
			CountedEvacuated: "evacuado evacuados evacuada evacuadas desalojados desalojadas desplazados damnificados",
			CountedRescued:   "rescatado rescatados rescatadas",
			CountedArrested:  "detenido detenidos detenidas arrestados arrestadas detenciones",
		}),
		people: folded(`personas hombres mujeres niños niñas trabajadores obreros pasajeros viajeros turistas soldados vecinos habitantes residentes alumnos estudiantes civiles
			bomberos manifestantes pacientes migrantes policías mineros`),
		houses:    folded(`casas viviendas hogares edificios`),
		houseCues: meanings(map[string]string{CountedPower: "luz electricidad", "flooded": "inundadas inundados", "damaged": "dañadas dañados destruidas destruidos"}),
		moneyCues: meanings(map[string]string{CountedDamage: "daños", CountedCost: "coste costo cuesta costará costar", CountedFine: "multa", CountedOffer: "oferta", "loss": "pérdidas",
			"compensate": "indemnización"}),
		shareCues:   meanings(map[string]string{CountedTurnout: "participación", "pay": "salario salarios"}),
		measures:    folded(`día días hora horas minuto minutos segundos semana semanas mes meses año años metro metros kilómetro kilómetros km hectáreas grados veces toneladas litros puntos goles páginas`),
		months:      folded(`enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre`),
		ages:        folded(`artículo número página capítulo`),
		clauseWords: folded(`y o pero es era son eran está están ha han el la los las un una unos de del al en con por para tras desde que quien`),
		rises:       folded(`sube subió asciende ascendió aumentó elevó`),
		bridges:     folded(`al menos unos unas cerca de más hasta a el la los las balance es ha han dejado deja`),
		hedges:      hedged(`unos unas`, "al menos", "más de", "cerca de"),
		numberWords: numbers("dos 2 tres 3 cuatro 4 cinco 5 seis 6 siete 7 ocho 8 nueve 9 diez 10 once 11 doce 12 trece 13 catorce 14 quince 15 veinte 20 treinta 30 cuarenta 40 cincuenta 50 cien 100 mil 1000"),
		scales:      numbers("mil 1000 millón 1000000 millones 1000000"),
		currencies:  map[string]string{"euro": "€", "euros": "€", "dolares": "$", "libras": "£"},
		to:          "a", percent: "porciento", comma: true,
	},
}

// wordsFor is the lexicon of a language, or nil.
func wordsFor(language string) *lexicon {
	if language == "" {
		return lexicons["en"]
	}
	base, _, _ := strings.Cut(strings.ToLower(language), "-")
	return lexicons[base]
}

// cues are what says of people that are counted what became of them.
func (l *lexicon) cues() map[string]string {
	if l.peopleCues != nil {
		return l.peopleCues
	}
	return l.outcomes
}

// folded is a set of words as texts are compared.
func folded(list string) map[string]bool {
	m := map[string]bool{}
	for w := range strings.FieldsSeq(list) {
		m[text.FoldWord(w)] = true
	}
	return m
}

// meanings is meaning, of words as texts are compared.
func meanings(lists map[string]string) map[string]string {
	m := map[string]string{}
	for name, list := range lists {
		for w := range strings.FieldsSeq(list) {
			m[text.FoldWord(w)] = name
		}
	}
	return m
}

// hedged are words that hedge a number, and pairs of them.
func hedged(list string, pairs ...string) map[string]bool {
	m := folded(list)
	for _, p := range pairs {
		m[text.Fold(p)] = true
	}
	return m
}

// numbers reads words with their values behind them.
func numbers(list string) map[string]float64 {
	m := map[string]float64{}
	ws := strings.Fields(list)
	for i := 0; i+1 < len(ws); i += 2 {
		v := 0.0
		for _, c := range ws[i+1] {
			v = 10*v + float64(c-'0')
		}
		m[text.FoldWord(ws[i])] = v
	}
	return m
}
