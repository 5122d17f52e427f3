package entity

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"backfile/internal/news"
)

// shared reads a file of the inputs beside the repository, or skips.
func shared(t *testing.T, path ...string) string {
	t.Helper()
	b, err := os.ReadFile(filepath.Join(append([]string{"..", "..", "..", "shared"}, path...)...))
	if err != nil {
		t.Skipf("shared input absent: %v", err)
	}
	return string(b)
}

// check fails where an offset or a count is wrong.
func check(t *testing.T, a *news.Article) {
	t.Helper()
	counts := map[news.EntityID]int{}
	ends := map[string]int{}
	seen := map[[2]int]map[string]bool{}
	for _, m := range a.Mentions {
		s := a.Field(m.Field)
		if m.Start < 0 || m.End > len(s) || m.Start >= m.End || s[m.Start:m.End] != m.Text {
			t.Errorf("mention %+v is not at its offsets", m)
		}
		if m.Start < ends[m.Field] {
			t.Errorf("mention %+v stands in the one before", m)
		}
		ends[m.Field] = m.End
		if !m.Kind.Valid() {
			t.Errorf("mention %+v has no kind", m)
		}
		at := [2]int{m.Start, m.End}
		if seen[at][m.Field] {
			t.Errorf("mention %+v is there twice", m)
		}
		if seen[at] == nil {
			seen[at] = map[string]bool{}
		}
		seen[at][m.Field] = true
		if m.Entity != "" && m.Counts() {
			counts[m.Entity]++
		}
	}
	for _, k := range news.Kinds {
		for _, e := range a.Entities(k) {
			if e.Kind != k || e.ID == "" || e.Name == "" || len(e.Aliases) == 0 || e.Count != counts[e.ID] {
				t.Errorf("%s %+v: count want %d", k, e, counts[e.ID])
			}
			delete(counts, e.ID)
		}
	}
	for id, n := range counts {
		t.Errorf("%d mentions of entity %s, which is not listed", n, id)
	}
	for _, q := range a.Quotes {
		if q.Start < 0 || q.End > len(a.Body) || a.Body[q.Start:q.End] != q.Text {
			t.Errorf("quote %+v is not at its offsets", q)
		}
	}
}

func counted(es []news.Entity) map[string]int {
	m := map[string]int{}
	for _, e := range es {
		m[e.Name] = e.Count
	}
	return m
}

// TestGivenArticle is the first text that must come in right.
func TestGivenArticle(t *testing.T) {
	text := shared(t, "cases", "uk-russia-ukraine-2021-12-02.txt")
	_, text, _ = strings.Cut(text, "WhatsApp logo.\n")
	paras := strings.Split(strings.TrimSpace(text), "\n\n")
	a := news.Article{
		Headline: paras[0],
		Images:   []news.Image{{Caption: "Foreign Secretary Liz Truss", Credit: "Stefan Rousseau/PA"}},
		Body:     strings.Join(paras[2:], "\n\n"),
		Agency:   "Press Association",
	}
	New().Recognise(&a)
	check(t, &a)

	if got, want := counted(a.Persons), map[string]int{"Liz Truss": 4, "Antony Blinken": 3, "Sergei Lavrov": 2, "Dmitri Peskov": 1}; !equal(got, want) {
		t.Errorf("persons = %v, want %v", got, want)
	}
	codes := map[string]string{}
	for _, p := range a.Places {
		codes[p.Name] = p.Country
	}
	for name, code := range map[string]string{"United Kingdom": "GB", "United States": "US", "Russia": "RU", "Ukraine": "UA", "Moscow": "RU", "Stockholm": "SE", "Crimea": "UA", "Europe": ""} {
		if got, ok := codes[name]; !ok || got != code {
			t.Errorf("place %s: code %q, want %q", name, got, code)
		}
		delete(codes, name)
	}
	if len(codes) > 0 {
		t.Errorf("places that are none: %v", codes)
	}
	if got, want := counted(a.Organisations), map[string]int{"Kremlin": 2, "Foreign Office": 1, "Organisation for Security and Co-operation in Europe": 2}; !equal(got, want) {
		t.Errorf("organisations = %v, want %v", got, want)
	}
	speakers := map[string]string{}
	for _, q := range a.Quotes {
		name := ""
		if q.Speaker != nil {
			name = q.Speaker.Name
		}
		speakers[strings.Join(strings.Fields(q.Text)[:2], " ")] = name
	}
	for _, want := range []struct{ words, name string }{
		{"The best", "Antony Blinken"}, {"The probability", "Dmitri Peskov"}, {"If Russia", "Antony Blinken"}, {"The Foreign", ""},
		{"serious consequences", "Antony Blinken"}, {"de-escalate the", "Liz Truss"}, {"aggressive and", "Dmitri Peskov"},
	} {
		if got, ok := speakers[want.words]; !ok || got != want.name {
			t.Errorf("speaker of %q… = %q, %v, want %q", want.words, got, ok, want.name)
		}
	}
	var forms []string
	for _, m := range a.Mentions {
		if m.Form != "" {
			forms = append(forms, m.Text+"="+m.Form)
		}
	}
	for _, want := range []string{"Moscow=metonym", "Ukrainians=demonym", "Swedish=demonym", "he=pronoun", "Foreign Secretary=role"} {
		if !slices.Contains(forms, want) {
			t.Errorf("forms %v lack %s", forms, want)
		}
	}
	if t.Failed() {
		for _, m := range a.Mentions {
			t.Logf("%-12s %-14s %-10s %q %s", m.Field, m.Kind, m.Form, m.Text, m.Entity)
		}
		for _, q := range a.Quotes {
			t.Logf("%q %v", q.Text, q.Speaker)
		}
	}
}

func equal(a, b map[string]int) bool {
	if len(a) != len(b) {
		return false
	}
	for k, v := range a {
		if b[k] != v {
			return false
		}
	}
	return true
}
