package ingest

import (
	"iter"

	"backfile/internal/news"
)

// One yields one item of all: the article, where there is one beside what is no
// article, else what there is; or a refusal where there are several, of which none
// is then taken in.
func One(items iter.Seq[Item]) iter.Seq[Item] {
	return func(yield func(Item) bool) {
		var got Item
		some := false
		for it := range items {
			if it.Write != nil && got.Write != nil {
				yield(Item{Source: got.Source, Refusal: news.Refuse(got.Source, "holds more than one article")})
				return
			}
			if !some || it.Write != nil || got.Write == nil && it.Refusal != nil {
				got, some = it, true
			}
		}
		if some {
			yield(got)
		}
	}
}
