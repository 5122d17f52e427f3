package index

import (
	"strings"
	"sync"
	"unicode/utf8"

	"github.com/blevesearch/bleve/v2/analysis"
	"github.com/blevesearch/bleve/v2/analysis/lang/hi"
	"github.com/blevesearch/bleve/v2/analysis/lang/hr"
	"github.com/blevesearch/snowballstem"
	"github.com/blevesearch/snowballstem/arabic"
	"github.com/blevesearch/snowballstem/danish"
	"github.com/blevesearch/snowballstem/dutch"
	"github.com/blevesearch/snowballstem/english"
	"github.com/blevesearch/snowballstem/finnish"
	"github.com/blevesearch/snowballstem/french"
	"github.com/blevesearch/snowballstem/german"
	"github.com/blevesearch/snowballstem/hungarian"
	"github.com/blevesearch/snowballstem/irish"
	"github.com/blevesearch/snowballstem/italian"
	"github.com/blevesearch/snowballstem/norwegian"
	"github.com/blevesearch/snowballstem/portuguese"
	"github.com/blevesearch/snowballstem/romanian"
	"github.com/blevesearch/snowballstem/russian"
	"github.com/blevesearch/snowballstem/spanish"
	"github.com/blevesearch/snowballstem/swedish"
	"github.com/blevesearch/snowballstem/tamil"
	"github.com/blevesearch/snowballstem/turkish"
)

var stemmers = map[string]*stemmer{
	"ar": {algorithm: arabic.Stem}, "da": {algorithm: danish.Stem}, "nl": {algorithm: dutch.Stem},
	"en": {algorithm: english.Stem}, "fi": {algorithm: finnish.Stem}, "fr": {algorithm: french.Stem},
	"de": {algorithm: german.Stem}, "hu": {algorithm: hungarian.Stem}, "ga": {algorithm: irish.Stem},
	"it": {algorithm: italian.Stem}, "no": {algorithm: norwegian.Stem}, "pt": {algorithm: portuguese.Stem},
	"ro": {algorithm: romanian.Stem}, "ru": {algorithm: russian.Stem}, "es": {algorithm: spanish.Stem},
	"sv": {algorithm: swedish.Stem}, "ta": {algorithm: tamil.Stem}, "tr": {algorithm: turkish.Stem},
	"hi": {algorithm: filter(hi.NewHindiStemmerFilter())}, "hr": {algorithm: filter(hr.NewCroatianStemmerFilter())},
	"pl": {algorithm: polish},
}

// filter is the algorithm of one of Bleve's own stemmers.
func filter(f analysis.TokenFilter) func(*snowballstem.Env) bool {
	return func(env *snowballstem.Env) bool {
		out := f.Filter(analysis.TokenStream{{Term: []byte(env.Current())}})
		if len(out) == 1 {
			env.SetCurrent(string(out[0].Term))
		}
		return true
	}
}

// stemLanguage is the language whose stemmer a text in the language lang (BCP
// 47) goes through: English for an unknown one, "" for one without a stemmer,
// whose words stand for themselves.
func stemLanguage(lang string) string {
	if lang == "" {
		return "en"
	}
	base, _, _ := strings.Cut(strings.ToLower(lang), "-")
	switch base {
	case "nb", "nn":
		base = "no"
	case "bs", "sh":
		base = "hr"
	case "und", "":
		base = "en"
	}
	if stemmers[base] == nil {
		return ""
	}
	return base
}

// Stem is the stem of a folded word (text.Token.Fold) in the language lang (BCP
// 47; "" is English): words with one stem find each other. It is the search.Stemmer
// that agrees with the index.
func Stem(lang, folded string) string {
	s := stemmers[stemLanguage(lang)]
	if s == nil {
		return folded
	}
	return s.stem(folded)
}

// stemOnce is Stem for a word that is not asked for again, in a language as stemLanguage has it.
func stemOnce(lang, folded string) string {
	s := stemmers[lang]
	if s == nil || !stemmable(folded) {
		return folded
	}
	return s.compute(folded)
}

// maxRemembered bounds the words whose stems are kept, a language: most words of
// most texts are among the first ones met.
const maxRemembered = 200_000

// stemmer remembers stems, since an archive has few different words beside its
// running ones. It is safe for concurrent use.
type stemmer struct {
	algorithm func(*snowballstem.Env) bool
	mu        sync.RWMutex
	known     map[string]string
}

func (s *stemmer) stem(w string) string {
	if !stemmable(w) {
		return w
	}
	s.mu.RLock()
	out, ok := s.known[w]
	s.mu.RUnlock()
	if ok {
		return out
	}
	out = s.compute(w)
	s.mu.Lock()
	if s.known == nil || len(s.known) >= maxRemembered {
		s.known = map[string]string{}
	}
	s.known[strings.Clone(w)] = out
	s.mu.Unlock()
	return out
}

// stemmable leaves numbers and what no language has for a word as they are.
func stemmable(w string) bool {
	const shortest, longest = 3, 40
	if n := utf8.RuneCountInString(w); n < shortest || n > longest {
		return false
	}
	return !strings.ContainsAny(w, "0123456789_.")
}

// compute runs the algorithm. One that cannot take a word leaves it as it is.
func (s *stemmer) compute(w string) (out string) {
	defer func() {
		if recover() != nil || out == "" {
			out = w
		}
	}()
	switch s {
	case stemmers["en"]:
		w = british(w)
	case stemmers["es"]:
		w = ending(w, "cion", "ción")
	case stemmers["pt"]:
		w = ending(ending(w, "oes", "ao"), "cao", "ção")
	}
	env := snowballstem.NewEnv(w)
	s.algorithm(env)
	return strings.Clone(env.Current())
}

// ending gives an ending the form that an algorithm knows, which folding took from it.
func ending(w, folded, known string) string {
	if head, ok := strings.CutSuffix(w, folded); ok {
		return head + known
	}
	return w
}

// british makes one of the two spellings of organise and its kind, so that
// either finds both.
func british(w string) string {
	for _, end := range []string{"ize", "izes", "ized", "izing", "izer", "izers", "ization", "izations", "izational"} {
		if head, ok := strings.CutSuffix(w, end); ok && len(head) >= 4 {
			return head + "is" + end[2:]
		}
	}
	return w
}
