package when

import (
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"testing"

	"backfile/internal/news"
)

// markedText is a text of the test set: "published:" and "language:" lines, then the
// text with each date as [[words|days]].
type markedText struct {
	article news.Article
	lang    string
	want    []news.When
}

// readMarked reads the texts of a file, parted by lines of "====".
func readMarked(tb testing.TB, path string) []markedText {
	tb.Helper()
	b, err := os.ReadFile(path)
	if err != nil {
		tb.Fatal(err)
	}
	var out []markedText
	for part := range strings.SplitSeq(string(b), "\n====\n") {
		m := markedText{lang: strings.TrimSuffix(filepath.Base(path), ".txt")}
		head, body, ok := strings.Cut(strings.TrimSpace(part), "\n\n")
		if !ok {
			tb.Fatalf("%s: a text without a head:\n%s", path, part)
		}
		for line := range strings.Lines(head) {
			name, value, _ := strings.Cut(strings.TrimSpace(line), ": ")
			switch name {
			case "published":
				d, err := news.ParseDate(value, news.FromGiven)
				if err != nil {
					tb.Fatal(err)
				}
				m.article.Published = d
			case "language":
				m.article.Language = value
			default:
				tb.Fatalf("%s: %q in a head", path, line)
			}
		}
		var text strings.Builder
		for {
			i := strings.Index(body, "[[")
			if i < 0 {
				break
			}
			j := strings.Index(body, "]]")
			words, days, ok := strings.Cut(body[i+2:j], "|")
			if !ok {
				tb.Fatalf("%s: a mark without days: %s", path, body[i:j])
			}
			text.WriteString(body[:i])
			w := news.When{Text: words, Start: text.Len(), End: text.Len() + len(words)}
			st, err := readDays(days)
			if err != nil {
				tb.Fatalf("%s: %v", path, err)
			}
			w.From, w.To, w.Precision = st.from.String(), st.to.String(), st.precision
			m.want = append(m.want, w)
			text.WriteString(words)
			body = body[j+2:]
		}
		text.WriteString(body)
		m.article.Body = text.String()
		out = append(out, m)
	}
	return out
}

var daysForm = regexp.MustCompile(`^(\d{4})(?:s|-(?:W(\d\d)|Q(\d)|(spring|summer|autumn|winter)|(\d\d)(?:-(\d\d))?))?$`)

// readDays reads "2021-12-02", "2021-12", "2021", "1980s", "2021-W48", "2021-Q3",
// "2021-summer", or two of them with ".." between.
func readDays(s string) (stretch, error) {
	if a, b, ok := strings.Cut(s, ".."); ok {
		from, err := readDays(a)
		if err != nil {
			return from, err
		}
		to, err := readDays(b)
		return span(from, to), err
	}
	m := daysForm.FindStringSubmatch(s)
	if m == nil {
		return stretch{}, fmt.Errorf("days %q", s)
	}
	n := func(i int) int { v, _ := strconv.Atoi(m[i]); return v }
	year := n(1)
	switch {
	case strings.HasSuffix(s, "s"):
		return decadeOf(year), nil
	case m[2] != "":
		// The week with the year's first Thursday is the first.
		first := weekOf(day{year, 1, 4})
		return weekOf(first.from.add(7 * (n(2) - 1))), nil
	case m[3] != "":
		return quarterOf(year, n(3)), nil
	case m[4] != "":
		return seasonOf(year, map[string]int{"spring": 1, "summer": 2, "autumn": 3, "winter": 4}[m[4]]), nil
	case m[6] != "":
		d := day{year, n(5), n(6)}
		return days(d, d), nil
	case m[5] != "":
		return monthOf(year, n(5)), nil
	}
	return yearOf(year), nil
}

// score counts what was found of a language's test set.
type score struct{ texts, want, right, extra int }

func (s score) precision() float64 { return float64(s.right) / float64(max(s.right+s.extra, 1)) }
func (s score) recall() float64    { return float64(s.right) / float64(max(s.want, 1)) }

// floors are the precision and recall that each language's test set must keep.
var floors = map[string][2]float64{
	"en": {.98, .98}, "de": {.98, .95}, "fr": {.98, .98}, "es": {.98, .98}, "it": {.98, .98}, "nl": {.95, .95}, "pt": {.98, .98},
}

// TestScore measures the dates of the texts in testdata: words and days must both be
// right.
func TestScore(t *testing.T) {
	for _, lang := range Languages {
		var s score
		paths, _ := filepath.Glob(filepath.Join("testdata", lang+"*.txt"))
		for _, path := range paths {
			for _, m := range readMarked(t, path) {
				s.texts++
				s.want += len(m.want)
				got := Find(&m.article, lang)
				left := append([]news.When{}, m.want...)
				for _, g := range got {
					found := false
					for i, w := range left {
						if w == g {
							found = true
							left = append(left[:i], left[i+1:]...)
							break
						}
					}
					if found {
						s.right++
						continue
					}
					s.extra++
					t.Logf("%s %s: found %q %s..%s %s in %q", filepath.Base(path), m.article.Published.Text, g.Text, g.From, g.To, g.Precision, around(m.article.Body, g))
				}
				for _, w := range left {
					t.Logf("%s %s: missed %q %s..%s %s in %q", filepath.Base(path), m.article.Published.Text, w.Text, w.From, w.To, w.Precision, around(m.article.Body, w))
				}
			}
		}
		t.Logf("%s: %d texts, %d dates, precision %.3f, recall %.3f", lang, s.texts, s.want, s.precision(), s.recall())
		if f := floors[lang]; s.precision() < f[0] || s.recall() < f[1] {
			t.Errorf("%s: precision %.3f and recall %.3f fell below %v", lang, s.precision(), s.recall(), f)
		}
	}
}

// around is the text about a date.
func around(s string, w news.When) string {
	return strings.ToValidUTF8(s[max(0, w.Start-30):min(len(s), w.End+20)], "")
}
