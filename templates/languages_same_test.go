package templates

// sameWords are the keys of what is the same in a language as in English.
var sameWords = map[string][]string{
	"de": {},
	"fr": {},
	"es": {"desk.bytes", "take.jsonl", "take.ris", "take.bib", "take.csl.json", "take.atom", "take.jsonfeed"},
	"ar": {"take.jsonl", "take.ris", "take.bib", "take.csl.json", "take.atom", "take.jsonfeed"},
}
