package web

import (
	"cmp"
	"slices"
	"strings"

	"backfile/internal/news"
	"backfile/templates"
)

// bylineOf is an article's byline in parts, of which the authors and the agency that it
// names lead to their articles. An agency that the line does not name stands behind it,
// and authors where there is no line.
func (s *Server) bylineOf(a *news.Article) []templates.Link {
	type mark struct {
		start, end int
		href       string
	}
	line, lower := a.Byline, strings.ToLower(a.Byline)
	if len(lower) != len(line) {
		lower = line // a letter whose small form is longer: what is found must fit
	}
	var marks []mark
	named := func(name, href string) bool {
		i := strings.Index(lower, strings.ToLower(name))
		if name == "" || i < 0 || slices.ContainsFunc(marks, func(m mark) bool { return i < m.end && m.start < i+len(name) }) || i+len(name) > len(line) {
			return false
		}
		marks = append(marks, mark{i, i + len(name), href})
		return true
	}
	agency := templates.Link{Name: a.Agency, Href: searchFor("agency", a.Agency)}
	inLine := a.Agency == "" || named(a.Agency, agency.Href)
	if s.Authors != nil {
		for _, by := range a.Authors {
			if slug := news.Slug(by.Name); slug != "" {
				named(by.Name, authorPath(slug))
			}
		}
	}
	slices.SortFunc(marks, func(x, y mark) int { return cmp.Compare(x.start, y.start) })
	var out []templates.Link
	at := 0
	for _, m := range marks {
		if m.start > at {
			out = append(out, templates.Link{Name: line[at:m.start]})
		}
		out = append(out, templates.Link{Name: line[m.start:m.end], Href: m.href})
		at = m.end
	}
	if at < len(line) {
		out = append(out, templates.Link{Name: line[at:]})
	}
	if line == "" && s.Authors != nil {
		for i, by := range a.Authors {
			if i > 0 {
				out = append(out, templates.Link{Name: " · "})
			}
			out = append(out, templates.Link{Name: by.Name, Href: authorPath(news.Slug(by.Name))})
		}
	}
	if !inLine {
		if len(out) > 0 {
			out = append(out, templates.Link{Name: " · "})
		}
		out = append(out, agency)
	}
	return out
}
