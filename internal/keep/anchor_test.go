package keep

import (
	"strings"
	"testing"

	"backfile/internal/news"
)

const harbour = "The harbour wall held through the night, the council said. No boat was lost.\n\n" +
	"Engineers will look at it again on Monday, when the wind has gone down. “We were lucky,” said the harbour master, Ann Leask.\n\n" +
	"The wall was built in 1893. No boat has been lost behind it since then, the council said."

func mark(t testing.TB, text, words string, nth int) *news.Passage {
	t.Helper()
	at := -1
	for range nth {
		next := strings.Index(text[at+1:], words)
		if next < 0 {
			t.Fatalf("%q is not there %d times", words, nth)
		}
		at += 1 + next
	}
	p, ok := news.NewPassage(news.FieldBody, text, at, at+len(words))
	if !ok {
		t.Fatalf("%q cannot be marked", words)
	}
	return p
}

func TestAnchor(t *testing.T) {
	const long = "Engineers will look at it again on Monday, when the wind has gone down."
	change := func(pairs ...string) string { return strings.NewReplacer(pairs...).Replace(harbour) }
	tests := []struct {
		name  string
		words string
		nth   int
		now   string
		state State
		want  string // the words in the text now
	}{
		{"as it was", "harbour wall held", 1, harbour, Stands, "harbour wall held"},
		{"moved on by a new beginning", "harbour wall held", 1, "Correction: an earlier version was wrong.\n\n" + harbour, Stands, "harbour wall held"},
		{"the second of two, moved", "the council said", 2, change("No boat was lost.", "Two boats were lost, and found again on the beach."), Stands, "the council said"},
		{"the first of two, and only the second is left", "the council said", 1, change("The harbour wall held through the night, the council said. No boat was lost.\n\n", ""), Lost, ""},
		{"long words in another place", long, 1, change(long+" ", "", "since then", "since then. "+long), Stands, long},
		{"other signs and capitals", "“We were lucky,” said", 1, change("“We were lucky,” said", `"WE WERE LUCKY" said`), Stands, `WE WERE LUCKY" said`},
		{"one word is another", long, 1, change("on Monday", "on Tuesday"), Reworded, "Engineers will look at it again on Tuesday, when the wind has gone down."},
		{"the signs at its ends", "“We were lucky,” said the harbour master", 1, change("lucky", "very lucky"), Reworded, "“We were very lucky,” said the harbour master"},
		{"words put in", "said the harbour master, Ann Leask", 1, change("harbour master, Ann", "harbour master of Stromness, Ann"), Reworded, "said the harbour master of Stromness, Ann Leask"},
		{"a few words between what stood around them", "built in 1893", 1, change("built in 1893", "built in 1895"), Reworded, "built in 1895"},
		{"the sentence is gone", long, 1, change(long+" ", ""), Lost, ""},
		{"a short word is gone, and stands elsewhere", "lost", 1, change("No boat was lost.", "All came home."), Lost, ""},
		{"another article altogether", "harbour wall held through the night", 1, "The theatre opens its doors in May with a play about the sea.", Lost, ""},
		{"nothing", "harbour", 1, "", Lost, ""},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			p := mark(t, harbour, tt.words, tt.nth)
			got := Anchor(p, &news.Article{Body: tt.now})
			if words := tt.now[got.Start:got.End]; got.State != tt.state || words != tt.want {
				t.Errorf("Anchor(%q) = %s %q, want %s %q", tt.words, got.State, words, tt.state, tt.want)
			}
		})
	}
	second := mark(t, harbour, "the council said", 2)
	if got := Anchor(second, &news.Article{Body: "A new beginning.\n\n" + harbour}); got.Start < len(harbour)/2 {
		t.Errorf("the second place is found at %d, which is the first", got.Start)
	}
}

// TestAnchorLarge keeps a long highlight in a long text, in which it is not found, within
// bounds.
func TestAnchorLarge(t *testing.T) {
	var b strings.Builder
	for i := range 20_000 {
		b.WriteString([]string{"storm ", "wall ", "sea ", "boat ", "night "}[i*i%5])
	}
	words := strings.TrimSpace(b.String())
	p := mark(t, words, strings.TrimSpace(words[:news.MaxPassage]), 1)
	now := strings.ReplaceAll(words, "sea storm", "coast wind")
	got := Anchor(p, &news.Article{Body: now})
	if got.End > len(now) || got.Start > got.End {
		t.Errorf("Anchor = %+v", got)
	}
}

func TestLocate(t *testing.T) {
	a := &news.Article{Headline: "Wall holds in the storm", Standfirst: "A night at sea", Body: harbour}
	tests := []struct {
		quote, prefix, suffix string
		field, want           string
		n                     int
	}{
		{"harbour wall held", "", "", news.FieldBody, "harbour wall held", 1},
		{"  HARBOUR\n wall  held ", "", "", news.FieldBody, "harbour wall held", 1},
		{"no boat was lost. engineers will", "", "", news.FieldBody, "No boat was lost.\n\nEngineers will", 1},
		{`"We were lucky," said`, "", "", news.FieldBody, "We were lucky,” said", 1},
		{"“We were lucky,” said", "", "", news.FieldBody, "“We were lucky,” said", 1},
		{"the council said", "", "", news.FieldBody, "the council said", 2},
		{"the council said", "since then, ", "", news.FieldBody, "the council said", 2},
		{"the council said.", "", "", news.FieldBody, "the council said.", 2},
		{"holds in the storm", "", "", news.FieldHeadline, "holds in the storm", 1},
		{"night at sea", "", "", news.FieldStandfirst, "night at sea", 1},
		{"council of war", "", "", "", "", 0},
		{"… !", "", "", "", "", 0},
		{"", "", "", "", "", 0},
	}
	for _, tt := range tests {
		p, n := Locate(a, tt.quote, tt.prefix, tt.suffix)
		if n != tt.n {
			t.Errorf("Locate(%q) finds %d, want %d", tt.quote, n, tt.n)
		}
		if n == 0 {
			continue
		}
		if p.Field != tt.field || p.Exact != tt.want || !p.Stands(a.Field(p.Field)) {
			t.Errorf("Locate(%q) = %+v, want %q in %s", tt.quote, p, tt.want, tt.field)
		}
		if tt.prefix != "" && p.Start < len(harbour)/2 {
			t.Errorf("Locate(%q) behind %q takes the first of two", tt.quote, tt.prefix)
		}
	}
}

func FuzzAnchor(f *testing.F) {
	f.Add("the wall held", 4, 8, "a wall held")
	f.Add(harbour, 10, 60, harbour[20:])
	f.Add("Łódź — “zażółć”", 0, 5, "zażółć gęślą")
	f.Fuzz(func(t *testing.T, was string, start, end int, now string) {
		if len(was)+len(now) > 4000 {
			return
		}
		p, ok := news.NewPassage(news.FieldBody, was, start, end)
		if !ok || !p.Stands(was) {
			return
		}
		a := &news.Article{Body: now}
		got := Anchor(p, a)
		if got.Start < 0 || got.End < got.Start || got.End > len(now) || got.State == Lost && got.End != 0 || got.State != Lost && got.Start == got.End {
			t.Errorf("Anchor(%q in %q) in %q = %+v", p.Exact, was, now, got)
		}
		if here := Anchor(p, &news.Article{Body: was}); here.State == Stands && was[here.Start:here.End] != p.Exact && strings.Contains(was, p.Exact) {
			t.Errorf("in its own text %q stands as %q", p.Exact, was[here.Start:here.End])
		}
		if q, n := Locate(a, p.Exact, p.Prefix, p.Suffix); n > 0 && (q == nil || !q.Stands(a.Field(q.Field))) {
			t.Errorf("Locate(%q) in %q = %+v", p.Exact, now, q)
		}
	})
}
