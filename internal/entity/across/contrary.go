package across

import (
	"fmt"
	"strings"
)

// The distances that keep two names apart.
const (
	bornApart  = 3  // years between the years of birth
	yearsBreak = 30 // years between the articles
	rolesAtOne = 3  // years within which two roles are at one time
)

// contrary is why two dossiers cannot be of one person, "" where nothing says so.
func contrary(a, b *Dossier) string {
	x, y := a.summary(), b.summary()
	if n, ok := yearsApart(x.born, y.born); ok && n >= bornApart {
		return fmt.Sprintf("born about %d and about %d", x.born[0]+1, y.born[0]+1)
	}
	if s, t := x.sex(), y.sex(); s != 0 && t != 0 && s != t {
		return "one is Mr and one is Mrs or Ms"
	}
	if x.full.Suffix != "" && y.full.Suffix != "" && x.full.Suffix != y.full.Suffix {
		return "a junior and a senior"
	}
	if why := namedTogether(a, b); why != "" {
		return why
	}
	if n, ok := yearsApart(x.spoken, y.spoken); ok && n > yearsBreak {
		return fmt.Sprintf("%d years lie between the articles", n)
	}
	if exclude(x.class, y.class) {
		if _, ok := near(x.years, y.years, rolesAtOne); ok {
			return fmt.Sprintf("at one time in two walks of life (%s, %s)", x.class, y.class)
		}
	}
	return seats(x, y)
}

// namedTogether says that one article names both, and as two people. A caption may name
// somebody otherwise than the text does; that proves nothing.
func namedTogether(a, b *Dossier) string {
	x, y := a.summary(), b.summary()
	if len(x.articles) > len(y.articles) {
		x, y, a, b = y, x, b, a
	}
	if bothNames(a, b).points >= pointsExplained || shortened(x.name, y.name) {
		return ""
	}
	for id, s := range x.articles {
		if t := y.articles[id]; t != nil && s.Mentions > 0 && t.Mentions > 0 {
			return "one article names both " + a.Name + " and " + b.Name
		}
	}
	return ""
}

// seats says that both hold one office at one time, for different places.
func seats(x, y *summary) string {
	for _, r := range x.roles {
		if !seated[r.Key] || r.Of == "" || r.Former {
			continue
		}
		for _, s := range y.roles {
			if s.Key == r.Key && s.Of != "" && !s.Former && r.year > 0 && s.year > 0 && max(r.year-s.year, s.year-r.year) <= roleYears &&
				!strings.Contains(r.Of, s.Of) && !strings.Contains(s.Of, r.Of) {
				return fmt.Sprintf("%s for %s and for %s at one time", r.Text, r.Of, s.Of)
			}
		}
	}
	return ""
}

// seated are offices that are held for one place at a time, which news names.
var seated = set("mp msp ms mep td mayor provost governor senator congressman congresswoman bishop archbishop")
