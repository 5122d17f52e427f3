package search

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"

	"backfile/internal/news"
	"backfile/internal/text"
)

// Names finds what readers call people, places, organisations and outlets. The
// store implements it.
type Names interface {
	// FindEntities finds by folded name: those with exactly that alias, or where
	// there are none, those with all its words in some alias.
	FindEntities(ctx context.Context, kind news.Kind, folded string, limit int) ([]news.Entity, error)
	// Entity finds by slug or id; news.ErrNotFound where there is none.
	Entity(ctx context.Context, kind news.Kind, slugOrID string) (news.Entity, error)
	Outlets(ctx context.Context) ([]news.Outlet, error)
	// Inside finds what lies in places: of are those that go by name here, and
	// where there are none, in is what else is known by it. inside are the archive's
	// places in them, without themselves.
	Inside(ctx context.Context, name string, of []news.Entity) (in []news.Entity, inside []news.EntityID, err error)
}

// Expansion is what Resolve took a name in a query for.
type Expansion struct {
	// Field is FieldPerson, FieldPlace, FieldWithin, FieldOrganisation, FieldSaid or FieldOutlet.
	Field string
	// Asked is the value as the query has it.
	Asked string
	// Entities are the people, places or organisations of that name. Where there
	// are none, the name was searched as a phrase in the text instead.
	Entities []news.Entity
	// Inside counts the archive's places that lie in Entities, for FieldWithin.
	Inside int
	// Outlets are the outlets of that name. Where there are none, no article
	// matches.
	Outlets []news.Outlet
}

// maxNamed bounds the entities of one name: person:john is all Johns.
const maxNamed = 1000

// Resolve replaces every name in the tree by what it names: a person, place, within,
// organisation or said field by Entities, or by a Phrase of the text where nothing has
// that name; an outlet field by fields with the outlets' slugs. It returns what
// each was taken for, in the query's order. A word that is written with a hyphen or without
// becomes both.
//
// An id, or a slug with a hyphen in it, names one thing. So does a slug of one
// word for places and organisations; for people it may as well be a surname, and
// then all of that name are found.
func Resolve(ctx context.Context, n Node, names Names) (Node, []Expansion, error) {
	r := &resolver{ctx: ctx, names: names}
	n = r.node(n)
	if r.err != nil {
		return nil, nil, fmt.Errorf("resolve names: %w", r.err)
	}
	return Simplify(n), r.expansions, nil
}

type resolver struct {
	ctx        context.Context
	names      Names
	outlets    []news.Outlet
	expansions []Expansion
	err        error
}

func (r *resolver) node(n Node) Node {
	if r.err != nil {
		return n
	}
	switch n := n.(type) {
	case Word:
		return spelled(n.Text, func(s string) Node { return Word{s} })
	case Field:
		switch n.Name {
		case FieldHeadline, FieldBody:
			if !n.Phrase {
				return spelled(n.Value, func(s string) Node { return Field{Name: n.Name, Value: s} })
			}
		case FieldPerson, FieldPlace, FieldWithin, FieldOrganisation, FieldSaid:
			return r.entity(n)
		case FieldOutlet:
			return r.outlet(n)
		}
	}
	return inside(n, r.node)
}

func (r *resolver) entity(f Field) Node {
	kind := news.Kind(f.Name)
	switch f.Name {
	case FieldWithin:
		kind = news.Place
	case FieldSaid:
		kind = news.Person
	}
	es, err := r.find(kind, f.Value)
	if err == nil && len(es) == 0 && f.Name == FieldSaid { // a council says things too
		kind = news.Organisation
		es, err = r.find(kind, f.Value)
	}
	var inside []news.EntityID
	if err == nil && f.Name == FieldWithin {
		es, inside, err = r.names.Inside(r.ctx, f.Value, es)
	}
	if err != nil {
		r.err = err
		return f
	}
	r.expansions = append(r.expansions, Expansion{Field: f.Name, Asked: f.Value, Entities: es, Inside: len(inside)})
	if len(es) == 0 {
		return Phrase{f.Value}
	}
	var ids []news.EntityID
	for _, e := range es {
		ids = append(append(ids, e.ID), e.Merged...)
	}
	ids = append(ids, inside...)
	return Entities{Kind: kind, Name: f.Value, IDs: ids, Within: f.Name == FieldWithin, Said: f.Name == FieldSaid}
}

func (r *resolver) find(kind news.Kind, value string) ([]news.Entity, error) {
	var es []news.Entity
	if news.ValidID(value) || value == news.Slug(value) {
		switch e, err := r.names.Entity(r.ctx, kind, value); {
		case errors.Is(err, news.ErrNotFound):
		case err != nil:
			return nil, err
		case kind != news.Person || string(e.ID) == value || strings.Contains(value, "-"):
			return []news.Entity{e}, nil
		default:
			es = append(es, e)
		}
	}
	found, err := r.names.FindEntities(r.ctx, kind, text.Fold(value), maxNamed)
	if err != nil {
		return nil, err
	}
	for _, e := range found {
		if !slices.ContainsFunc(es, func(o news.Entity) bool { return o.ID == e.ID }) {
			es = append(es, e)
		}
	}
	return es, nil
}

func (r *resolver) outlet(f Field) Node {
	if r.outlets == nil {
		if r.outlets, r.err = r.names.Outlets(r.ctx); r.err != nil {
			return f
		}
	}
	found := findOutlets(r.outlets, f.Value)
	if len(found) == 0 { // a list of several, as no outlet has that name
		for name := range strings.SplitSeq(f.Value, ",") {
			for _, o := range findOutlets(r.outlets, strings.TrimSpace(name)) {
				if !slices.ContainsFunc(found, func(x news.Outlet) bool { return x.Slug == o.Slug }) {
					found = append(found, o)
				}
			}
		}
	}
	r.expansions = append(r.expansions, Expansion{Field: f.Name, Asked: f.Value, Outlets: found})
	if len(found) == 0 {
		return f
	}
	var out []Node
	for _, o := range found {
		out = append(out, Field{Name: FieldOutlet, Value: o.Slug})
	}
	return Or{out}
}

// findOutlets finds by slug, else by whole name, else by words of the name.
func findOutlets(all []news.Outlet, value string) []news.Outlet {
	folded := text.Fold(value)
	words := strings.Fields(folded)
	var named, partly []news.Outlet
	for _, o := range all {
		if o.Slug == value {
			return []news.Outlet{o}
		}
		name := text.Fold(o.Name)
		switch {
		case name == folded:
			named = append(named, o)
		case containsWords(name, words):
			partly = append(partly, o)
		}
	}
	if len(named) > 0 {
		return named
	}
	return partly
}

// containsWords reports whether all words are words of the folded name.
func containsWords(name string, words []string) bool {
	have := strings.Fields(name)
	for _, w := range words {
		if !slices.Contains(have, w) {
			return false
		}
	}
	return len(words) > 0
}
