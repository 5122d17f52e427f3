package index

import (
	"bufio"
	"compress/gzip"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"backfile/internal/text"
)

// TestStemForms has words whose forms must find each other.
func TestStemForms(t *testing.T) {
	for _, tc := range []struct{ lang, forms string }{
		{"pl", "wybory wyborów wyborach wyborami"}, {"pl", "rząd rządu rządowi rządzie rządem"}, {"pl", "powódź powodzi powodzią powodzie"},
		{"pl", "minister ministra ministrowi ministrze ministrów"}, {"pl", "Ukraina Ukrainy Ukrainie Ukrainę"}, {"pl", "prezydent prezydenta prezydencie"},
		{"pl", "policja policji policję"}, {"pl", "miasto miasta miastach"}, {"pl", "polityka polityki polityce"},
		{"hr", "poplava poplave poplavama"}, {"hi", "किताब किताबों किताबें"}, {"no", "hus huset husene"}, {"sv", "flickor flickorna"},
		{"da", "huset huse"}, {"es", "inundación inundaciones"}, {"it", "elezione elezioni"}, {"nl", "boek boeken"}, {"tr", "kitap kitaplar"},
		{"ru", "наводнение наводнения наводнением"}, {"fr", "inondation inondations"}, {"fr", "employé employés"}, {"pt", "eleição eleições"}, {"pt", "situação situações"}, {"es", "elección elecciones"}, {"es", "explosión explosiones"},
	} {
		var stems []string
		for tok := range text.Terms(tc.forms) {
			stems = append(stems, Stem(tc.lang, tok.Fold))
		}
		slices.Sort(stems)
		if s := slices.Compact(stems); len(s) != 1 {
			t.Errorf("%s: %s have the stems %q", tc.lang, tc.forms, s)
		}
	}
	for _, apart := range [][3]string{{"pl", "rada", "radio"}, {"pl", "polska", "polityka"}} {
		if Stem(apart[0], apart[1]) == Stem(apart[0], apart[2]) {
			t.Errorf("%s: %s and %s have one stem", apart[0], apart[1], apart[2])
		}
	}
}

// withoutStemmer are the languages of the cases whose words are searched as they stand:
// no free algorithm in Go knows them, or their words have no endings.
var withoutStemmer = []string{"id", "ja", "ko", "zh"}

// TestStemLanguages holds that each language that the real pages are in is stemmed.
func TestStemLanguages(t *testing.T) {
	names, err := filepath.Glob("../../shared/cases/pages/*.html.gz")
	if err != nil || len(names) == 0 {
		t.Skip("the pages of shared/cases are not here")
	}
	lang := regexp.MustCompile(`(?i)<html[^>]*\slang="?([a-z-]+)`)
	for _, name := range names {
		f, err := os.Open(name)
		if errors.Is(err, fs.ErrNotExist) {
			continue
		}
		if err != nil {
			t.Fatal(err)
		}
		z, err := gzip.NewReader(f)
		if err != nil {
			t.Fatal(err)
		}
		head, _ := bufio.NewReaderSize(z, 1<<16).Peek(1 << 16)
		f.Close()
		if m := lang.FindSubmatch(head); m != nil {
			base, _, _ := strings.Cut(strings.ToLower(string(m[1])), "-")
			if stemLanguage(base) == "" && !slices.Contains(withoutStemmer, base) {
				t.Errorf("%s: %s has no stemmer", filepath.Base(name), base)
			}
		}
	}
}
