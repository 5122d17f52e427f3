package index

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"sync"
	"time"
	"unicode/utf8"

	language "backfile/internal/search"

	segment "github.com/blevesearch/scorch_segment_api/v2"
	"github.com/blevesearch/vellum/levenshtein"
)

// vocabularyFields are the fields that together have every word of the texts of
// articles as it is written, folded.
var vocabularyFields = []string{fieldWord}

const (
	// vocabularyTime bounds one look into the dictionary. What was found by then is
	// the answer.
	vocabularyTime = 100 * time.Millisecond
	// maxSimilar is the longest word, in bytes, that others are compared with.
	maxSimilar = 40
	// twoEditsFrom is the length in letters from which a word may differ in two: half
	// of all short words do.
	twoEditsFrom = 5
)

// Words returns the words of the archive that begin with prefix, which is folded
// (text.FoldWord), the most frequent first, up to most of them, with about how many
// articles have each: versions that were superseded count too. Words that articles
// lost since may be among them. It looks for at most a tenth of a second; of a prefix so
// short that this is not enough it returns those it met. An empty prefix has none.
func (x *Index) Words(ctx context.Context, prefix string, most int) ([]language.Count, error) {
	if prefix == "" || most <= 0 {
		return nil, nil
	}
	all, err := x.vocabulary(ctx, nil, []byte(prefix), after(prefix))
	if err != nil {
		return nil, fmt.Errorf("look for words with %q: %w", prefix, err)
	}
	return first(all, most, func(a, b language.Count) int {
		return cmp.Or(cmp.Compare(b.N, a.N), cmp.Compare(a.Value, b.Value))
	}), nil
}

// Similar returns the words of the archive that a folded word may be a slip of: those
// one or two edits away (two letters that changed places are one edit), the most
// probable first, up to most of them, with counts as Words has them. A frequent word
// goes before a rare one, one edit before two, and the same first letter before
// another. The word itself is not among them. Words of fewer than three letters have
// none; those of four and fewer one edit. It takes as long as Words.
func (x *Index) Similar(ctx context.Context, word string, most int) ([]language.Count, error) {
	letters := utf8.RuneCountInString(word)
	if letters < 3 || len(word) > maxSimilar || most <= 0 {
		return nil, nil
	}
	edits := 1
	if letters >= twoEditsFrom {
		edits = 2
	}
	dfa, err := slips()[edits].BuildDfa(word, uint8(edits))
	if errors.Is(err, levenshtein.ErrTooManyStates) {
		return nil, nil
	}
	if err != nil {
		return nil, fmt.Errorf("look for words like %q: %w", word, err)
	}
	all, err := x.vocabulary(ctx, dfa, nil, nil)
	if err != nil {
		return nil, fmt.Errorf("look for words like %q: %w", word, err)
	}
	initial, _ := utf8.DecodeRuneInString(word)
	likely := make(map[string]float64, len(all))
	all = slices.DeleteFunc(all, func(c language.Count) bool { return c.Value == word })
	for _, c := range all {
		p := float64(c.N)
		if _, d := dfa.MatchAndDistance(c.Value); d > 1 {
			p /= 50
		}
		if r, _ := utf8.DecodeRuneInString(c.Value); r != initial {
			p /= 10
		}
		likely[c.Value] = p
	}
	return first(all, most, func(a, b language.Count) int {
		return cmp.Or(cmp.Compare(likely[b.Value], likely[a.Value]), cmp.Compare(a.Value, b.Value))
	}), nil
}

// slips are what makes automata of words within so many edits; making these takes
// some milliseconds, once.
var slips = sync.OnceValue(func() (out [3]*levenshtein.LevenshteinAutomatonBuilder) {
	for edits := 1; edits < len(out); edits++ {
		b, err := levenshtein.NewLevenshteinAutomatonBuilder(uint8(edits), true)
		if err != nil {
			panic(err) // only ever a distance out of range
		}
		out[edits] = b
	}
	return out
})

// after is the first word behind all that begin with prefix; nil where there is none.
func after(prefix string) []byte {
	end := []byte(prefix)
	for i := len(end) - 1; i >= 0; i-- {
		if end[i] < 0xff {
			end[i]++
			return end[:i+1]
		}
	}
	return nil
}

// vocabulary gathers the words that the automaton takes (all where it is nil), from
// the first to before the last (without bounds where these are nil).
func (x *Index) vocabulary(ctx context.Context, a segment.Automaton, first, last []byte) ([]language.Count, error) {
	x.mu.RLock()
	defer x.mu.RUnlock()
	if x.closed {
		return nil, errClosed
	}
	v, err := x.now.acquire()
	if err != nil {
		return nil, err
	}
	defer v.release()
	end := time.Now().Add(vocabularyTime)
	total := map[string]int{}
	for i := range v.segments {
		in := map[string]int{} // of this segment: a word in two fields of an article is one
		for _, name := range vocabularyFields {
			dict, err := v.segments[i].Segment().Dictionary(name)
			if err != nil {
				return nil, fmt.Errorf("read words of %s: %w", name, err)
			}
			it := dict.AutomatonIterator(a, first, last)
			for n := 0; ; n++ {
				if n&0xff == 0xff {
					if err := ctx.Err(); err != nil {
						return nil, err
					}
					if time.Now().After(end) {
						break
					}
				}
				e, err := it.Next()
				if err != nil {
					return nil, fmt.Errorf("read words of %s: %w", name, err)
				}
				if e == nil {
					break
				}
				in[e.Term] = max(in[e.Term], int(e.Count))
			}
		}
		for w, n := range in {
			total[w] += n
		}
	}
	out := make([]language.Count, 0, len(total))
	for w, n := range total {
		if !strings.ContainsRune(w, utf8.RuneError) { // cut off in the middle of a letter
			out = append(out, language.Count{Value: w, N: n})
		}
	}
	return out, nil
}
