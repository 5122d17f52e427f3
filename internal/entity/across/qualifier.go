package across

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"backfile/internal/text"
)

func fold(s string) string { return text.Fold(s) }

// qualifier tells a person from the namesakes: by role, else by place, else by decade;
// by two of them where one is taken.
func qualifier(s *summary, taken map[string]bool) string {
	var try []string
	for _, q := range []string{role(s), place(s), decade(s)} {
		if q != "" {
			try = append(try, q)
		}
	}
	for i, q := range slices.Clone(try) {
		for _, r := range try[i+1:] {
			try = append(try, q+", "+r)
		}
	}
	for _, q := range try {
		if !taken[fold(q)] {
			taken[fold(q)] = true
			return q
		}
	}
	for i := 2; ; i++ {
		if q := strings.TrimSpace(fmt.Sprint(cmp.Or(strings.Join(try, ", "), "another"), " ", i)); !taken[q] {
			taken[q] = true
			return q
		}
	}
}

// role is what most articles say the person is, as a word in a sentence.
func role(s *summary) string {
	count := map[string]int{}
	for _, r := range s.roles {
		w := r.Key
		if letters[w] {
			w = strings.ToUpper(w)
		}
		count[w] += 1
		if r.class != anyRole {
			count[w]++ // says more
		}
	}
	return most(count)
}

// letters are roles of initials.
var letters = set("mp msp ms mep td qc kc gp ceo dj")

func place(s *summary) string {
	count := map[string]int{}
	for _, x := range s.articles {
		for _, name := range x.Near {
			count[name]++
		}
	}
	return most(count)
}

func decade(s *summary) string {
	if len(s.years) == 0 {
		return ""
	}
	return fmt.Sprintf("%d0s", s.years[len(s.years)/2]/10)
}

// most is the commonest, the first by name of several.
func most(count map[string]int) string {
	best := ""
	for w, n := range count {
		if best == "" || n > count[best] || n == count[best] && w < best {
			best = w
		}
	}
	return best
}

// article puts "a" or "an" before a role.
func article(role string) string {
	switch {
	case role == "":
		return "something else"
	case strings.ContainsRune("aeiou", rune(role[0])), letters[strings.ToLower(role)] && strings.ContainsRune("M", rune(role[0])):
		return "an " + role
	}
	return "a " + role
}
