package entity

import (
	"slices"
	"testing"

	"backfile/internal/news"
)

func TestUnheard(t *testing.T) {
	for _, tt := range []struct {
		body, want string
	}{
		{"The bill was lost in the Commons by two votes on Monday.", "House of Commons"},
		{"The Orkney Salvage Board met on Monday. A spokeswoman for the OSB said that it would pay.", "Orkney Salvage Board"},
		{"Tea was offered by the Q.V.S. to all who were there.", "Q.V.S."},
	} {
		a := &news.Article{Language: "en", Body: tt.body}
		New().Recognise(a)
		if !slices.ContainsFunc(a.Organisations, func(e news.Entity) bool { return e.Name == tt.want }) {
			t.Errorf("organisations of %q = %+v, want %s", tt.body, a.Organisations, tt.want)
		}
	}
}
