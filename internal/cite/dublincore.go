package cite

import (
	"strings"

	"backfile/internal/news"
)

// DublinCore is one element of the Dublin Core set (ISO 15836): its name without a
// namespace, and what it says.
type DublinCore struct{ Name, Text string }

// AsDublinCore is an article as simple Dublin Core, in the order of the set. What is not
// known is left out: a date is as fine as it is known, to the day.
func AsDublinCore(e Entry) []DublinCore {
	a := e.Article
	var out []DublinCore
	seen := map[DublinCore]bool{}
	add := func(name, text string) {
		d := DublinCore{name, strings.Join(strings.Fields(text), " ")}
		if d.Text != "" && !seen[d] {
			seen[d] = true
			out = append(out, d)
		}
	}
	title, _ := e.title()
	add("title", title)
	for _, x := range a.Authors {
		add("creator", x.Name)
	}
	add("subject", a.Section)
	for _, t := range a.Tags {
		add("subject", t)
	}
	for _, es := range [][]news.Entity{a.Persons, a.Organisations} {
		for _, x := range es {
			add("subject", x.Name)
		}
	}
	add("description", a.Standfirst)
	if a.Outlet != nil {
		add("publisher", a.Outlet.Name)
	}
	add("contributor", a.Agency)
	add("date", iso(a.Published))
	add("type", "Text")
	add("type", "news article")
	add("format", "text/html")
	add("identifier", e.Address)
	add("source", e.original())
	add("language", a.Language)
	for _, x := range a.Places {
		add("coverage", x.Name)
	}
	return out
}
