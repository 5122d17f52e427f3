package lines

import (
	"strings"
	"unicode"

	"backfile/internal/text"
)

// Page is a text with what is known of each of its lines.
type Page struct {
	Lines []Line
	info  []info
	stop  map[int32]bool  // the page's own commonest words
	count map[int32]int32 // words of the page's prose
	title map[int32]bool  // words of the first line
	// prose[i] is the amount of prose before line i, in characters.
	prose []int
	// cluster is the stretch of lines with the most prose, half open.
	cluster [2]int
	clean   bool // see bare
	// named is the line that has the first line's words again and prose behind
	// it, the headline most likely; 0 if there is none.
	named int
}

// info is what a line looks like.
type info struct {
	toks   []int32
	runes  int
	term   bool // ends as a sentence
	inner  int  // sentences that end inside it
	lower  bool // starts with a letter in lower case
	cased  int  // words that begin with a letter of a script that has cases
	upper  int  // of those, in upper case
	digits int
	commas int
	caps   bool // no letter in lower case, some in upper
	give   uint32
	same   int // lines of the same words
	nth    int // which of these it is, from 0
	shape  int // length and ending in one number, for the neighbours
}

// prosy reports whether the line reads like running text.
func (f *info) prosy() bool {
	return f.runes >= 70 && f.term && f.give&giveLegal == 0 || f.inner > 0 && f.runes >= 120
}

// NewPage looks at the lines.
func NewPage(in []Line) *Page {
	p := &Page{Lines: in, info: make([]info, len(in)), stop: map[int32]bool{}, count: map[int32]int32{}, title: map[int32]bool{}}
	ids := map[string]int32{}
	same := map[string][]int{}
	for i, l := range in {
		f := &p.info[i]
		look(l.Text, f)
		var key strings.Builder
		for t := range text.Tokens(l.Text) {
			id, ok := ids[t.Fold]
			if !ok {
				id = int32(len(ids))
				ids[t.Fold] = id
			}
			f.toks = append(f.toks, id)
			key.WriteString(t.Fold)
			key.WriteByte(' ')
		}
		f.runes = f.runes * density(l.Text) / 2
		f.give = giveaways(l.Text, key.String())
		f.nth = len(same[key.String()])
		same[key.String()] = append(same[key.String()], i)
	}
	for _, at := range same {
		for _, i := range at {
			p.info[i].same = len(at)
		}
	}
	for i := range p.info {
		p.info[i].shape = shape(&p.info[i])
	}
	p.prose = make([]int, len(in)+1)
	for i := range p.info {
		p.prose[i+1] = p.prose[i]
		if p.info[i].prosy() {
			p.prose[i+1] += min(p.info[i].runes, 600)
			for _, t := range p.info[i].toks {
				p.count[t]++
			}
		}
	}
	p.stop = commonest(p.count, 40)
	if len(in) > 0 {
		for _, t := range p.info[0].toks[:min(len(p.info[0].toks), 60)] {
			p.title[t] = true
		}
	}
	p.cluster = p.densest()
	p.clean = p.bare()
	p.named = p.findNamed()
	return p
}

// look fills in what the line shows without its neighbours.
func look(s string, f *info) {
	f.term = EndsSentence(s)
	f.inner = innerEnds(s)
	f.lower = startsLower(s)
	word, low := false, false
	for _, r := range s {
		f.runes++
		letter := unicode.IsLetter(r)
		switch {
		case letter && !word:
			if unicode.IsUpper(r) || unicode.IsLower(r) {
				f.cased++
			}
			if unicode.IsUpper(r) {
				f.upper++
			}
		case unicode.IsDigit(r):
			f.digits++
		case r == ',' || r == '،' || r == '、' || r == ';':
			f.commas++
		}
		low = low || unicode.IsLower(r)
		word = letter || word && (unicode.IsMark(r) || r == '\'' || r == '’')
	}
	f.caps = !low && f.upper > 0
}

// density is how much a character of s says, in halves of what a letter says:
// a Chinese character twice as much, a Korean syllable half as much again.
func density(s string) int {
	ideographs, hangul, all := 0, 0, 0
	for _, r := range s {
		all++
		switch {
		case r < 0x1100:
		case unicode.Is(unicode.Hangul, r):
			hangul++
		case spaceless(r):
			ideographs++
		}
	}
	switch {
	case ideographs*2 > all:
		return 4
	case hangul*2 > all:
		return 3
	}
	return 2
}

// lengths are the bounds, in characters, of the classes of length.
var lengths = [...]int{12, 25, 45, 80, 140, 260}

func lengthClass(runes int) int {
	for i, n := range lengths {
		if runes <= n {
			return i
		}
	}
	return len(lengths)
}

const shapes = 2 * (len(lengths) + 1)

func shape(f *info) int {
	s := 2 * lengthClass(f.runes)
	if f.term {
		s++
	}
	return s
}

// commonest returns the n commonest words, and none that stands there once.
func commonest(count map[int32]int32, n int) map[int32]bool {
	// Counting by frequency keeps this linear; ties at the cut are all left out.
	byCount := map[int32]int{}
	most := int32(0)
	for _, c := range count {
		byCount[c]++
		most = max(most, c)
	}
	out, floor, sum := map[int32]bool{}, most+1, 0
	for c := most; c >= 2; c-- {
		sum += byCount[c]
		if sum > n {
			break
		}
		floor = c
	}
	for t, c := range count {
		if c >= floor {
			out[t] = true
		}
	}
	return out
}

func (p *Page) findNamed() int {
	best, at := 0.0, 0
	for i := 1; i < len(p.info); i++ {
		share, n := p.overlap(p.info[i].toks, func(t int32) bool { return p.title[t] })
		if n < 2 || share < 0.5 || p.info[i].runes > 260 {
			continue
		}
		covered := float64(n) / float64(max(len(p.title), 1))
		if v := share + covered + p.between(i+1, i+25); v > best && covered > 0.3 {
			best, at = v, i
		}
	}
	return at
}

// densest is the run of lines in which prose outweighs the rest most.
func (p *Page) densest() [2]int {
	best, sum, start := 0, 0, 0
	var at [2]int
	for i := range p.info {
		f := &p.info[i]
		v := -40
		switch {
		case f.prosy():
			v = min(f.runes, 400)
		case f.give != 0:
			v = -80
		}
		if sum <= 0 {
			sum, start = 0, i
		}
		if sum += v; sum > best {
			best, at = sum, [2]int{start, i + 1}
		}
	}
	return at
}

// overlap is the share of a's words, without the page's commonest, that are in
// set, and how many that are.
func (p *Page) overlap(toks []int32, in func(int32) bool) (share float64, n int) {
	all := 0
	for _, t := range toks {
		if p.stop[t] {
			continue
		}
		all++
		if in(t) {
			n++
		}
	}
	if all == 0 {
		return 0, 0
	}
	return float64(n) / float64(all), n
}
