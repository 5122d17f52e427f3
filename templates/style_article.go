package templates

import (
	"time"

	"github.com/a-h/templ"

	"backfile/internal/news"
)

// What the page of components shows of articles, in each of their states.

func styleHit() Hit {
	return Hit{
		ID: "0123456789abc", Href: "#hit", Outlet: Link{Name: "Harbour Post", Href: "#hit"}, Date: styleDay("1953-03-14"), Dateline: "Aberdeen", Lang: "en", Dir: "ltr",
		Headline: []Fragment{{Pre: "Council votes to rebuild the north "}, {Match: "pier"}, {Post: " after January flood"}},
		Snippets: [][]Fragment{{{Pre: "The ", Match: "harbour", Post: " commissioners, led by Mrs Agnes Lorimer, told the council that the "}, {Match: "pier", Post: " would cost £42,000, “a sum the town has not got, and must find”."}}},
		People:   []Link{{Name: "Agnes Lorimer", Href: "#hit"}, {Name: "Thomas Keir", Href: "#hit"}}, Places: []Link{{Name: "Aberdeen", Href: "#hit"}},
	}
}

func styleKept(h Hit) Hit {
	h.Lists = []Link{{Name: "Pier file", Href: "#hit"}}
	h.Kept = HitKept{Star: true, Read: true, Notes: 1, Highlights: 2}
	return h
}

func styleSpread(h Hit) Hit {
	h.Versions, h.Family, h.Outlets, h.Printed = 3, "#hit", 4, 6
	return h
}

func styleEdited(h Hit) Hit {
	h.Edit = HitEdit{N: 2, Href: "#hit", Runs: styleRuns}
	return h
}

func styleLong(h Hit) Hit {
	h.Headline = Plain("Council votes to rebuild the north pier after the January flood, over the warnings of a ratepayers’ league that has counted every barrow of stone since 1911 and of an engineer who would rather it were somewhere else, and puts off until the spring the question of who is to tell the keeper of the breakwater light")
	return h
}

func styleArabic(h Hit) Hit {
	h.Headline, h.Lang, h.Dir = Plain("المرفأ الشمالي يعيد فتح الحاجز بعد تسعة أشهر"), "ar", "rtl"
	h.Snippets = [][]Fragment{{{Pre: "قال المهندس إن ", Match: "الحاجز", Post: " سيفتح قبل الصيف."}}}
	h.Outlet.Name = "صحيفة الميناء"
	return h
}

var styleRuns = []DiffRun{{Kind: DiffKept, Text: "The pier was", Gap: " "}, {Kind: DiffCut, Text: "saved by eleven", Gap: " "}, {Kind: DiffAdded, Text: "held by nine", Gap: " "}, {Kind: DiffKept, Text: "men roped to the rails."}}

func styleDiff() templ.Component {
	kept := DiffText{Kind: DiffKept, Runs: []DiffRun{{Kind: DiffKept, Text: "The sea took the last sixty feet."}}}
	return templ.Join(
		diffPart(DiffPart{DiffText: DiffText{Kind: DiffReworded, Runs: styleRuns}}), diffPart(DiffPart{Kept: []DiffText{kept, kept}}),
		diffPart(DiffPart{DiffText: DiffText{Kind: DiffCut, Runs: []DiffRun{{Kind: DiffCut, Text: "The keeper could not be reached."}}}}),
		diffPart(DiffPart{DiffText: DiffText{Kind: DiffAdded, Runs: []DiffRun{{Kind: DiffAdded, Text: "Correction: nine men, not eleven."}}}}),
	)
}

func styleText() templ.Component {
	said := []Segment{{Text: "The harbour commissioners, led by "}, {Text: "Mrs Agnes Lorimer", Href: "#article", Mark: "m1", ID: "m1"}, {Text: ", told the council that "}, {Text: "the work", High: true}, {Text: " would cost £42,000."}}
	return templ.Join(
		block(Block{Lines: [][]Segment{said}}), block(Block{Kind: Heading, Lines: [][]Segment{Segments("What it costs")}}),
		block(Block{Kind: Quotation, Lines: [][]Segment{Segments("There will be a second winter without a wall.")}}),
		block(Block{Kind: Items, Lines: [][]Segment{Segments("Stone from Rubislaw"), Segments("Two cranes")}}),
		block(Block{Kind: Rows, Cells: [][]string{{"Stone", "£31,000"}, {"Wages", "£11,000"}}}),
		photo(Photo{Caption: Segments("The broken end of the north pier on the morning after the storm."), Credit: "J. Webster"}),
	)
}

func styleArticle(p Page) ArticleView {
	h := styleHit()
	day := styleDay("1953-03-14")
	captured := news.DateOf(p.Now.UTC(), news.FromCapture)
	return ArticleView{
		Page: p, ID: h.ID, Outlet: h.Outlet, Dates: []DateFact{{Label: "Published", Date: day}, {Label: "Captured", Date: captured}, {Label: "Updated", Doubts: []news.Doubt{{Field: "updated", Text: "1246", From: news.FromMetadata, Reason: news.DoubtEarly}}}},
		Version: 2, Versions: 2, Changes: "#changes", VersionLinks: []VersionLink{{N: 1, Href: "#article", At: "2 May 2024"}, {N: 2, Href: "#article", At: "3 May 2024", Shown: true}},
		Misses: []Miss{{At: "3 May 2025, twice", Reason: "It answered 503."}}, Permanent: "https://archive.example/articles/0123456789abc/council-votes", Original: "https://post.example/1953/pier", Cite: "Innes, Margaret. “Council votes to rebuild the north pier.” Harbour Post, 14 March 1953.",
		Save: &Save{Article: h.ID, Version: 2, Back: "/style", Into: "Pier file", Lists: []ListChoice{{ID: "l", Name: "Pier file"}}}, Marks: &MarkForm{Article: h.ID, Back: "/style", Star: true},
		Names: []NameGroup{{"People", []NameMark{{Link{Name: "Agnes Lorimer", Href: "#article", Count: 3}, "m1"}, {Link{Name: "Thomas Keir", Href: "#article", Count: 2}, "m2"}}}, {"Places", []NameMark{{Link{Name: "Aberdeen", Href: "#article", Count: 2}, "m3"}}}},
		Map:   Locator{Dots: styleDots, Caption: "Stonehaven and Aberdeen"}, Tags: []Link{{Name: "harbour", Href: "#article"}}, Lang: "en", Dir: "ltr",
		Family: FamilyNote{Href: "#article", Outlets: 2, Printed: 2, Others: []FamilyRow{{Href: "#article", Headline: "Pier to be rebuilt", Outlet: Link{Name: "The Northern Courier"}, Date: day, Lang: "en", Dir: "ltr"}}},
		Fix:    &FixForm{Action: "/articles/0123456789abc/fix", Back: "/style", Fields: []FixField{{"outlet", "Harbour Post"}, {"published", "1953-03-14"}, {"kind", "opinion"}}},
	}
}

func styleReport() StoryReport {
	return StoryReport{Anchor: "style-report", Href: "#report", Headline: "Pier “gone in an hour”", Lang: "en", Dir: "ltr", Outlet: Link{Name: "Harbour Post", Href: "#report"}, Date: styleDay("1953-02-03"), After: "12 days later",
		Fresh: []string{"The last sixty feet went between four and five in the morning.", "Nine men had roped themselves to the rails."}, More: 4}
}

func styleNotes(made time.Time) templ.Component {
	of := Link{Name: "Council votes to rebuild the north pier", Href: "#notes"}
	note := NoteShown{ID: "a", Article: "0123456789abc", Of: of, Outlet: "Harbour Post", Date: styleDay("1953-03-14"), State: "stands", Quote: "a sum the town has not got, and must find", Spot: "#notes", Version: 1, Note: "Who said it first?", Tags: []string{"money"}, Made: made, Back: "/style", Lang: "en", Dir: "ltr"}
	reworded, lost, gone := note, note, note
	reworded.ID, reworded.State, reworded.Now, reworded.Then = "b", "reworded", styleRuns, "#notes"
	lost.ID, lost.State, lost.Then, lost.Note = "c", "lost", "#notes", ""
	gone.ID, gone.State, gone.Of, gone.Spot = "d", "gone", Link{Name: of.Name}, ""
	return templ.Join(noteShown(note), noteShown(reworded), noteShown(lost), noteShown(gone))
}
