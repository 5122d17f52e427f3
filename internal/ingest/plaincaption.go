package ingest

import (
	"maps"
	"regexp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"backfile/internal/ingest/lines"
	"backfile/internal/news"
	"backfile/internal/text"
)

// creditWords open a credit, in the languages of the pages known; each needs a
// colon or one of its likes behind it.
var creditMark = regexp.MustCompile(`(?i)(?:^|[\s.|(\[–—-])((?:photos?|photographs?|pictures?|images?|fotos?|bild|bilder|bildquelle|fotografie|fotografía|fotograf|photo credit|image credit|credits?|crédit(?: photo)?|copyright|quelle|foto(?:grafia)?|zdjęcie|fot|fotoğraf|kuva|beeld|isithombe|фото|写真|사진)(?: by| von| av)?\s*[:：=/]\s*|©\s*|\(c\)\s*)`)

// maxCaption is the longest caption and credit, in bytes.
const maxCaption = 700

// captionOf takes a line apart that ends in a credit: in brackets behind the
// caption ("Liz Truss (Stefan Rousseau/PA)"), or behind a word for it ("… in
// Rome. Foto: dpa"). ok is false for a line without a credit.
func captionOf(s string) (image news.Image, ok bool) {
	if len(s) > maxCaption {
		return news.Image{}, false
	}
	if head, credit, ok := bracketCredit(s); ok {
		return news.Image{Caption: head, Credit: credit}, true
	}
	at := creditMark.FindAllStringSubmatchIndex(s, -1)
	if at == nil {
		return news.Image{}, false
	}
	m := at[0]
	credit := strings.TrimSpace(s[m[3]:])
	caption := strings.TrimRight(s[:m[2]], " |([–—-")
	// "Foto: Bild: SN/APA": a mark behind a mark.
	for {
		m := creditMark.FindStringSubmatchIndex(credit)
		if m == nil || m[2] > 0 {
			break
		}
		credit = strings.TrimSpace(credit[m[3]:])
	}
	credit = strings.Trim(credit, " |")
	for _, br := range []string{"()", "[]"} {
		if strings.HasSuffix(credit, br[1:]) && !strings.Contains(credit, br[:1]) {
			credit = strings.TrimSpace(credit[:len(credit)-1])
		}
	}
	if credit == "" || !creditLike(credit) {
		return news.Image{}, false
	}
	return news.Image{Caption: caption, Credit: credit}, true
}

// bracketCredit parts "Caption (Photographer/Agency)".
func bracketCredit(s string) (caption, credit string, ok bool) {
	t := strings.TrimRight(s, " .")
	for _, br := range []string{"()", "[]"} {
		if !strings.HasSuffix(t, br[1:]) {
			continue
		}
		i := strings.LastIndex(t, br[:1])
		if i <= 0 {
			continue
		}
		in := strings.TrimSpace(t[i+1 : len(t)-1])
		_, agency := agencyIn(in)
		slash := strings.Contains(in, "/") && creditLike(in)
		if m := creditMark.FindStringSubmatchIndex(in); m != nil && m[2] == 0 {
			in, slash = strings.TrimSpace(in[m[3]:]), true
		}
		// A short name of an agency alone is also how a party or a state is
		// written; with a name or a slash it is a credit.
		if slash && in != "" || agency && strings.ContainsAny(in, "/ ,") && creditLike(in) {
			return strings.TrimSpace(t[:i]), in, true
		}
		if agency && !strings.Contains(s, ". ") && utf8.RuneCountInString(s) < 200 {
			return strings.TrimSpace(t[:i]), in, true
		}
	}
	return "", "", false
}

// creditLike reports whether s is names, not a sentence.
func creditLike(s string) bool {
	if utf8.RuneCountInString(s) > 120 || lines.EndsSentence(s) && text.Words(s) > 6 {
		return false
	}
	words := strings.FieldsFunc(s, func(r rune) bool { return unicode.IsSpace(r) || r == '/' })
	if len(words) > 14 {
		return false
	}
	lower := 0
	for _, w := range words {
		if startsLower(w) {
			if _, ok := knownAgency(w); !ok {
				lower++
			}
		}
	}
	digits := strings.IndexFunc(s, unicode.IsDigit)
	return lower*2 <= len(words) && digits != 0
}

// captions are the images whose captions stand between the headline and the end
// of the body, or right above the headline: lines with a credit, lines followed
// by one, and lines that stand there twice in a row. Each is taken once.
func (t *scraped) captions() []news.Image {
	var out []news.Image
	seen := map[string]int{}
	add := func(i int, im news.Image) {
		t.used[i] = true
		im.Caption = strings.TrimSpace(im.Caption)
		key := text.Fold(im.Caption)
		if key == "" {
			return
		}
		if k, ok := seen[key]; ok {
			if out[k].Credit == "" {
				out[k].Credit = im.Credit
			}
			return
		}
		seen[key] = len(out)
		out = append(out, im)
	}
	from := t.first
	if t.head >= 0 && t.head < from {
		from = t.head
	}
	head := text.Fold(t.headline)
	for i := max(0, from-8); i <= t.last; i++ {
		s := t.line(i)
		if t.own[i] && utf8.RuneCountInString(s) > 300 || i == t.head || head != "" && text.Fold(s) == head {
			continue
		}
		if im, ok := captionOf(s); ok {
			if t.own[i] && !t.sureCaption(i, im) {
				continue
			}
			if im.Caption == "" {
				// A credit alone is of the line above it, or on pages that
				// print it first, below it.
				if k := t.captionBeside(i); k >= 0 {
					add(k, news.Image{Caption: t.line(k), Credit: im.Credit})
				}
				t.used[i] = true
				continue
			}
			add(i, im)
			continue
		}
		if twice := i+1 <= t.last && t.line(i+1) == s; twice && !t.own[i] && i > t.head && t.head >= 0 && text.Words(s) >= 4 && lines.EndsSentence(s) {
			add(i, news.Image{Caption: s})
			t.used[i+1] = true
		}
	}
	if !t.disown(slices.Collect(maps.Keys(t.used))...) {
		clear(t.used)
		return nil // what is nothing but captions is no article with captions
	}
	return out
}

// sureCaption reports whether a line of the body with a credit at its end is a
// caption all the same: one that is printed twice, or a short one.
func (t *scraped) sureCaption(i int, im news.Image) bool {
	s := t.line(i)
	if i > 0 && t.line(i-1) == s || i+1 < len(t.own) && t.line(i+1) == s {
		return true
	}
	return strings.Contains(im.Credit, "/") && utf8.RuneCountInString(s) < 250 && i != t.first
}

// captionBeside is the line that the credit at line i is of, -1 if none can be.
func (t *scraped) captionBeside(i int) int {
	for _, k := range []int{i - 1, i + 1} {
		if k < 0 || k > t.last || k == t.head || t.own[k] || t.used[k] || k < t.head {
			continue
		}
		s := t.line(k)
		if n := text.Words(s); n < 4 || len(s) > maxCaption || !lines.EndsSentence(s) && n < 7 {
			continue
		}
		if _, isDate := parsePrintedDate(s); isDate && text.Words(s) < 10 {
			continue
		}
		return k
	}
	return -1
}
