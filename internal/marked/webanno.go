package marked

import (
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"backfile/internal/news"
)

// phrase is what GUM marks: a name up to its first word that cannot be one's, if
// that word shows that no more than an apposition or a clause follows.
type phrase struct {
	Mark
	// whose is what the phrase means, as the title of an encyclopaedia's
	// article; typed says that its kind is known.
	whose              string
	typed, ended, name bool
}

var gumKinds = map[string]news.Kind{"person": news.Person, "place": news.Place, "organization": news.Organisation}

// GUM is the name of the set that ReadWebAnno reads: its marks have titles inside
// of names and adjectives of nations as places, which Settle takes off.
const GUM = "gum-news"

// ReadWebAnno reads files of GUM, which marks whole phrases, nested, pronouns
// too. What is kept are the phrases whose words of weight are capitals; Settle
// takes titles off them. Some names have no kind in these files, only what they
// mean: they have the kind that the same meaning has elsewhere, and where it has
// none they are masked.
func ReadWebAnno(paths []string) ([]Document, error) {
	var docs []Document
	var all [][]*phrase
	kinds := map[string]news.Kind{}
	for i, path := range paths {
		b, err := os.ReadFile(path)
		if err != nil {
			return nil, err
		}
		text, phrases := readPhrases(string(b))
		docs = append(docs, Document{Set: GUM, ID: strings.TrimSuffix(filepath.Base(path), ".tsv"), Body: text, Group: i})
		all = append(all, phrases)
		for _, p := range phrases {
			if p.typed && p.whose != "" {
				kinds[p.whose] = p.Kind
			}
		}
	}
	for i, phrases := range all {
		for _, p := range phrases {
			if !p.typed && p.name {
				if p.Kind, p.typed = kinds[p.whose]; !p.typed {
					docs[i].Masked = append(docs[i].Masked, p.Mark)
				}
			}
			if p.typed && p.name {
				docs[i].Marks = append(docs[i].Marks, p.Mark)
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
		see := func(id string, kind news.Kind, typed bool) {
			p := byID[id]
			if p == nil {
				p = &phrase{Mark: Mark{Kind: kind, Start: w.at, End: w.at}, whose: whose[id], typed: typed, name: true}
				byID[id] = p
				order = append(order, p)
			}
			switch {
			case p.ended:
			case nameWord(f[2]):
				p.End = w.b.Len()
			default:
				p.ended, p.name = true, closers[f[2]] && p.End > p.Start
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
				see(id, "", false)
			}
		}
	}
	return w.b.String(), order
}

// closers are words behind which a phrase tells more of what its name names.
var closers = set(`, ( [ ; : – — -- who which that whom whose where in from at on near`)

var pronouns = set(`i he she we they it you his her their our my its who some many others this that these those`)

// nameWord reports whether a word may stand in a name.
func nameWord(w string) bool {
	switch strings.ToLower(w) {
	case "of", "the", "a", "for", "and", "de", "-", ".", "'s", "'", "’s", "&":
		return true
	}
	r, _ := utf8.DecodeRuneInString(w)
	return unicode.IsUpper(r) && !pronouns[strings.ToLower(w)]
}
