package when

import (
	"strconv"

	"backfile/internal/news"
)

// resolver says which days expressions mean.
type resolver struct {
	l *language
	// now is the day of publication, where knowsNow.
	now      day
	knowsNow bool
	// monthFirst: see the function.
	monthFirst int

	text string
	toks []token
	// last is the date before, and lastEnd the token behind it, or -1.
	last    stretch
	lastEnd int
	buf     [8]capture
}

// meanings are what an expression can be said to mean.
var meanings map[string]func(*resolver, *match) (stretch, bool)

func init() {
	meanings = map[string]func(*resolver, *match) (stretch, bool){
		"date":    (*resolver).date,
		"digits":  (*resolver).digits,
		"dotted":  (*resolver).dotted,
		"range":   (*resolver).span,
		"year":    (*resolver).year,
		"years":   (*resolver).years,
		"month":   (*resolver).month,
		"inmonth": (*resolver).inMonth,
		"dayof":   (*resolver).dayOf,
		"weekday": (*resolver).weekday,
		"unit":    (*resolver).unit,
		"weekend": (*resolver).weekend,
		"decade":  (*resolver).decade,
		"season":  (*resolver).season,
		"quarter": (*resolver).quarter,
		"half":    (*resolver).half,
		"holiday": (*resolver).holiday,
	}
}

// arg is an argument of the expression's meaning as a number.
func (m *match) arg(i int) (int, bool) {
	if i >= len(m.e.args) {
		return 0, false
	}
	n, err := strconv.Atoi(m.e.args[i])
	return n, err == nil
}

func (m *match) is(arg string) bool { return len(m.e.args) > 0 && m.e.args[0] == arg }

// yearOf is the year that the match names, in full or as one before or after that of
// publication ("date -1").
func (r *resolver) yearOf(m *match) (int, bool) {
	if ys := m.all("Y"); len(ys) > 0 {
		return ys[len(ys)-1].value.number, true
	}
	if n, ok := m.arg(0); ok {
		return r.now.year + n, r.knowsNow
	}
	return 0, false
}

// counted reports whether what follows the match makes its last number a count, or a
// part of a longer number.
func (r *resolver) counted(m *match) bool {
	if m.at > 0 {
		before := r.text[r.toks[m.at-1].full:r.toks[m.at].start]
		for _, c := range before {
			switch c {
			case '$', '£', '€', '¥', '#', '+', '№':
				return true
			}
		}
		if r.toks[m.at].gap == '-' && r.toks[m.at-1].value.written > 0 || r.toks[m.at].gap == 'n' || r.toks[m.at].gap == '/' {
			return true
		}
	}
	if m.end >= len(r.toks) {
		return false
	}
	n := &r.toks[m.end]
	switch n.gap {
	case 'n', '/':
		return true
	case '-':
		return n.value.written > 0 || r.text[r.toks[m.end-1].full:n.start] == "-" && n.lower && !r.l.tense.infinitive[n.fold]
	case ' ', '.':
		return r.l.counts[n.fold] && n.gap == ' '
	case 'x':
		c := r.text[r.toks[m.end-1].full]
		return c == '%' || c == '$'
	}
	return false
}

// date is a day of a month, or a month of a year.
func (r *resolver) date(m *match) (stretch, bool) {
	months := m.all("MF")
	ds := m.all("d")
	if len(months) == 0 {
		return stretch{}, false
	}
	month := months[0].value.name
	year, known := r.yearOf(m)
	if len(ds) == 0 {
		return monthOf(year, month), known && !r.counted(m)
	}
	n := ds[0].value.number
	if known {
		d := day{year, month, n}
		return days(d, d), d.valid()
	}
	if !r.knowsNow || r.counted(m) {
		return stretch{}, false
	}
	if ws := m.all("AW"); len(ws) > 0 { // a weekday settles the year
		for _, k := range []int{0, -1, 1, -2, 2} {
			if d := (day{r.now.year + k, month, n}); d.valid() && d.weekday() == ws[0].value.name {
				return days(d, d), true
			}
		}
	}
	d, ok := r.nearest(m, func(year int) day { return day{year, month, n} })
	return days(d, d), ok
}

// soon is how many days ahead of publication a date without a year is that year's,
// whatever the tense: nobody writes of a day eleven months ago without its year.
const soon = 31

// nearest is the day of some year that the sentence means: one that comes soon, else by
// its tense, else one past.
func (r *resolver) nearest(m *match, in func(year int) day) (day, bool) {
	way := r.direction(m.at, m.end)
	if way <= 0 {
		way = -1
		for year := r.now.year; year <= r.now.year+1; year++ {
			d := in(year)
			if far := d.time().Sub(r.now.time()).Hours() / 24; d.valid() && far >= 0 && far <= soon {
				return d, true
			}
		}
	}
	best, found := day{}, false
	for _, k := range []int{0, -1, 1} {
		d := in(r.now.year + k)
		if !d.valid() {
			continue
		}
		switch far := d.time().Sub(r.now.time()).Hours() / 24; {
		case way < 0 && far > 0, way > 0 && far < 0:
			continue
		case !found, abs(far) < abs(best.time().Sub(r.now.time()).Hours()/24):
			best, found = d, true
		}
	}
	return best, found
}

func abs(f float64) float64 { return max(f, -f) }

// digits is a date in digits: year, month, day with the argument ymd, else in the
// order of the language, or not at all where nobody can tell.
func (r *resolver) digits(m *match) (stretch, bool) {
	var n []int
	for _, c := range m.captures {
		n = append(n, c.value.number)
	}
	if len(n) != 3 || r.counted(m) {
		return stretch{}, false
	}
	d := day{n[0], n[1], n[2]}
	if !m.is("ymd") {
		d = day{n[2], n[1], n[0]}
		english := r.l.code == "en"
		switch {
		case n[1] > 12 && english, english && r.monthFirst > 0 && n[0] <= 12:
			d = day{n[2], n[0], n[1]}
		case english && r.monthFirst == 0 && n[0] <= 12 && n[0] != n[1]:
			return stretch{}, false
		}
	}
	return days(d, d), d.valid()
}

func (r *resolver) dotted(m *match) (stretch, bool) {
	d, ok := dotted(r.toks[m.at].fold)
	return days(d, d), ok && !r.counted(m)
}

// year is one that stands where a year does.
func (r *resolver) year(m *match) (stretch, bool) {
	y := m.all("Y")
	if len(y) != 1 || r.counted(m) {
		return stretch{}, false
	}
	switch {
	case m.is("of"): // "a total of 1950"
		if i := m.at - 2; i >= 0 && r.l.asides[r.toks[i].fold] {
			return stretch{}, false
		}
	case m.is("list"): // "in 2014 and 2016"
		if r.lastEnd != m.at && r.lastEnd != m.at-1 || r.last.precision != news.Year {
			return stretch{}, false
		}
	case m.is("opens"):
		if !r.toks[m.at].opens {
			return stretch{}, false
		}
	}
	return yearOf(y[0].value.number), true
}

// years is "1914-18", "1939–1945" or "between 1939 and 1945".
func (r *resolver) years(m *match) (stretch, bool) {
	ys := m.all("Yy")
	if len(ys) != 2 || r.counted(m) {
		return stretch{}, false
	}
	if m.at > 0 && r.toks[m.at].gap == ' ' && '0' <= r.toks[m.at-1].fold[0] && r.toks[m.at-1].fold[0] <= '9' {
		return stretch{}, false // "01224 1936-38"
	}
	a, b := ys[0].value.number, ys[1].value.number
	if ys[1].slot == 'y' {
		b += a / 100 * 100
		if b == a/100*100 && a%100 == 99 {
			b += 100
		}
	}
	return span(yearOf(a), yearOf(b)), a < b && b-a <= 300
}

// span is a run of days or months: "12–14 May", "from March to June 2014", "between
// Monday and Wednesday".
func (r *resolver) span(m *match) (stretch, bool) {
	if ws := m.all("AW"); len(ws) == 2 && len(m.all("dMF")) == 0 {
		if !r.knowsNow {
			return stretch{}, false
		}
		way := r.direction(m.at, m.end)
		if way > 0 {
			from := r.now.add((ws[0].value.name - r.now.weekday() + 7) % 7)
			return days(from, from.add((ws[1].value.name-ws[0].value.name+7)%7)), true
		}
		to := r.now.add(-((r.now.weekday() - ws[1].value.name + 7) % 7))
		return days(to.add(-((ws[1].value.name - ws[0].value.name + 7) % 7)), to), true
	}
	months, ds := m.all("MF"), m.all("d")
	year, known := r.yearOf(m)
	if len(months) == 0 || r.counted(m) {
		return stretch{}, false
	}
	first, last := months[0].value.name, months[len(months)-1].value.name
	n := 1
	if len(ds) == 2 {
		n = ds[1].value.number
	}
	if !known {
		if !r.knowsNow {
			return stretch{}, false
		}
		d, ok := r.nearest(m, func(year int) day { return day{year, last, n} })
		if !ok {
			return stretch{}, false
		}
		year = d.year
	}
	start := year
	if first > last {
		start--
	}
	if len(ds) == 0 {
		return span(monthOf(start, first), monthOf(year, last)), true
	}
	if len(ds) != 2 {
		return stretch{}, false
	}
	return days(day{start, first, ds[0].value.number}, day{year, last, n}), true
}

// month is "last March", "next May", "this August".
func (r *resolver) month(m *match) (stretch, bool) {
	c := m.all("MF")
	if len(c) != 1 || !r.knowsNow {
		return stretch{}, false
	}
	n, year := c[0].value.name, r.now.year
	switch {
	case m.is("last") && n >= r.now.month:
		year--
	case m.is("next") && n <= r.now.month:
		year++
	case m.is("this"):
		if way := r.direction(m.at, m.end); way < 0 && n > r.now.month {
			year--
		} else if way > 0 && n < r.now.month {
			year++
		}
	}
	return monthOf(year, n), true
}

// inMonth is a month alone behind a word like "in": the nearest that the tense allows.
func (r *resolver) inMonth(m *match) (stretch, bool) {
	c := m.all("MF")
	if len(c) != 1 || !r.knowsNow || r.counted(m) {
		return stretch{}, false
	}
	t := &r.toks[m.at]
	if !m.is("sure") && r.l.unlike[t.fold] {
		return stretch{}, false
	}
	n, year := c[0].value.name, r.now.year
	switch way := r.direction(m.at, m.end); {
	case way > 0 && n < r.now.month:
		year++
	case way < 0 && n > r.now.month, way == 0 && n > r.now.month+1:
		year--
	}
	return monthOf(year, n), true
}

// decade is "the 1980s", or "the eighties" of the century that the archive's article
// can mean.
func (r *resolver) decade(m *match) (stretch, bool) {
	c := m.all("DEYy")
	if len(c) != 1 {
		return stretch{}, false
	}
	y := c[0].value.name
	switch c[0].slot {
	case 'Y': // "les années 1980"
		y = c[0].value.number
	case 'y':
		y = 1900 + c[0].value.number
	}
	if c[0].slot == 'Y' || c[0].slot == 'y' {
		return decadeOf(y), y%10 == 0 && y >= 1700 && !r.counted(m)
	}
	if c[0].slot == 'E' {
		if y < 1900 { // by name: the second is the twenties
			y = 1900 + 10*y
		}
		for r.knowsNow && y > r.now.year {
			y -= 100
		}
		if m.end < len(r.toks) && r.toks[m.end].gap == ' ' && r.l.counts[r.toks[m.end].fold] {
			return stretch{}, false
		}
		for i := m.at - 1; i >= max(m.at-12, 0); i-- { // "temperatures in the eighties"
			if stops(r.toks[i+1].gap) {
				break
			}
			if r.l.asides[r.toks[i].fold] {
				return stretch{}, false
			}
		}
	}
	return decadeOf(y), true
}

// quarter is a quarter of a year.
func (r *resolver) quarter(m *match) (stretch, bool) {
	c := m.all("oq")
	year, known := r.yearOf(m)
	if len(c) != 1 || !known {
		return stretch{}, false
	}
	n := max(c[0].value.name, c[0].value.number)
	return quarterOf(year, n), 1 <= n && n <= 4
}

// half is the first or second half of a year.
func (r *resolver) half(m *match) (stretch, bool) {
	c := m.all("o")
	year, known := r.yearOf(m)
	if len(c) != 1 || !known || c[0].value.name > 2 {
		return stretch{}, false
	}
	return months(year, 6*c[0].value.name-5, 6, news.Month), true
}

// holiday is a day with a name.
func (r *resolver) holiday(m *match) (stretch, bool) {
	n, _ := m.arg(0)
	h := r.l.holidays[n]
	if ys := m.all("Y"); len(ys) > 0 {
		d := h.in(ys[0].value.number)
		return days(d, d), true
	}
	if !r.knowsNow || !r.toks[m.at].capital && r.l.capitals {
		return stretch{}, false
	}
	d, ok := r.nearest(m, h.in)
	return days(d, d), ok
}
