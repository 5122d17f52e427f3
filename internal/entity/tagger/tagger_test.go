package tagger

import (
	"bytes"
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"
	"unicode"

	"backfile/internal/fuzztime"
)

// cut makes a text of words parted by spaces.
func cut(s string) Text {
	t := Text{S: s}
	at, g := 0, Break
	for i, r := range s + " " {
		if unicode.IsLetter(r) || unicode.IsDigit(r) {
			continue
		}
		if i > at {
			t.Tokens = append(t.Tokens, Token{Start: at, End: i, Fold: strings.ToLower(s[at:i]), Gap: g, Opens: g == Break})
			g = Other
		}
		switch r {
		case ' ':
			if g == Other {
				g = Space
			}
		case ',':
			g = Comma
		case '\n':
			g = Break
		default:
			g = Other
		}
		at = i + len(string(r))
	}
	return t
}

// lessons are sentences of a pattern, with names taken in turn.
func lessons() []Example {
	people := []string{"Ailsa Rendall", "Magnus Flett", "Greta Foubister", "Tam Isbister"}
	towns := []string{"Kirkwall", "Stromness", "Lerwick", "Wick"}
	var out []Example
	for i := range 16 {
		p, q := people[i%4], towns[i/4]
		t := cut(p + " said the ferry to " + q + " was late, and left")
		out = append(out, Example{Doc: []Text{t}, Gold: [][]Span{{{Person, 0, 1}, {Place, 6, 6}}}})
	}
	return out
}

// classes are of words of the lessons and others.
func classes() *Classes {
	c, err := LoadClasses(PackClasses([]string{"tam", "ailsa", "wick", "sumburgh", "to"}, [][4]uint16{{1, 1, 1, 1}, {1, 1, 1, 1}, {2, 2, 2, 2}, {2, 2, 2, 2}, {3, 3, 300, 4000}}))
	if err != nil {
		panic(err)
	}
	return c
}

func TestClasses(t *testing.T) {
	c := classes()
	if got, want := c.of("to"), [4]uint16{3, 3, 300, 4000}; got != want || c.Len() != 5 {
		t.Errorf("of(to) = %v of %d words, want %v of 5", got, c.Len(), want)
	}
	if got := c.of("nowhere"); got != [4]uint16{} {
		t.Errorf("of(nowhere) = %v", got)
	}
	b := PackClasses([]string{"a", "ab"}, make([][4]uint16, 2))
	for _, bad := range [][]byte{nil, []byte("x"), b[:len(b)/2], learnt().Bytes()} {
		if _, err := LoadClasses(bad); !errors.Is(err, ErrClasses) {
			t.Errorf("LoadClasses of %d bytes = %v, want ErrClasses", len(bad), err)
		}
	}
}

func FuzzLoadClasses(f *testing.F) {
	f.Add(PackClasses([]string{"a", "ab"}, make([][4]uint16, 2)))
	f.Fuzz(func(t *testing.T, b []byte) {
		defer fuzztime.Check(t, time.Now())
		if c, err := LoadClasses(b); err == nil {
			c.of("ab")
		}
	})
}

func learnt() *Model {
	var plain [][]string
	for _, l := range lessons() {
		plain = append(plain, strings.Fields(l.Doc[0].S))
	}
	tables := Tables{Classes: classes(), Clusters: Cluster(plain, 2, 4, 2, 5)}
	return Train(lessons(), tables, Options{Passes: 12, Rate: 0.3, Seed: 1, Margin: 1, Agree: 1})
}

func TestTag(t *testing.T) {
	m := learnt()
	doc := cut("Tam Rendall said the ferry to Sumburgh was late")
	got := m.Tag([]Text{doc})[0]
	if want := []Span{{Person, 0, 1}, {Place, 6, 6}}; fmt.Sprint(got) != fmt.Sprint(want) {
		t.Errorf("Tag(%q) = %v, want %v", doc.S, got, want)
	}
	var nothing Model
	if got := nothing.Tag([]Text{doc}); len(got) != 1 || len(got[0]) != 0 {
		t.Errorf("an empty model's Tag = %v, want one text without names", got)
	}
	if got := m.Tag(nil); len(got) != 0 {
		t.Errorf("Tag(nil) = %v", got)
	}
}

func TestTrainIsDeterministic(t *testing.T) {
	if a, b := learnt().Bytes(), learnt().Bytes(); !bytes.Equal(a, b) {
		t.Error("two trainings on the same examples give different bytes")
	}
}

func TestLoad(t *testing.T) {
	m := learnt()
	b := m.Bytes()
	got, err := Load(b, classes())
	if err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(got.Bytes(), b) {
		t.Error("a model loaded and written again differs")
	}
	for _, l := range lessons() {
		if a, b := m.Tag(l.Doc), got.Tag(l.Doc); fmt.Sprint(a) != fmt.Sprint(b) {
			t.Errorf("loaded model marks %v, want %v", b, a)
		}
	}
	for _, bad := range [][]byte{nil, []byte("x"), b[:len(b)/2]} {
		if _, err := Load(bad, nil); !errors.Is(err, ErrModel) {
			t.Errorf("Load of %d bytes = %v, want ErrModel", len(bad), err)
		}
	}
}

func TestLabels(t *testing.T) {
	spans := []Span{{Person, 0, 0}, {Place, 1, 3}, {Organisation, 5, 6}}
	ls := labelsOf(spans, 7)
	if got := Spans(ls); fmt.Sprint(got) != fmt.Sprint(spans) {
		t.Errorf("Spans(labelsOf(%v)) = %v", spans, got)
	}
	if got := spansOf(ls); fmt.Sprint(got) != fmt.Sprint(spans) {
		t.Errorf("spansOf(labelsOf(%v)) = %v", spans, got)
	}
	// Those that overlap or lie outside are passed over.
	if got := Spans(labelsOf([]Span{{Person, 0, 1}, {Place, 1, 2}, {Place, 3, 9}}, 4)); fmt.Sprint(got) != fmt.Sprint([]Span{{Person, 0, 1}}) {
		t.Errorf("overlapping spans give %v", got)
	}
	if got := Spans([]Label{inside, last, begin, outside, 99, unit}); fmt.Sprint(got) != fmt.Sprint([]Span{{Person, 5, 5}}) {
		t.Errorf("labels out of order give %v", got)
	}
}

func FuzzTag(f *testing.F) {
	f.Add("Tam Rendall said", byte(0))
	f.Add("A, B of the C\nD É ﬁ \xff", byte(7))
	m := learnt()
	f.Fuzz(func(t *testing.T, s string, signs byte) {
		defer fuzztime.Check(t, time.Now())
		text := cut(s)
		for i := range text.Tokens {
			text.Tokens[i].Signs = Signs(signs) << (i % 16)
			text.Tokens[i].Rule = Label(i*int(signs)) % labels
		}
		end := -1
		for _, sp := range m.Tag([]Text{text, text})[1] {
			if sp.First <= end || sp.Last < sp.First || sp.Last >= len(text.Tokens) || sp.Kind >= kinds {
				t.Fatalf("Tag(%q): span %v of %d tokens behind %d", s, sp, len(text.Tokens), end)
			}
			end = sp.Last
		}
	})
}

func FuzzLoad(f *testing.F) {
	f.Add(learnt().Bytes())
	f.Add([]byte(magic))
	f.Fuzz(func(t *testing.T, b []byte) {
		defer fuzztime.Check(t, time.Now())
		m, err := Load(b, classes())
		if err != nil {
			return
		}
		m.Tag([]Text{cut("Tam Rendall said")})
	})
}
