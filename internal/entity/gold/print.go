package gold

import (
	"fmt"
	"io"
	"slices"

	"backfile/internal/news"
)

// Figure is one figure of a score, named as in a list of floors.
type Figure struct {
	Name  string
	Value float64
}

// Figures are the shares that must not fall, and "speaker-not-wrong", which is one
// less the share of the quotations that are given to the wrong person.
func (s *Score) Figures() []Figure {
	return []Figure{
		{"person", s.Names[news.Person].F1()},
		{"place", s.Names[news.Place].F1()},
		{"organisation", s.Names[news.Organisation].F1()},
		{"named", share(s.Named, s.Linked)},
		{"linked", share(s.Linked, s.Marked)},
		{"person-named", share(s.PersonNamed, s.PersonLinked)},
		{"quote", s.Spans.F1()},
		{"speaker", share(s.Right, s.Spoken)},
		{"speaker-not-wrong", 1 - share(s.Wrong, s.Spoken+s.Silent)},
	}
}

// Print writes the score as a table.
func (s *Score) Print(w io.Writer) {
	tally := func(name string, t *Tally) {
		fmt.Fprintf(w, "  %-16s precision %.3f  recall %.3f  F1 %.3f  (%d)\n", name, t.Precision(), t.Recall(), t.F1(), t.Right+t.Missed)
	}
	for _, k := range news.Kinds {
		tally(string(k), s.Names[k])
	}
	tally("metonyms", s.Forms[news.FormMetonym])
	tally("demonyms", s.Forms[news.FormDemonym])
	fmt.Fprintf(w, "  links: of %d names %.3f linked, %.3f of these under a right name; of persons %.3f and %.3f\n",
		s.Marked, share(s.Linked, s.Marked), share(s.Named, s.Linked), share(s.PersonLinked, s.PersonMarked), share(s.PersonNamed, s.PersonLinked))
	fmt.Fprintf(w, "  of %d names that fit several, %d linked; pairs of persons: %d together, %d wrongly joined, %d wrongly split, %d apart\n",
		s.Unclear, s.Guessed, s.Together, s.Joined, s.Split, s.Apart)
	tally("quotations", &s.Spans)
	all := s.Spoken + s.Silent
	fmt.Fprintf(w, "  speakers: of %d spoken by somebody named %.3f right, %.3f left open; of all %d quotations %.3f wrong; of %d by nobody named %d kept so\n",
		s.Spoken, share(s.Right, s.Spoken), share(s.Open, s.Spoken), all, share(s.Wrong, all), s.Silent, s.Kept)
}

// PrintErrors writes the errors sort by sort.
func (s *Score) PrintErrors(w io.Writer) {
	es := slices.Clone(s.Errors)
	slices.Sort(es)
	for _, e := range es {
		fmt.Fprintln(w, e)
	}
}
