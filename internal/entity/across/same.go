package across

import (
	"strings"
)

// verdict on two dossiers.
type verdict struct {
	// against is why they are two persons, "" where nothing says so.
	against string
	// points of evidence that they are one, need what it takes.
	points, need float64
	reason       string
}

func (v verdict) sure() bool { return v.against == "" && v.points >= v.need && v.need < unlinked }

// Same reports whether two dossiers are of one person, under names that may be one
// person's, and why, for readers: "Elizabeth Truss and Liz Truss: both Foreign
// Secretary in 2021; both with Antony Blinken and Sergei Lavrov". Where sure is
// false, reason says what keeps them apart, or is "" where nothing is known.
func (j *Judge) Same(a, b *Dossier) (reason string, sure bool) {
	v, ok := j.compare(a, b)
	switch {
	case !ok:
		return "", false
	case v.sure():
		return v.reason, true
	}
	return v.against, false
}

// compare is false where the names are not one person's.
func (j *Judge) compare(a, b *Dossier) (v verdict, ok bool) {
	x, y := a.summary(), b.summary()
	explained := bothNames(a, b)
	r, ok := relate(x.name, y.name)
	if ok {
		_, ok = relate(x.full, y.full)
	}
	if !ok {
		if explained.points < pointsExplained {
			return v, false
		}
		r = relation{need: pointsExplained} // a married name
	}
	if x.name.Family == "" || y.name.Family == "" {
		return v, false
	}
	v.need = r.need
	if j.common(x.name.Family) {
		v.need += needCommon
	}
	if v.against = contrary(a, b); v.against != "" {
		return v, true
	}
	clues, points := j.shared(a, b)
	v.points = points
	if x.full.Suffix != y.full.Suffix && !heldBoth(x, y) {
		// A son has his father's friends; only an office is one man's.
		v.need = max(v.need, unlinked)
	}
	var told []string
	for _, c := range clues {
		told = append(told, c.text)
	}
	if r.how != "" {
		told = append(told, r.how)
	}
	first, second := a.Name, b.Name
	if first > second {
		first, second = second, first
	}
	v.reason = first + " and " + second + ": " + strings.Join(told, "; ")
	return v, true
}

// commonFamily is how many bearers make a family name a common one.
const commonFamily = 6

func (j *Judge) common(family string) bool {
	return j.Bearers != nil && j.Bearers(family) >= commonFamily
}

// heldBoth reports whether both held one office that few people hold.
func heldBoth(x, y *summary) bool {
	for _, r := range x.roles {
		for _, s := range y.roles {
			if r.Key == s.Key && r.class == office && r.special() && !r.Former && !s.Former && max(r.year-s.year, s.year-r.year) <= roleYears {
				return true
			}
		}
	}
	return false
}

// Related reports whether two printed names may be one person's, with evidence.
func Related(a, b string) bool {
	_, ok := relate(ParseName(a), ParseName(b))
	return ok
}
