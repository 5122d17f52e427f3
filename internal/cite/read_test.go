package cite

import (
	"errors"
	"fmt"
	"regexp"
	"strings"
)

// field is one field of a record, as the tests' own readers find it.
type field struct{ name, value string }

var risLine = regexp.MustCompile(`^([A-Z][A-Z0-9])  - (.*)$`)

// readRIS reads RIS strictly: each line a field, TY first and ER last, CR and LF.
func readRIS(s string) (out [][]field, err error) {
	var record []field
	for i, l := range strings.Split(s, "\r\n") {
		if strings.ContainsAny(l, "\r\n") {
			return nil, fmt.Errorf("line %d has an end inside", i+1)
		}
		if l == "" {
			if record != nil {
				return nil, fmt.Errorf("line %d is empty inside a record", i+1)
			}
			continue
		}
		m := risLine.FindStringSubmatch(l)
		if m == nil {
			return nil, fmt.Errorf("line %d is no field: %q", i+1, l)
		}
		switch {
		case (m[1] == "TY") != (record == nil):
			return nil, fmt.Errorf("line %d: %s is out of place", i+1, m[1])
		case m[1] == "ER":
			out, record = append(out, record), nil
		default:
			record = append(record, field{m[1], m[2]})
		}
	}
	if record != nil {
		return nil, errors.New("the last record has no end")
	}
	return out, nil
}

// entry is an entry of BibTeX: its type, its key, its fields without their outer braces.
type entry struct {
	kind, key string
	fields    []field
}

// readBibTeX reads what BibTeX would, counting braces as it does: whatever stands
// before them.
func readBibTeX(s string) (out []entry, err error) {
	for {
		i := strings.IndexByte(s, '@')
		if i < 0 {
			return out, nil
		}
		kind, rest, ok := strings.Cut(s[i+1:], "{")
		if !ok {
			return nil, errors.New("an @ without an entry")
		}
		body, rest, err := braced(rest)
		if err != nil {
			return nil, err
		}
		s = rest
		e := entry{kind: kind}
		e.key, body, _ = strings.Cut(body, ",")
		for {
			name, rest, ok := strings.Cut(body, " = {")
			if !ok {
				break
			}
			value, rest, err := braced(rest)
			if err != nil {
				return nil, err
			}
			e.fields = append(e.fields, field{strings.Trim(name, " ,\n"), value})
			body = rest
		}
		out = append(out, e)
	}
}

// braced cuts s behind the brace that shuts what was opened before it.
func braced(s string) (in, rest string, err error) {
	depth := 1
	for i := range len(s) {
		switch s[i] {
		case '{':
			depth++
		case '}':
			if depth--; depth == 0 {
				return s[:i], s[i+1:], nil
			}
		}
	}
	return "", "", errors.New("a brace is not shut")
}

var untexSigns = strings.NewReplacer(
	`\textbackslash{}`, `\`, `\textbraceleft{}`, `{`, `\textbraceright{}`, `}`, `\#`, `#`, `\$`, `$`, `\%`, `%`, `\&`, `&`, `\_`, `_`,
	`\textasciitilde{}`, `~`, `\textasciicircum{}`, `^`,
)

// untex is what TeX would set, without braces that only group.
func untex(s string) string {
	if strings.HasPrefix(s, "{") && strings.HasSuffix(s, "}") {
		s = s[1 : len(s)-1]
	}
	return untexSigns.Replace(s)
}

// cslFields are the names that the schema of CSL data (version 1.0.2) has for what this
// package may write.
var cslFields = map[string]bool{
	"id": true, "type": true, "title": true, "author": true, "container-title": true, "section": true, "issued": true, "accessed": true, "language": true,
	"abstract": true, "keyword": true, "archive": true, "archive_location": true, "URL": true, "note": true, "custom": true,
}

var cslNameFields = map[string]bool{"family": true, "given": true, "suffix": true, "literal": true}
