package keep

import (
	"unicode/utf8"

	"backfile/internal/news"
	"backfile/internal/text"
)

// What is left of a highlight for it to count as reworded, of a hundred words: of the
// highlight itself, and of it with what stood around it.
const (
	leftOfWords  = 50
	leftOfAround = 55
)

// align finds a passage that does not stand as it was: its words, with what stood around
// them, are laid beside the words of the text with as few changes as there are. It takes
// time in proportion to the text, and to the square of the passage.
func align(p *news.Passage, t string) Anchored {
	want, from, to := pattern(p)
	have := tokens(t)
	if to == from || len(have) == 0 {
		return Anchored{State: Lost}
	}
	lo, hi := window(want, have)
	have = have[lo:hi]
	at, changes := beside(want, have)
	if changes*100 > len(want)*(100-leftOfAround) {
		return Anchored{State: Lost}
	}
	kept, first, last := 0, -1, -1
	for i := from; i < to; i++ {
		if at[i] < 0 {
			continue
		}
		if have[at[i]].Fold == want[i] {
			kept++
		}
		if first < 0 {
			first = at[i]
		}
		last = at[i]
	}
	if first < 0 || kept*100 < (to-from)*leftOfWords {
		return Anchored{State: Lost}
	}
	state := Reworded
	if kept == to-from && last-first+1 == to-from {
		state = Stands
	}
	// The signs at the ends, such as quotation marks, are part of it where they still stand.
	ends := tokens(p.Exact)
	before, behind := "", ""
	if at[from] >= 0 {
		before = p.Exact[:ends[0].Start]
	}
	if at[to-1] >= 0 {
		behind = p.Exact[ends[len(ends)-1].End:]
	}
	r := withSigns(t, text.Range{Start: have[first].Start, End: have[last].End}, before, behind)
	return Anchored{state, r.Start, r.End}
}

// pattern is the folded words of a passage between those that stood around it; the
// passage's own are those from from to to. A word at the outer end that may have been
// parted is left out.
func pattern(p *news.Passage) (words []string, from, to int) {
	before, behind := folds(tokens(p.Prefix)), folds(tokens(p.Suffix))
	if utf8.RuneCountInString(p.Prefix) >= news.PassageContext && len(before) > 0 {
		before = before[1:]
	}
	if utf8.RuneCountInString(p.Suffix) >= news.PassageContext && len(behind) > 0 {
		behind = behind[:len(behind)-1]
	}
	words = append(words, before...)
	from = len(words)
	words = append(words, folds(tokens(p.Exact))...)
	to = len(words)
	return append(words, behind...), from, to
}

// window is the stretch of a text, three times as long as the pattern, in the middle of
// which the most words of the pattern stand side by side.
func window(want []string, have []text.Token) (lo, hi int) {
	m := len(want)
	if len(have) <= 3*m {
		return 0, len(have)
	}
	left := map[string]int{} // of each word of the pattern, how many the stretch lacks
	for _, w := range want {
		left[w]++
	}
	in, most, best := 0, -1, 0
	for i, t := range have {
		if n, ok := left[t.Fold]; ok {
			if n > 0 {
				in++
			}
			left[t.Fold] = n - 1
		}
		if out := i - m; out >= 0 {
			if n, ok := left[have[out].Fold]; ok {
				if n >= 0 {
					in--
				}
				left[have[out].Fold] = n + 1
			}
		}
		if in > most {
			most, best = in, i+1
		}
	}
	return max(0, best-2*m), min(len(have), best+m)
}

// beside lays the words of a pattern beside a stretch of a text, of which the ends cost
// nothing (Sellers 1980). It returns for each word of the pattern the place of the one
// beside it, -1 where it has none, and how many words were changed, left out or put in.
func beside(want []string, have []text.Token) (at []int, changes int) {
	m, n := len(want), len(have)
	cost := make([]int32, (m+1)*(n+1))
	row := func(i int) []int32 { return cost[i*(n+1) : (i+1)*(n+1)] }
	for i := 1; i <= m; i++ {
		above, here := row(i-1), row(i)
		here[0] = int32(i)
		for j := 1; j <= n; j++ {
			c := above[j-1]
			if want[i-1] != have[j-1].Fold {
				c++
			}
			here[j] = min(c, above[j]+1, here[j-1]+1)
		}
	}
	end := 0
	for j, c := range row(m) {
		if c < row(m)[end] {
			end = j
		}
	}
	at = make([]int, m)
	for i := range at {
		at[i] = -1
	}
	for i, j := m, end; i > 0; {
		here := row(i)[j]
		same := int32(1)
		if j > 0 && want[i-1] == have[j-1].Fold {
			same = 0
		}
		switch {
		case j > 0 && here == row(i - 1)[j-1]+same:
			at[i-1] = j - 1
			i, j = i-1, j-1
		case here == row(i - 1)[j]+1:
			i--
		default:
			j--
		}
	}
	return at, int(row(m)[end])
}
