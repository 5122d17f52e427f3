package entity

// In an interview one person speaks nearly alone, and is named now and then only: "he says"
// over a column of figures, and his words with nothing beside them behind the writer's
// "I say". Who he is, is told by the whole article.

// fewestHeard is how many quotations somebody must be known to have said, of at least
// mostHeard of every hundred whose speaker is known, for the article to be an interview.
const (
	fewestHeard = 6
	mostHeard   = 80
)

// interviewed is who alone, but for a few, is heard in the article, or nil.
func (a *attribution) interviewed(said []verdict) *person {
	times := map[*person]int{}
	known := 0
	for i := range said {
		if said[i].known() && a.marks[i].end-a.marks[i].start > 30 {
			known++
			if p := said[i].person; p != nil {
				times[p]++
			}
		}
	}
	for p, n := range times {
		if n >= fewestHeard && n*100 >= known*mostHeard {
			return p
		}
	}
	return nil
}

// interview gives the one who is interviewed what "he says" of whom nothing else tells, and
// what he says of himself in a paragraph of its own.
func (a *attribution) interview(said []verdict) {
	p := a.interviewed(said)
	if p == nil {
		return
	}
	for i, q := range a.marks {
		k, vague := a.vague[i]
		if q := said[i].person; q != nil && vague && q != p && q.sex == p.sex && !a.heard(q, said) {
			said[i] = verdict{} // "he looks aghast", behind the name of somebody who is not heard
			continue
		}
		if said[i].known() {
			continue
		}
		switch {
		case vague && p.sex != 0 && a.sexAt(k) == p.sex:
		case i > 0 && a.marks[i-1].open && a.marks[i-1].para+1 == q.para && a.opensParagraph(q) && a.mute(i) && said[i-1].person == p:
		case i > 0 && a.resumes(i) && said[i-1].person == p:
		case !said[i].unnamed && a.alone(q) && a.firstPerson(q) && lastHeard(said[:i]) == p && !(said[i-1].unnamed && a.marks[i-1].para+1 == q.para):
		default:
			continue
		}
		said[i] = verdict{voice: voice{person: p}}
	}
}

// sexAt is the sex that the pronoun at token k tells.
func (a *attribution) sexAt(k int) nameSigns {
	if s := a.pronounAbroad(k); s != 0 {
		return s
	}
	return heShe[a.f.toks[k].fold]
}

// alone reports whether a quotation is all of its paragraph.
func (a *attribution) alone(q quoted) bool {
	s := a.f.text
	return a.opensParagraph(q) && (q.outerEnd == len(s) || s[q.outerEnd] == '\n')
}

// mute reports whether nothing beside quotation i says that anybody said it.
func (a *attribution) mute(i int) bool { return !a.behind(i).settled() }

// lastHeard is the last person who is known to have said one of the quotations, or nil.
func lastHeard(said []verdict) *person {
	for i := len(said) - 1; i >= 0; i-- {
		if said[i].known() {
			return said[i].person
		}
	}
	return nil
}

// heard reports whether a person is known to have said a quotation beside which no pronoun
// tells it.
func (a *attribution) heard(p *person, said []verdict) bool {
	for i := range said {
		if _, vague := a.vague[i]; said[i].person == p && !vague {
			return true
		}
	}
	return false
}
