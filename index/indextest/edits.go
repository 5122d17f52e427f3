package indextest

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"time"

	"backfile/index"
	"backfile/internal/news"
	"backfile/internal/search"
)

// testEdits asks for what versions took out and put in.
func testEdits(t *testing.T, x Index) {
	at := time.Date(2026, 3, 1, 12, 0, 0, 0, time.UTC)
	versions := func(bodies ...string) []news.Version {
		var vs []news.Version
		for i, b := range bodies {
			vs = append(vs, news.Version{N: i + 1, At: at.AddDate(0, 0, i), Article: news.Article{Headline: "Mill", Body: b, Language: "en"}})
			if i > 0 {
				vs[i-1].Superseded = vs[i].At
			}
		}
		return vs
	}
	apply(t, x, "1",
		index.Update{ID: "fraud", Versions: versions("An alleged fraud at the mill.", "A fraud at the mill.", "A fraud at the mill, the court found."), Edits: []news.Edit{
			{Lost: []string{"nonsense"}, LostWords: []string{"nonsense"}}, // the first has nothing before it
			{Lost: []string{"An alleged"}, LostWords: []string{"alleged", "an"}, Gained: []string{"A"}, GainedWords: []string{"a"}},
			{Gained: []string{"the court found."}, GainedWords: []string{"court", "found"}},
		}},
		index.Update{ID: "swans", Versions: versions("Two swans.", "Two swans, one alleged to be white."), Edits: []news.Edit{
			{}, {Gained: []string{"one alleged to be white.", "an old mill"}, GainedWords: []string{"alleged", "be", "one", "to", "white"}},
		}},
		index.Update{ID: "mill", Versions: versions("An alleged mill.")},
		index.Update{ID: "gone", Versions: versions("Alleged.", "Not."), Edits: []news.Edit{{}, {Lost: []string{"Alleged."}, LostWords: []string{"alleged"}}}})
	apply(t, x, "2", index.Update{ID: "gone"})
	for _, tc := range []struct {
		q    string
		want string // article/version/version of the edit
	}{
		{"removed:alleged", "fraud/3/2"},
		{`removed:"alleged"`, "fraud/3/2"},
		{"removed:alleging", "fraud/3/2"},
		{`removed:"alleging"`, ""},
		{`removed:"an alleged"`, "fraud/3/2"},
		{`removed:"alleged an"`, ""},
		{"removed:nonsense", ""},
		{"removed:the", ""},
		{"added:alleged", "swans/2/2"},
		{"added:the", ""},
		{`added:"the court found"`, "fraud/3/3"},
		{`added:"white an"`, ""}, // two stretches
		{"added:old", ""},        // a word that the paragraph had before
		{"added:courts OR added:a", "fraud/3/3"},
		{"removed:alleged OR added:alleged", "fraud/3/2 swans/2/2"},
		{"removed:alleged added:court", "fraud/3/3"},
		{"removed:alleged added:alleged", ""},
		{"-removed:alleged", "mill/1/0 swans/2/0"},
		{"alleged -added:alleged", "mill/1/0"},
		{"fraud removed:alleged", "fraud/3/2"},
		{"swans removed:alleged", ""},
		{"(removed:alleged OR mill) -added:court", "mill/1/0 swans/2/0"},
		{"is:changed -removed:alleged", "swans/2/0"},
		{"removed:alleged as-of:2026-03-02", "fraud/2/2"},
		{"removed:alleged as-of:2026-03-01", ""},
		{"removed:alleged added:court as-of:2026-03-02", ""},
		{"added:court as-of:2026-03", "fraud/3/3"},
		{"removed:alleged as-of:2026-03-02 found", ""},
	} {
		for _, order := range []search.Sort{search.Newest, search.Relevance} {
			r := find(t, x, search.Request{Query: parse(t, tc.q), Sort: order})
			if got := strings.Join(edits(r), " "); got != tc.want || r.Total != len(r.Hits) {
				t.Errorf("%s by %s: %d, %q, want %q", tc.q, order, r.Total, got, tc.want)
			}
		}
	}
	for q, want := range map[string][2]int{"removed:alleged": {2, 1}, "added:court": {3, 2}, "added:court OR removed:alleged": {3, 2}, "fraud": {0, 0}} {
		if h := find(t, x, search.Request{Query: parse(t, q+" fraud")}).Hits[0]; h.Edit != want[0] || h.EditOf != want[1] {
			t.Errorf("%s: an edit of version %d over %d, want %v", q, h.Edit, h.EditOf, want)
		}
	}
	// The same text again, without what it changed: nothing is left of the old edits.
	apply(t, x, "3", index.Update{ID: "fraud", Versions: versions("An alleged fraud at the mill.", "A fraud at the mill.")})
	if r := find(t, x, search.Request{Query: parse(t, "removed:alleged OR added:court")}); r.Total > 0 {
		t.Errorf("edits that are no more: %v", edits(r))
	}
}

// testEditsScan compares searches of edits with a look at every one of them.
func testEditsScan(t *testing.T, x Index) {
	r := rand.New(rand.NewPCG(3, 4))
	vocabulary := strings.Fields("harbour pier storm council mayor fire quay gale")
	draw := func(n int) []string {
		out := make([]string, n)
		for i := range out {
			out[i] = vocabulary[r.IntN(len(vocabulary))]
		}
		return out
	}
	side := func() (texts, words []string) {
		for range r.IntN(3) {
			ws := draw(1 + r.IntN(4))
			texts, words = append(texts, strings.Join(ws, " ")), append(words, ws[1:]...)
		}
		slices.Sort(words)
		return texts, slices.Compact(words)
	}
	at := time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC)
	all := map[news.ArticleID]index.Update{}
	for round := range 5 {
		var us []index.Update
		for range 40 {
			u := index.Update{ID: news.ArticleID(fmt.Sprint("a", r.IntN(100)))}
			for i := range r.IntN(5) {
				v := news.Version{N: i + 1, At: at.AddDate(0, 0, i*10+r.IntN(10)), Article: news.Article{ID: u.ID, Headline: "A report", Body: "Text."}}
				if i > 0 {
					u.Versions[i-1].Superseded = v.At
				}
				var e news.Edit
				e.Lost, e.LostWords = side()
				e.Gained, e.GainedWords = side()
				u.Versions, u.Edits = append(u.Versions, v), append(u.Edits, e)
			}
			all[u.ID] = u
			us = append(us, u)
		}
		apply(t, x, news.Cursor(fmt.Sprint(round)), us...)
		for range 40 {
			words := draw(1 + r.IntN(2))
			then := at.AddDate(0, 0, r.IntN(50))
			f := search.Field{Name: []string{search.FieldRemoved, search.FieldAdded}[r.IntN(2)], Value: strings.Join(words, " "), Phrase: true}
			query, past := search.Node(f), search.AsOf{Until: time.Date(9999, 1, 1, 0, 0, 0, 0, time.UTC)}
			if r.IntN(2) == 0 {
				past, _ = parse(t, "as-of:"+then.Format(time.DateOnly)).(search.AsOf)
				query = search.All(f, past)
			}
			var want []string
			for _, u := range all {
				shown, edit := 0, 0
				for i, v := range u.Versions {
					if past.Shown(v.At, v.Superseded) {
						shown = v.N
					}
					if i > 0 && v.At.Before(past.Until) && edited(u.Edits[i], f.Name, words) {
						edit = v.N
					}
				}
				if edit > 0 {
					want = append(want, fmt.Sprintf("%s/%d/%d", u.ID, shown, edit))
				}
			}
			slices.Sort(want)
			if got := edits(find(t, x, search.Request{Query: query, PerPage: 100})); !slices.Equal(got, want) {
				t.Fatalf("%s: %v, want %v", query, got, want)
			}
		}
	}
}

// edited reports whether one side of an edit has the words.
func edited(e news.Edit, field string, words []string) bool {
	texts, single := e.Lost, e.LostWords
	if field == search.FieldAdded {
		texts, single = e.Gained, e.GainedWords
	}
	if len(words) == 1 {
		return slices.Contains(single, words[0])
	}
	return slices.ContainsFunc(texts, func(s string) bool { return strings.Contains(" "+s+" ", " "+strings.Join(words, " ")+" ") })
}

// edits are the hits as article, version, and version of the edit.
func edits(r search.Result) []string {
	var out []string
	for _, h := range r.Hits {
		out = append(out, fmt.Sprintf("%s/%d/%d", h.ID, h.Version, h.Edit))
	}
	slices.Sort(out)
	return out
}
