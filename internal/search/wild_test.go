package search

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"backfile/internal/news"

	"pgregory.net/rapid"
)

func TestWildMatch(t *testing.T) {
	for _, tc := range []struct {
		n       Node
		yes, no string
	}{
		{Prefix{"Łód"}, "lodz lod", "lo alod"},
		{Pattern{"*ction"}, "action ction election", "actions"},
		{Pattern{"col?r"}, "color", "colour colr"},
		{Pattern{"col*r"}, "color colour colr", "colours acolor"},
		{Pattern{"*a*b*"}, "ab cacb xaxbx", "ba"},
		{Pattern{"1?00"}, "1000 1x00", "100 1,000"},
		{Fuzzy{"flood", 1}, "flood floods floo flodo flrod fluod", "blood lfood fldoo floodss fl"},
		{Fuzzy{"flood", 2}, "floodss fldo flode flow", "floodsss flags"},
		{Fuzzy{"Straße", 1}, "strasse strase", "stras"},
	} {
		match := tc.n.(interface{ Match(string) bool }).Match
		for w := range strings.FieldsSeq(tc.yes) {
			if !match(w) {
				t.Errorf("%s does not match %s", tc.n, w)
			}
		}
		for w := range strings.FieldsSeq(tc.no) {
			if match(w) {
				t.Errorf("%s matches %s", tc.n, w)
			}
		}
	}
}

// TestWithin compares the distance by three rows with one by a full table.
func TestWithin(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		word := rapid.StringMatching("[aäb]{0,7}")
		a, b, edits := word.Draw(t, "a"), word.Draw(t, "b"), rapid.IntRange(1, 2).Draw(t, "edits")
		x, y := []rune(a), []rune(b)
		want := len(x) > 0 && len(y) > 0 && x[0] == y[0] && distance(x, y) <= edits
		if got := Within(a, b, edits); got != want {
			t.Fatalf("Within(%q, %q, %d) = %v, want %v", a, b, edits, got, want)
		}
	})
	long := strings.Repeat("a", 200)
	if !Within(long, long+"b", 1) || Within(long, long+"bbb", 2) {
		t.Error("long words are compared wrongly")
	}
}

func distance(a, b []rune) int {
	d := map[[2]int]int{}
	for i := range len(a) + 1 {
		for j := range len(b) + 1 {
			switch {
			case i == 0 || j == 0:
				d[[2]int{i, j}] = i + j
				continue
			case a[i-1] == b[j-1]:
				d[[2]int{i, j}] = d[[2]int{i - 1, j - 1}]
			default:
				d[[2]int{i, j}] = 1 + min(d[[2]int{i - 1, j - 1}], d[[2]int{i - 1, j}], d[[2]int{i, j - 1}])
			}
			if i > 1 && j > 1 && a[i-1] == b[j-2] && a[i-2] == b[j-1] {
				d[[2]int{i, j}] = min(d[[2]int{i, j}], d[[2]int{i - 2, j - 2}]+1)
			}
		}
	}
	return d[[2]int{len(a), len(b)}]
}

func TestVerbatim(t *testing.T) {
	for _, tc := range []struct {
		v, in string
		want  bool
	}{
		{"The Who", "He saw The Who play.", true}, {"The Who", "those the who", false}, {"The Who", "The\n Who", true}, {"The Who", "The Whole", false},
		{"US", "the U.S. said", false}, {"U.S.", "the U.S. said", true}, {"U.S", "the U.S. said", true}, {"Łódź", "Lodz", false},
		{"O'Brien", "said O’Brien’s man", true}, {"O’Brien", "OBrien", false}, {"Truss’s", "Truss", false}, {"£5m", "cost £5m.", true}, {"£5m", "cost 5m", false}, {"$5m", "cost £5m", false},
		{"C++", "in C++, and", true}, {"C++", "in C", false}, {"re-election", "his re‐election", true}, {"re-election", "his re election", false}, {"(sic)", "he said (sic) so", true},
		{"cafe\u0301", "a café", true}, {"?!", "what?!", false}, {"10", "1,000 and 10", true}, {"", "x", false},
	} {
		if got := (Verbatim{tc.v}).In(tc.in); got != tc.want {
			t.Errorf("%q in %q: %v, want %v", tc.v, tc.in, got, tc.want)
		}
	}
}

// TestMarkNew marks what the parts of the language matched that are no words or phrases.
func TestMarkNew(t *testing.T) {
	for _, tc := range []struct{ q, in, want string }{
		{"elect* col?r", "The elections’ color", "The [elections]’ [color]"},
		{"flodo~", "A flood of blood", "A [flood] of blood"},
		{`="The Sea"`, "the sea, The Sea", "the sea, [The Sea]"},
		{"flood NEAR/3 harbour", "A flood; the harbour. No more of the floods at all in that harbour", "A [flood]; the [harbour]. No more of the floods at all in that harbour"},
		{`(flood OR gale) pre/2 "the harbour"`, "The harbour floods the harbour", "The harbour [floods] [the harbour]"},
		{"headline:har* body:flo*", "The harbour floods", "The [harbour] floods"},
		{"headline:(flood NEAR/2 harbour)", "The harbour floods", "The [harbour] [floods]"},
		{"-harb* on:12-02 has:photo flood", "The harbour floods", "The harbour [floods]"},
	} {
		if got := marked(Mark(parsed(tc.q), tc.in, "en", bare)); got != tc.want {
			t.Errorf("Mark(%q, %q) = %s, want %s", tc.q, tc.in, got, tc.want)
		}
	}
}

// TestCostly has queries that ask for as much as a reader can type: they are read at once,
// into a tree of bounded size, which is told; and marking a long text takes no long.
func TestCostly(t *testing.T) {
	var fuzzy, near strings.Builder
	for i := range 1000 {
		fmt.Fprintf(&fuzzy, "abcde%d~2 ", i)
		fmt.Fprintf(&near, "a%d* NEAR/200 (bcd~2 OR c?d%d) ", i, i)
	}
	a := news.Article{Body: strings.Repeat("abcdf abdce bcde a1x c1d1 ", 8000)}
	for name, q := range map[string]string{
		"1,000 clauses":         strings.Repeat("a OR b ", 500),
		"10 kB of letters":      strings.Repeat("a", 10_000),
		"10 kB of stars":        strings.Repeat("*a", 5_000),
		"10 kB of parentheses":  strings.Repeat("(", 5_000) + "a" + strings.Repeat(")", 5_000),
		"minus and parentheses": strings.Repeat("-(a ", 2_000) + strings.Repeat(")", 2_000),
		"lists in lists":        strings.Repeat("outlet:(a ", 1_000) + strings.Repeat(")", 1_000),
		"slips":                 fuzzy.String(),
		"nearness":              near.String(),
		"NEAR in a row":         "a" + strings.Repeat(" NEAR/5 a", 1_000),
		"phrases":               strings.Repeat(`"a b"~5 ="a" `, 800),
		"a phrase of 10 kB":     `"` + strings.Repeat("a ", 5_000) + `"`,
		"dates":                 strings.Repeat("date:(>1980s <1990) ", 500),
	} {
		start := time.Now()
		n, problems := Parse(q)
		read := time.Since(start)
		nodes, text := 0, 0
		Walk(n, func(n Node) bool { nodes++; return true })
		if n != nil {
			text = len(n.String())
		}
		Cut(n, a, bare)
		if took := time.Since(start); read > 200*time.Millisecond || took > 5*time.Second || nodes > 6*MaxTerms || text > 4*MaxText {
			t.Errorf("%s: read in %v, marked in %v; %d nodes, %d bytes", name, read, took-read, nodes, text)
		}
		if len(problems) == 0 && name != "10 kB of letters" {
			t.Errorf("%s: nothing is said", name)
		}
	}
}
