package web

import (
	"strings"
	"testing"

	"backfile/internal/search"
)

func TestFrame(t *testing.T) {
	for _, c := range []struct{ query, want string }{
		{"harbour", ""},
		{"harbour outlet:post", "outlet:post"},
		{"harbour -outlet:post date:1953", "-outlet:post date:1953"},
		{"(outlet:post OR outlet:courier) person:truss", "outlet:post OR outlet:courier"},
		{"(outlet:post OR harbour) lang:de", "lang:de"},
		{"outlet:post", "outlet:post"},
		{"harbour on:12-02", "on:12-02"},
		{"harbour OR outlet:post", ""},
		{"as-of:2026-03-01 harbour", "as-of:2026-03-01"},
		{"", ""},
	} {
		n, _ := search.Parse(c.query)
		if got := search.String(frame(n)); got != c.want {
			t.Errorf("frame(%q) = %q, want %q", c.query, got, c.want)
		}
	}
}

func TestBounds(t *testing.T) {
	for _, c := range []struct{ query, first, last string }{
		{"harbour", "", ""},
		{"harbour date:1953", "1953-01-01", "1953-12-31"},
		{"date:1950..1960 date:1955..", "1955-01-01", "1960-12-31"},
		{"date:1953 OR date:1960", "1953-01-01", "1960-12-31"},
		{"date:1953 OR date:1960..", "1953-01-01", ""},
		{"date:1953 OR harbour", "", ""},
		{"-date:1953", "", ""},
	} {
		n, _ := search.Parse(c.query)
		if got := bounds(n); got != (stretch{c.first, c.last}) {
			t.Errorf("bounds(%q) = %v, want %s to %s", c.query, got, c.first, c.last)
		}
	}
}

func TestExtent(t *testing.T) {
	for _, c := range []struct {
		first, last string
		unit        unit
		choices     string
		n           int
		at, to      string // the first and the last point by that unit
	}{
		{"1936-01-01", "2026-12-31", byYear, "decade year", 91, "1936", "2026"},
		{"1953-01-01", "1953-12-31", byMonth, "month day", 12, "1953-01", "1953-12"},
		{"1953-02-01", "1953-02-28", byDay, "day", 28, "1953-02-01", "1953-02-28"},
		{"1950-06-15", "1959-12-31", byYear, "year month", 10, "1950", "1959"},
		{"1605-01-01", "2026-12-31", byDecade, "decade", 43, "1600s", "2020s"},
		{"1953-11-15", "1954-02-10", byMonth, "year month day", 4, "1953-11", "1954-02"},
		{"1953-05-14", "1953-05-14", byDay, "day", 1, "1953-05-14", "1953-05-14"},
	} {
		e := extent{stretch: stretch{c.first, c.last}}
		var choices []string
		for _, u := range e.choices() {
			choices = append(choices, string(u))
		}
		u := e.unit()
		ps := e.points(u)
		if u != c.unit || strings.Join(choices, " ") != c.choices || len(ps) != c.n || ps[0].Value != c.at || ps[len(ps)-1].Value != c.to || e.size(u) != c.n {
			t.Errorf("%s to %s: by %s, could be %v, %d points (%v … %v), want by %s, %s, %d (%s … %s)", c.first, c.last, u, choices, len(ps), ps[0], ps[len(ps)-1], c.unit, c.choices, c.n, c.at, c.to)
		}
	}
	if e := (extent{}); e.points(byDay) != nil || e.size(byYear) != 0 {
		t.Error("an extent of nothing has points")
	}
}

func TestTrim(t *testing.T) {
	e := extent{stretch: stretch{"1950-01-01", "1955-12-31"}}
	first, second := &timespan{Points: e.points(byYear)}, &timespan{Points: e.points(byYear)}
	first.Points[2].N = 1
	second.Points[4].Captured = 1
	trim(e, "2026-11-22", first, second)
	if len(first.Points) != 3 || first.Points[0].Value != "1952" || second.Points[2].Value != "1954" {
		t.Errorf("trim leaves %v and %v, want 1952 to 1954", first.Points, second.Points)
	}
	fixed := extent{stretch{"1950-01-01", "1955-12-31"}, true, true}
	whole := &timespan{Points: fixed.points(byYear)}
	trim(fixed, "2026-11-22", whole)
	if len(whole.Points) != 6 {
		t.Errorf("trim leaves %d points of a stretch that was asked for, want all 6", len(whole.Points))
	}
}

func TestBeside(t *testing.T) {
	p := params{Q: "a", Filters: map[string][]value{"person": {{Text: "truss"}}, "outlet": {{Text: "post"}}}, From: "1953", PerPage: 20, Page: 4}
	if got, want := p.beside(" b ").Values().Encode(), "from=1953&group=0&facets=0&outlet=post&q=b&snippets=0"; got != "facets=0&from=1953&group=0&outlet=post&q=b&snippets=0&sort=" && got != want {
		t.Errorf("beside = %q, want the outlet and the dates only", got)
	}
}
