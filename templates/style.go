package templates

import (
	"context"
	"time"

	"github.com/a-h/templ"

	"backfile/internal/news"
)

// Style fills the page of every component with matter of our own making.
func Style(ctx context.Context, p Page) StyleView {
	p.Title = "Style"
	p.Charts, p.Dates, p.Keeps, p.Intake, p.NoIndex = true, true, true, true, true
	v := StyleView{Page: p}
	add := func(id, name, what string, states ...StyleState) {
		v.Parts = append(v.Parts, StylePart{ID: id, Name: name, What: what, States: states})
	}
	state := func(name string, shown templ.Component) StyleState { return StyleState{Name: name, Shown: shown} }
	in := func(name, class string, shown templ.Component) StyleState { return StyleState{name, class, shown} }

	add("type", "Type", "One scale, 1.2: 13, 15, 17, 20, 24, 29, 35, 42 px at the reader's usual size. Reading in 65 characters; old-style figures in text, lining tabular ones in lists.", in("", "", styleInk(styleType)))
	add("colours", "Colours", "Paper and ink, and one accent. Text at 7:1 in both themes.",
		in("", "", styleColours([]string{"--paper", "--ink", "--ink2", "--line", "--edge", "--bar", "--act", "--hit", "--tint"})))
	add("controls", "Buttons and fields", "Outlines, no fills, no round corners. What was refused says why, under the field.", in("", "", styleControls(styleWords)))
	add("notices", "Notices", "What the whole page must say stands above it.",
		state("The index is being built", notice(Notice{Rebuilding: true})), state("The index is behind", notice(Notice{Behind: 214})))
	add("asked", "A search as a sentence", "Each part can be dropped; what is left out is dashed.",
		in("Understood", "", asked(styleSearch(p, false))), in("Not all of it understood", "", asked(styleSearch(p, true))),
		in("Refused", "", asked(SearchView{Page: p, Asked: []Asked{{Before: "that mention", Value: "*a* OR *e*"}}, Refused: "That search would read every word of the archive."})))
	h := styleHit()
	save := Save{Article: h.ID, Back: "/style"}
	add("hit", "Result", "Dateline, headline, two lines, names; what one can do at the end of its line.",
		state("Plain, with a tick and a button", hit(h, Save{Article: h.ID, Back: "/style", Tick: true})), state("Saved, starred, read, with notes", hit(styleKept(h), Save{})),
		state("Changed, and printed by several", hit(styleSpread(h), save)), state("What a version took out", hit(styleEdited(h), Save{})),
		state("Nothing known but its words", hit(Hit{ID: h.ID, Href: h.Href, Headline: Plain("Half a crown a day"), Standfirst: "By our reckoning four hundred children."}, Save{})),
		state("A headline of 300 characters", hit(styleLong(h), save)), state("From right to left", hit(styleArabic(h), save)))
	add("facets", "Facets", "One link chooses or drops, another leaves out; the chosen first.", in("", "results", rail(styleSearch(p, false))))
	add("pager", "Leading on", "Pages of results, days and months, versions, results around an article.",
		state("Pages", pager(SearchView{Page: p, Prev: "#pager", Next: "#pager", PageN: 2, Pages: 11})),
		state("Months", turn(Turn{Prev: Link{Name: "March 1953", Href: "#pager"}, Up: Link{Name: "1953", Href: "#pager"}, Next: Link{Name: "May 1953", Href: "#pager"}})),
		state("Results", aroundNav(Around{N: 2, Of: 214, Prev: &Link{Name: "Pier “gone in an hour”", Href: "#pager"}, Next: &Link{Name: "What the pier cost", Href: "#pager"}, Results: "#pager"})))
	add("charts", "Charts", "Thin bars, one colour, the highest with its number; what was not captured is hatched; every chart has its table.",
		state("With gaps, one year chosen", timeline(styleYears("style-years", false))), state("Low, beneath another", timeline(styleYears("style-low", true))),
		in("Two searches", "chart", series(styleSeries())), in("Bars", "figure", bars(styleNames, "Articles by name")), in("A line for each", "", ranks(styleRanks, "In the news")), in("Coverage", "", templ.Join(hatching(), gapStrip(styleCounts, styleGaps))))
	add("calendar", "Calendar", "A day is darker the more there is of it; hatched where nothing was captured.", in("", "year", monthGrid(styleMonth())))
	add("maps", "Maps", "Coasts from Natural Earth, drawn here; the area of a circle is a number of articles.",
		in("Beside an article", "year", locator(Locator{Dots: styleDots, Caption: "Stonehaven and Aberdeen"})), in("Of a set", "mapped", atlas(Atlas{Caption: "Places of the harbour", Spots: styleSpots})))
	add("network", "Network", "Who appears with whom; the same as a table beside it.", in("", "mapped", network(styleNetwork())))
	add("tables", "Tables", "Hairlines between rows, figures at the end.",
		in("Feeds: well, paused, in trouble", "feeds", feedTable(FeedsView{Page: p, Feeds: styleFeeds(p.Now)})), in("Figures of a story", "side", storyFigures(styleFigures)))
	add("article", "Article", "The text in the middle, what is known of it at its sides.",
		in("Text", "text", styleText()), in("About it", "story", articleLeft(styleArticle(p))), in("Who and where", "story", articleRight(styleArticle(p))))
	add("report", "A report of a story", "What no earlier report has, sentence by sentence.", in("", "told", styleList(storyReport(styleReport()))))
	add("changes", "Changes", "Added words are underlined, cut ones struck through, paragraphs ruled at their side: never colour alone.", in("", "diff text", styleDiff()))
	add("notes", "Notes and highlights", "One that stands, one reworded, one lost, one whose article is gone.", in("", "notes", styleNotes(p.Now)))
	add("empty", "Nothing there", "What is not there is said, with what to do next.",
		in("No article has all words", "none", nothing(SearchView{Page: p, Alone: []Alone{{Link: Link{Name: "xyzzy", Href: "#empty"}, Kind: "words"}, {Link: Link{Name: "harbour", Href: "#empty", Count: 29}, Kind: "words"}}})),
		in("An empty archive", "", emptyArchive(FrontView{Page: p, Command: "backfile ingest PATH"})))
	return v
}

var (
	styleType = []string{
		"Council votes to rebuild the north pier", "Commissioners warned of “a second winter without a wall”; the ratepayers’ league is to fight the cost.",
		"The town council voted by 19 to 8 last night to rebuild the north pier, seven weeks after the sea carried away its last sixty feet. The work is to cost £42,000, of which the county has promised half before 1954.",
		"Harbour Post · 14 March 1953 · Aberdeen", "Controls, lists and tables: 1,234 of 5,678.", "Captions of charts, and what is good to know: 14 March 1953.",
	}
	styleWords = []string{"Save", "Set", "Delete", "Not now", "Outlet", "Harbour Post", "Published", "the day before", "Kind", "Report", "Opinion",
		"“the day before” is no date. Write 1953, 1953-03 or 1953-03-14.", "With all that are ticked", "A file"}
	styleNames  = []Link{{Name: "Agnes Lorimer", Href: "#charts", Count: 96}, {Name: "Thomas Keir", Href: "#charts", Count: 41}, {Name: "Robert Milne", Href: "#charts", Count: 4}}
	styleRanks  = []Rank{{styleNames[0], []int{2, 5, 9, 4, 0, 7, 12}}, {styleNames[1], []int{0, 0, 1, 0, 9, 1, 0}}}
	styleCounts = []int{3, 0, 4, 6, 0, 0, 2, 8, 1, 0, 5, 7}
	styleGaps   = []bool{1: true, 4: true, 5: true, 11: false}
	styleDots   = []Dot{{"Stonehaven", 56.96, -2.21}, {"Aberdeen", 57.15, -2.09}}
	styleSpots  = []Spot{{Link{Name: "Stonehaven", Href: "#maps", Count: 40}, 56.96, -2.21, "Stonehaven: 40 articles"}, {Link{Name: "Bergen", Href: "#maps", Count: 12}, 60.39, 5.32, "Bergen: 12 articles"}, {Link{Name: "Esbjerg", Href: "#maps", Count: 3}, 55.47, 8.45, "Esbjerg: 3 articles"}}
)

func styleDay(day string) news.Date {
	return news.Date{Text: day, Precision: news.Day, From: news.FromMetadata}
}

func styleNetwork() Network {
	n := Network{Centre: "Agnes Lorimer", Total: 96, Edges: []Edge{{0, 1, 9}, {0, 2, 2}}}
	for i, l := range styleNames {
		n.Nodes = append(n.Nodes, Node{l, []string{SectionPeople, SectionOrganisations}[i%2], "#network"})
	}
	return n
}

func styleFeeds(now time.Time) []FeedRow {
	return []FeedRow{
		{ID: "a", Name: "Harbour Post", Address: "https://post.example/feed", Outlet: Link{Name: "Harbour Post", Href: "#tables"}, Good: now.Add(-time.Hour), Next: now.Add(time.Hour), Week: 34},
		{ID: "b", Name: "The Northern Courier", Address: "https://courier.example/rss", Outlet: Link{Name: "The Northern Courier"}, Good: now.AddDate(0, 0, -9), Paused: true},
		{ID: "c", Name: "صحيفة الميناء", Address: "https://mina.example/rss", Failures: 4, Error: "it answers 503", Next: now.Add(9 * time.Hour)},
	}
}
