package web

import (
	"backfile/internal/news"
	"backfile/internal/search"
)

// familyAnswer is the wire family that a hit is of.
type familyAnswer struct {
	ID      news.ArticleID `json:"id"`
	Members int            `json:"members"`
	Outlets int            `json:"outlets"`
	// Found is how many of the members were found; absent where they are not grouped.
	Found int `json:"found,omitempty"`
}

func familyOf(h search.Hit) *familyAnswer {
	if h.Family == "" || h.Members < 2 {
		return nil
	}
	return &familyAnswer{ID: h.Family, Members: h.Members, Outlets: h.Outlets, Found: h.Found}
}
