package ingest

import "strings"

// timeReach is how many tokens a time of day may stand from its date.
const timeReach = 5

// time finds the time of day behind the date that takes the tokens from start
// to end, or else before it ("16:17 GMT, 2 December 2021").
func (p *printed) time(ts []dateToken, start, end int) {
	for i := end; i < min(end+timeReach, len(ts)); i++ {
		if p.timeAt(ts, i) {
			return
		}
		if t := ts[i]; t.number >= 0 || t.sign == '|' || (t.word != "" && !beforeTime[t.word] && !weekdays[t.word]) {
			break // what is behind it is something else's
		}
	}
	for i := start - 1; i >= max(0, start-timeReach-5); i-- {
		sign := at(ts, i-1).sign
		inTime := (sign == ':' || sign == '.') && at(ts, i-2).number >= 0
		if ts[i].number >= 0 && !inTime && p.timeAt(ts, i) {
			return
		}
	}
}

// beforeTime are the words that stand between a date and its time of day.
var beforeTime = foldSet(`at um kl klo a las los à alle ore om la в о об u t pukul saat klokken kell um: time hora heure uur às as time est edt
	et gmt bst 오전 오후 午前 午後 um`)

// timeAt reads the time of day that begins at token i: 16:17, 16.17 Uhr, 16h17,
// 4:17 pm, 4pm, 23時17分, T16:17:05.123+01:00.
func (p *printed) timeAt(ts []dateToken, i int) bool {
	h := at(ts, i)
	if !h.isNumber(1, 2) || h.number > 24 {
		return false
	}
	minute, second, j := 0, -1, i+1
	bare := true // a number alone is an hour only with am or pm
	switch sep := at(ts, j); {
	case sep.sign == ':' && at(ts, j+1).isNumber(2, 2):
		minute, j, bare = at(ts, j+1).number, j+2, false
		if at(ts, j).sign == ':' && at(ts, j+1).isNumber(2, 2) {
			second, j = at(ts, j+1).number, j+2
			if at(ts, j).sign == '.' && at(ts, j+1).isNumber(1, 9) {
				j += 2
			}
		}
	case sep.sign == '.' && !at(ts, j+1).space && at(ts, j+1).isNumber(2, 2) && !(at(ts, j+2).sign == '.' && at(ts, j+3).number >= 0):
		after := at(ts, j+2).word
		if before := at(ts, i-1).word; after != "uhr" && after != "am" && after != "pm" && after != "a" && after != "p" && before != "kl" && before != "um" {
			return false
		}
		minute, j, bare = at(ts, j+1).number, j+2, false
	case (sep.word == "h" || sep.word == "時" || sep.word == "시") && at(ts, j+1).isNumber(2, 2):
		minute, j, bare = at(ts, j+1).number, j+2, false
		j = skip(ts, j, 1, "分", "분")
	case sep.word == "uhr":
		bare = false
	}
	hour := h.number
	half := at(ts, j).word
	if (half == "a" || half == "p") && at(ts, skip(ts, j+1, 1, ".")).word == "m" {
		half += "m"
		j = skip(ts, skip(ts, j+1, 1, ".")+1, 1, ".") - 1
	}
	switch {
	case half == "am" || half == "pm":
		if hour < 1 || hour > 12 {
			if bare || hour > 23 {
				return false
			}
		} else if hour %= 12; half == "pm" {
			hour += 12
		}
		j++
		bare = false
	}
	if bare || hour > 23 || minute > 59 || second > 60 {
		return false
	}
	p.hour, p.minute, p.second = hour, minute, min(second, 59)
	p.zone = zoneAt(ts, j)
	return true
}

// zoneAt reads the offset that stands at token i: Z, UTC+2, GMT, BST, +01:00,
// -0500. A zone's name that is not known, or known to mean several, is none.
func zoneAt(ts []dateToken, i int) int {
	i = skip(ts, i, 2, "uhr", "(", "分", "hrs", "hours", ",")
	t := at(ts, i)
	named, ok := zones[t.word]
	if t.word != "" {
		if !ok || named == noZone {
			return noZone
		}
		if named != 0 {
			return named
		}
		if t.word != "z" && !at(ts, i+1).space {
			if z := numericZone(ts, i+1); z != noZone {
				return z
			}
		}
		return 0
	}
	return numericZone(ts, i)
}

func numericZone(ts []dateToken, i int) int {
	sign := at(ts, i).sign
	h := at(ts, i+1)
	if (!strings.ContainsRune("+-−", sign)) || h.number < 0 || h.space {
		return noZone
	}
	minutes := 0
	switch {
	case h.digits == 4:
		minutes = h.number/100*60 + h.number%100
	case h.digits <= 2 && at(ts, i+2).sign == ':' && at(ts, i+3).isNumber(2, 2):
		minutes = h.number*60 + at(ts, i+3).number
	case h.digits <= 2:
		minutes = h.number * 60
	default:
		return noZone
	}
	if minutes > 14*60 {
		return noZone
	}
	if sign != '+' {
		minutes = -minutes
	}
	return minutes
}
