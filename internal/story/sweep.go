package story

import (
	"cmp"
	"slices"
	"time"

	"backfile/internal/news"
)

// Window is how many days after a report another may still follow its event: trials and
// inquiries come weeks after what they are about.
const Window = 90

// Unit is what a Sweep takes of an article, or of the wire family that it leads: one
// report.
type Unit struct {
	ID news.ArticleID
	// At is when it was published, in seconds since 1970; Day the day, in days.
	At    int64
	Day   int
	Trace Trace
}

// UnitOf is the report of an article; ok is false where its day is not known, for such an
// article is in no story.
func UnitOf(id news.ArticleID, published news.Date, t Trace) (u Unit, ok bool) {
	at, ok := published.Time()
	if !ok || published.Day() == "" {
		return Unit{}, false
	}
	// The day is that of the printed date, wherever the clock stood.
	y, m, d := at.Date()
	return Unit{ID: id, At: at.Unix(), Trace: t, Day: int(time.Date(y, m, d, 0, 0, 0, 0, time.UTC).Unix() / daySeconds)}, true
}

const daySeconds = 24 * 60 * 60

// Compare orders reports as a sweep comes to them: by day, by time, by id.
func (u Unit) Compare(v Unit) int {
	return cmp.Or(cmp.Compare(u.Day, v.Day), cmp.Compare(u.At, v.At), cmp.Compare(u.ID, v.ID))
}

// Sweep goes through the reports of an archive in the order of time and says of each
// which story it follows. What it says depends on the reports of the last Window days
// alone, on the stories that these were given, and on the Rarity. It holds those reports
// and no others. It is not safe for concurrent use.
type Sweep struct {
	rarity  *Rarity
	units   []unit
	gone    int                 // how many of units are out of the window
	at      map[uint32][]uint32 // a term's units
	stories []told
	number  map[news.ArticleID]int32 // of a story in stories

	// Scratch of consider.
	shares  []float32 // by unit
	touched []uint32
	found   []int32 // stories
}

type unit struct {
	day   int
	story int32
	vector
}

// told is a story of the window: how many reports it has there, and, while a report is
// looked at, which of that one's terms it has, and how well they fit.
type told struct {
	id      news.ArticleID
	reports int
	has     terms
	match   Match
	known   bool
}

// NewSweep returns a sweep that has seen nothing.
func NewSweep(r *Rarity) *Sweep {
	return &Sweep{rarity: r, at: map[uint32][]uint32{}, number: map[news.ArticleID]int32{}}
}

// Seen gives the sweep a report whose story is known already. Reports are given to Seen
// and to Next in their order.
func (s *Sweep) Seen(u Unit, story news.ArticleID) {
	s.forget(u.Day - Window)
	s.take(u, s.rarity.vector(u.Trace), story)
}

// Next takes a report in and returns the story it follows, by the id of that story's
// first report; its own where it follows none.
func (s *Sweep) Next(u Unit) (story news.ArticleID) {
	s.forget(u.Day - Window)
	v := s.rarity.vector(u.Trace)
	story = u.ID
	most, any := leastScore, false
	for _, c := range s.consider(u, v) {
		if score := c.Match.Score(); score > most || any && score == most && c.Story < story {
			story, most, any = c.Story, score, true
		}
	}
	s.take(u, v, story)
	return story
}

// leastScore is above what a match must score.
const leastScore = 0.0

// Candidate is a story that a report may follow.
type Candidate struct {
	Story news.ArticleID
	Match Match
}

// Consider returns the stories that share anything with a report, in no order, without
// taking it in.
func (s *Sweep) Consider(u Unit) []Candidate {
	s.forget(u.Day - Window)
	return s.consider(u, s.rarity.vector(u.Trace))
}

// What leads to the reports that are looked at: terms that few have, and of those that
// share any the ones that share most.
const (
	// commonFrom is the share of the reports in the window from which a term leads to
	// none of them: one in fifty. Below atLeastCommon it is never too common.
	commonFrom    = 50
	atLeastCommon = 200
	// mostMet is how many reports are looked at.
	mostMet = 64
)

func (s *Sweep) consider(u Unit, v vector) []Candidate {
	s.meet(v)
	for _, i := range s.touched {
		other := &s.units[i]
		t := &s.stories[other.story]
		if !t.known {
			t.known, t.has, t.match = true, terms{}, Match{}
			s.found = append(s.found, other.story)
		}
		t.match.add(compare(&v, u.Day, &other.vector, other.day, &t.has))
	}
	s.touched = s.touched[:0]
	out := make([]Candidate, 0, len(s.found))
	for _, n := range s.found {
		t := &s.stories[n]
		t.known = false
		t.match.done(&v, &t.has, t.reports)
		out = append(out, Candidate{t.id, t.match})
	}
	s.found = s.found[:0]
	return out
}

// meet finds the reports in the window that share most with v.
func (s *Sweep) meet(v vector) {
	most := max(atLeastCommon, (len(s.units)-s.gone)/commonFrom)
	for _, t := range v.terms {
		if t.group == groupSubjects {
			continue // of which there are few, that many have
		}
		us := s.alive(t.same)
		if len(us) > most {
			continue
		}
		for _, i := range us {
			if s.shares[i] == 0 {
				s.touched = append(s.touched, i)
			}
			s.shares[i] += t.share
		}
	}
	s.touched = s.likest(s.touched)
}

// likest are the mostMet of these reports that share most, those that came first of such
// as share the same; it forgets what all of them share.
func (s *Sweep) likest(us []uint32) []uint32 {
	less := func(a, b uint32) bool { return s.shares[a] < s.shares[b] || s.shares[a] == s.shares[b] && a > b }
	best := us[:min(len(us), mostMet)]
	least := func() (at int) {
		for k := range best {
			if less(best[k], best[at]) {
				at = k
			}
		}
		return at
	}
	if len(us) > mostMet {
		at := least()
		for i, u := range us[mostMet:] {
			if less(best[at], u) {
				us[mostMet+i], best[at] = best[at], u
				at = least()
			}
		}
	}
	for _, u := range us {
		s.shares[u] = 0
	}
	return best
}

// alive are the reports in the window that have a term.
func (s *Sweep) alive(same uint32) []uint32 {
	us := s.at[same]
	n := 0
	for n < len(us) && int(us[n]) < s.gone {
		n++
	}
	if n == 0 {
		return us
	}
	us = us[n:]
	s.at[same] = us
	return us
}

func (s *Sweep) take(u Unit, v vector, story news.ArticleID) {
	of, ok := s.number[story]
	if !ok {
		of = int32(len(s.stories))
		s.number[story] = of
		s.stories = append(s.stories, told{id: story})
	}
	s.stories[of].reports++
	n := uint32(len(s.units))
	s.units = append(s.units, unit{u.Day, of, v})
	s.shares = append(s.shares, 0)
	for _, t := range v.terms {
		if t.group == groupSubjects {
			continue
		}
		s.at[t.same] = append(s.at[t.same], n)
	}
}

// forget lets go of the reports of days before that one.
func (s *Sweep) forget(before int) {
	for s.gone < len(s.units) && s.units[s.gone].day < before {
		s.stories[s.units[s.gone].story].reports--
		s.gone++
	}
	if s.gone < 1024 || s.gone < len(s.units)/2 {
		return
	}
	gone := uint32(s.gone)
	s.units = slices.Clone(s.units[gone:])
	n := len(s.units)
	s.shares = make([]float32, n, 2*n+64)
	for same := range s.at {
		us := slices.Clone(s.alive(same))
		if len(us) == 0 {
			delete(s.at, same)
			continue
		}
		for i := range us {
			us[i] -= gone
		}
		s.at[same] = us
	}
	s.gone = 0
	// Stories without a report in the window go too.
	old := s.stories
	s.stories, s.number = nil, map[news.ArticleID]int32{}
	for i := range s.units {
		t := old[s.units[i].story]
		of, ok := s.number[t.id]
		if !ok {
			of = int32(len(s.stories))
			s.number[t.id] = of
			s.stories = append(s.stories, told{id: t.id})
		}
		s.stories[of].reports++
		s.units[i].story = of
	}
}
