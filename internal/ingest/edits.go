package ingest

import (
	"backfile/internal/family"
	"backfile/internal/news"
)

// Edits are what each of an article's versions changed of the one before it, by its
// place in vs: the first's is empty. They are nil for a single version.
func Edits(vs []news.Version) []news.Edit {
	if len(vs) < 2 {
		return nil
	}
	out := make([]news.Edit, len(vs))
	for i := 1; i < len(vs); i++ {
		ds := family.Compare(&vs[i-1].Article, &vs[i].Article)
		out[i].Lost, out[i].LostWords = family.Lost(ds)
		out[i].Gained, out[i].GainedWords = family.Gained(ds)
	}
	return out
}
