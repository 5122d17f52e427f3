package storetest

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"backfile/internal/news"
)

func testEmpty(t *testing.T, s Store) {
	if s.ID() == "" {
		t.Error("the store has no id")
	}
	if n := behind(t, s, ""); n != 0 {
		t.Errorf("Behind(\"\") = %d of an empty store, want 0", n)
	}
	if out, err := s.Put(ctx, nil); err != nil || len(out) != 0 {
		t.Errorf("Put of nothing = %v, %v", out, err)
	}
	for _, id := range []news.ArticleID{"", "x", "not-an-id-000", news.NewArticleID("url:none")} {
		if _, err := s.Article(ctx, id); !errors.Is(err, news.ErrNotFound) {
			t.Errorf("Article(%q): %v, want ErrNotFound", id, err)
		}
		if _, err := s.Versions(ctx, id); !errors.Is(err, news.ErrNotFound) {
			t.Errorf("Versions(%q): %v, want ErrNotFound", id, err)
		}
	}
	if _, err := s.Lookup(ctx, "url:none"); !errors.Is(err, news.ErrNotFound) {
		t.Errorf("Lookup: %v, want ErrNotFound", err)
	}
	if _, _, err := s.Original(ctx, "nonsense"); !errors.Is(err, news.ErrNotFound) {
		t.Errorf("Original: %v, want ErrNotFound", err)
	}
}

func testPutAndRead(t *testing.T, s Store) {
	lat, lon := 59.33, 18.07
	body := "Antony Blinken spoke in Stockholm.\n\nHe said: “We are here.”"
	place := news.Entity{ID: news.NewEntityID(news.Place, "gaz:stockholm"), Name: "Stockholm", Kind: news.Place,
		Country: "SE", Lat: &lat, Lon: &lon, Count: 1, Aliases: []news.Alias{{Name: "Stockholm", Fold: "stockholm"}}}
	person := news.Entity{ID: news.NewEntityID(news.Person, "antony blinken"), Name: "Antony Blinken", Kind: news.Person, Count: 1,
		Aliases: []news.Alias{{Name: "Antony Blinken", Fold: "antony blinken"}}}
	at := strings.Index(body, "We are")
	a := news.Article{
		Source: "in/a.html", URL: "https://light.example/a", Outlet: news.NewOutlet("The Harbour Light"),
		Headline: "Ministers meet in Stockholm", Standfirst: "A day of talks", Byline: "By Ada Quay",
		Authors: []news.Author{{Name: "Ada Quay", Role: "Diplomatic editor"}}, Agency: "Northern Wire",
		Published: news.Date{Text: "2021-12-02T16:17", Precision: news.Minute, From: news.FromText},
		Updated:   news.Date{Text: "2021-12", Precision: news.Month, From: news.FromGiven},
		Captured:  news.Date{Text: "2021-12-03T08:00:00Z", Precision: news.Second, From: news.FromCapture},
		Dateline:  "STOCKHOLM, Thursday", Section: "World", Language: "en", Tags: []string{"talks"}, ArticleKind: news.Opinion,
		Images: []news.Image{{URL: "https://light.example/1.jpg", Caption: "The hall", Credit: "Jo Lens"}},
		Body:   body, Spans: []news.Span{{Start: 0, End: 5, Kind: news.SpanHeading}},
		Mentions: []news.Mention{
			{Kind: news.Person, Text: "Antony Blinken", Start: 0, End: 14, Entity: person.ID},
			{Kind: news.Place, Text: "Stockholm", Start: 18, End: 27, Entity: place.ID, Field: news.FieldHeadline},
		},
		Persons: []news.Entity{person}, Places: []news.Entity{place},
		Quotes: []news.Quote{{Text: "We are here.", Start: at, End: at + len("We are here."), Speaker: &news.Speaker{ID: person.ID, Name: person.Name}}},
	}
	o := put(t, s, news.Write{Article: a, Keys: []news.Key{news.URLKey(a.URL)}, Original: []byte("<html>"), OriginalType: "text/html", At: day})[0]
	want(t, o, news.Added, 1)
	if o.ID != news.NewArticleID(news.URLKey(a.URL)) || o.Slug != "ministers-meet-in-stockholm" {
		t.Errorf("Put gave id %q and slug %q", o.ID, o.Slug)
	}
	if o.Cursor != head(t, s) {
		t.Errorf("Put's cursor is %q, the feed ends at %q", o.Cursor, head(t, s))
	}
	wanted := a
	wanted.ID, wanted.Slug = o.ID, o.Slug
	slugged := func(e news.Entity, slug string) []news.Entity {
		e.Slug, e.Aliases = slug, nil
		return []news.Entity{e}
	}
	wanted.Persons, wanted.Places = slugged(person, "antony-blinken"), slugged(place, "stockholm")
	v, err := s.Article(ctx, o.ID)
	if err != nil {
		t.Fatalf("Article: %v", err)
	}
	if diff := cmp.Diff(wanted, v.Article); diff != "" {
		t.Errorf("Article differs (-want +got):\n%s", diff)
	}
	if v.N != 1 || !v.At.Equal(day) || !v.Superseded.IsZero() || v.Original != news.HashOriginal([]byte("<html>")) {
		t.Errorf("Article gave version %d at %s, superseded %s, original %q", v.N, v.At, v.Superseded, v.Original)
	}
	got, err := byID(t, s, o.ID, news.NewArticleID("none"), "rubbish")
	if err != nil || len(got) != 1 || got[o.ID].Article.Headline != a.Headline {
		t.Errorf("ArticlesByID = %d articles, %v", len(got), err)
	}
	if id, err := s.Lookup(ctx, news.URLKey(a.URL)); err != nil || id != o.ID {
		t.Errorf("Lookup = %q, %v, want %q", id, err, o.ID)
	}
}

func testRefusals(t *testing.T, s Store) {
	bad := write("url:offset", "Offsets", "short")
	bad.Article.Mentions = []news.Mention{{Kind: news.Person, Text: "nobody", Start: 90, End: 96}}
	noID := write("url:noid", "No id", "text")
	noID.Article.Persons = []news.Entity{{Name: "Ada Quay"}}
	badDate := write("url:date", "Date", "text")
	badDate.Article.Published = news.Date{Text: "last Tuesday"}
	noKey := write("", "No key", "text")
	out := put(t, s, noKey, write("url:empty", " ", "\n"), bad, noID, badDate, write("url:good", "Good", "text"))
	for i, o := range out[:5] {
		want(t, o, news.Refused, 0)
		if o.Reason == "" || o.Cursor != "" {
			t.Errorf("refusal %d has reason %q and cursor %q", i, o.Reason, o.Cursor)
		}
	}
	want(t, out[5], news.Added, 1)
	for _, k := range []news.Key{"url:empty", "url:offset", "url:noid", "url:date"} {
		if _, err := s.Lookup(ctx, k); !errors.Is(err, news.ErrNotFound) {
			t.Errorf("Lookup(%q) of a refused write: %v, want ErrNotFound", k, err)
		}
	}
}

func testUnchanged(t *testing.T, s Store) {
	w := write("url:a", "A wall holds", longBody)
	id := put(t, s, w)[0].ID
	at := head(t, s)
	w.Article.Section, w.Article.Captured = "Home", news.Date{Text: "2024-03-06", Precision: news.Day}
	w.Article.Tags = []string{"storm"}
	w.Keys = append(w.Keys, "guid:a")
	w.At = day.Add(24 * time.Hour)
	o := put(t, s, w)[0]
	want(t, o, news.Unchanged, 1)
	if o.ID != id || o.Slug != "a-wall-holds" || o.Cursor != "" {
		t.Errorf("unchanged write gave %+v", o)
	}
	if n := behind(t, s, at); n != 0 {
		t.Errorf("an unchanged write added %d rows to the feed", n)
	}
	if got, err := s.Lookup(ctx, "guid:a"); err != nil || got != id {
		t.Errorf("Lookup of the new key = %q, %v", got, err)
	}
	// Each part of the text makes a version.
	for i, change := range []func(a *news.Article){
		func(a *news.Article) { a.Headline += "!" },
		func(a *news.Article) { a.Standfirst = "So far" },
		func(a *news.Article) { a.Byline = "By Ada Quay" },
		func(a *news.Article) { a.Body += " More." },
		func(a *news.Article) { a.Images = []news.Image{{Caption: "The wall"}} },
		func(a *news.Article) { a.Images = []news.Image{{Caption: "The wall", Credit: "Jo Lens"}} },
	} {
		change(&w.Article)
		w.At = w.At.Add(time.Hour)
		want(t, put(t, s, w)[0], news.NewVersion, i+2)
	}
}

func testVersions(t *testing.T, s Store) {
	w := write("url:a", "A wall holds", longBody)
	id := put(t, s, w)[0].ID
	w.Article.Headline, w.Article.Body, w.At = "Wall fails", longBody+" It fell.", day.Add(time.Hour)
	o := put(t, s, w)[0]
	want(t, o, news.NewVersion, 2)
	if o.ID != id || o.Slug != "a-wall-holds" || o.Cursor != head(t, s) {
		t.Errorf("the new version gave %+v, want the id and slug of the first", o)
	}
	vs, err := s.Versions(ctx, id)
	if err != nil || len(vs) != 2 {
		t.Fatalf("Versions = %d, %v, want 2", len(vs), err)
	}
	if vs[0].N != 1 || vs[1].N != 2 || !vs[0].Superseded.Equal(w.At) || !vs[1].Superseded.IsZero() || vs[1].Article.Slug != "a-wall-holds" {
		t.Errorf("Versions = %d superseded %s, %d superseded %s", vs[0].N, vs[0].Superseded, vs[1].N, vs[1].Superseded)
	}
	for n, headline := range map[int]string{1: "A wall holds", 2: "Wall fails"} {
		if v, err := s.Version(ctx, id, n); err != nil || v.Article.Headline != headline || v.N != n {
			t.Errorf("Version(%d) = %q, %v, want %q", n, v.Article.Headline, err, headline)
		}
	}
	for _, n := range []int{-1, 0, 3} {
		if _, err := s.Version(ctx, id, n); !errors.Is(err, news.ErrNotFound) {
			t.Errorf("Version(%d): %v, want ErrNotFound", n, err)
		}
	}
	if v, err := s.Article(ctx, id); err != nil || v.N != 2 {
		t.Errorf("Article = version %d, %v, want 2", v.N, err)
	}
}

func testEmptierText(t *testing.T, s Store) {
	w := write("url:a", "A wall holds", longBody)
	id := put(t, s, w)[0].ID
	w.Article.Body, w.Original, w.At = "Please turn on JavaScript.", []byte("<noscript>"), day.Add(time.Hour)
	o := put(t, s, w)[0]
	want(t, o, news.Unchanged, 1)
	if o.Reason == "" {
		t.Error("the emptier text was put aside without a reason")
	}
	if v, err := s.Article(ctx, id); err != nil || v.Article.Body != longBody {
		t.Errorf("Article = %q, %v, want the full text", v.Article.Body, err)
	}
	if b, _, err := s.Original(ctx, news.HashOriginal(w.Original)); err != nil || string(b) != "<noscript>" {
		t.Errorf("Original of the emptier capture = %q, %v", b, err)
	}
	w.Article.Body, w.Original = longBody[:len(longBody)/2], nil
	want(t, put(t, s, w)[0], news.NewVersion, 2)
}

func testLateCapture(t *testing.T, s Store) {
	w := write("url:a", "A wall holds", longBody)
	id := put(t, s, w)[0].ID
	old := write("url:a", "Will the wall hold?", longBody)
	old.At = day.Add(-time.Hour)
	o := put(t, s, old)[0]
	want(t, o, news.NewVersion, 2)
	if v, err := s.Article(ctx, id); err != nil || v.N != 1 || !v.Superseded.IsZero() {
		t.Errorf("Article = version %d, %v, want the later capture, 1", v.N, err)
	}
	vs, err := s.Versions(ctx, id)
	if err != nil || len(vs) != 2 || vs[0].N != 2 || !vs[0].Superseded.Equal(day) || vs[1].N != 1 {
		t.Errorf("Versions = %v, %v, want 2 then 1", numbers(vs), err)
	}
	if v, err := s.Version(ctx, id, 2); err != nil || !v.Superseded.Equal(day) {
		t.Errorf("Version(2) is superseded %s, %v, want %s", v.Superseded, err, day)
	}
	// The text before and behind it in time is nothing new.
	old.At = day.Add(-30 * time.Minute)
	want(t, put(t, s, old)[0], news.Unchanged, 2)
}

func numbers(vs []news.Version) (ns []int) {
	for _, v := range vs {
		ns = append(ns, v.N)
	}
	return ns
}

// Taking in a folder with two captures of one article again and again changes
// nothing, though the first's text is no longer the current one.
func testIdempotence(t *testing.T, s Store) {
	for _, original := range []bool{true, false} {
		t.Run(fmt.Sprintf("original=%t", original), func(t *testing.T) {
			key := fmt.Sprintf("url:%t", original)
			one, two := write(key, "A wall holds", longBody), write(key, "Wall fails", longBody+" It fell.")
			if original {
				one.Original, two.Original = []byte("<one>"), []byte("<two>")
			}
			want(t, put(t, s, one)[0], news.Added, 1)
			two.At = day.Add(time.Minute)
			want(t, put(t, s, two)[0], news.NewVersion, 2)
			at := head(t, s)
			for i := range 3 {
				one.At, two.At = day.Add(time.Duration(i+1)*time.Hour), day.Add(time.Duration(i+2)*time.Hour)
				out := put(t, s, one, two)
				want(t, out[0], news.Unchanged, 1)
				want(t, out[1], news.Unchanged, 2)
			}
			if n := behind(t, s, at); n != 0 {
				t.Errorf("repeating the same writes added %d rows to the feed", n)
			}
			if original {
				// Other bytes with the first text again: it was changed back.
				one.Original = []byte("<three>")
				want(t, put(t, s, one)[0], news.NewVersion, 3)
			}
		})
	}
}

func testKeys(t *testing.T, s Store) {
	w := write("url:a", "A wall holds", longBody)
	w.Keys = []news.Key{"url:a", "guid:1", "tuple:x"}
	a := put(t, s, w)[0]
	b := put(t, s, write("url:b", "Another", "text of another"))[0]
	for _, k := range []news.Key{"guid:1", "tuple:x"} {
		w.Keys = []news.Key{"url:moved", k}
		if o := put(t, s, w)[0]; o.ID != a.ID || o.Result != news.Unchanged {
			t.Errorf("a write known by %s became %+v, want %s unchanged", k, o, a.ID)
		}
	}
	// Of keys of two articles the first decides, and none changes hands.
	w.Keys = []news.Key{"url:new", "url:b", "url:a"}
	if o := put(t, s, w)[0]; o.ID != b.ID {
		t.Errorf("a write known by url:b first went to %s, want %s", o.ID, b.ID)
	}
	for k, id := range map[news.Key]news.ArticleID{"url:a": a.ID, "url:b": b.ID, "url:new": b.ID, "url:moved": a.ID} {
		if got, err := s.Lookup(ctx, k); err != nil || got != id {
			t.Errorf("Lookup(%s) = %s, %v, want %s", k, got, err, id)
		}
	}
	// A key as long as a headline can make it.
	long := news.Key("tuple:" + strings.Repeat("very long ", 10_000))
	if o := put(t, s, write(string(long), "Long", "text"))[0]; o.Result != news.Added {
		t.Errorf("a write with a long key became %+v", o)
	} else if got, err := s.Lookup(ctx, long); err != nil || got != o.ID {
		t.Errorf("Lookup of a long key = %s, %v", got, err)
	}
}

func testGivenID(t *testing.T, s Store) {
	given := news.NewArticleID("url:elsewhere")
	w := write("url:a", "A wall holds", longBody)
	w.Article.ID, w.Article.Slug = given, "the-wall-story"
	o := put(t, s, w)[0]
	if o.ID != given || o.Slug != "the-wall-story" {
		t.Errorf("a given id and slug became %s/%s", o.ID, o.Slug)
	}
	w.Keys, w.Article.Headline = []news.Key{"url:b"}, "Another"
	o = put(t, s, w)[0]
	if o.Result != news.Added || o.ID != news.NewArticleID("url:b") {
		t.Errorf("a taken id became %+v, want the id of its key", o)
	}
	w.Keys, w.Article.ID = []news.Key{"url:c"}, "NOT AN ID"
	if o = put(t, s, w)[0]; o.ID != news.NewArticleID("url:c") {
		t.Errorf("a malformed id became %s", o.ID)
	}
	// An id that is taken by an article with other keys is no ground to mix them.
	w = write("url:d", "Squatter", "text of d")
	w.Article.ID = news.NewArticleID("url:e")
	put(t, s, w)
	one := put(t, s, write("url:e", "Late", "text of e"))[0]
	if one.Result != news.Added || one.ID == w.Article.ID || !news.ValidID(string(one.ID)) {
		t.Errorf("a write whose id was taken became %+v", one)
	}
	if again := put(t, s, write("url:e", "Late", "text of e"))[0]; again.ID != one.ID || again.Result != news.Unchanged {
		t.Errorf("the same again became %+v, want %s unchanged", again, one.ID)
	}
}

func testOneBatch(t *testing.T, s Store) {
	one := write("url:a", "A wall holds", longBody)
	two := write("url:a", "Wall fails", longBody+" It fell.")
	two.At = day.Add(time.Minute)
	out := put(t, s, one, one, two, write("url:b", "Another", "text"))
	for i, w := range []struct {
		r news.Result
		n int
	}{{news.Added, 1}, {news.Unchanged, 1}, {news.NewVersion, 2}, {news.Added, 1}} {
		want(t, out[i], w.r, w.n)
	}
	if out[3].Cursor != head(t, s) {
		t.Errorf("the last cursor is %q, the feed ends at %q", out[3].Cursor, head(t, s))
	}
}

func testSlugs(t *testing.T, s Store) {
	out := put(t, s, write("url:a", "Łódź: l’été", "text"), write("url:b", "???", "text"), write("url:c", "", "only text"))
	for i, slug := range []string{"łódź-lété", "", ""} {
		if out[i].Slug != slug {
			t.Errorf("slug %d = %q, want %q", i, out[i].Slug, slug)
		}
	}
}

func testAll(t *testing.T, s Store) {
	var writes []news.Write
	for i := range 25 {
		writes = append(writes, write(fmt.Sprint("url:", i), fmt.Sprint("Article ", i), "text"))
	}
	out := put(t, s, writes...)
	if err := s.Remove(ctx, out[3].ID, "test", false); err != nil {
		t.Fatal(err)
	}
	var got []news.ArticleID
	for after := news.ArticleID(""); ; {
		page, err := s.All(ctx, after, 7)
		if err != nil {
			t.Fatalf("All: %v", err)
		}
		if len(page) == 0 {
			break
		}
		if len(page) > 7 {
			t.Fatalf("All gave %d articles, want at most 7", len(page))
		}
		for _, v := range page {
			got = append(got, v.Article.ID)
		}
		after = got[len(got)-1]
	}
	if len(got) != 24 || !slices.IsSorted(got) || slices.Contains(got, out[3].ID) {
		t.Errorf("All gave %d articles, sorted %t", len(got), slices.IsSorted(got))
	}
}

func testOriginals(t *testing.T, s Store) {
	big := []byte(strings.Repeat("<p>The same words over and over.</p>\n", 5000))
	w := write("url:a", "A wall holds", longBody)
	w.Original, w.OriginalType = big, "text/html"
	put(t, s, w)
	w.Original, w.OriginalType = []byte{}, "text/plain" // empty is an original too
	w.At = day.Add(time.Hour)
	id := put(t, s, w)[0].ID
	for _, tc := range []struct {
		b         []byte
		mediaType string
	}{{big, "text/html"}, {nil, "text/plain"}} {
		b, mt, err := s.Original(ctx, news.HashOriginal(tc.b))
		if err != nil || string(b) != string(tc.b) || mt != tc.mediaType {
			t.Errorf("Original = %d bytes of %q, %v, want %d of %q", len(b), mt, err, len(tc.b), tc.mediaType)
		}
	}
	got, err := s.Captures(ctx, id)
	if err != nil || len(got) != 2 || !slices.Contains(got, news.HashOriginal(big)) {
		t.Errorf("Captures = %v, %v", got, err)
	}
	// An article of the same original, which is named and not given again.
	other := write("url:b", "Another wall", longBody+" Elsewhere.")
	other.Original, other.OriginalHash = nil, news.HashOriginal(big)
	of := put(t, s, other)[0].ID
	other = write("url:c", "A third wall", longBody+" Far away.")
	other.Original, other.OriginalHash = nil, news.HashOriginal([]byte("never kept"))
	none := put(t, s, other)[0].ID
	for _, tc := range []struct {
		id   news.ArticleID
		want []news.Capture
	}{
		{id, []news.Capture{
			{Hash: news.HashOriginal(big), Type: "text/html", Size: int64(len(big)), At: day, Shared: true},
			{Hash: news.HashOriginal(nil), Type: "text/plain", At: day.Add(time.Hour)},
		}},
		{of, []news.Capture{{Hash: news.HashOriginal(big), Type: "text/html", Size: int64(len(big)), At: day, Shared: true}}},
		{none, nil},
	} {
		got, err := s.CapturesOf(ctx, tc.id)
		if diff := cmp.Diff(tc.want, got); err != nil || diff != "" {
			t.Errorf("CapturesOf: %v (-want +got):\n%s", err, diff)
		}
		v, err := s.Article(ctx, tc.id)
		if err != nil || (v.Original == "") != (tc.want == nil) {
			t.Errorf("Article has the original %q, %v", v.Original, err)
		}
	}
}
