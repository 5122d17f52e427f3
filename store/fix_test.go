package store

import (
	"encoding/json"
	"testing"

	"backfile/internal/news"
)

// What was joined is not counted, until it is parted again.
func TestStatsOfJoined(t *testing.T) {
	s, err := Open(t.TempDir(), Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	var ws []news.Write
	for _, n := range []string{"a", "b", "c"} {
		ws = append(ws, news.Write{Article: news.Article{Headline: n, Body: "text " + n}, Keys: []news.Key{news.Key("url:" + n)}})
	}
	out, err := s.Put(t.Context(), ws)
	if err != nil {
		t.Fatal(err)
	}
	data, _ := json.Marshal(news.Correction{Into: news.EntityID(out[0].ID)})
	count := func(want int) {
		t.Helper()
		if st, err := s.Stats(t.Context()); err != nil || st.Articles != want {
			t.Errorf("%d articles, %v; want %d", st.Articles, err, want)
		}
	}
	count(3)
	es, err := s.Correct(t.Context(), []news.Event{{Type: news.EventJoined, About: string(out[1].ID), Data: data}})
	if err != nil {
		t.Fatal(err)
	}
	count(2)
	if _, err := s.Correct(t.Context(), []news.Event{{Type: news.EventUndone, About: es[0].ID}}); err != nil {
		t.Fatal(err)
	}
	count(3)
}
