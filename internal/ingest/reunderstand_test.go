package ingest

import (
	"context"
	"io"
	"log/slog"
	"slices"
	"strings"
	"testing"
	"time"

	"backfile/internal/news"
	"backfile/store"
)

// shouting takes every word in capitals for a person; version 2 of it no longer
// believes in BEA, and cannot stand CRASH.
type shouting struct{ version string }

func (s shouting) Version() string { return s.version }

func (s shouting) Recognise(a *news.Article) {
	for _, w := range strings.Fields(a.Body) {
		if w != strings.ToUpper(w) || s.version == "2" && w == "BEA" {
			continue
		}
		if s.version == "2" && w == "CRASH" {
			panic(w)
		}
		f := strings.ToLower(w)
		a.Persons = append(a.Persons, news.Entity{ID: news.NewEntityID(news.Person, f), Kind: news.Person, Name: w, Count: 1, Aliases: []news.Alias{{Name: w, Fold: f}}})
	}
}

func TestReunderstand(t *testing.T) {
	ctx := context.Background()
	st, err := store.Open(t.TempDir(), store.Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer st.Close()
	lg := slog.New(slog.NewTextHandler(io.Discard, nil))
	var ids []news.ArticleID
	for _, body := range []string{"ADA met BEA here", "given by hand: BEA", "BEA alone", "ADA and CRASH"} {
		a := news.Article{Headline: body, Body: body}
		shouting{"1"}.Recognise(&a)
		if a.Understood = "1"; strings.HasPrefix(body, "given") {
			a.Understood = news.UnderstoodGiven
		}
		out, err := st.Put(ctx, []news.Write{{Article: a, Keys: []news.Key{news.Key(body)}, At: time.Unix(1, 0)}})
		if err != nil {
			t.Fatal(err)
		}
		ids = append(ids, out[0].ID)
	}
	// What a person said of ADA.
	ada := news.NewEntityID(news.Person, "ada")
	if _, err := st.Correct(ctx, []news.Event{{Type: news.EventRenamed, About: string(ada), Data: []byte(`{"name":"Ada Quay"}`)}}); err != nil {
		t.Fatal(err)
	}
	notified := 0
	for range 2 { // the second time there is nothing to do
		if _, err := Reunderstand(ctx, lg, st, shouting{"2"}, nil, func() { notified++ }); err != nil {
			t.Fatal(err)
		}
	}
	if notified != 1 {
		t.Errorf("notified %d times, want once", notified)
	}
	for i, want := range [][]string{{"Ada Quay"}, {"BEA"}, nil, {"Ada Quay", "CRASH"}} {
		v, err := st.Article(ctx, ids[i])
		if err != nil {
			t.Fatal(err)
		}
		var got []string
		for _, e := range v.Article.Persons {
			got = append(got, e.Name)
		}
		if !slices.Equal(got, want) {
			t.Errorf("article %d names %q, want %q", i, got, want)
		}
	}
	if v, err := st.Understanding(ctx); err != nil || v != "2" {
		t.Errorf("the archive is understood by %q, %v", v, err)
	}
}
