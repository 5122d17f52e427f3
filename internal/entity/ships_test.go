package entity

import (
	"slices"
	"testing"

	"backfile/internal/news"
)

func TestShips(t *testing.T) {
	for _, tc := range []struct{ headline, body, persons, places string }{
		{"", "The ferry Moira Groat left Kirkwall for Aberdeen at noon. The Moira Groat carries two hundred.", "", "Aberdeen; Kirkwall"},
		{"", "Mrs Moira Groat, who founded the line, saw the Moira Groat off from the pier.", "Moira Groat", ""},
		{"Moira Groat: The Moira Groat Comes Home", "Moira Groat founded the line. The wreck of the Moira Groat, found in May, lies deep.", "Moira Groat", ""},
		{"", "HMS Sheffield was off Aberdeen with the frigate John Blake and the tug Marsden Queen.", "", "Aberdeen"},
		{"", "The tug, the Peter Blake, was late. She passed the Anna Blake.", "", ""},
		{"", "The museum trawler Humber Amethyst is in the river. The Humber Amethyst is old, as is the Humber.", "", "Humber"},
		{"", "Off Tod Head they slowed in front of Aberdeen. The lamp at Tod Head went out. Cranes stand in Alexandra Dock.", "", "Aberdeen; Tod Head"},
		{"", "The Peter Blake trial opened. The Anna Blake of today is calmer.", "Peter Blake; Anna Blake", ""},
	} {
		a := news.Article{Headline: tc.headline, Body: tc.body, Language: "en"}
		New().Recognise(&a)
		check(t, &a)
		if got, want := names(a.Persons), split(tc.persons); !slices.Equal(got, want) {
			t.Errorf("%q: persons = %q, want %q", tc.body, got, want)
		}
		if got, want := names(a.Places), split(tc.places); !slices.Equal(got, want) {
			t.Errorf("%q: places = %q, want %q", tc.body, got, want)
		}
		if len(a.Organisations) > 0 {
			t.Errorf("%q: organisations = %q, want none", tc.body, names(a.Organisations))
		}
	}
}
