package story

import (
	"strings"
	"unicode/utf8"
)

// stem takes the endings off English words by which reports of one thing differ
// ("flood", "floods", "flooded"). It is rough: what it makes is compared and never shown.
func stem(w string) string {
	if len(w) < 5 {
		return w
	}
	for i := range len(w) {
		if c := w[i]; c < 'a' || c > 'z' {
			return w
		}
	}
	for _, e := range endings {
		if rest, ok := strings.CutSuffix(w, e.of); ok && len(rest) >= e.least {
			w = rest + e.to
			break
		}
	}
	if n := len(w); n > 4 && w[n-1] == w[n-2] && !strings.ContainsRune("sleo", rune(w[n-1])) {
		w = w[:n-1] // stopp, robb
	}
	return strings.TrimSuffix(w, "e")
}

var endings = []struct {
	of, to string
	least  int
}{
	{"ingly", "", 4}, {"edly", "", 4}, {"ies", "y", 3}, {"ied", "y", 3}, {"ings", "", 4}, {"sses", "ss", 2}, {"ing", "", 3}, {"ers", "", 4},
	{"ed", "", 3}, {"es", "", 4}, {"ss", "ss", 2}, {"us", "us", 2}, {"is", "is", 2}, {"s", "", 3}, {"er", "", 4}, {"ly", "", 4},
}

// dropped reports whether a word tells nothing of what an article is about.
func dropped(w string) bool { return len(w) < 2 || stops[w] }

// short reports whether a word that is written small is too short to tell anything, in
// most languages of the Latin script.
func short(w string) bool {
	return len(w) <= 3 && utf8.RuneCountInString(w) == len(w) && (w[0] < '0' || w[0] > '9' || len(w) < 3)
}

// stops are the stems of words that any report may have.
var stops = stems(`about above according across after again against ago all almost along already also although always am among an and another any
	are around as asked at away back be became because become been before began behind being below beside between both but by came can cannot
	come could did do does done down due during each either else enough even ever every few first five for former found four from full further
	gave get give given go goes going gone got great had half has have he her here him his how however if in including instead into is it its
	itself just keep kept knew know known large last late later least left less like likely little long made make making many may me might
	more most much must my near nearly need never new next no nobody none nor not nothing now of off often old on once one only or other others
	our out over own part past people per perhaps place put quite rather read said same saw say saying says second see seen set several she should
	since six so some something soon still such take taken taking ten than that the their them then there these they thing things think third this
	those though thought three through time to today told tomorrow too took toward towards two under until up upon us use used using very want wanted
	was way we week weeks well went were what when where whether which while who whole whom whose why will with within without would year
	years yesterday yet you your says spokesman spokeswoman spokesperson added reported report reports
	monday tuesday wednesday thursday friday saturday sunday january february march april may june july august september october november december
	morning afternoon evening night day days month months hour hours minute minutes mr mrs ms dr sir`)

func stems(list string) map[string]bool {
	m := map[string]bool{}
	for w := range strings.FieldsSeq(list) {
		m[w], m[stem(w)] = true, true
	}
	return m
}
