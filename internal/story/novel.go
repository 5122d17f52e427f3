package story

import (
	"strings"

	"backfile/internal/text"
)

// What makes a sentence known: at least knownShare of its telling words stand in one
// earlier sentence, and all its figures. One of fewer than leastWords telling words says
// nothing by itself.
const (
	knownShare = .65
	leastWords = 3
	// What is read of one text, and held of all, whatever comes in.
	mostSentences = 400
	mostHeld      = 60_000
)

// Known is what the reports of a story have said so far, sentence by sentence. The zero
// Known is of nothing. It is not safe for concurrent use.
type Known struct {
	at    map[string][]int32 // a word's sentences
	words []int16            // of each sentence, how many telling words it has
	count map[int32]int      // scratch
}

// Add takes a report's body in and returns those of its sentences that say what no earlier
// report said, in order, near-duplicates aside; a sentence that the report itself repeats
// counts once.
func (k *Known) Add(body string) (fresh []text.Range) {
	if k.at == nil {
		k.at, k.count = map[string][]int32{}, map[int32]int{}
	}
	n := 0
	for r := range text.Sentences(body) {
		if n++; n > mostSentences {
			break
		}
		words, figures := tellingWords(body[r.Start:r.End])
		if len(words) < leastWords {
			continue
		}
		if !k.has(words, figures) {
			fresh = append(fresh, r)
		}
		k.hold(words)
	}
	return fresh
}

// tellingWords are the words of a sentence by which it is known again, each once, the figures
// among them once more.
func tellingWords(s string) (words, figures []string) {
	seen := map[string]bool{}
	for t := range text.Terms(s) {
		w := stem(t.Fold)
		figure := w[0] >= '0' && w[0] <= '9' || numberWords[t.Fold] > 1
		if seen[w] || !figure && (dropped(w) || short(w)) {
			continue
		}
		seen[w] = true
		words = append(words, w)
		if figure {
			figures = append(figures, w)
		}
	}
	return words, figures
}

func (k *Known) has(words, figures []string) bool {
	clear(k.count)
	least := int(knownShare*float64(len(words)) + .999)
	for _, w := range words {
		for _, s := range k.at[w] {
			k.count[s]++
		}
	}
	for s, n := range k.count {
		if n >= least && k.holds(s, figures) {
			return true
		}
	}
	return false
}

func (k *Known) holds(sentence int32, figures []string) bool {
	for _, f := range figures {
		found := false
		for _, s := range k.at[f] {
			if s == sentence {
				found = true
				break
			}
		}
		if !found {
			return false
		}
	}
	return true
}

func (k *Known) hold(words []string) {
	if len(k.words) >= mostHeld {
		return
	}
	n := int32(len(k.words))
	k.words = append(k.words, int16(min(len(words), 1<<14)))
	for _, w := range words {
		k.at[strings.Clone(w)] = append(k.at[w], n)
	}
}
