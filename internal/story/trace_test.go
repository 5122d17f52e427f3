package story

import (
	"bytes"
	"fmt"
	"math"
	"reflect"
	"testing"

	"backfile/internal/news"
)

func article(headline, body string) *news.Article {
	return &news.Article{Headline: headline, Body: body, Persons: []news.Entity{{Name: "Maureen Platt", Count: 2}}, Places: []news.Entity{{Name: "Cockermouth", Count: 1}},
		Dates: []news.When{{From: "2023-11-04", To: "2023-11-04", Precision: news.Day}}}
}

func TestTraceForm(t *testing.T) {
	tr := Make(article("Flood at Cockermouth", "The river flooded Cockermouth and the police named Maureen Platt. It was cold."))
	b, err := tr.MarshalBinary()
	if err != nil {
		t.Fatal(err)
	}
	var back Trace
	if err := back.UnmarshalBinary(b); err != nil || !reflect.DeepEqual(back, tr) {
		t.Errorf("a trace is read back as %v, %v, want %v", back, err, tr)
	}
	if len(tr.Terms) < 8 || len(b) > 1+termBytes*maxTerms {
		t.Errorf("%d terms in %d bytes", len(tr.Terms), len(b))
	}
	for _, bad := range [][]byte{nil, {0}, {9, 1, 2, 3, 4, 5}, b[:len(b)-1], append(bytes.Clone(b), b[1:6]...)} {
		if err := back.UnmarshalBinary(bad); err == nil {
			t.Errorf("%x is read as a trace", bad)
		}
	}
	if none := Make(&news.Article{}); len(none.Terms) != 0 {
		t.Errorf("a trace of nothing has %v", none)
	}
}

func FuzzTrace(f *testing.F) {
	b, _ := Make(article("Flood", "The river Derwent flooded the town.")).MarshalBinary()
	f.Add(b)
	f.Add([]byte{TraceVersion})
	f.Fuzz(func(t *testing.T, b []byte) {
		var tr Trace
		if tr.UnmarshalBinary(b) != nil {
			return
		}
		if back, err := tr.MarshalBinary(); err != nil || !bytes.Equal(back, b) {
			t.Errorf("%x is written back as %x, %v", b, back, err)
		}
	})
}

func TestRarity(t *testing.T) {
	var r Rarity
	often := Make(&news.Article{Body: "quince harvest orchard"})
	for range 5000 {
		r.Count(often)
	}
	r.Count(Make(&news.Article{Body: "zeppelin mooring"}))
	r.Done()
	b, err := r.MarshalBinary()
	if err != nil {
		t.Fatal(err)
	}
	var back Rarity
	if err := back.UnmarshalBinary(b); err != nil || !reflect.DeepEqual(back, r) {
		t.Fatalf("read back another, %v", err)
	}
	worth := func(w string) float64 { return back.of(Term{hash(kindWord, stem(w)), 8}) }
	if a, b, c := worth("quince"), worth("zeppelin"), worth("year"); !(a < b) || a > 1 || b < 4 {
		t.Errorf("quince is worth %.2f, zeppelin %.2f, year %.2f", a, b, c)
	}
	for _, bad := range [][]byte{nil, {9}, b[:100]} {
		if err := back.UnmarshalBinary(bad); err == nil {
			t.Errorf("%d bytes are read as a rarity", len(bad))
		}
	}
}

// TestCompare wants the likest report found and scored as the two are by themselves.
func TestCompare(t *testing.T) {
	var units []Unit
	var r Rarity
	for i := range 40 {
		a := article(fmt.Sprintf("Flood at Norlby %d", i%7), fmt.Sprintf("The Derwent flooded the %c-mill of Norlby on Friday, said Odo Fenwick%d of the mill.", 'a'+i%5, i%3))
		u, ok := UnitOf(news.ArticleID(fmt.Sprint(i)), news.Date{Text: fmt.Sprintf("2024-01-%02d", 1+i/2), Precision: news.Day}, Make(a))
		if !ok {
			t.Fatal("no unit")
		}
		units = append(units, u)
		r.Count(u.Trace)
	}
	r.Done()
	s := NewSweep(&r)
	for i, u := range units {
		best := math.Inf(-1)
		for _, o := range units[:i] {
			best = max(best, Compare(o, u, &r).Score())
		}
		got := math.Inf(-1)
		for _, c := range s.Consider(u) {
			got = max(got, c.Match.First)
		}
		if math.Abs(got-best) > 1e-4 {
			t.Errorf("report %d is as like as %.4f, want %.4f", i, got, best)
		}
		s.Seen(u, u.ID)
	}
}

// TestWindow has what is older than the window be forgotten.
func TestWindow(t *testing.T) {
	var r Rarity
	r.Done()
	s := NewSweep(&r)
	tr := Make(article("Zeppelin moored at Norlby mill", "The zeppelin Ulrika was moored at the mill of Norlby by Odo Fenwick and Tilda Marr."))
	at := func(id string, day int) Unit { return Unit{ID: news.ArticleID(id), Day: day, Trace: tr} }
	for i, tc := range []struct {
		u    Unit
		want news.ArticleID
	}{{at("a", 0), "a"}, {at("b", 20), "a"}, {at("c", 20+Window), "a"}, {at("d", 21+2*Window), "d"}} {
		if got := s.Next(tc.u); got != tc.want {
			t.Errorf("report %d follows %s, want %s", i, got, tc.want)
		}
	}
	for i := range 5000 {
		s.Next(at(fmt.Sprint(i), 10_000+i))
	}
	if n := len(s.units); n > 3*Window+2048 {
		t.Errorf("%d reports are held", n)
	}
}
