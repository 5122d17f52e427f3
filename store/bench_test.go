package store

import (
	"context"
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"
	"time"

	"backfile/internal/news"
)

// article is one of about 4 kB of text with ten entities of a few thousand.
func article(r *rand.Rand, n int) news.Write {
	var body strings.Builder
	for body.Len() < 4000 {
		for range 60 {
			fmt.Fprintf(&body, "w%d ", r.IntN(20_000))
		}
		body.WriteString("end.\n\n")
	}
	w := news.Write{
		Article: news.Article{Headline: fmt.Sprintf("Report number %d", n), Body: body.String(), Outlet: news.NewOutlet(fmt.Sprint("Outlet ", n%20)),
			Published: news.Date{Text: "2024-03-05T10:00:00Z", Precision: news.Second, From: news.FromMetadata}, Language: "en"},
		Keys: []news.Key{news.Key(fmt.Sprintf("url:https://news.example/%d", n)), news.Key(fmt.Sprint("tuple:", n)), news.Key(fmt.Sprint("original:", n))},
	}
	for i := range 10 {
		name := fmt.Sprint("person ", r.IntN(5000))
		e := news.Entity{ID: news.NewEntityID(news.Person, name), Name: name, Count: 1, Aliases: []news.Alias{{Name: name, Fold: name}}}
		w.Article.Persons = append(w.Article.Persons, e)
		w.Article.Mentions = append(w.Article.Mentions, news.Mention{Kind: news.Person, Text: w.Article.Body[i*8 : i*8+4], Start: i * 8, End: i*8 + 4, Entity: e.ID})
	}
	return w
}

// BenchmarkPut measures batches of 200 articles, with and without originals, and
// small ones.
func BenchmarkPut(b *testing.B) {
	for _, kind := range []string{"small", "article", "article by a run", "article and original"} {
		b.Run(kind, func(b *testing.B) {
			s, ctx := open1(b, b.TempDir()), context.Background()
			defer s.Close()
			r := rand.New(rand.NewPCG(1, 2))
			n := 0
			run := news.NewRun(time.Now(), news.RunIngest, "bench")
			for b.Loop() {
				b.StopTimer()
				ws := make([]news.Write, 200)
				for i := range ws {
					if n++; kind == "small" {
						ws[i] = news.Write{Article: news.Article{Headline: "Small", Body: "A small text."}, Keys: []news.Key{news.Key(fmt.Sprint(n))}}
						continue
					}
					ws[i] = article(r, n)
					switch kind {
					case "article by a run":
						ws[i].Run = run
					case "article and original":
						ws[i].Original = []byte("<html>" + ws[i].Article.Body + strings.Repeat("<div class=\"menu\">menu</div>\n", 500))
					}
				}
				b.StartTimer()
				if _, err := s.Put(ctx, ws); err != nil {
					b.Fatal(err)
				}
			}
			b.ReportMetric(float64(n)/b.Elapsed().Seconds(), "articles/s")
			b.ReportMetric(0, "ns/op")
		})
	}
}

// BenchmarkRead measures what pages ask for, in an archive of 10,000 articles.
func BenchmarkRead(b *testing.B) {
	dir, ctx := b.TempDir(), context.Background()
	s := open1(b, dir)
	r := rand.New(rand.NewPCG(1, 2))
	var ids []news.ArticleID
	for n := range 50 {
		ws := make([]news.Write, 200)
		for i := range ws {
			ws[i] = article(r, n*200+i)
		}
		out, err := s.Put(ctx, ws)
		if err != nil {
			b.Fatal(err)
		}
		for _, o := range out {
			ids = append(ids, o.ID)
		}
	}
	for _, bm := range []struct {
		name string
		fn   func() error
	}{
		{"Article", func() error { _, err := s.Article(ctx, ids[r.IntN(len(ids))]); return err }},
		{"ArticlesByID of 20", func() error {
			i := r.IntN(len(ids) - 20)
			_, err := s.ArticlesByID(ctx, ids[i:i+20])
			return err
		}},
		{"InBrief of 20", func() error {
			i := r.IntN(len(ids) - 20)
			s.briefs.forget()
			_, err := s.InBrief(ctx, ids[i:i+20], 0)
			return err
		}},
		{"InBrief of 20 again", func() error {
			_, err := s.InBrief(ctx, ids[:20], 0)
			return err
		}},
		{"FindEntities", func() error {
			_, err := s.FindEntities(ctx, news.Person, fmt.Sprint("person ", r.IntN(5000)), 10)
			return err
		}},
		{"Changes of 200", func() error { _, err := s.Changes(ctx, "", 200); return err }},
		{"Stats", func() error { _, err := s.Stats(ctx); return err }},
	} {
		b.Run(bm.name, func(b *testing.B) {
			for b.Loop() {
				if err := bm.fn(); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
	b.Run("Verify", func(b *testing.B) {
		for b.Loop() {
			if err := s.Verify(ctx, func(p string) { b.Error(p) }); err != nil {
				b.Fatal(err)
			}
		}
	})
	if err := s.Close(); err != nil {
		b.Fatal(err)
	}
	b.Run("Open", func(b *testing.B) {
		for b.Loop() {
			s := open1(b, dir)
			b.StopTimer()
			s.Close()
			b.StartTimer()
		}
	})
}
