package across

import "strings"

// skeleton is a family name without what differs between the ways of writing it in
// Latin letters: Zelensky, Zelenskyy and Zelenskiy have one, and so have Gaddafi and
// Qaddafi, Schröder and Schroeder, Romanov and Romanoff.
func skeleton(s string) string {
	s = unparted.Replace(s)
	if rest, ok := strings.CutPrefix(s, "al"); ok && len(rest) >= 5 {
		s = rest
	}
	s = transcribed.Replace(s)
	var b strings.Builder
	for i := range len(s) {
		if i == 0 || s[i] != s[i-1] {
			b.WriteByte(s[i])
		}
	}
	s = b.String()
	for _, e := range []string{"iy", "ij", "yi", "yj", "y", "i", "j"} {
		if rest, ok := strings.CutSuffix(s, e); ok && strings.HasSuffix(rest, "k") && len(rest) > 3 {
			return rest + "i" // -sky, -skyy, -skiy, -skij, -ski
		}
	}
	for _, e := range []string{"of", "ef"} {
		if rest, ok := strings.CutSuffix(s, e); ok && len(rest) > 3 {
			return rest + e[:1] + "v"
		}
	}
	return s
}

var unparted = strings.NewReplacer("-", "", " ", "")

// transcribed are letters for one sound of another script; longer ones first.
var transcribed = strings.NewReplacer(
	"tsch", "ch", "shch", "sh", "tch", "ch", "sch", "sh", "dzh", "j", "kh", "h", "gh", "g", "dh", "d", "zh", "j", "ph", "f",
	"ts", "z", "tz", "z", "ou", "u", "oo", "u", "ae", "a", "oe", "o", "ue", "u", "q", "k", "ks", "x", "w", "v",
	"iya", "ia", "ija", "ia", "ya", "ia", "ja", "ia", "yu", "u", "iu", "u", "yo", "o", "ye", "e",
)

// alike reports whether two family names are one written in two ways: by the same
// skeleton, or (near) with one letter more, less or another among eight and more.
func alike(a, b string) (ok, near bool) {
	if a == b {
		return true, false
	}
	if len(a) < 5 || len(b) < 5 || len(a)-len(b) > 4 || len(b)-len(a) > 4 || !beginAlike(a[0], b[0]) {
		return false, false
	}
	sa, sb := skeleton(a), skeleton(b)
	if sa == sb || strings.Contains(a+b, "q") && strings.ReplaceAll(sa, "g", "k") == strings.ReplaceAll(sb, "g", "k") {
		return true, false // Gaddafi, Qaddafi
	}
	if len(sa) >= 8 && len(sb) >= 8 && oneApart(sa, sb) {
		return true, true
	}
	return false, false
}

// beginAlike reports whether two first letters may be of one sound, or an article before
// the name ("al-"): a quick look before a thorough one.
func beginAlike(a, b byte) bool {
	if a == b || a == 'a' || b == 'a' {
		return true
	}
	for _, sound := range []string{"gkqhc", "jyidz", "sztc", "vwfp", "uo"} {
		if strings.IndexByte(sound, a) >= 0 && strings.IndexByte(sound, b) >= 0 {
			return true
		}
	}
	return false
}

// vowelApart reports whether two given names differ in one vowel inside, as Muammar and
// Moammar do.
func vowelApart(a, b string) bool {
	if len(a) != len(b) || len(a) < 6 {
		return false
	}
	n := 0
	for i := range len(a) {
		if a[i] == b[i] {
			continue
		}
		if i == 0 || i == len(a)-1 || !strings.ContainsRune("aeiou", rune(a[i])) || !strings.ContainsRune("aeiou", rune(b[i])) {
			return false
		}
		n++
	}
	return n == 1
}

// oneApart reports whether one letter more, less or another makes a of b.
func oneApart(a, b string) bool {
	if len(a) < len(b) {
		a, b = b, a
	}
	if len(a)-len(b) > 1 {
		return false
	}
	i := 0
	for i < len(b) && a[i] == b[i] {
		i++
	}
	if len(a) == len(b) {
		return i < len(a) && a[i+1:] == b[i+1:]
	}
	return a[i+1:] == b[i:]
}
