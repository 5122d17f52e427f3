package marked

import (
	"bufio"
	"bytes"
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"backfile/internal/news"
)

// stretches is into how many a file without documents is parted.
const stretches = 20

// sentencesADocument: files that mark no documents are cut after so many.
const sentencesADocument = 20

var conllKinds = map[string]news.Kind{"PER": news.Person, "LOC": news.Place, "ORG": news.Organisation}

// ReadConll reads lines of a token and a tag (I-PER, B-LOC, O, …). A file
// without -DOCSTART- is cut into stretches.
func ReadConll(path string) ([]Document, error) {
	b, err := os.ReadFile(path)
	if err != nil {
		return nil, err
	}
	return parseConll(filepath.Base(path), b)
}

func parseConll(set string, b []byte) ([]Document, error) {
	var docs []Document
	var w writer
	sentences, group := 0, 0
	flush := func() {
		if w.close(); w.b.Len() > 0 {
			docs = append(docs, Document{Set: set, Body: w.b.String(), Marks: w.marks, Group: group})
		}
		w, sentences = writer{}, 0
	}
	sc := bufio.NewScanner(bytes.NewReader(b))
	for n := 1; sc.Scan(); n++ {
		f := strings.Fields(sc.Text())
		switch {
		case len(f) == 0:
			if !w.began {
				continue
			}
			w.close()
			w.paragraph()
			if sentences++; sentences == sentencesADocument {
				flush()
			}
		case f[0] == "-DOCSTART-":
			flush()
			group++
		case len(f) < 2:
			return nil, fmt.Errorf("%s:%d: no tag", set, n)
		default:
			prefix, label, _ := strings.Cut(f[len(f)-1], "-")
			if prefix == "B" || label != w.label {
				w.close()
			}
			w.token(f[0])
			if kind, ok := conllKinds[label]; ok {
				w.extend(kind)
			}
			w.label = label
		}
	}
	flush()
	if group == 0 {
		for i := range docs {
			docs[i].Group = i * stretches / len(docs)
		}
	}
	return docs, sc.Err()
}
