package main

import (
	"fmt"
	"io"
	"log/slog"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"backfile/internal/family"
	"backfile/internal/news"
	"backfile/internal/newsgen"
	"backfile/internal/search"
	"backfile/store"
)

// opened is an archive in dir as serve and ingest hold it, or, without families, as
// the other commands do.
func opened(t testing.TB, dir string, families bool) *archive {
	t.Helper()
	st, err := store.Open(dir, store.Options{})
	if err != nil {
		t.Fatal(err)
	}
	a, err := openArchive(t.Context(), place{dir: dir, families: families}, st, slog.New(slog.NewTextHandler(io.Discard, nil)))
	if err != nil {
		t.Fatal(err)
	}
	return a
}

func closed(t testing.TB, a *archive) {
	t.Helper()
	if err := a.Close(); err != nil {
		t.Fatal(err)
	}
}

// printing is an outlet's article of a report.
func printing(name, outlet, published, body string) news.Write {
	d, err := news.ParseDate(published, news.FromGiven)
	if err != nil {
		panic(err)
	}
	s, _ := family.Make(body).MarshalBinary()
	return news.Write{Sketch: s, Keys: []news.Key{news.Key(name)}, Article: news.Article{Headline: name, Body: body, Outlet: news.NewOutlet(outlet), Published: d, Understood: news.UnderstoodGiven}}
}

// wires are 30 reports, each printed by several outlets, cut, some by one alone.
func wires(r *rand.Rand) []news.Write {
	g := newsgen.New(3)
	outlets := []string{"Post", "Echo", "Argus", "Courier", "Herald"}
	var out []news.Write
	for i := range 30 {
		paragraphs := strings.Split(g.Article(i).Body, "\n\n")
		for j := range 1 + i%6 {
			body := strings.Join(paragraphs[:len(paragraphs)-r.IntN(1+len(paragraphs)/4)], "\n\n")
			out = append(out, printing(fmt.Sprintf("report %d-%d", i, j), outlets[(i+j)%len(outlets)], fmt.Sprintf("2021-%02d-%02d", 1+i%12, 1+r.IntN(28)), body))
		}
	}
	return out
}

func mustPut(t testing.TB, a *archive, ws ...news.Write) []news.ArticleID {
	t.Helper()
	out, err := a.Put(t.Context(), ws)
	if err != nil {
		t.Fatal(err)
	}
	var ids []news.ArticleID
	for _, o := range out {
		if o.Result == news.Refused {
			t.Fatalf("refused: %s", o.Reason)
		}
		ids = append(ids, o.ID)
	}
	return ids
}

// told are the families as the store and the index have them, which must be the same.
func told(t *testing.T, a *archive) []string {
	t.Helper()
	if err := a.index.WaitIndexed(t.Context()); err != nil {
		t.Fatal(err)
	}
	byLead := map[news.ArticleID][]string{}
	var after news.ArticleID
	for {
		page, err := a.Memberships(t.Context(), after, 7)
		if err != nil {
			t.Fatal(err)
		}
		if len(page) == 0 {
			break
		}
		for _, m := range page {
			byLead[m.Lead] = append(byLead[m.Lead], string(m.Article))
		}
		after = page[len(page)-1].Article
	}
	var stored []string
	for lead, ms := range byLead {
		slices.Sort(ms)
		stored = append(stored, fmt.Sprintf("%s: %s", lead, ms))
	}
	slices.Sort(stored)
	indexed := map[news.ArticleID][]string{}
	for _, h := range hitsOf(t, a, search.Request{Sort: search.Oldest}) {
		if h.Family != "" {
			indexed[h.Family] = append(indexed[h.Family], string(h.ID))
		}
	}
	var inIndex []string
	for lead, ms := range indexed {
		slices.Sort(ms)
		inIndex = append(inIndex, fmt.Sprintf("%s: %s", lead, ms))
	}
	slices.Sort(inIndex)
	if !slices.Equal(stored, inIndex) {
		t.Errorf("the store has the families\n%s\nand the index\n%s", strings.Join(stored, "\n"), strings.Join(inIndex, "\n"))
	}
	if err := a.Store.Verify(t.Context(), func(problem string) { t.Errorf("Verify: %s", problem) }); err != nil {
		t.Error(err)
	}
	return stored
}

// hitsOf are all hits.
func hitsOf(t *testing.T, a *archive, req search.Request) (out []search.Hit) {
	t.Helper()
	req.PerPage = 30
	for {
		r, err := a.index.Search(t.Context(), req)
		if err != nil {
			t.Fatal(err)
		}
		out = append(out, r.Hits...)
		if req.After = r.Next; req.After == "" {
			return out
		}
	}
}

// expected are the families that a build from nothing finds.
func expected(t *testing.T, a *archive) []string {
	t.Helper()
	page, _, err := a.Sketches(t.Context(), "", 0)
	if err != nil {
		t.Fatal(err)
	}
	x, err := family.Load(t.Context(), func(yield func(family.Entry) bool) {
		for _, k := range page {
			e := family.Entry{ID: k.ID, Outlet: k.Outlet, Published: k.Published}
			if err := e.Sketch.UnmarshalBinary(k.Sketch); err != nil {
				t.Error(err)
			}
			if !yield(e) {
				return
			}
		}
	})
	if err != nil {
		t.Fatal(err)
	}
	var out []string
	for f := range x.Families() {
		var ms []string
		for _, m := range f.Members {
			ms = append(ms, string(m.ID))
		}
		slices.Sort(ms)
		out = append(out, fmt.Sprintf("%s: %s", f.Lead, ms))
	}
	slices.Sort(out)
	return out
}

func sameFamilies(t *testing.T, when string, got, want []string) {
	t.Helper()
	if !slices.Equal(got, want) {
		t.Errorf("%s the families are\n%s\nwant\n%s", when, strings.Join(got, "\n"), strings.Join(want, "\n"))
	}
}

// TestFamiliesInAnyOrder takes the same articles in in several orders and batches, and
// makes the index anew.
func TestFamiliesInAnyOrder(t *testing.T) {
	ws := wires(rand.New(rand.NewPCG(1, 1)))
	var want []string
	for order := range 3 {
		dir := t.TempDir()
		a := opened(t, dir, true)
		r := rand.New(rand.NewPCG(uint64(order), 2))
		shuffled := slices.Clone(ws)
		r.Shuffle(len(shuffled), func(i, j int) { shuffled[i], shuffled[j] = shuffled[j], shuffled[i] })
		for len(shuffled) > 0 {
			n := min(1+r.IntN(30), len(shuffled))
			mustPut(t, a, shuffled[:n]...)
			shuffled = shuffled[n:]
		}
		got := told(t, a)
		if order == 0 {
			want = got
			sameFamilies(t, "after ingest", got, expected(t, a))
			if len(got) < 20 {
				t.Errorf("%d families of 25: %v", len(got), got)
			}
		}
		sameFamilies(t, fmt.Sprintf("in order %d", order), got, want)
		whole := hitsOf(t, a, search.Request{Sort: search.Newest, Group: true})
		if err := a.Reindex(t.Context()); err != nil {
			t.Fatal(err)
		}
		sameFamilies(t, "after reindex", told(t, a), want)
		closed(t, a)
		if err := os.RemoveAll(filepath.Join(dir, "index")); err != nil {
			t.Fatal(err)
		}
		a = opened(t, dir, false) // families are what the store was told
		sameFamilies(t, "in a new index", told(t, a), want)
		if again := hitsOf(t, a, search.Request{Sort: search.Newest, Group: true}); !slices.Equal(again, whole) {
			t.Errorf("a new index answers\n%v\nwant\n%v", again, whole)
		}
		closed(t, a)
	}
}

// TestFamiliesCaughtUp opens archives in which the store was not told everything: as a
// crash leaves them, or a command that keeps no families, or an older program.
func TestFamiliesCaughtUp(t *testing.T) {
	r := rand.New(rand.NewPCG(5, 1))
	ws := wires(r)
	for i := range ws {
		if i%3 == 0 {
			ws[i].Sketch = nil
		}
	}
	ws[1].Sketch = []byte("of another program")
	dir := t.TempDir()
	a := opened(t, dir, false)
	ids := mustPut(t, a, ws...)
	if got := told(t, a); len(got) > 0 {
		t.Errorf("families that nobody looked for: %v", got)
	}
	closed(t, a)

	a = opened(t, dir, true)
	for more := true; more; { // sketches are made in the background
		vs, _, err := a.Unsketched(t.Context(), func(b []byte) bool { return new(family.Sketch).UnmarshalBinary(b) == nil }, "", 0)
		if err != nil {
			t.Fatal(err)
		}
		more = len(vs) > 0
	}
	a.index.families.Settle(t.Context()) // what was sketched last is told with the next turn
	want := told(t, a)
	sameFamilies(t, "caught up", want, expected(t, a))
	if len(want) < 20 {
		t.Errorf("%d families of 25", len(want))
	}
	closed(t, a)

	// Told wrong, told too little, and removed while nobody kept them.
	st, err := store.Open(dir, store.Options{})
	if err != nil {
		t.Fatal(err)
	}
	var wrong []news.Membership
	for _, id := range ids[:40] {
		m := news.Membership{Article: id}
		if r.IntN(2) == 0 {
			m.Lead = ids[r.IntN(len(ids))]
		}
		wrong = append(wrong, m)
	}
	if _, err := st.Regroup(t.Context(), wrong); err != nil {
		t.Fatal(err)
	}
	if err := st.Close(); err != nil {
		t.Fatal(err)
	}
	a = opened(t, dir, true)
	sameFamilies(t, "after a crash", told(t, a), want)
	closed(t, a)
}

// TestFamiliesOfResults asks for results of which families are one.
func TestFamiliesOfResults(t *testing.T) {
	a := opened(t, t.TempDir(), true)
	defer closed(t, a)
	g := newsgen.New(9)
	body := g.Article(1).Body
	other := g.Article(2).Body
	ids := mustPut(t, a,
		printing("third", "Argus", "2021-03-03", body), printing("first", "Post", "2021-03-01", body),
		printing("second", "Echo", "2021-03-02", body+"\n\nMore at six."), printing("alone", "Echo", "2021-03-04", other))
	third, first, second, alone := ids[0], ids[1], ids[2], ids[3]
	name := map[news.ArticleID]string{third: "third", first: "first", second: "second", alone: "alone"}
	ask := func(q string, group bool) string {
		t.Helper()
		if err := a.index.WaitIndexed(t.Context()); err != nil {
			t.Fatal(err)
		}
		n, _ := search.Parse(q)
		var out []string
		for _, h := range hitsOf(t, a, search.Request{Query: n, Sort: search.Oldest, Group: group}) {
			s := name[h.ID]
			if h.Family != "" {
				s += fmt.Sprintf(" (%s: %d of %d by %d)", name[h.Family], h.Found, h.Members, h.Outlets)
			}
			out = append(out, s)
		}
		return strings.Join(out, ", ")
	}
	check := func(q string, group bool, want string) {
		t.Helper()
		if got := ask(q, group); got != want {
			t.Errorf("%q grouped %v: %s\nwant %s", q, group, got, want)
		}
	}
	check("", true, "first (first: 3 of 3 by 3), alone")
	check("", false, "first (first: 0 of 3 by 3), second (first: 0 of 3 by 3), third (first: 0 of 3 by 3), alone")
	check("-outlet:post", true, "second (first: 2 of 3 by 3), alone")
	check("is:wire outlet:argus", true, "third (first: 1 of 3 by 3)")
	check("-is:wire", true, "alone")

	// The lead is removed: the next leads.
	if err := a.Remove(t.Context(), first, "test", false); err != nil {
		t.Fatal(err)
	}
	check("", true, "second (second: 2 of 2 by 2), alone")
	vs, err := a.Family(t.Context(), third)
	if err != nil || len(vs) != 2 || vs[0].ID != second || vs[1].ID != third {
		t.Errorf("Family = %v, %v", vs, err)
	}
	// An earlier one comes late, and leads.
	early := mustPut(t, a, printing("early", "Herald", "2021-02-28", body))[0]
	name[early] = "early"
	check("", true, "early (early: 3 of 3 by 3), alone")
	// A new text that is no copy leaves it, and none is left with another.
	w := printing("early", "Herald", "2021-02-28", g.Article(3).Body)
	mustPut(t, a, w)
	check("", true, "early, second (second: 2 of 2 by 2), alone")
	if err := a.Remove(t.Context(), second, "test", true); err != nil {
		t.Fatal(err)
	}
	check("", true, "early, third, alone")
	if got := told(t, a); len(got) > 0 {
		t.Errorf("families of one: %v", got)
	}

	// What a person says of outlet and date counts.
	d := mustPut(t, a, printing("late", "Courier", "2021-05-05", body))[0]
	name[d] = "late"
	check("", true, "early, third (third: 2 of 2 by 2), alone")
	if _, err := a.Correct(t.Context(), []news.Event{{Type: news.EventFixed, About: string(d), Data: []byte(`{"published": "2021-01-01", "outlet": "Argus"}`)}}); err != nil {
		t.Fatal(err)
	}
	check("", true, "late (late: 2 of 2 by 1), early, alone")
	check("is:wire", true, "")
	sameFamilies(t, "with a date set right", told(t, a), expected(t, a))
}
