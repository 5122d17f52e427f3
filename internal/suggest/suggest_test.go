package suggest

import (
	"cmp"
	"fmt"
	"math/rand/v2"
	"os"
	"runtime"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"
)

func table(t testing.TB, as ...Alias) *Table {
	t.Helper()
	b := NewBuilder()
	for _, a := range as {
		if err := b.Add(a); err != nil {
			t.Fatal(err)
		}
	}
	return b.Table()
}

// town is a small archive's names.
func town(t testing.TB) *Table {
	return table(t,
		Alias{"person", "p1", "liz truss", 40}, Alias{"person", "p1", "truss", 40}, Alias{"person", "p1", "elizabeth truss", 40},
		Alias{"person", "p2", "truss", 3}, Alias{"person", "p2", "ada truss", 3},
		Alias{"person", "p3", "ned trussell", 90},
		Alias{"place", "l1", "united kingdom", 500}, Alias{"place", "l1", "britain", 500}, Alias{"place", "l1", "great britain", 500},
		Alias{"place", "l2", "aberdeen", 30}, Alias{"place", "l3", "aberystwyth", 31},
		Alias{"organisation", "o1", "bank of england", 60}, Alias{"organisation", "o2", "university of aberdeen", 7},
		Alias{"outlet", "evening-courier", "evening courier", 12},
		Alias{"place", "l4", "łodz", 1}, Alias{"place", "", "", 9}, Alias{"place", "bad", "a\x00b", 9})
}

func ids(fs []Found) string {
	var out []string
	for _, f := range fs {
		s := f.ID
		if f.Exact {
			s += "!"
		}
		out = append(out, s)
	}
	return strings.Join(out, " ")
}

func TestFind(t *testing.T) {
	tb := town(t)
	for _, c := range []struct{ typed, kinds, want string }{
		{"tru", "", "p3 p1 p2"},
		{"truss", "", "p1! p2! p3"},
		{"liz t", "", "p1"},
		{"truss liz", "", "p1"},
		{"brit", "", "l1"},
		{"britain", "", "l1!"},
		{"ab", "", "l3 l2 o2"},
		{"ab", "place", "l3 l2"},
		{"ab", "outlet", ""},
		{"aberdeen", "", "l2! o2"},
		{"of", "", ""},
		{"bank of e", "", "o1"},
		{"cour", "outlet person", "evening-courier"},
		{"  bank   of ", "", "o1"},
		{"zzz", "", ""},
		{"", "", ""},
		{"\x00", "", ""},
		{"\xff\xfe", "", ""},
	} {
		if got := ids(tb.Find(c.typed, strings.Fields(c.kinds), 10)); got != c.want {
			t.Errorf("Find(%q, %q) = %q, want %q", c.typed, c.kinds, got, c.want)
		}
	}
	if got := ids(tb.Find("a", nil, 1)); got != "l3" {
		t.Errorf("Find of one = %q, want the most frequent, l3", got)
	}
	if got := new(Table).Find("a", nil, 3); got != nil {
		t.Errorf("the zero Table finds %v", got)
	}
	if fs := tb.Find("britain", nil, 1); len(fs) != 1 || fs[0].Fold != "britain" || fs[0].Count != 500 || fs[0].Kind != "place" {
		t.Errorf("Find(britain) = %+v, want the alias, the kind and the count", fs)
	}
}

func TestSimilar(t *testing.T) {
	tb := town(t)
	for _, c := range []struct{ typed, want string }{
		{"aberdene", "l2 o2"},
		{"liz turss", "p1"},
		{"lis truss", "p1"},
		{"britian", "l1"},
		{"unitde kingdon", "l1"},
		{"fruss", "p1 p2"},
		{"trussel", "p3 p1 p2"},
		{"qq", ""},
		{"bank of englnad", "o1"},
		{strings.Repeat("a ", 50), ""},
		{strings.Repeat("a", 500), ""},
		{"", ""},
	} {
		if got := ids(slices.Collect(func(y func(Found) bool) {
			for _, f := range tb.Similar(c.typed, nil, 5) {
				f.Exact = false
				y(f)
			}
		})); got != c.want {
			t.Errorf("Similar(%q) = %q, want %q", c.typed, got, c.want)
		}
	}
}

// TestDistance compares with the textbook's table.
func TestDistance(t *testing.T) {
	for _, c := range []struct {
		a, b string
		want int
	}{{"", "", 0}, {"ab", "ba", 1}, {"aberdene", "aberdeen", 1}, {"odessa", "odesa", 1}, {"łódź", "lodz", 3}, {"kitten", "sitting", 3}, {"abc", "", 3}} {
		if got := newDistance(c.a, 3).to([]byte(c.b)); got != c.want {
			t.Errorf("distance of %q and %q = %d, want %d", c.a, c.b, got, c.want)
		}
	}
	if got := newDistance("harbour", 1).to([]byte("hospital")); got <= 1 {
		t.Errorf("distance of harbour and hospital = %d, want more than 1", got)
	}
}

// TestFindNaive compares with a look at every alias.
func TestFindNaive(t *testing.T) {
	as := made(rand.New(rand.NewPCG(3, 4)), 400)
	tb := table(t, as...)
	r := rand.New(rand.NewPCG(1, 2))
	for range 2000 {
		of := as[r.IntN(len(as))].Fold
		from := 0
		if i := strings.IndexByte(of, ' '); i > 0 && r.IntN(2) == 0 {
			from = i + 1
		}
		typed := strings.TrimSpace(of[from : from+1+r.IntN(len(of)-from)])
		most := 1 + r.IntN(8)
		got := tb.Find(typed, nil, most)
		want := naive(as, typed)
		if len(strings.Fields(typed)) > 1 && len(want) < most {
			continue // words in any order are looked for too
		}
		want = want[:min(most, len(want))]
		for i := range want {
			if i >= len(got) || got[i].Exact != want[i].Exact || got[i].Count != want[i].Count {
				t.Fatalf("Find(%q, %d) = %v, want %v", typed, most, got, want)
			}
		}
		if len(got) != len(want) {
			t.Fatalf("Find(%q, %d) = %v, want %v", typed, most, got, want)
		}
	}
}

func naive(as []Alias, typed string) []Found {
	by := map[string]Found{}
	for _, a := range as {
		f := Found{Kind: a.Kind, ID: a.ID, Count: a.Count, Exact: a.Fold == typed}
		if fits := strings.HasPrefix(a.Fold, typed) || strings.Contains(a.Fold, " "+typed); !fits {
			continue
		}
		if old, ok := by[a.Kind+a.ID]; ok {
			f.Exact = f.Exact || old.Exact
		}
		by[a.Kind+a.ID] = f
	}
	var out []Found
	for _, f := range by {
		out = append(out, f)
	}
	slices.SortFunc(out, func(a, b Found) int {
		if a.Exact != b.Exact {
			if a.Exact {
				return -1
			}
			return 1
		}
		return cmp.Compare(b.Count, a.Count)
	})
	return out
}

// made makes up n things of two names each, drawn as names of real people are: few
// first names, many surnames.
func made(r *rand.Rand, n int) []Alias {
	syllables := strings.Fields("an ar be bo ca co da de di el en er fa fi ga ge ha he il in jo ka ke la le li lo ma me mi mo na ne ni no or pa pe ra re ri ro sa se si so ta te ti to un va ve vi wa wi ya ze")
	name := func(n int) string {
		var b strings.Builder
		for range n {
			b.WriteString(syllables[r.IntN(len(syllables))])
		}
		return b.String()
	}
	firsts := make([]string, 500)
	for i := range firsts {
		firsts[i] = name(2)
	}
	kinds := []string{"person", "person", "person", "place", "organisation"}
	var out []Alias
	for i := range n {
		count := 1 + n/(1+r.IntN(n))
		last := name(2 + r.IntN(3))
		id := fmt.Sprintf("%013d", i)
		kind := kinds[i%len(kinds)]
		out = append(out, Alias{kind, id, firsts[r.IntN(len(firsts))] + " " + last, count}, Alias{kind, id, last, count})
	}
	return out
}

// BenchmarkFind types names into a table of 500,000 things under 1,000,000 aliases
// (BACKFILE_BENCH_NAMES for another number), and says what building it takes and holds.
func BenchmarkFind(b *testing.B) {
	n := 500_000
	if s := os.Getenv("BACKFILE_BENCH_NAMES"); s != "" {
		var err error
		if n, err = strconv.Atoi(s); err != nil {
			b.Fatal(err)
		}
	}
	as := made(rand.New(rand.NewPCG(1, 1)), n)
	runtime.GC()
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	start := time.Now()
	tb := table(b, as...)
	took := time.Since(start)
	runtime.GC()
	runtime.ReadMemStats(&after)
	b.Logf("%d things under %d aliases, %d words: built in %v, %d MB", tb.Things(), len(as), tb.Len(), took.Round(time.Millisecond), (after.HeapAlloc-before.HeapAlloc)>>20)
	for _, typed := range []string{"m", "ma", "mar", "mare", "mare la", as[0].Fold, "zq"} {
		b.Run("typed-"+strings.ReplaceAll(typed, " ", "-"), func(b *testing.B) {
			for b.Loop() {
				tb.Find(typed, nil, 8)
			}
		})
	}
	b.Run("one-kind", func(b *testing.B) {
		for b.Loop() {
			tb.Find("m", []string{"organisation"}, 8)
		}
	})
	b.Run("like", func(b *testing.B) {
		for b.Loop() {
			tb.Similar("maerlo", nil, 5)
		}
	})
	runtime.KeepAlive(as)
}

func FuzzFind(f *testing.F) {
	f.Add("tru")
	f.Add("liz \x00truss")
	f.Add("\xff")
	tb := town(f)
	f.Fuzz(func(t *testing.T, typed string) {
		for _, found := range append(tb.Find(typed, nil, 4), tb.Similar(typed, nil, 4)...) {
			if found.ID == "" || found.Fold == "" {
				t.Errorf("Find(%q) has %+v", typed, found)
			}
		}
	})
}
