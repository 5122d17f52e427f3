package item

import (
	"bufio"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"iter"

	"backfile/internal/news"
)

// Value is one value of a stream of JSON.
type Value struct {
	// N counts the values of the stream, from 1.
	N   int
	Raw json.RawMessage
	// In are the short strings of the objects around it, outermost first, as far as
	// they stood before it.
	In []map[string]string
}

// Values yields the values of a stream: one after another, or the elements of
// arrays. With keys, the elements of the array of that name in each object, and
// with more keys those of arrays deeper in. A value that is too large or nests too
// deep comes as a refusal, and reading goes on behind it; other errors end it.
func Values(r io.Reader, l Limits, keys ...string) iter.Seq2[Value, error] {
	l = l.OrDefault()
	return func(yield func(Value, error) bool) {
		j := &jsonReader{br: inUTF8(Capped(r, l.Stream)), max: l.Item, keys: keys, yield: yield}
		for {
			c, err := j.next()
			if err == io.EOF {
				return
			}
			if err == nil && c == ',' {
				continue // between values, as some programs write them
			}
			if err == nil {
				err = j.open(c, 0)
			}
			if err != nil {
				if err != errStop {
					j.n++
					yield(Value{N: j.n}, j.reason(err))
				}
				return
			}
		}
	}
}

var errStop = errors.New("stop")

type jsonReader struct {
	br    *bufio.Reader
	max   int64
	n     int
	keys  []string
	in    []map[string]string
	yield func(Value, error) bool
}

// next is the next byte that is no white space.
func (j *jsonReader) next() (byte, error) {
	for {
		c, err := j.br.ReadByte()
		if err != nil {
			return 0, err
		}
		switch c {
		case ' ', '\t', '\r', '\n', 0x1e:
		default:
			return c, nil
		}
	}
}

// must is next where something has to come.
func (j *jsonReader) must() (byte, error) {
	c, err := j.next()
	if err == io.EOF {
		err = io.ErrUnexpectedEOF
	}
	return c, err
}

// open reads the value that begins with c, of which level keys are behind.
func (j *jsonReader) open(c byte, level int) error {
	switch {
	case c == '[' && level == 0:
		return j.array(level)
	case c == '{' && level < len(j.keys):
		return j.object(level)
	}
	raw, err := j.value(c, true)
	j.n++
	var refusal *news.Refusal
	switch {
	case errors.As(err, &refusal):
		if !j.yield(Value{N: j.n}, err) {
			return errStop
		}
	case err != nil:
		j.n--
		return err
	case level >= len(j.keys):
		if !j.yield(Value{N: j.n, Raw: raw, In: j.in}, nil) {
			return errStop
		}
	default:
		j.n-- // no object where one with the array was looked for
	}
	return nil
}

// array reads the elements of an array that is open.
func (j *jsonReader) array(level int) error {
	for {
		c, err := j.must()
		if err != nil {
			return err
		}
		switch {
		case c == ']':
			return nil
		case c == ',':
		case c == '[':
			// No array of arrays is known: the inner one is a value.
			wanted := level >= len(j.keys)
			raw, err := j.value(c, wanted)
			var refusal *news.Refusal
			if err != nil && !errors.As(err, &refusal) {
				return err
			}
			if j.n++; wanted && !j.yield(Value{N: j.n, Raw: raw, In: j.in}, err) {
				return errStop
			}
		default:
			if err := j.open(c, level); err != nil {
				return err
			}
		}
	}
}

// object goes through the members of an object for the array that is wanted.
func (j *jsonReader) object(level int) error {
	strings := map[string]string{}
	j.in = append(j.in, strings)
	defer func() { j.in = j.in[:level] }()
	for {
		c, err := j.must()
		switch {
		case err != nil:
			return err
		case c == '}':
			return nil
		case c == ',':
			continue
		case c != '"':
			return fmt.Errorf("%w: %q where a name belongs", errJSON, c)
		}
		raw, err := j.value(c, true)
		if err != nil {
			return err
		}
		var name string
		if json.Unmarshal(raw, &name) != nil {
			return fmt.Errorf("%w: a name that is no string", errJSON)
		}
		if c, err = j.must(); err != nil {
			return err
		}
		if c != ':' {
			return fmt.Errorf("%w: %q where a colon belongs", errJSON, c)
		}
		if c, err = j.must(); err != nil {
			return err
		}
		switch {
		case name == j.keys[level] && c == '[':
			if err := j.array(level + 1); err != nil {
				return err
			}
		default:
			raw, err := j.value(c, c == '"')
			var refusal *news.Refusal
			if err != nil && !errors.As(err, &refusal) {
				return err
			}
			var s string
			if c == '"' && len(raw) < 4096 && len(strings) < 64 && json.Unmarshal(raw, &s) == nil {
				strings[name] = s
			}
		}
	}
}

// value reads past the value that begins with c and returns its bytes, if they
// are to be kept. It takes no memory for nesting, nor for a value that is refused.
func (j *jsonReader) value(c byte, keep bool) ([]byte, error) {
	var raw []byte
	depth, deepest := 0, 0
	var size int64
	inString, escaped, scalar := false, false, false
	for {
		if size++; keep && size <= j.max {
			raw = append(raw, c)
		}
		done := false
		switch {
		case inString:
			switch {
			case escaped:
				escaped = false
			case c == '\\':
				escaped = true
			case c == '"':
				inString = false
				done = depth == 0
			}
		case c == '"':
			inString = true
		case c == '{' || c == '[':
			depth++
			deepest = max(deepest, depth)
		case c == '}' || c == ']':
			depth--
			done = depth <= 0
		case depth == 0:
			scalar = true
		}
		if scalar && !inString {
			p, err := j.br.Peek(1)
			done = err != nil || p[0] == ',' || p[0] == ']' || p[0] == '}' || p[0] <= ' '
		}
		if done {
			break
		}
		if size > patience*j.max {
			return nil, errLost
		}
		var err error
		if c, err = j.br.ReadByte(); err != nil {
			if err == io.EOF {
				err = io.ErrUnexpectedEOF
			}
			return nil, err
		}
	}
	switch {
	case deepest > MaxDepth:
		return nil, errTooDeep
	case keep && size > j.max:
		return nil, tooLarge(j.max)
	}
	return raw, nil
}

var errJSON = errors.New("is not JSON")

// patience is how many times the size of an item is read past to find what comes
// behind one that is too large. Then errLost ends the reading.
const patience = 8

var errLost = errors.New("lost")

// reason is why JSON cannot be read further, for people.
func (j *jsonReader) reason(err error) error {
	var refusal *news.Refusal
	switch {
	case errors.As(err, &refusal):
		return err
	case err == errLost:
		return tooLarge(j.max)
	case errors.Is(err, io.ErrUnexpectedEOF):
		return Refuse("the JSON ends in the middle")
	case errors.Is(err, errJSON):
		return Refuse("%v", err)
	}
	return err
}

// Decode reads a value into to, with a refusal that says what is wrong.
func Decode(raw []byte, to any) error {
	err := json.Unmarshal(raw, to)
	var typ *json.UnmarshalTypeError
	var syntax *json.SyntaxError
	switch {
	case err == nil:
		return nil
	case errors.As(err, &typ) && typ.Field != "":
		return Refuse("the field %q must not be of the kind %q", typ.Field, typ.Value)
	case errors.As(err, &typ):
		return Refuse("is of the kind %q where an object belongs", typ.Value)
	case errors.As(err, &syntax):
		return Refuse("is not JSON: %v", syntax)
	}
	return Refuse("is not as it should be: %v", err)
}

// TopKeys are the names in the first object of JSON, or of an array's first, as
// far as head shows them; nil where it is none. value is the first string of each.
func TopKeys(head []byte) map[string]string {
	d := &keyScanner{b: head}
	return d.scan()
}
