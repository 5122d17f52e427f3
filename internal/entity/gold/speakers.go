package gold

import (
	"fmt"
	"io"

	"backfile/internal/news"
)

// Speakers is how a recogniser did on articles of which the quotations alone are
// marked, with who says them.
type Speakers struct {
	Articles int
	// Spoken are the quotations that somebody named says: Right are given to that one,
	// Taken to somebody else, and Open to nobody or not found.
	Spoken, Right, Taken, Open int
	// Silent have no named speaker; Given are those given one all the same.
	Silent, Given int
	// False are words in marks that nobody says (a title, a sign, irony), taken for a
	// quotation; Claimed are those of them that are given a speaker.
	False, Claimed int
	// Errors says what was wrong; empty for articles held back.
	Errors []string
}

// Wrong is how many were given a speaker who did not say them, of whatever sort.
func (s *Speakers) Wrong() int { return s.Taken + s.Given + s.Claimed }

// Figures are the shares that must not fall: "right" of the quotations that somebody
// named says, and "not-wrong", which is one less the share of wrong speakers in them.
func (s *Speakers) Figures() []Figure {
	return []Figure{{"right", share(s.Right, s.Spoken)}, {"not-wrong", 1 - share(s.Wrong(), s.Spoken)}}
}

// Print writes the score as one line.
func (s *Speakers) Print(w io.Writer) {
	fmt.Fprintf(w, "  %3d spoken by somebody named: %3d right (%.3f), %2d open, %2d another's; %2d by nobody named, %d given to somebody; %2d in marks that are none, %d given to somebody; wrong in all %.3f\n",
		s.Spoken, s.Right, share(s.Right, s.Spoken), s.Open, s.Taken, s.Silent, s.Given, s.False, s.Claimed, share(s.Wrong(), s.Spoken))
}

// PrintErrors writes the errors in the order of the articles.
func (s *Speakers) PrintErrors(w io.Writer) {
	for _, e := range s.Errors {
		fmt.Fprintln(w, "    "+e)
	}
}

// MeasureSpeakers scores a recogniser on the articles of one part and language.
func MeasureSpeakers(r Recogniser, articles []*Article, part Part, language string) *Speakers {
	s := &Speakers{}
	for _, a := range articles {
		if a.Part != part || a.News.Language != language {
			continue
		}
		s.Articles++
		got := a.News
		r.Recognise(&got)
		m := measurer{s: &Score{}, gold: a, got: &got, entities: map[news.EntityID]*news.Entity{}}
		for _, k := range news.Kinds {
			es := got.Entities(k)
			for i := range es {
				m.entities[es[i].ID] = &es[i]
			}
		}
		m.quotes()
		s.Spoken += m.s.Spoken
		s.Right += m.s.Right
		s.Open += m.s.Open
		s.Taken += m.s.Wrong - (m.s.Silent - m.s.Kept)
		s.Silent += m.s.Silent
		s.Given += m.s.Silent - m.s.Kept
		s.False += m.s.Spans.Extra
		s.Claimed += m.s.Claimed
		s.Errors = append(s.Errors, m.s.Errors...)
	}
	return s
}
