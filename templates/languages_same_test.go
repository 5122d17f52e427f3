package templates

// sameWords are the keys of what is the same in a language as in English, "" in all.
var sameWords = map[string][]string{
	"":   {"take.atom", "take.bib", "take.csl.json", "take.jsonfeed", "take.jsonl", "take.ris"},
	"de": {"entity.lies", "feeds.col.feed", "language.hi", "language.ur", "list.name", "names.name", "nav.feeds", "receipt.name", "repair.rename.name", "repair.split.name", "suggest.organisation", "suggest.person"},
	"fr": {},
	"es": {"desk.bytes", "take.jsonl", "take.ris", "take.bib", "take.csl.json", "take.atom", "take.jsonfeed"},
	"ar": {"take.jsonl", "take.ris", "take.bib", "take.csl.json", "take.atom", "take.jsonfeed"},
}
