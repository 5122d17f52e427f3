package cite

import (
	"fmt"
	"io"
	"strings"
)

// ris writes RIS: a line a field, two letters, two spaces, a hyphen and a space before
// it, lines ended by CR and LF.
type ris struct{ w io.Writer }

func newRIS(w io.Writer) Writer { return &ris{w} }

func (r *ris) Write(e Entry) error {
	a := e.Article
	var b strings.Builder
	put := func(tag, value string) {
		if value = line(value); value != "" {
			b.WriteString(tag + "  - " + value + "\r\n")
		}
	}
	put("TY", "NEWS")
	put("ID", string(a.ID))
	title, _ := e.title()
	put("TI", title)
	for _, n := range e.authors() {
		// A comma parts a name; where it is whole it may have none.
		put("AU", strings.ReplaceAll(n.inverted(), ";", " "))
	}
	put("T2", e.outlet())
	if d := dayOf(a.Published); d.year > 0 {
		put("PY", fmt.Sprintf("%04d", d.year))
		put("DA", d.ris())
	}
	put("SE", a.Section)
	put("AB", a.Standfirst)
	for _, t := range e.keywords() {
		put("KW", t)
	}
	put("LA", a.Language)
	put("N1", e.agency())
	put("N1", e.note())
	put("UR", e.Address)
	put("L2", e.original())
	put("Y2", dayOf(a.Captured).ris())
	put("DB", e.Archive)
	put("AN", string(a.ID))
	b.WriteString("ER  - \r\n\r\n")
	_, err := io.WriteString(r.w, b.String())
	return err
}

func (r *ris) Close() error { return nil }

func (r *ris) Break(why string) error {
	_, err := io.WriteString(r.w, "TY  - NEWS\r\nN1  - This file was broken off: "+line(why)+"\r\n")
	return err
}

// ris is YYYY/MM/DD/ with nothing where nothing is known: 1953///.
func (d day) ris() string {
	if d.year == 0 {
		return ""
	}
	s := fmt.Sprintf("%04d/", d.year)
	if d.month > 0 {
		s += fmt.Sprintf("%02d", d.month)
	}
	s += "/"
	if d.day > 0 {
		s += fmt.Sprintf("%02d", d.day)
	}
	return s + "/"
}
