package storetest

import (
	"encoding/json"
	"errors"
	"strings"
	"testing"
	"time"

	"backfile/internal/news"
)

func fix(about news.ArticleID, f news.Fix) news.Event {
	data, err := json.Marshal(f)
	if err != nil {
		panic(err)
	}
	return news.Event{Type: news.EventFixed, About: string(about), Data: data}
}

func undo(e news.Event) news.Event { return news.Event{Type: news.EventUndone, About: e.ID} }

func join(younger, elder news.ArticleID) news.Event {
	return correction(news.EventJoined, news.EntityID(younger), news.Correction{Into: news.EntityID(elder), Reason: "captured twice"})
}

func article(t *testing.T, s Store, id news.ArticleID) news.Article {
	t.Helper()
	v, err := s.Article(ctx, id)
	if err != nil {
		t.Fatal(err)
	}
	return v.Article
}

// What people say of an article is what every reader gets, whatever comes in again,
// until it is undone.
func testFixes(t *testing.T, s Store) {
	keir := entity(news.Person, "thomas keir", "Thomas Keir")
	keir.Count = 1
	w := write("url:a", "Thomas Keir speaks", longBody)
	w.Article.Persons = []news.Entity{keir}
	w.Article.Mentions = []news.Mention{{Kind: news.Person, Text: "Thomas Keir", Start: 0, End: 11, Entity: keir.ID, Field: news.FieldHeadline}}
	id := put(t, s, w, write("url:b", "Another", "other text"))[0].ID
	at := head(t, s)
	done := correct(t, s, fix(id, news.Fix{Outlet: &news.Outlet{Name: "Northern  Courier"}, Published: "1987-05", Headline: "The words of Thomas Keir", Reason: "the cutting says so"}))[0]
	if behind(t, s, at) == 0 {
		t.Error("a fix adds no row to the feed")
	}
	check := func(what string) {
		t.Helper()
		by, err := byID(t, s, id)
		if err != nil {
			t.Fatal(err)
		}
		vs, err := s.Versions(ctx, id)
		if err != nil {
			t.Fatal(err)
		}
		for from, a := range map[string]news.Article{"Article": article(t, s, id), "ArticlesByID": by[id].Article, "Versions": vs[len(vs)-1].Article} {
			if a.Outlet == nil || a.Outlet.Slug != "northern-courier" || a.Outlet.Name != "Northern Courier" {
				t.Errorf("%s: %s: outlet %+v", what, from, a.Outlet)
			}
			if want := (news.Date{Text: "1987-05", Precision: news.Month, From: news.FromHand}); a.Published != want {
				t.Errorf("%s: %s: published %+v, want %+v", what, from, a.Published, want)
			}
			if a.Headline != "The words of Thomas Keir" || len(a.Mentions) != 1 || a.Mentions[0].Start != 13 {
				t.Errorf("%s: %s: headline %q with mentions %+v", what, from, a.Headline, a.Mentions)
			}
		}
	}
	check("fixed")
	if o, err := s.Outlet(ctx, "northern-courier"); err != nil || o.Name != "Northern Courier" {
		t.Errorf("outlet = %+v, %v", o, err)
	}
	if raw, err := s.AsRead(ctx, id); err != nil || raw[0].Article.Outlet.Slug != "the-harbour-light" || raw[0].Article.Headline != "Thomas Keir speaks" || !raw[0].Article.Published.IsZero() {
		t.Errorf("as read: %+v, %v", raw, err)
	}
	if put(t, s, w)[0].Result != news.Unchanged {
		t.Error("the same again is no longer unchanged")
	}
	check("the same again")
	w2 := w
	w2.Article.Body, w2.At = longBody+"\n\nA line more.", day.Add(time.Hour)
	want(t, put(t, s, w2)[0], news.NewVersion, 2)
	check("a new version")

	second := correct(t, s, fix(id, news.Fix{Published: "1988", Cleared: []string{"headline"}}))[0]
	a := article(t, s, id)
	if a.Published.Text != "1988" || a.Published.Precision != news.Year || a.Headline != "" || len(a.Mentions)+len(a.Persons) != 0 || a.Outlet == nil {
		t.Errorf("fixed twice: %+v", a)
	}
	if fs := s.Corrections().Fixes(id); len(fs) != 2 || fs[0].Event != done.ID || fs[0].Reason != "the cutting says so" || fs[1].Event != second.ID || fs[1].At.IsZero() {
		t.Errorf("fixes = %+v", fs)
	}
	undone := correct(t, s, undo(second))[0]
	check("undone")
	correct(t, s, undo(undone))
	if a := article(t, s, id); a.Published.Text != "1988" {
		t.Errorf("published %q once the undoing is undone", a.Published.Text)
	}
	correct(t, s, undo(second), undo(done))
	if a := article(t, s, id); a.Outlet.Slug != "the-harbour-light" || a.Headline != "Thomas Keir speaks" || !a.Published.IsZero() {
		t.Errorf("all undone: %+v", a)
	}
}

// Several articles are fixed at once, and the fix is undone as one.
func testFixMany(t *testing.T, s Store) {
	out := put(t, s, write("url:a", "One", "text one"), write("url:b", "Two", "text two"), write("url:c", "Three", "text three"))
	at := head(t, s)
	e := correct(t, s, fix(out[0].ID, news.Fix{Outlet: &news.Outlet{Name: "Tarn Echo"}, Articles: []news.ArticleID{out[1].ID}}))[0]
	if n := behind(t, s, at); n != 2 {
		t.Errorf("%d rows in the feed, want 2", n)
	}
	for i, want := range []bool{true, true, false} {
		if got := article(t, s, out[i].ID).Outlet.Slug == "tarn-echo"; got != want {
			t.Errorf("article %d has the outlet: %v, want %v", i, got, want)
		}
	}
	correct(t, s, undo(e))
	if a := article(t, s, out[1].ID); a.Outlet.Slug != "the-harbour-light" {
		t.Errorf("outlet %+v after undoing", a.Outlet)
	}
}

func testBadFixes(t *testing.T, s Store) {
	out := put(t, s, write("url:a", "One", "text one"), write("url:b", "Two", "text two"))
	id, other := out[0].ID, out[1].ID
	nobody := news.NewArticleID("url:nobody")
	soon := time.Now().AddDate(0, 0, 3).Format(time.DateOnly)
	for _, tc := range []struct {
		name string
		e    news.Event
		want error
	}{
		{"nothing", fix(id, news.Fix{Reason: "because"}), news.ErrInvalid},
		{"no data", news.Event{Type: news.EventFixed, About: string(id)}, news.ErrInvalid},
		{"no article", fix(nobody, news.Fix{Headline: "x"}), news.ErrNotFound},
		{"no further article", fix(id, news.Fix{Section: "x", Articles: []news.ArticleID{nobody}}), news.ErrNotFound},
		{"no id", fix("x", news.Fix{Headline: "x"}), news.ErrInvalid},
		{"no date", fix(id, news.Fix{Published: "yesterday"}), news.ErrInvalid},
		{"no such day", fix(id, news.Fix{Published: "1987-02-30"}), news.ErrInvalid},
		{"early", fix(id, news.Fix{Published: "1246"}), news.ErrInvalid},
		{"future", fix(id, news.Fix{Published: soon}), news.ErrInvalid},
		{"no outlet", fix(id, news.Fix{Outlet: &news.Outlet{Name: "…"}}), news.ErrInvalid},
		{"no kind", fix(id, news.Fix{Kind: "poem"}), news.ErrInvalid},
		{"no address", fix(id, news.Fix{URL: "javascript:x"}), news.ErrInvalid},
		{"no field", fix(id, news.Fix{Cleared: []string{"body"}}), news.ErrInvalid},
		{"set and cleared", fix(id, news.Fix{Section: "x", Cleared: []string{"section"}}), news.ErrInvalid},
		{"long", fix(id, news.Fix{Headline: strings.Repeat("x", 3000)}), news.ErrInvalid},
		{"another's address", fix(id, news.Fix{URL: "https://b.example/", Keys: []news.Key{"url:b"}}), news.ErrInvalid},
		{"joined to itself", join(id, id), news.ErrInvalid},
		{"joined to nothing", join(id, nobody), news.ErrNotFound},
		{"distinct from nothing", correction(news.EventDistinct, news.EntityID(id), news.Correction{}), news.ErrInvalid},
	} {
		if _, err := s.Correct(ctx, []news.Event{fix(other, news.Fix{Section: "kept"}), tc.e}); !errors.Is(err, tc.want) {
			t.Errorf("%s: %v, want %v", tc.name, err, tc.want)
		}
	}
	if a := article(t, s, other); a.Section != "" {
		t.Error("an event was kept beside one that was not")
	}
	if es, err := s.Events(ctx, "", 0); err != nil || len(es) != 0 {
		t.Errorf("events = %+v, %v", es, err)
	}
}

// An article that was captured twice is one: the younger's address and keys lead to the
// elder, and undoing parts them again.
func testJoined(t *testing.T, s Store) {
	out := put(t, s, write("url:a", "Harbour wall", longBody), write("url:b", "Harbour wall to be mended", longBody+"\n\nMore."), write("url:c", "Third", "third"))
	elder, younger, third := out[0].ID, out[1].ID, out[2].ID
	at := head(t, s)
	e := correct(t, s, join(younger, elder))[0]
	if n := behind(t, s, at); n != 2 {
		t.Errorf("%d rows in the feed, want 2", n)
	}
	if a := article(t, s, younger); a.ID != elder {
		t.Errorf("the younger is %s, want %s", a.ID, elder)
	}
	if _, err := s.Versions(ctx, younger); !errors.Is(err, news.ErrNotFound) {
		t.Errorf("Versions of the younger: %v; an index would keep it", err)
	}
	if v, err := s.Version(ctx, younger, 1); err != nil || v.Article.ID != younger {
		t.Errorf("its own text = %+v, %v", v.Article.ID, err)
	}
	if by, err := byID(t, s, younger); err != nil || by[younger].Article.ID != elder {
		t.Errorf("ArticlesByID = %+v, %v", by, err)
	}
	if id, err := s.Lookup(ctx, "url:b"); err != nil || id != elder {
		t.Errorf("Lookup = %s, %v; want %s", id, err, elder)
	}
	w := write("url:b", "Harbour wall to be mended", longBody+"\n\nMore and more.")
	w.At = day.Add(time.Hour)
	if o := put(t, s, w)[0]; o.ID != elder || o.Result != news.NewVersion {
		t.Errorf("another text of the younger = %+v; want a version of %s", o, elder)
	}
	if _, err := s.Correct(ctx, []news.Event{join(elder, younger)}); !errors.Is(err, news.ErrInvalid) {
		t.Errorf("joined in a circle: %v", err)
	}
	if js := s.Corrections().JoinedTo(elder); len(js) != 1 || js[0].Article != younger || js[0].Event != e.ID || js[0].Reason != "captured twice" {
		t.Errorf("joined to the elder: %+v", js)
	}
	// What was joined follows its elder.
	f := correct(t, s, join(elder, third))[0]
	if a := article(t, s, younger); a.ID != third {
		t.Errorf("the younger is %s, want %s", a.ID, third)
	}
	correct(t, s, undo(f), undo(e))
	if a := article(t, s, younger); a.ID != younger {
		t.Errorf("parted, the younger is %s", a.ID)
	}
	// Removing an article removes what is the same.
	correct(t, s, join(younger, elder))
	if err := s.Remove(ctx, elder, "on request", false); err != nil {
		t.Fatal(err)
	}
	var gone *news.Gone
	if _, err := s.Article(ctx, younger); !errors.As(err, &gone) {
		t.Errorf("the younger of a removed article: %v", err)
	}
}

// Erasing an article erases what people wrote of it, and what was joined to it.
func testEraseFixed(t *testing.T, s Store) {
	out := put(t, s, write("url:a", "One", longBody), write("url:b", "Two", longBody+"\n\nMore."), write("url:c", "Three", "three"))
	correct(t, s, fix(out[0].ID, news.Fix{Headline: "A secret headline"}), fix(out[0].ID, news.Fix{Section: "Kept", Articles: []news.ArticleID{out[2].ID}}), join(out[1].ID, out[0].ID))
	if err := s.Remove(ctx, out[0].ID, "on request", true); err != nil {
		t.Fatal(err)
	}
	es, err := s.Events(ctx, "", 0)
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range es {
		if strings.Contains(string(e.Data), "secret") || e.Type != news.EventRemoved && strings.Contains(e.About+string(e.Data), string(out[0].ID)) {
			t.Errorf("the event %s %s %s is left", e.Type, e.About, e.Data)
		}
	}
	var gone *news.Gone
	for _, o := range out[:2] {
		if _, err := s.Article(ctx, o.ID); !errors.As(err, &gone) || !gone.Erased {
			t.Errorf("article %s: %v; want it erased", o.ID, err)
		}
	}
	if a := article(t, s, out[2].ID); a.Section != "Kept" {
		t.Errorf("section %q of the one that was fixed alike", a.Section)
	}
}

// Fixes come back from an export, before or after the articles that they are about.
func testRestoreFixes(t *testing.T, s Store) {
	at := time.Date(2026, 3, 1, 9, 0, 0, 0, time.UTC)
	id := news.NewArticleID("url:a")
	e := fix(id, news.Fix{Outlet: &news.Outlet{Name: "Tarn Echo"}, Published: "1987-05-03", Reason: "the cutting says so"})
	e.ID, e.At = "0195a0a0-0000-7000-8000-000000000001", at
	for _, want := range []bool{true, false} {
		if restored, err := s.RestoreEvent(ctx, e); err != nil || restored != want {
			t.Fatalf("RestoreEvent = %v, %v; want %v", restored, err, want)
		}
	}
	put(t, s, write("url:a", "One", "text one"))
	if a := article(t, s, id); a.Outlet == nil || a.Outlet.Slug != "tarn-echo" || a.Published.Text != "1987-05-03" {
		t.Errorf("article = %+v", a)
	}
	if fs := s.Corrections().Fixes(id); len(fs) != 1 || !fs[0].At.Equal(at) {
		t.Errorf("fixes = %+v", fs)
	}
	bad := e
	bad.ID, bad.Data = "0195a0a0-0000-7000-8000-000000000002", []byte(`{"published":"1246"}`)
	if _, err := s.RestoreEvent(ctx, bad); !errors.Is(err, news.ErrInvalid) {
		t.Errorf("a bad fix: %v", err)
	}
}
