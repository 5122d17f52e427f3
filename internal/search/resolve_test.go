package search

import (
	"context"
	"slices"
	"strings"
	"testing"

	"backfile/internal/news"
	"backfile/internal/text"
)

// people is a working Names over a few lists.
type people struct {
	entities []news.Entity
	outlets  []news.Outlet
}

func (p people) FindEntities(_ context.Context, kind news.Kind, folded string, limit int) ([]news.Entity, error) {
	var exact, partly []news.Entity
	for _, e := range p.entities {
		if e.Kind != kind {
			continue
		}
		if slices.ContainsFunc(e.Aliases, func(a news.Alias) bool { return a.Fold == folded }) {
			exact = append(exact, e)
		} else if slices.ContainsFunc(e.Aliases, func(a news.Alias) bool { return containsWords(a.Fold, strings.Fields(folded)) }) {
			partly = append(partly, e)
		}
	}
	if len(exact) == 0 {
		exact = partly
	}
	return exact[:min(limit, len(exact))], nil
}

func (p people) Entity(_ context.Context, kind news.Kind, slugOrID string) (news.Entity, error) {
	for _, e := range p.entities {
		if e.Kind == kind && (e.Slug == slugOrID || string(e.ID) == slugOrID) {
			return e, nil
		}
	}
	return news.Entity{}, news.ErrNotFound
}

// Inside takes "Britain" for what holds every other place, and knows Europe.
func (p people) Inside(_ context.Context, name string, of []news.Entity) (in []news.Entity, inside []news.EntityID, _ error) {
	if in = of; len(of) == 0 && name == "Europe" {
		in = []news.Entity{person(news.Place, name)}
	}
	for _, e := range p.entities {
		if len(in) > 0 && e.Kind == news.Place && e.ID != in[0].ID {
			inside = append(inside, e.ID)
		}
	}
	return in, inside, nil
}

func (p people) Outlets(context.Context) ([]news.Outlet, error) { return p.outlets, nil }

func person(kind news.Kind, name string, aliases ...string) news.Entity {
	e := news.Entity{Kind: kind, Name: name, Slug: news.Slug(name), ID: news.NewEntityID(kind, text.Fold(name))}
	for _, a := range append([]string{name}, aliases...) {
		e.Aliases = append(e.Aliases, news.Alias{Name: a, Fold: text.Fold(a)})
	}
	return e
}

func TestResolve(t *testing.T) {
	names := people{
		entities: []news.Entity{
			person(news.Person, "Liz Truss"), person(news.Person, "Anna Keller"), person(news.Person, "Keller"),
			person(news.Place, "United Kingdom", "Britain", "UK"), person(news.Place, "Aberdeen"), person(news.Organisation, "Foreign Office"),
		},
		outlets: []news.Outlet{{Name: "The Evening Courier", Slug: "the-evening-courier"}, {Name: "Harbour Courier", Slug: "harbour-courier"}},
	}
	id := string(names.entities[0].ID)
	for _, tc := range []struct {
		in, want string // names in {} stand for entities
	}{
		{"person:truss", "{Liz Truss}"},
		{"person:liz-truss", "{Liz Truss}"},
		{"person:" + id, "{Liz Truss}"},
		{"person:keller", "{Keller}"},
		{"person:anna-keller", "{Anna Keller}"},
		{"place:Britain -org:foreign-office", "{United Kingdom} -{Foreign Office}"},
		{"within:Britain", "{United Kingdom}{Aberdeen}"},
		{"within:Europe", "{United Kingdom}{Aberdeen}"},
		{"-within:Britain", "-{United Kingdom}{Aberdeen}"},
		{"within:Nowhere", `"Nowhere"`},
		{"said:truss", "{Liz Truss}"},
		{`said:"foreign office"`, "{Foreign Office}"},
		{`person:"Nobody Known"`, `"Nobody Known"`},
		{"outlet:the-evening-courier", "outlet:the-evening-courier"},
		{`outlet:"The Evening Courier"`, "outlet:the-evening-courier"},
		{"outlet:courier flood", "(outlet:the-evening-courier OR outlet:harbour-courier) flood"},
		{"outlet:none", "outlet:none"},
		{"outlet:the-evening-courier,none,harbour", "outlet:the-evening-courier OR outlet:harbour-courier"},
		{"re-election outlet:none", "(re-election OR reelection) outlet:none"},
		{"headline:COVID19 outlet:none", "(headline:COVID19 OR headline:covid-19) outlet:none"},
		{"email NEAR/3 said:none outlet:none", `(email OR e-mail) "none" outlet:none`},
		{"(a OR person:truss) b", "(a OR {Liz Truss}) b"},
	} {
		q, _ := Parse(tc.in)
		got, expansions, err := Resolve(t.Context(), q, names)
		if err != nil {
			t.Fatalf("Resolve(%q): %v", tc.in, err)
		}
		if s := show(got, names.entities); s != tc.want {
			t.Errorf("Resolve(%q) = %s, want %s", tc.in, s, tc.want)
		}
		if len(expansions) == 0 {
			t.Errorf("Resolve(%q) tells of no expansion", tc.in)
		}
		if !strings.Contains(tc.want, "outlet") && !strings.Contains(tc.want, `"`) {
			if String(got) != String(q) {
				t.Errorf("Resolve(%q) prints %q", tc.in, got)
			}
		}
	}
}

func show(n Node, es []news.Entity) string {
	s := ""
	switch n := n.(type) {
	case And:
		for i, p := range n.Parts {
			if i > 0 {
				s += " "
			}
			if o, ok := p.(Or); ok {
				s += "(" + show(o, es) + ")"
			} else {
				s += show(p, es)
			}
		}
		return s
	case Or:
		for i, p := range n.Parts {
			if i > 0 {
				s += " OR "
			}
			s += show(p, es)
		}
		return s
	case Not:
		return "-" + show(n.Part, es)
	case Entities:
		for _, id := range n.IDs {
			for _, e := range es {
				if e.ID == id {
					s += "{" + e.Name + "}"
				}
			}
		}
		return s
	}
	return n.String()
}
