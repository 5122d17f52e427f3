package across

import (
	"slices"
	"strings"

	"backfile/internal/text"
)

// Name is a person's name taken apart. Its words are folded (text.Fold), the parts
// of hyphenated ones joined by hyphens again.
type Name struct {
	// Given is the first name and what stands between it and the family name.
	Given []string
	// Family is the last word with the particles before it.
	Family string
	// Suffix is "jr", "sr", "ii" and so on, or "".
	Suffix string
}

// ParseName takes a printed name apart. A name of one word has no Given.
func ParseName(s string) Name {
	var n Name
	var words []string
	for part := range strings.FieldsSeq(s) {
		f := strings.ReplaceAll(text.Fold(part), " ", "-")
		if f == "" || len(words) == 0 && leading[f] {
			continue
		}
		if strings.Count(part, ".") == len(f) && len(f) < 4 { // H.W.
			words = append(words, strings.Split(f, "")...)
			continue
		}
		words = append(words, f)
	}
	if k := len(words) - 1; k > 0 {
		if x, ok := suffixes[words[k]]; ok {
			n.Suffix, words = x, words[:k]
		}
	}
	if len(words) == 0 {
		return n
	}
	at := len(words) - 1
	for at > 1 && particles[words[at-1]] {
		at--
	}
	n.Given, n.Family = words[:at], strings.Join(words[at:], " ")
	return n
}

// Whole reports whether the name has a given and a family name.
func (n Name) Whole() bool { return len(n.Given) > 0 && n.Family != "" && len(n.Given) < maxWords }

// maxWords bounds what may be a name: more words are a recogniser's mistake.
const maxWords = 6

// First is the first given name.
func (n Name) First() string { return n.Given[0] }

// words are all of the name's, in their order.
func (n Name) words() []string { return append(slices.Clone(n.Given), n.Family) }

var leading = set("sir dame lord lady mr mrs ms miss dr rev prof st")

var particles = set(`van von der den de del della di da das dos du la le lo ter ten zu zum zur af av bin ibn ben al el abu mac st y e`)

var suffixes = map[string]string{
	"jr": "jr", "jnr": "jr", "junior": "jr", "sr": "sr", "snr": "sr", "senior": "sr",
	"ii": "ii", "iii": "iii", "iv": "iv",
}

func set(list string) map[string]bool {
	m := map[string]bool{}
	for w := range strings.FieldsSeq(list) {
		m[w] = true
	}
	return m
}
