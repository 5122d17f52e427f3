package ingest

import (
	"iter"

	"backfile/internal/news"
)

// One yields one item of all: the article, where there is one beside what is no
// article, else what there is; or a refusal where there are several, of which none
// is then taken in. Another line of an export than an article's is refused too: who
// adds an article does not mean to restore a list, an event or an earlier version.
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
		switch {
		case !some:
		case got.beside():
			yield(Item{Source: got.Source, Refusal: news.Refuse(got.Source, "is another line of an export, and no article")})
		default:
			yield(got)
		}
	}
}

// beside reports whether an item is a line of an export beside its articles.
func (it *Item) beside() bool {
	return it.List != nil || it.Event != nil || it.Tombstone != nil || it.Subscription != nil || it.Ledger != nil || it.Notice != nil || it.Search != nil || it.Alert != nil || it.Receipt != nil || it.Annotation != nil || it.Mark != nil || it.earlier
}
