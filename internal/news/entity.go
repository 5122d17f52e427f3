package news

import (
	"strconv"
	"strings"
)

// The fields of an article that a mention can stand in.
const (
	FieldBody       = "body"
	FieldHeadline   = "headline"
	FieldStandfirst = "standfirst"
	FieldCaption    = "caption"
)

// CaptionField names the caption of the image of index i, from 0.
func CaptionField(i int) string {
	if i == 0 {
		return FieldCaption
	}
	return FieldCaption + "." + strconv.Itoa(i)
}

func captionIndex(field string) (int, bool) {
	if field == FieldCaption {
		return 0, true
	}
	s, ok := strings.CutPrefix(field, FieldCaption+".")
	if !ok {
		return 0, false
	}
	n, err := strconv.Atoi(s)
	return n, err == nil && n > 0
}

// Mention is words at an offset in an article that name an entity: the name
// alone, without honorific, role, article or possessive.
type Mention struct {
	Kind Kind   `json:"kind"`
	Text string `json:"text"`
	// Start and End are byte offsets into the field.
	Start int `json:"start"`
	End   int `json:"end"`
	// Entity is the id of the entity named, or empty where it is not known.
	Entity EntityID `json:"entity,omitempty"`
	// Form is empty for a name.
	Form string `json:"form,omitempty"`
	// Field is empty for the body; see Article.Field.
	Field string `json:"field,omitempty"`
}

// The forms of mentions that are no plain name.
const (
	FormDemonym = "demonym" // "Ukrainian"
	FormMetonym = "metonym" // "Moscow said"
	FormRole    = "role"    // "the minister"
	FormPronoun = "pronoun"
)

// Counts reports whether the mention lists, counts and finds its entity: names
// and metonyms do, demonyms, roles and pronouns are marked and linked only.
func (m Mention) Counts() bool { return m.Form == "" || m.Form == FormMetonym }

// Entity is the person, place or organisation that mentions name.
type Entity struct {
	ID EntityID `json:"id"`
	// Slug is unique within the kind, given by the store, and never reused.
	Slug string `json:"slug,omitempty"`
	Name string `json:"name"`
	// Count is the number of counting mentions, within one article.
	Count int `json:"count,omitempty"`
	// Country is an ISO 3166-1 alpha-2 code, in capitals; places only.
	Country string `json:"country,omitempty"`
	// Lat and Lon are degrees, WGS 84; nil where unknown; places only.
	Lat *float64 `json:"lat,omitempty"`
	Lon *float64 `json:"lon,omitempty"`

	// Kind is implied by the list that the entity stands in.
	Kind Kind `json:"-"`
	// Aliases are the names the entity goes under, Name among them. In an
	// article they are what the article and the gazetteer call it; in the
	// store they are the union over the archive.
	Aliases []Alias `json:"-"`
	// Merged are the ids of those that were merged into this one; the index knows
	// their mentions under these.
	Merged []EntityID `json:"-"`
	// Qualifier tells entities of one name apart in a slug: a place's
	// country, a person's role.
	Qualifier string `json:"-"`
}

// Alias is a name of an entity.
type Alias struct {
	Name string `json:"name"`
	// Fold is the name folded for look-up (text.Fold): lower case, without
	// accents and apostrophes, words parted by one space.
	Fold string `json:"fold"`
}

// NamedAs is one name that an entity goes under, folded as Alias.Fold is.
type NamedAs struct {
	Kind   Kind
	Fold   string
	Entity EntityID
}

// Path is the entity's address on this archive.
func (e Entity) Path() string { return EntityPath(e.Kind, e.Slug) }

// EntityPath is the address of the entity of that kind and slug.
func EntityPath(k Kind, slug string) string { return "/" + k.Plural() + "/" + slug }

// Plural is the kind as addresses have it.
func (k Kind) Plural() string {
	switch k {
	case Person:
		return "people"
	case Place:
		return "places"
	case Organisation:
		return "organisations"
	}
	return ""
}

// Quote is words somebody is reported to have said, without the marks. A quote
// that the text splits is one Quote a part.
type Quote struct {
	Text    string   `json:"text"`
	Start   int      `json:"start"`
	End     int      `json:"end"`
	Speaker *Speaker `json:"speaker,omitempty"`
}

// Speaker is who a quote is attributed to.
type Speaker struct {
	ID   EntityID `json:"id"`
	Name string   `json:"name"`
}
