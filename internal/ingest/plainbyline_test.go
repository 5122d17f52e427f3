package ingest

import (
	"strings"
	"testing"
)

func TestReadPlainBylines(t *testing.T) {
	body := `The night ferry to the outer islands will sail again from Monday, the harbour company said, after the engine that failed in March was repaired.
It will leave at ten in the evening and arrive at six, with cabins for eighty people and room for thirty cars, as it did before the accident.
Tickets go on sale tomorrow at the quay and cost as much as they did last year, a spokeswoman for the company told reporters at the pier.
`
	for name, c := range map[string]struct{ lines, want string }{
		"plain":                      {"By Mara Quist\n3 May 2024\n", "Mara Quist"},
		"role glued on":              {"By\nMara QuistTransport Reporter\n14:00, 3 May 2024\n", "Mara Quist"},
		"role glued on, two of them": {"By\nMara QuistNews Reporter\nOlin VesterSports Editor\n14:00, 3 May 2024\n", "Mara Quist, Olin Vester"},
		"hours glued on":             {"Mara Quist5 hours ago\n", "Mara Quist"},
		"minutes in German":          {"Mara Quist vor 20 Minuten\n", "Mara Quist"},
		"role on the next line":      {"Mara Quist\nTransport correspondent\n", "Mara Quist"},
		"role behind":                {"Mara Quist Deputy Content Hub Director\n08:39, 3 May 2024\n", "Mara Quist"},
		"nobody":                     {"3 May 2024\n", ""},
	} {
		a, err := ReadPlain("p.txt", "Night ferry returns to the islands\n"+c.lines+body, Hint{})
		if err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		var got []string
		for _, au := range a.Authors {
			got = append(got, au.Name)
		}
		if g := strings.Join(got, ", "); g != c.want {
			t.Errorf("%s: authors %q (byline %q), want %q", name, g, a.Byline, c.want)
		}
	}
}
