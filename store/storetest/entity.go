package storetest

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"backfile/internal/news"
)

// entity is one with its name and the others as aliases, folded as ASCII is.
func entity(kind news.Kind, identity, name string, others ...string) news.Entity {
	e := news.Entity{ID: news.NewEntityID(kind, identity), Kind: kind, Name: name}
	for _, n := range append([]string{name}, others...) {
		e.Aliases = append(e.Aliases, news.Alias{Name: n, Fold: strings.ToLower(n)})
	}
	return e
}

// mentioning is an article that names entities.
func mentioning(key string, es ...news.Entity) news.Write {
	w := write("url:"+key, "About "+key, "text of "+key)
	for _, e := range es {
		switch e.Kind {
		case news.Person:
			w.Article.Persons = append(w.Article.Persons, e)
		case news.Place:
			w.Article.Places = append(w.Article.Places, e)
		case news.Organisation:
			w.Article.Organisations = append(w.Article.Organisations, e)
		}
	}
	return w
}

func names(es []news.Entity) (out []string) {
	for _, e := range es {
		out = append(out, e.Name)
	}
	return out
}

func testEntities(t *testing.T, s Store) {
	ada := entity(news.Person, "ada quay", "Ada Quay")
	put(t, s, mentioning("a", ada))
	at := head(t, s)
	put(t, s, mentioning("b", ada))
	if n := behind(t, s, at); n != 1 {
		t.Errorf("an article with a known entity added %d rows, want 1", n)
	}
	lat, lon := 1.5, -2.5
	more := entity(news.Person, "ada quay", "Ada M. Quay", "Dame Ada Quay")
	more.Country, more.Lat, more.Lon, more.Qualifier = "GB", &lat, &lon, "novelist"
	at = head(t, s)
	put(t, s, mentioning("c", more))
	var kinds []news.ChangeKind
	rows, err := s.Changes(ctx, at, 0)
	if err != nil {
		t.Fatal(err)
	}
	for _, r := range rows {
		kinds = append(kinds, r.Kind)
		if r.Kind == news.EntityChanged && r.ID != string(ada.ID) {
			t.Errorf("the feed names entity %q, want %q", r.ID, ada.ID)
		}
	}
	if !slices.Contains(kinds, news.EntityChanged) || !slices.Contains(kinds, news.ArticleChanged) {
		t.Errorf("rows of an entity with new names: %v", kinds)
	}
	for _, by := range []string{"ada-quay", string(ada.ID)} {
		e, err := s.Entity(ctx, news.Person, by)
		if err != nil {
			t.Fatalf("Entity(%q): %v", by, err)
		}
		var aliases []string
		for _, a := range e.Aliases {
			aliases = append(aliases, a.Name)
		}
		if e.Name != "Ada Quay" || e.Slug != "ada-quay" || e.Kind != news.Person || e.Qualifier != "novelist" || e.Country != "GB" || *e.Lon != lon ||
			!slices.Equal(aliases, []string{"Ada Quay", "Ada M. Quay", "Dame Ada Quay"}) {
			t.Errorf("Entity(%q) = %+v with aliases %q", by, e, aliases)
		}
	}
	if _, err := s.Entity(ctx, news.Place, string(ada.ID)); !errors.Is(err, news.ErrNotFound) {
		t.Errorf("Entity of another kind: %v, want ErrNotFound", err)
	}
	got, err := s.EntitiesByID(ctx, []news.EntityID{ada.ID, "none", ada.ID})
	if err != nil || len(got) != 1 || got[ada.ID].Slug != "ada-quay" {
		t.Errorf("EntitiesByID = %v, %v", got, err)
	}
	// What comes back is the caller's own.
	*got[ada.ID].Lat = 99
	got[ada.ID].Aliases[0].Name = "spoilt"
	if e, err := s.Entity(ctx, news.Person, "ada-quay"); err != nil || *e.Lat != lat || e.Aliases[0].Name != "Ada Quay" {
		t.Errorf("a change by the caller reached the store: %+v, %v", e, err)
	}
	// An id belongs to one kind.
	wrong := ada
	wrong.Kind = news.Place
	want(t, put(t, s, mentioning("wrong", wrong))[0], news.Refused, 0)
}

func testEntitySlugs(t *testing.T, s Store) {
	us, uk := entity(news.Place, "gaz:1", "Boston"), entity(news.Place, "gaz:2", "Boston")
	us.Qualifier, us.Country, uk.Country = "Massachusetts", "US", "GB"
	third, fourth := entity(news.Place, "gaz:3", "Boston"), entity(news.Place, "gaz:4", "Boston")
	person := entity(news.Person, "boston", "Boston")
	odd, odder := entity(news.Organisation, "odd", "!!!"), entity(news.Organisation, "odder", "???")
	given := entity(news.Person, "given", "Someone")
	given.Slug = "someone-special"
	o := put(t, s, mentioning("a", uk, us, third, fourth, person, odd, odder, given))[0]
	for _, tc := range []struct {
		e    news.Entity
		slug string
	}{
		{uk, "boston"}, {us, "boston-massachusetts"}, {third, "boston-2"}, {fourth, "boston-3"}, {person, "boston"},
		{odd, "organisation"}, {odder, "organisation-2"}, {given, "someone-special"},
	} {
		e, err := s.Entity(ctx, tc.e.Kind, tc.slug)
		if err != nil || e.ID != tc.e.ID || e.Slug != tc.slug {
			t.Errorf("Entity(%s, %q) = %s %q, %v, want %s", tc.e.Kind, tc.slug, e.ID, e.Slug, err, tc.e.ID)
		}
	}
	v, err := s.Article(ctx, o.ID)
	if err != nil {
		t.Fatal(err)
	}
	for i, slug := range []string{"boston", "boston-massachusetts", "boston-2", "boston-3"} {
		if got := v.Article.Places[i].Slug; got != slug {
			t.Errorf("the article's place %d has slug %q, want %q", i, got, slug)
		}
	}
	// Slugs stay with their entities when the articles go.
	if err := s.Remove(ctx, o.ID, "test", true); err != nil {
		t.Fatal(err)
	}
	put(t, s, mentioning("b", entity(news.Place, "gaz:5", "Boston")))
	if e, err := s.Entity(ctx, news.Place, "boston"); err != nil || e.ID != uk.ID {
		t.Errorf("Entity(boston) = %s, %v, want %s", e.ID, err, uk.ID)
	}
}

func testFindEntities(t *testing.T, s Store) {
	put(t, s, mentioning("a",
		entity(news.Person, "1", "Liz Truss", "Elizabeth Truss", "Truss"),
		entity(news.Person, "2", "Mary Elizabeth Winter"),
		entity(news.Person, "3", "Elizabeth Winter"),
		entity(news.Person, "4", "Winter Lord", "Elizabeth Lord"),
		entity(news.Place, "5", "Winter"),
		entity(news.Place, "6", "United Kingdom", "Britain", "UK")))
	for _, tc := range []struct {
		kind  news.Kind
		name  string
		limit int
		want  []string
	}{
		{news.Person, "liz truss", 0, []string{"Liz Truss"}},
		{news.Person, "truss", 5, []string{"Liz Truss"}},
		{news.Person, "elizabeth truss", 5, []string{"Liz Truss"}},
		{news.Place, "britain", 5, []string{"United Kingdom"}},
		{news.Place, "winter", 5, []string{"Winter"}},
		{news.Person, "winter", 5, []string{"Winter Lord", "Elizabeth Winter", "Mary Elizabeth Winter"}},
		{news.Person, "winter elizabeth", 5, []string{"Elizabeth Winter", "Mary Elizabeth Winter"}},
		{news.Person, "winter", 1, []string{"Winter Lord"}},
		{news.Person, "win", 5, nil},
		{news.Person, "", 5, nil},
		{news.Organisation, "winter", 5, nil},
		{news.Person, "liz nobody", 5, nil},
	} {
		got, err := s.FindEntities(ctx, tc.kind, tc.name, tc.limit)
		if err != nil || !slices.Equal(names(got), tc.want) {
			t.Errorf("FindEntities(%s, %q, %d) = %q, %v, want %q", tc.kind, tc.name, tc.limit, names(got), err, tc.want)
		}
		for _, e := range got {
			if len(e.Aliases) == 0 || e.Slug == "" {
				t.Errorf("FindEntities(%q) gave %+v without aliases or slug", tc.name, e)
			}
		}
	}
}

func testEntitiesCalled(t *testing.T, s Store) {
	liz, anna := entity(news.Person, "1", "Liz Truss", "Elizabeth Truss", "Truss"), entity(news.Person, "2", "Anna Truss", "Truss")
	put(t, s, mentioning("a", liz, anna, entity(news.Person, "3", "Elizabeth Winter"), entity(news.Place, "5", "Winter")))
	ask := []string{"truss", "liz truss", "winter", "elizabeth", "", "winter  "}
	want := [][]string{{"Liz Truss", "Anna Truss"}, {"Liz Truss"}, {"Winter"}, nil, nil, {"Winter"}}
	got, err := s.EntitiesCalled(t.Context(), ask, 5)
	if err != nil || len(got) != len(ask) {
		t.Fatalf("EntitiesCalled(%q) gives %d lists, %v, want %d", ask, len(got), err, len(ask))
	}
	for i, es := range got {
		found := names(es)
		slices.Sort(found)
		slices.Sort(want[i])
		if !slices.Equal(found, want[i]) {
			t.Errorf("EntitiesCalled(%q) = %q, want %q", ask[i], found, want[i])
		}
	}
	if got, err := s.EntitiesCalled(t.Context(), []string{"truss"}, 1); err != nil || len(got[0]) != 1 {
		t.Errorf("EntitiesCalled(truss) with the limit 1 = %+v, %v, want one", got, err)
	}
	correct(t, s, correction(news.EventMerged, liz.ID, news.Correction{Into: anna.ID}))
	got, err = s.EntitiesCalled(t.Context(), []string{"liz truss", "truss"}, 5)
	if err != nil || len(got[0]) != 1 || got[0][0].ID != anna.ID || len(got[1]) != 1 || !slices.Equal(got[1][0].Merged, []news.EntityID{liz.ID}) {
		t.Errorf("merged into another, Liz Truss is %+v, %v, want the other, once, with her id", got, err)
	}
}

func testEntityList(t *testing.T, s Store) {
	var es []news.Entity
	for _, n := range []string{"Mull", "Aberdeen", "Zennor", "Mallaig", "Berwick", "Nairn"} {
		es = append(es, entity(news.Place, n, n))
	}
	es = append(es, entity(news.Person, "x", "Ada Quay"), entity(news.Place, "mull 2", "Mull"))
	put(t, s, mentioning("a", es...))
	var got []string
	for after := ""; ; {
		page, err := s.EntityList(ctx, news.Place, after, 2)
		if err != nil {
			t.Fatal(err)
		}
		if len(page) == 0 {
			break
		}
		got = append(got, names(page)...)
		after = string(page[len(page)-1].ID)
	}
	if w := []string{"Aberdeen", "Berwick", "Mallaig", "Mull", "Mull", "Nairn", "Zennor"}; !slices.Equal(got, w) {
		t.Errorf("EntityList = %q, want %q", got, w)
	}
	if page, err := s.EntityList(ctx, news.Place, "m", 2); err != nil || !slices.Equal(names(page), []string{"Mallaig", "Mull"}) {
		t.Errorf("EntityList from m = %q, %v", names(page), err)
	}
	if page, err := s.EntityList(ctx, news.Organisation, "", 2); err != nil || len(page) != 0 {
		t.Errorf("EntityList of no organisations = %q, %v", names(page), err)
	}
}

func testOutlets(t *testing.T, s Store) {
	var writes []news.Write
	for i, n := range []string{"Zeitung am Kai", "The Harbour Light", "the  harbour light", "argus"} {
		w := write(fmt.Sprint("url:", i), fmt.Sprint("Number ", i), "text")
		w.Article.Outlet = &news.Outlet{Name: n}
		writes = append(writes, w)
	}
	none := write("url:none", "None", "text")
	none.Article.Outlet = nil
	nameless := write("url:nameless", "Nameless", "text")
	nameless.Article.Outlet = &news.Outlet{Name: " - "}
	out := put(t, s, append(writes, none, nameless)...)
	got, err := s.Outlets(ctx)
	if err != nil || !slices.Equal(got, []news.Outlet{{Name: "argus", Slug: "argus"}, {Name: "The Harbour Light", Slug: "the-harbour-light"}, {Name: "Zeitung am Kai", Slug: "zeitung-am-kai"}}) {
		t.Errorf("Outlets = %+v, %v", got, err)
	}
	if o, err := s.Outlet(ctx, "argus"); err != nil || o.Name != "argus" {
		t.Errorf("Outlet = %+v, %v", o, err)
	}
	if _, err := s.Outlet(ctx, "gone"); !errors.Is(err, news.ErrNotFound) {
		t.Errorf("Outlet of an unknown slug: %v, want ErrNotFound", err)
	}
	for _, o := range out[4:] {
		if v, err := s.Article(ctx, o.ID); err != nil || v.Article.Outlet != nil {
			t.Errorf("article %s has outlet %+v, %v, want none", o.Slug, v.Article.Outlet, err)
		}
	}
	if v, err := s.Article(ctx, out[2].ID); err != nil || v.Article.Outlet.Slug != "the-harbour-light" {
		t.Errorf("the outlet's slug was not filled in: %+v, %v", v.Article.Outlet, err)
	}
}

func testConcurrent(t *testing.T, s Store) {
	const writers, each = 4, 12
	errs := make(chan error, writers+1)
	done := make(chan struct{})
	for w := range writers {
		go func() {
			for i := range each {
				name := fmt.Sprintf("Person %d", i)
				if _, err := s.Put(ctx, []news.Write{mentioning(fmt.Sprintf("%d-%d", w, i), entity(news.Person, name, name))}); err != nil {
					errs <- err
					return
				}
			}
			errs <- nil
		}()
	}
	go func() {
		for {
			select {
			case <-done:
				errs <- nil
				return
			case <-time.After(time.Millisecond):
			}
			if _, err := s.All(ctx, "", 0); err != nil {
				errs <- err
				return
			}
		}
	}()
	for range writers {
		if err := <-errs; err != nil {
			t.Error(err)
		}
	}
	close(done)
	if err := <-errs; err != nil {
		t.Error(err)
	}
	if all, err := s.All(ctx, "", 0); err != nil || len(all) != writers*each {
		t.Errorf("All = %d articles, %v, want %d", len(all), err, writers*each)
	}
	if es, err := s.EntityList(ctx, news.Person, "", 0); err != nil || len(es) != each {
		t.Errorf("EntityList = %d persons, %v, want %d", len(es), err, each)
	}
}
