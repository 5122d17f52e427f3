package entity

import (
	"embed"
	"strings"
	"sync"

	"backfile/internal/text"
)

//go:embed lists/lang-*.txt
var tongueTables embed.FS

// tongue is what a language other than English has of its own: words around names,
// names of places and bodies, and adjectives of countries. A nil tongue knows nothing.
type tongue struct {
	code string
	// given are given names, with their sex.
	given map[string]nameSigns
	// plain are words that are no given names here.
	plain set
	// none are words that name nothing; articles stand before a thing.
	none, articles set
	// unsure are towns whose names are words too: they count behind "in".
	unsure set
	// honorifics stand before a name in capitals or small letters, roles before one
	// in small letters, or in German in capitals; says are verbs of speech.
	honorifics map[string]nameSigns
	roles      set
	says       set
	// utters say it too, beside quotations alone: elsewhere they tell little of a name.
	utters set
	// places of being and going: "in", "nach", "à".
	ways set
	// helpers stand before a verb of speech: "a déclaré".
	helpers set
	// openers begin sentences and no name.
	openers set
	// elisions are articles and prepositions that an apostrophe joins to a name.
	elisions set
	// places and demonyms lead to rows of the gazetteer; bodies to full names.
	places   *phrases[int32]
	demonyms *phrases[int32]
	bodies   *phrases[string]
	// unknown are the list's names that the gazetteer does not know.
	unknown []string
}

// Tongues are the languages that have a list.
var tongues = []string{"de", "fr", "es", "it", "nl", "pt"}

var tongueLists = func() map[string]func() *tongue {
	m := map[string]func() *tongue{}
	for _, code := range tongues {
		m[code] = sync.OnceValue(func() *tongue {
			b, err := tongueTables.ReadFile("lists/lang-" + code + ".txt")
			if err != nil {
				panic(err) // embedded
			}
			return readTongue(code, string(b), theGazetteer())
		})
	}
	return m
}()

// theTongue is the list of a language, or nil.
func theTongue(code string) *tongue {
	if f, ok := tongueLists[code]; ok {
		return f()
	}
	return nil
}

func readTongue(code, table string, g *gazetteer) *tongue {
	t := &tongue{code: code, given: map[string]nameSigns{}, plain: set{}, none: set{}, unsure: set{}, articles: set{}, honorifics: map[string]nameSigns{}, roles: set{}, says: set{}, utters: set{}, ways: set{}, helpers: set{}, openers: set{}, elisions: set{},
		places: newPhrases[int32](200), demonyms: newPhrases[int32](400), bodies: newPhrases[string](100)}
	for line := range lines(table) {
		name, rest, _ := strings.Cut(line, ":")
		kind, ends, _ := strings.Cut(name, " ")
		switch kind {
		case "given", "honorifics":
			to, sign := t.given, map[string]nameSigns{"m": male, "f": female}[ends]
			if kind == "honorifics" {
				to = t.honorifics
			}
			for w := range strings.FieldsSeq(rest) {
				for w := range strings.FieldsSeq(text.Fold(w)) {
					to[w] |= sign
				}
			}
		case "not":
			t.plain.add(rest)
		case "no":
			t.none.add(rest)
		case "unsure":
			t.unsure.add(rest)
		case "articles":
			t.articles.add(rest)
		case "roles":
			t.roles.add(rest)
		case "says":
			t.says.add(rest)
		case "utters":
			t.utters.add(rest)
		case "at":
			t.ways.add(rest)
		case "helpers":
			t.helpers.add(rest)
		case "openers":
			t.openers.add(rest)
		case "elisions":
			t.elisions.add(rest)
		case "places":
			for entry := range strings.SplitSeq(rest, " | ") {
				t.place(g, entry)
			}
		case "organisations":
			names, full, _ := strings.Cut(rest, " = ")
			for n := range strings.SplitSeq(names, " | ") {
				t.bodies.put(text.Fold(n), strings.TrimSpace(full))
			}
		case "demonyms":
			t.peoples(g, rest, strings.Fields(ends))
		}
	}
	return t
}

func (s set) add(list string) {
	for w := range strings.FieldsSeq(list) {
		s[text.FoldWord(w)] = true
	}
}

func (t *tongue) place(g *gazetteer, entry string) {
	name, spec, ok := strings.Cut(entry, "=")
	if i, found := g.spec(strings.TrimSpace(spec)); ok && found {
		t.places.put(text.Fold(name), i)
		return
	}
	t.unknown = append(t.unknown, strings.TrimSpace(entry))
}

// peoples reads "deutsch=DE ukrainisch=UA": each a stem, or with no endings given a
// whole word, of a country or another place, with _ for a space.
func (t *tongue) peoples(g *gazetteer, list string, ends []string) {
	for entry := range strings.FieldsSeq(list) {
		stem, spec, _ := strings.Cut(strings.ReplaceAll(entry, "_", " "), "=")
		i, found := g.spec(spec)
		if !found {
			t.unknown = append(t.unknown, stem+"="+spec)
			continue
		}
		if len(ends) == 0 || t.code == "de" || t.code == "nl" || t.code == "fr" {
			t.demonyms.put(text.Fold(stem), i)
		}
		for _, e := range ends {
			t.demonyms.put(text.Fold(stem+e), i)
		}
	}
}

// spec finds the row of "DE" or "Crimea" or "Milan,IT".
func (g *gazetteer) spec(s string) (int32, bool) {
	if i, ok := g.higher[s]; ok {
		return i, true
	}
	name, code, _ := strings.Cut(s, ",")
	var fit []int32
	for _, i := range g.names.find(text.Fold(name)) {
		if code == "" || g.places[i].Country == code {
			fit = append(fit, i)
		}
	}
	if len(fit) == 0 {
		return 0, false
	}
	return g.best(fit).at, true
}

// sex is what an honorific of the language tells.
func (t *tongue) sex(w string) (nameSigns, bool) {
	if t == nil {
		return 0, false
	}
	s, ok := t.honorifics[w]
	return s, ok
}

// role reports whether the word stands before a person's name.
func (t *tongue) role(w string) bool { return t != nil && (t.roles[w] || t.honorifics[w] != 0) }

// speech reports whether the word is a verb of saying.
func (t *tongue) speech(w string) bool { return t != nil && t.says[w] }

// at reports whether the word stands before a place where something is or goes.
func (t *tongue) at(w string) bool { return t != nil && t.ways[w] }

// helps reports whether the word is what a verb of saying is put into the past with: "a
// déclaré", "ha detto".
func (t *tongue) helps(w string) bool { return t != nil && t.helpers[w] }

// opens reports whether the word begins sentences and no name.
func (t *tongue) opens(w string) bool { return t != nil && t.openers[w] }
