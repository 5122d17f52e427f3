package entity

import (
	_ "embed"
	"strings"
	"sync"

	"backfile/internal/text"
)

var (
	//go:embed lists/names.tsv.zst
	namesTable []byte
	//go:embed lists/given.txt
	givenTable string
	//go:embed lists/words.txt.zst
	wordsTable []byte
	//go:embed lists/organisations.txt
	organisationsTable string
)

// nameSigns says what a word is known as, bit by bit.
type nameSigns uint8

const (
	male nameSigns = 1 << iota
	female
	family
	common // an English word that is written small
)

func (s nameSigns) given() bool { return s&(male|female) != 0 }

// lexicon is what is known of single words, and of organisations.
type lexicon struct {
	words         map[string]nameSigns
	organisations *phrases[int32]
	// sexes are of names that are of one sex, whatever words has.
	sexes map[string]nameSigns
	// names are the organisations' full names, aliases their other names.
	names   []string
	aliases [][]string
}

var theLexicon = sync.OnceValue(loadLexicon)

func loadLexicon() *lexicon {
	l := &lexicon{words: make(map[string]nameSigns, 110_000), sexes: map[string]nameSigns{}, organisations: newPhrases[int32](600)}
	for line := range strings.SplitSeq(unpack(namesTable), "\n") {
		name, signs, ok := strings.Cut(line, "\t")
		if !ok {
			continue
		}
		var s nameSigns
		for i := range len(signs) {
			switch signs[i] {
			case 'm':
				s |= male
			case 'f':
				s |= female
			case 's':
				s |= family
			}
		}
		l.words[name] = s
	}
	for line := range lines(givenTable) {
		sex, names, _ := strings.Cut(line, "|")
		s := male
		if sex == "f" || sex == "F" {
			s = female
		}
		for n := range strings.FieldsSeq(names) {
			if w := text.FoldWord(n); sex == "M" || sex == "F" {
				l.sexes[w] = s
			} else {
				l.words[w] |= s
			}
		}
	}
	for w := range strings.SplitSeq(unpack(wordsTable), "\n") {
		l.words[w] |= common
	}
	// Words of the census that are no names to a reader of news, and words
	// that name people far more often than things.
	for w := range strings.FieldsSeq(noGiven) {
		l.words[w] &^= male | female
	}
	for w := range strings.FieldsSeq(noNames) {
		l.words[w] = common
	}
	for line := range lines(organisationsTable) {
		name, others, _ := strings.Cut(line, "|")
		i := int32(len(l.names))
		l.names = append(l.names, name)
		l.organisations.put(text.Fold(name), i)
		var aliases []string
		for o := range strings.SplitSeq(others, ", ") {
			if o != "" {
				aliases = append(aliases, o)
				l.organisations.put(text.Fold(o), i)
			}
		}
		l.aliases = append(l.aliases, aliases)
	}
	return l
}

// Warm decodes the tables now instead of at the first article: about a tenth of
// a second. It may be called from any goroutine, any number of times.
func Warm() {
	var wg sync.WaitGroup
	wg.Go(func() { theGazetteer() })
	wg.Go(func() { theModel() })
	theLexicon()
	wg.Wait()
}

// sex is what a given name tells, or 0.
func (l *lexicon) sex(given string) nameSigns {
	if s, ok := l.sexes[given]; ok {
		return s
	}
	if s := l.words[given] & (male | female); s != male|female && !easternFamilies[given] {
		return s
	}
	return 0
}
