package main

import (
	"fmt"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"testing"

	"backfile/internal/news"
	"backfile/internal/newsgen"
	"backfile/web"
)

// BenchmarkFamilyPage answers the page of a family, and that of one of its articles,
// through the whole program.
func BenchmarkFamilyPage(b *testing.B) {
	for _, n := range []int{100, 2000, 10_000} {
		a := opened(b, b.TempDir(), false)
		defer closed(b, a)
		body := newsgen.New(9).Article(1).Body
		var ids []news.ArticleID
		for from := 0; from < n; from += 500 {
			var ws []news.Write
			for i := from; i < min(from+500, n); i++ {
				ws = append(ws, printing(fmt.Sprintf("Report %d", i), fmt.Sprintf("Post %d", i%40), fmt.Sprintf("20%02d-%02d-%02d", i/336%90, 1+i/28%12, 1+i%28), body[:len(body)-i%200]))
			}
			ids = append(ids, mustPut(b, a, ws...)...)
		}
		var ms []news.Membership
		for _, id := range ids {
			ms = append(ms, news.Membership{Article: id, Lead: ids[0]})
		}
		if _, err := a.Regroup(b.Context(), ms); err != nil {
			b.Fatal(err)
		}
		if err := a.index.WaitIndexed(b.Context()); err != nil {
			b.Fatal(err)
		}
		h := a.server(web.Config{Log: slog.New(slog.DiscardHandler)}).Handler()
		get := func(path string) *httptest.ResponseRecorder {
			r := httptest.NewRequest(http.MethodGet, "http://127.0.0.1"+path, http.NoBody)
			r.RemoteAddr = "127.0.0.1:4711"
			w := httptest.NewRecorder()
			h.ServeHTTP(w, r)
			return w
		}
		family, article := "/families/"+string(ids[0]), get("/articles/"+string(ids[n-1])).Header().Get("Location")
		for _, p := range []struct{ name, path string }{{"family", family}, {"article", article}} {
			b.Run(fmt.Sprintf("%s/%d", p.name, n), func(b *testing.B) {
				for b.Loop() {
					if w := get(p.path); w.Code != http.StatusOK {
						b.Fatalf("GET %s = %d to %s", p.path, w.Code, w.Header().Get("Location"))
					}
				}
			})
		}
	}
}
