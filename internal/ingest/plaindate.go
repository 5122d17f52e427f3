package ingest

import (
	"strings"
	"time"
	"unicode/utf8"

	"backfile/internal/news"
	"backfile/internal/text"
)

// updatedWords say that the date behind them is of a later change, publishedWords
// that it is the first; folded beginnings of words, of many languages.
var (
	updatedWords = strings.Fields(`updat aktualis actualiz actualis aggiorn bijgewerkt gewijzigd oppdater uppdater opdater endret senast
		atualiz zaktualiz guncel son обновл оновл изменен diperbarui modif stand mis 수정 更新 kemaskini edit amended corrected`)
	publishedWords = strings.Fields(`publi veroffent erstellt geplaatst gepubliceerd posted erschien creat skapad publicer oprettet yayin giris 입력 등록
		配信 公開 掲載 опублик diterbitkan dodano release first issued datum`)
)

// dates finds when the article was published and updated: in the lines around
// the headline, then in the title that the text opens with.
func (t *plainText) dates(hint Hint) (published, updated news.Date) {
	type found struct {
		date        news.Date
		first, late bool
		line        int
	}
	var all []found
	for _, i := range t.around() {
		s := t.line(i)
		if t.own[i] || utf8.RuneCountInString(s) > 200 {
			continue
		}
		label := ""
		if i > 0 && utf8.RuneCountInString(t.line(i-1)) <= 24 && !strings.ContainsAny(t.line(i-1), "0123456789") {
			label = t.line(i - 1)
		}
		for _, part := range dateParts(s) {
			d, ok := parsePrintedDate(part)
			if !ok || !plausible(d, hint.Now) || d.Precision == news.Year || d.Precision == news.Month {
				continue
			}
			d.From = news.FromByline
			f := found{date: d, line: i, late: hasWord(part, updatedWords), first: hasWord(part, publishedWords)}
			if !f.late && !f.first && len(all) == 0 || !f.late && !f.first && part == s {
				f.late, f.first = hasWord(label, updatedWords), hasWord(label, publishedWords)
			}
			if timeOnly := t.timeBeside(i, d); timeOnly.Text != "" && part == s {
				f.date = timeOnly
			}
			all = append(all, f)
			t.used[i] = true
		}
	}
	pick := func(ok func(found) bool) news.Date {
		for _, f := range all {
			if ok(f) {
				return f.date
			}
		}
		return news.Date{}
	}
	published = pick(func(f found) bool { return f.first && !f.late })
	if published.IsZero() {
		published = pick(func(f found) bool { return !f.late })
	}
	updated = pick(func(f found) bool { return f.late && !f.first })
	if published.IsZero() && !updated.IsZero() {
		// The one date printed is the best that is known of either.
		published = updated
	}
	if !updated.IsZero() && before(updated, published) {
		updated = news.Date{}
	}
	if published.Text == updated.Text {
		updated = news.Date{}
	}
	if published.IsZero() && len(t.own) > 0 && t.first > 0 {
		if d, ok := parsePrintedDate(t.line(0)); ok && plausible(d, hint.Now) && d.Day() != "" {
			published = d
		}
	}
	return published, updated
}

// dateParts cuts a line where a second date may begin.
func dateParts(s string) []string {
	fields := strings.FieldsFunc(s, func(r rune) bool {
		return r == '|' || r == '•' || r == '·' || r == ';' || r == '(' || r == '/' && strings.Contains(s, " / ")
	})
	n := 0
	for _, f := range fields {
		if d, ok := parsePrintedDate(f); ok && d.Day() != "" {
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
		if d, ok := parsePrintedDate(s[:i]); ok && d.Day() != "" {
			return []string{s[:i], s[i:]}
		}
	}
	return []string{s}
}

// timeBeside is d with the time that a line of its own right behind it prints;
// the zero Date where there is none.
func (t *plainText) timeBeside(i int, d news.Date) news.Date {
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
			if strings.HasPrefix(tok.Fold, w) {
				return true
			}
		}
	}
	return false
}

// plausible reports whether an article can have been published then.
func plausible(d news.Date, now time.Time) bool {
	at, ok := d.Time()
	if !ok || at.Year() < 1600 {
		return false
	}
	return now.IsZero() || at.Before(now.Add(36*time.Hour))
}

func before(a, b news.Date) bool {
	x, ok1 := a.Time()
	y, ok2 := b.Time()
	return ok1 && ok2 && x.Before(y)
}
