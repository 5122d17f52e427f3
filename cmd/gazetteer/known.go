package main

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"unicode"

	"github.com/klauspost/compress/zstd"

	"backfile/internal/text"
)

// known is what names are taken, so that further names do not take them too.
type known struct {
	// hand are the names of the lists written by hand.
	hand map[string]bool
	// words are English words, people given and family names.
	words, people map[string]bool
	// towns has the most people of any town of a name, divisions the names of
	// first-level divisions.
	towns     map[string]uint64
	divisions map[string]bool
}

func readKnown(lists string) (*known, error) {
	k := &known{hand: map[string]bool{}, words: map[string]bool{}, people: map[string]bool{}, towns: map[string]uint64{}, divisions: map[string]bool{}}
	for _, file := range []string{"countries.txt", "areas.txt"} {
		b, err := os.ReadFile(filepath.Join(lists, file))
		if err != nil {
			return nil, err
		}
		for line := range strings.Lines(string(b)) {
			f := strings.Split(line, "|")
			if len(f) < 3 || strings.HasPrefix(line, "#") {
				continue
			}
			k.hand[text.Fold(f[1])] = true
			for n := range strings.SplitSeq(f[2], ", ") {
				k.hand[text.Fold(strings.TrimPrefix(n, "the "))] = true
			}
		}
	}
	for file, set := range map[string]map[string]bool{"words.txt.zst": k.words, "names.tsv.zst": k.people} {
		b, err := os.ReadFile(filepath.Join(lists, file))
		if err != nil {
			return nil, err
		}
		r, err := zstd.NewReader(nil)
		if err != nil {
			return nil, err
		}
		b, err = r.DecodeAll(b, nil)
		r.Close()
		if err != nil {
			return nil, err
		}
		for line := range strings.Lines(string(b)) {
			w, _, _ := strings.Cut(strings.TrimSpace(line), "\t")
			set[w] = true
		}
	}
	return k, nil
}

func (k *known) add(rows []row) {
	for _, r := range rows {
		fold := text.Fold(r.name)
		switch {
		case r.kind == 'R':
			k.divisions[fold] = true
		case r.kind != 'D':
			k.towns[fold] = max(k.towns[fold], r.population+1)
		}
	}
}

// wordTown is how many people a town must have that is called as an English word is.
const wordTown = 3000

// mere reports whether a village's name, or that of a part of a town, is an English
// word: "City", "Earth", "Home". It is in the table, but not found by that name.
func (k *known) mere(r *row) bool {
	if strays[text.Fold(r.name)] && r.kind != 'R' && r.kind != 'D' && r.kind != 'C' && r.population < strayTown {
		return true
	}
	return k.words[text.Fold(r.name)] && (r.kind == 'X' || r.kind == 'T' && r.population < wordTown)
}

// strays are words of German, which writes all its nouns with a capital and opens its
// sentences with the others, that far towns are called by, or go by somewhere.
var strays = func() map[string]bool {
	m := map[string]bool{}
	for w := range strings.FieldsSeq(`die auch ende eine dabei namen dass wer seine man mal juli kinder hat grad davor bau schulen marke rauch boden band ebene gang meer
		recht mut boot kanal fang kanton steigen uni diesen gigant vom tab transporte titel nein rand eisen heim song ski areal handel monster bar star post media start
		trainer marine dollar street college ball reserve mark mach kin son metro kilo job olympia wall real law war deal okay alliance federal arena finale export
		gratis champion center strand kessel light agency kiefer marmelade healing portal point rock stock puerto south west neo`) {
		m[w] = true
	}
	return m
}()

// strayTown is how many people make a town known in spite of its name.
const strayTown = 150_000

// A large town's names in other languages and spellings are looked up too. The
// source does not say of what language they are, so only those are taken that
// can hardly mean anything else.
const (
	aliasedTown = 15_000
	rivalTown   = 10_000 // a name that such a town bears first stays its own
	largeTown   = 100_000
	mostAliases = 12 // of a large town; a smaller one has fewer
	fewAliases  = 5
)

func (k *known) aliases(rows []row, towns []city) {
	others := map[int64][]string{}
	for _, c := range towns {
		if c.population >= aliasedTown || c.feature == "PPLC" {
			others[c.id] = c.others
		}
	}
	for i := range rows {
		r := &rows[i]
		seen := map[string]bool{text.Fold(r.name): true}
		n, most := 0, fewAliases
		if r.population >= largeTown || r.kind == 'C' {
			most = mostAliases
		}
		for _, name := range others[r.number] {
			fold := text.Fold(name)
			if r.number == 0 || n == most || seen[fold] || !k.free(name, fold, r.population) {
				continue
			}
			seen[fold] = true
			r.others = append(r.others, fold)
			n++
		}
		for fold := range seen {
			if o := k.otherwise(fold); o != "" && !seen[o] {
				r.others = append(r.others, o)
			}
		}
		if w := divisionWord(r.country); r.kind == 'R' && w != "" && !strings.HasSuffix(text.Fold(r.name), w) {
			r.others = append(r.others, text.Fold(r.name)+" "+w)
		}
		slices.Sort(r.others)
		r.others = slices.Compact(r.others)
	}
}

// free reports whether a further name means nothing else.
func (k *known) free(name, fold string, population uint64) bool {
	if len(fold) < 5 || k.hand[fold] || k.divisions[fold] || k.words[fold] || k.people[fold] || strays[fold] {
		return false
	}
	if p := k.towns[fold]; p > rivalTown || p > population/10 {
		return false
	}
	for i, r := range name {
		switch {
		case i == 0 && !unicode.IsUpper(r), unicode.IsLetter(r) && !unicode.Is(unicode.Latin, r), !unicode.IsLetter(r) && r != ' ' && r != '-':
			return false
		}
	}
	return strings.Count(fold, " ") < 3 && name != strings.ToUpper(name)
}

// shorts are words of names that are also written short.
var shorts = [][2]string{{"saint ", "st "}, {"sainte ", "ste "}, {"mount ", "mt "}, {"fort ", "ft "}}

// otherwise is the name with its first word written short, or long; "" if that
// does not change.
func (k *known) otherwise(fold string) string {
	for _, s := range shorts {
		if rest, ok := strings.CutPrefix(fold, s[0]); ok {
			return s[1] + rest
		}
		if rest, ok := strings.CutPrefix(fold, s[1]); ok {
			return s[0] + rest
		}
	}
	return ""
}

// divisionWord is what a country's first-level divisions are called in English.
func divisionWord(country string) string {
	switch country {
	case "GB", "DK", "IS", "PT", "FI":
		return ""
	case "US", "AU", "BR", "IN", "MX", "MY", "NG", "VE", "MM", "SD", "SS", "DE", "AT", "PW", "FM":
		return "state"
	case "RU", "UA", "GH", "GE", "FR", "IT", "NA", "TZ", "CZ", "SK", "SO", "ET", "ER":
		return "region"
	case "JP":
		return "prefecture"
	case "CH":
		return "canton"
	case "KE", "HU", "NO", "RO", "SE", "HR", "EE":
		return "county"
	}
	return "province"
}
