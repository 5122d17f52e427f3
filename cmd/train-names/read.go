package main

import (
	"bufio"
	"bytes"
	"cmp"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"backfile/internal/entity/tagger"
)

// blocks is into how many stretches a file without documents is parted for
// cross-validation.
const blocks = 20

// sentencesADocument: files that mark no documents are cut after so many.
const sentencesADocument = 20

// document is a marked text.
type document struct {
	set  string
	text string
	gold []mark
	// masked is neither learnt from nor counted.
	masked []mark
	// group is the article, or stretch of the file, that it comes from:
	// documents of one group are never parted between training and test.
	group int
}

// mark is a span of bytes and what it names.
type mark struct {
	kind       tagger.Kind
	start, end int
}

// load reads all sets of marked text in a directory, in a fixed order.
func load(dir string) ([]document, error) {
	var docs []document
	for _, name := range []string{"wikigold.conll", "uner-ewt-devtest.conll"} {
		ds, err := readConll(filepath.Join(dir, name))
		if err != nil {
			return nil, fmt.Errorf("read marked text: %w", err)
		}
		docs = append(docs, ds...)
	}
	files, err := filepath.Glob(filepath.Join(dir, "gum-news", "*.tsv"))
	if err != nil {
		return nil, err
	}
	slices.Sort(files)
	ds, err := readWebAnno(files)
	if err != nil {
		return nil, fmt.Errorf("read marked text: %w", err)
	}
	docs = append(docs, ds...)
	ds, err = readBrackets(filepath.Join(dir, "hand.txt"))
	if err != nil {
		return nil, fmt.Errorf("read marked text: %w", err)
	}
	return append(docs, ds...), nil
}

var conllKinds = map[string]tagger.Kind{"PER": tagger.Person, "LOC": tagger.Place, "ORG": tagger.Organisation}

// readConll reads lines of a token and a tag (I-PER, B-LOC, O, …). A file
// without -DOCSTART- is cut into stretches.
func readConll(path string) ([]document, error) {
	b, err := os.ReadFile(path)
	if err != nil {
		return nil, err
	}
	var docs []document
	var w writer
	sentences, group := 0, 0
	flush := func() {
		if w.close(); w.b.Len() > 0 {
			docs = append(docs, document{set: filepath.Base(path), text: w.b.String(), gold: w.gold, group: group})
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
			return nil, fmt.Errorf("%s:%d: no tag", path, n)
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
			docs[i].group = i * blocks / len(docs)
		}
	}
	return docs, sc.Err()
}

// writer puts tokens together to text and keeps the spans of marks.
type writer struct {
	b    strings.Builder
	gold []mark
	// label is the last token's; at is its first byte.
	label string
	at    int
	now   mark
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
func (w *writer) extend(kind tagger.Kind) {
	if !w.open {
		w.now, w.open = mark{kind: kind, start: w.at}, true
	}
	w.now.end = w.b.Len()
}

func (w *writer) close() {
	if w.open {
		w.gold = append(w.gold, w.now)
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

// readBrackets reads lines of marked sentences, "[P Ana Ruiz] left [L Quito] .",
// each a document.
func readBrackets(path string) ([]document, error) {
	b, err := os.ReadFile(path)
	if err != nil {
		return nil, err
	}
	letters := map[string]tagger.Kind{"[P": tagger.Person, "[L": tagger.Place, "[O": tagger.Organisation}
	var docs []document
	for line := range strings.Lines(string(b)) {
		if line = strings.TrimSpace(line); line == "" || strings.HasPrefix(line, "#") {
			continue
		}
		var w writer
		var kind tagger.Kind
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
		docs = append(docs, document{set: filepath.Base(path), text: w.b.String(), gold: w.gold, group: len(docs)})
	}
	return docs, nil
}

// phrase is what GUM marks: a name up to its first word that cannot be one's, if
// that word shows that no more than an apposition or a clause follows.
type phrase struct {
	mark
	// whose is what the phrase means, as the title of an encyclopaedia's
	// article; typed says that its kind is known.
	whose              string
	typed, ended, name bool
}

var gumKinds = map[string]tagger.Kind{"person": tagger.Person, "place": tagger.Place, "organization": tagger.Organisation}

// readWebAnno reads files of GUM, which marks whole phrases, nested, pronouns
// too. What is kept are the phrases whose words of weight are capitals; settle
// takes titles off them. Some names have no kind in these files, only what they
// mean: they have the kind that the same meaning has elsewhere, and where it has
// none they are masked, to be neither learnt from nor counted.
func readWebAnno(paths []string) ([]document, error) {
	var docs []document
	var all [][]*phrase
	kinds := map[string]tagger.Kind{}
	for i, path := range paths {
		b, err := os.ReadFile(path)
		if err != nil {
			return nil, err
		}
		text, phrases := readPhrases(string(b))
		docs = append(docs, document{set: "gum-news", text: text, group: i})
		all = append(all, phrases)
		for _, p := range phrases {
			if p.typed && p.whose != "" {
				kinds[p.whose] = p.kind
			}
		}
	}
	for i, phrases := range all {
		for _, p := range phrases {
			if !p.typed && p.name {
				if p.kind, p.typed = kinds[p.whose]; !p.typed {
					docs[i].masked = append(docs[i].masked, p.mark)
				}
			}
			if p.typed && p.name {
				docs[i].gold = append(docs[i].gold, p.mark)
			}
		}
	}
	return docs, nil
}

// readPhrases is the text of a WebAnno file and its phrases, in order.
func readPhrases(s string) (string, []*phrase) {
	var w writer
	byID := map[string]*phrase{}
	var order []*phrase
	for line := range strings.SplitSeq(s, "\n") {
		f := strings.Split(strings.TrimRight(line, "\r"), "\t")
		if len(f) < 4 || strings.HasPrefix(line, "#") {
			if line == "" && w.began {
				w.paragraph()
			}
			continue
		}
		w.token(f[2])
		whose := map[string]string{}
		if len(f) > 6 {
			for label := range strings.SplitSeq(f[6], "|") {
				if title, id, ok := strings.Cut(label, "["); ok {
					whose[id] = title
				}
			}
		}
		see := func(id string, kind tagger.Kind, typed bool) {
			p := byID[id]
			if p == nil {
				p = &phrase{mark: mark{kind: kind, start: w.at, end: w.at}, whose: whose[id], typed: typed, name: true}
				byID[id] = p
				order = append(order, p)
			}
			switch {
			case p.ended:
			case nameWord(f[2]):
				p.end = w.b.Len()
			default:
				p.ended, p.name = true, closers[f[2]] && p.end > p.start
			}
		}
		typed := map[string]bool{}
		for n, label := range strings.Split(f[3], "|") {
			name, id, numbered := strings.Cut(label, "[")
			if !numbered {
				id = fmt.Sprintf("single %d.%d", w.at, n)
			}
			typed[id] = true
			if kind, ok := gumKinds[name]; ok {
				see(id, kind, true)
			}
		}
		for _, id := range slices.Sorted(maps.Keys(whose)) {
			if !typed[id] {
				see(id, 0, false)
			}
		}
	}
	return w.b.String(), order
}

// closers are words behind which a phrase tells more of what its name names.
var closers = set(`, ( [ ; : – — -- who which that whom whose where in from at on near`)

var pronouns = map[string]bool{"i": true, "he": true, "she": true, "we": true, "they": true, "it": true, "you": true, "his": true, "her": true,
	"their": true, "our": true, "my": true, "its": true, "who": true, "some": true, "many": true, "others": true, "this": true, "that": true}

// nameWord reports whether a word may stand in a name.
func nameWord(w string) bool {
	switch strings.ToLower(w) {
	case "of", "the", "a", "for", "and", "de", "-", ".", "'s", "'", "’s", "&":
		return true
	}
	r, _ := utf8.DecodeRuneInString(w)
	return unicode.IsUpper(r) && !pronouns[strings.ToLower(w)]
}

// settle brings marks of all sets to one rule, that of the archive: the name
// alone, without article, honorific, title or possessive, at the bounds of words;
// adjectives of nations name nothing; of nested names the outermost counts.
func settle(gold []mark, toks []tagger.Token, titled bool) []tagger.Span {
	var out []tagger.Span
	for _, m := range gold {
		first, _ := slices.BinarySearchFunc(toks, m.start, func(t tagger.Token, at int) int { return cmp.Compare(t.Start, at) })
		last := first
		for last < len(toks) && toks[last].Start < m.end {
			last++
		}
		last--
		if first > last {
			continue
		}
		for first < last && (toks[first].Fold == "the" || toks[first].Fold == "a") {
			first++
		}
		if m.kind == tagger.Person {
			first = behindTitles(toks, first, last, titled)
		}
		if first > last || titled && allSigned(toks[first:last+1], tagger.Demonym) {
			continue
		}
		out = append(out, tagger.Span{Kind: m.kind, First: first, Last: last})
	}
	slices.SortStableFunc(out, func(a, b tagger.Span) int { return cmp.Or(cmp.Compare(a.First, b.First), cmp.Compare(b.Last, a.Last)) })
	end := -1
	return slices.DeleteFunc(out, func(s tagger.Span) bool {
		if s.First <= end {
			return true
		}
		end = s.Last
		return false
	})
}

// behindTitles is the first token of a person's name behind honorifics and, where
// the set has them inside of names, titles; behind last if nothing is left.
func behindTitles(toks []tagger.Token, first, last int, titled bool) int {
	if !titled {
		for first < last && toks[first].Signs&tagger.Honorific != 0 && toks[first].Signs&tagger.Given == 0 {
			first++
		}
		return first
	}
	at := first
	for i := first; i <= last; i++ {
		if toks[i].Signs&(tagger.Honorific|tagger.Title|tagger.Role) != 0 {
			at = i + 1
		}
	}
	if at <= last && (toks[at].Gap == tagger.Comma || toks[at].Fold == "of" || toks[at].Fold == "for") {
		return last + 1
	}
	return at
}

func allSigned(toks []tagger.Token, s tagger.Signs) bool {
	for _, t := range toks {
		if t.Signs&s == 0 || t.Signs&(tagger.Country|tagger.Region|tagger.City) != 0 {
			return false
		}
	}
	return true
}
