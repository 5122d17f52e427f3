package cite

import (
	"io"
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"
)

// bibTeX writes BibTeX in the names and types of biblatex, in UTF-8.
type bibTeX struct{ w io.Writer }

func newBibTeX(w io.Writer) Writer { return &bibTeX{w} }

func (x *bibTeX) Write(e Entry) error {
	a := e.Article
	var b strings.Builder
	put := func(name, value string) {
		if value != "" {
			b.WriteString("  " + name + " = {" + value + "},\n")
		}
	}
	kind := "@online{"
	if e.outlet() != "" {
		kind = "@article{"
	}
	b.WriteString(kind + e.key() + ",\n")
	var authors []string
	for _, n := range e.authors() {
		authors = append(authors, n.bibTeX())
	}
	put("author", strings.Join(authors, " and "))
	if title, _ := e.title(); title != "" {
		put("title", "{"+tex(title)+"}") // the second braces keep its capitals
	}
	put("journaltitle", tex(e.outlet()))
	if e.outlet() != "" {
		put("entrysubtype", "newspaper")
	}
	put("date", iso(a.Published))
	put("langid", tex(a.Language))
	put("abstract", tex(line(a.Standfirst)))
	var tags []string
	for _, t := range e.keywords() {
		if t = line(strings.ReplaceAll(t, ",", " ")); t != "" {
			tags = append(tags, tex(t))
		}
	}
	put("keywords", strings.Join(tags, ", "))
	put("note", tex(e.agency()))
	put("annotation", tex(e.note()))
	put("url", texURL(e.Address))
	put("urldate", iso(a.Captured))
	put("library", tex(line(e.Archive)))
	if o := e.original(); o != "" {
		// As words: an address of its own inside a field loses what is behind a %.
		put("addendum", tex("First published at "+o))
	}
	b.WriteString("}\n\n")
	_, err := io.WriteString(x.w, b.String())
	return err
}

func (x *bibTeX) Close() error { return nil }

func (x *bibTeX) Break(why string) error {
	_, err := io.WriteString(x.w, "@comment{This file was broken off: "+tex(line(why))+"}\n")
	return err
}

// key is the entry's key: who, when, and the article's id, which is no other's. It has
// small Latin letters, digits and hyphens alone.
func (e Entry) key() string {
	who := e.outlet()
	if as := e.authors(); len(as) > 0 {
		if who = as[0].Family; who == "" {
			who = as[0].Literal
		}
	}
	const most = 24
	var b strings.Builder
	for _, r := range norm.NFD.String(who) {
		if r = unicode.ToLower(r); r >= 'a' && r <= 'z' && b.Len() < most {
			b.WriteRune(r)
		}
	}
	if d := dayOf(e.Article.Published); d.year > 0 {
		b.WriteString(e.Article.Published.Year())
	}
	if b.Len() > 0 {
		b.WriteByte('-')
	}
	for _, r := range strings.ToLower(string(e.Article.ID)) {
		if r >= 'a' && r <= 'z' || r >= '0' && r <= '9' {
			b.WriteRune(r)
		}
	}
	return b.String()
}

// bibTeX is a name as BibTeX reads it; one that is whole stands in braces, so that
// neither a comma nor an "and" parts it.
func (n Name) bibTeX() string {
	if n.Family == "" {
		return "{" + tex(n.Literal) + "}"
	}
	if n.Suffix != "" {
		return tex(n.Family) + ", " + tex(n.Suffix) + ", " + tex(n.Given)
	}
	return tex(n.Family) + ", " + tex(n.Given)
}

// texSigns are what TeX takes for something else. BibTeX counts braces even behind a
// backslash, so that one alone has a name.
var texSigns = strings.NewReplacer(
	`\`, `\textbackslash{}`, `{`, `\textbraceleft{}`, `}`, `\textbraceright{}`, `#`, `\#`, `$`, `\$`, `%`, `\%`, `&`, `\&`, `_`, `\_`,
	`~`, `\textasciitilde{}`, `^`, `\textasciicircum{}`,
)

// tex is text for TeX.
func tex(s string) string { return texSigns.Replace(s) }

// texURL is an address as a field holds it that TeX takes letter by letter: what would
// end it, or is no part of an address, is written as its bytes.
func texURL(s string) string {
	const hex = "0123456789ABCDEF"
	var b strings.Builder
	for i := range len(s) {
		switch c := s[i]; {
		case c <= ' ' || c == 0x7f || strings.IndexByte(`{}\"<>^`+"`|", c) >= 0:
			b.WriteString(string([]byte{'%', hex[c>>4], hex[c&15]}))
		default:
			b.WriteByte(c)
		}
	}
	return b.String()
}
