package entity

import (
	"slices"
	"testing"

	"backfile/internal/news"
)

// TestForeignNames finds what other languages call towns and regions.
func TestForeignNames(t *testing.T) {
	for _, tc := range []struct{ language, body, name, country string }{
		{"de", "Die Minister trafen sich am Dienstag in Mailand und reisten dann nach Moskau weiter.", "Milan", "IT"},
		{"de", "Der Zug nach Straßburg fuhr in Bayern ab.", "Bavaria", "DE"},
		{"fr", "Le président est arrivé à Varsovie, puis à Londres, a dit un porte-parole.", "Warsaw", "PL"},
		{"fr", "Un séisme a frappé la Sicile et la Calabre dans la nuit de lundi.", "Sicily", "IT"},
		{"es", "El ministro viajó a Londres y a Pekín para reunirse con sus colegas.", "London", "GB"},
		{"pt", "O presidente chegou a Moscovo na terça-feira, disse um porta-voz.", "Moscow", "RU"},
	} {
		a := news.Article{Language: tc.language, Body: tc.body}
		New().Recognise(&a)
		if !slices.ContainsFunc(a.Places, func(e news.Entity) bool { return e.Name == tc.name && e.Country == tc.country }) {
			t.Errorf("%q: places %v lack %s", tc.body, names(a.Places), tc.name)
		}
	}
}
