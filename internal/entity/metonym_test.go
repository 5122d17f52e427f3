package entity

import (
	"testing"

	"backfile/internal/news"
)

func TestMetonyms(t *testing.T) {
	for _, tt := range []struct {
		body, name string
		want       bool
	}{
		{"The talks ended on Monday. Berlin welcomed the outcome.", "Berlin", true},
		{"Mr Harcus said that Tokyo was unimpressed by the offer.", "Tokyo", true},
		{"The minister told Moscow that the ships would stay.", "Moscow", true},
		{"Moscow, through its agency, claimed that the ship had sunk.", "Moscow", true},
		{"The envoy said Paris did not object.", "Paris", true},
		{"A contract with Beijing was signed on Monday.", "Beijing", true},
		{"He was told in Moscow that the ships would stay.", "Moscow", false},
		{"A fire in Berlin closed two streets on Monday.", "Berlin", false},
		{"The train from Tokyo was late.", "Tokyo", false},
	} {
		t.Run(tt.body, func(t *testing.T) {
			a := &news.Article{Language: "en", Body: tt.body}
			New().Recognise(a)
			got := false
			for _, m := range a.Mentions {
				got = got || m.Text == tt.name && m.Form == news.FormMetonym
			}
			if got != tt.want {
				t.Errorf("%s is a metonym in %q: %v, want %v", tt.name, tt.body, got, tt.want)
			}
		})
	}
}
