package keep

import (
	"cmp"
	"strings"
	"unicode/utf8"

	"backfile/internal/news"
	"backfile/internal/text"
)

// State is what became of a highlight in a text.
type State string

// The states.
const (
	// Stands: the words are there, as they were but for capitals, accents and the signs
	// between them.
	Stands State = "stands"
	// Reworded: some of the words are others now.
	Reworded State = "reworded"
	// Lost: the words are not there any more.
	Lost State = "lost"
)

// Anchored is where a highlight stands in a text; Start and End are byte offsets into the
// field of the passage, and 0 for one that is lost.
type Anchored struct {
	State      State
	Start, End int
}

// The bounds of looking for a highlight.
const (
	// maxFound is how many places of the same words are looked at.
	maxFound = 2000
	// Words that stand for themselves: fewer must stand between what stood around them.
	enoughWords = 5
	enoughRunes = 28
	// enoughAround is how many characters on one side, or on both together, tell that the
	// words are in the sentence that they were in.
	enoughAround = 12
)

// Anchor finds a highlight in an article: another version of the one it was made in.
func Anchor(p *news.Passage, a *news.Article) Anchored {
	t := a.Field(p.Field)
	if p.Erased() || t == "" {
		return Anchored{State: Lost}
	}
	best, around := -1, -1
	n := 0
	for at := strings.Index(t, p.Exact); at >= 0 && n < maxFound; n++ {
		score := shared(p, t, at, at+len(p.Exact))
		if score > around || score == around && distance(at, p.Start) < distance(best, p.Start) {
			best, around = at, score
		}
		_, size := utf8.DecodeRuneInString(t[at:])
		next := strings.Index(t[at+size:], p.Exact)
		if next < 0 {
			break
		}
		at += size + next
	}
	if best >= 0 && (tells(p.Exact) || around >= enoughAround || around >= runes(p.Prefix)+runes(p.Suffix)) {
		return Anchored{Stands, best, best + len(p.Exact)}
	}
	return align(p, t)
}

func runes(s string) int { return utf8.RuneCountInString(s) }

func distance(a, b int) int { return max(a-b, b-a) }

// tells reports whether words are enough to be known by themselves.
func tells(s string) bool {
	return runes(s) >= enoughRunes && text.Words(s) >= enoughWords
}

// shared is how many characters of what stood around a passage stand around that place.
func shared(p *news.Passage, t string, start, end int) int {
	n := 0
	before, was := t[:start], p.Prefix
	for was != "" && before != "" {
		a, size := utf8.DecodeLastRuneInString(was)
		b, size2 := utf8.DecodeLastRuneInString(before)
		if a != b {
			break
		}
		was, before = was[:len(was)-size], before[:len(before)-size2]
		n++
	}
	behind, was := t[end:], p.Suffix
	for was != "" && behind != "" {
		a, size := utf8.DecodeRuneInString(was)
		b, size2 := utf8.DecodeRuneInString(behind)
		if a != b {
			break
		}
		was, behind = was[size:], behind[size2:]
		n++
	}
	return n
}

// Locate finds words that a reader quotes in an article: exactly, else with other
// spaces, capitals or signs between the words. Of several places it takes the one with
// the most of prefix and suffix around it, else the first; n is how many there are. It
// looks through the body, the headline and the standfirst in this order; n is 0 where
// none has the words.
func Locate(a *news.Article, quote, prefix, suffix string) (p *news.Passage, n int) {
	quote = strings.TrimSpace(quote)
	for _, field := range news.PassageFields {
		t := a.Field(field)
		at, n := locate(t, quote, prefix, suffix)
		if n == 0 {
			continue
		}
		if p, ok := news.NewPassage(field, t, at.Start, at.End); ok {
			return p, n
		}
	}
	return nil, 0
}

func locate(t, quote, prefix, suffix string) (best text.Range, n int) {
	want := tokens(quote)
	if len(want) == 0 {
		return best, 0
	}
	have := tokens(t)
	before, behind := folds(tokens(prefix)), folds(tokens(suffix))
	score := -1
	for i := 0; i+len(want) <= len(have) && n < maxFound; i++ {
		j := 0
		for j < len(want) && have[i+j].Fold == want[j].Fold {
			j++
		}
		if j < len(want) {
			continue
		}
		n++
		r := text.Range{Start: have[i].Start, End: have[i+len(want)-1].End}
		r = withSigns(t, r, quote[:want[0].Start], quote[want[len(want)-1].End:])
		s := 0
		for k := 1; k <= len(before) && i-k >= 0 && have[i-k].Fold == before[len(before)-k]; k++ {
			s += 2
		}
		for k := 0; k < len(behind) && i+len(want)+k < len(have) && have[i+len(want)+k].Fold == behind[k]; k++ {
			s += 2
		}
		if t[r.Start:r.End] == quote {
			s++
		}
		if s > score {
			best, score = r, s
		}
	}
	return best, n
}

// withSigns widens a range of words by the signs before and behind them that were quoted
// too and stand there.
func withSigns(t string, r text.Range, before, behind string) text.Range {
	for before != "" {
		a, size := utf8.DecodeLastRuneInString(before)
		b, size2 := utf8.DecodeLastRuneInString(t[:r.Start])
		if a != b {
			break
		}
		before, r.Start = before[:len(before)-size], r.Start-size2
	}
	for behind != "" && r.End < len(t) {
		a, size := utf8.DecodeRuneInString(behind)
		b, size2 := utf8.DecodeRuneInString(t[r.End:])
		if a != b {
			break
		}
		behind, r.End = behind[size:], r.End+size2
	}
	return r
}

func tokens(s string) []text.Token {
	var out []text.Token
	for t := range text.Tokens(s) {
		out = append(out, t)
	}
	return out
}

func folds(ts []text.Token) []string {
	out := make([]string, len(ts))
	for i, t := range ts {
		out[i] = t.Fold
	}
	return out
}

// Compare orders annotations by where they stand: those of the headline first, then of
// the standfirst, then of the body by their place, and behind them notes on the whole.
func Compare(a, b *news.Annotation) int {
	rank := func(x *news.Annotation) (int, int) {
		if x.Passage == nil {
			return 3, 0
		}
		switch x.Passage.Field {
		case news.FieldHeadline:
			return 0, x.Passage.Start
		case news.FieldStandfirst:
			return 1, x.Passage.Start
		}
		return 2, x.Passage.Start
	}
	ra, sa := rank(a)
	rb, sb := rank(b)
	return cmp.Or(ra-rb, sa-sb, a.Created.Compare(b.Created), cmp.Compare(a.ID, b.ID))
}
