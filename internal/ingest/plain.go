package ingest

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"backfile/internal/ingest/lines"
	"backfile/internal/news"
	"backfile/internal/text"
)

// maxPlain is the longest text read, in bytes.
const maxPlain = 16 << 20

// ReadPlain reads the article of a page's saved text: what a crawler or a person
// kept of it, with the menus, captions and other headlines that stood around it,
// or a text that is nothing but its article. src names the input in refusals and
// is kept as the article's source; s is UTF-8.
//
// What the text does not say stays empty: a headline is never made of the first
// words, nor a date of the day the text was saved, and an offset is kept only
// where one is printed. The error is a *news.Refusal where the text is empty, is
// no text, or has no prose in it.
func ReadPlain(src string, s string, hint Hint) (news.Article, error) {
	return ReadPlainWith(lines.Default(), src, s, hint)
}

// ReadPlainWith is ReadPlain by another line model than the program's own, so
// that a model can be measured on pages that it has not seen.
func ReadPlainWith(m *lines.Model, src string, s string, hint Hint) (news.Article, error) {
	if reason := unreadable(s); reason != "" {
		return news.Article{}, news.Refuse(src, "%s", reason)
	}
	t := newScraped(m, s)
	if !t.hasProse() {
		return news.Article{}, noArticle(src, noSentences)
	}
	a := news.Article{Source: src, URL: hint.URL}
	t.findHeadline()
	a.Headline = t.headline
	a.Images = t.captions()
	a.Published, a.Updated = t.dates(hint)
	if a.Published.IsZero() {
		for _, d := range t.doubts {
			a.Doubted(d)
		}
	}
	a.Byline, a.Authors, a.Agency = t.byline()
	a.Standfirst = t.standfirst()
	a.Body, a.Spans = t.body()
	var agency string
	a.Dateline, agency = readDateline(firstParagraph(a.Body))
	if a.Agency == "" {
		a.Agency = agency
	}
	a.Outlet = t.outlet(hint)
	a.Language = language(a.Headline + ". " + a.Standfirst + "\n\n" + a.Body)
	return a, nil
}

// unreadable says why s cannot be a text at all, "" if it can.
func unreadable(s string) string {
	if strings.TrimSpace(s) == "" {
		return "is empty"
	}
	if len(s) > maxPlain {
		return "is longer than 16 MiB, which no article is"
	}
	bad, all := 0, 0
	for i, r := range s {
		if i > 64<<10 {
			break
		}
		all++
		if r == utf8.RuneError || unicode.IsControl(r) && !unicode.IsSpace(r) {
			bad++
		}
	}
	if bad*50 > all {
		return "is not text: it has characters that no page prints"
	}
	return ""
}

// scraped is a text taken apart.
type scraped struct {
	page   *lines.Page
	model  *lines.Model
	chance []float64
	// own says which lines are the body's.
	own []bool
	// first and last are the first and last line of the body; -1 for none.
	first, last int
	// headline is the headline's words, at the line called head; -1 for none.
	headline string
	head     int
	// used are lines that were taken for a caption, a byline or a date.
	used map[int]bool
	// signed are the lines of the byline and the dates, among used.
	signed map[int]bool
	menu   map[string]bool // see menuWords
	doubts []news.Doubt    // dates that a line prints as the article's and that cannot be
}

func newScraped(m *lines.Model, s string) *scraped {
	t := &scraped{page: lines.NewPage(lines.Split(s)), model: m, head: -1, used: map[int]bool{}, signed: map[int]bool{}}
	t.chance = t.model.Chances(t.page)
	t.own = make([]bool, len(t.page.Lines))
	for i, c := range t.chance {
		t.own[i] = lines.IsBody(c)
	}
	t.bounds()
	return t
}

// bounds sets first and last.
func (t *scraped) bounds() {
	t.first, t.last = -1, -1
	for i, own := range t.own {
		if own {
			if t.first < 0 {
				t.first = i
			}
			t.last = i
		}
	}
}

func (t *scraped) line(i int) string { return t.page.Lines[i].Text }

// disown takes lines out of the body, unless that would leave nothing of it.
func (t *scraped) disown(these ...int) (done bool) {
	before := slices.Clone(t.own)
	for _, i := range these {
		t.own[i] = false
	}
	if t.bounds(); t.first < 0 {
		t.own = before
		t.bounds()
		return false
	}
	return true
}

// hasProse reports whether some line of the body is a sentence. A short text
// that the model finds no article in gets a second chance: its sentences are
// its body, if they are most of it.
func (t *scraped) hasProse() bool {
	for i, own := range t.own {
		if own && isSentence(t.line(i)) {
			return true
		}
	}
	prose, all := 0, 0
	for i := range t.own {
		all += len(t.line(i))
		if t.own[i] = isSentence(t.line(i)); t.own[i] {
			prose += len(t.line(i))
		}
	}
	t.bounds()
	return prose*2 > all
}

// isSentence reports whether s is at least one whole sentence and no slogan.
func isSentence(s string) bool {
	return lines.EndsSentence(s) && utf8.RuneCountInString(s) >= 20 && text.Words(s) >= 7
}

// findHeadline chooses the headline, and takes it out of the body.
func (t *scraped) findHeadline() {
	c := t.page.Candidates(t.first)
	k, _ := t.model.Choose(t.page, c, t.first, t.chance)
	if k < 0 || !headlineLike(c[k].Text) {
		return
	}
	// With a body that begins at once there is nothing to tell a headline from
	// the first sentence but the sentence's own full stop.
	t.head, t.headline = c[k].Line, c[k].Text
	// Where the page's title has the same words, it has them with the signs
	// between kicker and headline.
	fold := text.Fold(t.headline)
	for _, other := range c {
		if other.Line == 0 && other.Text != t.headline && text.Fold(other.Text) == fold && len(other.Text) > len(t.headline) {
			t.headline = other.Text
		}
	}
	var above []int
	for i := range min(t.last+1, t.head+40) {
		if t.own[i] && (i <= t.head || text.Fold(t.line(i)) == fold) {
			above = append(above, i)
		}
	}
	if !t.disown(above...) {
		t.head, t.headline = -1, ""
		return
	}
	if t.head == 0 || t.head > t.first {
		// The title was chosen: its repetition above the body is where the
		// headline stands, and what is near it belongs to the article.
		for i := t.first - 1; i > 0 && i > t.first-30; i-- {
			if text.Fold(t.line(i)) == fold {
				t.head = i
				break
			}
		}
	}
}

// headlineLike reports whether s can be a headline: no paragraph, no sentence
// that reports, and not a mark or number only.
func headlineLike(s string) bool {
	n := utf8.RuneCountInString(s)
	if n < 4 || n > 240 || text.Words(s) < 2 && n < 8 {
		return false
	}
	capitals := strings.ToUpper(s) == s
	if !capitals && n > 90 && (strings.HasSuffix(s, ".") || strings.HasSuffix(s, "。")) && !strings.HasSuffix(s, "...") {
		return false
	}
	return strings.ContainsFunc(s, unicode.IsLetter)
}
