package storetest

import (
	"encoding/json"
	"errors"
	"slices"
	"strings"
	"testing"

	"backfile/internal/news"
)

func correction(typ string, about news.EntityID, c news.Correction) news.Event {
	data, err := json.Marshal(c)
	if err != nil {
		panic(err)
	}
	return news.Event{Type: typ, About: string(about), Data: data}
}

func correct(t *testing.T, s Store, es ...news.Event) []news.Event {
	t.Helper()
	out, err := s.Correct(ctx, es)
	if err != nil {
		t.Fatal(err)
	}
	return out
}

func testCorrections(t *testing.T, s Store) {
	liz, elizabeth := entity(news.Person, "liz truss", "Liz Truss", "Ms Truss"), entity(news.Person, "elizabeth truss", "Elizabeth Truss")
	liz.Count, elizabeth.Count = 3, 2
	out := put(t, s, mentioning("a", liz), mentioning("b", elizabeth), mentioning("c", liz, elizabeth))
	at := head(t, s)
	done := correct(t, s, correction(news.EventMerged, elizabeth.ID, news.Correction{Into: liz.ID, Reason: "her full name"}))
	if done[0].ID == "" || done[0].At.IsZero() || done[0].Owner != news.LocalOwner {
		t.Errorf("event = %+v", done[0])
	}
	if behind(t, s, at) == 0 {
		t.Error("a merge adds no row to the feed")
	}
	e, err := s.Entity(ctx, news.Person, "elizabeth-truss")
	if err != nil || e.ID != liz.ID || e.Slug != "liz-truss" || !slices.Equal(e.Merged, []news.EntityID{elizabeth.ID}) || len(e.Aliases) != 3 {
		t.Errorf("merged entity = %+v, %v", e, err)
	}
	if was, err := s.Unmerged(ctx, elizabeth.ID); err != nil || was.Name != "Elizabeth Truss" || was.ID != elizabeth.ID {
		t.Errorf("unmerged = %+v, %v", was, err)
	}
	found, err := s.FindEntities(ctx, news.Person, "truss", 0)
	if err != nil || len(found) != 1 || found[0].ID != liz.ID {
		t.Errorf("found %+v, %v", found, err)
	}
	listed, err := s.EntityList(ctx, news.Person, "", 0)
	if err != nil || len(listed) != 1 {
		t.Errorf("listed %+v, %v", listed, err)
	}
	v, err := s.Article(ctx, out[2].ID)
	if err != nil || len(v.Article.Persons) != 1 || v.Article.Persons[0].Count != 5 {
		t.Errorf("article's persons = %+v, %v", v.Article.Persons, err)
	}
	// The index keeps what the recogniser first gave: a merge is a union there.
	vs, err := s.Versions(ctx, out[2].ID)
	if err != nil || len(vs) != 1 || len(vs[0].Article.Persons) != 2 {
		t.Errorf("versions = %+v, %v", vs, err)
	}
	correct(t, s, correction(news.EventRenamed, liz.ID, news.Correction{Name: "Mary Elizabeth Truss"}))
	if e, err = s.Entity(ctx, news.Person, "liz-truss"); err != nil || e.Name != "Mary Elizabeth Truss" {
		t.Errorf("renamed = %+v, %v", e, err)
	}
	correct(t, s, news.Event{Type: news.EventUndone, About: done[0].ID})
	if e, err = s.Entity(ctx, news.Person, "elizabeth-truss"); err != nil || e.ID != elizabeth.ID {
		t.Errorf("after undoing: %+v, %v", e, err)
	}
	correct(t, s, correction(news.EventHidden, elizabeth.ID, news.Correction{Reason: "no person"}))
	if listed, err = s.EntityList(ctx, news.Person, "", 0); err != nil || len(listed) != 1 || listed[0].ID != liz.ID {
		t.Errorf("listed %+v, %v", listed, err)
	}
}

func testSplit(t *testing.T, s Store) {
	john := entity(news.Person, "john reid", "John Reid")
	out := put(t, s, mentioning("a", john), mentioning("b", john))
	other := news.NewEntityID(news.Person, "john reid\x00fisherman")
	at := head(t, s)
	correct(t, s, correction(news.EventSplit, john.ID, news.Correction{
		Kind: news.Person, Into: other, Name: "John Reid", Qualifier: "fisherman", Articles: []news.ArticleID{out[1].ID}, Reason: "another man"}))
	rows, err := s.Changes(ctx, at, 0)
	if err != nil || !slices.ContainsFunc(rows, func(c news.Change) bool {
		return c.Kind == news.ArticleChanged && c.ID == string(out[1].ID)
	}) {
		t.Errorf("rows = %+v, %v: the article is not indexed anew", rows, err)
	}
	for i, want := range []news.EntityID{john.ID, other} {
		v, err := s.Article(ctx, out[i].ID)
		if err != nil || len(v.Article.Persons) != 1 || v.Article.Persons[0].ID != want {
			t.Errorf("article %d has %+v, %v", i, v.Article.Persons, err)
		}
		vs, err := s.Versions(ctx, out[i].ID)
		if err != nil || vs[0].Article.Persons[0].ID != want {
			t.Errorf("article %d for the index has %+v, %v", i, vs, err)
		}
	}
	e, err := s.Entity(ctx, news.Person, "john-reid-fisherman")
	if err != nil || e.ID != other {
		t.Errorf("split entity = %+v, %v", e, err)
	}
	if found, err := s.FindEntities(ctx, news.Person, "john reid", 0); err != nil || len(found) != 2 {
		t.Errorf("found %+v, %v", found, err)
	}
}

func testBadCorrections(t *testing.T, s Store) {
	ada, quay := entity(news.Person, "ada quay", "Ada Quay"), entity(news.Place, "quay", "Quay")
	put(t, s, mentioning("a", ada, quay))
	nobody := news.NewEntityID(news.Person, "nobody")
	lat := 91.0
	for _, tc := range []struct {
		e    news.Event
		want error
	}{
		{correction(news.EventMerged, nobody, news.Correction{Into: ada.ID}), news.ErrNotFound},
		{correction(news.EventMerged, ada.ID, news.Correction{Into: nobody}), news.ErrNotFound},
		{correction(news.EventMerged, ada.ID, news.Correction{Into: ada.ID}), news.ErrInvalid},
		{correction(news.EventMerged, ada.ID, news.Correction{Into: quay.ID}), news.ErrInvalid},
		{correction(news.EventRenamed, ada.ID, news.Correction{Name: " "}), news.ErrInvalid},
		{correction(news.EventLocated, quay.ID, news.Correction{Lat: &lat, Lon: &lat}), news.ErrInvalid},
		{correction("praised", ada.ID, news.Correction{}), news.ErrInvalid},
		{news.Event{Type: news.EventUndone, About: "no event"}, news.ErrNotFound},
	} {
		// One that is good goes down with it.
		if _, err := s.Correct(ctx, []news.Event{correction(news.EventHidden, ada.ID, news.Correction{}), tc.e}); !errors.Is(err, tc.want) {
			t.Errorf("%s of %s: %v, want %v", tc.e.Type, tc.e.About, err, tc.want)
		}
	}
	if es, err := s.EntityList(ctx, news.Person, "", 0); err != nil || len(es) != 1 {
		t.Errorf("after refused events: %+v, %v", es, err)
	}
}

func testReunderstand(t *testing.T, s Store) {
	ada := entity(news.Person, "ada quay", "Ada Quay")
	w, given := mentioning("a", ada), mentioning("b", ada)
	w.Article.Understood, given.Article.Understood = "rules 1", news.UnderstoodGiven
	out := put(t, s, w, given)
	if done, err := s.Understanding(ctx); err != nil || done != "" {
		t.Errorf("Understanding = %q, %v", done, err)
	}
	if vs, _, err := s.Outdated(ctx, "rules 1", "", 0); err != nil || len(vs) != 0 {
		t.Errorf("outdated for the same version: %+v, %v", vs, err)
	}
	vs, next, err := s.Outdated(ctx, "rules 2", "", 0)
	if err != nil || next != "" || len(vs) != 1 || vs[0].Article.ID != out[0].ID {
		t.Fatalf("outdated: %+v, %q, %v", vs, next, err)
	}
	v := vs[0]
	bea := entity(news.Person, "bea quay", "Bea Quay")
	v.Article.Persons, v.Article.Understood = []news.Entity{bea}, "rules 2"
	at := head(t, s)
	other := v
	other.Article.Body = "another text"
	if n, err := s.Reunderstand(ctx, []news.Version{v, other}); err != nil || n != 1 {
		t.Fatalf("Reunderstand = %d, %v", n, err)
	}
	if n, err := s.Reunderstand(ctx, []news.Version{v}); err != nil || n != 0 {
		t.Errorf("a second time: %d, %v", n, err)
	}
	rows, err := s.Changes(ctx, at, 0)
	if err != nil || len(rows) != 2 { // the new person, the article
		t.Errorf("rows: %+v, %v", rows, err)
	}
	got, err := s.Article(ctx, out[0].ID)
	if err != nil || got.N != 1 || got.Article.Understood != "rules 2" || !strings.HasPrefix(got.Article.Body, "text of a") ||
		len(got.Article.Persons) != 1 || got.Article.Persons[0].Slug != "bea-quay" {
		t.Errorf("article: %+v, %v", got, err)
	}
	if err := s.FinishUnderstanding(ctx, "rules 2"); err != nil {
		t.Fatal(err)
	}
	if done, err := s.Understanding(ctx); err != nil || done != "rules 2" {
		t.Errorf("Understanding = %q, %v", done, err)
	}
}
