package story

import "math"

// Match is how well a report fits a story.
type Match struct {
	// Best is how like the report is to that of the story which is most like it.
	Best Likeness
	// First and Second are the scores of the two reports most like it.
	First, Second float64
	// RareWords, RareCapitals and RarePairs are what the rare words that it shares with
	// any report of the story are worth.
	RareWords, RareCapitals, RarePairs, NamePairs, RareNames float64
	// Days is how many days before it the story's last report was.
	Days float64
	// Reports is how many reports of the story are in the window.
	Reports int
}

// lone is the second score of a story of one report.
const lone = -8

// Features are what the score of a match is made of, one by one.
func (m Match) Features() [13]float64 {
	rw, rc := math.Log1p(m.RareWords), math.Log1p(m.RareCapitals)
	second := 0.0
	if m.Second > lone {
		second = max(m.Second, lone) - m.First
	}
	return [...]float64{m.First, second, m.Best.Words, m.Best.Capitals, m.Best.Names, rw, rc, rw * rc, math.Log1p(m.RarePairs), math.Log1p(m.NamePairs), math.Log1p(m.RareNames), math.Log1p(m.Days), 1}
}

// matchWeights are what the features count, learnt by logistic regression: see
// docs/stories.md.
var matchWeights = [13]float64{1.28, 0.02, -0.24, 2.00, -0.17, -0.43, -0.21, 2.26, 0.16, -1.14, -0.12, -0.76, -1.57}

// Score is above 0 where the report follows the story more likely than not.
func (m Match) Score() float64 {
	sum := 0.0
	for i, f := range m.Features() {
		sum += f * matchWeights[i]
	}
	return sum
}
