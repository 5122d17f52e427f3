package cite

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// Name is a person's name in its parts, or whole in Literal where its parts are not
// certain: a wrong family name files an article under the wrong letter for ever.
type Name struct {
	Family, Given, Suffix string
	Literal               string
}

// suffixes come behind a name.
var suffixes = []string{"jr", "sr", "ii", "iii", "iv"}

// particles begin a family name of several words.
var particles = []string{"van", "von", "de", "del", "della", "di", "da", "dos", "das", "du", "der", "den", "ter", "ten", "la", "le", "el", "al", "bin", "ibn", "ben", "st", "zu", "af", "av"}

// whole are words that no splitting should touch: titles, and what names no one person.
var whole = []string{"dr", "prof", "professor", "sir", "dame", "lord", "lady", "baron", "baroness", "count", "mr", "mrs", "ms", "miss", "rev", "father", "sister", "brother",
	"king", "queen", "prince", "princess", "pope", "capt", "captain", "major", "colonel", "col", "general", "gen", "sgt", "cllr",
	"staff", "reporter", "reporters", "correspondent", "correspondents", "editor", "editors", "editorial", "desk", "agency", "agencies", "news", "newsroom", "press", "team",
	"writer", "writers", "contributor", "contributors", "bureau", "service", "services", "media", "redaktion", "our", "special", "own", "the", "and", "und", "et", "y", "with", "by", "for", "of"}

// familyFirst are languages whose own names put the family first or have none, and
// twoFamilies those whose names mostly have two family names.
var (
	familyFirst = []string{"hu", "zh", "ja", "ko", "vi", "km", "is", "my", "mn"}
	twoFamilies = []string{"es", "pt", "ca", "gl", "eu"}
)

// maxNameWords is the number of words from which a name is left whole.
const maxNameWords = 5

// SplitName parts a name as a byline has it. language is that of the article, BCP 47
// or "". A name stays whole where it is one word, has a title, a number or a sign, is
// not written in letters that know capitals, or may be ordered otherwise.
func SplitName(name, language string) Name {
	name = line(name)
	out := Name{Literal: name}
	words := strings.Fields(name)
	lang, _, _ := strings.Cut(strings.ToLower(language), "-")
	if slices.Contains(familyFirst, lang) {
		return out
	}
	if family, given, ok := strings.Cut(name, ","); ok {
		if isSuffix(given) {
			n := SplitName(family, language)
			if n.Family == "" {
				return out
			}
			n.Suffix = strings.TrimSpace(given)
			return n
		}
		// "Keller, Anna" is in order already; anything longer may be a list of names.
		fs, gs := strings.Fields(family), strings.Fields(given)
		if len(fs) != 1 || len(gs) != 1 || !isName(fs[0]) || !isName(gs[0]) {
			return out
		}
		return Name{Family: fs[0], Given: gs[0]}
	}
	suffix := ""
	if n := len(words); n > 2 && isSuffix(words[n-1]) {
		suffix, words = words[n-1], words[:n-1]
	}
	if len(words) < 2 || len(words) > maxNameWords || !isName(words[0]) && !isInitial(words[0]) {
		return out
	}
	family := len(words) - 1
	for family > 1 && isParticle(words[family-1]) {
		family--
	}
	for i, w := range words {
		if isParticle(w) && i >= family && i < len(words)-1 || isInitial(w) && i < family {
			continue
		}
		if !isName(w) {
			return out
		}
	}
	if given := words[:family]; len(given) > 1 {
		if slices.Contains(twoFamilies, lang) && !isInitial(given[len(given)-1]) {
			return out
		}
		if len(given) > 3 {
			return out
		}
	}
	return Name{Family: strings.Join(words[family:], " "), Given: strings.Join(words[:family], " "), Suffix: suffix}
}

func isSuffix(s string) bool {
	return slices.Contains(suffixes, strings.ToLower(strings.TrimSuffix(strings.TrimSpace(s), ".")))
}

func isParticle(s string) bool {
	return slices.Contains(particles, strings.ToLower(strings.TrimSuffix(s, ".")))
}

// isInitial reports whether s is initials: "J.", "J", "J.R.".
func isInitial(s string) bool {
	letters := 0
	for _, r := range s {
		switch {
		case unicode.IsUpper(r):
			letters++
		case r != '.' && r != '-':
			return false
		}
	}
	return letters > 0 && (letters == 1 || strings.Contains(s, "."))
}

// isName reports whether s can be a word of a person's name: a capital first, then
// letters, with an apostrophe or a hyphen among them.
func isName(s string) bool {
	if slices.Contains(whole, strings.ToLower(strings.TrimSuffix(s, "."))) {
		return false
	}
	first, n := utf8.DecodeRuneInString(s)
	if !unicode.IsUpper(first) || len(s) == n {
		return false
	}
	for _, r := range s[n:] {
		if !unicode.IsLetter(r) && !unicode.IsMark(r) && !strings.ContainsRune("'’-‐·", r) {
			return false
		}
	}
	return true
}

// inverted is the name as indexes file it: family, given, suffix.
func (n Name) inverted() string {
	if n.Family == "" {
		return n.Literal
	}
	s := n.Family + ", " + n.Given
	if n.Suffix != "" {
		s += ", " + n.Suffix
	}
	return s
}

// authors are the persons of the byline, without those that have no name.
func (e Entry) authors() []Name {
	var out []Name
	for _, a := range e.Article.Authors {
		if n := SplitName(a.Name, e.Article.Language); n.Family != "" || n.Literal != "" {
			out = append(out, n)
		}
	}
	return out
}
