package main

import (
	"context"
	"fmt"
	"log/slog"
	"strings"
	"time"

	"backfile/internal/news"
	"backfile/internal/search"
	"backfile/internal/suggest"
	"backfile/internal/text"
	"backfile/store"
	"backfile/web"
)

// names is what the archive calls things, found as they are typed: the web's
// Suggester. Its table is made of the store's aliases and the index's counts.
type names struct {
	suggest.Keeper
	st *store.Store
	x  *indexer
}

// State says which articles and corrections the names are of.
func (n *names) State(context.Context) (string, error) {
	return fmt.Sprintf("%s %p", *n.x.done.Load(), n.st.Corrections()), nil
}

// Aliases gives every name of whatever an article names, and of every outlet that has
// an article.
func (n *names) Aliases(ctx context.Context, add func(suggest.Alias) error) error {
	r, err := n.x.Search(ctx, search.Request{CountOnly: true, Facets: map[string]int{
		search.FacetPerson: 0, search.FacetPlace: 0, search.FacetOrganisation: 0, search.FacetOutlet: 0,
	}})
	if err != nil {
		return err
	}
	counts := map[string]int{}
	for _, k := range news.Kinds {
		for _, c := range r.Facets[string(k)] {
			counts[c.Value] = c.N
		}
	}
	alias := func(kind news.Kind, id news.EntityID, fold string) error {
		if counts[string(id)] == 0 {
			return nil
		}
		return add(suggest.Alias{Kind: string(kind), ID: string(id), Fold: fold, Count: counts[string(id)]})
	}
	renamed := n.st.Corrections().Renamed()
	for after := ""; ; {
		page, next, err := n.st.AliasPage(ctx, after, 0)
		if err != nil {
			return err
		}
		for _, a := range page {
			if err := alias(a.Kind, a.Entity, a.Fold); err != nil {
				return err
			}
			if name, ok := renamed[a.Entity]; ok {
				if err := alias(a.Kind, a.Entity, text.Fold(name)); err != nil {
					return err
				}
			}
		}
		if next == "" {
			break
		}
		after = next
	}
	outlets, err := n.st.Outlets(ctx)
	if err != nil {
		return err
	}
	of := map[string]int{}
	for _, c := range r.Facets[search.FacetOutlet] {
		of[c.Value] = c.N
	}
	for _, o := range outlets {
		if of[o.Slug] == 0 {
			continue
		}
		if err := add(suggest.Alias{Kind: search.FieldOutlet, ID: o.Slug, Fold: text.Fold(o.Name), Count: of[o.Slug]}); err != nil {
			return err
		}
	}
	return nil
}

// SuggestNames finds what has a name that begins so.
func (n *names) SuggestNames(ctx context.Context, typed string, kinds []string, most int) ([]web.NameFound, error) {
	folded := text.Fold(typed)
	return n.found(ctx, folded, n.Table().Find(folded, kinds, most))
}

// SimilarNames finds what has a name that this may be a slip of.
func (n *names) SimilarNames(ctx context.Context, typed string, kinds []string, most int) ([]web.NameFound, error) {
	folded := text.Fold(typed)
	return n.found(ctx, folded, n.Table().Similar(folded, kinds, most))
}

// found reads what a table names only by its id. What the store no longer shows is left
// out; of what has become one since, the first is kept. An alias is told only where the
// name itself does not show why it fits.
func (n *names) found(ctx context.Context, folded string, fs []suggest.Found) ([]web.NameFound, error) {
	var ids []news.EntityID
	for _, f := range fs {
		if f.Kind != search.FieldOutlet {
			ids = append(ids, news.EntityID(f.ID))
		}
	}
	es, err := n.st.EntitiesByID(ctx, ids)
	if err != nil {
		return nil, err
	}
	var out []web.NameFound
	seen := map[news.EntityID]bool{}
	for _, f := range fs {
		w := web.NameFound{Kind: f.Kind, Count: f.Count, Exact: f.Exact}
		if f.Kind == search.FieldOutlet {
			if w.Outlet, err = n.st.Outlet(ctx, f.ID); err != nil {
				continue // it went meanwhile
			}
			out = append(out, w)
			continue
		}
		e, ok := es[news.EntityID(f.ID)]
		if !ok || seen[e.ID] {
			continue
		}
		seen[e.ID], w.Entity = true, e
		if !strings.Contains(" "+text.Fold(e.Name), " "+folded) {
			for _, a := range e.Aliases {
				if a.Fold == f.Fold {
					w.Alias = a.Name
				}
			}
		}
		out = append(out, w)
	}
	return out, nil
}

// pastSearches keeps what was searched for and opened without having a page wait for the
// disk.
type pastSearches struct {
	*store.Store
	notes chan pastNote
}

// pastNote is one search, or one article that was opened.
type pastNote struct {
	owner, query string
	article      news.ArticleID
}

// newPastSearches returns one that has room for a few searches at a time.
func newPastSearches(st *store.Store) *pastSearches {
	return &pastSearches{st, make(chan pastNote, 64)}
}

// NotePastSearch has a search kept; one among very many at a time is let go.
func (p *pastSearches) NotePastSearch(_ context.Context, owner, query string) error {
	if err := (news.PastSearch{Owner: owner, Query: strings.TrimSpace(query)}).Check(); err != nil {
		return err
	}
	p.note(pastNote{owner: owner, query: query})
	return nil
}

// NoteReading has an article kept that was opened; one among very many at a time is let go.
func (p *pastSearches) NoteReading(_ context.Context, owner string, id news.ArticleID) error {
	if err := (news.Reading{Owner: owner, Article: id}).Check(); err != nil {
		return err
	}
	p.note(pastNote{owner: owner, article: id})
	return nil
}

func (p *pastSearches) note(n pastNote) {
	select {
	case p.notes <- n:
	default:
	}
}

// pastTogether is how long what is searched for is gathered, to be written at once.
const pastTogether = 200 * time.Millisecond

// Run keeps what is noted until ctx ends.
func (p *pastSearches) Run(ctx context.Context, lg *slog.Logger) error {
	var held []pastNote
	write := func() {
		if err := p.write(context.WithoutCancel(ctx), held); err != nil {
			lg.WarnContext(ctx, "note a history", "err", err)
		}
		held = nil
	}
	var due <-chan time.Time
	for {
		select {
		case n := <-p.notes:
			held = append(held, n)
			if due == nil {
				due = time.After(pastTogether)
			}
		case <-due:
			write()
			due = nil
		case <-ctx.Done():
			write()
			return ctx.Err()
		}
	}
}

// write keeps what was noted, of each owner who wants a history.
func (p *pastSearches) write(ctx context.Context, held []pastNote) error {
	queries, articles := map[string][]string{}, map[string][]news.ArticleID{}
	for _, n := range held {
		if n.article != "" {
			articles[n.owner] = append(articles[n.owner], n.article)
			queries[n.owner] = append(queries[n.owner], nil...)
		} else {
			queries[n.owner] = append(queries[n.owner], n.query)
		}
	}
	for owner := range queries {
		keeps, err := p.KeepsHistory(ctx, owner)
		if err == nil && keeps && len(queries[owner]) > 0 {
			err = p.Store.NotePastSearch(ctx, owner, queries[owner]...)
		}
		if err == nil && keeps && len(articles[owner]) > 0 {
			err = p.Store.NoteReading(ctx, owner, articles[owner]...)
		}
		if err != nil {
			return err
		}
	}
	return nil
}
