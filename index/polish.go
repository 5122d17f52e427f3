package index

import (
	"strings"

	"github.com/blevesearch/snowballstem"
)

// Polish words are stemmed here: neither Snowball nor Bleve has an algorithm that takes
// them without their accents, as text.Terms folds them.

// polishEndings are those of nouns and adjectives, the longest first.
var polishEndings = strings.Fields("iami owie ami iach ach owi iego ego iemu emu iej ymi imi iom iem ych ich om ow em ej ym im ie ia iu a e i o u y")

// polishSoft are what the end of a stem turns into before some endings, and what it is
// before the others.
var polishSoft = []struct{ soft, hard string }{{"dz", "d"}, {"rz", "r"}, {"sc", "st"}, {"nc", "nt"}, {"yc", "yk"}}

// polish takes the ending off, makes the consonant before it hard, and drops the e of
// the last syllable that comes and goes (minister, ministra).
func polish(env *snowballstem.Env) bool {
	const shortest = 3
	w := env.Current()
	for _, end := range polishEndings {
		if head, ok := strings.CutSuffix(w, end); ok && len(head) >= shortest {
			w = head
			break
		}
	}
	for _, s := range polishSoft {
		if head, ok := strings.CutSuffix(w, s.soft); ok && len(head) >= shortest-1 {
			w = head + s.hard
			break
		}
	}
	if head, ok := strings.CutSuffix(w, "er"); ok && len(head) > shortest && !strings.ContainsRune("aeiouy", rune(head[len(head)-1])) {
		w = head + "r"
	}
	env.SetCurrent(w)
	return true
}
