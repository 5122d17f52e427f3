package main

import (
	"regexp"
	"strconv"
	"strings"
	"time"

	"backfile/internal/news"
)

// goldClock is how the gold writes an instant without an offset.
const goldClock = "2006-01-02 15:04:05"

// sameInstant reports whether got is the gold's instant, within a minute. ok is
// false where the gold has no time of day: midnight stands for that.
func sameInstant(got news.Date, want string) (right, ok bool) {
	zoned := true
	w, err := time.Parse(goldClock+"-07:00", want)
	if err != nil {
		zoned = false
		if w, err = time.Parse(goldClock, want); err != nil {
			return false, false
		}
	}
	if w.Hour() == 0 && w.Minute() == 0 && w.Second() == 0 {
		return false, false
	}
	g, found := got.Time()
	if !found || (got.Precision != news.Minute && got.Precision != news.Second) || zoned && !got.HasZone() {
		return false, true
	}
	if !zoned { // the clock on the wall
		g = time.Date(g.Year(), g.Month(), g.Day(), g.Hour(), g.Minute(), g.Second(), 0, time.UTC)
	}
	return g.Sub(w).Abs() <= time.Minute, true
}

// printsDay reports whether text holds the day of published, in figures or with
// the month's name between day and year, whatever the language.
func printsDay(text, published string) bool {
	if len(published) < len(time.DateOnly) {
		return false
	}
	part := strings.Split(published[:len(time.DateOnly)], "-")
	if len(part) != 3 {
		return false
	}
	y, m, d := part[0], figure(part[1]), figure(part[2])
	const sep = `\s?[./年月-]\s?`
	re := regexp.MustCompile(`(^|\D)(` + d + `(st|nd|rd|th|er|º)?[\s.,]{1,2}(de |d')?\pL[\pL\pM]{2,12}[\s.,]{1,3}(de |del )?` + y +
		`|\pL[\pL\pM]{2,12}[\s.]{1,2}` + d + `(st|nd|rd|th)?,? ` + y +
		`|` + d + sep + m + sep + `(` + y + `|` + y[2:] + `)|` + m + sep + d + sep + y +
		`|` + y + sep + m + sep + d + `)(\D|$)`)
	return re.MatchString(text)
}

// figure matches a number of one or two digits, with or without a nought before it.
func figure(s string) string {
	n, err := strconv.Atoi(s)
	if err != nil {
		return s
	}
	return "0?" + strconv.Itoa(n)
}

// isEnglish reports whether a text is English, by its commonest words.
func isEnglish(s string) bool {
	ws := words(s)
	n := 0
	for _, w := range ws {
		switch w {
		case "the", "of", "and", "to", "that", "with", "was", "is", "for":
			n++
		}
	}
	return n*8 > len(ws)
}
