package main

import (
	"io"
	"log/slog"
	"strings"
	"testing"
	"time"

	"backfile/internal/news"
	"backfile/internal/text"
	"backfile/store"
)

// An archive that is served joins one person's names by itself, by way of the index.
func TestServedArchiveJoinsPeople(t *testing.T) {
	dir := t.TempDir()
	st, err := store.Open(dir, store.Options{})
	if err != nil {
		t.Fatal(err)
	}
	a, err := openArchive(t.Context(), place{dir: dir, reunderstand: true}, st, slog.New(slog.NewTextHandler(io.Discard, nil)))
	if err != nil {
		t.Fatal(err)
	}
	defer a.Close()
	var ws []news.Write
	for i, body := range []string{
		"Councillor Robert Farquharson asked the board. Agnes Mutch and Ina Cow seconded him.",
		"Councillor Bob Farquharson, Agnes Mutch and Ina Cow opened the slip.",
		"Councillor Bob Farquharson went home.",
	} {
		w := news.Write{Article: news.Article{Headline: body, Body: body, Outlet: news.NewOutlet("Chronicle"), Understood: news.UnderstoodGiven},
			Keys: []news.Key{news.Key(body)}, At: time.Unix(int64(i), 0)}
		if w.Article.Published, err = news.ParseDate("2004-05-01", news.FromGiven); err != nil {
			t.Fatal(err)
		}
		for _, name := range []string{"Robert Farquharson", "Bob Farquharson", "Agnes Mutch", "Ina Cow"} {
			if at := strings.Index(body, name); at >= 0 {
				id := news.NewEntityID(news.Person, text.Fold(name))
				w.Article.Mentions = append(w.Article.Mentions, news.Mention{Kind: news.Person, Text: name, Start: at, End: at + len(name), Entity: id})
				w.Article.Persons = append(w.Article.Persons, news.Entity{ID: id, Kind: news.Person, Name: name, Count: 1})
			}
		}
		ws = append(ws, w)
	}
	if _, err := a.Put(t.Context(), ws); err != nil {
		t.Fatal(err)
	}
	robert, bob := news.NewEntityID(news.Person, "robert farquharson"), news.NewEntityID(news.Person, "bob farquharson")
	for end := time.Now().Add(30 * time.Second); a.Corrections().Survivor(robert) != bob; time.Sleep(20 * time.Millisecond) {
		if time.Now().After(end) {
			t.Fatal("the names were not joined")
		}
	}
	j := a.Corrections().Joined(bob)
	if len(j) != 1 || j[0].Owner != news.ProgramOwner || !strings.Contains(j[0].Reason, "both with Agnes Mutch and Ina Cow") {
		t.Errorf("joined: %+v", j)
	}
	// The index knows them apart, and still counts people as they were given.
	for id, want := range map[news.EntityID]int{robert: 1, bob: 2, news.NewEntityID(news.Person, "ina cow"): 2} {
		ids, err := a.index.ArticlesOf(t.Context(), id, 10)
		if err != nil || len(ids) != want {
			t.Errorf("ArticlesOf(%s) = %v, %v, want %d", id, ids, err, want)
		}
		if n, err := a.index.CountArticles(t.Context(), id); err != nil || n != want {
			t.Errorf("CountArticles(%s) = %d, %v, want %d", id, n, err, want)
		}
	}
	if ids, err := a.index.ArticlesOf(t.Context(), bob, 1); err != nil || len(ids) != 1 {
		t.Errorf("one article at most: %v, %v", ids, err)
	}
}
