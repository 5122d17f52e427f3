package web

import (
	"net/url"
	"strings"
	"testing"

	"backfile/internal/news"
)

func TestSynonyms(t *testing.T) {
	m, _ := harbour(t)
	uk := place("United Kingdom", 54, -2)
	uk.Aliases = []news.Alias{{Name: "Britain", Fold: "britain"}, {Name: "Great Britain", Fold: "great britain"}}
	m.add(news.Article{Headline: "Trade", Body: "Britain sold coal.", Places: []news.Entity{uk}, Published: date(t, "1970-01-01")})
	m.add(news.Article{Headline: "Tea", Body: "The United Kingdom drank tea and sold coal.", Places: []news.Entity{uk}, Published: date(t, "1971-01-01")})
	m.add(news.Article{Headline: "Letter", Body: "Great Britain, a friend wrote.", Published: date(t, "1972-01-01")})
	srv := serveTalkative(t, &talkative{memory: m})
	see := func(q string) (said, href, title string) {
		t.Helper()
		_, doc := fetch(t, srv.Client(), srv.URL+"/search?q="+strings.ReplaceAll(url.QueryEscape(q), "%26expand%3D0", "&expand=0"))
		href, _ = doc.Find("p.also a").Attr("href")
		to, err := url.QueryUnescape(strings.TrimPrefix(href, "/search?"))
		to = strings.Replace(to, "q=", "", 1)
		if err != nil {
			t.Fatal(err)
		}
		return words(doc.Find("p.also")), to, words(doc.Find("h1"))
	}
	for _, c := range []struct{ q, said, to, title string }{
		{"britain", "“britain” is a name of United Kingdom. Add 1 article that names it otherwise", "(britain OR place:united-kingdom)", "Articles that mention britain — 2"},
		{"(britain OR place:united-kingdom)", "Also articles that name United Kingdom×", "expand=0&britain", "Articles that mention britain — 3"},
		{"Great Britain", "“Great Britain” is a name of United Kingdom. Add 2 articles that name it otherwise", "Great Britain OR place:united-kingdom", "Articles that mention Great Britain — 1"},
		{`coal "great britain"`, "Also articles that name United Kingdom×", `expand=0&coal "great britain"`, `Articles that mention coal "great britain" — 2`},
		{`coal "great britain"&expand=0`, "“great britain” is a name of United Kingdom. Add 2 articles that name it otherwise", `coal ("great britain" OR place:united-kingdom)`, `Articles that mention coal "great britain" — 0`},
		{"coal (britain OR place:united-kingdom)", "Also articles that name United Kingdom×", "expand=0&coal britain", "Articles that mention coal britain — 2"},
		{"aberdeen", "", "", "Articles that mention aberdeen — 0"},
		{"storm", "", "", "Articles that mention storm — 4"},
		{"-britain", "", "", "Articles that mention -britain — 8"},
		{"(britain OR place:aberdeen)", "", "", "Articles that mention (britain OR place:aberdeen) — 3"},
	} {
		said, to, title := see(c.q)
		if said != c.said || strings.Trim(to, "()") != strings.Trim(c.to, "()") || title != c.title {
			t.Errorf("%s says %q, leads to %q, is %q; want %q, %q, %q", c.q, said, to, title, c.said, c.to, c.title)
		}
	}
}
