package search

import (
	"context"
	"errors"
	"strings"
	"testing"

	"backfile/internal/news"
)

// shelf keeps articles by field and value.
type shelf map[string][]news.ArticleID

func (s shelf) Kept(_ context.Context, f Field) ([]news.ArticleID, bool, error) {
	if f.Value == "broken" {
		return nil, false, news.ErrDamaged
	}
	ids, ok := s[f.Name+":"+f.Value]
	return ids, ok, nil
}

func TestBind(t *testing.T) {
	kept := shelf{"note:wall": {"a", "b"}, "list:Harbour file": {"c"}, "has:highlight": {"a"}, "is:starred": {"b"}, "is:read": nil}
	tests := []struct {
		q    string
		ids  string // of each node of articles
		none string
	}{
		{"wall harbour", "", ""},
		{"note:wall harbour", "a b", ""},
		{`notes:wall lists:"Harbour file"`, "a b|c", ""},
		{"-is:starred (has:highlight OR is:read)", "b|a|", ""},
		{"has:highlights is:STARRED has:photo", "a|b", ""},
		{"note:pier OR list:none", "|", "note:pier list:none"},
	}
	for _, tt := range tests {
		n, problems := Parse(tt.q)
		if len(problems) > 0 {
			t.Errorf("Parse(%q): %v", tt.q, problems)
		}
		got, none, err := Bind(t.Context(), n, kept)
		if err != nil {
			t.Fatal(err)
		}
		if got.String() != n.String() {
			t.Errorf("Bind(%q) prints as %q, want %q", tt.q, got, n)
		}
		var ids, missing []string
		Walk(got, func(n Node) bool {
			switch n := n.(type) {
			case Articles:
				var one []string
				for _, id := range n.IDs {
					one = append(one, string(id))
				}
				ids = append(ids, strings.Join(one, " "))
			case Field:
				if AsksKept(n) {
					t.Errorf("Bind(%q) leaves %s", tt.q, n)
				}
			}
			return true
		})
		for _, f := range none {
			missing = append(missing, f.String())
		}
		if strings.Join(ids, "|") != tt.ids || strings.Join(missing, " ") != tt.none {
			t.Errorf("Bind(%q) = %q, without %q; want %q, without %q", tt.q, ids, missing, tt.ids, tt.none)
		}
	}
	n, _ := Parse("note:wall")
	if got, none, err := Bind(t.Context(), n, nil); err != nil || len(none) != 1 || len(got.(Articles).IDs) != 0 {
		t.Errorf("nobody's notes = %v, %v, %v", got, none, err)
	}
	n, _ = Parse("note:broken")
	if _, _, err := Bind(t.Context(), n, kept); !errors.Is(err, news.ErrDamaged) {
		t.Errorf("Bind where reading fails: %v", err)
	}
	for _, f := range []string{FieldHas, FieldIs} {
		for _, v := range KeptValues(f) {
			if n, ok := NewField(f, v); !ok || n.String() != f+":"+v {
				t.Errorf("NewField(%q, %q) = %v, %v", f, v, n, ok)
			}
		}
	}
}
