package main

import (
	"bufio"
	"bytes"
	"fmt"
	"os"
	"strings"
	"unicode"
	"unicode/utf8"

	"backfile/internal/news"
)

// sentencesADocument: CoNLL files that mark no documents are cut after so many
// sentences.
const sentencesADocument = 20

var kinds = map[string]news.Kind{"PER": news.Person, "LOC": news.Place, "ORG": news.Organisation}

// readConll reads lines of a token and a tag (I-PER, B-LOC, O, …).
func readConll(path string) ([]document, error) {
	b, err := os.ReadFile(path)
	if err != nil {
		return nil, err
	}
	var docs []document
	var w writer
	sentences := 0
	flush := func() {
		if w.b.Len() > 0 {
			docs = append(docs, document{w.b.String(), w.gold})
		}
		w, sentences = writer{}, 0
	}
	sc := bufio.NewScanner(bytes.NewReader(b))
	for n := 1; sc.Scan(); n++ {
		line := strings.TrimSpace(sc.Text())
		if line == "" {
			w.close()
			if w.open() {
				w.paragraph()
				if sentences++; sentences == sentencesADocument {
					flush()
				}
			}
			continue
		}
		f := strings.Fields(line)
		if f[0] == "-DOCSTART-" {
			flush()
			continue
		}
		if len(f) < 2 {
			return nil, fmt.Errorf("%s:%d: no tag", path, n)
		}
		prefix, label, _ := strings.Cut(f[len(f)-1], "-")
		w.token(f[0], kinds[label], label, prefix == "B")
	}
	flush()
	return docs, sc.Err()
}

// writer puts tokens together to text and keeps the spans of the marks.
type writer struct {
	b     strings.Builder
	gold  []mark
	kind  news.Kind
	label string
	start int
	end   int
	glue  bool
	began bool
	quote bool
}

func (w *writer) open() bool { return w.began }

func (w *writer) token(s string, kind news.Kind, label string, begins bool) {
	if w.label != label || begins {
		w.close()
	}
	if w.began && !w.glue && !attaches(s) && !(s == `"` && w.quote) {
		w.b.WriteByte(' ')
	}
	w.glue = s == "(" || s == "[" || s == "“" || s == "``" || s == "$" || s == "£" || s == `"` && !w.quote
	if s == `"` {
		w.quote = !w.quote
	}
	start := w.b.Len()
	w.b.WriteString(s)
	w.began = true
	if kind != "" && w.kind == "" {
		w.kind, w.start = kind, start
	}
	w.label = label
	w.end = w.b.Len()
}

func (w *writer) close() {
	if w.kind != "" {
		w.gold = append(w.gold, mark{w.kind, w.start, w.end})
	}
	w.kind, w.label = "", ""
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

// readWebAnno reads a GUM file. GUM marks whole phrases, nested, and pronouns
// too; the span taken is the one without "the", and only if all its words of
// weight are capitals. Titles stay in it, so that its figures are too low for a
// recogniser that leaves them out.
func readWebAnno(path string) (document, error) {
	b, err := os.ReadFile(path)
	if err != nil {
		return document{}, err
	}
	var w writer
	type open struct {
		kind       news.Kind
		start, end int
		words      []string
		starts     []int
	}
	spans := map[string]*open{}
	var order []string
	for line := range strings.SplitSeq(string(b), "\n") {
		f := strings.Split(strings.TrimRight(line, "\r"), "\t")
		if len(f) < 7 || strings.HasPrefix(line, "#") {
			if line == "" && w.began {
				w.paragraph()
			}
			continue
		}
		w.token(f[2], "", "", false)
		start := w.end - len(f[2])
		for n, label := range strings.Split(f[3], "|") {
			name, id, ok := strings.Cut(label, "[")
			if !ok {
				if label == "_" {
					continue
				}
				name, id = label, fmt.Sprintf("single %d.%d", start, n)
			}
			k := map[string]news.Kind{"person": news.Person, "place": news.Place, "organization": news.Organisation}[name]
			if k == "" {
				continue
			}
			s := spans[id]
			if s == nil {
				s = &open{kind: k, start: start}
				spans[id] = s
				order = append(order, id)
			}
			s.end = w.end
			s.words = append(s.words, f[2])
			s.starts = append(s.starts, start)
		}
	}
	d := document{text: w.b.String()}
	for _, id := range order {
		s := spans[id]
		for len(s.words) > 0 && (strings.EqualFold(s.words[0], "the") || strings.EqualFold(s.words[0], "a")) {
			s.words, s.starts = s.words[1:], s.starts[1:]
		}
		if n := len(s.words); n > 0 && (s.words[n-1] == "'s" || s.words[n-1] == "'") {
			s.words, s.end = s.words[:n-1], s.end-len(s.words[n-1])
		}
		if len(s.words) > 0 && nameLike(s.words) && !(len(s.words) == 1 && pronouns[strings.ToLower(s.words[0])]) {
			d.gold = append(d.gold, mark{s.kind, s.starts[0], s.end})
		}
	}
	return d, nil
}

var pronouns = map[string]bool{"i": true, "he": true, "she": true, "we": true, "they": true, "it": true, "you": true, "his": true, "her": true,
	"their": true, "our": true, "my": true, "its": true, "who": true, "some": true, "many": true, "others": true, "this": true, "that": true}

func nameLike(ws []string) bool {
	for _, w := range ws {
		switch w {
		case "of", "the", "for", "and", "de", "-", ".":
			continue
		}
		if r, _ := utf8.DecodeRuneInString(w); !unicode.IsUpper(r) {
			return false
		}
	}
	return true
}

// readBrackets reads lines of marked sentences: "[P Ana Ruiz] left [L Quito] .".
func readBrackets(path string) ([]document, error) {
	b, err := os.ReadFile(path)
	if err != nil {
		return nil, err
	}
	letters := map[string]news.Kind{"[P": news.Person, "[L": news.Place, "[O": news.Organisation}
	var docs []document
	for line := range strings.Lines(string(b)) {
		if line = strings.TrimSpace(line); line == "" || strings.HasPrefix(line, "#") {
			continue
		}
		var w writer
		var kind news.Kind
		for f := range strings.FieldsSeq(line) {
			if k, ok := letters[f]; ok {
				w.close()
				kind = k
				continue
			}
			word, closes := strings.CutSuffix(f, "]")
			label := string(kind)
			if kind == "" {
				label = "O"
			}
			w.token(word, kind, label, false)
			if closes {
				w.close()
				kind = ""
			}
		}
		w.close()
		docs = append(docs, document{w.b.String(), w.gold})
	}
	return docs, nil
}
