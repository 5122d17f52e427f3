package templates

import (
	"cmp"
	"context"
	"maps"
	"regexp"
	"slices"
	"strings"
	"sync"
)

// Reason is why something was not done, in the language of ctx's pages. Errors are said in
// English all over the program, for the log and the API; a page finds the catalogue's
// sentence by their words. One that the catalogue has not stays as it is, and its language
// is "en" then, for an attribute.
func Reason(ctx context.Context, english string) (said, lang string) {
	w := wordsOf(ctx)
	if w == English {
		return english, w.Lang
	}
	for _, p := range reasonPatterns() {
		m := p.words.FindStringSubmatch(english)
		if m == nil {
			continue
		}
		if _, ok := w.Text[p.key]; !ok {
			break
		}
		args := make([]any, len(m)-1)
		for i, s := range m[1:] {
			args[i] = strings.Trim(s, `"`)
		}
		return w.say(p.key, args...), w.Lang
	}
	return english, English.Lang
}

type reasonPattern struct {
	key   string
	words *regexp.Regexp
}

// reasonPatterns find the key of an English reason: those with the most words of their own
// first.
var reasonPatterns = sync.OnceValue(func() []reasonPattern {
	var out []reasonPattern
	for _, key := range sortedKeys(englishReasons) {
		s := strings.ReplaceAll(regexp.QuoteMeta(englishReasons[key]), "%s", "(.+?)")
		out = append(out, reasonPattern{key, regexp.MustCompile(`^(?s:` + s + `)$`)})
	}
	return out
})

// sortedKeys are the keys of sentences, those with the longest sentences first.
func sortedKeys(m map[string]string) []string {
	return slices.SortedFunc(maps.Keys(m), func(a, b string) int {
		return cmp.Or(len(m[b])-len(m[a]), cmp.Compare(a, b))
	})
}
