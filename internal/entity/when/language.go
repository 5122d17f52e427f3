package when

import (
	"embed"
	"fmt"
	"strconv"
	"strings"
	"sync"

	"backfile/internal/text"
)

//go:embed lists/*.txt
var lists embed.FS

// Languages are those that dates are found in.
var Languages = []string{"en", "de", "fr", "es", "it", "nl", "pt"}

// language is what one language calls dates.
type language struct {
	code string
	// words are the slots and values of each folded word.
	words map[string]word
	// capitals says that months and weekdays begin with a capital letter.
	capitals bool
	// dayEnds stand behind a day's digits: "12th", "1er"; decadeEnds behind a decade's.
	dayEnds, decadeEnds []string
	// weekdayEnds make one word with a weekday: "Dienstagabend".
	weekdayEnds []string
	// unlike months and seasons are also other words, and need a surer expression.
	unlike set
	// before and after a weekday they make it a part of a name.
	nameBefore, nameAfter set
	// counts behind a year make it a number; asides before "of" too.
	counts, asides set
	// habits before a weekday make it none that can be told: "every Tuesday".
	habits set
	tense  tense
	// byFirst has the expressions by the word that they report first, bySlot by the bit
	// of the slot.
	byFirst map[string][]*expression
	bySlot  [52][]*expression
	// expressions counts them.
	expressions int
	holidays    []holiday
}

type word struct {
	is    slots
	value values
	abbr  bool
}

type set map[string]bool

func (s set) add(list string) {
	for w := range strings.FieldsSeq(list) {
		s[text.Fold(w)] = true
	}
}

var loaded sync.Map // code -> func() *language

// theLanguage is the language of a BCP 47 code, or nil where it is not known.
func theLanguage(code string) *language {
	known := false
	for _, l := range Languages {
		known = known || l == code
	}
	if !known {
		return nil
	}
	f, _ := loaded.LoadOrStore(code, sync.OnceValue(func() *language {
		b, err := lists.ReadFile("lists/" + code + ".txt")
		if err != nil {
			panic(err) // embedded
		}
		l, err := readLanguage(code, string(b))
		if err != nil {
			panic(err)
		}
		return l
	}))
	return f.(func() *language)()
}

// readLanguage reads a list: "name: words" lines and "expression -> meaning" lines.
func readLanguage(code, list string) (*language, error) {
	l := &language{code: code, words: map[string]word{}, unlike: set{}, nameBefore: set{}, nameAfter: set{}, counts: set{}, asides: set{},
		habits: set{}, byFirst: map[string][]*expression{}}
	l.tense.init()
	macros := map[string]string{}
	n := 0
	for line := range strings.Lines(list) {
		n++
		line = strings.TrimSpace(line)
		if line == "" || strings.HasPrefix(line, "#") {
			continue
		}
		for name, with := range macros {
			line = strings.ReplaceAll(line, name, with)
		}
		var err error
		if left, right, ok := strings.Cut(line, "->"); ok {
			err = l.expression(strings.TrimSpace(left), strings.Fields(right))
		} else if name, rest, ok := strings.Cut(line, ":"); !ok {
			err = fmt.Errorf("neither a list nor an expression")
		} else if strings.HasPrefix(name, "$") {
			macros[name] = strings.TrimSpace(rest)
		} else {
			err = l.list(name, strings.TrimSpace(rest))
		}
		if err != nil {
			return nil, fmt.Errorf("%s.txt:%d: %w", code, n, err)
		}
	}
	return l, nil
}

func (l *language) list(name, rest string) error {
	if at, ok := strings.CutPrefix(name, "holiday "); ok {
		return l.holiday(at, rest)
	}
	switch name {
	case "months":
		l.numbered(rest, 1, "M", "F")
	case "weekday endings":
		l.weekdayEnds = strings.Fields(rest)
	case "weekdays":
		l.numbered(rest, 1, "A", "W")
	case "seasons":
		l.numbered(rest, 1, "S", "S")
	case "units":
		l.numbered(rest, 1, "U", "u")
	case "decades":
		l.numbered(rest, 2, "E", "E")
	case "ordinals":
		l.numbered(rest, 1, "o", "o")
	case "numbers":
		for i, alts := range strings.Split(rest, "|") {
			for w := range strings.FieldsSeq(alts) {
				l.put(w, "n", word{value: values{number: i + 1}})
			}
		}
	case "parts":
		for w := range strings.FieldsSeq(rest) {
			l.put(w, "P", word{})
		}
	case "capitals":
		l.capitals = rest == "yes"
	case "day ends":
		l.dayEnds = strings.Fields(rest)
	case "decade ends":
		l.decadeEnds = strings.Fields(rest)
	case "unlike":
		l.unlike.add(rest)
	case "names before":
		l.nameBefore.add(rest)
	case "names after":
		l.nameAfter.add(rest)
	case "counts":
		l.counts.add(rest)
	case "asides":
		l.asides.add(rest)
	case "habits":
		l.habits.add(rest)
	case "future":
		l.tense.future.add(rest)
	case "future with to":
		l.tense.futureTo.add(rest)
	case "adjacent future":
		l.tense.nextFuture.add(rest)
	case "adjacent past":
		l.tense.nextPast.add(rest)
	case "past":
		l.tense.past.add(rest)
	case "past endings":
		l.tense.pastEnds = strings.Fields(rest)
	case "future endings":
		l.tense.futureEnds = strings.Fields(rest)
	case "no endings":
		l.tense.noEnds.add(rest)
	case "infinitive":
		l.tense.infinitive.add(rest)
	case "passive":
		l.tense.passive.add(rest)
	case "not":
		l.tense.not.add(rest)
	case "unsure":
		l.tense.unsure.add(rest)
	default:
		return fmt.Errorf("no list is called %q", name)
	}
	return nil
}

// numbered reads "january jan. | february feb.": each word fills the slot any, and
// also the slot whole unless it is an abbreviation.
func (l *language) numbered(rest string, from int, any, whole string) {
	for i, alts := range strings.Split(rest, "|") {
		for w := range strings.FieldsSeq(alts) {
			s, abbr := strings.CutSuffix(w, ".")
			in := any
			if !abbr && whole != any {
				in += whole
			}
			v := word{value: values{name: from + i}, abbr: abbr && any != "U"}
			l.put(s, in, v)
			for _, end := range l.weekdayEnds {
				if whole == "W" && !abbr {
					l.put(s+end, "W", v)
				}
			}
		}
	}
}

func (l *language) put(w, in string, v word) {
	w = text.Fold(w)
	old := l.words[w]
	for i := range len(in) {
		v.is |= slot(in[i])
	}
	if old.is != 0 {
		v.is |= old.is
		v.value.number = max(v.value.number, old.value.number)
		v.value.name = max(v.value.name, old.value.name)
	}
	l.words[w] = v
}

const calendarSlots = "MFAW"

// classify says what a token may be. The slots are: d day of the month, m month in
// digits, M month by name and F the same whole, Y year, y the last two digits of one,
// D decade ("1980s"), E its name, A weekday and W the same whole, n number, U unit of time and u the same of one, S
// season, P part of a day, o ordinal, q quarter ("Q3"), N date in digits ("12.5.1936").
func (l *language) classify(t *token, raw string) {
	w := l.words[t.fold]
	t.is, t.value, t.abbr = w.is, w.value, w.abbr
	if l.capitals && !t.capital {
		for i := range len(calendarSlots) {
			t.is &^= slot(calendarSlots[i])
		}
	}
	c := t.fold[0]
	if c == 'q' && len(t.fold) == 2 && '1' <= t.fold[1] && t.fold[1] <= '4' {
		t.is |= slot('q')
		t.value.number = int(t.fold[1] - '0')
		return
	}
	if c < '0' || c > '9' {
		return
	}
	if n, long := digits(t.fold); long > 0 {
		t.value.number, t.value.written = n, long
		switch {
		case long == 4 && firstYear <= n && n <= lastYear:
			t.is |= slot('Y')
		case long == 2:
			t.is |= slot('y')
		}
		if long <= 2 && 1 <= n && n <= 31 {
			t.is |= slot('d')
		}
		if long <= 2 && 1 <= n && n <= 12 {
			t.is |= slot('m')
		}
		if long <= 3 && n > 0 {
			t.is |= slot('n')
		}
		return
	}
	if strings.IndexByte(t.fold, '.') > 0 {
		if _, ok := dotted(t.fold); ok {
			t.is |= slot('N')
		}
		return
	}
	for _, e := range l.dayEnds {
		if head, ok := strings.CutSuffix(t.fold, e); ok {
			if n, long := digits(head); long > 0 && long <= 2 && 1 <= n && n <= 31 {
				t.is |= slot('d')
				t.value.number = n
				return
			}
		}
	}
	for _, e := range l.decadeEnds {
		if head, ok := strings.CutSuffix(t.fold, e); ok {
			if n, long := digits(head); n%10 == 0 && (long == 4 && 1700 <= n && n < 2030 || long == 2 && n >= 20) {
				t.is |= slot('D')
				t.value.name = n
				if long == 2 {
					t.value.name = 1900 + n
					t.is |= slot('E')
					t.is &^= slot('D')
				}
			}
		}
	}
}

// The years that are believed to be years.
const (
	firstYear = 1400
	lastYear  = 2100
)

// dotted reads "12.5.1936" and "12.5.36".
func dotted(w string) (d day, ok bool) {
	parts := strings.Split(w, ".")
	if len(parts) != 3 || len(parts[0]) > 2 || len(parts[1]) > 2 || len(parts[2]) != 4 && len(parts[2]) != 2 {
		return d, false
	}
	var n [3]int
	for i, p := range parts {
		v, err := strconv.Atoi(p)
		if err != nil {
			return d, false
		}
		n[i] = v
	}
	if len(parts[2]) == 2 {
		n[2] += 2000
		if n[2] > 2040 {
			n[2] -= 100
		}
	}
	d = day{n[2], n[1], n[0]}
	return d, d.valid() && n[2] >= firstYear && n[2] <= lastYear
}

// holiday reads "christmas day | xmas day": each a name of it, perhaps with a year.
func (l *language) holiday(at, names string) error {
	h, err := readHoliday(at)
	if err != nil {
		return err
	}
	l.holidays = append(l.holidays, h)
	n := strconv.Itoa(len(l.holidays) - 1)
	for name := range strings.SplitSeq(names, "|") {
		name = strings.TrimSpace(name)
		if err := l.expression("[ "+name+" ,? {Y}? ]", []string{"holiday", n}); err != nil {
			return err
		}
	}
	return nil
}
