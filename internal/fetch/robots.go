package fetch

import (
	"strconv"
	"strings"
	"time"
)

// maxRobots is how much of a robots.txt is read, in bytes: the least that the
// standard asks for.
const maxRobots = 500 << 10

// maxCrawlDelay bounds the pause that a robots.txt may ask for.
const maxCrawlDelay = 30 * time.Second

// rules are what a robots.txt asks of this program.
type rules struct {
	lines []rule
	delay time.Duration // zero where none is asked
}

type rule struct {
	path  string // normalised, with * and a final $
	allow bool
}

// parseRobots reads a robots.txt (RFC 9309) for the program of that name. It
// takes the groups that name it, joined, else those for every program. Lines
// that it cannot read are passed over.
func parseRobots(b []byte, agent string) rules {
	if len(b) > maxRobots {
		b = b[:maxRobots]
	}
	var own, all rules
	named, star, inGroup := false, false, false // whom the group read is for; whether its rules have begun
	found := false
	text := strings.TrimPrefix(string(b), "\ufeff")
	for line := range strings.FieldsFuncSeq(text, func(r rune) bool { return r == '\n' || r == '\r' }) {
		line, _, _ = strings.Cut(line, "#")
		key, value, ok := strings.Cut(line, ":")
		if !ok {
			continue
		}
		key, value = strings.ToLower(strings.TrimSpace(key)), strings.TrimSpace(value)
		switch key {
		case "user-agent":
			if inGroup {
				named, star, inGroup = false, false, false
			}
			switch name := productOf(value); {
			case value == "*":
				star = true
			case name != "" && strings.EqualFold(name, agent):
				named, found = true, true
			}
		case "allow", "disallow", "crawl-delay":
			inGroup = true
			if named {
				own.add(key, value)
			}
			if star {
				all.add(key, value)
			}
		}
	}
	if found {
		return own
	}
	return all
}

// productOf is the product token that a User-agent line begins with.
func productOf(s string) string {
	i := strings.IndexFunc(s, func(r rune) bool {
		return !(r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z' || r == '-' || r == '_')
	})
	if i < 0 {
		return s
	}
	return s[:i]
}

func (r *rules) add(key, value string) {
	if key == "crawl-delay" {
		if s, err := strconv.ParseFloat(value, 64); err == nil && s > 0 {
			r.delay = time.Duration(min(s, maxCrawlDelay.Seconds()) * float64(time.Second))
		}
		return
	}
	if value == "" {
		return // "Disallow:" with nothing forbids nothing
	}
	r.lines = append(r.lines, rule{path: normal(value), allow: key == "allow"})
}

// allows reports whether an address's path with its query may be fetched: the
// longest rule that matches decides, and of two as long the one that allows.
func (r rules) allows(path string) bool {
	if path == "/robots.txt" {
		return true
	}
	path = normal(path)
	best, allow := -1, true
	for _, l := range r.lines {
		if n := len(l.path); (n > best || n == best && l.allow) && matches(l.path, path) {
			best, allow = n, l.allow
		}
	}
	return allow
}

// matches reports whether a rule's pattern matches the beginning of path, or
// all of it where the pattern ends with $. Its time is bounded by the product
// of their lengths, for any number of stars.
func matches(pattern, path string) bool {
	pattern, whole := strings.CutSuffix(pattern, "$")
	parts := strings.Split(pattern, "*")
	if !strings.HasPrefix(path, parts[0]) {
		return false
	}
	rest := path[len(parts[0]):]
	for i, p := range parts[1:] {
		if whole && i == len(parts)-2 {
			return strings.HasSuffix(rest, p)
		}
		at := strings.Index(rest, p)
		if at < 0 {
			return false
		}
		rest = rest[at+len(p):]
	}
	return !whole || rest == ""
}

// normal writes a path so that spellings of the same path compare equal: bytes
// outside ASCII are percent-encoded, what need not be encoded is not, and hex
// digits are capitals.
func normal(s string) string {
	const hex = "0123456789ABCDEF"
	var b strings.Builder
	for i := 0; i < len(s); i++ {
		ch := s[i]
		if ch == '%' && i+2 < len(s) {
			if n, err := strconv.ParseUint(s[i+1:i+3], 16, 8); err == nil {
				i += 2
				if d := byte(n); unreserved(d) {
					b.WriteByte(d)
				} else {
					b.WriteByte('%')
					b.WriteByte(hex[d>>4])
					b.WriteByte(hex[d&15])
				}
				continue
			}
		}
		if ch >= 0x80 || ch <= ' ' {
			b.WriteByte('%')
			b.WriteByte(hex[ch>>4])
			b.WriteByte(hex[ch&15])
			continue
		}
		b.WriteByte(ch)
	}
	return b.String()
}

func unreserved(c byte) bool {
	return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9' || strings.IndexByte("-._~", c) >= 0
}
