package main

import (
	"testing"

	"backfile/internal/news"
)

// The floors of what is reached; see docs/stories.md.
var floors = map[string]float64{"tune": .86, "held": .78, "more": .74, "fresh": .66, "wide": .73, "terse": .79, "broad": .76, "held2": .95}

// TestHandMade holds the hand-made sets to their floors, and to what is asked of them.
func TestHandMade(t *testing.T) {
	events, articles := 0, 0
	var both score
	for set, floor := range floors {
		all, err := load(set)
		if err != nil {
			t.Fatal(err)
		}
		understand(all)
		rs := reports(all)
		found, _ := assign(rs, rarityOf(rs))
		got := pairwise(rs, found)
		t.Logf("%s: %v", set, got)
		if got.f1() < floor {
			t.Errorf("%s: F1 is %.4f, want %.2f", set, got.f1(), floor)
		}
		if set == "held" || set == "held2" {
			both = both.and(got)
		}
		seen := map[string]bool{}
		for _, a := range all {
			if a.event != "" && !seen[a.event] {
				seen[a.event] = true
				events++
			}
			if a.article.Headline == "" || a.article.Body == "" {
				t.Errorf("%s: an article has no headline or text: %+v", set, a.article)
			}
		}
		articles += len(all)
	}
	if t.Logf("held out: %v", both); both.f1() < .89 {
		t.Errorf("held out: F1 is %.4f, want .89", both.f1())
	}
	if events < 150 || articles < 650 {
		t.Errorf("%d events and %d articles were written, want 150 and 650", events, articles)
	}
}

// TestGenerated holds articles of a seed that nothing was chosen by to a floor.
func TestGenerated(t *testing.T) {
	if testing.Short() {
		t.Skip("600 articles are more than -short allows")
	}
	all, err := generate(7, 600, daysOf(600))
	if err != nil {
		t.Fatal(err)
	}
	understand(all)
	rs := reports(all)
	found, _ := assign(rs, rarityOf(rs))
	got := pairwise(rs, found)
	t.Logf("generated: %v", got)
	if got.f1() < .87 || got.precision() < .80 {
		t.Errorf("generated: %v, want an F1 of .87 and a precision of .80", got)
	}
}

func TestPairwise(t *testing.T) {
	of := func(events ...string) (rs []report) {
		for i := range events {
			rs = append(rs, report{of: &told{event: events[i]}})
		}
		return rs
	}
	rs := of("a", "a", "a", "b", "b", "")
	got := pairwise(rs, []news.ArticleID{"1", "1", "2", "2", "2", "6"})
	if want := (score{truth: 4, found: 4, right: 2}); got != want {
		t.Errorf("pairwise = %+v, want %+v", got, want)
	}
}

// BenchmarkNext takes an article in among those of three months.
func BenchmarkNext(b *testing.B) {
	all, err := generate(3, 2500, 90)
	if err != nil {
		b.Fatal(err)
	}
	rs := reports(all)
	for b.Loop() {
		assign(rs, rarityOf(rs))
	}
}
