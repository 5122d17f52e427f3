package entity

import "strings"

// transcript reads an interview or a record of questions and answers: the speaker's
// sign opens the paragraph, "Q:" and "A:". Whoever answers is the person with whom the
// text before the first question begins.
func (a *attribution) transcript(i int) verdict {
	q := a.marks[i]
	start := a.paragraphStart(q.outerStart)
	sign := strings.TrimSpace(a.f.text[start:q.outerStart])
	switch {
	case ends(sign, "Q:", "Q.", "Question:", "Q"):
		return somebody
	case !ends(sign, "A:", "A.", "Answer:", "A"):
		return verdict{}
	}
	for from, end := range paragraphs(a.f.text) {
		if from >= start {
			break
		}
		head := a.f.text[from:min(end, from+3)]
		if strings.HasPrefix(head, "Q:") || strings.HasPrefix(head, "Q.") {
			break
		}
		for _, r := range a.sentencesIn(from, end) {
			if sub := a.subjectOf(r.Start, r.End); sub.c != nil && sub.c.person != nil {
				return a.says(sub.c)
			}
		}
	}
	return somebody
}

// ends reports whether one of the signs is all of s, or stands at its end behind a
// sentence, with a colon.
func ends(s string, signs ...string) bool {
	for _, sign := range signs {
		before, ok := strings.CutSuffix(s, sign)
		if ok && (before == "" || strings.HasSuffix(sign, ":") && (strings.HasSuffix(before, "? ") || strings.HasSuffix(before, ". ") || strings.HasSuffix(before, "! "))) {
			return true
		}
	}
	return false
}
