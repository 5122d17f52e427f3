package lines

import (
	"slices"
	"strings"
	"testing"
	"time"
	"unicode"
)

func texts(ls []Line) []string {
	var out []string
	for _, l := range ls {
		out = append(out, l.Text)
	}
	return out
}

func TestSplit(t *testing.T) {
	for _, tc := range []struct {
		name, in string
		want     []string
	}{
		{"empty", " \n\t\n", nil},
		{"line ends", "one\r\ntwo\rthree\u2028four", []string{"one", "two", "three", "four"}},
		{"space and marks", "  a\u00a0 b\u00adc\u200b \x07d ", []string{"a bc d"}},
		{"bullets", "• first\n* second\n•\nthird", []string{"first", "second", "third"}},
		{"speech is no list", "– Nei, sa han.\n- Ja, sa hun.", []string{"– Nei, sa han.", "- Ja, sa hun."}},
		{"a link in mid-sentence", "The mayor said on Monday that the plan of the\nHarbour Board\nwas dead, and that no other plan would follow it in this century.\nNext",
			[]string{"The mayor said on Monday that the plan of the", "Harbour Board was dead, and that no other plan would follow it in this century.", "Next"}},
		{"punctuation behind a link", "He had worked for years at Acme Steel\n, a firm that is gone.", []string{"He had worked for years at Acme Steel, a firm that is gone."}},
		{"a menu stays apart", "home\nnews\nsport\nabout us", []string{"home", "news", "sport", "about us"}},
		{"a byline is no sentence's end", "Council leader resigns after the vote on the harbour\nby Ann Lee",
			[]string{"Council leader resigns after the vote on the harbour", "by Ann Lee"}},
		{
			"wrapped", "The ship left the quay at six in the even-\ning, and nobody on the shore could say\nwhere she was bound or when she would be\nseen again in that harbour.\nIn the morning she was gone.",
			[]string{"The ship left the quay at six in the evening, and nobody on the shore could say where she was bound or when she would be seen again in that harbour.", "In the morning she was gone."},
		},
		{"japanese", "町長は\n山田氏に会った。", []string{"町長は山田氏に会った。"}},
	} {
		t.Run(tc.name, func(t *testing.T) {
			if got := texts(Split(tc.in)); !slices.Equal(got, tc.want) {
				t.Errorf("Split(%q) =\n%q, want\n%q", tc.in, got, tc.want)
			}
		})
	}
}

func TestCutSuffix(t *testing.T) {
	for _, tc := range []struct{ in, head, suffix string }{
		{"Storm hits coast | The Courier", "Storm hits coast", "The Courier"},
		{"Storm hits coast - News - The Courier", "Storm hits coast - News", "The Courier"},
		{"Storm hits coast", "Storm hits coast", ""},
		{" | The Courier", " | The Courier", ""},
		{"Why – and this is what nobody wants to hear about it", "Why – and this is what nobody wants to hear about it", ""},
	} {
		if head, suffix := CutSuffix(tc.in); head != tc.head || suffix != tc.suffix {
			t.Errorf("CutSuffix(%q) = %q, %q, want %q, %q", tc.in, head, suffix, tc.head, tc.suffix)
		}
	}
}

func TestModelRoundTrip(t *testing.T) {
	m, err := ParseModel(Default().String())
	if err != nil {
		t.Fatal(err)
	}
	if *m != *Default() {
		t.Error("ParseModel(m.String()) is another model")
	}
	for _, bad := range []string{"", "1\n2\n", "x", Default().String() + "1\n"} {
		if _, err := ParseModel(bad); err == nil {
			t.Errorf("ParseModel(%.20q…) gave no error", bad)
		}
	}
}

// page is a small page whose article's lines are known.
const page = `Storm hits coast | The Courier
Home
News
Storm hits coast
By Ann Lee
The worst storm for thirty years hit the coast on Sunday night and tore the roofs from forty houses.
Advertisement
Nobody was hurt, but two hundred people slept in the school hall, and the railway will be shut for a week.
More stories
Lamb prices fall
Contact us
`

const body = `The worst storm for thirty years hit the coast on Sunday night and tore the roofs from forty houses.

Nobody was hurt, but two hundred people slept in the school hall, and the railway will be shut for a week.`

func TestLabel(t *testing.T) {
	p := NewPage(Split(page))
	got := Label(p, body)
	want := []State{Before, Before, Before, Before, Before, Body, Between, Body, After, After, After}
	if !slices.Equal(got, want) {
		t.Errorf("Label = %v, want %v", got, want)
	}
	for i, s := range Label(p, "nothing of the kind") {
		if s != Before {
			t.Errorf("line %d has state %v for a body that is not there", i, s)
		}
	}
}

func TestTrainLearnsItsExamples(t *testing.T) {
	p := NewPage(Split(page))
	want := Label(p, body)
	m, again := &Model{}, &Model{}
	for _, m := range []*Model{m, again} {
		m.Train([]Example{{Page: p, States: want, Weight: 1}}, 60, 0.001)
	}
	if *m != *again {
		t.Error("training the same examples twice gives two models")
	}
	if got := m.States(p); !slices.Equal(got, want) {
		t.Errorf("States = %v, want %v", got, want)
	}
	chances := m.Chances(p)
	first := First(chances)
	if first != 5 {
		t.Errorf("First(%.2f) = %d, want 5", chances, first)
	}
	c := p.Candidates(first)
	right := make([]bool, len(c))
	for k := range c {
		right[k] = c[k].Line == 3
	}
	m.TrainHeadline([]Choice{{Page: p, Candidates: c, First: first, Chances: chances, Right: right, Weight: 1}}, 100, 0.001)
	if k, likely := m.Choose(p, c, first, chances); k < 0 || c[k].Text != "Storm hits coast" || likely < 0.5 {
		t.Errorf("Choose = %d (%.2f) of %v", k, likely, c)
	}
}

func TestChancesAreProbabilities(t *testing.T) {
	for i, c := range Default().Chances(NewPage(Split(page))) {
		if !(c >= 0 && c <= 1.0001) {
			t.Errorf("line %d has chance %v", i, c)
		}
	}
	if Default().Chances(NewPage(nil)) != nil || Default().States(NewPage(nil)) != nil {
		t.Error("a page without lines has states")
	}
}

// squeezed is s without space, hyphens and what Split drops, to compare texts
// whose words it joined.
func squeezed(s string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsLetter(r) || unicode.IsDigit(r) {
			return r
		}
		return -1
	}, s)
}

func FuzzSplit(f *testing.F) {
	for _, s := range []string{page, "a-\nb", "•", "\xff\x00", "町長は\n山田", strings.Repeat("x ", 40000)} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		ls := Split(s)
		var all strings.Builder
		for _, l := range ls {
			if l.Text == "" || l.Text != strings.TrimSpace(l.Text) || strings.ContainsAny(l.Text, "\n\t") || l.To < l.From {
				t.Fatalf("Split(%q) has line %+v", s, l)
			}
			all.WriteString(l.Text)
		}
		if got, want := squeezed(all.String()), squeezed(strings.ToValidUTF8(s, " ")); got != want {
			t.Fatalf("Split(%q) changed the letters: %q", s, all.String())
		}
		p := NewPage(ls)
		if n := len(Default().Chances(p)); n != len(ls) {
			t.Fatalf("%d lines have %d chances", len(ls), n)
		}
	})
}

func TestLinearTime(t *testing.T) {
	for name, s := range map[string]string{
		"short lines": strings.Repeat("home\n", 200_000), "one line": strings.Repeat("word, ", 170_000),
		"one word": strings.Repeat("w", 1<<20), "bullets": strings.Repeat("•\n", 500_000), "commas": strings.Repeat(",\n", 500_000),
		"openings": strings.Repeat("the the the the the the the the the of the\n", 24_000),
	} {
		start := time.Now()
		p := NewPage(Split(s))
		Default().Chances(p)
		if took := time.Since(start); took > 10*time.Second {
			t.Errorf("%s of a megabyte took %v", name, took)
		} else {
			t.Logf("%s: %v", name, took)
		}
	}
}
