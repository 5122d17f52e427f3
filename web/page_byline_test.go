package web

import (
	"strings"
	"testing"
	"time"

	"backfile/internal/fuzztime"
	"backfile/internal/news"
)

func bylineText(a *news.Article) string {
	s := &Server{Config: Config{Authors: newMemory()}}
	var b strings.Builder
	for _, l := range s.bylineOf(a) {
		if l.Href != "" {
			b.WriteString("[" + l.Name + "](" + l.Href + ")")
			continue
		}
		b.WriteString(l.Name)
	}
	return b.String()
}

func TestBylineOf(t *testing.T) {
	for _, tc := range []struct {
		line, agency string
		authors      []string
		want         string
	}{
		{"", "", nil, ""},
		{"By Ann Dee", "", nil, "By Ann Dee"},
		{"By Ann Dee in Leeds and TOM KEIR", "", []string{"Ann Dee", "Tom Keir"}, "By [Ann Dee](/authors/ann-dee) in Leeds and [TOM KEIR](/authors/tom-keir)"},
		{"By Ann Dee and Coast Press", "Coast Press", []string{"Ann Dee"}, `By [Ann Dee](/authors/ann-dee) and [Coast Press](/search?q=agency%3A%22Coast+Press%22)`},
		{"By Ann Dee", "Coast Press", []string{"Ann Dee"}, `By [Ann Dee](/authors/ann-dee) · [Coast Press](/search?q=agency%3A%22Coast+Press%22)`},
		{"", "Coast Press", []string{"Ann Dee"}, `[Ann Dee](/authors/ann-dee) · [Coast Press](/search?q=agency%3A%22Coast+Press%22)`},
		{"By Ann Dee Jones", "", []string{"Ann Dee Jones", "Dee"}, "By [Ann Dee Jones](/authors/ann-dee-jones)"},
		{"Von Ílse Ö", "", []string{"ílse ö", "…"}, "Von [Ílse Ö](/authors/%C3%ADlse-%C3%B6)"},
		{"İ By Ann Dee", "", []string{"Ann Dee"}, "İ By Ann Dee"},
	} {
		a := &news.Article{Byline: tc.line, Agency: tc.agency}
		for _, n := range tc.authors {
			a.Authors = append(a.Authors, news.Author{Name: n})
		}
		if got := bylineText(a); got != tc.want {
			t.Errorf("byline %q by %q = %q, want %q", tc.line, tc.authors, got, tc.want)
		}
	}
}

func FuzzBylineOf(f *testing.F) {
	f.Add("By Ann Dee and Coast Press", "Ann Dee", "Coast Press")
	f.Add("İÅ ann", "ANN", "İ")
	f.Fuzz(func(t *testing.T, line, author, agency string) {
		defer fuzztime.Check(t, time.Now())
		s := &Server{Config: Config{Authors: newMemory()}}
		whole := ""
		for _, l := range s.bylineOf(&news.Article{Byline: line, Agency: agency, Authors: []news.Author{{Name: author}}}) {
			whole += l.Name
		}
		if !strings.HasPrefix(whole, line) {
			t.Errorf("byline %q became %q", line, whole)
		}
	})
}
