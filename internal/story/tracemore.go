package story

import (
	"math"
	"slices"
	"strconv"
	"strings"

	"backfile/internal/news"
)

// The most of each sort that a trace has of what is neither word nor name.
const (
	maxNumbers   = 10
	maxCountries = 4
	maxAreas     = 8
)

// tensOf and unitsOf are numbers in words, as far as anybody writes them so.
var tensOf = map[string]int{"twenty": 20, "thirty": 30, "forty": 40, "fifty": 50, "sixty": 60, "seventy": 70, "eighty": 80, "ninety": 90}

var unitsOf = map[string]int{"one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9,
	"eleven": 11, "twelve": 12, "thirteen": 13, "fourteen": 14, "fifteen": 15, "sixteen": 16, "seventeen": 17, "eighteen": 18, "nineteen": 19}

// number takes a word in as a figure where it is one: "2,400", "£1.9bn", "twenty-seven".
// Years are none, nor is what is below ten.
func (m *maker) number(raw, fold, gap string) bool {
	tens := m.tens
	m.tens = 0
	if n, ok := unitsOf[fold]; ok {
		if tens > 0 && n < 10 && gap == "-" {
			m.numbers[len(m.numbers)-1] = strconv.Itoa(tens + n)
			return true
		}
		if n > 10 {
			m.figure(strconv.Itoa(n))
		}
		return n > 10
	}
	if n, ok := tensOf[fold]; ok {
		if m.figure(strconv.Itoa(n)) {
			m.tens = n
		}
		return true
	}
	if fold[0] < '0' || fold[0] > '9' {
		return false
	}
	n := strings.TrimRight(fold, "abcdefghijklmnopqrstuvwxyz%")
	if strings.Trim(n, "0123456789.") != "" || len(n) < 2 || strings.HasPrefix(n, "0") {
		return false
	}
	if len(n) == 4 && len(raw) == 4 && (n[:2] == "19" || n[:2] == "20" || n[:2] == "18") {
		return true
	}
	m.figure(strings.TrimSuffix(n, "."))
	return true
}

// figure keeps a figure, unless there are enough of them; it says whether it is the last.
func (m *maker) figure(n string) bool {
	if slices.Contains(m.numbers, n) || len(m.numbers) == maxNumbers {
		return false
	}
	m.numbers = append(m.numbers, n)
	return true
}

func (m *maker) country(code string) {
	if code != "" && len(m.countries) < maxCountries && !slices.Contains(m.countries, code) {
		m.countries = append(m.countries, code)
	}
}

// moreTerms are the figures of the article, its countries, and where its places are.
func (m *maker) moreTerms(a *news.Article) []Term {
	var out []Term
	for _, n := range m.numbers {
		out = append(out, Term{hash(kindNumber, n), 8})
	}
	areas := 0
	for _, p := range a.Places {
		m.country(p.Country)
		if p.Lat == nil || p.Lon == nil || areas == maxAreas {
			continue
		}
		if t := (Term{areaHash(*p.Lat, *p.Lon), eighths(1 + math.Log(float64(max(p.Count, 1))))}); !slices.ContainsFunc(out, func(o Term) bool { return o.Hash == t.Hash }) {
			areas++
			out = append(out, t)
		}
	}
	for _, c := range m.countries {
		out = append(out, Term{hash(kindCountry, c), 8})
	}
	return out
}

// areaHash holds where a place is to a tenth of a degree.
func areaHash(lat, lon float64) uint32 {
	y := uint32(min(max((lat+90)*10, 0), 1800))
	x := uint32(min(max((lon+180)*10, 0), 3600))
	return (y*3601+x)<<kindBits | uint32(kindArea)
}

// area is where the term says.
func (t Term) area() (lat, lon float64) {
	n := t.Hash >> kindBits
	return float64(n/3601)/10 - 90, float64(n%3601)/10 - 180
}
