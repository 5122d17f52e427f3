package search

import "strings"

// FieldInfo describes one field of the language. The parser reads this table,
// and so does the page that explains it.
type FieldInfo struct {
	Name string
	// Aliases are other spellings that the parser takes.
	Aliases []string
	// What says in a few words what the field finds.
	What string
	// Example is a query that uses it.
	Example string
}

// Fields are the fields of the language, in the order in which a reader meets
// them.
var Fields = []FieldInfo{
	{FieldPerson, []string{"people", "persons"}, "articles that name the person, under any name the archive knows", "person:isbister"},
	{FieldPlace, []string{"places"}, "articles that name the place, under any of its names", "place:Kirkwall"},
	{FieldWithin, nil, "articles that name the place, or a place inside it", "within:Scotland"},
	{FieldOrganisation, []string{"organization", "organisations", "org"}, "articles that name the organisation", `organisation:"Harbour Trust"`},
	{FieldOutlet, []string{"outlets", "paper", "newspaper"}, "articles of the outlet", `outlet:"Orkney Lantern"`},
	{FieldSaid, []string{"speaker"}, "articles that quote the person", "said:isbister"},
	{FieldDate, []string{"published"}, "articles published on that day, in that month, year or decade, or in a range of them", "date:1953..1954-06"},
	{FieldOn, nil, "articles published on that day of any year, as month and day", "on:02-02"},
	{FieldHeadline, []string{"title"}, "words of the headline", "headline:ferry"},
	{FieldBody, []string{"text"}, "words of the article's own text", `body:"the breakwater"`},
	{FieldByline, []string{"by", "author"}, "words of the byline", "byline:leask"},
	{FieldDateline, nil, "articles reported from the place, as their dateline has it", "dateline:Edinburgh"},
	{FieldAgency, nil, "articles that the agency supplied", `agency:"North Sea Press Agency"`},
	{FieldSection, nil, "articles of the section", "section:sport"},
	{FieldLanguage, []string{"language"}, "articles in the language, by its two letters or its name", "lang:de"},
	{FieldTag, []string{"tags"}, "articles with the tag", "tag:floods"},
	{FieldURL, []string{"site"}, "articles from the address, or from the site", "url:orkneylantern.example"},
	{FieldIs, nil, "changed: articles of which more than one version is kept; wire: agency copy, and what several outlets print; undated: no date is known; doubted: none but one that cannot be; stub: no text; unattributed: neither outlet nor agency is known; saved, starred, read: what you keep", "is:wire"},
	{FieldHas, nil, "photo: articles with a picture; caption: with words under one; quote: in which somebody is quoted; standfirst, byline, dateline, section, tag: with one; place: that name a place; note, highlight: on which you wrote, in which you marked words", "has:photo"},
	{FieldRemoved, nil, "articles of which a later version no longer has the words", "removed:harbour"},
	{FieldAdded, nil, "articles of which a later version has the words, and the one before had not", "added:council"},
	{FieldList, []string{"lists"}, "articles on your list of that name", `list:"Harbour file"`},
	{FieldNote, []string{"notes"}, "words of your notes and tags, and of what you highlighted", "note:breakwater"},
	{FieldAsOf, []string{"asof"}, "the archive as it was known at the end of that day, month or year", "as-of:2024"},
}

var fieldNames = func() map[string]string {
	m := map[string]string{}
	for _, f := range Fields {
		m[f.Name] = f.Name
		for _, a := range f.Aliases {
			m[a] = f.Name
		}
	}
	return m
}()

// FieldName is the canonical name of the field that a reader calls name, in any
// case. ok is false where there is none.
func FieldName(name string) (canonical string, ok bool) {
	canonical, ok = fieldNames[strings.ToLower(name)]
	return canonical, ok
}

// IsValues are what FieldIs takes. Not to be changed.
func IsValues() []string { return isValues }

var isValues = []string{IsChanged, IsWire, IsUndated, IsDoubted, IsStub, IsUnattributed}
