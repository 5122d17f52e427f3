package web

import (
	"fmt"
	"testing"

	"backfile/internal/news"
)

func TestSpokenDates(t *testing.T) {
	day := func(text, from string) news.When {
		return news.When{Text: text, From: from, To: from, Precision: news.Day}
	}
	a := &news.Article{Published: news.Date{Text: "2021-12-02T08:00", Precision: news.Minute}, Dates: []news.When{
		day("yesterday", "2021-12-01"), day("today", "2021-12-02"), {Text: "1939\nand 1945", From: "1939-01-01", To: "1945-12-31", Precision: news.Year},
		day("Wednesday", "2021-12-01"), day("Yesterday", "2021-12-01"),
	}}
	got := spokenDates(a)
	want := "[{1939-01-01 1945-12-31 year [1939 and 1945]} {2021-12-01 2021-12-01 day [yesterday Wednesday]} {2021-12-02 2021-12-02 day [today]}]"
	if s := fmt.Sprint(got); s != want {
		t.Errorf("spokenDates = %s\nwant %s", s, want)
	}
	a.Dates = a.Dates[:2]
	if got := spokenDates(a); got != nil {
		t.Errorf("one other day: %v, want none", got)
	}
	a.Dates = nil
	for i := range 100 {
		a.Dates = append(a.Dates, day("x", fmt.Sprintf("2021-01-%02d", i%31+1)), day("y", fmt.Sprintf("2021-03-%02d", i%31+1)))
	}
	if got := spokenDates(a); len(got) != mostSpoken {
		t.Errorf("%d dates, want %d", len(got), mostSpoken)
	}
}
