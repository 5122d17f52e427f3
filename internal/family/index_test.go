package family

import (
	"context"
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"backfile/internal/news"
)

// prose is n words drawn of a vocabulary: the same for the same seed.
func prose(seed uint64, n int) string {
	r := rand.New(rand.NewPCG(seed, 1))
	words := make([]string, n)
	for i := range words {
		words[i] = fmt.Sprintf("w%d", r.IntN(3000))
	}
	return strings.Join(words, " ")
}

func entry(id, outlet, published, body string) Entry {
	e := Entry{ID: news.ArticleID(id), Outlet: outlet, Sketch: Make(body)}
	if published != "" {
		d, err := news.ParseDate(published, news.FromGiven)
		if err != nil {
			panic(err)
		}
		e.Published = d
	}
	return e
}

// told is every family of two and more, as "lead: members", sorted.
func told(x *Index) []string {
	var out []string
	for f := range x.Families() {
		s := string(f.Lead) + ":"
		for _, m := range f.Members {
			s += " " + string(m.ID)
		}
		out = append(out, s)
	}
	slices.Sort(out)
	return out
}

func mustLoad(t interface{ Fatal(...any) }, es []Entry, most rarity) *Index {
	x, err := load(context.Background(), slices.Values(es), most)
	if err != nil {
		t.Fatal(err)
	}
	return x
}

// TestLoadStops ends a Load early.
func TestLoadStops(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	x, err := Load(ctx, func(yield func(Entry) bool) {
		yield(entry("a", "x", "2021-01-01", prose(1, 100)))
		cancel()
	})
	if x != nil || err == nil {
		t.Errorf("Load of a context that ended = %v, %v", x, err)
	}
}

func TestFamily(t *testing.T) {
	report := prose(1, 300)
	words := strings.Fields(report)
	cut := strings.Join(words[:120], " ") // three fifths are cut
	other := prose(2, 300)
	for _, tc := range []struct {
		name    string
		entries []Entry
		want    []string
	}{
		{"unlike", []Entry{entry("a", "x", "2021-01-01", report), entry("b", "y", "2021-01-01", other)}, nil},
		{"alike but for case and accents", []Entry{entry("a", "x", "2021-01-02", report), entry("b", "y", "2021-01-01", strings.ToUpper(report))}, []string{"b: b a"}},
		{"cut", []Entry{entry("a", "x", "2021-01-01", report), entry("b", "y", "2021-01-02", cut)}, []string{"a: a b"}},
		{"cut, with words added", []Entry{entry("a", "x", "2021-01-01", report), entry("b", "y", "", cut+" "+prose(3, 60))}, []string{"a: a b"}},
		{"cut, with too many words added", []Entry{entry("a", "x", "2021-01-01", report), entry("b", "y", "2021-01-02", cut+" "+prose(3, 200))}, nil},
		{"one instant", []Entry{entry("b", "x", "2021-01-01", report), entry("a", "y", "2021-01-01", report)}, []string{"a: a b"}},
		{"undated last", []Entry{entry("a", "x", "", report), entry("b", "y", "2021-01-01", report)}, []string{"b: b a"}},
		{"a year leads nothing", []Entry{entry("a", "x", "2021", report), entry("b", "y", "2021-06-01", report)}, []string{"b: b a"}},
		{"59 words", []Entry{entry("a", "x", "2021-01-01", strings.Join(words[:59], " ")), entry("b", "y", "2021-01-02", report)}, nil},
		{"60 words", []Entry{entry("a", "x", "2021-01-01", strings.Join(words[:60], " ")), entry("b", "y", "2021-01-02", strings.Join(words[:60], " "))}, []string{"a: a b"}},
		{"one of the same outlet", []Entry{entry("a", "x", "2021-01-01", report), entry("b", "x", "2021-01-02", report)}, []string{"a: a b"}},
		{"no text", []Entry{entry("a", "x", "2021-01-01", ""), entry("b", "y", "2021-01-02", "")}, nil},
		{"through a third", []Entry{entry("a", "x", "2021-01-01", strings.Join(words[:150], " ")), entry("b", "y", "2021-01-02", strings.Join(words[150:], " ")), entry("c", "z", "2021-01-03", report)}, []string{"a: a b c"}},
	} {
		t.Run(tc.name, func(t *testing.T) {
			x := New()
			for _, e := range tc.entries {
				x.Add(e)
			}
			if diff := cmp.Diff(tc.want, told(x)); diff != "" {
				t.Errorf("families by Add (-want +got):\n%s", diff)
			}
			if diff := cmp.Diff(tc.want, told(mustLoad(t, tc.entries, rarity{commonAll, commonOutlet}))); diff != "" {
				t.Errorf("families by Load (-want +got):\n%s", diff)
			}
		})
	}
}

func TestChanges(t *testing.T) {
	report := prose(1, 200)
	x := New()
	ids := func(f Family) (out []string) {
		for _, m := range f.Members {
			out = append(out, string(m.ID))
		}
		return out
	}
	check := func(what string, got []Change, want ...string) {
		t.Helper()
		var told []string
		for _, c := range got {
			told = append(told, fmt.Sprint(ids(c.Family), c.Moved))
		}
		slices.Sort(told)
		if !slices.Equal(told, want) {
			t.Errorf("%s: changes %q, want %q", what, told, want)
		}
	}
	check("the first", x.Add(entry("b", "one", "2021-01-02", report)))
	check("a second", x.Add(entry("c", "two", "2021-01-03", report)), "[b c] [c]")
	check("the same again", x.Add(entry("c", "two", "2021-01-03", report)))
	check("an earlier", x.Add(entry("a", "three", "2021-01-01", report)), "[a b c] [a b c]")
	check("one with a better date", x.Add(entry("c", "two", "2021-01-02", report)))
	check("a new text of the lead, as like", x.Add(entry("a", "three", "2021-01-01", report+" "+prose(7, 20))))
	check("a new text of a member, unlike", x.Add(entry("b", "one", "2021-01-02", prose(8, 200))), "[a c] []", "[b] [b]")
	check("the lead removed", x.Remove("a"), "[c] [c]")
	check("unknown", x.Remove("zz"))
	if f, ok := x.Family("c"); !ok || len(f.Members) != 1 || f.Wire() {
		t.Errorf("Family(c) = %v, %v; want it alone", f, ok)
	}
	if _, ok := x.Family("a"); ok || x.Len() != 2 {
		t.Errorf("a removed article is still there; %d articles", x.Len())
	}
}

func TestOutlets(t *testing.T) {
	for _, tc := range []struct {
		outlets []string
		want    int
	}{{nil, 0}, {[]string{""}, 1}, {[]string{"", ""}, 1}, {[]string{"a", "a"}, 1}, {[]string{"a", "b", ""}, 2}} {
		var f Family
		for _, o := range tc.outlets {
			f.Members = append(f.Members, Member{Outlet: o})
		}
		if got := f.Outlets(); got != tc.want {
			t.Errorf("Outlets of %q = %d, want %d", tc.outlets, got, tc.want)
		}
	}
}

// world draws articles with all that makes families hard: copies cut in
// different places, footers that an outlet prints under everything, a text that
// one outlet prints over and over, and dates that are the same.
func world(t *rapid.T) []Entry {
	n := rapid.IntRange(1, 60).Draw(t, "articles")
	footerEvery := rapid.IntRange(0, 2).Draw(t, "footers")
	out := make([]Entry, n)
	for i := range out {
		report := rapid.Uint64Range(1, 8).Draw(t, "report")
		words := strings.Fields(prose(report, 600))
		from := rapid.IntRange(0, 400).Draw(t, "from")
		to := rapid.IntRange(from, 600).Draw(t, "to")
		outlet := fmt.Sprintf("outlet%d", rapid.IntRange(0, 2).Draw(t, "outlet"))
		body := strings.Join(words[from:to], " ")
		if footerEvery > 0 {
			body += " " + prose(uint64(100+len(outlet)), 40*footerEvery)
		}
		day := rapid.IntRange(1, 5).Draw(t, "day")
		out[i] = entry(fmt.Sprintf("id%02d", i), outlet, fmt.Sprintf("2021-01-%02d", day), body)
	}
	return out
}

// The order of arrival, removals on the way and earlier texts change nothing.
func TestOrderOfArrival(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		entries := world(t)
		most := rarity{rapid.IntRange(2, 40).Draw(t, "most"), rapid.IntRange(1, 12).Draw(t, "most of an outlet")}
		want := told(mustLoad(t, entries, most))
		order := rapid.Permutation(entries).Draw(t, "order")
		x := newIndex(most)
		leads := map[news.ArticleID]news.ArticleID{}
		follow := func(cs []Change) {
			for _, c := range cs {
				for _, id := range c.Moved {
					leads[id] = c.Family.Lead
				}
			}
		}
		var batch []Entry
		for i, e := range order {
			earlier := order[(i+1)%len(order)] // an earlier text of it
			earlier.ID = e.ID
			switch rapid.IntRange(0, 5).Draw(t, "detour") {
			case 0:
				follow(x.Add(earlier))
			case 1:
				follow(x.Add(e))
				follow(x.Remove(e.ID))
				delete(leads, e.ID)
			case 2:
				batch = append(batch, earlier, e)
				continue
			case 3:
				batch = append(batch, e)
				continue
			}
			follow(x.Add(append(batch, e)...))
			batch = nil
		}
		follow(x.Add(batch...))
		if diff := cmp.Diff(want, told(x)); diff != "" {
			t.Fatalf("families (-by Load +by Add):\n%s", diff)
		}
		for _, e := range entries {
			f, ok := x.Family(e.ID)
			lead, moved := leads[e.ID]
			if !moved {
				lead = e.ID
			}
			if !ok || f.Lead != lead {
				t.Fatalf("Family(%s).Lead = %q, %v; the changes said %q", e.ID, f.Lead, ok, lead)
			}
		}
	})
}

// What an outlet prints under everything joins nothing, once it is known.
func TestFooter(t *testing.T) {
	x := New()
	footer := prose(500, 240)
	for i := range 3 * commonOutlet {
		x.Add(entry(fmt.Sprint("id", i), "x", "2021-01-01", prose(uint64(1000+i), 60)+" "+footer))
	}
	if got := told(x); len(got) > 0 {
		t.Errorf("a footer of 240 words joined %q", got)
	}
	for i := range 3*commonOutlet - 5 {
		x.Remove(news.ArticleID(fmt.Sprint("id", i)))
	}
	if got := told(x); len(got) != 1 {
		t.Errorf("with five left the footer is rare again: families %q, want one", got)
	}
}

func TestCompact(t *testing.T) {
	x := New()
	for round := range 3 {
		for i := range compactFrom {
			x.Add(entry(fmt.Sprint("id", i), fmt.Sprint("o", i%7), "2021-01-01", prose(uint64(i/2*10+round), 64)))
		}
	}
	if len(x.docs) > 2*compactFrom+compactFrom/2 {
		t.Errorf("%d articles take %d places", x.Len(), len(x.docs))
	}
	f, _ := x.Family("id4")
	if got := len(told(x)); got != compactFrom/2 || len(f.Members) != 2 {
		t.Errorf("%d families, want %d; that of id4: %v", got, compactFrom/2, f)
	}
}
