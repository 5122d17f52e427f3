package item

import (
	"bytes"
	"encoding/json"
)

// keyScanner looks at the beginning of JSON, which may be cut anywhere.
type keyScanner struct {
	b []byte
	i int
}

// scan returns the members of the first object: strings by their value, others by
// the byte that they begin with.
func (k *keyScanner) scan() map[string]string {
	k.b = bytes.TrimPrefix(k.b, []byte("\xef\xbb\xbf"))
	if k.space() == '[' {
		k.i++
	}
	if k.space() != '{' {
		return nil
	}
	k.i++
	out := map[string]string{}
	for {
		for k.space() == ',' {
			k.i++
		}
		name, ok := k.str()
		if !ok || k.space() != ':' {
			return out
		}
		k.i++
		c := k.space()
		if c == 0 {
			return out
		}
		value := string(c)
		if c == '"' {
			if value, ok = k.str(); !ok {
				out[name] = ""
				return out
			}
		} else if !k.skip() {
			out[name] = value
			return out
		}
		if _, twice := out[name]; !twice {
			out[name] = value
		}
	}
}

// space passes over white space and returns the byte behind it, 0 at the end.
func (k *keyScanner) space() byte {
	for ; k.i < len(k.b); k.i++ {
		switch k.b[k.i] {
		case ' ', '\t', '\r', '\n':
		default:
			return k.b[k.i]
		}
	}
	return 0
}

// str reads a string; ok is false where none is there whole.
func (k *keyScanner) str() (s string, ok bool) {
	if k.space() != '"' {
		return "", false
	}
	start := k.i
	for k.i++; k.i < len(k.b); k.i++ {
		switch k.b[k.i] {
		case '\\':
			k.i++
		case '"':
			k.i++
			return s, json.Unmarshal(k.b[start:k.i], &s) == nil
		}
	}
	return "", false
}

// skip passes over a value that is no string; it reports false at the end.
func (k *keyScanner) skip() bool {
	for depth := 0; k.i < len(k.b); k.i++ {
		switch k.b[k.i] {
		case '"':
			if _, ok := k.str(); !ok {
				return false
			}
			k.i--
		case '{', '[':
			depth++
		case '}', ']':
			if depth--; depth < 0 {
				return true
			}
			if depth == 0 {
				k.i++
				return true
			}
		case ',':
			if depth == 0 {
				return true
			}
		}
	}
	return false
}
