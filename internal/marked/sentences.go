package marked

import (
	"bufio"
	"compress/gzip"
	"fmt"
	"os"
	"strings"
)

// Plain is a text of sentences, a line of tokens each.
type Plain struct {
	// Lines are counted from 0, as they stand in the file.
	Lines []string
	// Left says of each whether it must not be used; see [Usable].
	Left []bool
}

// ReadPlain reads gzipped sentences, a line of tokens each, in the order of their
// articles.
func ReadPlain(path string) (*Plain, error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, fmt.Errorf("read plain text: %w", err)
	}
	defer f.Close()
	z, err := gzip.NewReader(f)
	if err != nil {
		return nil, fmt.Errorf("read plain text %s: %w", path, err)
	}
	p := &Plain{}
	sc := bufio.NewScanner(z)
	sc.Buffer(nil, 1<<20)
	for sc.Scan() {
		p.Lines = append(p.Lines, sc.Text())
	}
	if err := sc.Err(); err != nil {
		return nil, fmt.Errorf("read plain text %s: %w", path, err)
	}
	p.Left = leftOut(p.Lines)
	return p, nil
}

// Documents makes a document of each article that seems to stand in lines first
// to last (counted from 0, both included), with the marks that lines have; lines
// in left, and those that must not be used, are passed over.
func (p *Plain) Documents(set string, first, last int, names map[int][]NameMark, left map[int]bool) ([]Document, error) {
	var docs []Document
	var w writer
	sentences := 0
	start := first
	flush := func() {
		if w.b.Len() > 0 {
			docs = append(docs, Document{Set: set, ID: fmt.Sprint(start + 1), Body: w.b.String(), Marks: w.marks, Group: start})
		}
		w, sentences = writer{}, 0
	}
	for i := first; i <= min(last, len(p.Lines)-1); i++ {
		if sentences > 0 && p.opens(i) || sentences == 2*sentencesADocument {
			flush()
			start = i
		}
		if left[i] || p.Left[i] || strings.TrimSpace(p.Lines[i]) == "" {
			continue
		}
		if err := w.sentence(p.Lines[i], names[i]); err != nil {
			return nil, fmt.Errorf("sentence %d: %w", i+1, err)
		}
		w.paragraph()
		sentences++
	}
	flush()
	return docs, nil
}

// sentence writes a line of tokens with its marks.
func (w *writer) sentence(line string, names []NameMark) error {
	marks, err := find(line, names)
	if err != nil {
		return err
	}
	at := 0
	for tok := range strings.FieldsSeq(line) {
		at += strings.Index(line[at:], tok)
		end := at + len(tok)
		for len(marks) > 0 && marks[0].End <= at {
			w.close()
			marks = marks[1:]
		}
		if len(marks) == 0 || marks[0].Start >= end || w.open && marks[0].Kind != w.now.Kind {
			w.close()
		}
		w.token(tok)
		if len(marks) > 0 && marks[0].Start < end {
			if marks[0].Start >= at {
				w.close()
			}
			w.extend(marks[0].Kind)
			// A mark may cover a part of a token: "Paris" of "Paris-based".
			if marks[0].Start > at {
				w.now.Start = w.at + marks[0].Start - at
			}
			if marks[0].End < end {
				w.now.End = w.at + marks[0].End - at
			}
		}
		at = end
	}
	w.close()
	return nil
}

// reach is how many sentences back an article's names are looked for.
const backward = 5

// opens reports whether line i seems to begin an article: none of its names
// stands in the lines before, and it refers to nothing said there.
func (p *Plain) opens(i int) bool {
	names := capitals(p.Lines[i])
	if len(names) == 0 {
		return false
	}
	first, _, _ := strings.Cut(p.Lines[i], " ")
	if referring[first] {
		return false
	}
	for k := max(0, i-backward); k < i; k++ {
		for w := range capitals(p.Lines[k]) {
			if names[w] {
				return false
			}
		}
	}
	return true
}

var referring = set(`He She It They His Her Its Their Mr. Ms. Mrs. Meanwhile But And However Separately Also Both That This These Those Earlier Elsewhere Last On In`)

// capitals are the words with a capital behind a line's first, days and months
// apart.
func capitals(line string) map[string]bool {
	out := map[string]bool{}
	for i, f := range strings.Fields(line) {
		if (i > 0 || strings.Contains(f, ".")) && len(f) > 2 && f[0] >= 'A' && f[0] <= 'Z' && !calendar[f] {
			out[f] = true
		}
	}
	return out
}

var calendar = set(`Monday Tuesday Wednesday Thursday Friday Saturday Sunday January February March April May June July August September October November December Mr. Mrs. Ms. President Prime Minister Foreign`)
