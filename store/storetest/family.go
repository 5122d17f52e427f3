package storetest

import (
	"bytes"
	"errors"
	"slices"
	"testing"
	"time"

	"backfile/internal/news"
)

// sketches are all of them, a few at a time.
func sketches(t *testing.T, s Store) map[news.ArticleID]news.Sketched {
	t.Helper()
	out := map[news.ArticleID]news.Sketched{}
	for after, more := "", true; more; {
		page, next, err := s.Sketches(ctx, after, 2)
		if err != nil {
			t.Fatalf("Sketches: %v", err)
		}
		for _, k := range page {
			if _, twice := out[k.ID]; twice {
				t.Errorf("two sketches of %s", k.ID)
			}
			out[k.ID] = k
		}
		after, more = next, next != ""
	}
	return out
}

func unsketched(t *testing.T, s Store, good func([]byte) bool) (out []news.Version) {
	t.Helper()
	for after, more := news.ArticleID(""), true; more; {
		page, next, err := s.Unsketched(ctx, good, after, 1)
		if err != nil {
			t.Fatalf("Unsketched: %v", err)
		}
		out = append(out, page...)
		after, more = next, next != ""
	}
	return out
}

func testSketches(t *testing.T, s Store) {
	anything := func([]byte) bool { return true }
	w := write("url:a", "A", longBody)
	w.Sketch = []byte("of a")
	w.Article.Published = news.Date{Text: "2024-03-05T10:00", Precision: news.Minute, From: news.FromMetadata}
	a := put(t, s, w)[0].ID
	b := put(t, s, write("url:b", "B", longBody))[0].ID // made without one
	got := sketches(t, s)
	if k := got[a]; len(got) != 1 || string(k.Sketch) != "of a" || k.N != 1 || k.Outlet != "the-harbour-light" || k.Published.Text != w.Article.Published.Text || k.Published.Precision != news.Minute {
		t.Errorf("Sketches = %+v", got)
	}
	of, err := s.SketchesOf(ctx, []news.ArticleID{a, b, news.NewArticleID("none")})
	if err != nil || len(of) != 2 || string(of[a].Sketch) != "of a" || of[b].Sketch != nil || of[b].N != 1 {
		t.Errorf("SketchesOf = %+v, %v", of, err)
	}
	if vs := unsketched(t, s, anything); len(vs) != 1 || vs[0].Article.ID != b || vs[0].Article.Body != longBody {
		t.Errorf("Unsketched = %+v, want b's version", vs)
	}
	if vs := unsketched(t, s, func(k []byte) bool { return bytes.HasSuffix(k, []byte("b")) }); len(vs) != 2 {
		t.Errorf("%d articles without a good sketch, want 2", len(vs))
	}

	// Kept later, without a row in the feed; of the current version only.
	at := head(t, s)
	n, err := s.KeepSketches(ctx, []news.Sketched{{ID: b, N: 1, Sketch: []byte("of b")}, {ID: a, N: 7, Sketch: []byte("of none")}, {ID: news.NewArticleID("none"), N: 1, Sketch: []byte("x")}})
	if err != nil || n != 1 || behind(t, s, at) != 0 {
		t.Errorf("KeepSketches = %d, %v, with %d rows", n, err, behind(t, s, at))
	}
	if k := sketches(t, s)[b]; string(k.Sketch) != "of b" || k.Outlet != "the-harbour-light" {
		t.Errorf("b's sketch is %+v", k)
	}

	// Another text has another sketch, or none; an older one that comes late changes nothing.
	w.Article.Body, w.Sketch, w.At = longBody+"\n\nMore.", []byte("of a2"), day.Add(time.Hour)
	want(t, put(t, s, w)[0], news.NewVersion, 2)
	w.Article.Body, w.Sketch, w.At = longBody+"\n\nLate.", []byte("late"), day.Add(time.Minute)
	want(t, put(t, s, w)[0], news.NewVersion, 3)
	if k := sketches(t, s)[a]; string(k.Sketch) != "of a2" || k.N != 2 {
		t.Errorf("a's sketch is %+v, want that of version 2", k)
	}
	w.Article.Body, w.Sketch, w.At = longBody+"\n\nLast.", nil, day.Add(2*time.Hour)
	put(t, s, w)
	if k, ok := sketches(t, s)[a]; ok {
		t.Errorf("a's sketch is %+v, of a version that is not current", k)
	}
	if vs := unsketched(t, s, anything); len(vs) != 1 || vs[0].Article.ID != a || vs[0].N != 4 {
		t.Errorf("Unsketched = %+v, want a's version 4", vs)
	}

	// Gone with its article.
	if err := s.Remove(ctx, b, "test", false); err != nil {
		t.Fatal(err)
	}
	if got := sketches(t, s); len(got) != 0 {
		t.Errorf("sketches of a removed article: %+v", got)
	}
	if n, err := s.KeepSketches(ctx, []news.Sketched{{ID: b, N: 1, Sketch: []byte("of b")}}); err != nil || n != 0 {
		t.Errorf("KeepSketches of a removed article = %d, %v", n, err)
	}
	want(t, put(t, s, news.Write{Article: news.Article{Headline: "C"}, Keys: []news.Key{"url:c"}, Sketch: make([]byte, 1<<20)})[0], news.Refused, 0)
}

func testFamilies(t *testing.T, s Store) {
	var ids []news.ArticleID
	for _, key := range []string{"url:a", "url:b", "url:c", "url:d"} {
		ids = append(ids, put(t, s, write(key, key, longBody+key))[0].ID)
	}
	a, b, c, d := ids[0], ids[1], ids[2], ids[3]
	regroup := func(rows int, ms ...news.Membership) {
		t.Helper()
		at := head(t, s)
		n, err := s.Regroup(ctx, ms)
		if err != nil || n != rows {
			t.Errorf("Regroup(%v) = %d, %v, want %d", ms, n, err, rows)
		}
		got, err := s.Changes(ctx, at, 0)
		if err != nil || len(got) != rows {
			t.Errorf("Regroup(%v) added the rows %v, %v, want %d", ms, got, err, rows)
		}
		for _, row := range got {
			if row.Kind != news.FamilyChanged {
				t.Errorf("a row of kind %s", row.Kind)
			}
		}
	}
	families := func(want ...news.Membership) {
		t.Helper()
		var got []news.Membership
		for after := news.ArticleID(""); ; {
			page, err := s.Memberships(ctx, after, 2)
			if err != nil {
				t.Fatal(err)
			}
			if len(page) == 0 {
				break
			}
			got = append(got, page...)
			after = page[len(page)-1].Article
		}
		slices.SortFunc(want, func(a, b news.Membership) int { return bytes.Compare([]byte(a.Article), []byte(b.Article)) })
		if !slices.Equal(got, want) {
			t.Errorf("Memberships = %v, want %v", got, want)
		}
		for _, m := range want {
			vs, err := s.Family(ctx, m.Article)
			n := 0
			for _, o := range want {
				if o.Lead == m.Lead {
					n++
				}
			}
			if err != nil || len(vs) != n || vs[0].Outlet != "the-harbour-light" {
				t.Errorf("Family(%s) = %+v, %v, want %d of the Harbour Light", m.Article, vs, err, n)
			}
		}
	}
	families()
	regroup(3, news.Membership{Article: a, Lead: a}, news.Membership{Article: b, Lead: a}, news.Membership{Article: c, Lead: a})
	families(news.Membership{Article: a, Lead: a}, news.Membership{Article: b, Lead: a}, news.Membership{Article: c, Lead: a})
	regroup(0, news.Membership{Article: b, Lead: a}, news.Membership{Article: d}, news.Membership{Article: news.NewArticleID("none"), Lead: a})
	if vs, err := s.Versions(ctx, b); err != nil || vs[0].Family != a {
		t.Errorf("the version of b is of the family %q, %v", vs[0].Family, err)
	}
	if vs, err := s.Family(ctx, d); err != nil || len(vs) != 1 || vs[0].ID != d || vs[0].Sketch != nil {
		t.Errorf("Family of one in none = %v, %v", vs, err)
	}
	// Another lead, and one that leaves.
	regroup(3, news.Membership{Article: a, Lead: b}, news.Membership{Article: b, Lead: b}, news.Membership{Article: c})
	families(news.Membership{Article: a, Lead: b}, news.Membership{Article: b, Lead: b})
	// The lead is removed: the others keep its name until they are told another.
	regroup(1, news.Membership{Article: c, Lead: b})
	if err := s.Remove(ctx, b, "test", true); err != nil {
		t.Fatal(err)
	}
	families(news.Membership{Article: a, Lead: b}, news.Membership{Article: c, Lead: b})
	regroup(0, news.Membership{Article: b, Lead: a})
	regroup(2, news.Membership{Article: a, Lead: a}, news.Membership{Article: c, Lead: a})
	// The address of one that is gone leads to those that stood beside it, unless its
	// texts were erased, or they are parted.
	var gone *news.Gone
	if _, err := s.Family(ctx, b); !errors.As(err, &gone) || gone.ID != b {
		t.Errorf("Family of an erased article: %v, want Gone", err)
	}
	regroup(1, news.Membership{Article: d, Lead: a})
	for _, id := range []news.ArticleID{d, a} { // a member, then the lead
		if err := s.Remove(ctx, id, "test", false); err != nil {
			t.Fatal(err)
		}
	}
	regroup(1, news.Membership{Article: c, Lead: c})
	for _, id := range []news.ArticleID{a, d} {
		if vs, err := s.Family(ctx, id); err != nil || len(vs) != 1 || vs[0].ID != c {
			t.Errorf("Family of a removed article = %v, %v, want that of %s", vs, err, c)
		}
	}
	regroup(1, news.Membership{Article: c})
	if _, err := s.Family(ctx, a); !errors.As(err, &gone) || gone.ID != a {
		t.Errorf("Family of a removed article that no other prints: %v, want Gone", err)
	}
	regroup(1, news.Membership{Article: c, Lead: c})
	a = c
	if _, err := s.Family(ctx, news.NewArticleID("none")); !errors.Is(err, news.ErrNotFound) {
		t.Errorf("Family of an unknown article: %v, want ErrNotFound", err)
	}
	if _, err := s.Regroup(ctx, []news.Membership{{Article: a, Lead: "rubbish"}}); !errors.Is(err, news.ErrInvalid) {
		t.Errorf("Regroup under rubbish: %v, want ErrInvalid", err)
	}
}
