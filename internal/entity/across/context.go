package across

import (
	"regexp"
	"slices"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"backfile/internal/news"
	"backfile/internal/text"
)

// word is one of the words beside a name.
type word struct {
	fold    string
	capital bool
	// tight says that nothing but space and hyphens parts it from the next one.
	tight bool
	// text is the word as printed, gap what stands behind it.
	text, gap string
}

// wordsOf are the words of s, at most n: the last ones if back.
func wordsOf(s string, n int, back bool) []word {
	if limit := 24 * n; len(s) > limit {
		if back {
			s = s[len(s)-limit:]
		} else {
			s = s[:limit]
		}
		s = strings.ToValidUTF8(s, "")
	}
	var out []word
	last := 0
	for t := range text.Tokens(s) {
		if len(out) > 0 {
			out[len(out)-1].behind(s[last:t.Start])
		}
		r, _ := utf8.DecodeRuneInString(s[t.Start:])
		out = append(out, word{fold: t.Fold, capital: unicode.IsUpper(r), text: s[t.Start:t.End]})
		if last = t.End; !back && len(out) == n {
			break
		}
	}
	if len(out) > 0 {
		out[len(out)-1].behind(s[last:])
	}
	if back && len(out) > n {
		out = out[len(out)-n:]
	}
	return out
}

func (w *word) behind(gap string) {
	w.gap = gap
	w.tight = strings.Trim(gap, " \u00a0\n-’'.") == "" && !strings.Contains(gap, "\n\n")
}

// surroundings reads what stands directly before and behind a name.
func (x *Sighting) surroundings(name, left, right, lang string) {
	whole := strings.Contains(name, " ")
	x.before(left, whole, strings.HasPrefix(right, ","))
	right = x.behindSuffix(right)
	if m := ageBehind.FindStringSubmatch(right); m != nil && (whole || m[1] == "") {
		if m[1] == "" || agedInBrackets[lang] {
			x.age(m[2] + m[1])
			right = right[len(m[0])-1:]
		}
	} else if m := ageSaid.FindStringSubmatch(right); m != nil {
		x.age(m[1])
	}
	x.behind(right)
}

// The ages of "Reid, 45, said", "Reid (45)", "Reid, aged 45," and "Reid was 45 years old".
var (
	ageBehind = regexp.MustCompile(`^(?:\s*,?\s*\(([1-9]\d?|10\d)|\s*,?\s*(?:who is |then |now )?(?:aged? |,\s*)([1-9]\d?|10\d))(?:[),.;]|\s(?:and|of|from|who)\b)`)
	ageSaid   = regexp.MustCompile(`^,?\s*(?:who\s+)?(?:is|was)\s+(?:only\s+|just\s+)?([1-9]\d?|10\d) years (?:old|of age)`)
)

// agedInBrackets are the languages in which a number in brackets behind a name is an
// age; in English it is as often the minute of a goal.
var agedInBrackets = map[string]bool{"de": true, "nl": true, "de-DE": true, "de-AT": true, "de-CH": true, "nl-NL": true, "nl-BE": true}

func (x *Sighting) age(s string) {
	n, err := strconv.Atoi(s)
	if err == nil && n > 0 && x.Year > 0 {
		x.Born = append(x.Born, x.Year-n-1)
	}
}

// honoured are the honorifics that tell a sex.
var honoured = map[string]byte{
	"mr": 'm', "sir": 'm', "lord": 'm', "herr": 'm', "monsieur": 'm', "señor": 'm', "senor": 'm', "signor": 'm', "meneer": 'm', "king": 'm', "prince": 'm', "father": 'm',
	"mrs": 'f', "ms": 'f', "miss": 'f', "dame": 'f', "lady": 'f', "baroness": 'f', "frau": 'f', "madame": 'f', "mme": 'f', "mlle": 'f', "senora": 'f', "signora": 'f',
	"mevrouw": 'f', "queen": 'f', "princess": 'f', "sister": 'f',
}

// neutral are honorifics that do not.
var neutral = set("dr prof professor rev revd reverend hon cllr the rt right honourable")

// introduced reads "The Foreign Secretary, …," before a name between commas.
func (x *Sighting) introduced(ws []word) {
	ws[len(ws)-1].tight = true
	for i := len(ws) - 1; i >= 0; i-- {
		if !ws[i].tight {
			return
		}
		if ws[i].fold != "the" {
			continue
		}
		key, c, former, n := endRole(folds(ws[i+1:]))
		if n > 0 && n == len(ws)-i-1 {
			x.role(Role{Key: key, class: c, Former: former, Text: printed(ws[i+1:], former)})
		}
		return
	}
}

// before reads the words in front of a name: honorific, role, age. A name between
// commas stands in apposition to them.
func (x *Sighting) before(left string, whole, apposed bool) {
	ws := wordsOf(left, 9, true)
	if len(ws) == 0 {
		return
	}
	if !ws[len(ws)-1].tight {
		if apposed && strings.HasSuffix(strings.TrimRight(left, " "), ",") {
			x.introduced(ws)
		}
		return
	}
	// Only what hangs together with the name.
	for i := len(ws) - 2; i >= 0; i-- {
		if !ws[i].tight {
			ws = ws[i+1:]
			break
		}
	}
	for len(ws) > 0 {
		f := ws[len(ws)-1].fold
		if s := honoured[f]; s != 0 {
			// Whose surname stands alone was worked out, and may be a relative's.
			if k := len(ws); whole && (k < 2 || ws[k-2].fold != "and" && ws[k-2].fold != "und") { // "Mr and Mrs John Reid"
				x.sex(s)
			}
		} else if !neutral[f] {
			break
		}
		ws = ws[:len(ws)-1]
	}
	key, c, former, n := endRole(folds(ws))
	rest := ws[:len(ws)-n]
	if n > 0 {
		r := Role{Key: key, class: c, Former: former, Text: printed(ws[len(ws)-n:], former)}
		// "Motherwell MP John Reid", "the Leeds United striker".
		of := len(rest)
		for of > 0 && len(rest)-of < 2 && rest[of-1].capital && !determiners[rest[of-1].fold] {
			of--
		}
		r.Of = strings.Join(folds(rest[of:]), " ")
		x.role(r)
	}
	if k := len(rest); k >= 3 && rest[k-1].fold == "old" && (rest[k-2].fold == "year" || rest[k-2].fold == "years") {
		x.age(rest[k-3].fold)
	}
}

func (x *Sighting) sex(s byte) {
	if x.Sex == 0 {
		x.Sex = s
	} else if x.Sex != s {
		x.Sex = '?' // the article says both, which is neither
	}
}

func (x *Sighting) role(r Role) {
	if len(x.Roles) < 8 && !slices.ContainsFunc(x.Roles, func(o Role) bool { return o.Key == r.Key && o.Of == r.Of }) {
		x.Roles = append(x.Roles, r)
	}
}

// printed is a role as readers are told of it.
func printed(ws []word, former bool) string {
	if former && len(ws) > 1 && past[ws[0].fold] {
		ws = ws[1:]
	}
	var b strings.Builder
	for i, w := range ws {
		b.WriteString(w.text)
		if i < len(ws)-1 {
			b.WriteString(w.gap)
		}
	}
	return strings.Join(strings.Fields(b.String()), " ")
}

func folds(ws []word) []string {
	out := make([]string, len(ws))
	for i, w := range ws {
		out[i] = w.fold
	}
	return out
}

// behindSuffix takes "Jr." or ", senior," off what follows a name.
func (x *Sighting) behindSuffix(right string) string {
	m := suffixBehind.FindStringSubmatch(right)
	if m == nil {
		return right
	}
	x.Suffix = suffixes[strings.ToLower(m[1]+m[2])]
	return right[len(m[1])+strings.Index(right, m[1]+m[2])+len(m[2]):]
}

// "Duff, senior lecturer" is no suffix.
var suffixBehind = regexp.MustCompile(`^,?\s*(?:(Jr|Jnr|Sr|Snr)\b|(Junior|Senior|junior|senior)(?:[,.;)]|$))`)

var determiners = set("the a an his her its their our my this that then now who is was has been of as and new our local whose")

// stops end a role: "the mayor of …", "skipper who …".
var stops = set("of for at in from who with and to on by as which that whose since until when where but or during under against near over")

// behind reads what follows a name: "…, the Home Secretary, …", "… was skipper of …".
func (x *Sighting) behind(right string) {
	apposed := strings.HasPrefix(strings.TrimLeft(right, " "), ",") || strings.HasPrefix(strings.TrimLeft(right, " "), "(")
	ws := wordsOf(strings.TrimLeft(right, " ,("), 12, false)
	if len(ws) == 0 {
		return
	}
	if f := ws[0].fold; !apposed && f != "is" && f != "was" {
		return
	}
	end := 0
	for end < len(ws) && end < 7 && !stops[ws[end].fold] {
		end++
		if !ws[end-1].tight {
			break
		}
	}
	key, c, former, n := endRole(folds(ws[:end]))
	if n == 0 {
		return
	}
	lead := ws[:end-n]
	if len(lead) > 0 && !determiners[lead[0].fold] && !(apposed && lead[0].capital) || !apposed && len(lead) == 0 {
		return
	}
	if slices.ContainsFunc(lead, func(w word) bool { return w.fold == "not" || w.fold == "no" }) {
		return
	}
	r := Role{Key: key, class: c, Former: former, Text: printed(ws[end-n:end], former)}
	if end+1 < len(ws) && ws[end-1].tight && (ws[end].fold == "of" || ws[end].fold == "for" || ws[end].fold == "at") {
		k := end + 1
		if ws[k].fold == "the" && k+1 < len(ws) {
			k++
		}
		from := k
		for k < len(ws) && k < from+3 && ws[k].capital {
			k++
			if !ws[k-1].tight {
				break
			}
		}
		r.Of = strings.Join(folds(ws[from:k]), " ")
	} else if k := len(lead); k > 0 && lead[k-1].capital && !determiners[lead[k-1].fold] {
		r.Of = lead[k-1].fold
	}
	x.role(r)
}

// otherNames reads "née", "formerly", "better known as" behind a mention.
func (r *reader) otherNames(x *Sighting, m news.Mention, s string) {
	behind := s[m.End:min(len(s), m.End+120)]
	g := alsoCalled.FindStringSubmatch(strings.ToValidUTF8(behind, ""))
	if g == nil || len(x.Also) >= maxPerNames {
		return
	}
	how, also := strings.ToLower(g[1]), g[2]
	for _, w := range strings.Fields(also) {
		if f := text.Fold(w); theRoles().class[f] != "" || theRoles().before[f] {
			return
		}
	}
	n := ParseName(also)
	if n.Whole() {
		x.Also = append(x.Also, also)
		return
	}
	me := ParseName(r.persons[m.Entity])
	printed := strings.Fields(r.persons[m.Entity])
	given := len(printed) - len(strings.Fields(me.Family))
	if !me.Whole() || how == "born" || me.Suffix != "" || given < 1 {
		return
	}
	switch {
	case how == "née" || how == "nee" || strings.HasPrefix(how, "formerly"):
		x.Also = append(x.Also, strings.Join(printed[:given], " ")+" "+also)
	case sameGiven(me.First(), n.Family) != none || len(me.Given) > 1:
		x.Also = append(x.Also, also+" "+strings.Join(printed[given:], " "))
	}
}

var alsoCalled = regexp.MustCompile(`^\s*[,(–—]?\s*(?:who was )?(née|nee|formerly known as|formerly|born|better known as|also known as|known as|aka|a\.k\.a\.)\s+(?:as\s+)?(?:Mrs?\.?\s+|Miss\s+|Ms\.?\s+)?[“"‘']?(\p{Lu}[\p{L}’'-]+(?:\s+\p{Lu}[\p{L}’'.-]*){0,3})`)

// printedYears are the first years that a text prints.
func printedYears(s string) []int {
	var out []int
	for i := 0; i+4 <= len(s) && len(out) < 30; i++ {
		if s[i] != '1' && s[i] != '2' || i > 0 && digitOrPoint(s[i-1]) {
			continue
		}
		y, err := strconv.Atoi(s[i : i+4])
		if err == nil && y >= 1700 && y <= 2100 && (i+4 == len(s) || !digitOrPoint(s[i+4]) || s[i+4] == '.' && (i+5 == len(s) || !digitOrPoint(s[i+5]))) {
			out = append(out, y)
		}
		i += 3
	}
	return out
}

func digitOrPoint(c byte) bool { return '0' <= c && c <= '9' || c == '.' }
