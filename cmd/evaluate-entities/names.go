package main

import (
	"fmt"
	"io"
	"slices"
	"strings"

	"backfile/internal/entity"
	"backfile/internal/marked"
	"backfile/internal/measured"
	"backfile/internal/news"
)

// tally counts what was right, marked too much, and missed.
type tally struct{ right, extra, missed int }

func (t tally) String() string {
	return fmt.Sprintf("%.3f %.3f %.3f", share(t.right, t.right+t.extra), share(t.right, t.right+t.missed), t.f())
}

func (t tally) f() float64 { return share(2*t.right, 2*t.right+t.extra+t.missed) }

// score is a tally for each kind and, under "", one of all.
type score map[news.Kind]*tally

func newScore() score {
	return score{news.Person: {}, news.Place: {}, news.Organisation: {}, "": {}}
}

func (s score) right(k news.Kind)  { s[k].right++; s[""].right++ }
func (s score) extra(k news.Kind)  { s[k].extra++; s[""].extra++ }
func (s score) missed(k news.Kind) { s[k].missed++; s[""].missed++ }

// span is a name where it stands, or, without a place, in a document.
type span struct {
	kind       news.Kind
	field      string
	start, end int
	name       string
}

// compare counts what of got is in gold.
func (s score) compare(gold, got map[span]bool, extra, missed func(span)) {
	for g := range got {
		if gold[g] {
			s.right(g.kind)
			continue
		}
		s.extra(g.kind)
		extra(g)
	}
	for g := range gold {
		if !got[g] {
			s.missed(g.kind)
			missed(g)
		}
	}
}

// measureNames prints a line for each set of documents, and says what the model
// was learnt from.
func measureNames(out io.Writer, r entity.Recogniser, docs []marked.Document, only string, shown int) []measured.Figure {
	var sets []string
	for _, d := range docs {
		if !slices.Contains(sets, d.Set) && (only == "" || d.Set == only) {
			sets = append(sets, d.Set)
		}
	}
	learnt := entity.Learnt()
	var values []measured.Figure
	fmt.Fprintf(out, "%-28s %s\n", "", "person              place               organisation        all (precision recall F1)    as sets a document: person place organisation all")
	for _, set := range sets {
		spans, names := newScore(), newScore()
		extra, missed := map[string]int{}, map[string]int{}
		for i := range docs {
			d := &docs[i]
			if d.Set != set {
				continue
			}
			gold, got := read(r, d)
			spans.compare(gold, got, func(s span) { extra[shownAt(d, s)]++ }, func(s span) { missed[shownAt(d, s)]++ })
			names.compare(asSet(gold), asSet(got), func(span) {}, func(span) {})
		}
		title := set
		if slices.Contains(learnt, set) {
			title += " (seen)"
		}
		fmt.Fprintf(out, "%-28s %s   %s   %s   %s   ", title, spans[news.Person], spans[news.Place], spans[news.Organisation], spans[""])
		fmt.Fprintf(out, "%.3f %.3f %.3f %.3f\n", names[news.Person].f(), names[news.Place].f(), names[news.Organisation].f(), names[""].f())
		commonest(out, "too much", extra, shown)
		commonest(out, "missed", missed, shown)
		for _, k := range []news.Kind{news.Person, news.Place, news.Organisation, ""} {
			name := string(k)
			if k == "" {
				name = "all"
			}
			values = append(values, measured.Of(set, name, spans[k].f()), measured.Of(set, "set-"+name, names[k].f()))
		}
	}
	return values
}

// read is the names that a document has by its marks, and those that are found.
func read(r entity.Recogniser, d *marked.Document) (gold, got map[span]bool) {
	gold, got = map[span]bool{}, map[span]bool{}
	a := d.Article()
	texts, fields := entity.Evidence(&a, false)
	type stretch struct {
		field      string
		start, end int
	}
	var masked []stretch
	for k, t := range texts {
		for i, h := range d.Hidden(fields[k], t.Tokens) {
			if h {
				masked = append(masked, stretch{fields[k], t.Tokens[i].Start, t.Tokens[i].End})
			}
		}
	}
	open := func(s span) bool {
		return !slices.ContainsFunc(masked, func(m stretch) bool { return m.field == s.field && s.start < m.end && m.start < s.end })
	}
	for k, t := range texts {
		for _, s := range d.Settle(fields[k], t.Tokens) {
			kind := marked.NewsKinds[s.Kind]
			m := span{kind: kind, field: fields[k], start: t.Tokens[s.First].Start, end: t.Tokens[s.Last].End}
			m.name = d.Field(m.field)[m.start:m.end]
			if kind != "" && open(m) {
				gold[m] = true
			}
		}
	}
	r.Recognise(&a)
	for _, m := range a.Mentions {
		s := span{m.Kind, m.Field, m.Start, m.End, m.Text}
		if m.Counts() && open(s) {
			got[s] = true
		}
	}
	return gold, got
}

// asSet is the names of a document, wherever they stand.
func asSet(spans map[span]bool) map[span]bool {
	out := map[span]bool{}
	for s := range spans {
		out[span{kind: s.kind, name: strings.Join(strings.Fields(s.name), " ")}] = true
	}
	return out
}

// shownAt is a name with what stands around it.
func shownAt(d *marked.Document, s span) string {
	t := d.Field(s.field)
	before, behind := t[max(0, s.start-25):s.start], t[s.end:min(len(t), s.end+25)]
	return strings.Join(strings.Fields(fmt.Sprintf("%s: %s [%s] %s", s.kind, strings.ToValidUTF8(before, ""), s.name, strings.ToValidUTF8(behind, ""))), " ")
}
