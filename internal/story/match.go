package story

import "math"

// Match is how well a report fits a story.
type Match struct {
	// Best is how like the report is to that of the story which is most like it.
	Best Likeness
	// First and Second are the scores of the two reports most like it.
	First, Second float64
	// Rare is what the rare terms of each group are worth that it shares with any report
	// of the story.
	Rare [groups]float64
	// Near is the most that any report of the story has.
	Near float64
	// Days is how many days before it the story's last report was.
	Days float64
	// Reports is how many reports of the story are in the window.
	Reports int

	any bool // report was added
}

// lone is the second score of a story of one report.
const lone = -8

// add takes in how like the report is to one of the story.
func (m *Match) add(l Likeness) {
	if !m.any {
		*m = Match{First: lone, Second: lone, Days: l.Days, any: true}
	}
	m.Days = min(m.Days, l.Days)
	m.Near = max(m.Near, l.Near)
	switch score := l.Score(); {
	case score > m.First:
		m.Best, m.First, m.Second = l, score, m.First
	case score > m.Second:
		m.Second = score
	}
}

// done ends the adding up for a report, of which the story has some terms.
func (m *Match) done(v *vector, has *terms, reports int) {
	m.Reports = reports
	for i, x := range v.terms {
		if has[i/64]&(1<<(i%64)) != 0 {
			m.Rare[x.group] += float64(x.worth)
		}
	}
}

const matchFeatures = 13

// Features are what the score of a match is made of, one by one.
func (m Match) Features() [matchFeatures]float64 {
	second := 0.0
	if m.Second > lone {
		second = m.Second - m.First
	}
	return [...]float64{
		m.First, second, m.Best.Cosine[groupCapitals], m.Best.Cosine[groupSubjects], math.Log1p(m.Rare[groupWords]), math.Log1p(m.Rare[groupNamePairs]), math.Log1p(m.Rare[groupCountries]),
		math.Log1p(m.Near), math.Log1p(float64(m.Reports)), m.Best.Words, math.Log1p(m.Best.Half), min((m.Rare[groupWords]+m.Rare[groupCapitals])/6, 4), 1,
	}
}

// matchWeights are what the features count: see docs/stories.md.
var matchWeights = [matchFeatures]float64{0.99, 0.29, 0.56, -0.12, 0.52, 0.35, 0.38, -0.36, -1.41, 1.39, -0.07, -0.03, -0.17}

// Score is above 0 where the report follows the story more likely than not.
func (m Match) Score() float64 {
	sum := 0.0
	for i, f := range m.Features() {
		sum += f * matchWeights[i]
	}
	return sum
}
