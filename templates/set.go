package templates

// SetView is what a search found, as a whole: when, who and where.
type SetView struct {
	Page
	Asked    []Asked
	Total    int
	Problems []string
	// Articles is the page of the articles, Clear the overview without filters ("" where
	// there are none).
	Articles, Clear string
	// Units are how time can be parted, Up the wider stretches that this one lies in.
	Units []Choice
	Up    []Link
	// Found counts the articles, Share says how many of those captured they are.
	Found, Share Series
	// Notes say what the charts do not show.
	Notes []string
	// Rows are the charts' numbers, TimeCSV the address of all of them.
	Rows    []TimeRow
	TimeCSV string
	// With is the second search; nil for none.
	With *SetWith
	// Keep are what the form that asks for a second search carries along.
	Keep []Param
	// Particular are who and what the articles name more than others, against what
	// Against says.
	Particular    []ParticularGroup
	Against       []Choice
	ParticularCSV string
	// Facets are what is named most, each with its page of all values.
	Facets []Facet
	Map    Atlas
	// Places are the places of the map as a table; Wide leads to the map with those
	// left out as too far away, Near back, "" for neither.
	Places     []PlaceRow
	Wide, Near string
	Left       int
	PlacesCSV  string
	JSON       []Link
}

// SetWith is a second search beside the first.
type SetWith struct {
	// First and Second are the two in words.
	First, Second string
	Total         int
	// Only is the overview of the second alone, Off that of the first, Swap both the
	// other way round.
	Only, Off, Swap string
	// Query is the second as it was typed.
	Query string
	// Problems are what of it could not be understood.
	Problems []string
}

// TimeRow is one stretch of time in figures. What there is none of is "".
type TimeRow struct {
	Label, Href string
	// N and Captured are the articles found and captured, Share the former of the latter.
	N, Captured int
	Share       string
	// NB, CapturedB and ShareB are the second search's.
	NB, CapturedB int
	ShareB        string
	Gap           bool
}

// ParticularGroup is the people, places or organisations that stand out.
type ParticularGroup struct {
	Kind, Title string
	Rows        []ParticularRow
}

// ParticularRow is one of them.
type ParticularRow struct {
	Link
	// Times says how much more often it is named, in words.
	Times string
	// Page is the entity's own page.
	Page string
}

// PlaceRow is a place on the map in figures.
type PlaceRow struct {
	Link
}

// two says that a second search stands beside the first.
func (v SetView) two() bool { return v.With != nil }

// differs says that the two searches are of different times or outlets, so that what
// was captured is told of each.
func (v SetView) differs() bool {
	for _, r := range v.Rows {
		if r.Captured != r.CapturedB {
			return true
		}
	}
	return false
}
