package entity

import (
	"slices"
	"testing"

	"backfile/internal/news"
)

func TestExtents(t *testing.T) {
	for _, tt := range []struct {
		body string
		want []string
	}{
		{"The notice was read out by Mr. D.V. Narasimha Hegde yesterday.", []string{"D.V. Narasimha Hegde"}},
		{"Academician S. V. Oblomov told the agency that it was so.", []string{"S. V. Oblomov"}},
		{"Captain Jas. Harcus, of this port, arrived this forenoon.", []string{"Jas. Harcus"}},
		{"The letter was signed by Kim Soo-ran, who read it out.", []string{"Kim Soo-ran"}},
		{"Dockman Bill Harcus said he had seen nothing like it.", []string{"Bill Harcus"}},
		{"Cr Harcus said that the road would be mended.", []string{"Harcus"}},
	} {
		t.Run(tt.body, func(t *testing.T) {
			a := &news.Article{Language: "en", Body: tt.body, Outlet: news.NewOutlet("Orkney Lantern")}
			New().Recognise(a)
			var got []string
			for _, m := range a.Mentions {
				if m.Kind == news.Person && m.Counts() {
					got = append(got, m.Text)
				}
			}
			if !slices.Equal(got, tt.want) {
				t.Errorf("persons of %q = %q, want %q", tt.body, got, tt.want)
			}
		})
	}
}
