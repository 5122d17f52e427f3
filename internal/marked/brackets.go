package marked

import (
	"os"
	"path/filepath"
	"strings"

	"backfile/internal/news"
)

// ReadBrackets reads lines of marked sentences, "[P Ana Ruiz] left [L Quito] .",
// each a document.
func ReadBrackets(path string) ([]Document, error) {
	b, err := os.ReadFile(path)
	if err != nil {
		return nil, err
	}
	letters := map[string]news.Kind{"[P": news.Person, "[L": news.Place, "[O": news.Organisation}
	var docs []Document
	for line := range strings.Lines(string(b)) {
		if line = strings.TrimSpace(line); line == "" || strings.HasPrefix(line, "#") {
			continue
		}
		var w writer
		var kind news.Kind
		marked := false
		for f := range strings.FieldsSeq(line) {
			if k, ok := letters[f]; ok {
				kind, marked = k, true
				continue
			}
			word, closes := strings.CutSuffix(f, "]")
			w.token(word)
			if marked {
				w.extend(kind)
			}
			if closes {
				w.close()
				marked = false
			}
		}
		w.close()
		docs = append(docs, Document{Set: filepath.Base(path), Body: w.b.String(), Marks: w.marks, Group: len(docs)})
	}
	return docs, nil
}
