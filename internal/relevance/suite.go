// Package relevance is a suite of searches in plain text, each with the articles that
// must be found first and those that must not, and what a search engine's answers to
// them are worth: mean reciprocal rank and recall. It asks nobody anything itself.
//
// A suite is read by people before machines: docs/relevance.md has the format.
//
// # Caveats
//
// A suite knows articles by key only, a word without spaces. What a key means is for
// whoever asks: cmd/evaluate-search takes it for the beginning of an article's slug, or the
// name of the file that it came from.
package relevance

import (
	"bufio"
	"fmt"
	"io"
	"slices"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"
)

// Depth is how many of the first results count for anything: no query may ask more.
const Depth = 10

// The bounds of a suite. A file beyond them is no suite.
const (
	maxLine    = 64 << 10 // bytes
	maxQueries = 10_000
	maxKeys    = 1000 // of one query
)

// Suite is a suite of queries.
type Suite struct {
	// Archive is what the queries are asked of, in the asker's own words: "sample", or
	// files. "" where the suite does not say.
	Archive string
	Queries []Query
}

// Query is a search with what it must find.
type Query struct {
	Line int // of the file
	// Kind is what sort of query it is: "known item", "surname". "" is none.
	Kind string
	Text string
	// Wanted are the articles that must be found; none where the query only says what
	// must not be.
	Wanted []Wanted
	// Not are the articles that must not be among the first Depth.
	Not []string
}

// Wanted is an article that must be among the first Top results.
type Wanted struct {
	Top int // 1 to Depth
	Key string
}

// Parse reads a suite. The error names the line.
func Parse(r io.Reader) (Suite, error) {
	p := parser{}
	in := bufio.NewScanner(r)
	in.Buffer(nil, maxLine)
	for in.Scan() {
		p.line++
		if err := p.take(in.Text()); err != nil {
			return Suite{}, fmt.Errorf("line %d: %w", p.line, err)
		}
	}
	if err := in.Err(); err != nil {
		return Suite{}, fmt.Errorf("line %d: %w", p.line+1, err)
	}
	if err := p.end(); err != nil {
		return Suite{}, fmt.Errorf("line %d: %w", p.line, err)
	}
	return p.suite, nil
}

type parser struct {
	suite Suite
	line  int
	kind  string
	open  *Query
}

func (p *parser) take(line string) error {
	if !utf8.ValidString(line) {
		return fmt.Errorf("it is not UTF-8")
	}
	line = strings.TrimSpace(line)
	if strings.HasPrefix(line, "#") {
		return nil
	}
	if line == "" {
		return p.end()
	}
	name, value, ok := strings.Cut(line, ":")
	name, value = strings.TrimSpace(name), strings.TrimSpace(value)
	if !ok || value == "" {
		return fmt.Errorf("%q is no name, a colon and a value", line)
	}
	words := strings.Fields(name)
	switch {
	case name == "archive":
		if p.suite.Archive != "" || len(p.suite.Queries) > 0 || p.open != nil {
			return fmt.Errorf("the archive is said once, before the first query")
		}
		p.suite.Archive = value
	case name == "kind":
		if p.open != nil {
			return fmt.Errorf("a kind stands before its queries, behind an empty line")
		}
		p.kind = value
	case name == "query":
		if p.open != nil {
			return fmt.Errorf("two queries without an empty line between them")
		}
		p.open = &Query{Line: p.line, Kind: p.kind, Text: value}
	case p.open == nil:
		return fmt.Errorf("%q without a query before it", name)
	case name == "not":
		return p.open.refuse(keys(value))
	case len(words) == 2 && words[0] == "top":
		n, err := strconv.Atoi(words[1])
		if err != nil || n < 1 || n > Depth || strconv.Itoa(n) != words[1] {
			return fmt.Errorf("%q: the first results are top 1 to top %d", name, Depth)
		}
		return p.open.want(n, keys(value))
	default:
		return fmt.Errorf("%q is none of archive, kind, query, top N and not", name)
	}
	return nil
}

// keys are those of a line, parted by white space.
func keys(value string) []string { return strings.FieldsFunc(value, unicode.IsSpace) }

func (q *Query) want(top int, keys []string) error {
	for _, k := range keys {
		if err := q.room(k); err != nil {
			return err
		}
		q.Wanted = append(q.Wanted, Wanted{top, k})
		n := 0
		for _, w := range q.Wanted {
			if w.Top <= top {
				n++
			}
		}
		if n > top {
			return fmt.Errorf("%d articles cannot all be among the first %d", n, top)
		}
	}
	return nil
}

func (q *Query) refuse(keys []string) error {
	for _, k := range keys {
		if err := q.room(k); err != nil {
			return err
		}
		q.Not = append(q.Not, k)
	}
	return nil
}

// room is an error where the query has said something of that article already.
func (q *Query) room(key string) error {
	if slices.Contains(q.Not, key) || slices.ContainsFunc(q.Wanted, func(w Wanted) bool { return w.Key == key }) {
		return fmt.Errorf("%q stands twice in one query", key)
	}
	if len(q.Wanted)+len(q.Not) >= maxKeys {
		return fmt.Errorf("more than %d articles in one query", maxKeys)
	}
	return nil
}

// end closes the query that is open.
func (p *parser) end() error {
	if p.open == nil {
		return nil
	}
	if len(p.open.Wanted)+len(p.open.Not) == 0 {
		return fmt.Errorf("the query of line %d wants nothing", p.open.Line)
	}
	if len(p.suite.Queries) == maxQueries {
		return fmt.Errorf("more than %d queries", maxQueries)
	}
	p.suite.Queries = append(p.suite.Queries, *p.open)
	p.open = nil
	return nil
}

// String is the suite in the format that Parse reads, without its comments.
func (s Suite) String() string {
	var b strings.Builder
	if s.Archive != "" {
		fmt.Fprintf(&b, "archive: %s\n", s.Archive)
	}
	kind := ""
	for _, q := range s.Queries {
		b.WriteByte('\n')
		if q.Kind != kind {
			kind = q.Kind
			fmt.Fprintf(&b, "kind: %s\n\n", kind)
		}
		fmt.Fprintf(&b, "query: %s\n", q.Text)
		for _, w := range q.Wanted {
			fmt.Fprintf(&b, "top %d: %s\n", w.Top, w.Key)
		}
		for _, k := range q.Not {
			fmt.Fprintf(&b, "not: %s\n", k)
		}
	}
	return b.String()
}
