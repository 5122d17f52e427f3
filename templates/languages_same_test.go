package templates

// sameWords are the keys of what is the same in a language as in English.
var sameWords = map[string][]string{
	"de": {},
	"fr": {},
	"es": {},
	"ar": {},
}
