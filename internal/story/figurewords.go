package story

import (
	"strings"
)

func wordSet(list string) map[string]bool {
	m := map[string]bool{}
	for w := range strings.FieldsSeq(list) {
		m[w] = true
	}
	return m
}

// meaning gives each word of the lists the name of its list.
func meaning(lists map[string]string) map[string]string {
	m := map[string]string{}
	for name, list := range lists {
		for w := range strings.FieldsSeq(list) {
			m[w] = name
		}
	}
	return m
}

// outcomes are the words that say what became of people.
var outcomes = meaning(map[string]string{
	CountedDead:      "dead died dies killed kills killing die death deaths drowned fatalities perished lives toll",
	CountedInjured:   "injured hurt wounded injuries casualties",
	CountedMissing:   "missing unaccounted",
	CountedIll:       "ill sick sickened infected",
	CountedEvacuated: "evacuated homeless displaced fled flee leave left",
	CountedRescued:   "rescued saved",
	CountedArrested:  "arrested detained arrests",
})

// peopleCues are those, and what else says of people that are counted what became of them.
var peopleCues = func() map[string]string {
	m := map[string]string{"homes": CountedEvacuated, "evacuees": CountedEvacuated}
	for w, o := range outcomes {
		m[w] = o
	}
	return m
}()

// people are words for people of whom a report counts what became of them.
var people = wordSet(`people persons men women children boys girls workers passengers pupils students soldiers residents crew tourists guests customers
	villagers miners civilians victims others officers firefighters protesters migrants members patients sailors fans inmates families walkers adults babies migrants drivers prisoners`)

var houses = wordSet(`homes houses properties households buildings premises`)

var houseCues = meaning(map[string]string{
	CountedPower: "power electricity dark light",
	"flooded":    "flooded",
	"damaged":    "damaged destroyed wrecked burned burnt",
})

var moneyCues = meaning(map[string]string{
	CountedDamage: "damage damages",
	CountedCost:   "cost costs costing bill repairs",
	CountedFine:   "fine fined",
	CountedOffer:  "offer offered bid bids takeover",
	"loss":        "loss losses lost",
	"reward":      "reward",
	"raised":      "raised donations",
	"compensate":  "compensation payout settlement",
})

var shareCues = meaning(map[string]string{
	CountedTurnout: "turnout",
	"pay":          "pay rise offer wages",
	"voted":        "voted vote votes ballot",
	"shares":       "shares stake shareholders",
})

// measures are units, of which another number says nothing new.
var measures = wordSet(`day days hour hours minute minutes second seconds week weeks month months year years mile miles metre metres meter meters feet foot inch
	inches yard yards km kilometres kilometers mph am pm oclock degrees times pages p pence per percent cent old century centuries century st nd rd th points
	decade decades nights night mornings evenings weekends occasions rounds goals minutes stone grams kilos litres pints`)

var months = wordSet(`january february march april may june july august september october november december jan feb mar apr jun jul aug sep sept oct nov dec`)

// ages stand before a number that is somebody's age, or a part of an address or a time.
var ages = wordSet(`aged age no number route flight page chapter section article m a at`)

// clauseWords end the words that may stand between a number and what it counts.
var clauseWords = wordSet(`and or but was were is are had has have been be who which that when where after before for from by with as at in on to than the his her
	their its it he she they not said says will would could can may of`)

// rises stand before "to" and a number that grew.
var rises = wordSet(`rose risen rises rise rising climbed climbs grew grown went`)

// bridges may stand between what became of people and their number.
var bridges = wordSet(`at least about some more than nearly almost over around up to a an as many of the toll has had have rose risen rises rise rising now is was stands stood
	brought brings bringing number who people climbed reached passed known for that it are been`)

// hedges stand in front of a number and are printed with it.
var hedges = map[string]bool{"at least": true, "more than": true, "up to": true, "about": true, "some": true, "nearly": true, "almost": true, "over": true, "around": true}

// counted reports whether a word can be what a number counts: a plural.
func (l *lexicon) counted(w string) bool {
	return len(w) > 3 && strings.HasSuffix(w, "s") && !strings.HasSuffix(w, "ss") && !strings.HasSuffix(w, "us") && !stops[w] && !l.clauseWords[w] && w[0] >= 'a' && w[0] <= 'z'
}
