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
// lost since may be among them. Where very many words begin so, they are chosen among those of
// the largest segments. It looks for at most a tenth of a second; of a prefix so
// short that this is not enough it returns those it met. An empty prefix has none.
func (x *Index) Words(ctx context.Context, prefix string, most int) (out []language.Count, err error) {
	if prefix == "" || most <= 0 {
		return nil, nil
	}
	err = x.inVocabulary(ctx, func(look *wordLook) error {
		met := 0
		for _, seg := range look.segments {
			if len(look.total) >= enoughWords {
				break
			}
			if err := look.in(seg, nil, []byte(prefix), after(prefix)); err != nil {
				return err
			}
			met++
		}
		out = look.first(4 * most)
		// The rest of the segments say how many of their articles have these.
		for _, seg := range look.segments[met:] {
			for i := range out {
				n, err := look.count(seg, out[i].Value)
				if err != nil {
					return err
				}
				out[i].N += n
			}
		}
		out = first(out, most, byFrequency)
		return nil
	})
	if err != nil {
		return nil, fmt.Errorf("look for words with %q: %w", prefix, err)
	}
	return out, nil
}

// enoughWords is of how many words the most frequent are chosen; a variable for tests.
var enoughWords = 1000

func byFrequency(a, b language.Count) int {
	return cmp.Or(cmp.Compare(b.N, a.N), cmp.Compare(a.Value, b.Value))
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
	var all []language.Count
	err = x.inVocabulary(ctx, func(look *wordLook) error {
		for _, seg := range look.segments {
			if err := look.in(seg, dfa, nil, nil); err != nil {
				return err
			}
		}
		all = look.first(0)
		return nil
	})
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

// wordLook is one look into the dictionaries of segments, which are in order of their size, the
// largest first.
type wordLook struct {
	ctx      context.Context
	segments []*viewSegment
	end      time.Time
	total    map[string]int
}

// inVocabulary calls f with a look into the dictionaries.
func (x *Index) inVocabulary(ctx context.Context, f func(*wordLook) error) error {
	v, release, err := x.hold()
	if err != nil {
		return err
	}
	defer release()
	look := &wordLook{ctx: ctx, end: time.Now().Add(vocabularyTime), total: map[string]int{}}
	for i := range v.segments {
		look.segments = append(look.segments, &v.segments[i])
	}
	slices.SortStableFunc(look.segments, func(a, b *viewSegment) int { return b.n - a.n })
	return f(look)
}

// in counts the words of a segment that the automaton takes (all where it is nil), from
// the first to before the last (without bounds where these are nil).
func (l *wordLook) in(seg *viewSegment, a segment.Automaton, first, last []byte) error {
	dict, err := seg.Segment().Dictionary(fieldWord)
	if err != nil {
		return fmt.Errorf("read words: %w", err)
	}
	it := dict.AutomatonIterator(a, first, last)
	for n := 0; ; n++ {
		if n&0xff == 0xff {
			if err := l.ctx.Err(); err != nil {
				return err
			}
			if time.Now().After(l.end) {
				return nil
			}
		}
		e, err := it.Next()
		if err != nil {
			return fmt.Errorf("read words: %w", err)
		}
		if e == nil {
			return nil
		}
		l.total[e.Term] += int(e.Count)
	}
}

// count is how many documents of a segment have a word; 0 where time is up.
func (l *wordLook) count(seg *viewSegment, word string) (int, error) {
	if err := l.ctx.Err(); err != nil || time.Now().After(l.end) {
		return 0, err
	}
	m, err := postings(seg.Segment(), fieldWord, word)
	if err != nil {
		return 0, err
	}
	return int(m.GetCardinality()), nil
}

// first are the most frequent of the words met, all where most is 0.
func (l *wordLook) first(most int) []language.Count {
	out := make([]language.Count, 0, len(l.total))
	for w, n := range l.total {
		if !strings.ContainsRune(w, utf8.RuneError) { // cut off in the middle of a letter
			out = append(out, language.Count{Value: w, N: n})
		}
	}
	return first(out, most, byFrequency)
}
