package marked

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
)

// The sets of the project's own marks. Those whose name ends in "-dev" are kept
// apart: what is chosen is chosen on them, and nothing is learnt from them.
const (
	SetSentences    = "gmb"
	SetSentencesDev = "gmb-dev"
	SetPages        = "pages-dev"
	SetWire         = "wire-dev"
)

// devSentences begin the stretches of sentences that are kept apart.
var devSentences = map[int]bool{34500: true, 16500: true}

// Sources says where marked text is.
type Sources struct {
	// Texts has wikigold.conll, uner-ewt-devtest.conll, gum-news, hand.txt and
	// gmb-text.txt.gz.
	Texts string
	// Pages is a file of pages, "" for none.
	Pages string
	// Marks has the project's own marks.
	Marks string
}

// Load reads all sets, in a fixed order. The text of sentences is read along, if
// it is there.
func Load(src Sources) ([]Document, *Plain, error) {
	var docs []Document
	add := func(ds []Document, err error) error {
		if err != nil {
			return fmt.Errorf("read marked text: %w", err)
		}
		docs = append(docs, ds...)
		return nil
	}
	for _, name := range []string{"wikigold.conll", "uner-ewt-devtest.conll"} {
		if err := add(ReadConll(filepath.Join(src.Texts, name))); err != nil {
			return nil, nil, err
		}
	}
	files, err := filepath.Glob(filepath.Join(src.Texts, "gum-news", "*.tsv"))
	if err != nil {
		return nil, nil, err
	}
	slices.Sort(files)
	if err := add(ReadWebAnno(files)); err != nil {
		return nil, nil, err
	}
	if err := add(ReadBrackets(filepath.Join(src.Texts, "hand.txt"))); err != nil {
		return nil, nil, err
	}
	plain, err := ReadPlain(filepath.Join(src.Texts, "gmb-text.txt.gz"))
	if err != nil {
		return nil, nil, err
	}
	pages := map[string]Page{}
	if src.Pages != "" {
		pages, err = ReadPages(src.Pages)
		if errors.Is(err, fs.ErrNotExist) {
			pages, err = nil, nil
		}
		if err != nil {
			return nil, nil, err
		}
	}
	if err := add(loadMarks(src.Marks, plain, pages)); err != nil {
		return nil, nil, err
	}
	if b, err := os.ReadFile(filepath.Join(src.Marks, "wire", "dev.txt")); err == nil {
		docs = append(docs, ReadBlocks(SetWire, string(b))...)
	}
	return docs, plain, nil
}

// loadMarks reads the project's own marks. Pages are passed over if there are
// none.
func loadMarks(dir string, plain *Plain, pages map[string]Page) ([]Document, error) {
	files, err := filepath.Glob(filepath.Join(dir, "*.txt"))
	if err != nil {
		return nil, err
	}
	slices.Sort(files)
	var docs []Document
	for _, path := range files {
		f, err := os.Open(path)
		if err != nil {
			return nil, err
		}
		readings, err := ParseMarks(f)
		f.Close()
		if err != nil {
			return nil, fmt.Errorf("%s: %w", path, err)
		}
		for i := range readings {
			ds, err := readings[i].documents(plain, pages)
			if err != nil {
				return nil, fmt.Errorf("%s: %w", path, err)
			}
			for k := range ds {
				if readings[i].Page != "" {
					ds[k].Group = len(docs)
				}
			}
			docs = append(docs, ds...)
		}
	}
	return docs, nil
}

func (rd *Reading) documents(plain *Plain, pages map[string]Page) ([]Document, error) {
	if rd.Page != "" {
		if len(pages) == 0 {
			return nil, nil
		}
		p, ok := pages[rd.Page]
		if !ok {
			return nil, fmt.Errorf("no page %s", rd.Page)
		}
		land, _, _ := strings.Cut(rd.Page, "-")
		language := languages[land]
		set := SetPages
		if language != "" {
			set = "pages-" + language
		}
		d, err := p.Document(set, rd)
		d.Language = language
		return []Document{d}, err
	}
	if rd.Last > len(plain.Lines) {
		return nil, fmt.Errorf("sentences up to %d, where there are %d", rd.Last, len(plain.Lines))
	}
	names, left := map[int][]NameMark{}, map[int]bool{}
	for i, n := range rd.Lines {
		names[i-1] = n
	}
	for i := range rd.Left {
		left[i-1] = true
	}
	set := SetSentences
	if devSentences[rd.First] {
		set = SetSentencesDev
	}
	return plain.Documents(set, rd.First-1, rd.Last-1, names, left)
}

// languages are those of the countries, as pages are named, whose pages are not in
// English.
var languages = map[string]string{"de": "de", "at": "de", "ch": "de", "es": "es", "fr": "fr", "it": "it", "be": "nl"}
