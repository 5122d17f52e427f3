package marked

import (
	"bufio"
	"fmt"
	"io"
	"strconv"
	"strings"

	"backfile/internal/news"
)

// Reading is what one stretch of a file of marks says: of the sentences from
// First to Last of a text (counted from 1), or of a page's paragraphs (the
// headline is 0).
type Reading struct {
	// Page is the page's name, "" for a text of sentences.
	Page        string
	First, Last int
	// Lines has what was marked, by sentence.
	Lines map[int][]NameMark
	// Left are the sentences that nobody can tell.
	Left map[int]bool
}

// NameMark is a name marked in a sentence: at all its places that no longer name
// covers, or, with At, at those, counted from 1.
type NameMark struct {
	Kind news.Kind
	Name string
	At   []int
}

var markKinds = map[string]news.Kind{"P": news.Person, "L": news.Place, "O": news.Organisation, "F": Building}

// ParseMarks reads a file of marks as docs/marking.md describes it.
func ParseMarks(r io.Reader) ([]Reading, error) {
	var out []Reading
	last := 0
	sc := bufio.NewScanner(r)
	sc.Buffer(nil, 1<<20)
	for n := 1; sc.Scan(); n++ {
		line := strings.TrimSpace(sc.Text())
		if line == "" || strings.HasPrefix(line, "#") {
			continue
		}
		if what, ok := strings.CutPrefix(line, "read "); ok {
			rd, err := parseHeader(what)
			if err != nil {
				return nil, fmt.Errorf("line %d: %w", n, err)
			}
			out, last = append(out, rd), -1
			continue
		}
		if len(out) == 0 {
			return nil, fmt.Errorf("line %d: marks before anything was read", n)
		}
		rd := &out[len(out)-1]
		i, names, left, err := parseLine(line)
		switch {
		case err != nil:
			return nil, fmt.Errorf("line %d: %w", n, err)
		case i <= last || i < rd.First || rd.Page == "" && i > rd.Last:
			return nil, fmt.Errorf("line %d: sentence %d is out of order, or was not read", n, i)
		}
		last = i
		if left {
			rd.Left[i] = true
			continue
		}
		rd.Lines[i] = names
	}
	return out, sc.Err()
}

func parseHeader(s string) (Reading, error) {
	rd := Reading{Lines: map[int][]NameMark{}, Left: map[int]bool{}}
	kind, what, _ := strings.Cut(s, " ")
	switch kind {
	case "page":
		if what == "" {
			return rd, fmt.Errorf("a page without a name")
		}
		rd.Page = what
		return rd, nil
	case "gmb":
		a, b, _ := strings.Cut(what, "-")
		var err, err2 error
		rd.First, err = strconv.Atoi(a)
		rd.Last, err2 = strconv.Atoi(b)
		if err != nil || err2 != nil || rd.First < 1 || rd.Last < rd.First {
			return rd, fmt.Errorf("%q are no sentences", what)
		}
		return rd, nil
	}
	return rd, fmt.Errorf("%q is nothing that can be read", s)
}

// parseLine reads "12003: P Tony Blair; L China@2,3" or "12007?:".
func parseLine(line string) (i int, names []NameMark, left bool, err error) {
	number, rest, ok := strings.Cut(line, ":")
	number, left = strings.CutSuffix(number, "?")
	if i, err = strconv.Atoi(number); err != nil || !ok {
		return 0, nil, false, fmt.Errorf("no sentence's number in %q", line)
	}
	for part := range strings.SplitSeq(rest, ";") {
		if part = strings.TrimSpace(part); part == "" {
			continue
		}
		letter, name, _ := strings.Cut(part, " ")
		m := NameMark{Kind: markKinds[letter], Name: strings.TrimSpace(name)}
		if k := strings.LastIndexByte(m.Name, '@'); k > 0 {
			for at := range strings.SplitSeq(m.Name[k+1:], ",") {
				x, err := strconv.Atoi(at)
				if err != nil || x < 1 {
					m.At = nil
					break
				}
				m.At = append(m.At, x)
			}
			if m.At != nil {
				m.Name = strings.TrimSpace(m.Name[:k])
			}
		}
		if m.Kind == "" || m.Name == "" {
			return 0, nil, false, fmt.Errorf("%q is no mark", part)
		}
		names = append(names, m)
	}
	return i, names, left, nil
}
