package family

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"backfile/internal/news"
)

// line is a difference in short: "kept: …", words as [-cut-]{+added+}.
func line(d Difference) string {
	s := string(d.Kind)
	if d.Moved {
		s += ", moved"
	}
	if d.Field != news.FieldBody {
		s = d.Field + " " + s
	}
	switch {
	case d.Words != nil:
		return s + ": " + inline(d.Words)
	case d.New == "":
		return s + ": " + d.Old
	}
	return s + ": " + d.New
}

func inline(ws []WordChange) string {
	var b strings.Builder
	for _, w := range ws {
		t := strings.TrimSpace(w.Text)
		switch w.Kind {
		case Cut:
			fmt.Fprintf(&b, "[-%s-] ", t)
		case Added:
			fmt.Fprintf(&b, "{+%s+} ", t)
		default:
			b.WriteString(t + " ")
		}
	}
	return strings.TrimSpace(b.String())
}

func TestCompare(t *testing.T) {
	const (
		lead     = "The harbour at Northam will close for three weeks in March while the sea wall is mended, the council said on Tuesday."
		reworded = "Northam harbour will shut for three weeks in March so that the sea wall can be mended, councillors said yesterday."
		quote    = "“We know what it means for the boats,” said Mira Holt, who leads the council. “It cannot wait.”"
		cost     = "The work is expected to cost £2.4m, of which half is paid by the government."
		history  = "The wall was built in 1911 and was last repaired after the storm of 1953."
	)
	article := func(headline, standfirst string, ps ...string) *news.Article {
		return &news.Article{Headline: headline, Standfirst: standfirst, Body: strings.Join(ps, "\n\n")}
	}
	for _, tc := range []struct {
		name     string
		old, new *news.Article
		want     []string
	}{
		{"nothing", article("", ""), article("", ""), nil},
		{"the same", article("Harbour to close", "", lead), article("Harbour to close", "", lead),
			[]string{"headline kept: Harbour to close", "kept: " + lead}},
		{"headline first", article("Harbour to close in March", "", lead), article("Harbour to shut in March", "For weeks", lead),
			[]string{"headline reworded: Harbour to [-close-] {+shut+} in March", "standfirst added: For weeks", "kept: " + lead}},
		{"quotation marks are no change", article("", "", quote), article("", "", strings.NewReplacer("“", `"`, "”", `"`).Replace(quote)),
			[]string{`kept: "We know what it means for the boats," said Mira Holt, who leads the council. "It cannot wait."`}},
		{"punctuation is shown, and is kept", article("", "", cost), article("", "", strings.Replace(cost, "£2.4m, of", "£2.4m; of", 1)),
			[]string{"kept: The work is expected to cost [-£2.4m,-] {+£2.4m;+} of which half is paid by the government."}},
		{"cut and added", article("", "", lead, quote, cost, history), article("", "", lead, "The Northam Gazette asked all four skippers.", cost),
			[]string{"kept: " + lead, "cut: " + quote, "added: The Northam Gazette asked all four skippers.", "kept: " + cost, "cut: " + history}},
		{"reworded", article("", "", lead, cost), article("", "", reworded, cost),
			[]string{"reworded: [-The harbour at-] Northam {+harbour+} will [-close-] {+shut+} for three weeks in March [-while-] {+so that+} the sea wall [-is-] {+can be+} mended, [-the council-] {+councillors+} said [-on Tuesday.-] {+yesterday.+}", "kept: " + cost}},
		{"moved", article("", "", lead, quote, cost, history), article("", "", lead, history, quote, cost),
			[]string{"kept: " + lead, "kept, moved: " + history, "kept: " + quote, "kept: " + cost}},
		{"cut down", article("", "", quote), article("", "", "“We know what it means for the boats,” said Mira Holt."),
			[]string{"reworded: “We know what it means for the boats,” said Mira [-Holt, who leads the council. “It cannot wait.”-] {+Holt.+}"}},
		{"parted", article("", "", lead+" "+history, cost), article("", "", lead, history, cost),
			[]string{"kept: " + lead + "\n\n" + history, "kept: " + cost}},
		{"joined", article("", "", lead, history, cost), article("", "", lead+" "+history, cost),
			[]string{"kept: " + lead + " " + history, "kept: " + cost}},
		{"without spaces", article("首相は東京で会見した。", ""), article("首相は大阪で会見した。", ""),
			[]string{"headline reworded: 首相は [-東京-] {+大阪+} で会見した。"}},
	} {
		t.Run(tc.name, func(t *testing.T) {
			var got []string
			for _, d := range Compare(tc.old, tc.new) {
				got = append(got, line(d))
			}
			if diff := cmp.Diff(tc.want, got); diff != "" {
				t.Errorf("Compare (-want +got):\n%s", diff)
			}
		})
	}
}

func TestLost(t *testing.T) {
	old := &news.Article{Headline: "Mayor alleged to have lied", Body: "The mayor, it is alleged, lied to the police.\n\nHe denies it.\n\nAn election is due in May."}
	new := &news.Article{Headline: "Mayor lied", Body: "An election is due in May.\n\nThe mayor lied to the police, a court found."}
	ds := Compare(old, new)
	texts, words := Lost(ds)
	if want := []string{"alleged", "denies", "have", "he", "is", "it", "to"}; !slices.Equal(words, want) {
		t.Errorf("Lost words %q, want %q", words, want)
	}
	if all := strings.Join(texts, "|"); !strings.Contains(all, "it is alleged,") || strings.Contains(all, "election") {
		t.Errorf("Lost texts %q", texts)
	}
	if _, words := Gained(ds); !slices.Equal(words, []string{"a", "court", "found"}) {
		t.Errorf("Gained words %q", words)
	}
	if got, want := Count(ds), (Tally{Kept: 1, Reworded: 1, Cut: 1, Moved: 1, Headline: true}); got != want {
		t.Errorf("Count = %+v, want %+v", got, want)
	}
}

// whole checks what a template relies on: nothing of either text is lost, and
// words make up what they belong to.
func whole(t *testing.T, old, new *news.Article) {
	t.Helper()
	count := map[string]int{}
	for p := range strings.SplitSeq(old.Body, "\n\n") {
		if p = strings.TrimSpace(p); p != "" {
			count["old "+p]++
		}
	}
	for p := range strings.SplitSeq(new.Body, "\n\n") {
		if p = strings.TrimSpace(p); p != "" {
			count["new "+p]++
		}
	}
	order := ""
	for _, d := range Compare(old, new) {
		var was, is strings.Builder
		for _, w := range d.Words {
			if w.Kind != Added {
				was.WriteString(w.Text)
			}
			if w.Kind != Cut {
				is.WriteString(w.Text)
			}
		}
		if d.Words != nil && is.String() != d.New {
			t.Fatalf("the words of %+v make up %q", d, is.String())
		}
		if d.Words != nil && signs(was.String()) != signs(d.Old) {
			t.Fatalf("the words of %+v made up %q", d, was.String())
		}
		if (d.Kind == Cut) != (d.New == "") || (d.Kind == Added) != (d.Old == "") || d.Kind == Reworded && d.Words == nil {
			t.Fatalf("%+v is no %s", d, d.Kind)
		}
		if d.Field != news.FieldBody {
			continue
		}
		for p := range strings.SplitSeq(d.Old, "\n\n") {
			count["old "+p]--
		}
		for p := range strings.SplitSeq(d.New, "\n\n") {
			count["new "+p]--
		}
		if d.New != "" {
			order += d.New + "\n\n"
		}
	}
	for p, n := range count {
		if n != 0 && strings.TrimSpace(p[4:]) != "" {
			t.Fatalf("paragraph %q is told of %d times too few", p, n)
		}
	}
	var want string
	for p := range strings.SplitSeq(new.Body, "\n\n") {
		if p = strings.TrimSpace(p); p != "" {
			want += p + "\n\n"
		}
	}
	if order != want {
		t.Fatalf("the new text in order is %q, want %q", order, want)
	}
}

// signs is s for comparing: without spaces, one sort of quotation marks.
func signs(s string) string { return strings.Join(strings.Fields(plainSigns.Replace(s)), "") }

func TestCompareKeepsAll(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 1))
	text := func() string {
		var b strings.Builder
		for range r.IntN(60) {
			fmt.Fprintf(&b, "%s%s", []string{"one", "two", "Three", "four,", "five.", "six", "“seven”", "八九", "x"}[r.IntN(9)], []string{" ", " ", " ", "\n\n", "—"}[r.IntN(5)])
		}
		return b.String()
	}
	for range 3000 {
		whole(t, &news.Article{Headline: text(), Body: text()}, &news.Article{Headline: text(), Body: text()})
	}
}

func FuzzCompare(f *testing.F) {
	f.Add("a\n\nb c d e f g", "b c d e f g\n\na")
	f.Add("One two three four five six seven eight.", "One two three four.\n\nFive six seven eight.")
	f.Add("“x” — y", "\"x\" - y")
	f.Add("東京で会見", "大阪で\n\n会見した。")
	f.Add("\xff\n\n\xff \u00a0", "\u2029\n\n\n\n \xfe")
	f.Fuzz(func(t *testing.T, old, new string) {
		if len(old)+len(new) > 1<<14 {
			return
		}
		whole(t, &news.Article{Headline: old, Body: old}, &news.Article{Headline: new, Body: new})
		ds := Compare(&news.Article{Body: old}, &news.Article{Body: new})
		Lost(ds)
		Gained(ds)
		for _, d := range Compare(&news.Article{Body: old}, &news.Article{Body: old}) {
			if d.Kind != Kept || d.Words != nil {
				t.Fatalf("a text compared with itself has %+v", d)
			}
		}
	})
}

// The time stays short whatever the texts are.
func TestHostileTexts(t *testing.T) {
	const size = 1 << 20
	r := rand.New(rand.NewPCG(2, 2))
	random := func(sep string, of int) string {
		var b strings.Builder
		for b.Len() < size {
			fmt.Fprintf(&b, "w%d%s", r.IntN(of), sep)
		}
		return b.String()
	}
	for _, tc := range []struct{ name, old, new string }{
		{"one word", strings.Repeat("a", size), strings.Repeat("a", size-1)},
		{"one word over and over", strings.Repeat("word ", size/5), strings.Repeat("word ", size/6)},
		{"two words at random", random(" ", 2), random(" ", 2)},
		{"many words at random", random(" ", 1e6), random(" ", 1e6)},
		{"paragraphs of one word", random("\n\n", 2), random("\n\n", 2)},
		{"paragraphs at random", random("\n\n", 1e6), random("\n\n", 1e6)},
		{"short paragraphs, all alike", strings.Repeat("a b c d e f g h\n\n", size/17), strings.Repeat("a b c d e f g i\n\n", size/17)},
		{"blank lines", strings.Repeat("\n", size), strings.Repeat("\n\n ", size/3)},
		{"no spaces", strings.Repeat("東京大阪", size/12), strings.Repeat("大阪京都", size/12)},
		{"figures", random(" ", 10)[1:], strings.ReplaceAll(random(" ", 10), "w", "")},
	} {
		t.Run(tc.name, func(t *testing.T) {
			start := time.Now()
			Compare(&news.Article{Body: tc.old}, &news.Article{Body: tc.new})
			a, b := Make(tc.old), Make(tc.new)
			a.Compare(&b, nil)
			if took := time.Since(start); took > 10*time.Second {
				t.Errorf("took %v", took)
			} else {
				t.Logf("took %v", took)
			}
		})
	}
}
