package story

import (
	"slices"
	"strings"

	"backfile/internal/text"
)

// Figure is a number in a report and what it counts.
type Figure struct {
	// What is counted: one of the Counted constants, or a word of the text ("engines").
	What string
	// Value is the number; of money in whole units of Unit, of a share in per cent.
	Value float64
	// Unit is the sign of a currency, "%", or "" for a count.
	Unit string
	// Text is the number as it is printed, with what hedges it: "at least 12", "£1.2m".
	Text string
	// Sentence is where it stands in the body.
	Sentence text.Range
}

// What figures count, where the words for it differ.
const (
	CountedDead      = "dead"
	CountedInjured   = "injured"
	CountedMissing   = "missing"
	CountedIll       = "ill"
	CountedEvacuated = "evacuated"
	CountedRescued   = "rescued"
	CountedArrested  = "arrested"
	CountedPower     = "power"
	CountedHomes     = "homes"
	CountedDamage    = "damage"
	CountedCost      = "cost"
	CountedFine      = "fine"
	CountedOffer     = "offer"
	CountedTurnout   = "turnout"
)

// word is a word of a sentence.
type word struct {
	fold       string
	start, end int
	// close says that nothing but space or a hyphen parts it from the word before.
	close bool
	// before is the sign in front of it.
	before byte
	// money is the currency's sign in front of it, "" for none; percent that a per cent
	// sign is behind it.
	money   string
	percent bool
}

// Counts reports whether figures are known in a language (BCP 47): English, German, French
// and Spanish. "" is taken for English.
func Counts(language string) bool { return wordsFor(language) != nil }

// Figures are the numbers in a body of that language of which it is clear what they count:
// the dead, the injured, damage, votes; none where Counts is false. Of several of one thing
// the first counts, since later ones are as a rule its parts, or others' (the toll of
// another year).
func Figures(body, language string) []Figure {
	l := wordsFor(language)
	if l == nil {
		return nil
	}
	var out []Figure
	n := 0
	for r := range text.Sentences(body) {
		if n++; n > mostSentences {
			break
		}
		for _, f := range l.figuresIn(body[r.Start:r.End]) {
			f.Sentence = r
			if !slices.ContainsFunc(out, func(o Figure) bool { return o.What == f.What && o.Unit == f.Unit }) {
				out = append(out, f)
			}
		}
	}
	return out
}

func wordsOf(s string) []word {
	var out []word
	from := 0
	for t := range text.Tokens(s) {
		w := word{fold: t.Fold, start: t.Start, end: t.End}
		gap := s[from:t.Start]
		w.close = len(out) > 0 && strings.Trim(gap, " -\u00a0\u202f") == ""
		for _, sign := range []string{"£", "$", "€"} {
			if strings.HasSuffix(gap, sign) {
				w.money, w.start = sign, t.Start-len(sign)
				w.close = w.close || strings.Trim(strings.TrimSuffix(gap, sign), " ") == ""
			}
		}
		w.percent = strings.HasPrefix(strings.TrimLeft(s[t.End:], " \u00a0\u202f"), "%")
		if t.Start > 0 {
			w.before = s[t.Start-1]
		}
		out = append(out, w)
		from = t.End
	}
	return out
}

func (l *lexicon) figuresIn(s string) []Figure {
	ws := wordsOf(s)
	if l.elides {
		for i, w := range ws {
			if before, rest, ok := strings.Cut(strings.ReplaceAll(s[w.start:w.end], "’", "'"), "'"); ok && len(before) <= 2 && rest != "" {
				ws[i].fold = text.FoldWord(rest)
			}
		}
	}
	var out []Figure
	for i := 0; i < len(ws); {
		v, n, digits := l.number(ws, i)
		if n == 0 {
			i++
			continue
		}
		if f, ok := l.figure(ws, i, n, v, digits); ok {
			f.Text = l.printed(s, ws, i, n, f.Unit)
			out = append(out, f)
		}
		i += n
	}
	return out
}

// figure says what the number at ws[i:i+n] counts; ok is false where that is not clear.
func (l *lexicon) figure(ws []word, i, n int, v float64, digits bool) (f Figure, ok bool) {
	f.Value = v
	behind := i + n
	next := func(k int) string {
		if behind+k < len(ws) && (k > 0 || ws[behind].close) {
			return ws[behind+k].fold
		}
		return ""
	}
	switch {
	case ws[i].money != "":
		f.Unit = ws[i].money
		f.What, ok = l.near(ws, i, n, l.moneyCues, 10)
		return f, ok
	case l.currency(ws, behind) != "":
		f.Unit = l.currency(ws, behind)
		f.What, ok = l.near(ws, i, n, l.moneyCues, 10)
		return f, ok
	case ws[behind-1].percent || next(0) == l.percent || next(0) == "percent" || next(0) == "per" && next(1) == "cent":
		f.Unit = "%"
		f.What, ok = l.near(ws, i, n, l.shareCues, 6)
		return f, ok
	case digits && v >= 1900 && v < 2100 && n == 1 && len(ws[i].fold) == 4 || !digits && v == 1 && n == 1:
		return f, false // a year; "one of them"
	case i > 0 && (l.months[ws[i-1].fold] || l.ages[ws[i-1].fold]) || l.months[next(0)] || i > 0 && ws[i].before == '-' && digits:
		return f, false
	}
	if next(0) == "the" && next(1) == "number" { // "brings to eight the number of people who died"
		f.What, ok = l.near(ws, i, n, l.outcomes, 12)
		return f, ok
	}
	// The word that is counted stands behind the number, with a word or two between.
	for k := range 4 {
		w := next(k)
		switch {
		case w == "" || k > 0 && !ws[behind+k].close:
		case l.measures[w]:
			return f, false
		case l.outcomes[w] != "":
			f.What = l.outcomes[w]
			return f, true
		case l.people[w]:
			f.What, ok = l.near(ws, i, n+k+1, l.cues(), 7)
			return f, ok
		case l.houses[w]:
			if f.What, ok = l.near(ws, i, n+k+1, l.houseCues, 5); !ok {
				f.What = CountedHomes
			}
			return f, true
		case k > 0 && (l.clauseWords[w] || l.numberWords[w] > 0):
		case l.plurals && l.counted(w) && (k == 0 || k == 1 && !l.clauseWords[next(0)]):
			f.What = w
			return f, true
		default:
			continue
		}
		break
	}
	// "the number of dead in the earthquake rose to seven"
	if i > 1 && ws[i-1].fold == l.to && l.rises[ws[i-2].fold] {
		for k := i - 3; k >= max(0, i-16); k-- {
			if o := l.outcomes[ws[k].fold]; o != "" && o != CountedEvacuated {
				f.What = o
				return f, true
			}
		}
	}
	// "killed eight", "the number of dead rose to seven", "a death toll of 12".
	for k := i - 1; k >= 0 && i-k <= 7; k-- {
		w := ws[k].fold
		if o := l.outcomes[w]; o != "" && (o == CountedDead || o == CountedInjured || o == CountedMissing) {
			f.What = o
			return f, true
		}
		if !l.bridges[w] {
			break
		}
	}
	return f, false
}

// near is what the nearest of the cues around a number says, those behind it first. Another
// number ends the search, and so does the end of a clause in front of it.
func (l *lexicon) near(ws []word, i, n int, cues map[string]string, reach int) (what string, ok bool) {
	for k := i + n; k < len(ws) && k < i+n+reach; k++ {
		if c, ok := cues[ws[k].fold]; ok {
			return c, true
		}
		if _, m, _ := l.number(ws, k); m > 0 && l.numberWords[ws[k].fold] != 1 {
			break
		}
	}
	for k := i - 1; k >= 0 && k >= i-reach; k-- {
		if c, ok := cues[ws[k].fold]; ok {
			return c, true
		}
		if _, m, _ := l.number(ws, k); m > 0 && l.numberWords[ws[k].fold] != 1 || !ws[k+1].close && k+1 < i {
			break
		}
	}
	return "", false
}

// currency is the sign of the currency that stands behind a number as a word, or "".
func (l *lexicon) currency(ws []word, behind int) string {
	for k := behind; k < len(ws) && k < behind+2; k++ {
		if c := l.currencies[ws[k].fold]; c != "" {
			return c
		}
		if w := ws[k].fold; w != "de" && w != "d" {
			return ""
		}
	}
	return ""
}

// printed is the number as it stands, with the words that hedge it.
func (l *lexicon) printed(s string, ws []word, i, n int, unit string) string {
	from := i
	switch {
	case i == 0 || !ws[i].close:
	case i > 1 && ws[i-1].close && l.hedges[ws[i-2].fold+" "+ws[i-1].fold]:
		from = i - 2
	case l.hedges[ws[i-1].fold]:
		from = i - 1
	}
	end := ws[i+n-1].end
	if ws[i].money == "" && unit != "" && unit != "%" { // "12 millions d’euros"
		for k := i + n; k < len(ws) && k < i+n+2; k++ {
			if l.currencies[ws[k].fold] != "" {
				end = ws[k].end
				break
			}
		}
	}
	if unit == "%" {
		if sign := strings.Index(s[end:], "%"); ws[i+n-1].percent {
			end += sign + 1
		} else {
			for k := i + n; k < len(ws) && k < i+n+2 && (ws[k].fold == "per" || ws[k].fold == "cent" || ws[k].fold == l.percent); k++ {
				end = ws[k].end
			}
		}
	}
	return s[ws[from].start:end]
}
