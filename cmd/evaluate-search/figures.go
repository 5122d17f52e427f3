package main

import (
	"backfile/internal/measured"
	"backfile/internal/relevance"
)

// figures are the measures that floors may be set for.
func figures(suite string, answers []relevance.Answer) []measured.Figure {
	_, even := relevance.Halves(answers)
	all, out := relevance.Summarise(answers), relevance.Summarise(even)
	return []measured.Figure{
		measured.Of(suite, "queries", float64(all.Queries)), measured.Of(suite, "mrr", all.MRR), measured.Of(suite, "recall", all.Recall), measured.Of(suite, "hold", all.Held),
		measured.Of(suite, "shown", all.Shown), measured.Of(suite, "even-mrr", out.MRR), measured.Of(suite, "even-recall", out.Recall),
	}
}
