package index

import "math"

// How much a word counts for an article is BM25F (Robertson, Zaragoza and Taylor, "Simple
// BM25 extension to multiple weighted fields", CIKM 2004) with one simplification: a
// body's length is compared with a fixed one, not with the archive's mean. So the weight
// of a word in an article depends on that article alone, is computed once, when the
// article is indexed, and is kept with the word: see class.
const (
	k1 = 1.2
	b  = 0.5
	// pivotWords is the length of a body that neither gains nor loses by it, pivotHeadline
	// that of a headline; bHeadline is a headline's b.
	pivotWords    = 300
	bHeadline     = 0.4
	pivotHeadline = 8
	// briefWords is the length below which a body gains no more: what is said in one line
	// of a brief is not worth more than a headline.
	briefWords = 100
	// How many times over a word counts that stands in the headline; in standfirst,
	// captions, byline or dateline; and in the first words of the body, beyond the once
	// that it counts there.
	headlineWeight = 5
	restWeight     = 2
	leadWeight     = 0.5
	// leadWords is how many words of a body are its lead.
	leadWords = 60
)

// occurrences is how often one word stands in an article's texts. body counts those of the
// lead too.
type occurrences struct{ headline, rest, lead, body int }

// times is how often in all.
func (o occurrences) times() int { return o.headline + o.rest + o.body }

// lengthNorm is what occurrences in a body of so many words are divided by.
func lengthNorm(words int) float64 { return 1 - b + b*float64(max(words, briefWords))/pivotWords }

// headlineNorm is what occurrences in a headline of so many words are divided by.
func headlineNorm(words int) float64 {
	return 1 - bHeadline + bHeadline*float64(words)/pivotHeadline
}

// weight is the BM25F pseudo-frequency of a word in an article whose body and headline are
// so long.
func (o occurrences) weight(bodyWords, headlineWords int) float64 {
	return headlineWeight*float64(o.headline)/headlineNorm(headlineWords) + restWeight*float64(o.rest) +
		(float64(o.body)+leadWeight*float64(o.lead))/lengthNorm(bodyWords)
}

// saturate is BM25's part of a score that is not the word's rarity: from 0 up to but
// without k1+1.
func saturate(weight float64) float64 { return weight * (k1 + 1) / (weight + k1) }

// A class is what a posting says about a word in an article, in one byte: whether it stands there several times, whether in
// the headline, whether in the body, and how much it counts there, in one of levels equal steps.
// So nothing is worked out from frequencies and lengths when somebody searches, and what counts
// most is found without a look at the rest.
type class byte

const (
	levels      = 32
	several     = class(1) << 7 // the stem stands there more than once; for nothing but phrases
	inHeadline  = class(1) << 6
	inBody      = class(1) << 5
	levelMask   = class(levels - 1)
	anyClass    = class(0)
	classMarker = 0 // parts an entity's key from its class, and a stem from its language: it is in neither
)

// class is the class of a word in a document.
func (o occurrences) class(bodyWords, headlineWords int) class {
	c := class(min(levels-1, int(saturate(o.weight(bodyWords, headlineWords))/(k1+1)*levels)))
	if o.headline > 0 {
		c |= inHeadline
	}
	if o.body > 0 {
		c |= inBody
	}
	return c
}

// levelScores are what an article of each level scores, before the word's rarity.
var levelScores = func() (out [levels]float32) {
	for i := range out {
		out[i] = float32((float64(i) + 0.5) / levels * (k1 + 1))
	}
	return out
}()

// rarity is the inverse document frequency of BM25 of what df of n articles have.
func rarity(df, n int) float64 {
	d := min(float64(df), float64(n))
	return math.Log1p((float64(n) - d + 0.5) / (d + 0.5))
}
