package ingest

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"backfile/internal/ingest/lines"
	"backfile/internal/news"
	"backfile/internal/text"
)

// standfirst is the sentence between the headline and the byline: the body's
// first line, if it stands right behind the headline and something else than
// body comes between it and the rest. It is taken out of the body.
func (t *scraped) standfirst() string {
	if t.head < 0 || t.first < 0 || t.first < t.head {
		return ""
	}
	if s := t.strayStandfirst(); s != "" {
		return s
	}
	if t.first-t.head > 4 {
		return ""
	}
	next := t.first + 1
	for next <= t.last && !t.own[next] {
		next++
	}
	if next > t.last || next == t.first+1 {
		return t.deck()
	}
	// What parts it from the body: a byline, a date, share buttons; a picture's
	// caption alone does not.
	parted := false
	for i := t.first + 1; i < next; i++ {
		_, isCaption := captionOf(t.line(i))
		parted = parted || !isCaption
	}
	s := t.line(t.first)
	if !parted || utf8.RuneCountInString(s) > 500 {
		return ""
	}
	if !t.disown(t.first) {
		return ""
	}
	return s
}

// strayStandfirst is a standfirst without a full stop that is not taken for the
// body's: the line between the headline and the byline or date.
func (t *scraped) strayStandfirst() string {
	i := t.head + 1
	if i+1 >= t.first || t.used[i] || t.own[i] || !t.used[i+1] || !t.signed[i+1] {
		return ""
	}
	s := t.line(i)
	n := utf8.RuneCountInString(s)
	if text.Words(s) < 6 || n < 30 || n > 300 || strings.Contains(s, " | ") || text.Fold(s) == text.Fold(t.headline) || lines.Furniture(s) {
		return ""
	}
	return s
}

// deck is the second headline of an old paper: a line in capitals right under a
// headline in capitals.
func (t *scraped) deck() string {
	i := t.head + 1
	if i >= len(t.own) || strings.ToUpper(t.headline) != t.headline {
		return ""
	}
	s := t.line(i)
	if strings.ToUpper(s) != s || strings.ToLower(s) == s || text.Words(s) < 2 || t.used[i] || utf8.RuneCountInString(s) > 120 {
		return ""
	}
	if d, _ := readDateline(s); d != "" {
		return ""
	}
	if t.own[i] && !t.disown(i) {
		return ""
	}
	return s
}

// body is the body's paragraphs, parted by blank lines, and which of them are
// subheadings and list items.
func (t *scraped) body() (string, []news.Span) {
	var b strings.Builder
	var spans []news.Span
	paragraphs := t.paragraphs()
	for k, p := range paragraphs {
		if b.Len() > 0 {
			b.WriteString("\n\n")
		}
		start := b.Len()
		b.WriteString(p.text)
		kind := ""
		switch {
		case p.item:
			kind = news.SpanItem
		case k > 0 && k+1 < len(paragraphs) && subheading(p.text) && lines.EndsSentence(paragraphs[k-1].text) && !paragraphs[k+1].item:
			kind = news.SpanHeading
		}
		if kind != "" {
			spans = append(spans, news.Span{Start: start, End: b.Len(), Kind: kind})
		}
	}
	return b.String(), spans
}

type paragraph struct {
	text string
	item bool
	line int // its last line
}

func (t *scraped) paragraphs() []paragraph {
	var out []paragraph
	for i, own := range t.own {
		if !own {
			continue
		}
		l := t.page.Lines[i]
		if i > t.first && subheading(l.Text) && (lines.Furniture(l.Text) || t.teased(i)) {
			continue
		}
		if n := len(out); n > 0 && out[n-1].line == i-1 && !l.Gap && !l.Item && unfinished(out[n-1].text, l.Text) {
			out[n-1].text = lines.Join(out[n-1].text, l.Text)
			out[n-1].line = i
			continue
		}
		out = append(out, paragraph{text: l.Text, item: l.Item, line: i})
	}
	// A short line without a full stop at the end heads something that was cut.
	for n := len(out); n > 1 && subheading(out[n-1].text) && !out[n-1].item; n = len(out) {
		out = out[:n-1]
	}
	return out
}

// teased reports whether line i stands in a list of other headlines: below a
// line that leads elsewhere, with no sentence between.
func (t *scraped) teased(i int) bool {
	for k := i - 1; k >= 0 && k >= i-4 && !lines.EndsSentence(t.line(k)); k-- {
		if !t.own[k] && lines.Furniture(t.line(k)) && text.Words(t.line(k)) <= 4 {
			return true
		}
	}
	return false
}

// unfinished reports whether paragraph a goes on in b: both are known to be of
// the body, so less is needed than when lines are parted.
func unfinished(a, b string) bool {
	if lines.EndsSentence(a) || strings.HasSuffix(a, ":") {
		return false
	}
	first, _ := utf8.DecodeRuneInString(b)
	if unicode.IsLower(first) {
		return true
	}
	i := strings.LastIndexByte(a, ' ')
	last := a[i+1:]
	return i > 0 && utf8.RuneCountInString(a) >= 60 && utf8.RuneCountInString(last) <= 3 && startsLower(last)
}

// subheading reports whether s is short and no sentence.
func subheading(s string) bool {
	if utf8.RuneCountInString(s) > 90 {
		return false
	}
	r, _ := utf8.DecodeLastRuneInString(s)
	return !lines.EndsSentence(s) && r != ':' && r != ',' || r == '?' && utf8.RuneCountInString(s) < 70
}

func firstParagraph(body string) string {
	p, _, _ := strings.Cut(body, "\n\n")
	return p
}
