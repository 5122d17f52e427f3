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
	"strconv"
	"strings"
)

// Words are the visible words of one language, and how it writes numbers, dates and
// lists. A sentence that it lacks is said in English.
type Words struct {
	// Lang is the language's BCP 47 tag, Name what its speakers call it, Dir how it is
	// written: ltr or rtl.
	Lang, Name, Dir string
	// Draft says that the catalogue is not whole yet: readers are not offered it.
	Draft bool
	// Text has the sentences, by key. A sentence that counts has its forms
	// under key + ".one", ".other" and so on.
	Text map[string]string
	// Form names the plural form of n, one of Forms, as the plural rules of CLDR do.
	Form  func(n int) string
	Forms []string
	// Group parts the thousands of a number that has GroupFrom digits or more; Decimal
	// stands before its fraction, Percent behind a share.
	Group, Decimal, Percent string
	GroupFrom               int
	// Months and MonthsShort are in the order of the year, Weekdays and WeekdaysShort
	// from Monday.
	Months, MonthsShort     [12]string
	Weekdays, WeekdaysShort [7]string
	// First is the first day of a month where that is not written as the others are.
	First string
	// Dates are how a date is put together.
	Dates DatePatterns
	// Comma parts the names of a list but for the last two, which the sentence "and"
	// joins; And is used in its stead where it is set.
	Comma string
	And   func(before, last string) string
	// Quotes stand around words that somebody said.
	Quotes [2]string
}

// DatePatterns say how a language writes dates: {day}, {month}, {year} and {weekday} stand
// for themselves, {mon} for the month in short, {date} for the whole of a Day.
type DatePatterns struct {
	Day, Month, MonthDay, Short, Long string
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

// Lang is the BCP 47 tag of the language that ctx's pages are in.
func Lang(ctx context.Context) string { return wordsOf(ctx).Lang }

// Dir is how the language of ctx's pages is written: ltr or rtl.
func Dir(ctx context.Context) string { return wordsOf(ctx).Dir }

// Say is the sentence of that key, with args in the places of its verbs.
func Say(ctx context.Context, key string, args ...any) string {
	return wordsOf(ctx).say(key, args...)
}

// sentence is the sentence of that key as it stands in the catalogue, in English where the
// language has none.
func (w *Words) sentence(key string) (string, bool) {
	s, ok := w.Text[key]
	if !ok {
		s, ok = English.Text[key]
	}
	return s, ok
}

func (w *Words) say(key string, args ...any) string {
	s, ok := w.sentence(key)
	if !ok {
		return key
	}
	return fill(s, w.apart(args))
}

// Count is the sentence of that key in the form that n asks for. The number
// itself, grouped, is the sentence's first argument, args are the others.
func Count(ctx context.Context, key string, n int, args ...any) string {
	w := wordsOf(ctx)
	args = append([]any{w.number(n)}, w.apart(args)...)
	for _, form := range []string{w.Form(n), "other"} {
		if s, ok := w.Text[key+"."+form]; ok {
			return fill(s, args)
		}
	}
	form := English.Form(n)
	if _, ok := English.Text[key+"."+form]; !ok {
		form = "other"
	}
	return English.say(key+"."+form, args...)
}

// fill is s with args in the places of its verbs: %s for the next, %[2]s for the second,
// %% for a percent sign. A form need not say its number ("one article"), so that a verb
// may be missing; one too many stands for nothing.
func fill(s string, args []any) string {
	if !strings.Contains(s, "%") {
		return s
	}
	var b strings.Builder
	next := 0
	for {
		i := strings.IndexByte(s, '%')
		if i < 0 || i+1 == len(s) {
			return b.String() + s
		}
		b.WriteString(s[:i])
		s = s[i+1:]
		if s[0] == '%' {
			b.WriteByte('%')
			s = s[1:]
			continue
		}
		if s[0] == '[' {
			at, rest, _ := strings.Cut(s[1:], "]")
			n, _ := strconv.Atoi(at)
			next, s = n-1, rest
		}
		if len(s) > 0 {
			s = s[1:]
		}
		if next >= 0 && next < len(args) {
			fmt.Fprint(&b, args[next])
		}
		next++
	}
}

// And joins names as a sentence does: "A", "A and B", "A, B and C".
func And(ctx context.Context, names []string) string {
	if len(names) < 2 {
		return strings.Join(names, "")
	}
	w, last := wordsOf(ctx), len(names)-1
	names = w.apartAll(names)
	before := strings.Join(names[:last], w.Comma)
	if w.And != nil {
		return w.And(before, names[last])
	}
	return w.say("and", before, names[last])
}

// Listed is names one behind another, with nothing before the last.
func Listed(ctx context.Context, names []string) string {
	w := wordsOf(ctx)
	return strings.Join(w.apartAll(names), w.Comma)
}

// Quoted is s between the language's quotation marks.
func Quoted(ctx context.Context, s string) string {
	w := wordsOf(ctx)
	return w.Quotes[0] + fmt.Sprint(w.apart([]any{s})...) + w.Quotes[1]
}
