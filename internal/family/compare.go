package family

import (
	"strings"

	"backfile/internal/news"
	"backfile/internal/text"
)

// Kind is what became of a part of a text.
type Kind string

// The kinds of changes, from the first text to the second.
const (
	Kept     Kind = "kept"
	Cut      Kind = "cut"
	Added    Kind = "added"
	Reworded Kind = "reworded"
)

// Difference is one line of the comparison of two articles: a headline, a
// standfirst, or a paragraph.
type Difference struct {
	// Field is news.FieldHeadline, news.FieldStandfirst or news.FieldBody.
	Field string
	Kind  Kind
	// Old and New are the texts, "" where there is none. A paragraph that was
	// parted in two, or joined of two, stands with the others' blank line in it.
	Old, New string
	// Words are what differs, word by word: of Reworded always, of Kept where
	// only case or punctuation differs, else nil.
	Words []WordChange
	// Moved says that a kept or reworded paragraph stands elsewhere in the order;
	// it is listed where the new text has it.
	Moved bool
}

// Compare says what the second article made of the first: another outlet's copy
// of a report, or a later version of an article. The headline comes first, then
// the standfirst, then the paragraphs in order, what is kept too. It takes time
// linear in the texts, but for a part that is bounded.
func Compare(old, new *news.Article) []Difference {
	d := &differ{steps: diffSteps}
	var out []Difference
	for _, f := range []struct{ name, old, new string }{
		{news.FieldHeadline, old.Headline, new.Headline},
		{news.FieldStandfirst, old.Standfirst, new.Standfirst},
	} {
		if was, is := strings.TrimSpace(f.old), strings.TrimSpace(f.new); was != "" || is != "" {
			out = append(out, d.difference(f.name, was, is))
		}
	}
	return append(out, d.bodies(old.Body, new.Body)...)
}

// difference is of two texts that belong together.
func (d *differ) difference(field, old, new string) Difference {
	out := Difference{Field: field, Kind: Reworded, Old: old, New: new}
	switch {
	case old == "":
		out.Kind = Added
	case new == "":
		out.Kind = Cut
	default:
		out.Words = d.words(old, new)
		if out.Words == nil || text.Fold(old) == text.Fold(new) {
			out.Kind = Kept
		}
	}
	return out
}

// Tally counts the paragraphs of a comparison by what became of them.
type Tally struct {
	Kept, Moved, Cut, Added, Reworded int
	// Headline and Standfirst say that these are not the same, but for case and
	// punctuation.
	Headline, Standfirst bool
}

// Count tallies a comparison. Moved are among Kept and Reworded.
func Count(ds []Difference) Tally {
	var t Tally
	for _, d := range ds {
		if d.Moved {
			t.Moved++
		}
		switch {
		case d.Field == news.FieldHeadline:
			t.Headline = d.Kind != Kept
		case d.Field == news.FieldStandfirst:
			t.Standfirst = d.Kind != Kept
		case d.Kind == Kept:
			t.Kept++
		case d.Kind == Cut:
			t.Cut++
		case d.Kind == Added:
			t.Added++
		default:
			t.Reworded++
		}
	}
	return t
}
