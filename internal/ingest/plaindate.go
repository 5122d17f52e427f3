package ingest

import (
	"regexp"
	"strings"
	"time"
	"unicode/utf8"

	"backfile/internal/ingest/lines"
	"backfile/internal/news"
	"backfile/internal/text"
)

// updatedWords say that the date behind them is of a later change, publishedWords
// that it is the first: beginnings of folded words of many languages, or behind "=" whole
// words.
var (
	updatedWords = strings.Fields(`updat aktualis actualiz actualis aggiorn bijgewerkt gewijzigd oppdater uppdater opdater endret senast
		atualiz zaktualiz guncel =son обновл оновл изменен diperbarui modif =stand =mis 수정 更新 kemaskini =edited amended corrected`)
	publishedWords = strings.Fields(`publi veroffent erstellt geplaatst gepubliceerd posted erschien creat skapad publicer oprettet yayin =giris 입력 등록
		配信 公開 掲載 опублик diterbitkan dodano =released issued =datum`)
)

// foundDate is a date near the article, and what its line says of it.
type foundDate struct {
	date        news.Date
	first, late bool // published, updated
	weight      float64
}

// dates finds when the article was published and updated: in the lines around
// the headline, then in the title that the text opens with.
func (t *scraped) dates(hint Hint) (published, updated news.Date) {
	var all []foundDate
	var dated []int
	dayFirst := t.dayFirst()
	for n, i := range t.around() {
		s := t.line(i)
		if t.own[i] && !dateOnly(s) || utf8.RuneCountInString(s) > 200 || hasWord(s, offeredWords) {
			continue
		}
		label := ""
		if i > 0 && utf8.RuneCountInString(t.line(i-1)) <= 24 && !strings.ContainsAny(t.line(i-1), "0123456789") {
			label = t.line(i - 1)
		}
		words := text.Words(s)
		above := t.head >= 0 && i < t.head
		parts := dateParts(s)
		for _, part := range parts {
			d, ok := printedDay(part, dayFirst)
			if !ok || d.Doubt(hint.Now) != "" {
				if own := hasWord(part, publishedWords) || hasWord(label, publishedWords); own || words <= 6 && !above {
					t.doubt(part, d, hint.Now)
				}
				continue
			}
			d.From = news.FromByline
			f := foundDate{date: d, late: hasWord(part, updatedWords), first: hasWord(part, publishedWords)}
			if !f.late && !f.first && len(parts) == 1 {
				f.late, f.first = hasWord(label, updatedWords), hasWord(label, publishedWords)
			}
			if both := t.timeBeside(i, d); both.Text != "" && len(parts) == 1 {
				f.date = both
			}
			// A line that is little more than its date is one; a sentence or a
			// caption only tells of a day.
			f.weight = -0.02 * float64(n)
			switch {
			case t.used[i], words > 25:
				f.weight -= 3
			case words > 12 && !f.first:
				f.weight -= 1.5
			}
			if above {
				f.weight -= 0.5 // many pages print today's date at their top
			}
			if f.first {
				f.weight += 2
			}
			if f.date.Precision == news.Minute || f.date.Precision == news.Second {
				f.weight += 0.3
			}
			all = append(all, f)
			dated = append(dated, i)
			if t.own[i] {
				t.disown(i)
			}
		}
	}
	for _, i := range dated {
		t.used[i], t.signed[i] = true, true
	}
	pick := func(ok func(foundDate) bool, least float64) news.Date {
		var best *foundDate
		for k := range all {
			if f := &all[k]; f.weight > least && ok(*f) && (best == nil || f.weight > best.weight) {
				best = f
			}
		}
		if best == nil {
			return news.Date{}
		}
		return best.date
	}
	published = pick(func(f foundDate) bool { return f.first || !f.late }, -2.5)
	updated = pick(func(f foundDate) bool { return f.late && !f.first }, -1)
	if published.IsZero() {
		// The one date printed is the best that is known of either.
		published = updated
	}
	if published.IsZero() && len(t.own) > 0 && t.first > 0 {
		if d, ok := printedDay(t.line(0), dayFirst); ok && d.Doubt(hint.Now) == "" {
			published = d
		}
	}
	if updated.Text == published.Text || before(updated, published) {
		updated = news.Date{}
	}
	return published, updated
}

// doubt notes a date that a line prints as the article's and that cannot be: d, or one
// that could not be read.
func (t *scraped) doubt(s string, d news.Date, now time.Time) {
	reason := d.Doubt(now)
	if d.IsZero() {
		if s = strings.TrimSpace(s); text.Words(s) <= 12 {
			reason = doubtPrinted(s)
		}
	} else {
		s = d.Text
	}
	if reason != "" {
		t.doubts = append(t.doubts, news.Doubt{Field: news.FieldPublished, Text: s, From: news.FromByline, Reason: reason})
	}
}

// dateOnly reports whether s is a date and little more, which no paragraph is.
func dateOnly(s string) bool {
	if text.Words(s) > 10 || lines.EndsSentence(s) {
		return false
	}
	_, ok := printedDay(s, true)
	return ok && (hasWord(s, publishedWords) || hasWord(s, updatedWords) || text.Words(s) <= 6)
}

// offeredWords say that the date behind them is the end of an offer.
var offeredWords = strings.Fields(`=bis =until =till =hasta jusqu expires verfugbar`)

// dayFirst reports whether 02/12/2024 is the second of December here: in every
// language but English, where it may be either.
func (t *scraped) dayFirst() bool {
	var b strings.Builder
	for i := t.first; i >= 0 && i <= t.last && b.Len() < 2000; i++ {
		if t.own[i] {
			b.WriteString(t.line(i))
			b.WriteByte(' ')
		}
	}
	l := language(b.String())
	return l != "" && l != "en"
}

var (
	slashed = regexp.MustCompile(`\b(\d{1,2})/(\d{1,2})/((?:19|20)\d\d)`)
	gluedIn = regexp.MustCompile(`(\p{Ll}{2})(\p{Lu}\p{Ll})`)
	gluedOn = regexp.MustCompile(`(, (?:19|20)\d\d)(\d)`)
)

// printedDay reads a date to the day. Pages without space between their parts
// ("2 min readApril 25, 20232:26 PM") are read too.
func printedDay(s string, dayFirst bool) (news.Date, bool) {
	if dayFirst {
		s = slashed.ReplaceAllString(s, "$3-$2-$1")
		s = shortISO.ReplaceAllStringFunc(s, padISO)
	}
	if d, ok := parsePrintedDate(s); ok && d.Day() != "" {
		return d, true
	}
	if len(s) > 200 {
		return news.Date{}, false
	}
	s = gluedOn.ReplaceAllString(gluedIn.ReplaceAllString(s, "$1 $2"), "$1 $2")
	d, ok := parsePrintedDate(s)
	return d, ok && d.Day() != ""
}

var shortISO = regexp.MustCompile(`\b(\d{4})-(\d{1,2})-(\d{1,2})\b`)

func padISO(s string) string {
	f := strings.Split(s, "-")
	for i := range f {
		if len(f[i]) == 1 {
			f[i] = "0" + f[i]
		}
	}
	return strings.Join(f, "-")
}

// dateParts cuts a line where a second date may begin.
func dateParts(s string) []string {
	fields := strings.FieldsFunc(s, func(r rune) bool {
		return r == '|' || r == '•' || r == '·' || r == ';' || r == '(' || r == '/' && strings.Contains(s, " / ")
	})
	n := 0
	for _, f := range fields {
		if _, ok := printedDay(f, false); ok {
			n++
		}
	}
	if n > 1 {
		return fields
	}
	// "Published 2 May 2024 Updated 3 May 2024" in one breath.
	lower := strings.ToLower(s)
	for _, w := range []string{"updated", "aktualisiert", "actualizado", "mis à jour", "oppdatert", "uppdaterad", "aggiornato", "güncelleme", "atualizado", "bijgewerkt", "수정", "更新"} {
		i := strings.Index(lower, w)
		if i <= 0 || len(lower) != len(s) {
			continue
		}
		if _, ok := printedDay(s[:i], false); ok {
			return []string{s[:i], s[i:]}
		}
	}
	return []string{s}
}

// timeBeside is d with the time that a line of its own right behind it prints;
// the zero Date where there is none.
func (t *scraped) timeBeside(i int, d news.Date) news.Date {
	if d.Precision != news.Day || i+1 >= len(t.own) || t.own[i+1] {
		return news.Date{}
	}
	next := t.line(i + 1)
	if utf8.RuneCountInString(next) > 16 || !strings.ContainsAny(next, ":.h") || !strings.ContainsAny(next, "0123456789") {
		return news.Date{}
	}
	if _, ok := parsePrintedDate(next); ok {
		return news.Date{}
	}
	both, ok := parsePrintedDate(d.Text + " " + next)
	if !ok || both.Precision != news.Minute || both.Day() != d.Text {
		return news.Date{}
	}
	both.From = d.From
	return both
}

// hasWord reports whether one of the words of s begins with one of list.
func hasWord(s string, list []string) bool {
	for tok := range text.Tokens(s) {
		for _, w := range list {
			if whole, ok := strings.CutPrefix(w, "="); ok && tok.Fold == whole || !ok && strings.HasPrefix(tok.Fold, w) {
				return true
			}
		}
	}
	return false
}

func before(a, b news.Date) bool {
	x, ok1 := a.Time()
	y, ok2 := b.Time()
	return ok1 && ok2 && x.Before(y)
}
