package templates

import (
	"context"
	"strings"
)

// LanguageName is what a language is called, its tag where the catalogue has no word
// for it.
func LanguageName(ctx context.Context, tag string) string {
	base, rest, _ := strings.Cut(tag, "-")
	name, ok := wordsOf(ctx).Text["language."+base]
	switch {
	case !ok:
		return tag
	case rest != "":
		return name + " (" + strings.ToUpper(rest) + ")"
	}
	return name
}
