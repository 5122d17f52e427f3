package indextest

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"math/rand/v2"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"backfile/index"
	"backfile/internal/news"
	"backfile/internal/newsgen"
	"backfile/internal/search"
	"backfile/internal/search/naive"
)

// Turn is something that happens to an index and must change no answer: a rebuild, a
// crash. all is what the index was given last of each article, for one that starts anew;
// Do returns the index to go on with.
type Turn struct {
	Name string
	Do   func(t *testing.T, x Index, all []index.Update) Index
}

// Texts are the articles that Language gives an index, for one that reads them again
// (index.Options.Article).
type Texts struct {
	mu  sync.Mutex
	all map[news.ArticleID][]news.Version
}

// Article is the text of version n of an article. The error is news.ErrNotFound where
// there is none.
func (x *Texts) Article(_ context.Context, id news.ArticleID, n int) (*news.Article, error) {
	x.mu.Lock()
	defer x.mu.Unlock()
	for i := range x.all[id] {
		if v := &x.all[id][i]; v.N == n {
			return &v.Article, nil
		}
	}
	return nil, news.ErrNotFound
}

func (x *Texts) put(id news.ArticleID, vs []news.Version) {
	x.mu.Lock()
	defer x.mu.Unlock()
	if x.all == nil {
		x.all = map[news.ArticleID][]news.Version{}
	}
	x.all[id] = vs
}

// Language asks an empty index queries drawn from the whole language, and holds the
// articles found, their number, their order by date and their facets to those of a plain look at every
// text (internal/search/naive): as articles come in, are replaced, get versions and are
// removed, in many small batches, and after each of the turns. The same seed draws the same
// articles and queries.
func Language(t *testing.T, x Index, texts *Texts, seed uint64, queries int, turns ...Turn) {
	r := rand.New(rand.NewPCG(20, seed))
	w := &world{t: t, r: r, texts: texts, generator: newsgen.New(11), archive: naive.New(index.Stem), all: map[news.ArticleID]index.Update{}}
	const rounds = 4
	each := queries / (rounds + len(turns))
	for round := range rounds {
		for range []int{12, 6, 6, 6}[round] {
			apply(t, x, news.Cursor(fmt.Sprint(round)), w.batch()...)
		}
		w.ask(x, each, fmt.Sprintf("round %d", round+1))
	}
	for _, turn := range turns {
		var all []index.Update
		for _, id := range w.ids {
			if u, ok := w.all[id]; ok {
				all = append(all, u)
			}
		}
		x = turn.Do(t, x, all)
		w.ask(x, each, "after "+turn.Name)
	}
}

// world is what an index was given, and the oracle beside it.
type world struct {
	t         *testing.T
	r         *rand.Rand
	generator *newsgen.Generator
	archive   *naive.Archive
	texts     *Texts
	ids       []news.ArticleID // all that ever were
	all       map[news.ArticleID]index.Update
}

// batch makes some articles new, and replaces, changes or removes some others.
func (w *world) batch() []index.Update {
	us := map[news.ArticleID]index.Update{}
	for range 15 {
		a := w.article(len(w.ids))
		w.ids = append(w.ids, a.ID)
		us[a.ID] = index.Update{ID: a.ID, Versions: []news.Version{{N: 1, Article: a, At: w.instant(0)}}}
	}
	for range 4 {
		id := w.ids[w.r.IntN(len(w.ids))]
		if _, ok := us[id]; ok {
			continue
		}
		u := w.all[id] // of one that was removed: comes back
		switch kind := w.r.IntN(4); {
		case kind == 0:
			u = index.Update{ID: id}
		case kind == 1 || len(u.Versions) == 0:
			a := w.article(w.r.IntN(1 << 20))
			a.ID = id
			u = index.Update{ID: id, Versions: []news.Version{{N: 1, Article: a, At: w.instant(0)}}}
		default:
			u = w.changed(u)
		}
		us[id] = u
	}
	var out []index.Update
	for id, u := range us {
		u.ID = id
		out = append(out, u)
		if len(u.Versions) == 0 {
			delete(w.all, id)
		} else {
			w.all[id] = u
		}
		w.archive.Put(id, u.Versions, u.Edits)
		w.texts.put(id, u.Versions)
	}
	slices.SortFunc(out, func(a, b index.Update) int { return strings.Compare(string(a.ID), string(b.ID)) })
	return out
}

func (w *world) instant(nth int) time.Time {
	return time.Date(2025, 1+time.Month(nth*2), 1, 0, 0, 0, 0, time.UTC).Add(time.Duration(w.r.IntN(80*24*3600)) * time.Second)
}

// changed gives an article another version: without one of its sentences, with a new one.
func (w *world) changed(u index.Update) index.Update {
	last := len(u.Versions) - 1
	v := u.Versions[last]
	a := v.Article
	sentences := strings.SplitAfter(a.Body, ". ")
	i := w.r.IntN(len(sentences))
	lost, gained := sentences[i], oddities[w.r.IntN(len(oddities))]+" "
	a.Body = strings.Join(slices.Replace(slices.Clone(sentences), i, i+1, gained), "")
	a.Mentions, a.Quotes = nil, nil
	at := w.instant(last + 1)
	versions, edits := slices.Clone(u.Versions), slices.Clone(u.Edits)
	for len(edits) <= last {
		edits = append(edits, news.Edit{})
	}
	versions[last].Superseded = at
	u.Versions = append(versions, news.Version{N: v.N + 1, Article: a, At: at})
	u.Edits = append(edits, news.Edit{Lost: []string{lost}, LostWords: folded(lost), Gained: []string{gained}, GainedWords: folded(gained)})
	return u
}

// folded are the different words of s.
func folded(s string) []string {
	out := search.Terms(s)
	slices.Sort(out)
	return slices.Compact(out)
}

// oddities are sentences that spellings and languages make hard.
var oddities = []string{
	"Mr O’Brien’s re-election in the U.S. cost £1,000.", "In Łódź the COVID-19 ward was full in the 1980’s.", "The boys' club flooded; floods and flooding went on.",
	"Die Straße war überflutet, sagte Müller.", "Les inondations de l’État coûtent 2,5 millions.", "Las inundaciones y la inundación de 1953.",
	"東京タワーの近くで火事。", "Наводнение в городе, ещё одно.", "Powódź w Łodzi: ministrowie i minister.", "He said: “The Who played at 16:17.”",
	"Organised by the organization of organisers.", "Running water ran; the runner runs.", "E-mail, email and e mail.", "The flood, the floor, the blood.",
}

// article is a short one of the generator's, made odd here and there.
func (w *world) article(i int) news.Article {
	r := w.r
	a := w.generator.Article(i)
	a.ID = news.ArticleID(fmt.Sprintf("%s-%d", a.ID, len(w.ids)))
	cut := 200 + r.IntN(250)
	if j := strings.Index(a.Body[min(cut, len(a.Body)):], ". "); j >= 0 {
		a.Body = a.Body[:cut+j+1]
	}
	a.Mentions = slices.DeleteFunc(slices.Clone(a.Mentions), func(m news.Mention) bool { return m.End > len(a.Body) })
	a.Quotes = slices.DeleteFunc(slices.Clone(a.Quotes), func(q news.Quote) bool { return q.End > len(a.Body) })
	for _, list := range []*[]news.Entity{&a.Persons, &a.Places, &a.Organisations} {
		*list = slices.DeleteFunc(slices.Clone(*list), func(e news.Entity) bool {
			return !slices.ContainsFunc(a.Mentions, func(m news.Mention) bool { return m.Entity == e.ID })
		})
	}
	for range r.IntN(3) {
		a.Body += " " + oddities[r.IntN(len(oddities))]
	}
	switch r.IntN(8) {
	case 0:
		a.Headline = oddities[r.IntN(len(oddities))]
	case 1:
		a.Dateline, a.Standfirst = []string{"NORBY, Tuesday", "Łódź", "LONDON"}[r.IntN(3)], ""
	case 2:
		a.Outlet = nil
	case 3:
		a.Byline = "By Anna O’Hara and J.R. Öhm"
	case 4:
		a.Body = []string{"", "Only a notice."}[r.IntN(2)]
		a.Mentions, a.Quotes, a.Persons, a.Places, a.Organisations = nil, nil, nil, nil, nil
	case 5:
		a.Published = news.Date{}
		a.Doubts = []news.Doubt{{Field: news.FieldPublished, Text: "1246"}}[:r.IntN(2)]
	case 6:
		a.Images = append(a.Images, news.Image{Caption: "The harbour wall at Norby"}, news.Image{Caption: "Norby, flooded"})
	}
	a.Language = []string{"en", "en", "en", "en-GB", "de", "fr", "es", "pl", "ja", "", "ru"}[r.IntN(11)]
	return a
}

// ask draws queries and compares the answers.
func (w *world) ask(x Index, n int, when string) {
	w.t.Helper()
	drawer := naive.NewDrawer(w.r, w.archive)
	something, refused := 0, 0
	for range n {
		q := drawer.Query()
		order := []search.Sort{search.Newest, search.Oldest}[w.r.IntN(2)]
		want := w.archive.Search(q, order)
		if len(want) > 0 && len(want) < w.archive.Len() {
			something++
		}
		got, total, err := collect(w.t, x, q, order)
		if errors.Is(err, search.ErrCostly) {
			refused++
			continue
		}
		if err != nil {
			w.t.Fatalf("%s: Search(%s): %v", when, search.String(q), err)
		}
		if total != len(want) || !slices.Equal(got, want) {
			w.t.Fatalf("%s: %s by %s: %d articles (total %d), want %d\n%s", when, search.String(q), order, len(got), total, len(want), w.difference(got, want))
		}
		w.relevant(x, q, want, when)
	}
	if something*2 < n || refused*20 > n {
		w.t.Errorf("%s: of %d queries %d found something and not all, %d were refused", when, n, something, refused)
	}
}

// relevant holds the order of relevance to finding the same articles, and one facet to
// counting them.
func (w *world) relevant(x Index, q search.Node, want []naive.Found, when string) {
	w.t.Helper()
	facet := naive.Facets[w.r.IntN(len(naive.Facets))]
	r := find(w.t, x, search.Request{Query: q, PerPage: search.MaxPerPage, Facets: map[string]int{facet: 0}})
	if r.Total != len(want) || len(r.Hits) != min(len(want), search.MaxPerPage) {
		w.t.Fatalf("%s: %s by relevance: total %d, %d hits, want %d", when, search.String(q), r.Total, len(r.Hits), len(want))
	}
	known := map[naive.Found]bool{}
	for _, f := range want {
		known[f] = true
	}
	for _, h := range r.Hits {
		f := naive.Found{ID: h.ID, Version: h.Version}
		if !known[f] {
			w.t.Fatalf("%s: %s by relevance finds %s, or finds it twice", when, search.String(q), w.describe(f))
		}
		delete(known, f)
	}
	counts := map[string]int{}
	for _, c := range r.Facets[facet] {
		counts[c.Value] = c.N
	}
	if want := w.archive.Count(want, facet); !maps.Equal(counts, want) {
		w.t.Fatalf("%s: %s counts by %s %v, want %v", when, search.String(q), facet, counts, want)
	}
}

// collect leafs through all hits.
func collect(t *testing.T, x Index, q search.Node, order search.Sort) (out []naive.Found, total int, err error) {
	req := search.Request{Query: q, Sort: order, PerPage: search.MaxPerPage}
	for {
		r, err := x.Search(t.Context(), req)
		if err != nil {
			return nil, 0, err
		}
		for _, h := range r.Hits {
			out = append(out, naive.Found{ID: h.ID, Version: h.Version})
		}
		if total = r.Total; r.Next == "" {
			return out, total, nil
		}
		req.After = r.Next
	}
}

// difference names the first place where two lists of hits part.
func (w *world) difference(got, want []naive.Found) string {
	for i := range max(len(got), len(want)) {
		g, o := "nothing", "nothing"
		if i < len(got) {
			g = w.describe(got[i])
		}
		if i < len(want) {
			o = w.describe(want[i])
		}
		if g != o {
			return fmt.Sprintf("hit %d is %s\nwant %s", i+1, g, o)
		}
	}
	return "the hits are the same"
}

// describe is an article as a failure shows it.
func (w *world) describe(f naive.Found) string {
	for _, v := range w.all[f.ID].Versions {
		if v.N == f.Version {
			a := v.Article
			return fmt.Sprintf("%s/%d of %s, %q, in %q, at %s: %s | %s | %s | %v | %s", f.ID, f.Version, a.Published.Text, a.Headline, a.Language, v.At, a.Standfirst, a.Byline, a.Dateline, a.Images, a.Body)
		}
	}
	return fmt.Sprintf("%s/%d, which is not there", f.ID, f.Version)
}
