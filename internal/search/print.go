package search

import (
	"fmt"
	"strconv"
	"strings"
	"unicode/utf8"
)

// String is the word; one that the parser would read as something else stands in
// quotation marks.
func (w Word) String() string {
	if r, _ := utf8.DecodeRuneInString(w.Text); !canStart(r) || strings.ContainsFunc(w.Text, isBreak) ||
		strings.Contains(w.Text, ":") && isFieldName(w.Text[:strings.Index(w.Text, ":")]) || plainWord(w.Text) != w.Text || isWild(w.Text) || isNearSign(w.Text) {
		return quote(w.Text)
	}
	return w.Text
}

func (p Phrase) String() string { return quote(p.Text) }

func (v Verbatim) String() string { return "=" + quote(v.Text) }

func (p Prefix) String() string { return p.Text + "*" }

func (p Pattern) String() string { return p.Text }

func (f Fuzzy) String() string {
	if f.Edits == 1 {
		return f.Text + "~"
	}
	return f.Text + "~" + strconv.Itoa(f.Edits)
}

func (n Near) String() string {
	sign := "NEAR/"
	if n.Ordered {
		sign = "PRE/"
	}
	return group(n.A) + " " + sign + strconv.Itoa(n.N) + " " + group(n.B)
}

func (i In) String() string {
	if _, ok := i.Part.(Near); ok {
		return i.Name + ":(" + i.Part.String() + ")"
	}
	return i.Name + ":" + i.Part.String()
}

func (d OnDay) String() string { return fmt.Sprintf("%s:%02d-%02d", FieldOn, d.Month, d.Day) }

// String joins the parts by spaces; "*" where there are none.
func (a And) String() string {
	if len(a.Parts) == 0 {
		return "*"
	}
	out := make([]string, len(a.Parts))
	for i, p := range a.Parts {
		out[i] = group(p)
	}
	return strings.Join(out, " ")
}

// String joins the parts by OR; "-*" where there are none.
func (o Or) String() string {
	if len(o.Parts) == 0 {
		return "-*"
	}
	out := make([]string, len(o.Parts))
	for i, p := range o.Parts {
		if _, isAnd := p.(And); isAnd {
			out[i] = p.String()
		} else {
			out[i] = group(p)
		}
	}
	return strings.Join(out, " OR ")
}

func (n Not) String() string {
	if s := group(n.Part); !strings.HasPrefix(s, "-") && !nothing(n.Part) {
		return "-" + s
	}
	return "-(" + n.Part.String() + ")"
}

// group is n as part of something that binds more closely than n may.
func group(n Node) string {
	var parts []Node
	switch n := n.(type) {
	case nil:
		return "*"
	case And:
		parts = n.Parts
	case Or:
		parts = n.Parts
	}
	switch len(parts) {
	case 0:
		return n.String()
	case 1:
		return group(parts[0])
	}
	return "(" + n.String() + ")"
}

func (f Field) String() string { return printField(f.Name, f.Value, f.Phrase) }

func (d DateRange) String() string { return FieldDate + ":" + d.Text }

func (a AsOf) String() string { return FieldAsOf + ":" + a.Text }

// String is the field that the entities were asked for by.
func (e Entities) String() string {
	switch {
	case e.Said:
		return printField(FieldSaid, e.Name, false)
	case e.Within:
		return printField(FieldWithin, e.Name, false)
	}
	return printField(string(e.Kind), e.Name, false)
}

// String is a search for the address.
func (c CameFrom) String() string { return printField(FieldURL, c.Origin, true) }

// String is the reader-bound field that the articles were asked for by.
func (a Articles) String() string { return a.Name }

func printField(name, value string, quoted bool) string {
	if quoted || needsQuotes(name, value) {
		value = quote(value)
	}
	return name + ":" + value
}

// String prints any tree, nil as "": the text to put into the search box.
func String(n Node) string {
	if n == nil {
		return ""
	}
	return n.String()
}
