package ingest

import (
	"bytes"
	"encoding/json"
	"html"
	"io"
	"strings"
)

const (
	// maxJSONLD is the largest block of JSON-LD that is read, in bytes.
	maxJSONLD = 4 << 20
	// maxLDNodes and maxLDDepth bound what one page's blocks may hold.
	maxLDNodes = 2000
	maxLDDepth = 16
)

// ldGraph is what the JSON-LD blocks of a page say: the things that the page
// is about, in order, and every thing that has an @id, for references.
type ldGraph struct {
	nodes []map[string]any
	byID  map[string]map[string]any
	seen  int
}

// parseJSONLD reads the blocks of a page. A block that cannot be read, not even
// mended, is left out.
func parseJSONLD(blocks []string) *ldGraph {
	g := &ldGraph{byID: map[string]map[string]any{}}
	for _, b := range blocks {
		for _, v := range decodeJSONLD(b) {
			g.index(v, 0)
			g.collect(v, 0)
		}
	}
	return g
}

// decodeJSONLD returns the values of one block. Broken JSON is mended as far as
// that can be done without guessing at meaning; see mendJSON.
func decodeJSONLD(s string) []any {
	if len(s) > maxJSONLD {
		return nil
	}
	s = strings.TrimSpace(s)
	for _, w := range [][2]string{{"<!--", "-->"}, {"//<![CDATA[", "//]]>"}, {"/*<![CDATA[*/", "/*]]>*/"}, {"<![CDATA[", "]]>"}} {
		s = strings.TrimSpace(strings.TrimSuffix(strings.TrimPrefix(s, w[0]), w[1]))
	}
	s = strings.TrimRight(strings.TrimPrefix(s, "\ufeff"), "; \n\t")
	if s == "" {
		return nil
	}
	if vs, err := decodeValues(s); err == nil {
		return vs
	}
	if !strings.Contains(s, `"`) && strings.Contains(s, "&quot;") {
		s = html.UnescapeString(s)
	}
	vs, _ := decodeValues(mendJSON(s))
	return vs
}

// decodeValues reads one JSON value behind the other.
func decodeValues(s string) ([]any, error) {
	d := json.NewDecoder(strings.NewReader(s))
	d.UseNumber()
	var vs []any
	for {
		var v any
		err := d.Decode(&v)
		if err == io.EOF {
			return vs, nil
		}
		if err != nil {
			return vs, err
		}
		vs = append(vs, v)
	}
}

// mendJSON writes s as JSON again where it is mildly broken: line ends and other
// control characters within strings, quotation marks that nobody escaped,
// backslashes before letters that need none, commas before a closing bracket or
// twice, comments, and an end that was cut off.
func mendJSON(s string) string {
	var b bytes.Buffer
	b.Grow(len(s) + 16)
	var open []byte
	inString := false
	for i := 0; i < len(s); i++ {
		c := s[i]
		if inString {
			switch {
			case c == '\\' && i+1 < len(s):
				if next := s[i+1]; strings.IndexByte(`"\/bfnrtu`, next) >= 0 && (next != 'u' || isHex4(s[i+2:])) {
					b.WriteByte(c)
					b.WriteByte(next)
					i++
				}
			case c == '\\':
			case c == '"' && closesString(s[i+1:]):
				b.WriteByte(c)
				inString = false
			case c == '"':
				b.WriteString(`\"`)
			case c < ' ':
				b.WriteByte(' ')
			default:
				b.WriteByte(c)
			}
			continue
		}
		switch {
		case c == '"':
			inString = true
			b.WriteByte(c)
		case c == '{' || c == '[':
			open = append(open, c+2) // the closing bracket is two further in ASCII
			b.WriteByte(c)
		case c == '}' || c == ']':
			if n := len(open); n > 0 && open[n-1] == c {
				open = open[:n-1]
				b.WriteByte(c)
			}
		case c == ',':
			rest := strings.TrimLeft(s[i+1:], " \t\r\n,")
			if rest != "" && rest[0] != '}' && rest[0] != ']' {
				b.WriteByte(c)
				i = len(s) - len(rest) - 1
			}
		case c == '/' && strings.HasPrefix(s[i:], "/*"):
			if j := strings.Index(s[i:], "*/"); j > 0 {
				i += j + 1
			} else {
				i = len(s)
			}
		case c < ' ':
			b.WriteByte(' ')
		default:
			b.WriteByte(c)
		}
	}
	if inString {
		b.WriteByte('"')
	}
	for i := len(open) - 1; i >= 0; i-- {
		b.WriteByte(open[i])
	}
	return b.String()
}

// closesString reports whether a quotation mark before rest ends its string.
func closesString(rest string) bool {
	rest = strings.TrimLeft(rest, " \t\r\n")
	if rest == "" || rest[0] == ':' || rest[0] == '}' || rest[0] == ']' {
		return true
	}
	if rest[0] != ',' {
		return false
	}
	rest = strings.TrimLeft(rest[1:], " \t\r\n,")
	return rest == "" || strings.IndexByte(`"{[}]-0123456789tfn`, rest[0]) >= 0
}

func isHex4(s string) bool {
	if len(s) < 4 {
		return false
	}
	for i := range 4 {
		if c := s[i] | 0x20; !('0' <= s[i] && s[i] <= '9' || 'a' <= c && c <= 'f') {
			return false
		}
	}
	return true
}

// index remembers each thing by its @id, however deep it stands.
func (g *ldGraph) index(v any, depth int) {
	if depth > maxLDDepth || g.seen > 20*maxLDNodes {
		return
	}
	g.seen++
	switch v := v.(type) {
	case []any:
		for _, e := range v {
			g.index(e, depth+1)
		}
	case map[string]any:
		if id, _ := v["@id"].(string); id != "" && len(v) > 1 && len(v) >= len(g.byID[id]) {
			g.byID[id] = v
		}
		for _, e := range v {
			g.index(e, depth+1)
		}
	}
}

// collect gathers the things that the page is about. What only stands within
// another thing (teasers of an ItemList, updates of a live blog) is none.
func (g *ldGraph) collect(v any, depth int) {
	if depth > maxLDDepth || len(g.nodes) > maxLDNodes {
		return
	}
	switch v := v.(type) {
	case []any:
		for _, e := range v {
			g.collect(e, depth+1)
		}
	case map[string]any:
		if len(ldTypes(v)) > 0 {
			g.nodes = append(g.nodes, v)
		}
		for _, key := range []string{"@graph", "mainEntity", "mainEntityOfPage"} {
			if e, ok := v[key]; ok {
				g.collect(e, depth+1)
			}
		}
	}
}

// ldTypes are the names of a thing's types, without the address of schema.org.
func ldTypes(m map[string]any) []string {
	var ts []string
	add := func(v any) {
		if s, ok := v.(string); ok {
			s = strings.TrimSpace(s)
			ts = append(ts, s[strings.LastIndexAny(s, "/:#")+1:])
		}
	}
	switch t := m["@type"].(type) {
	case string:
		add(t)
	case []any:
		for _, e := range t {
			add(e)
		}
	}
	return ts
}
