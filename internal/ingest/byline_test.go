package ingest

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"backfile/internal/fuzztime"
)

func TestParseByline(t *testing.T) {
	for _, tc := range []struct{ in, authors, agency string }{
		{"By Press Association", "", "Press Association"},
		{"By Ann Lee and Bo Ek", "Ann Lee; Bo Ek", ""},
		{"By Ann Lee, Political Editor", "Ann Lee (Political Editor)", ""},
		{"Ann Lee, PA Political Correspondent", "Ann Lee (PA Political Correspondent)", ""},
		{"ANN LEE AND MARY O'BRIEN", "Ann Lee; Mary O'Brien", ""},
		{"Von Jörg Maier und Rosa Öl", "Jörg Maier; Rosa Öl", ""},
		{"Von Jörg Maier, Berlin", "Jörg Maier", ""},
		{"Autor: Rosa Öl (dpa)", "Rosa Öl", "dpa"},
		{"Par Luc Petit avec AFP", "Luc Petit", "AFP"},
		{"José Ortega y Gasset", "José Ortega y Gasset", ""},
		{"Ana Ruiz Paz y Luis Gil Mar", "Ana Ruiz Paz; Luis Gil Mar", ""},
		{"By Ann Lee in Oslo and Bo Ek in Kyiv", "Ann Lee; Bo Ek", ""},
		{"By Ann Lee | ann.lee@paper.example", "Ann Lee", ""},
		{"AFP/Reuters", "", "AFP"},
		{"The Newsroom", "", ""}, {"Redaktion", "", ""}, {"example.com", "", ""}, {"By Staff Reporter", "", ""},
		{"Ursula von der Au", "Ursula von der Au", ""},
		{"大渡 美咲", "大渡 美咲", ""},
		{"By Ann Lee, 4 May 2024, 10:12", "Ann Lee", ""},
		{"Thursday, December 2", "", ""},
	} {
		line, as, agency := parseByline(tc.in)
		var got []string
		for _, a := range as {
			s := a.Name
			if a.Role != "" {
				s += fmt.Sprintf(" (%s)", a.Role)
			}
			got = append(got, s)
		}
		if s := strings.Join(got, "; "); s != tc.authors || agency != tc.agency || line != tc.in {
			t.Errorf("parseByline(%q) = %q, %q, %q, want %q, %q", tc.in, line, s, agency, tc.authors, tc.agency)
		}
	}
}

func TestKnownAgency(t *testing.T) {
	for in, want := range map[string]string{
		"PA": "Press Association", "(Reuters)": "Reuters", "the Associated Press": "Associated Press", "A.P.": "Associated Press",
		"dpa": "dpa", "DPA": "dpa", "spa": "", "aa": "", "Ann Lee": "", "": "", "Deutsche Presse-Agentur": "dpa", "© AFP": "AFP",
	} {
		if got, ok := knownAgency(in); got != want || ok != (want != "") {
			t.Errorf("knownAgency(%q) = %q, %v, want %q", in, got, ok, want)
		}
	}
}

func FuzzParseByline(f *testing.F) {
	f.Add("By Ann Lee, Political Editor and Bo Ek (PA)")
	f.Add("Von ((dpa)) ()")
	f.Fuzz(func(t *testing.T, s string) {
		defer fuzztime.Check(t, time.Now())
		_, as, _ := parseByline(s)
		for _, a := range as {
			if a.Name == "" {
				t.Fatalf("parseByline(%q): an author without a name", s)
			}
		}
	})
}
