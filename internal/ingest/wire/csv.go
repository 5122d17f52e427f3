package wire

import (
	"bufio"
	"bytes"
	"encoding/csv"
	"errors"
	"io"
	"iter"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"golang.org/x/text/encoding/charmap"

	"backfile/internal/ingest/item"
	"backfile/internal/news"
)

// IsCSV knows a table by its first line: names of columns, of which one is an
// address or a headline and all that matter are known.
func IsCSV(head []byte) bool {
	line, _, cut := strings.Cut(string(bytes.TrimPrefix(head, []byte("\xef\xbb\xbf"))), "\n")
	if !cut && len(head) > 8<<10 || len(line) > 8<<10 || !utf8.ValidString(line) {
		return false
	}
	names, err := csv.NewReader(strings.NewReader(line)).Read()
	if sep := separator(line); sep != ',' {
		c := csv.NewReader(strings.NewReader(line))
		c.Comma = sep
		names, err = c.Read()
	}
	if err != nil || len(names) < 3 {
		return false
	}
	known, short := map[string]bool{}, true
	for _, n := range names {
		if f := columnField(n); f != "" {
			known[f] = true
		}
		short = short && len(n) <= 40
	}
	return short && (known["url"] && known["headline"] || known["headline"] && known["body"]) && len(known) >= 3
}

// separator is what parts the columns of a table's first line.
func separator(line string) rune {
	best, most := ',', strings.Count(line, ",")
	for _, s := range []rune{'\t', ';'} {
		if n := strings.Count(line, string(s)); n > most {
			best, most = s, n
		}
	}
	return best
}

// CSV returns the reader of a table of articles, a row each. columns maps fields of
// an article to the names of columns; where it is empty, the names in the first line
// say which is which.
func CSV(columns map[string]string) item.Reader {
	return func(r io.Reader, l item.Limits) iter.Seq2[item.Record, error] {
		return func(yield func(item.Record, error) bool) { readCSV(r, l.OrDefault(), columns, yield) }
	}
}

// rowMeter stops a row from growing without end: an open quotation mark would take
// the rest of the input for one cell.
type rowMeter struct {
	br   *bufio.Reader
	n    int64
	max  int64
	over bool
}

func (m *rowMeter) Read(p []byte) (int, error) {
	if m.n > m.max {
		m.over = true
		return 0, item.Refuse("a row is larger than %d MiB, or a quotation mark is not closed", max(m.max>>20, 1))
	}
	n, err := m.br.Read(p)
	m.n += int64(n)
	return n, err
}

func readCSV(r io.Reader, l item.Limits, columns map[string]string, yield func(item.Record, error) bool) {
	br := bufio.NewReaderSize(latin(item.Capped(r, l.Stream)), 64<<10)
	head, _ := br.Peek(8 << 10)
	if bytes.HasPrefix(head, []byte("\xef\xbb\xbf")) {
		_, _ = br.Discard(3)
		head = head[3:]
	}
	first, _, _ := bytes.Cut(head, []byte("\n"))
	m := &rowMeter{br: br, max: l.Item}
	c := csv.NewReader(m)
	c.Comma = separator(string(first))
	c.FieldsPerRecord, c.LazyQuotes, c.ReuseRecord = -1, true, true
	names, err := c.Read()
	if err != nil {
		yield(item.Record{}, csvError(err))
		return
	}
	kept := keeper{names: slices.Clone(names), comma: c.Comma}
	at, err := columnsOf(names, columns)
	if err != nil {
		yield(item.Record{}, err)
		return
	}
	for {
		m.n = 0
		row, err := c.Read()
		if err == io.EOF {
			return
		}
		line := 0
		if err == nil {
			line, _ = c.FieldPos(0)
		}
		var parse *csv.ParseError
		switch {
		case errors.As(err, &parse) && !m.over:
			if !yield(item.Record{Place: strconv.Itoa(parse.StartLine)}, csvError(err)) {
				return
			}
			continue
		case err != nil:
			yield(item.Record{}, csvError(err))
			return
		}
		if strings.Join(row, "") == "" {
			continue
		}
		rec, err := rowRecord(row, at)
		rec.Place = strconv.Itoa(line)
		rec.Raw, rec.RawType = kept.row(row), "text/csv"
		if err == nil {
			err = item.Settle(&rec)
		}
		if !yield(rec, err) {
			return
		}
	}
}

// keeper writes the original of a row: the table's first line and the row, for
// columns of which an article knows nothing are somebody's work too.
type keeper struct {
	names []string
	comma rune
	buf   bytes.Buffer
}

func (k *keeper) row(row []string) []byte {
	k.buf.Reset()
	w := csv.NewWriter(&k.buf)
	w.Comma = k.comma
	_ = w.Write(k.names)
	_ = w.Write(row)
	w.Flush() // into memory, where nothing fails
	return bytes.Clone(k.buf.Bytes())
}

// latin is r in UTF-8: a table that is not is in windows-1252.
func latin(r io.Reader) io.Reader {
	br := bufio.NewReaderSize(r, 64<<10)
	head, _ := br.Peek(64 << 10)
	for i := 0; i < utf8.UTFMax && !utf8.Valid(head) && len(head) > 0; i++ {
		head = head[:len(head)-1] // a character that the end cut
	}
	if utf8.Valid(head) {
		return br
	}
	return charmap.Windows1252.NewDecoder().Reader(br)
}

func csvError(err error) error {
	var parse *csv.ParseError
	switch {
	case isRefusal(err):
		return err
	case err == io.EOF:
		return item.Refuse("has no row")
	case errors.As(err, &parse):
		return item.Refuse("is no row of a table: %v", parse.Err)
	}
	return err
}

// rowRecord makes a record of a row.
func rowRecord(row []string, at map[string]int) (item.Record, error) {
	get := func(field string) string {
		i, ok := at[field]
		if !ok || i >= len(row) {
			return ""
		}
		return strings.TrimSpace(unescaped(row[i]))
	}
	rec := item.Record{GUID: globalID(get("guid"), ""), Provider: item.Line(get("outlet"))}
	a := &rec.Article
	a.URL = item.Web(get("url"))
	if u := get("url"); u != "" && a.URL == "" {
		return rec, item.Refuse("%q is no address of the web", short(u))
	}
	a.Headline, a.Standfirst, a.Byline = item.Line(get("headline")), item.Line(get("standfirst")), item.Line(get("byline"))
	if a.Headline == a.URL {
		a.Headline = "" // Pocket's title of a page that it could not read
	}
	a.Agency, a.Dateline, a.Section = item.Line(get("agency")), item.Line(get("dateline")), item.Line(get("section"))
	a.Language = get("language")
	a.Published, a.Updated, a.Captured = item.ParseDate(get("published")), item.ParseDate(get("updated")), item.ParseDate(get("captured"))
	for _, d := range []struct {
		field string
		date  news.Date
	}{{"published", a.Published}, {"updated", a.Updated}, {"captured", a.Captured}} {
		if s := get(d.field); s != "" && s != "0" && d.date.IsZero() {
			if rec.Printed == nil {
				rec.Printed, rec.Must = map[string]string{}, true
			}
			rec.Printed[d.field] = s
		}
	}
	a.Tags = item.Tags(splitTags(get("tags"))...)
	if f := get("folder"); f != "" && !strings.EqualFold(f, "unread") && !strings.EqualFold(f, "archive") {
		a.Tags = item.Tags(append(a.Tags, f)...)
	}
	if im := item.Web(get("image")); im != "" {
		a.Images = item.AddImage(nil, news.Image{URL: im, Caption: get("caption"), Credit: get("credit")})
	}
	t, err := item.AnyBody(get("body"), a.URL, nil)
	if err != nil {
		return rec, err
	}
	a.Body, a.Spans = t.Body, t.Spans
	if a.Body == "" {
		a.ArticleKind = news.Stub
	}
	if a.Body == "" && a.Headline == "" && a.URL != "" {
		a.Headline = a.URL // all that is known of it
	}
	return rec, nil
}

// unescaped drops the apostrophe that keeps a spreadsheet from calculating.
func unescaped(s string) string {
	if len(s) > 1 && s[0] == '\'' && strings.IndexByte("=+-@", s[1]) >= 0 {
		return s[1:]
	}
	return s
}

func short(s string) string {
	if utf8.RuneCountInString(s) > 60 {
		return string([]rune(s)[:60]) + "…"
	}
	return s
}

// splitTags parts tags that are written in one cell.
func splitTags(s string) []string {
	s = strings.Trim(s, "[]")
	for _, sep := range []string{"|", ";", ","} {
		if strings.Contains(s, sep) {
			out := strings.Split(s, sep)
			for i := range out {
				out[i] = strings.Trim(out[i], " \"'")
			}
			return out
		}
	}
	return []string{strings.Trim(s, " \"'")}
}
