package web

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"backfile/internal/news"
	"backfile/templates"
)

// maxMarks is how many entities of an article can be marked by choosing their
// name; the stylesheet has a rule for each.
const maxMarks = 60

// marks are the mentions of an article, ready to be shown.
type marks struct {
	// class is the class of an entity's mentions, "m1" to "m60".
	class map[news.EntityID]string
	href  map[news.EntityID]string
	// first is where an entity is first mentioned: in the body if it is.
	first map[news.EntityID]spot
	// by are the mentions of a field, by offset, none inside another.
	by map[string][]news.Mention
	// spots are the reader's highlights.
	spots spots
}

// spot is a mention's place.
type spot struct {
	field      string
	start, end int
}

func marksOf(a *news.Article) marks {
	m := marks{class: map[news.EntityID]string{}, href: map[news.EntityID]string{}, first: map[news.EntityID]spot{}, by: map[string][]news.Mention{}}
	for _, k := range news.Kinds {
		for _, e := range a.Entities(k) {
			if len(m.class) < maxMarks {
				m.class[e.ID] = fmt.Sprintf("m%d", len(m.class)+1)
			}
			if e.Slug != "" {
				m.href[e.ID] = news.EntityPath(k, e.Slug)
			}
		}
	}
	for _, x := range a.Mentions {
		field := cmp.Or(x.Field, news.FieldBody)
		m.by[field] = append(m.by[field], x)
	}
	fields := []string{news.FieldBody, news.FieldStandfirst, news.FieldHeadline}
	for i := range a.Images {
		fields = append(fields, news.CaptionField(i))
	}
	for _, f := range fields {
		m.by[f] = apart(m.by[f], len(a.Field(f)))
		for _, x := range m.by[f] {
			if _, ok := m.first[x.Entity]; !ok && x.Entity != "" && m.class[x.Entity] != "" {
				m.first[x.Entity] = spot{f, x.Start, x.End}
			}
		}
	}
	return m
}

// apart sorts mentions and drops those that lie inside one before them or
// outside the text.
func apart(ms []news.Mention, length int) []news.Mention {
	ms = slices.Clone(ms)
	slices.SortStableFunc(ms, func(a, b news.Mention) int { return cmp.Or(a.Start-b.Start, b.End-a.End) })
	end := 0
	return slices.DeleteFunc(ms, func(x news.Mention) bool {
		if x.Start < end || x.End <= x.Start || x.End > length {
			return true
		}
		end = x.End
		return false
	})
}

// segments is a whole field with its mentions.
func (m marks) segments(a *news.Article, field string) []templates.Segment {
	s := a.Field(field)
	return m.cut(s, field, 0, len(s), nil)
}

// cut is field[from:to] in stretches: links of the article, mentions, words.
func (m marks) cut(s, field string, from, to int, links []news.Span) []templates.Segment {
	points := []int{from, to}
	add := func(start, end int) {
		if start < to && end > from {
			points = append(points, max(start, from), min(end, to))
		}
	}
	for _, x := range m.by[field] {
		add(x.Start, x.End)
	}
	for _, l := range links {
		add(l.Start, l.End)
	}
	for _, h := range m.spots[field] {
		add(h.start, h.end)
	}
	slices.Sort(points)
	points = slices.Compact(points)
	var out []templates.Segment
	for i := 1; i < len(points); i++ {
		a, z := points[i-1], points[i]
		seg := templates.Segment{Text: s[a:z]}
		for _, h := range m.spots[field] {
			if h.start <= a && z <= h.end {
				seg.High = true
				if a == h.start {
					seg.Spot = templates.SpotAnchor(h.id)
				}
			}
		}
		for _, l := range links {
			if l.Start <= a && z <= l.End {
				seg.Href, seg.Out = l.Href, true
				break
			}
		}
		for _, x := range m.by[field] {
			if x.Start <= a && z <= x.End {
				m.mention(&seg, x, field, a)
				break
			}
		}
		out = append(out, seg)
	}
	return out
}

// mention makes seg a mention's. Pronouns and roles are marked but lead
// nowhere: a page of links is no text.
func (m marks) mention(seg *templates.Segment, x news.Mention, field string, at int) {
	seg.Mark = m.class[x.Entity]
	if m.first[x.Entity] == (spot{field, x.Start, x.End}) && at == x.Start {
		seg.ID = seg.Mark
	}
	if seg.Out || x.Form == news.FormPronoun || x.Form == news.FormRole {
		return
	}
	seg.Href = m.href[x.Entity]
}

// blocks is the body in paragraphs, subheadings, quotations, lists and tables.
func blocks(a *news.Article, m marks) []templates.Block {
	var links, shapes []news.Span
	for _, s := range a.Spans {
		switch {
		case s.Start < 0 || s.End > len(a.Body) || s.Start >= s.End:
		case s.Kind != news.SpanLink:
			shapes = append(shapes, s)
		case outside(s.Href) != "":
			s.Href = outside(s.Href)
			links = append(links, s)
		}
	}
	var out []templates.Block
	for at := 0; at < len(a.Body); {
		end := len(a.Body)
		next := end
		if i := strings.Index(a.Body[at:], "\n\n"); i >= 0 {
			end, next = at+i, at+i+2
		}
		if strings.TrimSpace(a.Body[at:end]) != "" {
			kind := blockKind(shapes, at, end)
			line := m.cut(a.Body, news.FieldBody, at, end, within(links, at, end))
			var cells []string
			if kind == templates.Rows {
				cells = rowCells(a.Body[at:end])
			}
			if n := len(out); n > 0 && out[n-1].Kind == kind && (kind == templates.Items || kind == templates.Rows) {
				out[n-1].Lines = append(out[n-1].Lines, line)
				if cells != nil {
					out[n-1].Cells = append(out[n-1].Cells, cells)
				}
			} else {
				b := templates.Block{Kind: kind, Lines: [][]templates.Segment{line}}
				if cells != nil {
					b.Cells = [][]string{cells}
				}
				out = append(out, b)
			}
		}
		at = next
	}
	return out
}

func within(spans []news.Span, from, to int) []news.Span {
	var out []news.Span
	for _, s := range spans {
		if s.Start < to && s.End > from {
			out = append(out, s)
		}
	}
	return out
}

// blockKind is what a span says of the paragraph from start to end: one that
// holds the most of it.
func blockKind(shapes []news.Span, start, end int) templates.BlockKind {
	for _, s := range shapes {
		if min(s.End, end)-max(s.Start, start) < (end-start+1)/2 {
			continue
		}
		switch s.Kind {
		case news.SpanHeading:
			return templates.Heading
		case news.SpanItem:
			return templates.Items
		case news.SpanQuote:
			return templates.Quotation
		case news.SpanRow:
			return templates.Rows
		}
	}
	return templates.Paragraph
}

// rowCells parts a table's row.
func rowCells(s string) []string {
	sep := "\t"
	if !strings.Contains(s, sep) {
		sep = " | "
	}
	cells := strings.Split(s, sep)
	for i := range cells {
		cells[i] = strings.TrimSpace(cells[i])
	}
	return cells
}
