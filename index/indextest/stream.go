package indextest

import (
	"context"
	"errors"
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

// testStream compares whole streams with the same searches leafed through, between
// updates and removals, grouped and not.
func testStream(t *testing.T, x Index) {
	r := rand.New(rand.NewPCG(3, 11))
	vocabulary := strings.Fields("harbour pier storm council mayor fire quay gale")
	for round := range 4 {
		var us []index.Update
		for range 200 {
			id := fmt.Sprintf("a%03d", r.IntN(500))
			if round > 0 && r.IntN(6) == 0 {
				us = append(us, index.Update{ID: news.ArticleID(id)})
				continue
			}
			lead := ""
			if r.IntN(3) > 0 {
				lead = fmt.Sprintf("a%03d", r.IntN(30))
			}
			var words []string
			for range 1 + r.IntN(9) {
				words = append(words, vocabulary[r.IntN(len(vocabulary))])
			}
			u := member(id, lead, "Post", fmt.Sprintf("2026-01-%02d", 1+r.IntN(20)), "A report", strings.Join(words, " "))
			if r.IntN(8) == 0 {
				u.Versions[0].Article.Published = news.Date{}
			}
			us = append(us, u)
		}
		cursor := news.Cursor(fmt.Sprint(round))
		apply(t, x, cursor, us...)
		for _, q := range []string{"", "harbour", "harbour OR fire", "storm -gale", "date:2026-01-03..2026-01-09", "is:wire", "nothing"} {
			for _, order := range []search.Sort{search.Relevance, search.Newest, search.Oldest} {
				for _, group := range []bool{false, true} {
					req := search.Request{Query: parse(t, q), Sort: order, Group: group}
					checkStream(t, x, req, cursor)
				}
			}
		}
	}
}

// checkStream compares one stream with the pages of the same search.
func checkStream(t *testing.T, x Index, req search.Request, cursor news.Cursor) {
	t.Helper()
	var want, got []string
	leaf, total := req, 0
	leaf.PerPage = 100
	for {
		r := find(t, x, leaf)
		total = r.Total
		for _, h := range r.Hits {
			want = append(want, fmt.Sprintf("%s/%d", h.ID, h.Version))
		}
		if leaf.After = r.Next; r.Next == "" {
			break
		}
	}
	req.Page, req.PerPage, req.After = 7, 3, "passed over"
	r, err := x.Stream(t.Context(), req, func(h search.Hit) error {
		got = append(got, fmt.Sprintf("%s/%d", h.ID, h.Version))
		return nil
	})
	if err != nil {
		t.Fatalf("Stream(%q): %v", search.String(req.Query), err)
	}
	if !slices.Equal(got, want) || r.Total != total || r.Results != len(want) || r.Cursor != cursor {
		t.Errorf("Stream(%q) by %s, grouped %v: %d hits, total %d, results %d, cursor %q; leafed through %d of %d, want the cursor %q",
			search.String(req.Query), req.Sort, req.Group, len(got), r.Total, r.Results, r.Cursor, len(want), total, cursor)
	}
}

func testStreamPast(t *testing.T, x Index) {
	was, is := instant(t, "2026-01-01T00:00:00Z"), instant(t, "2026-02-01T00:00:00Z")
	a := news.Article{ID: "fire", Headline: "Fire", Body: "A fire."}
	b := a
	b.Body = "A fire that was put out."
	apply(t, x, "1", index.Update{ID: "fire", Versions: []news.Version{{N: 1, Article: a, At: was, Superseded: is}, {N: 2, Article: b, At: is}}})
	for q, want := range map[string]string{"fire": "fire/2", "fire as-of:2026-01": "fire/1", "fire as-of:2025": ""} {
		got := ""
		if _, err := x.Stream(t.Context(), search.Request{Query: parse(t, q)}, func(h search.Hit) error {
			got += fmt.Sprintf("%s/%d", h.ID, h.Version)
			return nil
		}); err != nil || got != want {
			t.Errorf("Stream(%q) = %q, %v, want %q", q, got, err, want)
		}
	}
}

// testStreamEnds ends streams in every way, changes the index under one, and asks for
// what there is none of.
func testStreamEnds(t *testing.T, x Index) {
	var us []index.Update
	for i := range 50 {
		us = append(us, one(news.Article{ID: news.ArticleID(fmt.Sprintf("a%02d", i)), Headline: "A report", Body: "A report of the harbour."}))
	}
	apply(t, x, "1", us...)
	stop := errors.New("enough")
	n := 0
	_, err := x.Stream(t.Context(), search.Request{}, func(search.Hit) error {
		if n++; n == 3 {
			return stop
		}
		return nil
	})
	if !errors.Is(err, stop) || n != 3 {
		t.Errorf("each gave up at 3: %v after %d", err, n)
	}
	ctx, cancel := context.WithCancel(t.Context())
	n = 0
	_, err = x.Stream(ctx, search.Request{}, func(search.Hit) error {
		if n++; n == 5 {
			cancel()
		}
		return nil
	})
	if !errors.Is(err, context.Canceled) || n != 5 {
		t.Errorf("cancelled at 5: %v after %d", err, n)
	}
	if _, err := x.Stream(t.Context(), search.Request{Sort: "best"}, nil); !errors.Is(err, news.ErrInvalid) {
		t.Errorf("an unknown order: %v, want ErrInvalid", err)
	}
	// All is of one state, and what goes on meanwhile waits for nobody.
	n = 0
	r, err := x.Stream(t.Context(), search.Request{Sort: search.Oldest}, func(search.Hit) error {
		if n++; n == 1 {
			for i := range us {
				us[i].Versions = nil
			}
			done := make(chan error, 1)
			go func() { done <- x.Apply(t.Context(), us, "2") }()
			select {
			case err := <-done:
				return err
			case <-time.After(20 * time.Second):
				return errors.New("an Apply waits for the stream")
			}
		}
		return nil
	})
	if err != nil || n != 50 || r.Cursor != "1" {
		t.Errorf("changed under its reader: %v after %d, as of %q", err, n, r.Cursor)
	}
	if r := find(t, x, search.Request{}); r.Total != 0 {
		t.Errorf("%d articles are left", r.Total)
	}
}
