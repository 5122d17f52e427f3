package cite

import (
	"encoding/csv"
	"io"
	"slices"
	"strconv"
	"strings"
	"time"

	"backfile/internal/news"
)

// TableColumns are the columns of a table, in order. Those that ingest knows by name
// are taken back from it.
var TableColumns = []string{
	"id", "version", "address", "url", "headline", "standfirst", "outlet", "agency", "byline", "authors", "published", "published_precision", "updated", "captured",
	"dateline", "section", "language", "kind", "tags", "people", "places", "organisations",
}

// KeptColumns stand behind them in the table of a list: when its reader saved the article,
// and what the reader says of it.
var KeptColumns = []string{"saved", "note", "own_tags"}

// table writes CSV as RFC 4180 has it, in UTF-8 behind the mark by which spreadsheets
// know that, lines ended by CR and LF. The text itself is not in it: a cell of a
// spreadsheet does not hold one.
type table struct {
	w     io.Writer
	out   *csv.Writer
	begun bool
	kept  bool // it is of a list
}

func newTable(w io.Writer) Writer {
	t := &table{w: w, out: csv.NewWriter(w)}
	t.out.UseCRLF = true
	return t
}

func (t *table) begin() error {
	if t.begun {
		return nil
	}
	t.begun = true
	if _, err := io.WriteString(t.w, "\uFEFF"); err != nil {
		return err
	}
	if t.kept {
		return t.out.Write(slices.Concat(TableColumns, KeptColumns))
	}
	return t.out.Write(TableColumns)
}

func (t *table) Write(e Entry) error {
	t.kept = t.kept || !t.begun && e.Kept != nil
	if err := t.begin(); err != nil {
		return err
	}
	a := e.Article
	version := ""
	if e.Version > 0 {
		version = strconv.Itoa(e.Version)
	}
	var authors []string
	for _, x := range a.Authors {
		authors = append(authors, x.Name)
	}
	precision := ""
	if !a.Published.IsZero() {
		precision = string(a.Published.Precision)
	}
	cells := []string{
		string(a.ID), version, e.Address, e.original(), a.Headline, a.Standfirst, e.outlet(), a.Agency, a.Byline, several(authors), text(a.Published), precision, text(a.Updated), text(a.Captured),
		a.Dateline, a.Section, a.Language, string(a.ArticleKind), several(a.Tags), several(names(a.Persons)), several(names(a.Places)), several(names(a.Organisations)),
	}
	if t.kept && e.Kept != nil {
		cells = append(cells, e.Kept.Added.UTC().Format(time.RFC3339), e.note(), several(e.Kept.Tags))
	}
	for i, c := range cells {
		cells[i] = Cell(line(c))
	}
	if err := t.out.Write(cells); err != nil {
		return err
	}
	t.out.Flush()
	return t.out.Error()
}

func (t *table) Close() error {
	if err := t.begin(); err != nil {
		return err
	}
	t.out.Flush()
	return t.out.Error()
}

// Break adds a row of one cell, which no other row is.
func (t *table) Break(why string) error {
	if err := t.begin(); err != nil {
		return err
	}
	if err := t.out.Write([]string{Cell("This file was broken off: " + line(why))}); err != nil {
		return err
	}
	t.out.Flush()
	return t.out.Error()
}

// several are the values of one cell, parted by a semicolon, which takes the place of a
// comma where a value has one.
func several(vs []string) string {
	out := make([]string, 0, len(vs))
	for _, v := range vs {
		if v = strings.ReplaceAll(line(v), ";", ","); v != "" {
			out = append(out, v)
		}
	}
	return strings.Join(out, "; ")
}

func names(es []news.Entity) []string {
	out := make([]string, len(es))
	for i, e := range es {
		out[i] = e.Name
	}
	return out
}

// Cell keeps a spreadsheet from taking text for a formula: what begins as one has an
// apostrophe in front.
func Cell(s string) string {
	if s != "" && strings.IndexByte("=+-@\t\r", s[0]) >= 0 {
		return "'" + s
	}
	return s
}
