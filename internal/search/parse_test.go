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
		{`="The Who"`, Verbatim{"The Who"}, nil},
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
		{"elect*", Prefix{"elect"}, nil},
		{"Łód*,", Prefix{"Łód"}, nil},
		{"(elect**)", Prefix{"elect"}, nil},
		{"東京* タワ*", And{[]Node{w("東京"), Prefix{"タワ"}}}, nil},
		{"東京タワ*", Near{Phrase{"東京"}, Prefix{"タワ"}, 1, true}, nil},
		{"re-elect*", Near{Phrase{"re"}, Prefix{"elect"}, 1, true}, nil},
		{"e*ct", Pattern{"e*ct"}, nil},
		{"*ction", Pattern{"*ction"}, nil},
		{"-*ction*", Not{Pattern{"*ction*"}}, nil},
		{"col?r", Pattern{"col?r"}, nil},
		{"who? what?", And{[]Node{w("who"), w("what")}}, nil},
		{"e*", w("e"), []Problem{{BadWildcard, "e*"}}},
		{"a*b-c", And{[]Node{w("a"), w("b-c")}}, []Problem{{BadWildcard, "a*b-c"}}},
		{"elect~", Fuzzy{"elect", 1}, nil},
		{"elect~2", Fuzzy{"elect", 2}, nil},
		{"elect~7", Fuzzy{"elect", 2}, []Problem{{FarFuzzy, "elect~7"}}},
		{"el~", w("el"), []Problem{{BadFuzzy, "el~"}}},
		{"re-elect~", w("re-elect"), []Problem{{BadFuzzy, "re-elect~"}}},
		{"el*ct~", And{[]Node{w("el"), w("ct")}}, []Problem{{BadFuzzy, "el*ct~"}}},
		{`="The Who!" flood`, And{[]Node{Verbatim{"The Who!"}, w("flood")}}, nil},
		{`=“U.S. £5m”`, Verbatim{"U.S. £5m"}, nil},

		{"a NEAR/5 b", Near{w("a"), w("b"), 5, false}, nil},
		{"a near/5 b", Near{w("a"), w("b"), 5, false}, nil},
		{"a w/5 b", Near{w("a"), w("b"), 5, false}, nil},
		{"a W/5 b", Near{w("a"), w("b"), 5, false}, nil},
		{"a pre/5 b", Near{w("a"), w("b"), 5, true}, nil},
		{"a NEAR b", Near{w("a"), w("b"), 10, false}, nil},
		{"a near b", And{[]Node{w("a"), w("near"), w("b")}}, nil},
		{"a NEAR/0 b", Near{w("a"), w("b"), 1, false}, nil},
		{"a NEAR/999 b", Near{w("a"), w("b"), MaxNear, false}, []Problem{{FarNear, "NEAR/999"}}},
		{"x a NEAR/5 b y", And{[]Node{w("x"), Near{w("a"), w("b"), 5, false}, w("y")}}, nil},
		{"-a NEAR/5 b", Not{Near{w("a"), w("b"), 5, false}}, nil},
		{"a NEAR/5 b NEAR/3 c", And{[]Node{Near{w("a"), w("b"), 5, false}, Near{w("b"), w("c"), 3, false}}}, nil},
		{`(a OR "b c" OR d* OR e?e OR fgh~) NEAR/5 (g)`, Near{Or{[]Node{w("a"), Phrase{"b c"}, w("d"), Pattern{"e?e"}, Fuzzy{"fgh", 1}}}, w("g"), 5, false}, []Problem{{BadWildcard, "d*"}}},
		{`"sea wall"~7`, Near{Phrase{"sea"}, Phrase{"wall"}, 7, false}, nil},
		{`"the sea wall"~7`, Phrase{"the sea wall"}, []Problem{{BadNear, "~7"}}},
		{"headline:a NEAR/5 headline:(b OR c)", In{"headline", Near{w("a"), Or{[]Node{w("b"), w("c")}}, 5, false}}, nil},
		{"headline:(a NEAR/5 b*c) d", And{[]Node{In{"headline", Near{w("a"), Pattern{"b*c"}, 5, false}}, w("d")}}, nil},
		{"lunch w/5, NEAR!", And{[]Node{w("lunch"), w("w"), w("5"), w("near")}}, nil},
		{"a NEAR/5", w("a"), []Problem{{BadNear, "NEAR/5"}}},
		{"NEAR/5 a", w("a"), []Problem{{BadNear, "NEAR/5"}}},
		{"a NEAR/5 -b", And{[]Node{w("a"), Not{w("b")}}}, []Problem{{BadNear, "NEAR/5"}}},
		{"a NEAR/5 (b c)", And{[]Node{w("a"), w("b"), w("c")}}, []Problem{{BadNear, "NEAR/5"}}},
		{"a NEAR/5 person:b", And{[]Node{w("a"), field("person", "b")}}, []Problem{{BadNear, "NEAR/5"}}},
		{"a NEAR/5 b NEAR/5 (c d) NEAR/5 e", And{[]Node{Near{w("a"), w("b"), 5, false}, w("c"), w("d"), w("e")}}, []Problem{{BadNear, "NEAR/5"}, {BadNear, "NEAR/5"}}},
		{"a NEAR/5 b NEAR/5", Near{w("a"), w("b"), 5, false}, []Problem{{BadNear, "NEAR/5"}}},
		{"headline:a NEAR/5 body:b", And{[]Node{field("headline", "a"), field("body", "b")}}, []Problem{{BadNear, "NEAR/5"}}},

		{"cats NOT dogs", And{[]Node{w("cats"), Not{w("dogs")}}}, nil},
		{"cats AND NOT (dogs OR mice)", And{[]Node{w("cats"), Not{Or{[]Node{w("dogs"), w("mice")}}}}}, nil},
		{"NOT -a", w("a"), nil},
		{"or NOT", And{[]Node{w("or"), w("not")}}, []Problem{{LooseOr, "NOT"}}},

		{"headline:elect*", In{"headline", Prefix{"elect"}}, nil},
		{"byline:Kel~", In{"byline", Fuzzy{"Kel", 1}}, nil},
		{`body:="the Who"`, In{"body", Verbatim{"the Who"}}, nil},
		{`person:="Liz Truss"`, Field{"person", "Liz Truss", true}, nil},
		{"person:tru*", field("person", "tru"), []Problem{{BadWildcard, "tru*"}}},
		{"url:example.com/*~x", field("url", "example.com/*~x"), nil},
		{"outlet:(courier OR gazette)", Or{[]Node{field("outlet", "courier"), field("outlet", "gazette")}}, nil},
		{`outlet:(courier "Evening Gazette" -echo)`, And{[]Node{Or{[]Node{field("outlet", "courier"), Field{"outlet", "Evening Gazette", true}}}, Not{field("outlet", "echo")}}}, nil},
		{"outlet:(courier AND gazette)", And{[]Node{field("outlet", "courier"), field("outlet", "gazette")}}, nil},
		{"person:(truss johnson)", And{[]Node{field("person", "truss"), field("person", "johnson")}}, nil},
		{"-person:(truss OR johnson) x", And{[]Node{Not{Or{[]Node{field("person", "truss"), field("person", "johnson")}}}, w("x")}}, nil},
		{"person:(truss OR (johnson place:leeds)) x", And{[]Node{Or{[]Node{field("person", "truss"), And{[]Node{field("person", "johnson"), field("place", "leeds")}}}}, w("x")}}, nil},
		{"date:(1953 2013..)", Or{[]Node{DateRange{"1953", "1953-01-01", "1953-12-31"}, DateRange{"2013..", "2013-01-01", ""}}}, nil},
		{"has:(photos Quote)", And{[]Node{field("has", "photo"), field("has", "quote")}}, nil},
		{"headline:(flood elect*)", And{[]Node{field("headline", "flood"), In{"headline", Prefix{"elect"}}}}, nil},
		{"has:wings", w("wings"), []Problem{{BadHas, "wings"}}},
		{"said:truss", field("said", "truss"), nil},
		{"on:12-02", OnDay{12, 2}, nil},
		{`on:"2nd December" on:"Feb. 29"`, And{[]Node{OnDay{12, 2}, OnDay{2, 29}}}, nil},
		{"on:02-30", And{[]Node{w("02"), w("30")}}, []Problem{{BadOn, "02-30"}}},
		{"date:>2019", DateRange{"2020..", "2020-01-01", ""}, nil},
		{"date:>=2019-05", DateRange{"2019-05..", "2019-05-01", ""}, nil},
		{"date:<2019-03-01", DateRange{"..2019-02-28", "", "2019-02-28"}, nil},
		{"date:<=1980s", DateRange{"..1989", "", "1989-12-31"}, nil},
		{"date:1980s", DateRange{"1980..1989", "1980-01-01", "1989-12-31"}, nil},
		{`date:"May 1953"`, DateRange{"1953-05", "1953-05-01", "1953-05-31"}, nil},
		{`date:"2 December 2021 .. Jan 2022"`, DateRange{"2021-12-02..2022-01", "2021-12-02", "2022-01-31"}, nil},
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
	for _, s := range []string{"(", ")", "-", `"`, "a:", "person:", "person: ", "person:\"", "x\"", "OR ", "*", "?*", "a*", "a~", "*a", "=\"", "a\"~", "a NEAR/5 ", "NEAR ", "a/", "NOT ", "headline:(", "date:(>", "outlet:(a b", "http://(", "-(", "é", "a.", "()"} {
		start := time.Now()
		Parse(strings.Repeat(s, 1<<19/len(s)))
		if d := time.Since(start); d > 3*time.Second {
			t.Errorf("half a megabyte of %q took %v", s, d)
		}
	}
}

func TestFields(t *testing.T) {
	for _, f := range Fields {
		if !strings.HasPrefix(f.Example, f.Name+":") {
			t.Errorf("example %q does not show %s", f.Example, f.Name)
		}
	}
}

// TestExamples holds that every example is understood, and prints as a query that says
// the same.
func TestExamples(t *testing.T) {
	for _, q := range Examples() {
		n, problems := Parse(q)
		if len(problems) > 0 || n == nil && q != "*" {
			t.Errorf("Parse(%q) = %v, %v", q, n, problems)
		}
		if again, problems := Parse(String(n)); !cmp.Equal(n, again) || len(problems) > 0 {
			t.Errorf("%q prints %q, which reads as %v, %v", q, String(n), again, problems)
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
	case 0:
		return Word{word}
	case 1:
		return rapid.SampledFrom([]Node{Prefix{"łód"}, Pattern{"e*c?t"}, Fuzzy{"flod", 1}, Fuzzy{"flood", 2}, Verbatim{"The Who, £5!"}, OnDay{2, 29},
			Near{Word{word}, Or{[]Node{Phrase{"a b"}, Prefix{"wat"}}}, 7, true}, In{FieldHeadline, Fuzzy{"flood", 2}}, In{FieldBody, Verbatim{"A b."}},
			In{FieldBody, Near{Word{word}, Word{"sea"}, 3, false}}, Field{FieldHas, HasQuote, false}}).Draw(t, "leaf")
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
		"*", "-*", "elect* *a*b wo?d word~2 word~9", `="The Who!" =x`, "a NEAR/5 b w/3 c pre/2 (d OR e*)", "headline:(a NEAR b OR -c) outlet:(a \"b c\" -d)",
		"a NOT b NOT", "on:12-02 on:x date:(>2019 1980s)", "\"a b\"~5 \"a\"~3", "has:(photo quote) said:x", "re-el* a*b-c~", "東* 東;京* a東*~ A\x01f:f* 1f:f~ w/0! w/5* NEAR/3. x l;* a-b.* *A:0 -l'e* 'l'*", "as-of:2026-03-01 removed:\"a b\" -added:c", "is:changed OR as-of:2026-03-01T10:15:00.5+02:00", "-(as-of:2026 -(as-of:2025))", "is:x as-of:x", "OR:0", "-AND:x", "is:A:A", "a.b:c", "_:x", ".person:x", "url:a(b)c", "http://x(", "person: -x", "x:\"a b\"", "AND", "İ", "\xff\"", "date:2021..2019", "a*b", "word~ -\"\""} {
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
