package storetest

import (
	"errors"
	"fmt"
	"testing"
	"time"

	"pgregory.net/rapid"

	"backfile/internal/news"
)

// RunsModel runs random intakes, undoings, removals and withdrawals on a store and on
// a model that says what is shown. reopen closes the store and opens it again.
func RunsModel(t *testing.T, open func(t *testing.T) (s Store, reopen func() Store)) {
	rapid.Check(t, func(rt *rapid.T) {
		s, reopen := open(t)
		m := &runMachine{s: s, reopen: reopen, articles: map[string]*runArticle{}, runs: map[int]*runModel{}}
		defer func() { _ = m.s.Close() }()
		rt.Repeat(rapid.StateMachineActions(m))
		if err := m.s.Verify(ctx, func(p string) { rt.Errorf("Verify: %s", p) }); err != nil {
			rt.Errorf("Verify: %v", err)
		}
	})
}

// runArticle is an article as the model knows it.
type runArticle struct {
	id       news.ArticleID
	versions []*runVersion // in the order of time, which is that of their numbers
	words    []*runWord    // in the order of their counts
	removed  bool
	pinned   bool
}

// runWord is what one message of the agency said.
type runWord struct{ withdrawn, live bool }

// withdrawn is what the latest word says that holds.
func (a *runArticle) withdrawn() (yes bool) {
	for _, w := range a.words {
		if w.live {
			yes = w.withdrawn
		}
	}
	return yes
}

type runVersion struct {
	text string
	live bool
	made bool // by a run
	// stands says of each run that took it in whether that counts: false once it was
	// undone.
	stands map[int]bool
}

type runModel struct {
	run *news.Run
	// undone and fresh: it is undone, and something came in by it since. old are
	// the versions of before.
	undone, fresh bool
	took          map[*runVersion]*runArticle
	old           map[*runVersion]bool
	words         map[*runWord]*runArticle
	oldWords      []*runWord
}

type runMachine struct {
	s        Store
	reopen   func() Store
	clock    int
	list     news.ListID
	articles map[string]*runArticle
	runs     map[int]*runModel
}

func (a *runArticle) current() *runVersion {
	var out *runVersion
	for _, v := range a.versions {
		if v.live {
			out = v
		}
	}
	return out
}

// Put takes one text in, by a run or without, counted by its agency or not.
func (m *runMachine) Put(t *rapid.T) {
	key := rapid.SampledFrom([]string{"guid:a", "guid:b", "guid:c"}).Draw(t, "key")
	text := rapid.SampledFrom([]string{"a first text of it", "a second text of it", "a third text of it"}).Draw(t, "text")
	by := rapid.IntRange(-1, 2).Draw(t, "run") // -1 is none
	counted := rapid.Bool().Draw(t, "counted")
	m.clock++
	w := news.Write{Article: news.Article{Headline: "Headline", Body: text}, Keys: []news.Key{news.Key(key)},
		At: day.Add(time.Duration(m.clock) * time.Second), Original: fmt.Append(nil, m.clock)}
	if counted {
		w.Article.Usage = &news.Usage{Version: fmt.Sprint(m.clock)}
	}
	r := m.runs[by]
	if by >= 0 {
		if r == nil {
			r = &runModel{run: news.NewRun(day.Add(time.Duration(by)*time.Hour), news.RunIngest, fmt.Sprint(by)), took: map[*runVersion]*runArticle{}, old: map[*runVersion]bool{}, words: map[*runWord]*runArticle{}}
			m.runs[by] = r
		}
		w.Run = r.run
	}
	out, err := m.s.Put(ctx, []news.Write{w})
	if err != nil {
		t.Fatal(err)
	}
	a := m.articles[key]
	if a != nil && a.removed {
		if out[0].Result != news.Refused {
			t.Fatalf("Put of what is removed = %+v", out[0])
		}
		return
	}
	want := news.NewVersion
	if a == nil {
		a, want = &runArticle{id: out[0].ID}, news.Added
		m.articles[key] = a
	}
	v := a.current()
	if v != nil && v.text == text {
		want = news.Unchanged
	} else {
		if v == nil {
			want = news.Added
		}
		last := v
		v = nil
		for i := len(a.versions) - 1; i >= 0 && a.versions[i] != last; i-- {
			if !a.versions[i].live && a.versions[i].text == text {
				v = a.versions[i]
				break
			}
		}
		if v == nil {
			v = &runVersion{text: text, stands: map[int]bool{}, made: by >= 0}
			a.versions = append(a.versions, v)
		}
		v.live = true
	}
	if by >= 0 {
		v.stands[by] = true
		r.took[v] = a
		r.fresh = true
	}
	if counted {
		w := &runWord{live: true}
		a.words = append(a.words, w)
		if by >= 0 {
			r.words[w] = a
		}
	}
	if out[0].Result != want || out[0].ID != a.id {
		t.Fatalf("Put = %+v, want %s of %s", out[0], want, a.id)
	}
}

// Undo undoes a run.
func (m *runMachine) Undo(t *rapid.T) {
	by := rapid.IntRange(0, 2).Draw(t, "run")
	r := m.runs[by]
	if r == nil {
		t.Skip("no such run")
	}
	if _, err := m.s.UndoRun(ctx, r.run.ID, "test"); err != nil {
		t.Fatal(err)
	}
	if r.undone && !r.fresh {
		return
	}
	r.undone, r.fresh = true, false
	for v := range r.took {
		v.stands[by] = false
		r.old[v] = true
	}
	r.oldWords = r.oldWords[:0]
	for w, a := range r.words {
		w.live = w.live && a.removed
		r.oldWords = append(r.oldWords, w)
	}
	for v, a := range r.took {
		kept := a.removed || a.pinned || !v.made
		for _, stands := range v.stands {
			kept = kept || stands
		}
		if !kept {
			v.live = false
		}
	}
}

// Redo takes an undoing back.
func (m *runMachine) Redo(t *rapid.T) {
	by := rapid.IntRange(0, 2).Draw(t, "run")
	r := m.runs[by]
	if r == nil {
		t.Skip("no such run")
	}
	if _, err := m.s.RedoRun(ctx, r.run.ID); err != nil {
		t.Fatal(err)
	}
	if !r.undone {
		return
	}
	r.undone, r.fresh = false, true
	for v := range r.old {
		if !r.took[v].removed {
			v.live = true
		}
		v.stands[by] = true
	}
	for _, w := range r.oldWords {
		w.live = true
	}
	r.old, r.oldWords = map[*runVersion]bool{}, nil
}

// Withdraw has the agency withdraw an article.
func (m *runMachine) Withdraw(t *rapid.T) {
	key := rapid.SampledFrom([]string{"guid:a", "guid:b", "guid:c"}).Draw(t, "key")
	a := m.articles[key]
	if a == nil {
		t.Skip("no such article")
	}
	m.clock++
	w := news.Write{Keys: []news.Key{news.Key(key)}, Article: news.Article{Usage: &news.Usage{Status: news.UsageWithdrawn, Version: fmt.Sprint(m.clock)}}}
	if _, err := m.s.Put(ctx, []news.Write{w}); err != nil {
		t.Fatal(err)
	}
	if !a.removed {
		a.words = append(a.words, &runWord{withdrawn: true, live: true})
	}
}

// Bookmark puts an article that is shown on a list.
func (m *runMachine) Bookmark(t *rapid.T) {
	a := m.articles[rapid.SampledFrom([]string{"guid:a", "guid:b", "guid:c"}).Draw(t, "key")]
	if a == nil {
		t.Skip("no such article")
	}
	if m.list == "" {
		l, err := m.s.CreateList(ctx, news.LocalOwner, "Saved")
		if err != nil {
			t.Fatal(err)
		}
		m.list = l.ID
	}
	err := m.s.Bookmark(ctx, m.list, news.Bookmark{Article: a.id})
	if m.hidden(a) != "shown" {
		if !errors.Is(err, news.ErrNotFound) {
			t.Fatalf("Bookmark of what is not shown: %v", err)
		}
		return
	}
	if err != nil {
		t.Fatal(err)
	}
	a.pinned = true
}

// Remove takes an article out.
func (m *runMachine) Remove(t *rapid.T) {
	a := m.articles[rapid.SampledFrom([]string{"guid:a", "guid:b", "guid:c"}).Draw(t, "key")]
	if a == nil || rapid.IntRange(0, 3).Draw(t, "often") > 0 {
		t.Skip("none")
	}
	if err := m.s.Remove(ctx, a.id, "test", rapid.Bool().Draw(t, "erase")); err != nil {
		t.Fatal(err)
	}
	a.removed = true
}

// Reopen closes the store and opens it again.
func (m *runMachine) Reopen(t *rapid.T) {
	if err := m.s.Close(); err != nil {
		t.Fatal(err)
	}
	m.s = m.reopen()
}

// hidden is why the model does not show an article; "shown" where it does.
func (m *runMachine) hidden(a *runArticle) string {
	switch {
	case a.removed:
		return string(news.HiddenRemoved)
	case a.current() == nil:
		return string(news.HiddenUndone)
	case a.withdrawn():
		return string(news.HiddenWithdrawn)
	}
	return "shown"
}

// Check compares what is shown.
func (m *runMachine) Check(t *rapid.T) {
	shown := 0
	for key, a := range m.articles {
		v, err := m.s.Article(ctx, a.id)
		why := m.hidden(a)
		if why != "shown" {
			var gone *news.Gone
			if !errors.As(err, &gone) || string(gone.Why) != why {
				t.Fatalf("%s: %v, want it hidden as %q", key, err, why)
			}
			continue
		}
		shown++
		if err != nil || v.Article.Body != a.current().text {
			t.Fatalf("%s is %q, %v, want %q", key, v.Article.Body, err, a.current().text)
		}
		vs, err := m.s.Versions(ctx, a.id)
		if err != nil {
			t.Fatal(err)
		}
		i := 0
		for n, want := range a.versions {
			if !want.live {
				continue
			}
			if i >= len(vs) || vs[i].N != n+1 || vs[i].Article.Body != want.text {
				t.Fatalf("%s has the versions %d, want number %d there", key, len(vs), n+1)
			}
			i++
		}
		if i != len(vs) {
			t.Fatalf("%s has %d versions, want %d", key, len(vs), i)
		}
	}
	all, err := m.s.All(ctx, "", 0)
	if err != nil || len(all) != shown {
		t.Fatalf("All = %d, %v, want %d", len(all), err, shown)
	}
}
