package relevance

import (
	"strings"
	"testing"
	"time"

	"backfile/internal/fuzztime"

	"github.com/google/go-cmp/cmp"
)

const small = `# what a reader of a small town's paper looks for
archive: sample

kind: known item

query: flood harbour 1953
top 1: sea-breaks-through
top 10: forty-families the-wall

query: "the wall holds"
top 3: the-wall
not: forty-families

kind: surname

query: duff
not: robert-macduff
`

func TestParse(t *testing.T) {
	got, err := Parse(strings.NewReader(small))
	if err != nil {
		t.Fatal(err)
	}
	want := Suite{Archive: "sample", Queries: []Query{
		{Line: 6, Kind: "known item", Text: "flood harbour 1953", Wanted: []Wanted{{1, "sea-breaks-through"}, {10, "forty-families"}, {10, "the-wall"}}},
		{Line: 10, Kind: "known item", Text: `"the wall holds"`, Wanted: []Wanted{{3, "the-wall"}}, Not: []string{"forty-families"}},
		{Line: 16, Kind: "surname", Text: "duff", Not: []string{"robert-macduff"}},
	}}
	if d := cmp.Diff(want, got); d != "" {
		t.Errorf("Parse (-want +got):\n%s", d)
	}
}

func TestParseRefuses(t *testing.T) {
	for _, c := range []struct{ in, want string }{
		{"query: a", "line 1: the query of line 1 wants nothing"},
		{"query: a\n\ntop 3: b", "line 2: the query of line 1 wants nothing"},
		{"top 3: b", `line 1: "top 3" without a query before it`},
		{"query: a\nquery: b\nnot: c", "line 2: two queries without an empty line between them"},
		{"query: a\ntop 11: b", `line 2: "top 11": the first results are top 1 to top 10`},
		{"query: a\ntop 0: b", `line 2: "top 0": the first results are top 1 to top 10`},
		{"query: a\ntop 03: b", `line 2: "top 03": the first results are top 1 to top 10`},
		{"query: a\ntop 1: b c", "line 2: 2 articles cannot all be among the first 1"},
		{"query: a\ntop 3: b\nnot: b", `line 3: "b" stands twice in one query`},
		{"query: a\ntop 3:", `line 2: "top 3:" is no name, a colon and a value`},
		{"query: a\nwant: b", `line 2: "want" is none of archive, kind, query, top N and not`},
		{"query: a\ntop 3: b\nkind: c", "line 3: a kind stands before its queries, behind an empty line"},
		{"query: a\ntop 3: b\n\narchive: c", "line 4: the archive is said once, before the first query"},
		{"query: \xff\ntop 3: b", "line 1: it is not UTF-8"},
	} {
		if _, err := Parse(strings.NewReader(c.in)); err == nil || err.Error() != c.want {
			t.Errorf("Parse(%q) fails with %v, want %q", c.in, err, c.want)
		}
	}
}

// FuzzParse holds that a suite that can be read prints as one that reads the same, and
// asks nothing that cannot be.
func FuzzParse(f *testing.F) {
	f.Add(small)
	f.Add("query: a\ntop 1: b")
	f.Add("query: top 3: x\r\nnot: :\r\n")
	f.Fuzz(func(t *testing.T, in string) {
		defer fuzztime.Check(t, time.Now())
		s, err := Parse(strings.NewReader(in))
		if err != nil {
			return
		}
		for _, q := range s.Queries {
			if q.Text == "" || len(q.Wanted)+len(q.Not) == 0 {
				t.Errorf("%q has the query %+v", in, q)
			}
		}
		again, err := Parse(strings.NewReader(s.String()))
		if err != nil {
			t.Fatalf("%q prints as %q, which fails: %v", in, s.String(), err)
		}
		for i := range again.Queries {
			again.Queries[i].Line = s.Queries[i].Line
		}
		if d := cmp.Diff(s, again); d != "" {
			t.Errorf("%q prints as another suite (-want +got):\n%s", in, d)
		}
	})
}
