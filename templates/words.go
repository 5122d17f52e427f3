// Package templates holds the pages: view structs shaped like what is shown, the
// components that render them, and the catalogue of every visible word.
//
// # Caveats
//
// Components are pure: time, counts and addresses come in with the view. No view
// carries markup; templ escapes every string.
package templates

import (
	"context"
	"fmt"
	"strings"
)

// Words are the visible words of one language. A key that is missing shows as
// itself, so that a page is never lost for a word; a test finds such keys.
type Words struct {
	// Lang is the language's BCP 47 tag.
	Lang string
	// Text has the sentences, by key. A sentence that counts has its forms
	// under key + ".one", ".other" and so on.
	Text map[string]string
	// Form names the plural form of n.
	Form func(n int) string
	// Months and MonthsShort are in the order of the year, Weekdays from Monday.
	Months, MonthsShort, Weekdays [12]string
}

// together is one catalogue of several parts, whose keys are different.
func together(parts ...map[string]string) map[string]string {
	all := map[string]string{}
	for _, p := range parts {
		for k, v := range p {
			all[k] = v
		}
	}
	return all
}

type wordsKey struct{}

// WithWords returns a context whose pages are in w.
func WithWords(ctx context.Context, w *Words) context.Context {
	return context.WithValue(ctx, wordsKey{}, w)
}

// wordsOf is the catalogue of ctx, English where none is set.
func wordsOf(ctx context.Context) *Words {
	if w, ok := ctx.Value(wordsKey{}).(*Words); ok && w != nil {
		return w
	}
	return English
}

// Say is the sentence of that key, with args in the places of its verbs.
func Say(ctx context.Context, key string, args ...any) string {
	return wordsOf(ctx).say(key, args...)
}

func (w *Words) say(key string, args ...any) string {
	s, ok := w.Text[key]
	if !ok {
		return key
	}
	if len(args) == 0 {
		return s
	}
	return fmt.Sprintf(s, args...)
}

// Count is the sentence of that key in the form that n asks for. The number
// itself, grouped, is the sentence's first argument, args are the others.
func Count(ctx context.Context, key string, n int, args ...any) string {
	w := wordsOf(ctx)
	form := key + "." + w.Form(n)
	if _, ok := w.Text[form]; !ok {
		form = key + ".other"
	}
	return w.say(form, append([]any{Number(n)}, args...)...)
}

// Number is n with its thousands parted by commas.
func Number(n int) string {
	if n < 0 {
		return "−" + Number(-n)
	}
	s := fmt.Sprint(n)
	var b strings.Builder
	for i, c := range s {
		if i > 0 && (len(s)-i)%3 == 0 {
			b.WriteByte(',')
		}
		b.WriteRune(c)
	}
	return b.String()
}

// And joins names as a sentence does: "A", "A and B", "A, B and C".
func And(ctx context.Context, names []string) string {
	if len(names) < 2 {
		return strings.Join(names, "")
	}
	last := len(names) - 1
	return Say(ctx, "and", strings.Join(names[:last], ", "), names[last])
}
