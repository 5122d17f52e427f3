package templates

import (
	"bytes"
	"context"
	"fmt"
	"reflect"
	"strings"
	"testing"
	"time"

	"github.com/PuerkitoBio/goquery"
	"github.com/a-h/templ"

	"backfile/internal/news"
	"backfile/static"
)

// hostile is put into every string of every view.
const hostile = `"><img src=x onerror=alert(1)><script>alert(1)</script>'`

var testDay = news.Date{Text: "2021-12-02T16:17", Precision: news.Minute, From: news.FromByline}

// views are one of each page, with something in every list.
func views() map[string]any {
	p := Page{Title: "Title", Archive: "The Harbour Archive", CanWrite: true, Adds: true, Now: time.Date(2026, 11, 22, 12, 0, 0, 0, time.UTC),
		Path: "/search?q=x", Canonical: "http://127.0.0.1/x", Social: &Social{Type: "article", Title: "t", Authors: []string{"A"}}}
	link := Link{Name: "Liz Truss", Href: "/people/liz-truss", Count: 3}
	bars := Timeline{ID: "years", Caption: "c", Bars: []Bar{{Label: "1953", Tick: "1953", Href: "/dates/1953", N: 2}, {Label: "1954", Tick: "1954", Href: "/dates/1954", Gap: true}}}
	h := Hit{ID: "0123456789abc", Href: "/articles/0123456789abc/x", Headline: []Fragment{{"a ", "harbour", " c"}}, Outlet: Link{Name: "Post", Href: "/outlets/post"},
		Date: testDay, Dateline: "Aberdeen", Section: "News", Standfirst: "s", Snippets: [][]Fragment{{{"a", "b", "c"}}}, People: []Link{link}, Places: []Link{link},
		Versions: 3, Captured: testDay, Now: "/articles/0123456789abc/y", Lists: []Link{link}, Lang: "en", Dir: "ltr"}
	rank := Rank{Link: link, Spark: []int{1, 0, 4}}
	strip := OutletStrip{Link: link, First: "1936", Last: "2026", Years: []int{1, 0, 3}}
	segs := []Segment{{Text: "plain "}, {Text: "Truss", Href: "/people/liz-truss", Mark: "m1", ID: "m1"}, {Text: "out", Href: "https://a.example/", Out: true}}
	cell := Cell{Label: "2", Long: "2 December", Href: "/dates/2021/12/02", N: 4, Weight: 3, Lead: "l"}
	turn := Turn{Prev: link, Up: link, Next: link}
	step := VersionLink{N: 1, Href: "/a/1", At: "2 May 2024"}
	diff := DiffText{Kind: DiffReworded, Moved: true, Runs: []DiffRun{{Kind: DiffKept, Text: "The pier", Gap: " "}, {Kind: DiffCut, Text: "shut", Gap: " "}, {Kind: DiffAdded, Text: "closed"},
		{Kind: DiffCut, Text: "a ", Match: "wide", Post: " end"}, {Kind: DiffAdded, Text: "an ", Match: "old", Post: " end"}}}
	h.Kept = HitKept{Star: true, Read: true, Notes: 1, Highlights: 2}
	h.Edit = HitEdit{N: 2, Href: "/articles/0123456789abc/versions/2"}
	h.Family, h.Outlets, h.Printed = "/families/0123456789abc", 2, 3
	row := FamilyRow{ID: h.ID, Href: h.Href, Headline: "h", Lang: "en", Dir: "ltr", Outlet: link, Date: testDay, Same: true, Much: "m", What: "w", Compare: "/families/a"}
	edited := h
	edited.Edit.Runs = diff.Runs
	chart := Series{ID: "found", Caption: "c", Points: []SeriesPoint{{Label: "1953", Tick: "1953", Href: "/search/overview", A: SeriesValue{V: 3, Text: "3"}}, {Label: "1954", Gap: true}}}
	share := chart
	share.ID, share.Slim = "share", true
	two := Series{Two: true, Points: []SeriesPoint{{Label: "1953", Href: "/search/overview", A: SeriesValue{V: .3, Text: "30%", Weak: true}, B: SeriesValue{V: 1, Text: "100%"}}}}
	two.ID = "found"
	twoShare := two
	twoShare.ID = "share"
	anyone := p
	anyone.CanWrite = false
	segs = append(segs, Segment{Text: "marked", High: true, Spot: "hl-a"})
	notes := []NoteShown{{ID: "a", Article: h.ID, State: "stands", Quote: "q", Spot: "#hl-a", Version: 1, Note: "n", Tags: []string{"t", "u"}, Back: "/a", Lang: "en", Dir: "ltr"},
		{ID: "b", Article: h.ID, State: "reworded", Quote: "q", Now: diff.Runs, Spot: "#hl-b", Version: 1, Then: "/a/versions/1"}, {ID: "c", Article: h.ID, State: "lost", Quote: "q", Version: 1, Of: link, Outlet: "O", Date: testDay},
		{ID: "d", Article: h.ID, State: "erased", Of: Link{Name: "gone"}}, {ID: "e", Article: h.ID, Note: "n\n\nm"}}
	return map[string]any{
		"front": FrontView{Page: p, Total: 3, First: "1936", Last: "2026", OutletCount: 2, Years: bars, OnThisDay: []Hit{h}, JustIn: []Hit{h, h},
			RankYear: "2026", People: []Rank{rank}, Places: []Rank{rank}, Outlets: []OutletStrip{strip}, Lists: []Link{link}},
		"empty": FrontView{Page: p, CanAdd: true, Command: "backfile ingest PATH"},
		"search": SearchView{Page: p, Now: "/search?q=x", Asked: []Asked{{Before: "that mention", Value: "x"}, {Before: "about", Value: "y", Off: "/search", Not: true}}, Total: 40,
			Sorts: []Choice{{Name: "best", Href: "/search", On: true}, {Name: "newest", Href: "/search"}}, Problems: []string{"p"}, Years: bars,
			Facets: []Facet{{Kind: "person", Title: "People", Items: []FacetItem{{Name: "A", N: 3, Pick: "/search", Drop: "/search", On: true}}}, {Kind: "year", Title: "Years"}},
			Keep:   []Param{{"q", "x"}}, Hits: []Hit{h, edited}, Save: []Save{{Article: h.ID, Back: "/search"}}, Prev: "/search", Next: "/search", PageN: 2, Pages: 3,
			Aside: Aside{Lines: []string{"l"}, Exact: link, JSON: "/api/v1/search", Gap: true}, Clear: "/search", TooFar: true},
		"family": FamilyView{Page: p, Headline: "h", Lang: "en", Dir: "ltr", Outlets: 2, Articles: 3, Said: "l", Rows: []FamilyRow{row}, Choices: []FamilyRow{row, row, row}, PageN: 2, Pages: 3, A: h.ID, B: h.ID,
			Pair: &FamilyPair{A: row, B: row, Summary: "s", Headline: diff, Standfirst: diff, Parts: []DiffPart{{DiffText: diff}, {Kept: []DiffText{diff}}}}, Prev: "/families/a", Next: "/families/b"},
		"story": StoryView{Page: p, Headline: "h", Lang: "en", Dir: "ltr", Reports: 3, Outlets: 2, First: testDay, Last: testDay, Days: bars, PageN: 2, Pages: 3, Prev: "/stories/a", Next: "/stories/b", Feed: "/stories/a/feed.atom",
			Rows:    []StoryReport{{Anchor: "r-a", Href: h.Href, Headline: "h", Outlet: link, Date: testDay, First: true, Fresh: []string{"s"}, More: 2}, {Anchor: "r-b", Href: h.Href, Headline: "h", Date: testDay, Family: "/families/a", After: "w"}},
			Figures: []StoryFigure{{What: "dead", Readings: []StoryReading{{Text: "two", Href: h.Href, Outlet: "o", Date: testDay}}}, {What: "engines"}}, Counted: []NameGroup{{Title: "People", Names: []NameMark{{Link: link}}}}},
		"about": AboutView{Page: p, Holds: FrontView{Page: p, Total: 3, First: "1936", Last: "2026", OutletCount: 2, Years: bars}, Outlets: []CoverageRow{{Link: link, Sum: CoverageSum{First: "1936-05-01", Last: "1940-05-01", Days: 9, Captured: 3, GapFrom: "1937-01-01", GapTo: "1938-01-01"}, Years: []int{1, 0}, Gaps: []bool{false, true}}},
			More: 2, Languages: []Link{link, link}, Undated: 3, Corrected: true, Contact: "keeper@example.org"},
		"about nothing": AboutView{Page: p, Holds: FrontView{Page: p, Command: "backfile ingest PATH"}},
		"stories":       StoriesView{Page: p, Sorts: []Choice{{Name: "n", Href: "/stories", On: true}, {Name: "m", Href: "/stories"}}, Rows: []StoryRow{{Href: "/stories/a/b", Headline: "h", Lang: "en", Dir: "ltr", First: testDay, Last: testDay, Reports: 3, Outlets: 2, Latest: row, Names: []Link{link}}}, Prev: "/stories", Next: "/stories"},
		"no stories":    StoriesView{Page: p},
		"nothing yet":   SearchView{Page: p, Before: "on 1 March 2026", Now: "/search?q=x"},
		"nearly":        SearchView{Page: p, Nearly: []Hit{h}, NearlyWords: 2, NearlyOf: 3},
		"nearly some":   SearchView{Page: p, Nearly: []Hit{h}, NearlyWords: 1, NearlyOf: 2},
		"nothing":       SearchView{Page: p, Alone: []Alone{{Link: link, Kind: "words"}, {Link: link, Kind: "outlet"}}},
		"article": ArticleView{Page: p, Family: FamilyNote{Href: "/families/a", Outlets: 2, Printed: 3, Others: []FamilyRow{row, {Href: "/a"}}, More: 2}, ID: h.ID, Around: &Around{N: 2, Of: 3, Prev: &link, Next: &link, Results: "/search"}, Headline: segs, Standfirst: segs, Section: link, Outlet: link, Byline: []Link{{Name: "By "}, link}, Agency: link, Dateline: "ABERDEEN",
			Kind: "opinion", Dates: []DateFact{{Label: "Published", Date: testDay}, {Label: "Updated", Doubts: []news.Doubt{{Field: "updated", Text: "1246", From: news.FromMetadata, Reason: news.DoubtEarly}}}}, Photos: []Photo{{Caption: segs, Credit: "c"}},
			Blocks: []Block{{Lines: [][]Segment{segs}}, {Kind: Heading, Lines: [][]Segment{segs}}, {Kind: Quotation, Lines: [][]Segment{segs}},
				{Kind: Items, Lines: [][]Segment{segs, segs}}, {Kind: Rows, Lines: [][]Segment{segs}, Cells: [][]string{{"a", "b"}}}},
			Names: []NameGroup{{"People", []NameMark{{link, "m1"}}}, {"Places", []NameMark{{link, ""}}}}, Map: Locator{Dots: []Dot{{"Aberdeen", 57.1, -2.1}}},
			Lang: "en", Dir: "ltr", Version: 1, Versions: 2, VersionLinks: []VersionLink{{N: 1, Href: "/a", At: "t", Shown: true}, {N: 2, Href: "/b", At: "t", Current: true}},
			Changes: "/b", Past: &Past{N: 2, Of: 3, Changes: "/b", Steps: Steps{Prev: step, Next: step, Newest: step, Article: "/a"}}, Original: "https://a.example/x", Permanent: "http://127.0.0.1/a", Cite: "c",
			Save: &Save{Article: h.ID, Version: 1, Back: "/a", Lists: []ListChoice{{ID: "l", Name: "n", Has: true, Href: "/lists/l"}}}, Tags: []Link{link},
			Fixes: []FixShown{{Fixed: news.Fixed{Fix: news.Fix{Published: "1987-05", Kind: news.Stub, Cleared: []string{"outlet"}, Reason: "r"}, Event: "e"}, Others: 2}, {}}, Joined: []news.JoinedArticle{{Article: h.ID, Event: "e"}},
			Notes: notes, NoteForm: &NoteForm{Article: h.ID, Version: 1, Back: "/a"}, Marks: &MarkForm{Article: h.ID, Back: "/a", Star: true, Read: true, Old: true},
			Fix: &FixForm{Action: "/articles/a/fix", Back: "/a", Fields: []FixField{{"outlet", "O"}, {"published", "1987"}, {"kind", "stub"}}}},
		"entities": EntitiesView{Page: p, Kind: SectionPeople, Top: []Rank{rank}, Letters: []Choice{{Name: "A", Href: "/people?from=a", On: true}}, Names: []Link{link}, Next: "/people?after=x"},
		"entity": EntityView{Page: p, Kind: SectionPlaces, Name: "N", Aliases: []string{"M"}, Total: 9, First: Mention{testDay, "/a"}, Last: Mention{testDay, "/b"}, Years: bars,
			Said: []Saying{{"q", h, Link{}}}, Of: []Saying{{"q", h, link}, {"q", h, Link{Name: "N"}}}, SaidTotal: 3, SaidAll: "/search", Map: Locator{Dots: []Dot{{"Aberdeen", 57.1, -2.1}}}, Hits: []Hit{h}, All: "/search",
			Network: Network{Centre: "N", Total: 9, Nodes: []Node{{link, SectionPeople, "/search"}, {link, SectionOrganisations, "/search"}, {link, SectionPeople, "/search"}}, Edges: []Edge{{0, 1, 2}}},
			Places:  []Link{link}, Outlets: []Link{link}, Atlas: Atlas{Spots: []Spot{{link, 57.1, -2.1, "s"}}}, Names: []NameRow{{link, 2, "w", link}}, Pronouns: 1, Sampled: 2, Repair: "/places/n/repair", Hidden: true, HiddenWhy: "w"},
		"outlet": EntityView{Page: p, Kind: SectionOutlets, Name: "N", Total: 9, First: Mention{testDay, "/a"}, Years: bars, Groups: []LinkGroup{{"Sections", []Link{link}, link}}, Hits: []Hit{h}, All: "/search"},
		"onday":  OnDayView{Page: p, Name: "2 May", Total: 4, Turn: turn, Years: bars, Rows: []OnDayYear{{"1987", "/dates/1987/05/02", 4, []Hit{h}}}, Search: "/search", Prev: "/a", Next: "/b"},
		"map":    MapView{Page: p, Years: bars, Asked: []Link{link}, Country: "N", Atlas: Atlas{Spots: []Spot{{link, 57.1, -2.1, "s"}}}, Countries: []Link{link}, Places: []Link{link}},
		"repair": RepairView{Page: p, Kind: SectionPlaces, Name: "N", Entity: "/places/n", IsPlace: true, Lat: "1", Lon: "2", Same: []Namesake{{"i", "N", "q", "/p"}}, Total: 2, Hits: []Hit{h}, Prev: "/a", Next: "/b",
			Decided: []Decision{{Event: "e", Type: "merged", About: link, Into: link, Reason: "r"}, {Event: "e", Type: "split", About: link, Into: link, Articles: 2, ByProgram: true}, {Type: "renamed"}, {Type: "hidden"}, {Type: "located"}}},
		"corrections": CorrectionsView{Page: p, Total: 1, Decided: []Decision{{Event: "e", Type: "hidden", About: link}}, Next: "/b"},
		"authors":     AuthorsView{Page: p, Total: 2, Top: []Rank{rank}, Letters: []Choice{{Name: "A", Href: "/authors?from=a", On: true}}, Names: []Link{link}, Next: "/authors?after=x"},
		"authorsof":   AuthorsView{Page: p, Outlet: link, Total: 3, Names: []Link{link}},
		"author": AuthorView{Page: p, Name: "N", Printed: []Link{link}, Total: 2, First: Mention{testDay, "/a"}, Last: Mention{testDay, "/b"}, Years: bars, Outlets: []Link{link, {Name: "Unknown", Count: 2}},
			About: []LinkGroup{{"Writes about", []Link{link}, Link{}}}, Persons: []Namesake{{"i", "N", "q", "/p"}, {"i", "N", "", "/p"}}, Asked: []Link{link}, Hits: []Hit{h}, Found: 2, Prev: "/authors/n", Next: "/authors/n?page=2"},
		"outlets": OutletsView{Page: p, Outlets: []OutletStrip{strip}, First: "1936", Last: "2026", Unknown: 2},
		"dates":   DatesView{Page: p, Decades: []Decade{{"2020s", []Cell{cell, {Label: "2021"}}}}, Undated: 1},
		"year":    YearView{Page: p, Year: "2021", Total: 4, Search: "/search", Turn: turn, Months: []MonthGrid{{"May", "/dates/2021/05", 3, [][]Cell{{cell, {}}}}}, Loose: []Hit{h}},
		"month":   MonthView{Page: p, Name: "May 2021", Total: 4, Search: "/search", Turn: turn, Weekdays: []string{"Mon"}, Weeks: [][]Cell{{cell, {}, {Label: "3"}}}, Loose: []Hit{h}},
		"day":     DayView{Page: p, Name: "Monday", Total: 2, Copies: 1, Apart: "/search", Turn: turn, Lead: &h, Sections: []DaySection{{"News", []Hit{h}}}, Others: []Link{link}, More: "/search"},
		"diff": DiffView{Page: p, Outlet: link, Published: testDay, Article: "/a", Version: step, Before: step, Permanent: "http://127.0.0.1/b", Whole: "/b?whole=1", Steps: Steps{Prev: step, Next: step, Newest: step, Article: "/a"},
			All: []VersionLink{step, {N: 2, Href: "/b", At: "t", Shown: true}, {N: 3, Href: "/b", At: "t"}}, Summary: "s", Headline: diff, Standfirst: diff,
			Facts: []DiffFact{{"Byline", []DiffText{diff}, false}, {"Updated", []DiffText{diff}, true}}, Parts: []DiffPart{{DiffText: diff}, {Kept: []DiffText{{Kind: DiffKept, Runs: []DiffRun{{Kind: DiffKept, Text: "k", Gap: ""}}}}}}, Lang: "ar", Dir: "rtl"},
		"lists": ListsView{Page: p, Lists: []Shelf{{link, "n", true, 2, 1}}, Notes: 2, Starred: 1},
		"list": ListView{Page: p, ID: "l", Name: "n", Href: "/lists/l/n", About: "a\n\nb", Public: true, Address: "http://127.0.0.1/lists/l/n", Size: 30, Changed: 1, Gone: 1, Starred: 2, Unread: 3, Found: 30, First: 1, Last: 2,
			Parts: []Choice{{Name: "All (30)", Href: "/lists/l/n", On: true}, {Name: "Changed (1)", Href: "/lists/l/n?show=changed"}}, Tags: []Link{link}, Prev: "/lists/l/n", Next: "/lists/l/n?page=2", Files: []Link{link}, Others: []ListChoice{{ID: "o", Name: "O"}},
			Items: []ListItem{{ID: h.ID, Hit: h, At: 1, Version: 1, When: "w", Note: "why", Tags: []string{"t"}, Star: true, Read: true, Highlights: 2, Lost: 1, Notes: 1,
				Change: &ListChange{Version: 1, Now: 2, Summary: "s", Parts: []DiffText{diff}, More: 2, Href: "/b", Was: "/b?whole=1"}}, {ID: "b", Hit: h, At: 2, Gone: true, Headline: "H"}, {ID: "c", Hit: h, At: 3, Joined: true}, {ID: "d", Gone: true}}},
		"list of others": ListView{Page: anyone, ID: "l", Name: "n", Href: "/lists/l/n", Size: 1, Found: 1, First: 1, Last: 1, Items: []ListItem{{ID: h.ID, Hit: h, When: "w"}}},
		"list of none":   ListView{Page: p, ID: "l", Name: "n", Href: "/lists/l/n"},
		"notes":          NotesView{Page: p, Asked: "x", Total: 3, Notes: notes, Prev: "/notes", Next: "/notes?page=3", Tags: []Link{link}, File: "/notes.jsonld"},
		"bundle":         BundleView{Name: "n", About: "a", Archive: "A", Address: "http://127.0.0.1/lists/l/n", Items: []BundleItem{{Href: "articles/0001.html", Headline: "H", Note: "n", Tags: []string{"t"}, Changed: true, Version: 1, Kept: HitKept{Notes: 1, Highlights: 2}}, {Gone: "removed"}}},
		"bundled article": BundleArticleView{List: "n", Archive: "A", Outlet: "O", Dateline: "d", Byline: "b", Agency: "g", Section: "s", Headline: Segments("h"), Standfirst: Segments("st"), Published: testDay, Captured: testDay, Photos: []Photo{{Credit: "c"}},
			Blocks: []Block{{Lines: [][]Segment{segs}}}, Version: 1, Permanent: "http://127.0.0.1/a", Original: "https://a.example/", Cite: "c", Text: "0f", OriginalSum: "1f", Note: "n", Tags: []string{"t"}, Notes: notes,
			Change: &ListChange{Version: 1, Now: 2, Summary: "s", Parts: []DiffText{diff}}, Lang: "en", Dir: "ltr"},
		"notes of none": NotesView{Page: p},
		"error":         ErrorView{Page: p, Heading: "Gone.", Sentences: []string{"s"}, Links: []Link{link}},
		"lookup":        LookupView{Page: p, URL: "https://a.example/", Asked: true},
		"undated":       UndatedView{Page: p, Total: 2, Outlets: []Link{link, link}, Hits: []Hit{h}, Prev: "/undated", Next: "/undated"},
		"desk":          DeskView{Page: p, Parts: []DeskPart{{Name: DeskOutlet, Count: 2, First: []Link{link, {Name: "n"}}}, {Name: DeskDamaged, Count: 1}}, Check: DeskCheck{At: p.Now, Count: 1, Problems: []string{"p"}}},
		"desk articles": DeskListView{Page: p, Name: DeskOutlet, Said: "s", Total: 2, Origins: []Link{link}, From: "a", Field: "outlet", Outlets: []string{"O"}, Items: []DeskItem{{Hit: h, Outside: "https://a.example/"}},
			Prev: "/desk/outlet", Next: "/desk/outlet?page=3"},
		"desk texts":   DeskListView{Page: p, Name: DeskText, Total: 1, Field: DeskText, Items: []DeskItem{{Hit: h}}},
		"desk dates":   DeskListView{Page: p, Name: DeskDoubt, Total: 1, Field: news.FieldPublished, Items: []DeskItem{{Hit: h, Doubts: []news.Doubt{{Text: "1246", Reason: news.DoubtEarly}}}}},
		"desk refused": DeskRefusedView{Page: p, Said: "s", Total: 2, Dropped: 1, Items: []news.RefusedInput{{ID: "a", Source: "s", Reason: "r", Times: 2, Size: 5, Kept: true}, {ID: "b", Source: "t", Times: 1}}, Formats: []string{"csv"}},
		"desk alike":   DeskAlikeView{Page: p, Total: 1, Groups: [][]DeskTwin{{{Hit: h, Captured: "c", Address: "a", Words: 3}, {Hit: h, Captured: "c"}}}},
		"desk damaged": DeskDamagedView{Page: p, Check: DeskCheck{At: p.Now, Count: 2, Problems: []string{"p"}}},
		"set": SetView{Page: p, Asked: []Asked{{Before: "that mention", Value: "x"}, {Before: "about", Value: "y", Off: "/search/overview", Not: true}}, Total: 40, Problems: []string{"p"}, Articles: "/search?q=x", Clear: "/search/overview",
			Units: []Choice{{Name: "years", Href: "/search/overview", On: true}, {Name: "months", Href: "/search/overview"}}, Up: []Link{link, {Name: "1953"}}, Found: chart, Share: share, Notes: []string{"n"},
			Rows: []TimeRow{{Label: "1953", Href: "/search/overview", N: 3, Captured: 10, Share: "30%"}, {Label: "1954", Href: "/search/overview", Gap: true}}, TimeCSV: "/search/overview?format=csv", Keep: []Param{{"q", "x"}},
			Particular: []ParticularGroup{{Kind: "person", Title: "People", Rows: []ParticularRow{{Link: link, Times: "9 times"}}}}, Against: []Choice{{Name: "all", Href: "/search/overview", On: true}, {Name: "same", Href: "/search/overview"}},
			ParticularCSV: "/search/overview?format=csv", Facets: []Facet{{Kind: "person", Title: "People", Items: []FacetItem{{Name: "A", N: 3, Pick: "/search", Drop: "/search"}}, All: "/search/people"}},
			Map: Atlas{Caption: "m", Spots: []Spot{{link, 57.1, -2.1, "s"}, {link, -33.9, 151.2, "s"}}}, Places: []PlaceRow{{link}}, Wide: "/search/overview", Left: 2, PlacesCSV: "/search/places", JSON: []Link{link, link}},
		"set of two": SetView{Page: p, Total: 40, Found: two, Share: twoShare, Rows: []TimeRow{{Label: "1953", Href: "/search/overview", N: 3, Captured: 10, NB: 2, CapturedB: 9}}, Near: "/search/overview", Map: Atlas{Spots: []Spot{{Link: link}}},
			With: &SetWith{First: "f", Second: "s", Total: 3, Only: "/search/overview", Off: "/search/overview", Swap: "/search/overview", Query: "q", Problems: []string{"p"}}},
		"set of none": SetView{Page: p, Articles: "/search?q=x"},
		"values": ValuesView{Page: p, Total: 40, Clear: "/search", Kind: "people", Title: "People", Of: 900, Chosen: []FacetItem{{Name: "A", Pick: "/search", Not: true}}, Items: []FacetItem{{Name: "B", N: 2, Pick: "/search", Drop: "/search"}},
			Orders: []Choice{{Name: "a", On: true}, {Name: "b", Href: "/search/people"}}, Find: "f", Keep: []Param{{"q", "x"}}, Unfound: "/search/people", Limit: 5, Prev: "/search/people", Next: "/search/people", PageN: 2, Pages: 3, Articles: "/search", Overview: "/search/overview", CSV: "/search/people"},
		"values of none": ValuesView{Page: p, Find: "f"},
		"help":           HelpView{Page: p, Parts: []HelpPart{{"fields", []HelpRow{{[]string{"person:truss"}, "m", []string{"people:"}}}}}},
	}
}

func component(t *testing.T, v any) templ.Component {
	t.Helper()
	switch v := v.(type) {
	case FrontView:
		return FrontPage(v)
	case SearchView:
		return SearchPage(v)
	case ArticleView:
		return ArticlePage(v)
	case DiffView:
		return DiffPage(v)
	case FamilyView:
		return FamilyPage(v)
	case StoryView:
		return StoryPage(v)
	case AboutView:
		return AboutPage(v)
	case StoriesView:
		return StoriesPage(v)
	case EntitiesView:
		return EntitiesPage(v)
	case EntityView:
		if v.Kind == SectionOutlets {
			return OutletPage(v)
		}
		return EntityPage(v)
	case OnDayView:
		return OnDayPage(v)
	case MapView:
		return MapPage(v)
	case RepairView:
		return RepairPage(v)
	case CorrectionsView:
		return CorrectionsPage(v)
	case AuthorsView:
		return AuthorsPage(v)
	case AuthorView:
		return AuthorPage(v)
	case OutletsView:
		return OutletsPage(v)
	case DatesView:
		return DatesPage(v)
	case YearView:
		return YearPage(v)
	case MonthView:
		return MonthPage(v)
	case DayView:
		return DayPage(v)
	case ListsView:
		return ListsPage(v)
	case ListView:
		return ListPage(v)
	case NotesView:
		return NotesPage(v)
	case BundleView:
		return BundleIndex(v)
	case BundleArticleView:
		return BundleArticle(v)
	case ErrorView:
		return ErrorPage(v)
	case LookupView:
		return LookupPage(v)
	case UndatedView:
		return UndatedPage(v)
	case DeskView:
		return DeskPage(v)
	case DeskListView:
		return DeskListPage(v)
	case DeskRefusedView:
		return DeskRefusedPage(v)
	case DeskAlikeView:
		return DeskAlikePage(v)
	case DeskDamagedView:
		return DeskDamagedPage(v)
	case HelpView:
		return HelpPage(v)
	case SetView:
		return SetPage(v)
	case ValuesView:
		return ValuesPage(v)
	}
	t.Fatalf("no page for %T", v)
	return nil
}

func render(t *testing.T, v any) *goquery.Document {
	t.Helper()
	return renderIn(t, English, v)
}

func renderIn(t *testing.T, w *Words, v any) *goquery.Document {
	t.Helper()
	var b bytes.Buffer
	if err := component(t, v).Render(WithWords(context.Background(), w), &b); err != nil {
		t.Fatalf("render %T: %v", v, err)
	}
	doc, err := goquery.NewDocumentFromReader(&b)
	if err != nil {
		t.Fatal(err)
	}
	return doc
}

// TestPages checks what every page owes its readers.
func TestPages(t *testing.T) {
	for name, v := range views() {
		t.Run(name, func(t *testing.T) {
			doc := render(t, v)
			if !strings.HasPrefix(name, "bundle") { // what is read from a folder
				checkFrame(t, doc)
			}
			if got := doc.Find("[style], style").Length(); got != 0 {
				t.Errorf("%d inline styles", got)
			}
			ids := map[string]bool{}
			doc.Find("[id]").Each(func(_ int, s *goquery.Selection) {
				if id := s.AttrOr("id", ""); ids[id] && id != "m1" && id != "hl-a" {
					t.Errorf("id %q stands twice", id)
				} else {
					ids[id] = true
				}
			})
			doc.Find("[aria-labelledby], [aria-describedby], label[for]").Each(func(_ int, s *goquery.Selection) {
				for _, a := range []string{"aria-labelledby", "aria-describedby", "for"} {
					if to, ok := s.Attr(a); ok && !ids[to] {
						t.Errorf("%s %q leads to nothing", a, to)
					}
				}
			})
		})
	}
}

func checkFrame(t *testing.T, doc *goquery.Document) {
	t.Helper()
	if got := doc.Find("html").AttrOr("lang", ""); got != "en" {
		t.Errorf("html lang = %q, want en", got)
	}
	if got := strings.TrimSpace(doc.Find("title").Text()); !strings.Contains(got, "The Harbour Archive") {
		t.Errorf("title = %q, want the archive's name in it", got)
	}
	for sel, want := range map[string]int{"h1": 1, "main#main": 1, "a.skip[href='#main']": 1, "form[role=search] input[name=q]": 1, "footer": 1, "header": -1} {
		if got := doc.Find(sel).Length(); got != want && (want >= 0 || got == 0) {
			t.Errorf("%d of %q, want %d", got, sel, want)
		}
	}
	doc.Find("link[href^='/static/'], script[src]").Each(func(_ int, s *goquery.Selection) {
		at := s.AttrOr("href", s.AttrOr("src", ""))
		for _, n := range static.Names() {
			if static.Path(n) == at {
				return
			}
		}
		t.Errorf("the page loads %q, which is no asset", at)
	})
}

// TestHTMLInjection puts markup into every string of every view: none of it may
// become an element or an attribute.
func TestHTMLInjection(t *testing.T) {
	for name, v := range views() {
		t.Run(name, func(t *testing.T) {
			p := reflect.New(reflect.TypeOf(v))
			p.Elem().Set(reflect.ValueOf(v))
			poison(p.Elem())
			doc := render(t, p.Elem().Interface())
			if got := doc.Find("img, script:not([src]):not([type='application/ld+json']), iframe, object").Length(); got != 0 {
				t.Errorf("%d elements were let in", got)
			}
			doc.Find("*").Each(func(_ int, s *goquery.Selection) {
				for _, a := range s.Nodes[0].Attr {
					if strings.HasPrefix(a.Key, "on") || a.Key == "style" {
						t.Errorf("<%s> has the attribute %s=%q", s.Nodes[0].Data, a.Key, a.Val)
					}
				}
			})
		})
	}
}

// TestScriptAddresses checks that no address of a view can run anything.
func TestScriptAddresses(t *testing.T) {
	for name, v := range views() {
		p := reflect.New(reflect.TypeOf(v))
		p.Elem().Set(reflect.ValueOf(v))
		replaceStrings(p.Elem(), func(string) string { return "javascript:alert(1)" }, 0)
		doc := render(t, p.Elem().Interface())
		doc.Find("[href], [action], [src], [formaction]").Each(func(_ int, s *goquery.Selection) {
			for _, a := range []string{"href", "action", "src", "formaction"} {
				if got := s.AttrOr(a, ""); strings.HasPrefix(strings.ToLower(strings.TrimSpace(got)), "javascript:") {
					t.Errorf("%s: <%s %s=%q>", name, goquery.NodeName(s), a, got)
				}
			}
		})
	}
}

func poison(v reflect.Value) {
	replaceStrings(v, func(s string) string { return s + hostile }, 0)
}

// replaceStrings walks a view, copying what it changes, so that views stay apart.
func replaceStrings(v reflect.Value, f func(string) string, depth int) {
	if depth > 12 {
		return
	}
	switch v.Kind() {
	case reflect.String:
		if v.CanSet() && v.Type() != reflect.TypeFor[news.Precision]() {
			v.SetString(f(v.String()))
		}
	case reflect.Struct:
		if v.Type() == reflect.TypeFor[time.Time]() || v.Type() == reflect.TypeFor[news.Date]() {
			return
		}
		for i := range v.NumField() {
			name := v.Type().Field(i).Name
			// Keys of the catalogue and of the layout, which no reader sets.
			if name == "Kind" || name == "Theme" || name == "ID" && (v.Type() == reflect.TypeFor[Timeline]() || v.Type() == reflect.TypeFor[Series]()) {
				continue
			}
			replaceStrings(v.Field(i), f, depth+1)
		}
	case reflect.Slice:
		c := reflect.MakeSlice(v.Type(), v.Len(), v.Len())
		reflect.Copy(c, v)
		for i := range c.Len() {
			replaceStrings(c.Index(i), f, depth+1)
		}
		if v.CanSet() && v.Len() > 0 {
			v.Set(c)
		}
	case reflect.Pointer:
		if v.IsNil() {
			return
		}
		c := reflect.New(v.Type().Elem())
		c.Elem().Set(v.Elem())
		replaceStrings(c.Elem(), f, depth+1)
		v.Set(c)
	}
}

func TestLinksOut(t *testing.T) {
	doc := render(t, views()["article"])
	n := 0
	doc.Find("a[href^='https://a.example']").Each(func(_ int, s *goquery.Selection) {
		n++
		for _, want := range []string{"noopener", "noreferrer", "nofollow"} {
			if !strings.Contains(s.AttrOr("rel", ""), want) {
				t.Errorf("a link out has rel %q, want %s in it", s.AttrOr("rel", ""), want)
			}
		}
	})
	if n == 0 {
		t.Error("the page has no link out to check")
	}
}

func TestNoSpaceBeforeComma(t *testing.T) {
	doc := render(t, views()["search"])
	for _, sel := range []string{".asked", ".hit h2", ".snip"} {
		if got := doc.Find(sel).First().Text(); strings.Contains(got, " ,") || strings.Contains(got, "a b") {
			t.Errorf("%s reads %q", sel, got)
		}
	}
	if got, want := strings.Join(strings.Fields(doc.Find(".hit h2").First().Text()), " "), "a harbour c"; got != want {
		t.Errorf("a headline reads %q, want %q", got, want)
	}
}

func TestLongAndRightToLeft(t *testing.T) {
	long := strings.Repeat("long words ", 30)
	v := views()["article"].(ArticleView)
	v.Headline, v.Lang, v.Dir, v.Title = Segments(long), "ar", "rtl", long
	doc := render(t, v)
	art := doc.Find("article").First()
	if art.AttrOr("lang", "") != "ar" || art.AttrOr("dir", "") != "rtl" {
		t.Errorf("the article has lang %q and dir %q, want ar and rtl", art.AttrOr("lang", ""), art.AttrOr("dir", ""))
	}
	if got := strings.TrimSpace(doc.Find("h1").Text()); got != strings.TrimSpace(long) {
		t.Errorf("h1 = %q", got)
	}
	if doc.Find("html").AttrOr("dir", "") != "ltr" {
		t.Error("the archive's own words turned too")
	}
}

// TestWeight keeps a full page of results within what a slow line bears.
func TestWeight(t *testing.T) {
	v := views()["search"].(SearchView)
	for len(v.Hits) < 20 {
		v.Hits = append(v.Hits, v.Hits[0])
	}
	v.Years = yearsOf(1936, 2026, func(y int) int { return y % 9 })
	for i := range v.Years.Bars {
		v.Years.Bars[i].Href = fmt.Sprintf("/search?person=liz-truss&place=ukraine&q=harbour+pier&year=%d", 1936+i)
	}
	var b bytes.Buffer
	if err := SearchPage(v).Render(context.Background(), &b); err != nil {
		t.Fatal(err)
	}
	if b.Len() > 100_000 {
		t.Errorf("a page of 20 results has %d bytes, want at most 100,000 before compression", b.Len())
	}
}
