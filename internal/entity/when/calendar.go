package when

import (
	"fmt"
	"strconv"
	"strings"
	"time"

	"backfile/internal/news"
)

// day is a day of the calendar.
type day struct{ year, month, day int }

func (d day) time() time.Time {
	return time.Date(d.year, time.Month(d.month), d.day, 0, 0, 0, 0, time.UTC)
}

func dayOf(t time.Time) day { return day{t.Year(), int(t.Month()), t.Day()} }

func (d day) valid() bool { return dayOf(d.time()) == d }

func (d day) add(n int) day { return dayOf(d.time().AddDate(0, 0, n)) }

// weekday counts from Monday, 1, to Sunday, 7.
func (d day) weekday() int { return (int(d.time().Weekday())+6)%7 + 1 }

func (d day) before(o day) bool { return d.time().Before(o.time()) }

func (d day) String() string { return fmt.Sprintf("%04d-%02d-%02d", d.year, d.month, d.day) }

// stretch is a run of days, both ends included.
type stretch struct {
	from, to  day
	precision news.Precision
}

func days(from, to day) stretch { return stretch{from, to, news.Day} }

func weekOf(d day) stretch {
	monday := d.add(1 - d.weekday())
	return stretch{monday, monday.add(6), news.Week}
}

func weekendOf(d day) stretch {
	saturday := d.add(6 - d.weekday())
	return days(saturday, saturday.add(1))
}

// monthOf counts months over the ends of years: 2021, 0 is December 2020.
func monthOf(year, month int) stretch {
	t := time.Date(year, time.Month(month), 1, 0, 0, 0, 0, time.UTC)
	return stretch{dayOf(t), dayOf(t.AddDate(0, 1, -1)), news.Month}
}

func months(year, first, n int, p news.Precision) stretch {
	return stretch{monthOf(year, first).from, monthOf(year, first+n-1).to, p}
}

func yearOf(year int) stretch {
	return stretch{day{year, 1, 1}, day{year, 12, 31}, news.Year}
}

func decadeOf(year int) stretch {
	return stretch{day{year, 1, 1}, day{year + 9, 12, 31}, news.Decade}
}

// seasonOf is the season of a year, north of the equator: 1 spring to 4 winter,
// which begins in December of that year.
func seasonOf(year, season int) stretch { return months(year, 3*season, 3, news.Season) }

func quarterOf(year, quarter int) stretch { return months(year, 3*quarter-2, 3, news.Season) }

func span(a, b stretch) stretch { return stretch{a.from, b.to, a.precision} }

// sane reports whether the stretch runs forward through years that are written with
// four digits.
func (s stretch) sane() bool {
	return s.from.valid() && s.to.valid() && s.from.year >= 1000 && s.to.year <= 9999 && !s.to.before(s.from)
}

// easter is Easter Sunday, by the anonymous Gregorian reckoning.
func easter(y int) day {
	a, b, c := y%19, y/100, y%100
	d, e, f := b/4, b%4, (b+8)/25
	g := (b - f + 1) / 3
	h := (19*a + b - d - g + 15) % 30
	i, k := c/4, c%4
	l := (32 + 2*e + 2*i - h - k) % 7
	m := (a + 11*h + 22*l) / 451
	return day{y, (h + l - 7*m + 114) / 31, (h+l-7*m+114)%31 + 1}
}

// holiday is a day of the year with a name: on a date, so many days from Easter, or
// the nth such weekday of a month, where 5 is the last.
type holiday struct {
	month, day  int
	movable     bool
	fromEaster  int
	weekday, no int
}

// readHoliday reads "12-25", "easter-2", "easter+1" and "11 4th 4" (month, nth, weekday).
func readHoliday(s string) (h holiday, err error) {
	if n, ok := strings.CutPrefix(s, "easter"); ok {
		h.movable = true
		if n != "" {
			h.fromEaster, err = strconv.Atoi(n)
		}
		return h, err
	}
	if strings.Contains(s, "th ") {
		_, err = fmt.Sscanf(s, "%d %dth %d", &h.month, &h.no, &h.weekday)
		return h, err
	}
	_, err = fmt.Sscanf(s, "%d-%d", &h.month, &h.day)
	return h, err
}

func (h holiday) in(year int) day {
	switch {
	case h.movable:
		return easter(year).add(h.fromEaster)
	case h.no > 0:
		m := monthOf(year, h.month)
		if h.no == 5 {
			return m.to.add(-((m.to.weekday() - h.weekday + 7) % 7))
		}
		return m.from.add((h.weekday-m.from.weekday()+7)%7 + 7*(h.no-1))
	}
	return day{year, h.month, h.day}
}
