package story

import (
	"math"
	"strconv"
	"strings"
)

// numberWords are the values of numbers that are written out. "One" is a word of its own
// as often as not.
var numberWords = map[string]float64{
	"two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9, "ten": 10, "eleven": 11, "twelve": 12, "thirteen": 13,
	"fourteen": 14, "fifteen": 15, "sixteen": 16, "seventeen": 17, "eighteen": 18, "nineteen": 19, "twenty": 20, "thirty": 30, "forty": 40, "fifty": 50,
	"sixty": 60, "seventy": 70, "eighty": 80, "ninety": 90, "hundred": 100, "thousand": 1000, "one": 1,
}

// scales are what stands behind a number and multiplies it.
var scales = map[string]float64{
	"hundred": 100, "thousand": 1000, "k": 1000, "million": 1e6, "m": 1e6, "mn": 1e6, "billion": 1e9, "bn": 1e9, "trillion": 1e12, "tn": 1e12,
}

// number reads the number that begins at word i of a sentence. n is how many words it
// takes, 0 for none; digits says that it is written in figures.
func (l *lexicon) number(ws []word, i int) (value float64, n int, digits bool) {
	w := ws[i].fold
	if w[0] >= '0' && w[0] <= '9' {
		end := len(w)
		for end > 0 && (w[end-1] < '0' || w[end-1] > '9') {
			end--
		}
		v, err := strconv.ParseFloat(l.plain(w[:end]), 64)
		if err != nil {
			return 0, 0, false
		}
		if s := w[end:]; s != "" {
			scale, ok := l.scales[s]
			if !ok {
				return 0, 0, false // 7am, 21st, 3rd
			}
			return round(v * scale), 1, true
		}
		if l.comma && len(w) <= 3 && i+1 < len(ws) && ws[i+1].close && threeDigits(ws[i+1].fold) { // "3 000"
			rest, err := strconv.ParseFloat(ws[i+1].fold, 64)
			if err != nil {
				return 0, 0, false
			}
			return v*1000 + rest, 2, true
		}
		if i+1 < len(ws) && ws[i+1].close {
			if scale, ok := l.scales[ws[i+1].fold]; ok {
				return round(v * scale), 2, true
			}
		}
		return v, 1, true
	}
	v, ok := l.numberWords[w]
	if !ok {
		return 0, 0, false
	}
	n = 1
	for i+n < len(ws) && ws[i+n].close {
		next := ws[i+n].fold
		switch scale := l.scales[next]; {
		case scale > 0:
			v *= scale
		case v >= 20 && v < 100 && l.numberWords[next] > 0 && l.numberWords[next] < 10:
			v += l.numberWords[next]
		case v >= 100 && next == l.and && i+n+1 < len(ws) && l.numberWords[ws[i+n+1].fold] > 0 && l.numberWords[ws[i+n+1].fold] < 100:
			n++
			v += l.numberWords[ws[i+n].fold]
		default:
			return v, n, false
		}
		n++
	}
	return v, n, false
}

// threeDigits reports whether a word is three figures, as behind a space in 3 000.
func threeDigits(w string) bool {
	return len(w) == 3 && strings.Trim(w, "0123456789") == ""
}

// plain is a number in figures with a point before its fraction and nothing else.
func (l *lexicon) plain(w string) string {
	if !l.comma {
		return strings.ReplaceAll(w, ",", "")
	}
	return strings.ReplaceAll(strings.ReplaceAll(w, ".", ""), ",", ".")
}

// round takes off what a binary fraction makes of 1.1 × 1,000,000.
func round(v float64) float64 { return math.Round(v*1000) / 1000 }
