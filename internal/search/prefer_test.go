package search

import (
	"context"
	"strings"
	"testing"

	"backfile/internal/news"
)

// called knows entities by "kind:name".
type called []string

func (c called) EntitiesCalled(_ context.Context, folded []string, limit int) ([][]news.Entity, error) {
	out := make([][]news.Entity, len(folded))
	for i, f := range folded {
		for _, known := range c {
			kind, name, _ := strings.Cut(known, ":")
			if name == f && len(out[i]) < limit {
				out[i] = append(out[i], news.Entity{ID: news.EntityID(known), Kind: news.Kind(kind), Name: name})
			}
		}
	}
	return out, nil
}

func TestPrefer(t *testing.T) {
	names := called{"person:agnes rennie", "person:rennie", "place:perth", "person:perth", "organisation:bank of england", "place:england", "place:new york", "place:york"}
	for _, c := range []struct{ q, want string }{
		{"Agnes Rennie", "person:agnes rennie"},
		{"agnes rennie harbour", "person:agnes rennie"},
		{"harbour agnes rennie 1953", "person:agnes rennie"},
		{"rennie", "person:rennie"},
		{"rennie date:1953", "person:rennie"},
		{"rennie harbour", ""},
		{"perth", "person:perth place:perth"},
		{`"bank of england"`, "organisation:bank of england"},
		{"bank of england", "organisation:bank of england"},
		{"new york york", "place:new york"},
		{`agnes "rennie"`, ""},
		{"agnes outlet:courier rennie", ""},
		{"agnes OR rennie", ""},
		{"-rennie", ""},
		{"harbour -rennie", ""},
		{"person:rennie", ""},
		{"", ""},
		{strings.Repeat("a ", 20) + "agnes rennie", ""},
	} {
		n, _ := Parse(c.q)
		got, err := Prefer(t.Context(), n, names)
		if err != nil {
			t.Fatal(err)
		}
		var ids []string
		for _, e := range got {
			for _, id := range e.IDs {
				ids = append(ids, string(id))
			}
		}
		if s := strings.Join(ids, " "); s != c.want {
			t.Errorf("Prefer(%q) = %q, want %q", c.q, s, c.want)
		}
	}
}
