package family

import (
	"slices"

	"backfile/internal/text"
)

// Lost is what the first text has and the second has not: texts are its
// stretches, in order, to be searched for words and phrases; words are its
// folded words, sorted, each once, without those that the same paragraph still
// has as often. A paragraph that only moved is not removed.
func Lost(ds []Difference) (texts, words []string) { return oneSided(ds, Cut) }

// Gained is what the second text has and the first had not; see Lost.
func Gained(ds []Difference) (texts, words []string) { return oneSided(ds, Added) }

func oneSided(ds []Difference, kind Kind) (texts, words []string) {
	for _, d := range ds {
		mine, other := d.Old, d.New
		if kind == Added {
			mine, other = d.New, d.Old
		}
		switch d.Kind {
		case kind:
			texts = append(texts, mine)
		case Reworded:
			for _, w := range d.Words {
				if w.Kind == kind {
					texts = append(texts, w.Text)
				}
			}
		default:
			continue
		}
		left := map[string]int{}
		for t := range text.Terms(other) {
			left[t.Fold]++
		}
		for t := range text.Terms(mine) {
			if left[t.Fold]--; left[t.Fold] < 0 {
				words = append(words, t.Fold)
			}
		}
	}
	slices.Sort(words)
	return texts, slices.Compact(words)
}
