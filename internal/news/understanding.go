package news

import "reflect"

// UnderstoodGiven is the Article.Understood of a text that came with mentions of
// its own: no recogniser is to replace them.
const UnderstoodGiven = "given"

// Understanding is what a recogniser makes of an article's text.
type Understanding struct {
	Mentions                       []Mention
	Persons, Places, Organisations []Entity
	Quotes                         []Quote
	Dates                          []When
	// By is Article.Understood.
	By string
}

// Understanding returns what is understood of the article. It shares the
// article's slices.
func (a *Article) Understanding() Understanding {
	return Understanding{Mentions: a.Mentions, Persons: a.Persons, Places: a.Places, Organisations: a.Organisations, Quotes: a.Quotes, Dates: a.Dates, By: a.Understood}
}

// SetUnderstanding replaces what is understood of the article.
func (a *Article) SetUnderstanding(u Understanding) {
	a.Mentions, a.Persons, a.Places, a.Organisations = u.Mentions, u.Persons, u.Places, u.Organisations
	a.Quotes, a.Dates, a.Understood = u.Quotes, u.Dates, u.By
}

// Equal reports whether two understandings come to the same for readers and for an
// index: what an archive adds, slugs, what JSON leaves out, and By do not count.
func (u Understanding) Equal(o Understanding) bool {
	return reflect.DeepEqual(u.Mentions, o.Mentions) && reflect.DeepEqual(u.Quotes, o.Quotes) && reflect.DeepEqual(u.Dates, o.Dates) &&
		sameEntities(u.Persons, o.Persons) && sameEntities(u.Places, o.Places) && sameEntities(u.Organisations, o.Organisations)
}

func sameEntities(a, b []Entity) bool {
	if len(a) != len(b) {
		return false
	}
	for i := range a {
		if a[i].ID != b[i].ID || a[i].Name != b[i].Name || a[i].Count != b[i].Count {
			return false
		}
	}
	return true
}
