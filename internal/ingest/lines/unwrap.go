package lines

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// The widths between which a text may have been wrapped, in characters.
const (
	minWidth = 36
	maxWidth = 130
)

// unwrap joins the lines of text that was wrapped at a margin. Only a run of
// lines that fill the same width, with sentences going on over their ends,
// counts as wrapped: a menu's lines do neither. Where the whole text was
// wrapped, a single full line of it was too.
func unwrap(in []Line) []Line {
	whole := margin(in)
	var out []Line
	for start := 0; start < len(in); {
		end := start + 1
		for end < len(in) && !in[end].Gap {
			end++
		}
		own := wrapWidth(in[start:end])
		out = append(out, unwrapBlock(in[start:end], max(own, whole), own == 0)...)
		start = end
	}
	return out
}

// margin is the width that the whole text was wrapped at, 0 if it was not: no
// line is wider, and of those that fill it many end in mid-sentence.
func margin(in []Line) int {
	width := 0
	for _, l := range in {
		width = max(width, utf8.RuneCountInString(l.Text))
	}
	if width < minWidth || width > maxWidth {
		return 0
	}
	full, going := 0, 0
	for i := range len(in) - 1 {
		if in[i+1].Gap || utf8.RuneCountInString(in[i].Text)+firstWord(in[i+1].Text) < width-2 {
			continue
		}
		full++
		if startsLower(in[i+1].Text) && !EndsSentence(in[i].Text) {
			going++
		}
	}
	if full < 6 || going*10 < full*4 {
		return 0
	}
	return width
}

// unwrapBlock joins the wrapped lines among those that no blank line parts; of a
// block that is not wrapped itself, only those that are full.
func unwrapBlock(block []Line, width int, fullOnly bool) []Line {
	if width == 0 {
		return block
	}
	var out []Line
	for i := 0; i < len(block); i++ {
		l := block[i]
		for i+1 < len(block) && !block[i+1].Item && len(l.Text) <= maxJoined && goesOn(block[i].Text, block[i+1].Text, width, fullOnly) {
			i++
			l.Text = glue(dehyphen(l.Text, block[i].Text))
			l.To = block[i].To
		}
		out = append(out, l)
	}
	return out
}

// evenGaps drops the blank lines from a text that has one between nearly all of
// its lines: they part nothing.
func evenGaps(in []Line) []Line {
	gaps := 0
	for _, l := range in {
		if l.Gap {
			gaps++
		}
	}
	if len(in) >= 24 && gaps*5 >= len(in)*4 {
		for i := range in {
			in[i].Gap = false
		}
	}
	return in
}

// wrapWidth is the width that the block's lines were wrapped at, 0 if they
// were not or are too few to say.
func wrapWidth(block []Line) int {
	if len(block) < 3 {
		return 0
	}
	width := 0
	for _, l := range block {
		width = max(width, utf8.RuneCountInString(l.Text))
	}
	if width < minWidth || width > maxWidth {
		return 0
	}
	full, going, ends := 0, 0, 0
	for i, l := range block[:len(block)-1] {
		n := utf8.RuneCountInString(l.Text)
		if n+firstWord(block[i+1].Text) < width-8 {
			continue
		}
		full++
		if !EndsSentence(l.Text) {
			ends++
		}
		if startsLower(block[i+1].Text) {
			going++
		}
	}
	// Most lines but the last of each paragraph are full, and most of their
	// ends are in mid-sentence, before a word that does not begin one.
	if full*10 < (len(block)-1)*5 || ends*10 < full*6 || going*10 < full*4 {
		return 0
	}
	return width
}

// goesOn reports whether the paragraph goes on from line a to line b of text
// wrapped at width; with fullOnly, only where a is full.
func goesOn(a, b string, width int, fullOnly bool) bool {
	n := utf8.RuneCountInString(a)
	if !fullOnly && startsLower(b) && !EndsSentence(a) {
		return true
	}
	// The word that begins b would have fitted on a: the line was ended there.
	if n+1+firstWord(b) < width-8 {
		return false
	}
	// A typist's paragraph that ends just at the margin is joined to the next:
	// nothing tells it apart.
	return true
}

func firstWord(s string) int {
	if i := strings.IndexByte(s, ' '); i >= 0 {
		s = s[:i]
	}
	return utf8.RuneCountInString(s)
}

func startsLower(s string) bool {
	r, _ := utf8.DecodeRuneInString(s)
	return unicode.IsLower(r)
}

// dehyphen takes off the hyphen that parted a word at a's end.
func dehyphen(a, b string) (string, string) {
	head, ok := strings.CutSuffix(a, "-")
	before, _ := utf8.DecodeLastRuneInString(head)
	if !ok || !unicode.IsLower(before) || !startsLower(b) {
		return a, b
	}
	i := strings.LastIndexByte(head, ' ') + 1
	return strings.TrimSuffix(head[:i], " "), head[i:] + b
}

// glue joins two parts of a sentence: without a space before punctuation,
// behind a hyphen, or in a script that has none.
func glue(a, b string) string {
	if a == "" || b == "" {
		return a + b
	}
	last, n := utf8.DecodeLastRuneInString(a)
	first, _ := utf8.DecodeRuneInString(b)
	switch {
	case last == '-' && len(a) > n && a[len(a)-n-1] != ' ':
		return a + b
	case strings.ContainsRune(".,;:!?)]}»”’…。、，；：！？」』）", first) && first != last:
		return a + b
	case spaceless(last) && spaceless(first), strings.ContainsRune("([{«“‘„「『（/", last):
		return a + b
	}
	return a + " " + b
}

// spaceless reports whether r is of a script written without spaces.
func spaceless(r rune) bool {
	return unicode.In(r, unicode.Han, unicode.Hiragana, unicode.Katakana, unicode.Thai, unicode.Lao, unicode.Khmer, unicode.Myanmar) ||
		'\u3000' <= r && r <= '\u303f' || '\uff00' <= r && r <= '\uffef'
}

// mend joins what a page broke in mid-sentence, mostly at its links: a line
// that goes on in lower case or with punctuation belongs to the one before, if
// that one is long and its sentence is open.
func mend(in []Line) []Line {
	out := in[:0:0]
	var buf []byte // the last line's text, where lines were joined to it
	for _, l := range in {
		if n := len(out); n > 0 && !l.Gap && !l.Item {
			p := &out[n-1]
			if buf == nil {
				buf = append(buf, p.Text...)
			}
			// The end is all that decides, and copying the whole for every line
			// joined would take the square of their number.
			end := string(buf[max(0, len(buf)-tailSize):])
			if broken(end, len(buf), l.Text) {
				if p.first == "" {
					p.first = p.Text
				}
				buf = append(buf, glue(end, l.Text)[len(end):]...)
				p.To = l.To
				continue
			}
			p.Text = string(buf)
		}
		buf = nil
		out = append(out, l)
	}
	if n := len(out); n > 0 && buf != nil {
		out[n-1].Text = string(buf)
	}
	return out
}

// tailSize is how much of a line's end is looked at, in bytes.
const tailSize = 800

// maxJoined is how long a line may be, in bytes, for more to be joined to it.
const maxJoined = 6 << 10

// broken reports whether next goes on a line of size bytes that ends in end.
func broken(end string, size int, next string) bool {
	if size > maxJoined {
		return false
	}
	first, _ := utf8.DecodeRuneInString(next)
	last, _ := utf8.DecodeLastRuneInString(end)
	switch {
	case strings.ContainsRune(".,;:)”’»。、，", first):
		return size >= 15
	case EndsSentence(end) || last == ':':
		return false
	case unicode.IsLower(first):
		return (size >= 30 || len(next) >= 60) && !opensByline(next)
	case last == ',' && len(next) >= 60:
		return !strings.ContainsAny(end, "0123456789") // no date
	case strings.ContainsRune("のはがをにへとで", last) && spaceless(first):
		return true // these particles end no sentence and no heading
	case size >= 40 && strings.HasSuffix(next, ".") && strings.Count(next, " ") < 2:
		return startsLower(end[strings.LastIndexByte(end, ' ')+1:]) // "… late on\nMonday."
	}
	// In mid-sentence behind a whole one, before a name: "… was new. The firm\nAcme".
	return size >= 80 && openSentence(end)
}

// opensByline reports whether s is short and begins with a word for by, so that
// it goes on no sentence.
func opensByline(s string) bool {
	return len(s) < 50 && !EndsSentence(s) && giveaways(s, strings.ToLower(s)+" ")&giveByline != 0
}

// openSentence reports whether s holds a whole sentence and ends in the middle
// of another, at a word in lower case or a comma.
func openSentence(s string) bool {
	if innerEnds(s) == 0 {
		return false
	}
	if strings.HasSuffix(s, ",") {
		return true
	}
	i := strings.LastIndexByte(s, ' ')
	if i < 0 {
		return false
	}
	return startsLower(s[i+1:]) && utf8.RuneCountInString(s[i+1:]) <= 5
}

// EndsSentence reports whether s ends as a sentence does: with a full stop or
// its like, behind which quotation marks and brackets may close.
func EndsSentence(s string) bool {
	s = strings.TrimRight(s, "\"'”’“»«)]」』） ")
	r, _ := utf8.DecodeLastRuneInString(s)
	return strings.ContainsRune(".!?…。！？।؟۔", r) && s != ""
}

// innerEnds counts the ends of sentences inside s, up to 9.
func innerEnds(s string) int {
	n := 0
	prev, prevprev := rune(0), rune(0)
	for _, r := range s {
		switch {
		case n == 9:
			return n
		case prev == '。' || prev == '！' || prev == '？' || prev == '।' || prev == '۔':
			n++
		case (unicode.IsUpper(r) || strings.ContainsRune("\"“„«'‘", r) || unicode.IsLetter(r) && !unicode.IsLower(r)) && prev == ' ' && strings.ContainsRune(".!?…\"”»", prevprev):
			n++
		}
		prev, prevprev = r, prev
	}
	return n
}

// Join joins two parts of a paragraph as Split does.
func Join(a, b string) string { return glue(a, b) }
