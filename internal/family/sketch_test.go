package family

import (
	"encoding/json"
	"errors"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"backfile/internal/fuzztime"
)

func TestMake(t *testing.T) {
	report := prose(1, 400)
	s := Make(report)
	if s.Words != 400 || int(s.Chosen) != len(s.Prints) || s.Chosen < 60 || s.Chosen > maxPrints {
		t.Errorf("Make of 400 words: %d words, %d fingerprints of %d chosen", s.Words, len(s.Prints), s.Chosen)
	}
	if long := Make(prose(1, 4000)); len(long.Prints) != maxPrints || long.Chosen < 600 {
		t.Errorf("Make of 4,000 words: %d fingerprints of %d chosen", len(long.Prints), long.Chosen)
	}
	if got := Make("  " + strings.ToUpper(strings.ReplaceAll(report, " ", ", "))); !equal(&got, &s) {
		t.Errorf("case and punctuation change the sketch")
	}
	for _, body := range []string{"", "one", "one two three four five", "1 2 3 4 5 6"} {
		s := Make(body)
		if !slices.IsSorted(s.Prints) || len(s.Prints) != max(0, min(1, int(s.Words)-shingleWords+1)) && s.Words < 6 {
			t.Errorf("Make(%q) = %+v", body, s)
		}
	}
}

// A sketch in a record is compared with sketches made later: what is made of a
// text may only change with SketchVersion.
func TestSketchIsStable(t *testing.T) {
	s := Make("The harbour at Northam closes for 3 weeks in March 2026, the council said; 12 boats must lie at Castle Quay until then.")
	got, err := s.MarshalText()
	if err != nil {
		t.Fatal(err)
	}
	if want := "ARcDAwKAjeEJjQJSGNMAAx8PhaQv2t6uQg"; string(got) != want {
		t.Errorf("the sketch is %s, want %s", got, want)
	}
}

func TestSketchInJSON(t *testing.T) {
	for _, body := range []string{"", "one two", prose(3, 100) + " 4 5 6", prose(3, 1000)} {
		type record struct{ Sketch Sketch }
		b, err := json.Marshal(record{Make(body)})
		if err != nil {
			t.Fatal(err)
		}
		var r record
		if err := json.Unmarshal(b, &r); err != nil {
			t.Fatal(err)
		}
		if want := Make(body); !equal(&r.Sketch, &want) {
			t.Errorf("through JSON: %s", cmp.Diff(want, r.Sketch))
		}
		if len(b) > 650 {
			t.Errorf("a sketch takes %d bytes in JSON", len(b))
		}
	}
	var s Sketch
	for _, b := range []string{"", "\x02\x00\x00\x00\x00", "\x01", "\x01\x05\x01\x00\x00", "\x01\x09\x02\x02\x00\x02\x00\x00\x00\x01\x00\x00\x00"} {
		if err := s.UnmarshalBinary([]byte(b)); !errors.Is(err, ErrSketch) {
			t.Errorf("UnmarshalBinary(%q) = %v, want ErrSketch", b, err)
		}
	}
	if err := s.UnmarshalText([]byte("=")); !errors.Is(err, ErrSketch) {
		t.Errorf("UnmarshalText of no base64 = %v, want ErrSketch", err)
	}
}

func TestLikeness(t *testing.T) {
	table := func(figures ...string) string {
		var b strings.Builder
		for i, w := range strings.Fields(prose(4, 120)) {
			b.WriteString(w + " ")
			if i%15 == 7 {
				b.WriteString(figures[i/15%len(figures)] + " ")
			}
		}
		return b.String()
	}
	report := strings.Fields(prose(1, 1000))
	join := func(from, to int) string { return strings.Join(report[from:to], " ") }
	for _, tc := range []struct {
		name string
		a, b string
		own  bool
		want bool
	}{
		{"the same", join(0, 100), join(0, 100), true, true},
		{"two fifths", join(0, 1000), join(300, 700), false, true},
		{"two fifths, in one outlet", join(0, 1000), join(300, 700), true, true},
		{"six tenths of the shorter", join(0, 100), join(40, 140), false, true},
		{"six tenths of the shorter, in one outlet", join(0, 100), join(40, 140), true, false},
		{"a third of the shorter", join(0, 100), join(65, 165), false, false},
		{"a tenth of the longer", join(0, 1000), join(0, 100), false, false},
		{"figures as they were", table("12", "340"), table("12", "340"), false, true},
		{"all figures are others", table("12", "340"), table("13", "9.5"), false, false},
		{"one in two is another", table("12", "340"), table("12", "9.5"), false, false},
		{"no words", "", "", false, false},
	} {
		a, b := Make(tc.a), Make(tc.b)
		l, back := a.Compare(&b, nil), b.Compare(&a, nil)
		if l != back {
			t.Errorf("%s: %+v one way and %+v the other", tc.name, l, back)
		}
		if got := l.Copies(tc.own); got != tc.want {
			t.Errorf("%s: %+v copies: %v, want %v", tc.name, l, got, tc.want)
		}
	}
}

func FuzzSketch(f *testing.F) {
	f.Add([]byte("\x01\x09\x02\x02\x01\x01\x00\x00\x00\x02\x00\x00\x00\x07\x00\x00\x00"), "one two three four five six seven 8 nine")
	f.Add([]byte("\x01\x00\x00\x00\x00"), strings.Repeat("7 ", 40))
	f.Add([]byte{}, "\xff O’Brien’s 東京")
	f.Fuzz(func(t *testing.T, b []byte, body string) {
		defer fuzztime.Check(t, time.Now())
		var read Sketch
		if read.UnmarshalBinary(b) == nil {
			again, _ := read.MarshalBinary()
			var s Sketch
			if err := s.UnmarshalBinary(again); err != nil || !equal(&s, &read) {
				t.Fatalf("%v is read again as %v, %v", read, s, err)
			}
		}
		made := Make(body)
		out, _ := made.MarshalBinary()
		var s Sketch
		if err := s.UnmarshalBinary(out); err != nil || !equal(&s, &made) {
			t.Fatalf("the sketch of %q is read as %v, %v", body, s, err)
		}
		l := made.Compare(&read, nil)
		if l.Contained < 0 || l.Contained > 1 || l.Rare > 1 || l.Held > l.Contained || l.Changed > l.Figures {
			t.Fatalf("%v is like %v: %+v", made, read, l)
		}
		x := New()
		x.Add(Entry{ID: "a", Sketch: made}, Entry{ID: "b", Sketch: read}, Entry{ID: "c", Sketch: made})
		if f, ok := x.Family("a"); !ok || len(f.Members) > 3 {
			t.Fatalf("family of a is %v, %v", f, ok)
		}
	})
}
