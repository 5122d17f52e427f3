package templates

import "fmt"

// What the page of components shows of searches and of time.

func styleSearch(p Page, problems bool) SearchView {
	v := SearchView{
		Page: p, Total: 214, Results: 201, Asked: []Asked{{Before: "that mention", Value: "harbour pier"}, {Before: "about", Value: "Agnes Lorimer", Off: "#asked"}, {Before: "not from", Value: "The Northern Courier", Off: "#asked", Not: true}},
		Sorts: []Choice{{Name: "best first", Href: "#asked", On: true}, {Name: "newest first", Href: "#asked"}, {Name: "oldest first", Href: "#asked"}}, Clear: "#asked", Overview: "#charts",
		Facets: []Facet{{Kind: "person", Title: "People", All: "#facets", Items: []FacetItem{
			{Name: "Agnes Lorimer", N: 214, Pick: "#facets", Drop: "#facets", On: true}, {Name: "Thomas Keir", N: 88, Pick: "#facets", Drop: "#facets"}, {Name: "Robert Milne", Pick: "#facets", Drop: "#facets", Not: true}}},
			{Kind: "year", Title: "Years", Items: []FacetItem{{Name: "1953", N: 58, Pick: "#facets", Drop: "#facets"}}}},
	}
	if problems {
		v.Sorts, v.Clear, v.Overview, v.Total = nil, "", "", 1
		v.Problems = []string{"“colour:” is no field; it was searched as words.", "A quotation mark is open."}
		v.Meant = Link{Name: "harbour piers", Href: "#asked", Count: 231}
		v.Also = []Also{{Name: "Stonehaven Harbour", Asked: "harbour", Href: "#asked", Count: 12}}
	}
	return v
}

func styleYears(id string, slim bool) Timeline {
	t := Timeline{ID: id, Caption: "Articles by year", Slim: slim}
	for i := range 36 {
		y := fmt.Sprint(1936 + i)
		t.Bars = append(t.Bars, Bar{Label: y, Tick: y, Href: "#charts", N: (i*i + 7*i) % 23, On: i == 17, Gap: i > 3 && i < 9})
	}
	for i := 4; i < 9; i++ {
		t.Bars[i].N = 0
	}
	return t
}

func styleSeries() Series {
	s := Series{ID: "style-two", Caption: "Their share of all articles captured", Two: true}
	for i := range 20 {
		a, b := float64((i*7)%10)/10, float64((i*3)%10)/10
		s.Points = append(s.Points, SeriesPoint{Label: fmt.Sprint(1950 + i), Tick: fmt.Sprint(1950 + i), Href: "#charts", Gap: i == 6,
			A: SeriesValue{V: a, Text: fmt.Sprintf("%.0f%%", 100*a), Weak: i%5 == 0}, B: SeriesValue{V: b, Text: fmt.Sprintf("%.0f%%", 100*b)}})
	}
	return s
}

func styleMonth() MonthGrid {
	m := MonthGrid{Name: "March", Href: "#calendar", N: 31}
	for w := range 5 {
		week := make([]Cell, 7)
		for d := range week {
			day := w*7 + d - 5
			if day < 1 || day > 31 {
				continue
			}
			week[d] = Cell{Label: fmt.Sprint(day), Long: fmt.Sprintf("%d March 1953", day), Gap: day%9 == 0}
			if n := day * day % 6; n > 0 && day%9 != 0 {
				week[d].Href, week[d].N, week[d].Weight = "#calendar", n, n
			}
		}
		m.Weeks = append(m.Weeks, week)
	}
	return m
}

var styleFigures = []StoryFigure{
	{What: "dead", Readings: []StoryReading{{"two", "#tables", "Harbour Post", styleDay("1953-02-01")}, {"five", "#tables", "The Northern Courier", styleDay("1953-02-03")}}},
	{What: "pounds", Readings: []StoryReading{{"£42,000", "#tables", "Harbour Post", styleDay("1953-03-14")}}},
}
