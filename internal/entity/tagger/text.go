package tagger

// Signs is what lists know of a word, bit by bit.
type Signs uint32

// The signs of a word.
const (
	Given     Signs = 1 << iota // a given name
	Family                      // a family name
	Common                      // an English word that is written small
	Honorific                   // "Mr"
	Title                       // "President"
	TitleWord                   // "Foreign" of "Foreign Secretary"
	Role                        // "striker"
	Saying                      // "said"
	Head                        // ends organisations: "Council"
	WeakHead                    // may end them: "Times"
	Front                       // begins them before "of": "Ministry"
	Landform                    // "River"
	OtherHead                   // ends what is no name of ours: "Street", "Cup"
	Calendar                    // days and months
	Locative                    // "in", "near"
	Opener                      // small words that open sentences
	Demonym                     // "Ukrainian"
	Group                       // faiths, parties, peoples
	Country                     // part of a country's or wide area's name
	Region                      // part of a region's
	City                        // part of a town's of 100,000 people or more
	Town                        // part of a smaller town's
	Known                       // part of a known organisation's name
)

// Gap says what stands between a word and the one before it.
type Gap uint8

// The gaps. A sequence of words ends at Break; nothing is a name across it.
const (
	Break Gap = iota // the first word, or behind a paragraph's end
	Space
	Hyphen
	Joint // nothing, or an apostrophe
	Dot
	Comma
	And // "&"
	Paren
	Other
)

// Token is a word of a text.
type Token struct {
	// Start and End are byte offsets, without a possessive ending.
	Start, End int
	// Fold is the word without case and accents.
	Fold  string
	Gap   Gap
	Signs Signs
	// Span is the word's place in a name of the gazetteer or of a known
	// organisation (the lowest bits of a [Label]), 0 for none.
	Span Label
	// Opens: it begins a sentence or a quotation.
	Opens, Possessive bool
	// Rule is what another recogniser makes of the word, 0 for nothing.
	Rule Label
}

// Text is one text of a document.
type Text struct {
	S      string
	Tokens []Token
	// Flat: capitals tell nothing in it.
	Flat bool
}

// Kind is what a span names.
type Kind uint8

// The kinds.
const (
	Person Kind = iota
	Place
	Organisation
	// Building is a building, street or the like: learnt, so that it is not taken
	// for one of the others, and never given out.
	Building
	kinds = 4
)

// Span is a name: the tokens First to Last, both included.
type Span struct {
	Kind        Kind
	First, Last int
}

// Label is what a word is in a name: 0 none, else the kind and whether it
// begins, continues, ends or alone is the name.
type Label uint8

const (
	outside Label = 0
	begin   Label = 1 // + 4*kind
	inside  Label = 2
	last    Label = 3
	unit    Label = 4

	labels = 1 + 4*kinds
)

// LabelAt is the label of token i in a span of the kind.
func LabelAt(s Span, i int) Label {
	base := Label(4 * s.Kind)
	switch {
	case s.First == s.Last:
		return base + unit
	case i == s.First:
		return base + begin
	case i == s.Last:
		return base + last
	}
	return base + inside
}

func (l Label) kind() Kind { return Kind((l - 1) / 4) }
func (l Label) part() Label {
	if l == 0 {
		return 0
	}
	return (l-1)%4 + 1
}

// mayFollow reports whether label b may stand behind a.
func mayFollow(a, b Label) bool {
	open := a.part() == begin || a.part() == inside
	goesOn := b.part() == inside || b.part() == last
	if open != goesOn {
		return false
	}
	return !open || a.kind() == b.kind()
}

func mayBegin(l Label) bool { p := l.part(); return p == 0 || p == begin || p == unit }
func mayEnd(l Label) bool   { p := l.part(); return p == 0 || p == last || p == unit }

// spansOf reads spans out of labels that follow one another validly.
func spansOf(ls []Label) []Span {
	var out []Span
	first := 0
	for i, l := range ls {
		switch l.part() {
		case begin:
			first = i
		case last:
			out = append(out, Span{l.kind(), first, i})
		case unit:
			out = append(out, Span{l.kind(), i, i})
		}
	}
	return out
}

// labelsOf is the labels of n tokens; spans that overlap an earlier one, or lie
// outside the tokens, are passed over.
func labelsOf(spans []Span, n int) []Label {
	out := make([]Label, n)
next:
	for _, s := range spans {
		if s.First < 0 || s.Last >= n || s.First > s.Last || s.Kind >= kinds {
			continue
		}
		for i := s.First; i <= s.Last; i++ {
			if out[i] != 0 {
				continue next
			}
		}
		for i := s.First; i <= s.Last; i++ {
			out[i] = LabelAt(s, i)
		}
	}
	return out
}

// sequences cuts the tokens at breaks, and where one would grow beyond longest.
func sequences(toks []Token) [][2]int {
	const longest = 400
	var out [][2]int
	first := 0
	for i := 1; i <= len(toks); i++ {
		if i == len(toks) || toks[i].Gap == Break || i-first >= longest && toks[i].Opens || i-first >= 2*longest {
			out = append(out, [2]int{first, i})
			first = i
		}
	}
	return out
}

// Spans reads spans out of labels; labels that do not follow one another validly
// give none.
func Spans(ls []Label) []Span {
	var out []Span
	first := -1
	for i, l := range ls {
		if l >= labels || first >= 0 && !mayFollow(ls[i-1], l) {
			first = -1
			if l >= labels {
				continue
			}
		}
		switch l.part() {
		case begin:
			first = i
		case last:
			if first >= 0 {
				out = append(out, Span{l.kind(), first, i})
			}
			first = -1
		case unit:
			out = append(out, Span{l.kind(), i, i})
			first = -1
		}
	}
	return out
}

// Name is the text of a span.
func (t *Text) Name(s Span) string { return t.S[t.Tokens[s.First].Start:t.Tokens[s.Last].End] }
