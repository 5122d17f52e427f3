package templates

import (
	"context"
	"regexp"
	"slices"
	"strings"
	"testing"
	"unicode"

	"golang.org/x/text/feature/plural"
	"golang.org/x/text/language"
)

// TestLanguages holds every catalogue to the English one: each sentence is there, in each
// of the forms that the language counts by, with the same places for the same things.
func TestLanguages(t *testing.T) {
	for _, w := range Languages[1:] {
		t.Run(w.Lang, func(t *testing.T) {
			if lacks := missing(w); len(lacks) > 0 {
				say := t.Errorf
				if w.Draft {
					say = t.Logf
				}
				say("lacks %d sentences of %d: %q", len(lacks), len(wanted(w)), lacks)
			}
			want := wanted(w)
			for key, s := range w.Text {
				en, ok := want[key]
				if !ok {
					t.Errorf("%q is no sentence of the catalogue, or no form that the language has", key)
					continue
				}
				if s == "" || strings.Contains(s, "!") {
					t.Errorf("%q is %q: the voice is plain and calm", key, s)
				}
				checkVerbs(t, key, en, s)
				if s == en && hasWord(s) && !slices.Contains(sameWords[w.Lang], key) && !slices.Contains(sameWords[""], key) {
					t.Errorf("%q is %q in English too; say so in sameWords if it is right", key, s)
				}
			}
			for _, key := range sameWords[w.Lang] {
				if s, ok := w.Text[key]; ok && s != want[key] {
					t.Errorf("sameWords has %q, which is not the same", key)
				}
			}
		})
	}
}

// wanted are the keys that a language should have, with the English sentence of each.
func wanted(w *Words) map[string]string {
	out := map[string]string{}
	for key, s := range english {
		base, form, counts := countedKey(key)
		if !counts {
			out[key] = s
			continue
		}
		if form == "other" {
			for _, f := range w.Forms {
				if _, ok := english[base+"."+f]; !ok || f == "other" {
					out[base+"."+f] = s
				}
			}
		} else if slices.Contains(w.Forms, form) {
			out[key] = s
		}
	}
	return out
}

// countedKey takes the key of a form of a sentence that counts apart.
func countedKey(key string) (base, form string, counts bool) {
	at := strings.LastIndexByte(key, '.')
	if at < 0 {
		return key, "", false
	}
	base, form = key[:at], key[at+1:]
	if form != "one" && form != "other" {
		return key, "", false
	}
	_, one := english[base+".one"]
	_, other := english[base+".other"]
	return base, form, one && other
}

// mayLack is the form that falls back to "other" where it is missing: whole millions, and
// no article at all where the sentence of other articles is true of it.
var mayLack = map[string]string{"fr": "many", "es": "many", "ar": "zero"}

func missing(w *Words) []string {
	var out []string
	for key := range wanted(w) {
		if _, ok := w.Text[key]; ok {
			continue
		}
		if base, ok := strings.CutSuffix(key, "."+mayLack[w.Lang]); ok && english[key] == "" && w.Text[base+".other"] != "" {
			continue
		}
		out = append(out, key)
	}
	slices.Sort(out)
	return out
}

var verb = regexp.MustCompile(`%(?:\[(\d)\])?([a-z%])`)

// verbs are the arguments that a sentence shows.
func verbs(t *testing.T, key, s string) map[int]bool {
	t.Helper()
	out, next := map[int]bool{}, 1
	for _, m := range verb.FindAllStringSubmatch(s, -1) {
		if m[2] == "%" {
			continue
		}
		if m[2] != "s" && m[2] != "d" {
			t.Errorf("%q has the verb %s", key, m[0])
		}
		if m[1] != "" {
			next = int(m[1][0] - '0')
		}
		out[next] = true
		next++
	}
	if strings.Count(s, "%") != len(verb.FindAllString(s, -1))+strings.Count(s, "%%") {
		t.Errorf("%q has a loose percent sign: %q", key, s)
	}
	return out
}

func checkVerbs(t *testing.T, key, en, s string) {
	t.Helper()
	want, got := verbs(t, key, en), verbs(t, key, s)
	_, form, counts := countedKey(key)
	if !counts {
		if at := strings.LastIndexByte(key, '.'); at >= 0 {
			form = key[at+1:]
			_, counts = english[key[:at]+".other"]
		}
	}
	for n := range got {
		if !want[n] && !(counts && n == 1) {
			t.Errorf("%q shows its argument %d, which %q has not: %q", key, n, en, s)
		}
	}
	for n := range want {
		// "One article", "two articles" and "no article" say their number in a word.
		if !got[n] && !(counts && n == 1 && slices.Contains([]string{"zero", "one", "two"}, form)) {
			t.Errorf("%q does not show argument %d of %q: %q", key, n, en, s)
		}
	}
}

// hasWord reports whether a sentence has a word of its own that could be another.
func hasWord(s string) bool {
	return strings.IndexFunc(verb.ReplaceAllString(s, ""), unicode.IsLetter) >= 0
}

// TestForms compares the plural forms with CLDR's.
func TestForms(t *testing.T) {
	names := map[plural.Form]string{plural.Other: "other", plural.Zero: "zero", plural.One: "one", plural.Two: "two", plural.Few: "few", plural.Many: "many"}
	for _, w := range Languages {
		for _, n := range []int{0, 1, 2, 3, 4, 5, 6, 9, 10, 11, 12, 21, 99, 100, 101, 102, 103, 110, 111, 199, 200, 1000, 1002, 12345, 999_999, 1_000_000, 2_000_000, 2_000_001} {
			got, want := w.Form(n), names[plural.Cardinal.MatchPlural(language.Make(w.Lang), n, 0, 0, 0, 0)]
			// The tables of x/text are older than the rule of whole millions.
			if (w.Lang == "fr" || w.Lang == "es") && n >= 1_000_000 && n%1_000_000 == 0 {
				want = "many"
			}
			if got != want || !slices.Contains(w.Forms, got) {
				t.Errorf("%s: form of %d is %q, want %q", w.Lang, n, got, want)
			}
		}
	}
}

// TestWriting is how each language writes numbers, dates and lists.
func TestWriting(t *testing.T) {
	for _, c := range []struct{ lang, thousand, many, share, first, day, long, short, month, list string }{
		{"en", "1,234", "1,234,567", "0.04%", "1 March 2021", "2 December 2021", "Thursday, 2 December 2021", "2 Dec", "December 2021", "A, B and C"},
		{"de", "1.234", "1.234.567", "0,04\u00a0%", "1. März 2021", "2. Dezember 2021", "Donnerstag, 2. Dezember 2021", "2. Dez.", "Dezember 2021", "A, B und C"},
		{"fr", "1\u202f234", "1\u202f234\u202f567", "0,04\u202f%", "1er mars 2021", "2 décembre 2021", "jeudi 2 décembre 2021", "2 déc.", "décembre 2021", "A, B et C"},
		{"es", "1234", "1.234.567", "0,04\u00a0%", "1 de marzo de 2021", "2 de diciembre de 2021", "jueves, 2 de diciembre de 2021", "2 dic", "diciembre de 2021", "A, B y C"},
		{"ar", "1,234", "1,234,567", "0.04\u200e%\u200e", "1 مارس 2021", "2 ديسمبر 2021", "الخميس، 2 ديسمبر 2021", "2 ديسمبر", "ديسمبر 2021", "\u2068A\u2069، \u2068B\u2069 و\u2068C\u2069"},
	} {
		ctx := in(t, c.lang)
		for what, pair := range map[string][2]string{
			"1234": {Number(ctx, 1234), c.thousand}, "1234567": {Number(ctx, 1234567), c.many}, "share": {Percent(ctx, 4, 10_000), c.share},
			"first": {ShowDay(ctx, "2021-03-01"), c.first}, "day": {ShowDay(ctx, "2021-12-02"), c.day}, "long": {ShowDayLong(ctx, "2021-12-02"), c.long},
			"short": {ShowDayShort(ctx, "2021-12-02"), c.short}, "month": {ShowDay(ctx, "2021-12"), c.month}, "list": {And(ctx, []string{"A", "B", "C"}), c.list},
		} {
			if pair[0] != pair[1] {
				t.Errorf("%s: %s is %q, want %q", c.lang, what, pair[0], pair[1])
			}
		}
	}
}

// TestSpanishAnd is "e" before the sound of an i, but not where that begins another.
func TestSpanishAnd(t *testing.T) {
	ctx := in(t, "es")
	for last, want := range map[string]string{"Italia": "A e Italia", "Hijos": "A e Hijos", "Íñigo": "A e Íñigo", "hierro": "A y hierro", "Iowa": "A y Iowa", "I": "A y I", "": "A y ", "Yemen": "A y Yemen"} {
		if got := And(ctx, []string{"A", last}); got != want {
			t.Errorf("And(A, %s) = %q, want %q", last, got, want)
		}
	}
}

// TestHeadings are dates that stand alone.
func TestHeadings(t *testing.T) {
	for lang, want := range map[string][2]string{"en": {"Thursday, 2 December 2021", "December"}, "fr": {"Jeudi 2 décembre 2021", "Décembre"}, "es": {"Jueves, 2 de diciembre de 2021", "Diciembre"}, "ar": {"الخميس، 2 ديسمبر 2021", "ديسمبر"}} {
		ctx := in(t, lang)
		if got := Upper(ShowDayLong(ctx, "2021-12-02")); got != want[0] {
			t.Errorf("%s: a day heads a page as %q, want %q", lang, got, want[0])
		}
		if got := Upper(ShowMonth(ctx, "2021-12")); got != want[1] {
			t.Errorf("%s: a month heads its days as %q, want %q", lang, got, want[1])
		}
	}
}

func in(t *testing.T, lang string) context.Context {
	t.Helper()
	for _, w := range Languages {
		if w.Lang == lang {
			return WithWords(t.Context(), w)
		}
	}
	t.Fatalf("there is no language %q", lang)
	return nil
}

// TestPagesInEveryLanguage renders each page in each language: none shows a key, or a verb
// that nothing was put in the place of.
func TestPagesInEveryLanguage(t *testing.T) {
	key := regexp.MustCompile(`^[a-z]+(\.[a-z0-9-]+)+$`)
	for _, w := range Languages {
		t.Run(w.Lang, func(t *testing.T) {
			for name, v := range views() {
				doc := renderIn(t, w, v)
				if html := doc.Find("html"); html.AttrOr("lang", "") != w.Lang || html.AttrOr("dir", "") != w.Dir {
					t.Errorf("%s: html has lang %q and dir %q", name, html.AttrOr("lang", ""), html.AttrOr("dir", ""))
				}
				for _, n := range doc.Find("*").Nodes {
					said := []string{}
					if c := n.FirstChild; c != nil && n.Data != "script" {
						said = append(said, c.Data)
					}
					for _, a := range n.Attr {
						if a.Key == "title" || strings.HasPrefix(a.Key, "aria-label") || a.Key == "placeholder" {
							said = append(said, a.Val)
						}
					}
					for _, s := range said {
						if _, ok := english[strings.TrimSpace(s)]; ok && key.MatchString(strings.TrimSpace(s)) || strings.Contains(s, "%s") || strings.Contains(s, "%!") {
							t.Errorf("%s: a page shows %q", name, s)
						}
					}
				}
			}
		})
	}
}

func TestFill(t *testing.T) {
	for _, c := range []struct {
		s    string
		args []any
		want string
	}{
		{"one article", []any{"1"}, "one article"},
		{"%s of %s", []any{"a", 2}, "a of 2"},
		{"%[2]s: %[1]s", []any{"a", "b"}, "b: a"},
		{"%[2]s %s", []any{"a", "b", "c"}, "b c"},
		{"5%% of %s", []any{"a"}, "5% of a"},
		{"%s and %s", []any{"a"}, "a and "},
		{"%", nil, "%"}, {"%[", []any{"a"}, ""}, {"%[9]s", []any{"a"}, ""},
		{"%s", []any{"%s"}, "%s"},
	} {
		if got := fill(c.s, c.args); got != c.want {
			t.Errorf("fill(%q, %v) = %q, want %q", c.s, c.args, got, c.want)
		}
	}
}

func TestReason(t *testing.T) {
	w := *German
	w.Text = map[string]string{"reason.list-name-long": "höchstens %s Zeichen", "reason.receipt-deleted": "am %[2]s gelöscht, vom %[1]s", "reason.fix-url": "%s ist keine Adresse"}
	ctx := WithWords(t.Context(), &w)
	for _, c := range []struct{ reason, said, lang string }{
		{"a list's name has at most 200 characters", "höchstens 200 Zeichen", "de"},
		{"the receipt made on 2026-01-02 was deleted on 2026-03-04", "am 2026-03-04 gelöscht, vom 2026-01-02", "de"},
		{`"x y" is no address of the web`, "x y ist keine Adresse", "de"},
		{"a list needs a name", "a list needs a name", "en"},
		{"something of which nobody knows", "something of which nobody knows", "en"},
	} {
		if said, lang := Reason(ctx, c.reason); said != c.said || lang != c.lang {
			t.Errorf("Reason(%q) = %q in %s, want %q in %s", c.reason, said, lang, c.said, c.lang)
		}
	}
	if said, lang := Reason(t.Context(), "a list needs a name"); said != "a list needs a name" || lang != "en" {
		t.Errorf("in English it is %q in %s", said, lang)
	}
}
