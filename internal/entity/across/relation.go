package across

import "slices"

// relation is how two names may be of one person.
type relation struct {
	// need is the evidence that it takes to join them, in points; unlinked names
	// (0) may stand in one group but join nothing by themselves.
	need float64
	// how says it for readers; "" where the names show it.
	how string
}

// The points that names of each kind need. One person both know of, or one place
// at one time in one outlet, is a point; see evidence.go.
const (
	needLonger   = 1.5 // Joseph R. Biden, Joseph Biden
	needNickname = 1.5 // Liz Truss, Elizabeth Truss
	needSpelled  = 1.0 // Zelensky, Zelenskyy
	needOrder    = 1.5 // Orbán Viktor, Viktor Orbán
	needMiddle   = 2.5 // Gordon Brown, James Gordon Brown
	needInitial  = 2.5 // J. Reid, John Reid
	needNear     = 2.5 // Johansen, Johanssen
	needCommon   = 0.75
	// unlinked is more than evidence comes to.
	unlinked = 1000
)

// relate compares two names; ok is false where they cannot be of one person.
func relate(a, b Name) (r relation, ok bool) {
	if !a.Whole() || !b.Whole() {
		return r, false
	}
	if a.Suffix != b.Suffix && a.Suffix != "" && b.Suffix != "" {
		return r, false
	}
	same, near := alike(a.Family, b.Family)
	if !same {
		if reversed(a, b) {
			r.need, r.how = needOrder, "one is the other with the family name first"
			return r, true
		}
		return r, false
	}
	if near {
		r.need = needNear
	} else if a.Family != b.Family {
		r.need = needSpelled
	}
	given := func(need float64) { r.need = max(r.need, need) }
	x, y := a.First(), b.First()
	switch kin := sameGiven(x, y); {
	case kin == exact:
		if !slices.Equal(a.Given, b.Given) || a.Suffix != b.Suffix {
			given(needLonger)
		}
	case kin == nickname:
		given(needNickname)
	case kin == distant:
		given(unlinked)
	case initialOf(x, y) || initialOf(y, x):
		given(needInitial)
	case shortened(a, b):
		given(needLonger)
		return r, true
	case goesBy(a, b) || goesBy(b, a):
		given(needMiddle)
		return r, true
	default:
		if same, near := alike(x, y); !vowelApart(x, y) && (!same || near) || r.need > needSpelled {
			return r, false
		}
		given(needSpelled)
	}
	return r, middles(a.Given[1:], b.Given[1:])
}

// initialOf reports whether short is the first letter of long.
func initialOf(short, long string) bool {
	return len(short) == 1 && len(long) > 1 && short[0] == long[0]
}

// middles reports whether what stands between given and family name may be one
// person's: as far as both have any, they are the same names or their initials.
// So George W. and George H. W. Bush are two.
func middles(a, b []string) bool {
	for i := range min(len(a), len(b)) {
		if a[i] != b[i] && !initialOf(a[i], b[i]) && !initialOf(b[i], a[i]) && sameGiven(a[i], b[i]) == none {
			return false
		}
	}
	return true
}

// goesBy reports whether b's one given name is one of a's later ones: Gordon Brown
// is James Gordon Brown.
func goesBy(a, b Name) bool {
	if len(b.Given) != 1 || len(b.First()) == 1 {
		return false
	}
	return slices.ContainsFunc(a.Given[1:], func(m string) bool { return sameGiven(m, b.First()) >= nickname })
}

// shortened reports whether one name is the other without its first words, and begins
// with what is no given name: Luis Posada Carriles, Posada Carriles.
func shortened(a, b Name) bool {
	x, y := a.words(), b.words()
	if len(x) < len(y) {
		x, y = y, x
	}
	return len(y) > 1 && len(x) > len(y) && slices.Equal(x[len(x)-len(y):], y) && len(y[0]) > 1 && len(givenForms()[y[0]]) == 0
}

// reversed reports whether b is a with the family name in front. Names that may be
// a given name at both ends (James Thomas) are no reason to think so.
func reversed(a, b Name) bool {
	if len(a.Given) != 1 || len(b.Given) != 1 || a.First() != b.Family || b.First() != a.Family || len(a.Family) < 2 || len(b.Family) < 2 {
		return false
	}
	forms := givenForms()
	return len(forms[a.First()]) == 0 || len(forms[b.First()]) == 0
}
