package item

import (
	"bufio"
	"bytes"
	"encoding/xml"
	"errors"
	"io"
	"strings"
	"unicode/utf8"

	"golang.org/x/net/html/charset"
)

// XML reads a document as elements, each bounded by itself, so that a stream of
// any length takes the memory of its largest item. Bare ampersands and missing end
// tags are put up with; entities that the document declares are not.
type XML struct {
	d     *xml.Decoder
	src   *source
	depth int
}

// maxXMLDepth ends a document: to follow it further takes memory for each level.
const maxXMLDepth = 5000

// maxNodes bounds the elements and texts of one item.
const maxNodes = 400_000

// NewXML returns a reader of r, whose encoding is that of its first line.
func NewXML(r io.Reader, l Limits) *XML {
	l = l.OrDefault()
	x := &XML{src: &source{br: inUTF8(Capped(r, l.Stream)), max: l.Item}}
	x.d = xml.NewDecoder(x.src)
	x.d.Strict = false
	x.d.Entity = xml.HTMLEntity
	x.d.CharsetReader = func(_ string, in io.Reader) (io.Reader, error) { return in, nil } // it is UTF-8 by now
	return x
}

// Next is the next start of an element outside those that Tree took. It returns
// io.EOF at the end, and a refusal where the document cannot be read further.
func (x *XML) Next() (xml.StartElement, error) {
	for {
		t, err := x.token()
		if err != nil {
			return xml.StartElement{}, err
		}
		if s, ok := t.(xml.StartElement); ok {
			return s, nil
		}
	}
}

func (x *XML) token() (xml.Token, error) {
	x.src.begin()
	t, err := x.d.Token()
	if err != nil {
		return nil, xmlError(err)
	}
	switch t := t.(type) {
	case xml.StartElement:
		if x.depth++; x.depth > maxXMLDepth {
			return nil, errTooDeep
		}
	case xml.EndElement:
		x.depth--
	case xml.Directive:
		if bytes.Contains(bytes.ToUpper(t), []byte("<!ENTITY")) {
			return nil, Refuse("declares entities of its own, which are never expanded")
		}
	}
	return t, nil
}

// Tree reads the element that begins with s. A refusal of this element alone, with
// which the reader stands behind it, has more set.
func (x *XML) Tree(s xml.StartElement) (n *Node, more bool, err error) {
	b := treeBuilder{max: x.src.max}
	b.open(s)
	start := x.src.all
	for outside := x.depth - 1; x.depth > outside; {
		t, err := x.token()
		if err != nil {
			return nil, false, err
		}
		b.take(t)
		// What is too large is read past to find what comes behind it, for a while.
		if b.err != nil && x.src.all-start > 2*x.src.max {
			return nil, false, b.err
		}
	}
	if b.err != nil {
		return nil, true, b.err
	}
	return b.root, true, nil
}

// Record has the bytes read from here on kept; Recorded returns them and ends
// that, or nil where they were more than an item may have.
func (x *XML) Record() {
	x.src.rec, x.src.keep = x.src.rec[:0], true
	// The start tag is read already, its bracket perhaps with the text before.
	if len(x.src.last) > 0 && x.src.last[0] != '<' {
		x.src.rec = append(x.src.rec, '<')
	}
	x.src.rec = append(x.src.rec, x.src.last...)
}

// Recorded ends Record.
func (x *XML) Recorded() []byte {
	x.src.keep = false
	if int64(len(x.src.rec)) > x.src.max {
		return nil
	}
	return bytes.Clone(x.src.rec)
}

type treeBuilder struct {
	root  *Node
	path  []*Node
	nodes int
	size  int64
	max   int64
	err   error
}

func (b *treeBuilder) open(s xml.StartElement) {
	n := &Node{Name: strings.ToLower(s.Name.Local), Space: s.Name.Space}
	for _, a := range s.Attr {
		n.Attrs = append(n.Attrs, Attr{Name: strings.ToLower(a.Name.Local), Value: a.Value})
		b.size += int64(len(a.Value)) + 32
	}
	if len(b.path) > 0 {
		up := b.path[len(b.path)-1]
		up.Kids = append(up.Kids, n)
	} else {
		b.root = n
	}
	b.path = append(b.path, n)
	b.size += 32
	b.nodes++
	switch {
	case len(b.path) > MaxDepth:
		b.fail(errTooDeep)
	case b.nodes > maxNodes || b.size > b.max:
		b.fail(tooLarge(b.max))
	}
}

// fail drops what was built; the tokens that follow are only counted.
func (b *treeBuilder) fail(err error) { b.err, b.root, b.path = err, nil, nil }

func (b *treeBuilder) take(t xml.Token) {
	if b.err != nil {
		return
	}
	switch t := t.(type) {
	case xml.StartElement:
		b.open(t)
	case xml.EndElement:
		b.path = b.path[:len(b.path)-1]
	case xml.CharData:
		if b.size += int64(len(t)); b.size > b.max {
			b.fail(tooLarge(b.max))
			return
		}
		if b.nodes++; b.nodes > maxNodes {
			b.fail(tooLarge(b.max))
			return
		}
		up := b.path[len(b.path)-1]
		up.Kids = append(up.Kids, &Node{Text: string(t)})
	}
}

// source gives the decoder its bytes and stops one token from growing without end.
type source struct {
	br   *bufio.Reader
	max  int64
	n    int64  // bytes since begin
	all  int64  // bytes in all
	last []byte // the bytes since begin, as far as a start tag may go
	rec  []byte
	keep bool
}

func (s *source) begin() { s.n, s.last = 0, s.last[:0] }

// ReadByte lets the decoder read without a buffer of its own, so that what it has
// read is known.
func (s *source) ReadByte() (byte, error) {
	c, err := s.br.ReadByte()
	if err != nil {
		return 0, err
	}
	const tag = 64 << 10
	s.all++
	if s.n++; s.n > s.max {
		return 0, tooLarge(s.max)
	}
	if len(s.last) < tag {
		s.last = append(s.last, c)
	}
	if s.keep && int64(len(s.rec)) <= s.max {
		s.rec = append(s.rec, c)
	}
	return c, nil
}

// Read is there for the interface; the decoder uses ReadByte.
func (s *source) Read(p []byte) (int, error) {
	if len(p) == 0 {
		return 0, nil
	}
	c, err := s.ReadByte()
	if err != nil {
		return 0, err
	}
	p[0] = c
	return 1, nil
}

// inUTF8 is r in UTF-8: by its byte order mark, else as its XML declaration says,
// else as it is, or in windows-1252 where it is not UTF-8.
func inUTF8(r io.Reader) *bufio.Reader {
	const look = 4096
	br := bufio.NewReaderSize(r, look)
	head, _ := br.Peek(look)
	if bytes.HasPrefix(head, []byte("\xef\xbb\xbf")) {
		_, _ = br.Discard(3)
		return br
	}
	label := ""
	switch {
	case bytes.HasPrefix(head, []byte{0xff, 0xfe}):
		label = "utf-16le"
	case bytes.HasPrefix(head, []byte{0xfe, 0xff}):
		label = "utf-16be"
	default:
		if label = declared(head); strings.HasPrefix(label, "utf-16") || label == "utf-8" {
			label = "" // wide text had a mark, and was made narrow before
		}
		if label == "" && !utf8.Valid(trimPartial(head)) {
			label = "windows-1252"
		}
	}
	if e, _ := charset.Lookup(label); e != nil && label != "" {
		return bufio.NewReaderSize(e.NewDecoder().Reader(br), look)
	}
	return br
}

// declared is the encoding that the first line of a document names.
func declared(head []byte) string {
	head = bytes.TrimLeft(head, " \t\r\n")
	end := bytes.Index(head, []byte("?>"))
	if !bytes.HasPrefix(head, []byte("<?xml")) || end < 0 {
		return ""
	}
	_, rest, ok := strings.Cut(strings.ToLower(string(head[:end])), "encoding")
	rest = strings.TrimLeft(rest, " \t\r\n=")
	if !ok || len(rest) < 2 || rest[0] != '"' && rest[0] != '\'' {
		return ""
	}
	label, _, _ := strings.Cut(rest[1:], rest[:1])
	return strings.TrimSpace(label)
}

// trimPartial drops a character that the end of the data cut.
func trimPartial(b []byte) []byte {
	for i := 1; i <= utf8.UTFMax && i <= len(b); i++ {
		if utf8.RuneStart(b[len(b)-i]) {
			if !utf8.FullRune(b[len(b)-i:]) {
				return b[:len(b)-i]
			}
			break
		}
	}
	return b
}

// xmlError is why a document cannot be read, for people.
func xmlError(err error) error {
	var syntax *xml.SyntaxError
	switch {
	case err == io.EOF:
		return err
	case errors.As(err, &syntax) && strings.Contains(syntax.Msg, "unexpected EOF"):
		return Refuse("the document ends in the middle")
	case errors.As(err, &syntax):
		return Refuse("is not well-formed XML: line %d: %s", syntax.Line, syntax.Msg)
	}
	return err
}

// RootOf is the local name and the namespace of the first element of a document,
// in lower case, as far as head shows it; "" where it is no XML.
func RootOf(head []byte) (name, space string) {
	s := bytes.TrimLeft(bytes.TrimPrefix(head, []byte("\xef\xbb\xbf")), " \t\r\n\f\v")
	if len(s) == 0 || s[0] != '<' {
		return "", ""
	}
	x := NewXML(bytes.NewReader(s), Limits{Item: 64 << 10, Stream: 64 << 10})
	e, err := x.Next()
	if err != nil {
		return "", ""
	}
	return strings.ToLower(e.Name.Local), strings.ToLower(e.Name.Space)
}
