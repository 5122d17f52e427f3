package when

import "strings"

// tense tells whether the sentence around a weekday or a month looks back or ahead,
// by the verb that stands nearest.
type tense struct {
	future, futureTo, past, unsure, noEnds, infinitive, passive, not set
	// nextFuture and nextPast stand right before a date: "by Friday", "since May".
	nextFuture, nextPast set
	pastEnds, futureEnds []string
}

func (t *tense) init() {
	for _, s := range []*set{&t.future, &t.futureTo, &t.past, &t.unsure, &t.noEnds, &t.infinitive, &t.passive, &t.not, &t.nextFuture, &t.nextPast} {
		*s = set{}
	}
}

// reach is how many words on each side are looked at.
const reach = 24

// direction is -1 where the words around toks[at:end] look back, 1 where they look
// ahead, and 0 where nothing says.
func (r *resolver) direction(at, end int) int {
	if at > 0 && r.toks[at].gap == ' ' && !r.toks[at-1].opens {
		switch w := r.toks[at-1].fold; {
		case r.l.tense.nextFuture[w]:
			return 1
		case r.l.tense.nextPast[w]:
			return -1
		}
	}
	if last := &r.toks[end-1]; last.full > last.end { // "Monday’s drills", "before Monday’s vote"
		if at > 0 && r.l.tense.nextFuture[r.toks[at-1].fold] || at > 1 && r.l.tense.future[r.toks[at-2].fold] {
			return 1
		}
		at = 0
	}
	for i, n := at-1, 0; i >= 0 && n < reach; i, n = i-1, n+1 {
		if stops(r.toks[i+1].gap) && !r.toks[i].abbr {
			break
		}
		if d := r.cue(i); d != 0 {
			return d
		}
	}
	for i, n := end, 0; i < len(r.toks) && n < reach; i, n = i+1, n+1 {
		if stops(r.toks[i].gap) && !r.toks[i-1].abbr {
			break
		}
		if d := r.cue(i); d != 0 {
			return d
		}
	}
	return 0
}

// stops reports whether a sign ends what a verb reaches over.
func stops(gap byte) bool { return gap == '.' || gap == 'x' || gap == 'p' }

// cue is what token i says: -1, 1 or 0.
func (r *resolver) cue(i int) int {
	t, w := &r.l.tense, r.toks[i].fold
	if r.toks[i].capital && !r.toks[i].opens {
		return 0 // "May", "Will", and names
	}
	before := ""
	if i > 0 {
		before = r.toks[i-1].fold
	}
	next := ""
	if i+1 < len(r.toks) {
		next = r.toks[i+1].fold
	}
	switch {
	case t.unsure[w]: // "could", "would": "could not be reached on Tuesday"
		if t.not[next] {
			return -1
		}
		return 1
	case t.not[before], r.l.habits[before] && t.future[w]:
		return 0 // "did not open on Friday", "the start on Friday"
	case t.futureTo[w] && t.infinitive[next]:
		if w == "to" {
			return 0
		}
		return 1
	case t.infinitive[before]:
		return 0 // "to put", "to open": the words before decide
	case t.future[w]:
		return 1
	case t.unsure[before] || t.future[before] || t.passive[before]:
		return 0 // "will hit", "be held"
	case t.past[w]:
		return -1
	}
	if t.noEnds[w] || len(w) < 4 {
		return 0
	}
	if len(t.pastEnds)+len(t.futureEnds) == 0 {
		return 0
	}
	raw := strings.ToLower(r.text[r.toks[i].start:r.toks[i].end]) // with its accents
	for _, e := range t.pastEnds {
		if strings.HasSuffix(raw, e) {
			return -1
		}
	}
	for _, e := range t.futureEnds {
		if strings.HasSuffix(raw, e) {
			return 1
		}
	}
	return 0
}
