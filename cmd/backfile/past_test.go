package main

import (
	"fmt"
	"io"
	"log/slog"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"time"

	"backfile/index"
	"backfile/internal/family"
	"backfile/internal/news"
	"backfile/internal/search"
	"backfile/internal/text"
	"backfile/store"
)

// report is a text whose paragraphs are cut, reworded, added and moved from version to
// version.
type report struct {
	r          *rand.Rand
	paragraphs [][]string
}

var reportWords = strings.Fields("alleged harbour council mayor floods flood fire quay the of an old ship pier court accident police said winter train")

func (p *report) sentence() []string {
	out := make([]string, 8+p.r.IntN(12))
	for i := range out {
		out[i] = reportWords[p.r.IntN(len(reportWords))]
	}
	return out
}

func (p *report) change() {
	i := p.r.IntN(len(p.paragraphs))
	at := p.paragraphs[i]
	j := p.r.IntN(len(at))
	switch p.r.IntN(5) {
	case 0:
		p.paragraphs = append(p.paragraphs, p.sentence())
	case 1:
		if len(p.paragraphs) > 2 {
			p.paragraphs = slices.Delete(p.paragraphs, i, i+1)
		}
	case 2:
		p.paragraphs = slices.Delete(p.paragraphs, i, i+1)
		p.paragraphs = slices.Insert(p.paragraphs, p.r.IntN(len(p.paragraphs)+1), at)
	case 3:
		p.paragraphs[i] = slices.Concat(at[:j], p.sentence()[:2], at[j:])
	case 4:
		p.paragraphs[i] = slices.Concat(at[:j], at[min(j+2, len(at)-1):])
	}
}

func (p *report) body() string {
	var out []string
	for _, ws := range p.paragraphs {
		out = append(out, strings.Join(ws, " ")+".")
	}
	return strings.Join(out, "\n\n")
}

// TestVersionSearches asks a real archive what changed and what it held on some day, and
// compares the answers with a look at every version it keeps; then makes the index anew.
func TestVersionSearches(t *testing.T) {
	dir := t.TempDir()
	st, err := store.Open(dir, store.Options{})
	if err != nil {
		t.Fatal(err)
	}
	a, err := openArchive(t.Context(), place{dir: dir}, st, slog.New(slog.NewTextHandler(io.Discard, nil)))
	if err != nil {
		t.Fatal(err)
	}
	defer a.Close()
	r := rand.New(rand.NewPCG(5, 3))
	from := time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC)
	var ids []news.ArticleID
	for n := range 60 {
		p := &report{r: r}
		for range 4 {
			p.paragraphs = append(p.paragraphs, p.sentence())
		}
		at := from
		for range 1 + r.IntN(4) {
			at = at.Add(time.Duration(r.Int64N(int64(20 * 24 * time.Hour))))
			captured := at
			if r.IntN(6) == 0 { // one that comes late
				captured = from.Add(time.Duration(r.Int64N(int64(10 * 24 * time.Hour))))
			}
			out, err := a.Put(t.Context(), []news.Write{{Article: news.Article{Headline: "Report " + p.paragraphs[0][0], Body: p.body(), Language: "en", Understood: news.UnderstoodGiven},
				Keys: []news.Key{news.Key(fmt.Sprint("report ", n))}, At: captured}})
			if err != nil {
				t.Fatal(err)
			}
			if !slices.Contains(ids, out[0].ID) {
				ids = append(ids, out[0].ID)
			}
			p.change()
		}
	}
	for _, id := range ids[:5] {
		if err := a.Remove(t.Context(), id, "a test", false); err != nil {
			t.Fatal(err)
		}
	}
	ids = ids[5:]
	if err := a.index.WaitIndexed(t.Context()); err != nil {
		t.Fatal(err)
	}
	answers := map[string][]string{}
	for range 150 {
		q := ""
		switch word := reportWords[r.IntN(len(reportWords))]; r.IntN(6) {
		case 0:
			q = "is:changed"
		case 1:
			q = "removed:" + word
		case 2:
			q = `added:"` + word + `"`
		case 3:
			q = `removed:"` + word + " " + reportWords[r.IntN(len(reportWords))] + `"`
		case 4:
			q = `added:"` + word + " " + reportWords[r.IntN(len(reportWords))] + `"`
		}
		if q == "" || r.IntN(2) == 0 {
			q = strings.TrimSpace(q + " as-of:" + from.Add(time.Duration(r.Int64N(int64(70*24*time.Hour)))).Format([]string{"2006-01-02", "2006-01-02T15:04:05Z"}[r.IntN(2)]))
		}
		got, want := asked(t, a, q), scanned(t, st, ids, q)
		if !slices.Equal(got, want) {
			t.Errorf("%s: %v, want %v", q, got, want)
		}
		answers[q] = got
	}
	a.index.Reindex()
	if err := a.index.WaitIndexed(t.Context()); err != nil {
		t.Fatal(err)
	}
	some := 0
	for q, was := range answers {
		if got := asked(t, a, q); !slices.Equal(got, was) {
			t.Errorf("%s, from an index made anew: %v, before %v", q, got, was)
		}
		if len(was) > 0 && len(was) < len(ids) {
			some++
		}
	}
	if some < 50 {
		t.Errorf("only %d queries find some of the articles", some)
	}
}

// asked are the hits of a search: article, version, and version of the edit.
func asked(t *testing.T, a *archive, q string) []string {
	t.Helper()
	n, problems := search.Parse(q)
	if len(problems) > 0 {
		t.Fatalf("%s: %v", q, problems)
	}
	res, err := a.index.Search(t.Context(), search.Request{Query: n, PerPage: 100})
	if err != nil {
		t.Fatal(err)
	}
	var out []string
	for _, h := range res.Hits {
		out = append(out, fmt.Sprintf("%s/%d/%d", h.ID, h.Version, h.Edit))
	}
	slices.Sort(out)
	return out
}

// scanned answers the same by a look at every version in the store.
func scanned(t *testing.T, st *store.Store, ids []news.ArticleID, q string) []string {
	t.Helper()
	n, _ := search.Parse(q)
	n, then, past := search.Past(n)
	if !past {
		then.Until = time.Date(9999, 1, 1, 0, 0, 0, 0, time.UTC)
	}
	var out []string
	for _, id := range ids {
		vs, err := st.Versions(t.Context(), id)
		if err != nil {
			t.Fatal(err)
		}
		shown, edit := -1, 0
		for i, v := range vs {
			if !v.At.Before(then.Until) {
				break
			}
			shown = i
			if f, ok := n.(search.Field); ok && i > 0 && f.Name != search.FieldIs && hasEdit(f, &vs[i-1].Article, &v.Article) {
				edit = v.N
			}
		}
		f, ok := n.(search.Field)
		if shown < 0 || ok && f.Name == search.FieldIs && shown == 0 || ok && f.Name != search.FieldIs && edit == 0 {
			continue
		}
		out = append(out, fmt.Sprintf("%s/%d/%d", id, vs[shown].N, edit))
	}
	slices.Sort(out)
	return out
}

// hasEdit reports whether a text lost, or gained, what the field asks for.
func hasEdit(f search.Field, old, new *news.Article) bool {
	ds := family.Compare(old, new)
	texts, words := family.Lost(ds)
	if f.Name == search.FieldAdded {
		texts, words = family.Gained(ds)
	}
	asked := search.Terms(f.Value)
	if len(asked) == 1 {
		return slices.ContainsFunc(words, func(w string) bool {
			return w == asked[0] || !f.Phrase && index.Stem("en", w) == index.Stem("en", asked[0])
		})
	}
	return slices.ContainsFunc(texts, func(s string) bool {
		var folds []string
		for tok := range text.Tokens(s) {
			folds = append(folds, tok.Fold)
		}
		return strings.Contains(" "+strings.Join(folds, " ")+" ", " "+strings.Join(asked, " ")+" ")
	})
}
