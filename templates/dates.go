package templates

import (
	"context"
	"fmt"
	"strconv"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"backfile/internal/news"
)

// ShowDate is d no finer than its day: "2 December 2021", "December 2021",
// "2021"; "undated" where it is unknown.
func ShowDate(ctx context.Context, d news.Date) string {
	for _, part := range []string{d.Day(), d.Month(), d.Year()} {
		if part != "" {
			return ShowDay(ctx, part)
		}
	}
	return Say(ctx, "date.undated")
}

// ShowDay is yyyy, yyyy-mm or yyyy-mm-dd in words; anything else as it is.
func ShowDay(ctx context.Context, s string) string {
	w := wordsOf(ctx)
	y, m, d, ok := splitDay(s)
	switch {
	case !ok:
		return s
	case d > 0:
		return w.date(w.Dates.Day, y, m, d)
	case m > 0:
		return w.date(w.Dates.Month, y, m, 0)
	}
	return y
}

// date fills a pattern of Dates but for its weekday.
func (w *Words) date(pattern, year string, month, day int) string {
	d := strconv.Itoa(day)
	if day == 1 && w.First != "" {
		d = w.First
	}
	return strings.NewReplacer("{day}", d, "{month}", w.Months[month-1], "{mon}", w.MonthsShort[month-1], "{year}", year).Replace(pattern)
}

// ShowDayShort is a yyyy-mm-dd without its year: "2 Dec".
func ShowDayShort(ctx context.Context, s string) string {
	y, m, d, ok := splitDay(s)
	if !ok || d == 0 {
		return ShowDay(ctx, s)
	}
	w := wordsOf(ctx)
	return w.date(w.Dates.Short, y, m, d)
}

// ShowDayLong is a yyyy-mm-dd with its weekday: "Thursday, 2 December 2021".
func ShowDayLong(ctx context.Context, s string) string {
	t, err := time.Parse(time.DateOnly, s)
	if err != nil {
		return ShowDay(ctx, s)
	}
	return strings.NewReplacer("{weekday}", weekday(ctx, t), "{date}", ShowDay(ctx, s)).Replace(wordsOf(ctx).Dates.Long)
}

// Upper is a date that stands alone, as in a heading: months and weekdays begin in lower
// case in French and Spanish.
func Upper(s string) string {
	r, n := utf8.DecodeRuneInString(s)
	return string(unicode.ToUpper(r)) + s[n:]
}

// ShowMonthDay is the day of a year: "22 November".
func ShowMonthDay(ctx context.Context, t time.Time) string {
	w := wordsOf(ctx)
	return w.date(w.Dates.MonthDay, "", int(t.Month()), t.Day())
}

// ShowMoment is d as fine as it is known, with what its source says of the zone:
// "2 December 2021, 16:17, no time zone given".
func ShowMoment(ctx context.Context, d news.Date) string {
	day := ShowDate(ctx, d)
	t, ok := d.Time()
	if !ok || d.Precision != news.Second && d.Precision != news.Minute {
		return day
	}
	clock := t.Format("15:04")
	if !d.HasZone() {
		return Say(ctx, "date.nozone", day, clock)
	}
	return Say(ctx, "date.zone", day, clock, offset(t))
}

// ShowInstant is a time of our own clock, in UTC.
func ShowInstant(ctx context.Context, t time.Time) string {
	t = t.UTC()
	return Say(ctx, "date.zone", ShowDay(ctx, t.Format(time.DateOnly)), t.Format("15:04"), "UTC")
}

// ShowFresh is d beside now: "today, 11:40", "yesterday", else the date.
func ShowFresh(ctx context.Context, now time.Time, d news.Date) string {
	day := d.Day()
	if day == "" {
		return ShowDate(ctx, d)
	}
	t, _ := d.Time()
	local := now.In(t.Location())
	if !d.HasZone() {
		local = now
	}
	switch day {
	case local.Format(time.DateOnly):
		if d.Precision == news.Day {
			return Say(ctx, "date.today")
		}
		return Say(ctx, "date.todayat", t.Format("15:04"))
	case local.AddDate(0, 0, -1).Format(time.DateOnly):
		return Say(ctx, "date.yesterday")
	}
	return ShowDate(ctx, d)
}

func offset(t time.Time) string {
	_, sec := t.Zone()
	switch {
	case sec == 0:
		return "UTC"
	case sec%3600 == 0:
		return fmt.Sprintf("UTC%s%d", sign(sec), abs(sec)/3600)
	}
	return fmt.Sprintf("UTC%s%d:%02d", sign(sec), abs(sec)/3600, abs(sec)/60%60)
}

func sign(n int) string {
	if n < 0 {
		return "−"
	}
	return "+"
}

func abs(n int) int {
	if n < 0 {
		return -n
	}
	return n
}

func weekday(ctx context.Context, t time.Time) string {
	return wordsOf(ctx).Weekdays[(int(t.Weekday())+6)%7]
}

// splitDay takes yyyy[-mm[-dd]] apart; month and day are 0 where absent.
func splitDay(s string) (year string, month, day int, ok bool) {
	parts := strings.Split(s, "-")
	if len(parts) > 3 || len(parts[0]) != 4 {
		return "", 0, 0, false
	}
	var n [3]int
	for i, p := range parts {
		v, err := strconv.Atoi(p)
		if err != nil || v < 0 {
			return "", 0, 0, false
		}
		n[i] = v
	}
	if len(parts) > 1 && (n[1] < 1 || n[1] > 12) || len(parts) > 2 && (n[2] < 1 || n[2] > 31) {
		return "", 0, 0, false
	}
	return parts[0], n[1], n[2], true
}

// dateAttr is d for a datetime attribute, "" where none is known.
func dateAttr(d news.Date) string {
	if d.Precision == news.Day || d.Precision == news.Month || d.Precision == news.Year {
		for _, part := range []string{d.Day(), d.Month(), d.Year()} {
			if part != "" {
				return part
			}
		}
	}
	return d.Text
}

// foundIn says where a date was found, as a reader would.
func foundIn(ctx context.Context, d news.Date) string { return foundAt(ctx, d.From) }

func foundAt(ctx context.Context, from string) string {
	switch from {
	case news.FromMetadata, news.FromByline, news.FromURL, news.FromFileName, news.FromText, news.FromCapture, news.FromGiven, news.FromHand:
		return Say(ctx, "from."+strings.ReplaceAll(from, " ", ""))
	case "":
		return ""
	}
	return Say(ctx, "from.other", from)
}

// doubted says what a source says of a date that cannot be, and that it is not used.
func doubted(ctx context.Context, d news.Doubt) string {
	switch d.Reason {
	case news.DoubtFuture, news.DoubtEarly, news.DoubtImpossible, news.DoubtUnset:
		return Say(ctx, "doubt."+d.Reason, d.Text, foundAt(ctx, d.From))
	}
	return Say(ctx, "doubt.other", d.Text, foundAt(ctx, d.From))
}

// ShowMonth is the month of a yyyy-mm without its year: "November".
func ShowMonth(ctx context.Context, s string) string {
	_, m, _, ok := splitDay(s)
	if !ok || m == 0 {
		return s
	}
	return wordsOf(ctx).Months[m-1]
}

// ShowMonthShort is the month of a yyyy-mm in short: "Nov".
func ShowMonthShort(ctx context.Context, s string) string {
	_, m, _, ok := splitDay(s)
	if !ok || m == 0 {
		return s
	}
	return wordsOf(ctx).MonthsShort[m-1]
}

// Weekdays are the names of the week's days in short, from Monday.
func Weekdays(ctx context.Context) []string {
	w := wordsOf(ctx).WeekdaysShort
	return w[:]
}
