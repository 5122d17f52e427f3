package search

import "strings"

// beginnings tell words that match nothing by their first bytes.
type beginnings struct {
	// first says of each byte whether a word that begins with it may match, second of
	// the byte behind one that firstOf says more of.
	first  [256]byte
	second [256]bool
}

// What beginnings.first says.
const (
	notFirst = iota
	firstOf  // with a second byte that second has
	firstAny // whatever follows
)

// add notes that words that begin as w does may match; with "", all.
func (b *beginnings) add(w string) {
	switch len(w) {
	case 0:
		for i := range b.first {
			b.first[i] = firstAny
		}
	case 1:
		b.first[w[0]] = firstAny
	default:
		b.first[w[0]] = max(b.first[w[0]], firstOf)
		b.second[w[1]] = true
		if w[1] == 'i' || w[1] == 'y' { // tie, tying
			b.second['i'], b.second['y'] = true, true
		}
	}
}

// may reports whether a folded word may match anything, by how it begins.
func (b *beginnings) may(fold string) bool {
	switch b.first[fold[0]] {
	case notFirst:
		return false
	case firstOf:
		return len(fold) < 2 || b.second[fold[1]]
	}
	return true
}

// stemKeeps is how many bytes of a word, in the language lang, its stem begins with, where it has as
// many: most of what is read can then be told by a look to match nothing.
func stemKeeps(lang string) int {
	base, _, _ := strings.Cut(lang, "-")
	switch base {
	case "", "en":
		return 2 // but see beginnings.add
	case "de", "fr", "es", "it", "pt", "nl", "da", "sv", "no", "nb", "nn", "fi":
		return 1
	}
	return 0
}
