// Package scan reads JSON that this program wrote itself, without package json's work for
// what nobody asks for. It takes the compact form that json.Marshal gives and no
// other: whoever meets Reader.OK false asks package json.
package scan

import (
	"bytes"
	"iter"
	"strconv"
	"unicode/utf16"
	"unicode/utf8"
)

// Reader reads one value, front to back. Its methods take the next value off; once
// something is not as expected they give zeros, and OK is false.
type Reader struct {
	b   []byte
	at  int
	bad bool
	buf []byte // of a text with escapes
}

// New reads b, which must not change meanwhile. What is read shares no memory with b.
func New(b []byte) *Reader { return &Reader{b: b} }

// Reset has r read b instead, in the memory that it has.
func (r *Reader) Reset(b []byte) { *r = Reader{b: b, buf: r.buf} }

// OK reports whether everything was as expected so far.
func (r *Reader) OK() bool { return !r.bad }

// Done reports whether everything was as expected, and nothing is left.
func (r *Reader) Done() bool { return !r.bad && r.at == len(r.b) }

func (r *Reader) fail() { r.bad, r.at = true, len(r.b) }

// peek is the next byte, 0 at the end.
func (r *Reader) peek() byte {
	if r.at < len(r.b) {
		return r.b[r.at]
	}
	return 0
}

// take takes c off if it is next.
func (r *Reader) take(c byte) bool {
	if r.peek() == c && c != 0 {
		r.at++
		return true
	}
	return false
}

func (r *Reader) must(c byte) {
	if !r.take(c) {
		r.fail()
	}
}

// Object yields the names of an object's fields. The value of each must be taken off before the
// next. The name is good until then.
func (r *Reader) Object() iter.Seq[[]byte] {
	return func(yield func([]byte) bool) {
		r.must('{')
		if r.take('}') {
			return
		}
		for !r.bad {
			name, escaped := r.raw()
			if escaped {
				r.fail()
			}
			if r.must(':'); r.bad || !yield(name) {
				return
			}
			if r.take('}') {
				return
			}
			r.must(',')
		}
	}
}

// Array yields the numbers, from 0, of an array's elements, each of which must be taken off
// before the next.
func (r *Reader) Array() iter.Seq[int] {
	return func(yield func(int) bool) {
		r.must('[')
		if r.take(']') {
			return
		}
		for i := 0; !r.bad; i++ {
			if !yield(i) || r.take(']') {
				return
			}
			r.must(',')
		}
	}
}

// raw takes a text off as it is written; escaped says that it has escapes.
func (r *Reader) raw() (s []byte, escaped bool) {
	r.must('"')
	start, quote := r.at, -1
	for at := start; ; {
		if quote < at {
			i := -1
			if at <= len(r.b) {
				i = bytes.IndexByte(r.b[at:], '"')
			}
			if i < 0 {
				r.fail()
				return nil, false
			}
			quote = at + i
		}
		i := bytes.IndexByte(r.b[at:quote], '\\')
		if i < 0 {
			r.at = quote + 1
			return r.b[start:quote], escaped
		}
		escaped = true
		at += i + 2
	}
}

// Text takes a text off.
func (r *Reader) Text() string {
	s, escaped := r.raw()
	if !escaped {
		return string(s)
	}
	if cap(r.buf) < len(s) {
		r.buf = make([]byte, 0, len(s))
	}
	out := r.buf[:0]
	for {
		i := bytes.IndexByte(s, '\\')
		if i < 0 {
			break
		}
		out = append(out, s[:i]...)
		c, n := unescape(s[i:])
		if n == 0 {
			r.fail()
			return ""
		}
		out = utf8.AppendRune(out, c)
		s = s[i+n:]
	}
	r.buf = append(out, s...)
	return string(r.buf)
}

// unescape is the letter that an escape at the beginning of s stands for, and the
// escape's length; 0 for what is none.
func unescape(s []byte) (c rune, n int) {
	if len(s) < 2 {
		return 0, 0
	}
	switch s[1] {
	case 'n':
		return '\n', 2
	case 't':
		return '\t', 2
	case 'r':
		return '\r', 2
	case 'b':
		return '\b', 2
	case 'f':
		return '\f', 2
	case '"', '\\', '/':
		return rune(s[1]), 2
	case 'u':
		c, ok := hex(s)
		if !ok {
			return 0, 0
		}
		if utf16.IsSurrogate(c) {
			low, ok := hex(s[6:])
			if c = utf16.DecodeRune(c, low); !ok || c == utf8.RuneError {
				return 0, 0
			}
			return c, 12
		}
		return c, 6
	}
	return 0, 0
}

// hex is the number of an escape with four hexadecimal digits.
func hex(s []byte) (rune, bool) {
	if len(s) < 6 || s[0] != '\\' || s[1] != 'u' {
		return 0, false
	}
	n, err := strconv.ParseUint(string(s[2:6]), 16, 16)
	return rune(n), err == nil
}

// number takes a number off as it is written.
func (r *Reader) number() []byte {
	start := r.at
	for c := r.peek(); c == '-' || c == '+' || c == '.' || c == 'e' || c == 'E' || '0' <= c && c <= '9'; c = r.peek() {
		r.at++
	}
	return r.b[start:r.at]
}

// Int takes a whole number off.
func (r *Reader) Int() int {
	n, err := strconv.Atoi(string(r.number()))
	if err != nil {
		r.fail()
	}
	return n
}

// Float takes a number off.
func (r *Reader) Float() float64 {
	n, err := strconv.ParseFloat(string(r.number()), 64)
	if err != nil {
		r.fail()
	}
	return n
}

// Skip takes a value off, whatever it is. What it passes over is not looked at closely.
func (r *Reader) Skip() {
	for depth := 0; !r.bad; {
		switch c := r.peek(); {
		case c == '"':
			r.raw()
		case c == '{' || c == '[':
			depth++
			r.at++
		case c == 0:
			r.fail()
		case (c == '}' || c == ']') && depth > 0:
			depth--
			r.at++
		case c == '}' || c == ']' || (c == ',' || c == ':') && depth == 0:
			r.fail() // where a value should be
		case c == ',' || c == ':':
			r.at++
			continue
		default:
			r.word()
		}
		if depth == 0 {
			return
		}
	}
}

// word takes off true, false, null or a number.
func (r *Reader) word() {
	for {
		switch r.peek() {
		case 0, ',', ':', '}', ']', '"', '{', '[':
			return
		}
		r.at++
	}
}
