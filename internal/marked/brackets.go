package marked

import (
	"os"
	"path/filepath"
	"strings"

	"backfile/internal/news"
)

// letters open a mark in brackets.
var letters = map[string]news.Kind{"[P": news.Person, "[L": news.Place, "[O": news.Organisation, "[F": Building}

// ReadBrackets reads lines of marked sentences, "[P Ana Ruiz] left [L Quito] .",
// each a document.
func ReadBrackets(path string) ([]Document, error) {
	b, err := os.ReadFile(path)
	if err != nil {
		return nil, err
	}
	var docs []Document
	for line := range strings.Lines(string(b)) {
		if line = strings.TrimSpace(line); line == "" || strings.HasPrefix(line, "#") {
			continue
		}
		var w writer
		w.brackets(line)
		docs = append(docs, Document{Set: filepath.Base(path), Body: w.b.String(), Marks: w.marks, Group: len(docs)})
	}
	return docs, nil
}

// ReadBlocks reads lines as ReadBrackets does; a block of them without a blank line
// is a document, each line a paragraph.
func ReadBlocks(set, s string) []Document {
	var docs []Document
	for block := range strings.SplitSeq(s, "\n\n") {
		var w writer
		for line := range strings.Lines(block) {
			if line = strings.TrimSpace(line); line != "" && !strings.HasPrefix(line, "#") {
				w.brackets(line)
				w.paragraph()
			}
		}
		if w.b.Len() > 0 {
			docs = append(docs, Document{Set: set, Body: w.b.String(), Marks: w.marks, Group: len(docs)})
		}
	}
	return docs
}

// brackets writes a line of tokens and bracketed marks.
func (w *writer) brackets(line string) {
	var kind news.Kind
	open := false
	for f := range strings.FieldsSeq(line) {
		if k, ok := letters[f]; ok {
			kind, open = k, true
			w.close()
			continue
		}
		word, closes := f, false
		if open {
			word, closes = strings.CutSuffix(f, "]")
		}
		w.token(word)
		if open {
			w.extend(kind)
		}
		if closes {
			w.close()
			open = false
		}
	}
	w.close()
}
