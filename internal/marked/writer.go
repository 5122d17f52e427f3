package marked

import (
	"strings"

	"backfile/internal/news"
)

// writer puts tokens together to text and keeps the spans of marks.
type writer struct {
	b     strings.Builder
	marks []Mark
	// label is the last token's; at is its first byte.
	label string
	at    int
	now   Mark
	open  bool
	glue  bool
	began bool
	quote bool
}

func (w *writer) token(s string) {
	if w.began && !w.glue && !attaches(s) && !(s == `"` && w.quote) {
		w.b.WriteByte(' ')
	}
	w.glue = s == "(" || s == "[" || s == "“" || s == "``" || s == "$" || s == "£" || s == `"` && !w.quote
	if s == `"` {
		w.quote = !w.quote
	}
	w.at = w.b.Len()
	w.b.WriteString(s)
	w.began = true
}

// extend makes the last token part of the mark that is open, or opens one.
func (w *writer) extend(kind news.Kind) {
	if !w.open {
		w.now, w.open = Mark{Kind: kind, Start: w.at}, true
	}
	w.now.End = w.b.Len()
}

func (w *writer) close() {
	if w.open {
		w.marks = append(w.marks, w.now)
	}
	w.open, w.label = false, ""
}

func (w *writer) paragraph() {
	w.b.WriteString("\n\n")
	w.began, w.glue, w.quote = false, false, false
}

// attaches reports whether a token stands without a space behind the one before.
func attaches(s string) bool {
	switch s {
	case ",", ".", ";", ":", "!", "?", ")", "]", "”", "''", "%", "'s", "’s", "n't", "'", "’", "'re", "'ve", "'ll", "'m", "'d":
		return true
	}
	return false
}

// set is the words of a string.
func set(s string) map[string]bool {
	m := map[string]bool{}
	for w := range strings.FieldsSeq(s) {
		m[w] = true
	}
	return m
}
