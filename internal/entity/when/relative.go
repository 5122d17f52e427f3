package when

// The units of time, as a language's list has them in order.
const (
	_ = iota
	unitDay
	unitWeek
	unitMonth
	unitYear
	unitDecade
	unitQuarter
	unitFortnight
)

// weekday is a day of the week: alone, or with "last", "next", "this", or so many
// weeks away ("Tuesday last week").
func (r *resolver) weekday(m *match) (stretch, bool) {
	c := m.all("AW")
	if len(c) != 1 || !r.knowsNow || r.namesSomething(m) {
		return stretch{}, false
	}
	w, today := c[0].value.name, r.now.weekday()
	back := r.now.add(-((today - w + 7) % 7)) // today counts
	ahead := r.now.add((w - today + 7) % 7)
	monday := r.now.add(1 - today)
	d := back
	way := r.direction(m.at, m.end)
	if weeks, ok := m.arg(0); ok {
		d = monday.add(7*weeks + w - 1)
		return days(d, d), true
	}
	switch m.e.args[0] {
	case "last":
		if d = back; w == today {
			d = back.add(-7)
		}
	case "next":
		d = monday.add(7 + w - 1)
	case "coming":
		if d = ahead; w == today {
			d = ahead.add(7)
		}
	case "after": // "Tuesday week"
		d = ahead.add(7)
	case "this":
		d = monday.add(w - 1)
		if way < 0 && r.now.before(d) {
			d = back
		} else if way > 0 && d.before(r.now) {
			d = ahead
		}
	default:
		if m.is("tense") && r.habitual(m) {
			return stretch{}, false
		}
		if way > 0 {
			d = ahead
		}
	}
	return days(d, d), true
}

// namesSomething reports whether the weekday is a part of a name: Black Friday, the
// Sunday Times.
func (r *resolver) namesSomething(m *match) bool {
	first := m.at
	if first > 0 {
		if p := &r.toks[first-1]; joins(r.toks, first, " -") && p.capital && r.l.nameBefore[p.fold] {
			return true
		}
	}
	if m.end >= len(r.toks) {
		return false
	}
	n := &r.toks[m.end]
	if !n.capital || n.gap != ' ' {
		return false
	}
	if r.l.nameAfter[n.fold] {
		return true
	}
	// "the Friday Club", but "on Friday Mr Smith", "said Friday President Biden".
	return first > 0 && r.toks[m.end-1].full == r.toks[m.end-1].end && r.l.habits[r.toks[first-1].fold] && r.toks[first].gap == ' '
}

// habitual reports whether the weekday is any such day: "every Tuesday", "a Sunday".
func (r *resolver) habitual(m *match) bool {
	return m.at > 0 && r.toks[m.at].gap == ' ' && r.l.habits[r.toks[m.at-1].fold]
}

// unit is so many days, weeks, months or years from now. The arguments are how many of
// the unit named, "ago" or "ahead" with a number in the text, and perhaps the unit.
func (r *resolver) unit(m *match) (stretch, bool) {
	if !r.knowsNow || len(m.e.args) == 0 {
		return stretch{}, false
	}
	unit, n := 0, 0
	if u := m.all("Uu"); len(u) > 0 {
		unit = u[0].value.name
	}
	for i, name := range []string{"", "day", "week", "month", "year"} {
		if len(m.e.args) > 1 && m.e.args[1] == name {
			unit = i
		}
	}
	if k, ok := m.arg(0); ok {
		if n = k; unit == unitDay && len(m.captures) > 0 && m.captures[0].slot == 'u' {
			return stretch{}, false // "last day" is the last of several
		}
	} else {
		c := m.all("n")
		if len(c) != 1 {
			return stretch{}, false
		}
		if n = c[0].value.number; n < 1 || n > 500 {
			return stretch{}, false
		}
		if m.is("ago") {
			n = -n
		}
	}
	switch unit {
	case unitDay:
		d := r.now.add(n)
		return days(d, d), true
	case unitWeek:
		return weekOf(r.now.add(7 * n)), true
	case unitFortnight:
		return weekOf(r.now.add(14 * n)), true
	case unitMonth:
		return monthOf(r.now.year, r.now.month+n), true
	case unitYear:
		return yearOf(r.now.year + n), true
	case unitDecade:
		if m.is("ago") {
			return yearOf(r.now.year + 10*n), true
		}
		return decadeOf(r.now.year/10*10 + 10*n), true
	case unitQuarter:
		q := (r.now.month-1)/3 + n
		return quarterOf(r.now.year+floor(q, 4), q-4*floor(q, 4)+1), true
	}
	return stretch{}, false
}

// floor is a divided by b, rounded down.
func floor(a, b int) int {
	q := a / b
	if a%b < 0 {
		q--
	}
	return q
}

// weekend is "the weekend", or one with a word that says which.
func (r *resolver) weekend(m *match) (stretch, bool) {
	if !r.knowsNow {
		return stretch{}, false
	}
	this := weekendOf(r.now)
	last, next := weekendOf(r.now.add(-7)), weekendOf(r.now.add(7))
	way := r.direction(m.at, m.end)
	early := r.now.weekday() <= 3
	switch {
	case m.is("last"):
		return last, true
	case m.is("next"):
		return next, true
	case m.is("coming"):
		return this, true
	case m.is("past"):
		if r.now.weekday() >= 6 {
			return this, true
		}
		return last, true
	case m.is("this"):
		if way < 0 && early {
			return last, true
		}
		return this, true
	}
	if m.end < len(r.toks) && r.l.habits[r.toks[m.end].fold] && r.toks[m.end].gap == ' ' {
		return stretch{}, false // "the weekend of", "the weekend before"
	}
	if way > 0 || r.now.weekday() >= 6 {
		return this, true
	}
	return last, true
}

// season is a season of a year, or the last, this or next one.
func (r *resolver) season(m *match) (stretch, bool) {
	c := m.all("S")
	if len(c) != 1 {
		return stretch{}, false
	}
	const winter = 4
	s := c[0].value.name
	if ys := m.all("Y"); len(ys) > 0 {
		y := ys[0].value.number
		if short := m.all("y"); len(short) > 0 && (s != winter || (y+1)%100 != short[0].value.number) {
			return stretch{}, false
		}
		return seasonOf(y, s), !r.counted(m)
	}
	if !r.knowsNow {
		return stretch{}, false
	}
	y := r.now.year
	if s == winter && r.now.month <= 2 {
		y--
	}
	switch {
	case m.is("this"):
		if seasonOf(y, s).from.time().After(r.now.time()) && r.direction(m.at, m.end) < 0 {
			y--
		}
	case m.is("last"):
		y-- // of winters the one that ended in the spring
	case m.is("next"):
		if r.now.month >= 3*s {
			y++
		}
	}
	return seasonOf(y, s), true
}

// dayOf is a day of this month, the one before or the next, as papers once wrote: "the
// 12th inst."
func (r *resolver) dayOf(m *match) (stretch, bool) {
	c := m.all("d")
	n, _ := m.arg(0)
	if len(c) != 1 || !r.knowsNow {
		return stretch{}, false
	}
	d := monthOf(r.now.year, r.now.month+n).from
	d.day = c[0].value.number
	return days(d, d), d.valid()
}
