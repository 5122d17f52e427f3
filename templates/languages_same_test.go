package templates

// sameWords are the keys of what is the same in a language as in English, "" in all.
var sameWords = map[string][]string{
	"":   {"take.atom", "take.bib", "take.csl.json", "take.jsonfeed", "take.jsonl", "take.ris"},
	"de": {"entity.lies", "feeds.col.feed", "language.hi", "language.ur", "list.name", "names.name", "nav.feeds", "receipt.name", "repair.rename.name", "repair.split.name", "suggest.organisation", "suggest.person"},
	"fr": {
		"articles.one", "articles.other", "asked.start", "author.articles", "coverage.key.reported", "facet.organisation", "family.date", "feed.home",
		"kept.notes.one", "kept.notes.other", "kind.opinion", "list.note", "meant.finds.one", "meant.finds.other", "names.articles", "nav.organisations",
		"notes.note", "notes.then", "set.articles", "set.col.articles", "story.figures.source", "suggest.articles.one", "suggest.articles.other", "suggest.headline",
		"suggest.label", "suggest.organisation", "suggest.said.one", "suggest.said.other", "version", "version.n", "versions.one", "versions.other",
		"versions.title",
	},
	"es": {"desk.bytes", "take.jsonl", "take.ris", "take.bib", "take.csl.json", "take.atom", "take.jsonfeed"},
	"ar": {"take.jsonl", "take.ris", "take.bib", "take.csl.json", "take.atom", "take.jsonfeed"},
}
