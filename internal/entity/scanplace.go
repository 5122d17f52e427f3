package entity

import "backfile/internal/news"

// demonym takes "Ukrainian" and "South Koreans": marked and linked, not counted.
func (s *scanner) demonym(i, end int) int {
	v, n := s.gaz.demonyms.longest(s.f.toks, i, func(n int) bool { return i+n <= end && s.f.toks[i+n-1].capital })
	if n == 0 {
		return 0
	}
	toks := s.f.toks
	if n == 1 && i+1 < end && toks[i].signs.given() && !toks[i+1].possessive && toks[i+1].signs&(family|common) == family {
		return 0 // a given name before a family name
	}
	// "British Airways" was taken as an organisation; what is left of a run
	// with a name's end behind it is a thing: "French Open".
	if i+n < end && otherHeads[toks[end-1].fold] && end-i-n <= 2 {
		s.add(&candidate{first: i, last: i + n - 1, kind: news.Place, form: news.FormDemonym, places: []int32{v}, org: -1, sure: true})
		return end
	}
	s.add(&candidate{first: i, last: i + n - 1, kind: news.Place, form: news.FormDemonym, places: []int32{v}, org: -1, sure: true})
	return i + n
}

// place takes the longest name of the gazetteer, unless the capitals around it
// say that it is part of another name.
func (s *scanner) place(i, end int) int {
	toks := s.f.toks
	v, n := s.gaz.names.longest(toks, i, func(n int) bool { return s.whole(i, n) })
	if s.foreign != nil {
		if p, m := s.foreign.longest(toks, i, func(n int) bool { return s.whole(i, n) && len(toks[i].fold) > 3 }); m > n {
			v, n = []int32{p}, m
		}
	}
	if n == 0 {
		return 0
	}
	t := &toks[i]
	last := i + n - 1
	best := s.gaz.best(v)
	high := best.kind >= region || best.kind == capital
	// Short forms count only as they are written: "US", not "us"; "LA", not "La".
	if n == 1 && len(t.fold) <= 3 && !t.upper && s.f.text[t.start:t.end] != best.Name && !(len(t.fold) == 3 && best.Name == s.f.text[t.start:t.end]) {
		if w := s.f.text[t.start:t.end]; w != "U.S." && w != "U.K." && w != "Rio" && !(t.capital && foldsTo(best.Name, t.fold)) {
			return 0
		}
	}
	if n == 1 && len(t.fold) == 2 && t.upper && t.fold != "us" && t.fold != "uk" && t.fold != "la" && t.fold != "dc" && t.fold != "nz" {
		return 0
	}
	if n == 1 && s.f.flat && t.fold == "us" && !t.upper {
		return 0
	}
	if last+1 < end && s.joined(last+1) {
		next := &toks[last+1]
		_, hon := honorifics[next.fold]
		switch {
		case hon || titles[next.fold] || titleWords[next.fold] && !s.f.flat:
		case s.f.flat:
			// In "Stonehaven Has Its Harbour" only the body can say that the first
			// word is a town: it stays unsure.
			if t.signs&common != 0 || !high && next.signs&(common|family|male|female) != common {
				return 0
			}
		case otherHeads[toks[end-1].fold] || otherHeads[next.fold]:
			if !high || n == 1 && best.kind != country {
				return end
			}
			if best.kind != country || end-last > 3 {
				return end
			}
		case landforms[next.fold] && n == 1 && !t.upper && best.kind != country:
			return 0
		case n == 1 && t.signs.given() && (next.signs&(common|family) == family || best.kind < capital && best.Population < 200_000 && next.signs&common == 0) && !next.upper:
			return 0 // "Paris Hilton"
		case next.gap == gapHyphen && n == 1 && best.kind < region:
			return 0
		case next.signs.given() && (last+2 < end) && high:
			// "England Harry Kane" is rare; two names beside each other.
		case best.kind == country && n == 1 || best.kind > region || n > 1:
		case next.upper != t.upper:
		default:
			return 0 // "Boston Consulting": part of a name
		}
	}
	// A word of a run that went before: "New Labour London".
	if i > 0 && s.joined(i) && n == 1 && best.kind < region && toks[i-1].signs.given() && toks[i-1].end == toks[i-1].full {
		if !titles[toks[i-1].fold] && len(s.out) > 0 && s.out[len(s.out)-1].last == i-1 && s.out[len(s.out)-1].kind == "" {
			return 0
		}
	}
	s.add(&candidate{first: i, last: last, kind: news.Place, places: v, org: -1,
		sure: best.kind >= region && t.signs&(common|male|female) == 0 || n > 1 && high || best.kind == country && !t.opens})
	return last + 1
}

func foldsTo(name, fold string) bool { return quickFold(name) == fold }

// best is the likeliest of the places without context.
func (g *gazetteer) best(of []int32) *Place {
	best := &g.places[of[0]]
	for _, i := range of[1:] {
		if g.places[i].weight() > best.weight() {
			best = &g.places[i]
		}
	}
	if best.kind == region {
		for _, i := range of {
			if p := &g.places[i]; g.namesake(p, best) {
				return p
			}
		}
	}
	return best
}

// namesake reports whether the town bears its region's name and holds much of it:
// then New York, São Paulo and St Petersburg are the towns.
func (g *gazetteer) namesake(p, in *Place) bool {
	return p.kind <= capital && p.Population*5 > in.Population && g.within(p.at, in.at)
}
