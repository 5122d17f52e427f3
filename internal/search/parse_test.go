package search

import (
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"
)

func w(s string) Node { return Word{s} }

func field(name, value string) Node { return Field{Name: name, Value: value} }

func day(y, m, d int) time.Time { return time.Date(y, time.Month(m), d, 0, 0, 0, 0, time.UTC) }

func TestParse(t *testing.T) {
	for _, tc := range []struct {
		in       string
		want     Node
		problems []Problem
	}{
		{"", nil, nil},
		{"*", nil, nil},
		{" * ", nil, nil},
		{"ukraine OR *", nil, nil},
		{"(*)", nil, nil},
		{" — & ", nil, []Problem{{NoWords, "— &"}}},
		{"😀", nil, []Problem{{NoWords, "😀"}}},
		{"()", nil, []Problem{{NoWords, "()"}}},
		{`""`, nil, []Problem{{NoWords, `""`}}},
		{"-", nil, []Problem{{NoWords, "-"}}},
		{"ukraine", w("ukraine"), nil},
		{"Ukraine, crisis!", And{[]Node{w("Ukraine"), w("crisis")}}, nil},
		{"COVID-19", w("COVID-19"), nil},
		{"cats AND dogs", And{[]Node{w("cats"), w("dogs")}}, nil},
		{"cats and dogs", And{[]Node{w("cats"), w("and"), w("dogs")}}, nil},
		{"cats or dogs", And{[]Node{w("cats"), w("or"), w("dogs")}}, nil},
		{"a OR b c", Or{[]Node{w("a"), And{[]Node{w("b"), w("c")}}}}, nil},
		{"(a OR b) c", And{[]Node{Or{[]Node{w("a"), w("b")}}, w("c")}}, nil},
		{"a (b c)", And{[]Node{w("a"), w("b"), w("c")}}, nil},
		{"a -b", And{[]Node{w("a"), Not{w("b")}}}, nil},
		{"a - b", And{[]Node{w("a"), w("b")}}, nil},
		{"−a", Not{w("a")}, nil},
		{"-(a b)", Not{And{[]Node{w("a"), w("b")}}}, nil},
		{"-(-a)", w("a"), nil},
		{"-*", Or{}, nil},
		{"a *", w("a"), nil},
		{"-person:truss", Not{field("person", "truss")}, nil},
		{`"to be or not"`, Phrase{"to be or not"}, nil},
		{`="The Who"`, Phrase{"The Who"}, nil},
		{"“the best\n way,” he said", And{[]Node{Phrase{"the best way"}, w("he"), w("said")}}, nil},
		{`-"a b"`, Not{Phrase{"a b"}}, nil},
		{"don’t", w("don’t"), nil},
		{"Person:Truss", field("person", "Truss"), nil},
		{"person: truss", field("person", "truss"), nil},
		{`org:"Foreign Office"`, Field{"organisation", "Foreign Office", true}, nil},
		{"date:2021-12-02", DateRange{"2021-12-02", "2021-12-02", "2021-12-02"}, nil},
		{"date:2020-02", DateRange{"2020-02", "2020-02-01", "2020-02-29"}, nil},
		{"date:2021", DateRange{"2021", "2021-01-01", "2021-12-31"}, nil},
		{"date:2019..2021-06", DateRange{"2019..2021-06", "2019-01-01", "2021-06-30"}, nil},
		{"date:2021..2019", DateRange{"2019..2021", "2019-01-01", "2021-12-31"}, nil},
		{"date:2019..", DateRange{"2019..", "2019-01-01", ""}, nil},
		{"date:..2021", DateRange{"..2021", "", "2021-12-31"}, nil},
		{"https://example.org/a?b=c:d", field("url", "https://example.org/a?b=c:d"), nil},
		{"(url:https://example.org/x_(y))", Field{"url", "https://example.org/x_(y)", true}, nil},
		{"16:17", w("16:17"), nil},
		{"Crisis: what next", And{[]Node{w("Crisis"), w("what"), w("next")}}, nil},

		{"lang:German", field("lang", "de"), nil},
		{"language:français", field("lang", "fr"), nil},
		{"lang:日本語", field("lang", "ja"), nil},
		{"lang:pt-BR", field("lang", "pt-BR"), nil},
		{"is:changed", field("is", "changed"), nil},
		{"is:wire -IS:Wire", And{[]Node{field("is", "wire"), Not{field("is", "wire")}}}, nil},
		{`-is:"Changed"`, Not{field("is", "changed")}, nil},
		{`removed:"an accident"`, Field{"removed", "an accident", true}, nil},
		{"added:alleged", field("added", "alleged"), nil},
		{"as-of:2026-03-01", AsOf{"2026-03-01", day(2026, 3, 2)}, nil},
		{"AS-OF:2026-12", AsOf{"2026-12", day(2027, 1, 1)}, nil},
		{`asof:"2026"`, AsOf{"2026", day(2027, 1, 1)}, nil},
		{"as-of:2026-03-01t10:15+02:00", AsOf{"2026-03-01T10:15+02:00", day(2026, 3, 1).Add(8*time.Hour + 16*time.Minute)}, nil},
		{"as-of:2026-03-01T10:15", AsOf{"2026-03-01T10:15", day(2026, 3, 1).Add(10*time.Hour + 16*time.Minute)}, nil},
		{"as-of:2026-03-01T10:15:07.9Z", AsOf{"2026-03-01T10:15:07.9Z", day(2026, 3, 1).Add(10*time.Hour + 15*time.Minute + 8*time.Second)}, nil},
		{"flood as-of:2026 -storm", And{[]Node{w("flood"), AsOf{"2026", day(2027, 1, 1)}, Not{w("storm")}}}, nil},
		{"flood (as-of:2026 storm)", And{[]Node{w("flood"), AsOf{"2026", day(2027, 1, 1)}, w("storm")}}, nil},

		{"as-of:2026 flood as-of:2025", And{[]Node{AsOf{"2026", day(2027, 1, 1)}, w("flood")}}, []Problem{{SecondAsOf, "as-of:2025"}}},
		{"as-of:2026 OR flood", w("flood"), []Problem{{InnerAsOf, "as-of:2026"}}},
		{"(flood OR storm as-of:2026) as-of:2025", And{[]Node{Or{[]Node{w("flood"), w("storm")}}, AsOf{"2025", day(2026, 1, 1)}}}, []Problem{{InnerAsOf, "as-of:2026"}}},
		{"-as-of:2026", nil, []Problem{{InnerAsOf, "as-of:2026"}}},
		{"a -(as-of:2026 OR -as-of:2025)", w("a"), []Problem{{InnerAsOf, "as-of:2026"}, {InnerAsOf, "as-of:2025"}}},
		{"as-of:2025..2026", And{[]Node{w("2025"), w("2026")}}, []Problem{{BadAsOf, "2025..2026"}}},
		{"as-of:0000", w("0000"), []Problem{{BadAsOf, "0000"}}},
		{"as-of:", w("as-of"), []Problem{{EmptyField, "as-of:"}}},
		{"is:wonderful", w("wonderful"), []Problem{{BadIs, "wonderful"}}},
		{"removed:", w("removed"), []Problem{{EmptyField, "removed:"}}},

		{"foo:bar", And{[]Node{w("foo"), w("bar")}}, []Problem{{UnknownField, "foo:bar"}}},
		{"person:", w("person"), []Problem{{EmptyField, "person:"}}},
		{"date:yesterday", w("yesterday"), []Problem{{BadDate, "yesterday"}}},
		{"date:2021-02-30", And{[]Node{w("2021"), w("02"), w("30")}}, []Problem{{BadDate, "2021-02-30"}}},
		{`"never closed`, And{[]Node{w("never"), w("closed")}}, []Problem{{OpenQuote, "never closed"}}},
		{`person:"liz truss`, And{[]Node{field("person", "liz"), w("truss")}}, []Problem{{OpenQuote, "liz truss"}}},
		{"(a b", And{[]Node{w("a"), w("b")}}, []Problem{{LooseParenthesis, "("}}},
		{"a) b", And{[]Node{w("a"), w("b")}}, []Problem{{LooseParenthesis, ")"}}},
		{"truth OR", And{[]Node{w("truth"), w("or")}}, []Problem{{LooseOr, "OR"}}},
		{"OR truth", And{[]Node{w("or"), w("truth")}}, []Problem{{LooseOr, "OR"}}},
		{"elect*", w("elect"), []Problem{{Wildcard, "elect*"}}},
		{"elect~2", w("elect~2"), []Problem{{Wildcard, "elect~2"}}},
		{"e*ct", w("e*ct"), []Problem{{Wildcard, "e*ct"}}},
		{"*ction", w("ction"), []Problem{{Wildcard, "ction"}}},
		{"a NEAR/5 b", And{[]Node{w("a"), w("NEAR/5"), w("b")}}, []Problem{{Near, "NEAR/5"}}},
		{"near NEAR/x", And{[]Node{w("near"), w("NEAR/x")}}, nil},
	} {
		got, problems := Parse(tc.in)
		if diff := cmp.Diff(tc.want, got); diff != "" {
			t.Errorf("Parse(%q) (-want +got):\n%s", tc.in, diff)
		}
		if diff := cmp.Diff(tc.problems, problems); diff != "" {
			t.Errorf("Parse(%q) problems (-want +got):\n%s", tc.in, diff)
		}
	}
}

func TestParseLimits(t *testing.T) {
	n, problems := Parse(strings.Repeat("word ", MaxTerms+5))
	if got := len(n.(And).Parts); got != MaxTerms {
		t.Errorf("%d parts, want %d", got, MaxTerms)
	}
	if len(problems) != 1 || problems[0].Kind != TooLong {
		t.Errorf("problems = %v, want one of %s", problems, TooLong)
	}
	if _, problems = Parse(strings.Repeat("(", 30) + "a" + strings.Repeat(")", 30)); len(problems) != 1 || problems[0].Kind != TooDeep {
		t.Errorf("problems = %v, want one of %s", problems, TooDeep)
	}
	for _, s := range []string{"(", ")", "-", `"`, "a:", "person:", "person: ", "person:\"", "x\"", "OR ", "*", "http://(", "-(", "é", "a.", "()"} {
		start := time.Now()
		Parse(strings.Repeat(s, 1<<19/len(s)))
		if d := time.Since(start); d > 3*time.Second {
			t.Errorf("half a megabyte of %q took %v", s, d)
		}
	}
}

func TestFields(t *testing.T) {
	for _, f := range Fields {
		n, problems := Parse(f.Example)
		if len(problems) > 0 || n == nil {
			t.Errorf("example %q of %s: %v, %v", f.Example, f.Name, n, problems)
		}
		if !strings.HasPrefix(f.Example, f.Name+":") {
			t.Errorf("example %q does not show %s", f.Example, f.Name)
		}
	}
}

// TestPrintTree prints trees that no parser made.
func TestPrintTree(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		n := tree(t, 4)
		got, problems := Parse(n.String())
		if len(problems) > 0 {
			t.Fatalf("Parse(%q): %v", n, problems)
		}
		if diff := cmp.Diff(Simplify(n), got); diff != "" {
			t.Fatalf("Parse(%q) (-want +got):\n%s", n, diff)
		}
	})
}

func tree(t *rapid.T, depth int) Node {
	kind := rapid.IntRange(0, 8).Draw(t, "kind")
	if depth == 0 {
		kind = min(kind, 5)
	}
	word := rapid.SampledFrom([]string{"ukraine", "Łódź", "U.S", "COVID-19", "or", "x"}).Draw(t, "word")
	parts := func() []Node {
		var out []Node
		for range rapid.IntRange(0, 3).Draw(t, "parts") {
			out = append(out, tree(t, depth-1))
		}
		return out
	}
	switch kind {
	case 0, 1:
		return Word{word}
	case 2:
		return Phrase{word + " of the " + word}
	case 3:
		return Field{FieldPerson, word, false}
	case 4:
		return Field{FieldOutlet, "The " + word, true}
	case 5:
		d, _ := Between("2019", "2021-06")
		return d
	case 6:
		return Not{tree(t, depth-1)}
	case 7:
		return And{parts()}
	}
	return Or{parts()}
}

func FuzzParse(f *testing.F) {
	for _, s := range []string{"", "a OR (b -c)", `person:"x y" -date:2021..`, "-(-a)", "foo:bar:baz", "“a”«b»", "((a)", "OR OR", "-OR AND",
		"*", "-*", "as-of:2026-03-01 removed:\"a b\" -added:c", "is:changed OR as-of:2026-03-01T10:15:00.5+02:00", "-(as-of:2026 -(as-of:2025))", "is:x as-of:x", "OR:0", "-AND:x", "is:A:A", "a.b:c", "_:x", ".person:x", "url:a(b)c", "http://x(", "person: -x", "x:\"a b\"", "AND", "İ", "\xff\"", "date:2021..2019", "a*b", "word~ -\"\""} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		n, _ := Parse(s)
		printed := String(n)
		again, _ := Parse(printed)
		if diff := cmp.Diff(n, again); diff != "" {
			t.Fatalf("Parse(%q) prints %q, which reads as another (-first +again):\n%s", s, printed, diff)
		}
	})
}

func TestValues(t *testing.T) {
	n, bad := Values(FieldPerson, []string{"liz-truss", "-Blinken", ""})
	if got, want := String(n), "person:liz-truss -person:Blinken"; got != want || bad != nil {
		t.Errorf("Values = %q, %v, want %q", got, bad, want)
	}
	n, bad = Values(FieldDate, []string{"2021", "2023", "soon"})
	if got, want := String(n), "date:2021 OR date:2023"; got != want || len(bad) != 1 {
		t.Errorf("Values = %q, %v, want %q", got, bad, want)
	}
	q, _ := Parse("flood")
	out, _ := NewField("paper", "The Evening Courier")
	all := All(q, n, nil, out)
	if got, want := String(all), `flood (date:2021 OR date:2023) outlet:"The Evening Courier"`; got != want {
		t.Errorf("All = %q, want %q", got, want)
	}
	if got, want := String(Without(all, out)), "flood (date:2021 OR date:2023)"; got != want {
		t.Errorf("Without = %q, want %q", got, want)
	}
}
