package web

import (
	"context"

	"backfile/internal/news"
	"backfile/templates"
)

const namesakesShown = 8

// joined are the entities that e is made of, each with the reason, and who else
// goes under its name.
func (p *pages) joined(ctx context.Context, e news.Entity, v *templates.EntityView) error {
	if p.Corrections != nil {
		for _, j := range p.Corrections.Corrections().Joined(e.ID) {
			name, err := p.firstName(ctx, e, j.Entity)
			if err != nil {
				return err
			}
			if name != "" {
				v.Joined = append(v.Joined, templates.Joined{Name: name, Reason: j.Reason, Event: j.Event, ByProgram: j.Owner == news.ProgramOwner})
			}
		}
	}
	folded := foldedName(e)
	if folded == "" {
		return nil
	}
	same, err := p.Names.FindEntities(ctx, e.Kind, folded, namesakesShown+1)
	if err != nil {
		return err
	}
	for _, o := range same {
		if o.ID != e.ID && foldedName(o) == folded {
			v.Namesakes = append(v.Namesakes, templates.Namesake{Name: o.Name, Qualifier: qualifierOf(o), Href: o.Path()})
		}
	}
	return nil
}

// foldedName is an entity's name as it is looked up, "" where no alias tells.
func foldedName(e news.Entity) string {
	for _, a := range e.Aliases {
		if a.Name == e.Name {
			return a.Fold
		}
	}
	return ""
}

// firstName is what an entity that was merged into e was called by itself: the
// alias of e whose id it has.
func (p *pages) firstName(ctx context.Context, e news.Entity, id news.EntityID) (string, error) {
	for _, a := range e.Aliases {
		if news.NewEntityID(e.Kind, a.Fold) == id {
			return a.Name, nil
		}
	}
	was, err := p.Corrections.Unmerged(ctx, id)
	return was.Name, err
}

// qualifierOf tells an entity from its namesakes.
func qualifierOf(e news.Entity) string {
	if e.Qualifier != "" {
		return e.Qualifier
	}
	return e.Country
}
