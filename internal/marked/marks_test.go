package marked

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"backfile/internal/fuzztime"
	"backfile/internal/news"
)

func TestParseMarks(t *testing.T) {
	got, err := ParseMarks(strings.NewReader("# own\nread gmb 10-12\n10: P Ana Ruiz; L Quito@2,3\n12?:\n\nread page uk-Own_2024\n0: O Harbour Board\n"))
	if err != nil {
		t.Fatal(err)
	}
	if len(got) != 2 || got[0].First != 10 || got[0].Last != 12 || !got[0].Left[12] || got[1].Page != "uk-Own_2024" {
		t.Fatalf("ParseMarks = %+v", got)
	}
	if a, b := fmt.Sprint(got[0].Lines[10]), "[{person Ana Ruiz []} {place Quito [2 3]}]"; a != b {
		t.Errorf("line 10 = %s, want %s", a, b)
	}
	for _, bad := range []string{"10: P Ana", "read gmb 12-10", "read gmb x", "read book A", "read page ", "read gmb 1-9\n10: P Ana", "read gmb 1-9\n3: P A\n3: P B", "read gmb 1-9\n3: Q A", "read gmb 1-9\nx: P A", "read gmb 1-9\n3 P A"} {
		if _, err := ParseMarks(strings.NewReader(bad)); err == nil {
			t.Errorf("ParseMarks(%q) gives no error", bad)
		}
	}
}

func TestFind(t *testing.T) {
	for _, tc := range []struct {
		sentence, marks, want string
	}{
		{"China met North China in China", "1: L China@1; L North China", "place China|place North China"},
		{"The Parisian left Paris for Paris-Plage", "1: L Paris", "place Paris|place Paris"},
		{"Ana Ruiz saw Ruiz", "1: P Ruiz; P Ana Ruiz", "person Ana Ruiz|person Ruiz"},
		{"U.S. troops in the U.S.", "1: L U.S.", "place U.S.|place U.S."},
		{"the Hall on Pier Road", "1: F Pier Road", "building Pier Road"},
	} {
		_, names, _, err := parseLine(tc.marks)
		if err != nil {
			t.Fatal(err)
		}
		ms, err := find(tc.sentence, names)
		if err != nil {
			t.Errorf("find(%q, %q): %v", tc.sentence, tc.marks, err)
		}
		var got []string
		for _, m := range ms {
			got = append(got, string(m.Kind)+" "+tc.sentence[m.Start:m.End])
		}
		if strings.Join(got, "|") != tc.want {
			t.Errorf("find(%q, %q) = %q, want %q", tc.sentence, tc.marks, strings.Join(got, "|"), tc.want)
		}
	}
	if _, err := find("Parisian", []NameMark{{Kind: news.Place, Name: "Paris"}}); err == nil {
		t.Error("a mark that stands nowhere gives no error")
	}
}

func FuzzParseMarks(f *testing.F) {
	f.Add("read gmb 1-9\n3: P A@1; L B\n4?:\n", "A and B, é")
	f.Add("read page x\n0: O A@0", "\xff A")
	f.Fuzz(func(t *testing.T, s, sentence string) {
		defer fuzztime.Check(t, time.Now())
		rs, err := ParseMarks(strings.NewReader(s))
		if err != nil {
			return
		}
		for _, rd := range rs {
			for i, names := range rd.Lines {
				if i < rd.First || rd.Page == "" && i > rd.Last {
					t.Fatalf("line %d outside of %d to %d", i, rd.First, rd.Last)
				}
				ms, err := find(sentence, names)
				if err != nil {
					continue
				}
				end := 0
				for _, m := range ms {
					if m.Start < end || m.End <= m.Start || m.End > len(sentence) {
						t.Fatalf("find(%q) = %v", sentence, ms)
					}
					end = m.End
				}
				var w writer
				if err := w.sentence(sentence, names); err == nil {
					for _, m := range w.marks {
						if m.Start < 0 || m.End < m.Start || m.End > w.b.Len() {
							t.Fatalf("sentence(%q): %v of %q", sentence, m, w.b.String())
						}
					}
				}
			}
		}
	})
}
