package storetest

import (
	"errors"
	"fmt"
	"maps"
	"slices"
	"testing"
	"time"

	"pgregory.net/rapid"

	"backfile/internal/news"
)

// Model runs random operations on a store and on a few maps that say what it
// must answer. reopen closes the store and opens it again on the same data.
func Model(t *testing.T, open func(t *testing.T) (s Store, reopen func() Store)) {
	rapid.Check(t, func(rt *rapid.T) {
		s, reopen := open(t)
		m := &machine{s: s, reopen: reopen, keys: map[news.Key]news.ArticleID{}, articles: map[news.ArticleID]*modelled{}, lists: map[news.ListID][]news.ArticleID{}}
		defer func() { _ = m.s.Close() }()
		rt.Repeat(rapid.StateMachineActions(m))
		if err := m.s.Verify(ctx, func(p string) { rt.Errorf("Verify: %s", p) }); err != nil {
			rt.Errorf("Verify: %v", err)
		}
	})
}

// modelled is an article as the model knows it.
type modelled struct {
	texts   []string // by version, from 1
	current int
	removed bool
}

// machine is the state machine; its exported methods are the operations.
type machine struct {
	s        Store
	reopen   func() Store
	clock    int
	keys     map[news.Key]news.ArticleID
	articles map[news.ArticleID]*modelled
	lists    map[news.ListID][]news.ArticleID
	rows     int
	cursor   news.Cursor
}

var (
	drawKeys = rapid.SliceOfNDistinct(rapid.SampledFrom([]news.Key{"url:a", "url:b", "url:c", "url:d", "guid:1", "guid:2"}), 1, 3, rapid.ID)
	drawText = rapid.SampledFrom([]string{"a first text", "a second text", "a third text"})
)

// Put keeps one article, as new as anything.
func (m *machine) Put(t *rapid.T) {
	keys, text := drawKeys.Draw(t, "keys"), drawText.Draw(t, "text")
	m.clock++
	w := news.Write{Article: news.Article{Headline: "Headline", Body: text}, Keys: keys, At: day.Add(time.Duration(m.clock) * time.Second),
		// Other bytes each time, so that a text may come back.
		Original: fmt.Append(nil, m.clock)}
	out, err := m.s.Put(ctx, []news.Write{w})
	if err != nil {
		t.Fatalf("Put: %v", err)
	}
	o := out[0]
	var id news.ArticleID
	removed := false
	for _, k := range keys {
		if of, ok := m.keys[k]; ok {
			removed = removed || m.articles[of].removed
			if id == "" {
				id = of
			}
		}
	}
	if removed {
		if o.Result != news.Refused {
			t.Fatalf("Put = %+v of a removed article's key, want refused", o)
		}
		return
	}
	if id == "" {
		if o.Result != news.Added || m.articles[o.ID] != nil {
			t.Fatalf("Put = %+v of unknown keys, want added", o)
		}
		id = o.ID
		m.articles[id] = &modelled{}
	}
	a := m.articles[id]
	switch wanted := a.put(text); {
	case o.ID != id, o.Version != a.current, o.Result != wanted:
		t.Fatalf("Put = %+v, want %s of %s, version %d", o, wanted, id, a.current)
	case wanted != news.Unchanged:
		m.rows++
	}
	for _, k := range keys {
		if _, ok := m.keys[k]; !ok {
			m.keys[k] = id
		}
	}
}

func (a *modelled) put(text string) news.Result {
	if a.current > 0 && a.texts[a.current-1] == text {
		return news.Unchanged
	}
	a.texts = append(a.texts, text)
	a.current = len(a.texts)
	if a.current == 1 {
		return news.Added
	}
	return news.NewVersion
}

// Remove removes an article, or one that is not there.
func (m *machine) Remove(t *rapid.T) {
	id, erase := m.draw(t), rapid.Bool().Draw(t, "erase")
	err := m.s.Remove(ctx, id, "model", erase)
	a := m.articles[id]
	if a == nil {
		if !errors.Is(err, news.ErrNotFound) {
			t.Fatalf("Remove(%s): %v, want ErrNotFound", id, err)
		}
		return
	}
	if err != nil {
		t.Fatalf("Remove(%s): %v", id, err)
	}
	if !a.removed || erase && a.texts != nil {
		m.rows++
	}
	if a.removed = true; erase {
		a.texts = nil
	}
}

func (m *machine) draw(t *rapid.T) news.ArticleID {
	ids := slices.Sorted(maps.Keys(m.articles))
	return rapid.SampledFrom(append(ids, news.NewArticleID("none"))).Draw(t, "id")
}

// CreateList makes a list.
func (m *machine) CreateList(t *rapid.T) {
	l, err := m.s.CreateList(ctx, news.LocalOwner, "Saved")
	if err != nil {
		t.Fatalf("CreateList: %v", err)
	}
	m.lists[l.ID] = nil
	m.rows++
}

// Bookmark adds an article to a list.
func (m *machine) Bookmark(t *rapid.T) {
	if len(m.lists) == 0 {
		t.Skip("no list")
	}
	l := rapid.SampledFrom(slices.Sorted(maps.Keys(m.lists))).Draw(t, "list")
	id := m.draw(t)
	err := m.s.Bookmark(ctx, l, news.Bookmark{Article: id})
	if a := m.articles[id]; a == nil || a.removed {
		if !errors.Is(err, news.ErrNotFound) {
			t.Fatalf("Bookmark(%s): %v, want ErrNotFound", id, err)
		}
		return
	}
	if err != nil {
		t.Fatalf("Bookmark: %v", err)
	}
	if !slices.Contains(m.lists[l], id) {
		m.lists[l] = append(m.lists[l], id)
		m.rows++
	}
}

// Reopen closes the store and opens it again.
func (m *machine) Reopen(t *rapid.T) {
	if err := m.s.Close(); err != nil {
		t.Fatalf("Close: %v", err)
	}
	m.s = m.reopen()
}

// Check compares all that can be read with the model.
func (m *machine) Check(t *rapid.T) {
	for id, a := range m.articles {
		v, err := m.s.Article(ctx, id)
		if a.removed {
			var gone *news.Gone
			if !errors.As(err, &gone) || gone.Erased != (a.texts == nil) {
				t.Fatalf("Article(%s): %v, want Gone", id, err)
			}
			continue
		}
		if err != nil || v.N != a.current || v.Article.Body != a.texts[a.current-1] {
			t.Fatalf("Article(%s) = version %d %q, %v, want %d %q", id, v.N, v.Article.Body, err, a.current, a.texts[a.current-1])
		}
		vs, err := m.s.Versions(ctx, id)
		if err != nil || len(vs) != len(a.texts) {
			t.Fatalf("Versions(%s) = %d, %v, want %d", id, len(vs), err, len(a.texts))
		}
	}
	for k, id := range m.keys {
		if got, err := m.s.Lookup(ctx, k); err != nil || got != id {
			t.Fatalf("Lookup(%s) = %s, %v, want %s", k, got, err, id)
		}
	}
	for id, items := range m.lists {
		l, err := m.s.List(ctx, id)
		if err != nil || !slices.EqualFunc(l.Items, items, func(b news.Bookmark, id news.ArticleID) bool { return b.Article == id }) {
			t.Fatalf("List(%s) = %+v, %v, want %v", id, l.Items, err, items)
		}
	}
	if n, err := m.s.Behind(ctx, ""); err != nil || n != m.rows {
		t.Fatalf("the feed has %d rows, %v, want %d", n, err, m.rows)
	}
	// A reader that follows the feed sees every row once.
	rows, err := m.s.Changes(ctx, m.cursor, 0)
	if err != nil {
		t.Fatalf("Changes: %v", err)
	}
	if len(rows) > 0 {
		m.cursor = rows[len(rows)-1].Cursor
	}
	if n, err := m.s.Behind(ctx, m.cursor); err != nil || n != 0 {
		t.Fatalf("Behind = %d, %v at the feed's end", n, err)
	}
}
